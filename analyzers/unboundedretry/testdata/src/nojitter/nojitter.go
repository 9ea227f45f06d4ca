// Package nojitter waits as long as everybody else.
package nojitter

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Doubled grows, and listens.
func Doubled(ctx context.Context, url string) error {
	delay := 100 * time.Millisecond
	for range 5 { // want `callers for whom http.Client.Get fails at the same time wait equally long: they come back in waves, all at once; add jitter$`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay):
		}
		delay *= 2
	}
	return errGaveUp
}

// Named calls something jitter that is none.
func Named(url string) error {
	const jitter = 50 * time.Millisecond
	delay := 100 * time.Millisecond
	for range 5 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay + jitter)
		delay *= 2
	}
	return errGaveUp
}

// Spread is random.
func Spread(url string) error {
	delay := 100 * time.Millisecond
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}
