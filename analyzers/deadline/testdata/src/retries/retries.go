// Package retries repeats calls under a deadline that has no room for them.
package retries

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 10 * time.Second}

const attempts = 3

var errGaveUp = errors.New("gave up")

// Counted has time for two of three.
func Counted(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	for i := 0; i < attempts; i++ { // want `3 × 10s \+ 2 × 1s = 32s > 15s: if the server hangs, the third attempt never happens; make each shorter, or the deadline longer`
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err == nil {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return nil, errGaveUp
}

// Ranged gives each attempt a deadline of its own, and looks at the status.
func Ranged(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 12*time.Second)
	defer cancel()
	for range 5 { // want `5 × 4s = 20s > 12s: if the server hangs, the fourth attempt never happens`
		err := func() error {
			ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				return err
			}
			resp, err := client.Do(req)
			if err != nil {
				return err
			}
			return resp.Body.Close()
		}()
		if err == nil {
			return nil
		}
	}
	return errGaveUp
}

// CutOff has time for a little of the last.
func CutOff(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 24*time.Second)
	defer cancel()
	for attempt := 1; attempt <= 3; attempt++ { // want `3 × 10s \+ 2 × 500ms = 31s > 24s: if the server hangs, the third attempt is cut off after 3s`
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err != nil || resp.StatusCode >= http.StatusInternalServerError {
			select {
			case <-time.After(500 * time.Millisecond):
			case <-ctx.Done():
				return ctx.Err()
			}
			continue
		}
		return resp.Body.Close()
	}
	return errGaveUp
}
