package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	mathrand "math/rand/v2"
)

func init() {
	kinds["key of each attempt"] = func(url string) (string, error) { return freshKey(context.Background(), url) }
	kinds["no key"] = func(url string) (string, error) { return noKey(context.Background(), url) }
}

var errDown = errors.New("down")

// pause waits in between two attempts.
func pause(ctx context.Context, attempt int) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(mathrand.N(10*time.Millisecond<<attempt) + 1):
		return nil
	}
}

// freshKey orders under another key each time.
func freshKey(ctx context.Context, url string) (string, error) {
	for attempt := range 3 {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/orders", bytes.NewReader([]byte("one guitar")))
		if err != nil {
			return "", err
		}
		req.Header.Set("Idempotency-Key", rand.Text())
		if resp, err := patient.Do(req); err == nil {
			return resp.Status, resp.Body.Close()
		}
		if err := pause(ctx, attempt); err != nil {
			return "", err
		}
	}
	return "", errDown
}

// noKey orders without one.
func noKey(ctx context.Context, url string) (string, error) {
	for attempt := range 3 {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/orders", bytes.NewReader([]byte("one guitar")))
		if err != nil {
			return "", err
		}
		if resp, err := patient.Do(req); err == nil {
			return resp.Status, resp.Body.Close()
		}
		if err := pause(ctx, attempt); err != nil {
			return "", err
		}
	}
	return "", errDown
}
