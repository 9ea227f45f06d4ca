package retryablehttp

import (
	"net/http"
	"time"
)

type Backoff func(min, max time.Duration, n int, resp *http.Response) time.Duration

type Client struct {
	HTTPClient   *http.Client
	RetryWaitMin time.Duration
	RetryWaitMax time.Duration
	RetryMax     int
	Backoff      Backoff
}

func NewClient() *Client                                 { return nil }
func (c *Client) Get(url string) (*http.Response, error) { return nil, nil }
func (c *Client) StandardClient() *http.Client           { return nil }

func DefaultBackoff(min, max time.Duration, n int, resp *http.Response) time.Duration      { return 0 }
func LinearJitterBackoff(min, max time.Duration, n int, resp *http.Response) time.Duration { return 0 }
