// Package resty is a stub: a chained client whose requests take their bound from SetTimeout or SetContext.
package resty

import (
	"context"
	"net/http"
	"time"
)

type Client struct {
	httpClient *http.Client
	BaseURL    string
	RetryCount int
}

type Request struct {
	client *Client
	ctx    context.Context
}

type Response struct {
	RawResponse *http.Response
}

func New() *Client { return NewWithClient(&http.Client{}) }

func NewWithClient(hc *http.Client) *Client { return &Client{httpClient: hc} }

func (c *Client) SetBaseURL(url string) *Client {
	c.BaseURL = url
	return c
}

func (c *Client) SetRetryCount(count int) *Client {
	c.RetryCount = count
	return c
}

func (c *Client) SetTimeout(timeout time.Duration) *Client {
	c.httpClient.Timeout = timeout
	return c
}

func (c *Client) R() *Request { return &Request{client: c} }

func (r *Request) SetContext(ctx context.Context) *Request {
	r.ctx = ctx
	return r
}

func (r *Request) SetBody(body interface{}) *Request { return r }

func (r *Request) Get(url string) (*Response, error) { return r.Execute(http.MethodGet, url) }

func (r *Request) Post(url string) (*Response, error) { return r.Execute(http.MethodPost, url) }

func (r *Request) Execute(method, url string) (*Response, error) {
	ctx := r.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	req, err := http.NewRequestWithContext(ctx, method, r.client.BaseURL+url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := r.client.httpClient.Do(req)
	return &Response{RawResponse: resp}, err
}
