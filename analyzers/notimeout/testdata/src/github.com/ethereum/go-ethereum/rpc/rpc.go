// Package rpc is a stub.
package rpc

import (
	"context"
	"net/http"
)

type Client struct{}

func DialHTTPWithClient(endpoint string, client *http.Client) (*Client, error) { return &Client{}, nil }

func (c *Client) Call(result any, method string, args ...any) error { return nil }

func (c *Client) CallContext(ctx context.Context, result any, method string, args ...any) error {
	return nil
}
