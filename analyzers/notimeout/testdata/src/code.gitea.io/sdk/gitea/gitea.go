// Package gitea is a stub: its calls take no context.
package gitea

import "net/http"

type Client struct{}

type ClientOption func(*Client) error

func NewClient(url string, options ...ClientOption) (*Client, error) { return &Client{}, nil }

func SetHTTPClient(httpClient *http.Client) ClientOption { return nil }
