// Package fixoption has retries of a library that get its option for jitter.
package fixoption

import (
	"context"
	"net/http"
	"time"

	"github.com/buildkite/roko"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(*roko.Retrier) error {
	resp, err := client.Get("http://catalog/")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Constant waits as long each time.
func Constant(ctx context.Context) error {
	return roko.NewRetrier( // want "every 5s, up to 9 times"
		roko.WithMaxAttempts(10),
		roko.WithStrategy(roko.Constant(5*time.Second)),
	).DoWithContext(ctx, send)
}

// Grows waits longer each time, but so does everybody.
func Grows(ctx context.Context) error {
	r := roko.NewRetrier(roko.WithMaxAttempts(10), roko.WithStrategy(roko.Exponential(2*time.Second, 0))) // want "wait equally long"
	return r.DoWithContext(ctx, send)
}

// Given has options of which nobody knows here where they end: no edit.
func Given(ctx context.Context) error {
	opts := []roko.RetrierOpt{roko.WithMaxAttempts(10), roko.WithStrategy(roko.Constant(5 * time.Second))}
	return roko.NewRetrier(opts...).DoWithContext(ctx, send) // want "every 5s"
}

// Forever has to end: no edit.
func Forever() error {
	return roko.NewRetrier(roko.TryForever(), roko.WithStrategy(roko.Constant(5*time.Second))).Do(send) // want "nothing ends this retry"
}
