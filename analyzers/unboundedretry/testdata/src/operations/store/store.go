// Package store keeps albums on a server.
package store

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Albums are those of the server.
type Albums struct{ URL string }

// Save makes a request, and says whether it failed.
func (a *Albums) Save(ctx context.Context) error { return a.send(ctx) }

func (a *Albums) send(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, a.URL, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Load is a function, not a method.
func Load(url string) (int, error) {
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// Parse stays in the process.
func Parse(text string) (int, error) { return len(text), nil }
