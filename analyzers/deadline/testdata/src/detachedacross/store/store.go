// Package store asks a server.
package store

import (
	"context"
	"net/http"
	"time"
)

// A Client does so.
type Client struct{ hc *http.Client }

// New returns one.
func New() *Client { return &Client{hc: &http.Client{Timeout: 3 * time.Second}} }

// Count is bounded by its client.
func (c *Client) Count(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		return err
	}
	return c.Send(req)
}

// Send sends a request as it is.
func (c *Client) Send(req *http.Request) error {
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Watch lives on.
func (c *Client) Watch(ctx context.Context) {
	go func() {
		for ctx.Err() == nil {
			_ = c.Count(ctx)
		}
	}()
}

// Local asks nobody.
func (c *Client) Local(ctx context.Context) string { return "stock" }
