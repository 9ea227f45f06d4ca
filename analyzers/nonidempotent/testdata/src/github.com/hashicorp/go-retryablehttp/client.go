// Package retryablehttp is a stub.
package retryablehttp

import "net/http"

type Client struct {
	HTTPClient *http.Client
	RetryMax   int
}

func NewClient() *Client { return nil }

func (c *Client) Post(url, bodyType string, body any) (*http.Response, error) { return nil, nil }
