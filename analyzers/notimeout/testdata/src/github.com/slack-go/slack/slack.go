// Package slack is a stub: methods have twins that take a context.
package slack

import (
	"context"
	"net/http"
)

type Client struct{}

type Option func(*Client)

func New(token string, options ...Option) *Client { return &Client{} }

func OptionHTTPClient(client *http.Client) Option { return nil }

func (api *Client) PostMessage(channel, text string) (string, error) { return "", nil }

func (api *Client) PostMessageContext(ctx context.Context, channel, text string) (string, error) {
	return "", nil
}

func (api *Client) AuthTest() (string, error)                           { return "", nil }
func (api *Client) AuthTestContext(ctx context.Context) (string, error) { return "", nil }
func (api *Client) Debugf(format string, v ...any)                      {}
func (api *Client) Parse(body []byte) error                             { return nil }
