// Package forms retries in loops of all forms.
package forms

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

const tries = 5

// Endless is a for without anything.
func Endless(url string) *http.Response {
	for { // want `nothing ends or slows this retry: while http.Client.Get fails, it is called again as fast as it can fail, for ever`
		resp, err := client.Get(url)
		if err == nil {
			return resp
		}
	}
}

// Counted has all three clauses.
func Counted(url string) (*http.Response, error) {
	for i := 0; i < 3; i++ { // want `http.Client.Get is called again at once, up to 2 times: a server that fails under its load gets 3 times that`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errGaveUp
}

// FromOne includes the last.
func FromOne(url string) (*http.Response, error) {
	for attempt := 1; attempt <= tries; attempt++ { // want `called again at once, up to 4 times`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errGaveUp
}

// Inside has its cap in the body.
func Inside(url string, limit int) (*http.Response, error) {
	for i := 0; ; i++ { // want `called again at once: a server`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
		if i >= limit {
			return nil, err
		}
	}
}

// Counter has its cap in the body, and counts there.
func Counter(url string) (*http.Response, error) {
	failures := 0
	for { // want `called again at once, up to 2 times`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
		failures++
		if failures == 3 {
			return nil, err
		}
	}
}

// Countdown goes to none.
func Countdown(url string) (*http.Response, error) {
	for left := 3; left > 0; left-- { // want `called again at once`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errGaveUp
}

// Ranged ranges over a number.
func Ranged(url string) (*http.Response, error) {
	for range 3 { // want `called again at once, up to 2 times`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errGaveUp
}

// RangedOver ranges over a number that it is given.
func RangedOver(url string, limit int) (last error) {
	for attempt := range limit { // want `called again at once`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if attempt == limit-1 {
			last = err
		}
	}
	return last
}

// Listed ranges over the delays, and forgets to wait.
func Listed(url string, delays []time.Duration) error {
	for range delays { // want `called again at once`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// While counts before a condition.
func While(url string, limit int) error {
	attempts := 0
	for attempts < limit { // want `called again at once`
		attempts++
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// AsLongAs goes on as long as there is an error.
func AsLongAs(url string) *http.Response {
	resp, err := client.Get(url)
	for err != nil { // want `nothing ends this retry: while http.Client.Get fails, it is called again every 1s, for ever`
		time.Sleep(time.Second)
		resp, err = client.Get(url)
	}
	return resp
}

// Unfinished asks a flag.
func Unfinished(url string) {
	done := false
	for !done { // want `nothing ends this retry: while http.Client.Get fails, it is called again every 2s, for ever`
		resp, err := client.Get(url)
		if err != nil {
			time.Sleep(2 * time.Second)
			continue
		}
		resp.Body.Close()
		done = true
	}
}

// Before ends at a time.
func Before(url string, deadline time.Time) error {
	for time.Now().Before(deadline) { // want `called again at once`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// Since ends after a time.
func Since(url string) error {
	start := time.Now()
	for time.Since(start) < time.Minute { // want `called again every 100ms, however long it has failed`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errGaveUp
}

// Elapsed ends after a time, in the body.
func Elapsed(url string, most time.Duration) error {
	start := time.Now()
	for { // want `called again every 100ms, however long it has failed`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if time.Since(start) > most {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// WhileAsked ends with its context.
func WhileAsked(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want `called again at once`
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return ctx.Err()
}

// Literal is a loop in a function literal.
func Literal(url string) func() error {
	return func() error {
		for { // want `nothing ends or slows this retry`
			resp, err := client.Get(url)
			if err == nil {
				return resp.Body.Close()
			}
		}
	}
}

// Goroutine is a loop that nobody waits for.
func Goroutine(url string, found chan<- *http.Response) {
	go func() {
		for { // want `nothing ends this retry: while http.Client.Get fails, it is called again every 3s, for ever`
			resp, err := client.Get(url)
			if err == nil {
				found <- resp
				return
			}
			time.Sleep(3 * time.Second)
		}
	}()
}

// Inner is a retry of each item, in a loop over them.
func Inner(urls []string) error {
	for _, url := range urls {
		for range 4 { // want `called again at once, up to 3 times`
			resp, err := client.Get(url)
			if err == nil {
				resp.Body.Close()
				break
			}
		}
	}
	return nil
}
