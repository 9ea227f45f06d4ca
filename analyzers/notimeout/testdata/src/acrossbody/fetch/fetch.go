// Package fetch sends requests with the clients of its callers.
package fetch

import (
	"io"
	"net/http"
)

// Open returns the body.
func Open(c *http.Client, url string) (io.ReadCloser, error) {
	resp, err := Send(c, url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Send returns the response.
func Send(c *http.Client, url string) (*http.Response, error) { return c.Get(url) }

// Status reads nothing.
func Status(c *http.Client, url string) (int, error) {
	resp, err := c.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}
