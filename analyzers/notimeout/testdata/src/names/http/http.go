// Package http is a fake with the names of the real one: none of them makes a call.
package http

import "time"

// Client has no network.
type Client struct{ Timeout time.Duration }

// Server has none either.
type Server struct{ Addr string }

// DefaultClient is one of them.
var DefaultClient = &Client{}

// Get looks something up in memory.
func Get(key string) (string, error) { return key, nil }

// Get does the same.
func (c *Client) Get(key string) (string, error) { return Get(key) }

// ListenAndServe only looks like it.
func ListenAndServe(addr string, h any) error { return nil }

// ListenAndServe only looks like it.
func (s *Server) ListenAndServe() error { return nil }
