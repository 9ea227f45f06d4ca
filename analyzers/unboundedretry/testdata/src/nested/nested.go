// Package nested retries what retries.
package nested

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"nested/stock"

	"github.com/cenkalti/backoff/v4"
)

var client = &http.Client{Timeout: time.Second}

func pause(attempt int) { time.Sleep(time.Second<<attempt + rand.N(time.Second)) }

func load(url string) (err error) {
	for attempt := range 3 {
		var resp *http.Response
		if resp, err = client.Get(url); err == nil {
			return resp.Body.Close()
		}
		pause(attempt)
	}
	return err
}

func Twice(url string) (err error) {
	for attempt := range 5 { // want `load retries by itself, and is retried here: up to 5 × 3 = 15 attempts; retry in one of the two places`
		if err = load(url); err == nil {
			return nil
		}
		pause(attempt)
	}
	return err
}

func Across(url string) (err error) {
	for attempt := range 3 { // want `stock.Reserve retries by itself, and is retried here: up to 3 × 4 = 12 attempts`
		if err = stock.Reserve(url); err == nil {
			return nil
		}
		pause(attempt)
	}
	return err
}

func AsOften(url string, limit int) (err error) {
	for attempt := range limit { // want `each attempt is up to 4`
		if err = stock.Reserve(url); err == nil {
			return nil
		}
		pause(attempt)
	}
	return err
}

func ByLibrary(ctx context.Context, url string) error {
	policy := backoff.WithMaxRetries(backoff.WithContext(backoff.NewExponentialBackOff(), ctx), 2) // want `up to 3 × 4 = 12 attempts`
	return backoff.Retry(func() error { return stock.Reserve(url) }, policy)
}

func InOneFunction(url string) error {
	for outer := range 3 { // want `the loop inside retries by itself, and is retried here: up to 3 × 2 = 6 attempts`
		var err error
		for inner := range 2 {
			var resp *http.Response
			if resp, err = client.Get(url); err == nil {
				return resp.Body.Close()
			}
			pause(inner)
		}
		pause(outer)
	}
	return errors.New("gave up")
}

// Reconnect goes on for as long as the process lives: what it runs has attempts of its own.
func Reconnect(ctx context.Context, url string) error {
	delay := time.Second
	for {
		err := stock.Reserve(url)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay/2 + rand.N(delay/2)):
			delay = min(2*delay, time.Minute)
		}
	}
}

// Other goes on to something else.
func Other(urls []string) {
	for _, url := range urls {
		if err := stock.Reserve(url); err == nil {
			return
		}
	}
}

func ask(url string, attempts int, again bool) (err error) {
	for attempt := range attempts {
		var resp *http.Response
		if resp, err = client.Get(url); err == nil {
			return resp.Body.Close()
		}
		if !again {
			return err
		}
		pause(attempt)
	}
	return err
}

func Ask(url string) error { return ask(url, 5, true) }

// Once tells the inner one to make a single attempt.
func Once(url string) (err error) {
	for attempt := range 4 {
		if err = ask(url, 1, true); err == nil {
			return nil
		}
		pause(attempt)
	}
	return err
}

// Five does not.
func Five(url string) (err error) {
	for attempt := range 4 { // want `up to 4 × 5 = 20 attempts`
		if err = ask(url, 5, true); err == nil {
			return nil
		}
		pause(attempt)
	}
	return err
}
