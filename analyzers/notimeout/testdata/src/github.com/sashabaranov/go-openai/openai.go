// Package openai is a stub: a config's HTTPClient has no timeout.
package openai

import (
	"context"
	"net/http"
)

type ClientConfig struct{ HTTPClient *http.Client }

func DefaultConfig(token string) ClientConfig { return ClientConfig{HTTPClient: &http.Client{}} }

type Client struct{}

func NewClient(token string) *Client                  { return &Client{} }
func NewClientWithConfig(config ClientConfig) *Client { return &Client{} }

type (
	ChatCompletionRequest  struct{}
	ChatCompletionResponse struct{}
	ChatCompletionStream   struct{}
)

func (c *Client) CreateChatCompletion(ctx context.Context, request ChatCompletionRequest) (response ChatCompletionResponse, err error) {
	return response, err
}

func (c *Client) CreateChatCompletionStream(ctx context.Context, request ChatCompletionRequest) (stream *ChatCompletionStream, err error) {
	return stream, err
}
