// Package sendgrid is a stub.
package sendgrid

import "context"

type Client struct{}

func NewSendClient(key string) *Client { return &Client{} }

func (c *Client) Send(email any) (any, error)                                 { return nil, nil }
func (c *Client) SendWithContext(ctx context.Context, email any) (any, error) { return nil, nil }
