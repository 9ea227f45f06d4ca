// Package silentasked leaves it to others whether there is another attempt.
package silentasked

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v4"
)

var client = &http.Client{Timeout: time.Second}

// A Repeater decides: it may count, and wait.
type Repeater interface {
	Repeat(resp *http.Response, err error) bool
}

type asking struct {
	repeat Repeater
	ask    func(error) bool
}

func (a *asking) Interface(req *http.Request) (*http.Response, error) {
	for {
		resp, err := client.Do(req)
		if !a.repeat.Repeat(resp, err) {
			return resp, err
		}
	}
}

func (a *asking) Function(req *http.Request) (*http.Response, error) {
	for {
		resp, err := client.Do(req)
		if err == nil || !a.ask(err) {
			return resp, err
		}
	}
}

var errNotYet = errors.New("not yet")

// Watch is told that a failure is the end: what comes again is a question.
func Watch(ctx context.Context, url string, done func() error) error {
	return backoff.Retry(func() error {
		resp, err := client.Get(url)
		if err != nil {
			return backoff.Permanent(err)
		}
		resp.Body.Close()
		if err := done(); err != nil {
			return backoff.Permanent(err)
		}
		return errNotYet
	}, backoff.NewConstantBackOff(time.Second))
}

// Retryable attempts what nobody in the package gives it.
func Retryable(ctx context.Context, count int, fn func() error) (err error) {
	for range count {
		if err = fn(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	return err
}
