package silentpoll

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var errNotFound = errors.New("not found")

func exists(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusNotFound {
		return errNotFound
	}
	return nil
}

// Deleted goes on until it is no longer there.
func Deleted(ctx context.Context, url string) error {
	for {
		err := exists(ctx, url)
		if errors.Is(err, errNotFound) {
			return nil
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Found goes on until it is there.
func Found(ctx context.Context, url string) (*export, error) {
	for {
		e, err := get(url)
		if err != nil && !errors.Is(err, errNotFound) {
			return nil, err
		}
		if e != nil {
			return e, nil
		}
		time.Sleep(time.Second)
	}
}

// NotEmpty takes an answer that says something.
func NotEmpty(url string) *export {
	for {
		e, err := get(url)
		if err != nil || e.URL == "" {
			time.Sleep(time.Second)
			continue
		}
		return e
	}
}

// Pulse asks every second whether it is still there.
func Pulse(ctx context.Context, url string) error {
	misses := 0
	for range time.Tick(time.Second) {
		if err := exists(ctx, url); err != nil {
			if misses++; misses > 3 {
				return err
			}
			continue
		}
		misses = 0
	}
	return nil
}

// Ready looks for the answer that says so.
func Ready(url string) bool {
	for i := 0; i < 60; i++ {
		resp, err := client.Get(url + "/healthz")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return true
			}
		}
		time.Sleep(time.Second)
	}
	return false
}

// Sent asks a helper that says no more than yes or no.
func Sent(url string) {
	for !sent(url) {
		time.Sleep(time.Second)
	}
}

func sent(url string) bool {
	resp, err := client.Post(url, "text/plain", nil)
	if err != nil {
		return false
	}
	return resp.Body.Close() == nil
}
