// Package godo is a stub: it works through the client that it is given, or http.DefaultClient.
package godo

import (
	"context"
	"net/http"
)

type Client struct{ Account AccountService }

func NewClient(httpClient *http.Client) *Client { return &Client{} }

func NewFromToken(token string) *Client { return &Client{} }

func (c *Client) NewRequest(ctx context.Context, method, url string, body any) (*http.Request, error) {
	return nil, nil
}

type AccountService interface {
	Get(context.Context) (*Account, *Response, error)
}

type (
	Account  struct{}
	Response struct{}
)
