// Package billing is a client of the billing service.
package billing

import (
	"context"
	"net/http"
)

type Client struct {
	base string
	hc   *http.Client
}

func New(base string, hc *http.Client) *Client { return &Client{base, hc} }

func (c *Client) Charge(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/charges", nil)
	if err != nil {
		return err
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
