// Package nodelay attempts again at once.
package nodelay

import (
	"context"
	"errors"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Capped has only a cap.
func Capped(url string) error {
	for i := 0; i < 10; i++ { // want `http.Client.Get is called again at once, up to 9 times: a server that fails under its load gets 10 times that; wait longer each time, with jitter`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		log.Print(err)
	}
	return errGaveUp
}

// Twice is one more time, which is no storm.
func Twice(url string) error {
	for i := 0; i < 2; i++ {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// Thrice is two more.
func Thrice(url string) error {
	for i := 0; i < 3; i++ { // want `http.Client.Get is called again at once, up to 2 times: a server that fails under its load gets 3 times that`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// Elsewhere waits where it succeeds, not where it fails.
func Elsewhere(url string) error {
	for range 3 { // want `called again at once`
		resp, err := client.Get(url)
		if err != nil {
			continue
		}
		time.Sleep(time.Second)
		return resp.Body.Close()
	}
	return errGaveUp
}

// Asked asks whether its context is over, and does not wait for that.
func Asked(ctx context.Context, url string) error {
	for { // want `called again at once`
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
}
