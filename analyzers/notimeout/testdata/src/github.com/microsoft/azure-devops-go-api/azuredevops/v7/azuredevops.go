// Package azuredevops is a stub: clients work through an http.Client that has the connection's
// Timeout, or through one that they are given.
package azuredevops

import (
	"net/http"
	"time"
)

type Connection struct{ Timeout *time.Duration }

func NewPatConnection(organizationURL, token string) *Connection { return &Connection{} }

type Client struct{}

type ClientOptionFunc func(*Client)

func WithHTTPClient(httpClient *http.Client) ClientOptionFunc { return nil }
