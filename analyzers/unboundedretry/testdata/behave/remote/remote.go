// Package remote is what the loops of the packages beside it call.
package remote

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Client sends the requests.
var Client = &http.Client{Timeout: 30 * time.Second}

// A StatusError says that a server answered with another status than 200.
type StatusError struct{ Code int }

// Error says which.
func (e *StatusError) Error() string { return fmt.Sprintf("status %d", e.Code) }

// Fetch returns what a server has at a URL.
func Fetch(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	return Send(req)
}

// Send sends a request, and returns the body of the response.
func Send(req *http.Request) (string, error) {
	resp, err := Client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", &StatusError{resp.StatusCode}
	}
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}
