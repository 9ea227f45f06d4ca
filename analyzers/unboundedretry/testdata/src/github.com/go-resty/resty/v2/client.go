package resty

import "time"

type (
	Client         struct{ RetryCount int }
	Request        struct{}
	Response       struct{}
	RetryAfterFunc func(*Client, *Response) (time.Duration, error)
)

func New() *Client                                            { return nil }
func (c *Client) R() *Request                                 { return nil }
func (c *Client) SetTimeout(time.Duration) *Client            { return c }
func (c *Client) SetRetryCount(n int) *Client                 { return c }
func (c *Client) SetRetryWaitTime(d time.Duration) *Client    { return c }
func (c *Client) SetRetryMaxWaitTime(d time.Duration) *Client { return c }
func (c *Client) SetRetryAfter(f RetryAfterFunc) *Client      { return c }
func (r *Request) Get(url string) (*Response, error)          { return nil, nil }
