// Package websocket is a stub of coder's: Dial is bounded by its context or by the Timeout of opts.HTTPClient.
package websocket

import (
	"context"
	"net/http"
)

type MessageType int

type DialOptions struct {
	HTTPClient   *http.Client
	HTTPHeader   http.Header
	Subprotocols []string
}

type Conn struct{}

func Dial(ctx context.Context, u string, opts *DialOptions) (*Conn, *http.Response, error) {
	return &Conn{}, nil, ctx.Err()
}

func (c *Conn) Read(ctx context.Context) (MessageType, []byte, error) { return 0, nil, ctx.Err() }

func (c *Conn) CloseNow() error { return nil }
