// Package slack is a stub.
package slack

import "context"

type Client struct{ token string }

func New(token string) *Client { return &Client{token} }

func (c *Client) PostMessageContext(ctx context.Context, channel, text string) (string, error) {
	return "", nil
}
