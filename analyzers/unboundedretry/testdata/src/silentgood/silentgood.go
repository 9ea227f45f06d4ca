// Package silentgood retries as it should be done.
package silentgood

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

const (
	attempts = 4
	base     = 100 * time.Millisecond
	longest  = 5 * time.Second
)

// Put sends a body that it makes anew, gives up on what is refused, and waits any time up to twice
// as long as before.
func Put(ctx context.Context, url string, body []byte) error {
	var last error
	for attempt := range attempts {
		if attempt > 0 {
			if err := sleep(ctx, delay(attempt)); err != nil {
				return err
			}
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPut, url, bytes.NewReader(body))
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			last = err
			continue
		}
		resp.Body.Close()
		switch {
		case resp.StatusCode < 300:
			return nil
		case resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests:
			last = errors.New(resp.Status)
		default:
			return fmt.Errorf("refused: %s", resp.Status)
		}
	}
	return fmt.Errorf("after %d attempts: %w", attempts, last)
}

func delay(attempt int) time.Duration { return rand.N(min(base<<attempt, longest)) }

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Get listens to its context while it waits.
func Get(ctx context.Context, url string) (*http.Response, error) {
	wait := base
	for attempt := 1; ; attempt++ {
		resp, err := client.Get(url)
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
		if err == nil {
			resp.Body.Close()
			err = errors.New(resp.Status)
		}
		if attempt == attempts {
			return nil, err
		}
		select {
		case <-time.After(wait/2 + rand.N(wait/2)):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		wait = min(2*wait, longest)
	}
}
