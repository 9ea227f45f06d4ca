// Package httpkit stands for a library the catalogue does not know. What it does is right; nobody may guess.
package httpkit

import (
	"net/http"
	"time"
)

// Tune bounds a client.
func Tune(c *http.Client) { c.Timeout = 10 * time.Second }

// NewClient makes a bounded client.
func NewClient() *http.Client { return &http.Client{Timeout: 10 * time.Second} }

// Serve bounds a server and runs it.
func Serve(srv *http.Server) error {
	srv.ReadHeaderTimeout = 10 * time.Second
	return srv.ListenAndServe()
}

// Kit holds a client that this package bounds.
type Kit struct{ Plain http.Client }
