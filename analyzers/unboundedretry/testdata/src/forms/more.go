package forms

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type client2 struct {
	mu   sync.Mutex
	http *http.Client
	url  string
}

func (c *client2) fetch(ctx context.Context) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	return []byte(resp.Status), resp.Body.Close()
}

// Guarded holds a lock meanwhile, and gives it back in the end.
func (c *client2) Guarded(ctx context.Context) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for { // want `nothing ends or slows this retry: while client2.fetch fails`
		data, err := c.fetch(ctx)
		if err == nil {
			return data, nil
		}
	}
}

// Deadline gives each attempt its own.
func (c *client2) Deadline(ctx context.Context) ([]byte, error) {
	for range 3 { // want `client2.fetch is called again at once`
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		data, err := c.fetch(attempt)
		cancel()
		if err == nil {
			return data, nil
		}
	}
	return nil, errGaveUp
}

// Value is a method value.
func (c *client2) Value(ctx context.Context) ([]byte, error) {
	fetch := c.fetch
	for range 8 { // want `called again every 1s`
		if data, err := fetch(ctx); err == nil {
			return data, nil
		}
		time.Sleep(time.Second)
	}
	return nil, errGaveUp
}

// Sent is told of what came by a channel.
func (c *client2) Sent(ctx context.Context, done chan<- []byte) {
	for { // want `nothing ends this retry`
		data, err := c.fetch(ctx)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		done <- data
		break
	}
}

// Ticked tries at each tick until it succeeds.
func (c *client2) Ticked(ctx context.Context) ([]byte, error) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for { // want `client2.fetch is called again every 1s`
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-ticker.C:
			if data, err := c.fetch(ctx); err == nil {
				return data, nil
			}
		}
	}
}

// Generic is one of several types.
func Generic[T any](ctx context.Context, fetch func(context.Context) (T, error)) (T, error) {
	for { // want `nothing ends this retry: while fetch fails, it is called again every 1s`
		v, err := fetch(ctx)
		if err == nil {
			return v, nil
		}
		time.Sleep(time.Second)
	}
}

// Shadowed has an error in each round, and one for all.
func (c *client2) Shadowed(ctx context.Context) (err error) {
	for i := 0; i < 3; i++ { // want `called again at once`
		_, e := c.fetch(ctx)
		if e != nil {
			err = e
		} else {
			err = nil
			break
		}
	}
	return err
}

// Panics is sure to succeed in the end.
func (c *client2) Panics(ctx context.Context) []byte {
	for i := 0; ; i++ { // want `called again every 1s, up to 9 times`
		data, err := c.fetch(ctx)
		if err == nil {
			return data
		}
		if i == 9 {
			panic(err)
		}
		time.Sleep(time.Second)
	}
}

// Nested has a switch for what it is.
func (c *client2) Nested(ctx context.Context, kind int) error {
	for tries := 0; tries < 3; tries++ { // want `called again at once`
		var err error
		switch kind {
		case 0:
			_, err = c.fetch(ctx)
		default:
			_, err = c.fetch(context.WithoutCancel(ctx))
		}
		if err == nil {
			return nil
		}
	}
	return errGaveUp
}

// Result keeps what it gets in a struct.
func (c *client2) Result(ctx context.Context) error {
	var result struct {
		data []byte
		err  error
	}
	for range 3 { // want `called again at once`
		result.data, result.err = c.fetch(ctx)
		if result.err == nil {
			return nil
		}
	}
	return result.err
}

// Both looks at the error and at the status in one condition.
func Both(url string) (*http.Response, error) {
	for range 8 { // want `called again every 1s`
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil || resp.StatusCode >= 500 {
			time.Sleep(time.Second)
			continue
		}
		return resp, nil
	}
	return nil, errGaveUp
}

// Last returns what the last attempt returned.
func Last(url string) (resp *http.Response, err error) {
	for i := 0; i < 8; i++ { // want `called again every 1s`
		resp, err = client.Post(url, "text/plain", nil)
		if err == nil && resp.StatusCode/100 != 5 {
			return resp, nil
		}
		time.Sleep(time.Second)
	}
	return resp, err
}
