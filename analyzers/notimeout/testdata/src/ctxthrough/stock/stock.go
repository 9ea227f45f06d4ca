// Package stock makes the requests.
package stock

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"time"
)

type Client struct {
	base    string
	hc      *http.Client
	bounded *http.Client
}

func New(base string) *Client {
	return &Client{base: base, hc: &http.Client{}, bounded: &http.Client{Timeout: 3 * time.Second}}
}

func (c *Client) Count(ctx context.Context, id string) (n int, err error) {
	return c.ask(ctx, c.hc, "/count/"+id)
}

func (c *Client) Price(ctx context.Context, id string) (n int, err error) {
	return c.ask(ctx, c.bounded, "/price/"+id)
}

func (c *Client) ask(ctx context.Context, hc *http.Client, path string) (n int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return 0, err
	}
	resp, err := hc.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&n)
	return n, err
}

// Events reads a stream.
func (c *Client) Events(ctx context.Context, each func(string)) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/events", nil)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "text/event-stream")
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		each(lines.Text())
	}
	return nil
}

func (c *Client) Changes() <-chan string { return nil }
