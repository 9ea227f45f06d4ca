// Package fixlift has loops that success returns from, and that become a retry.Do.
package fixlift

import (
	"context"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// forEver is for others.
const forEver = time.Duration(math.MaxInt64)

func send(ctx context.Context, url string) error {
	_, err := read(ctx, url)
	return err
}

func read(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

// Plain is the shape that most have.
func Plain(ctx context.Context, url string) error {
	var err error
	for attempt := 0; attempt < 8; attempt++ { // want "however long it has failed"
		err = send(ctx, url)
		if err == nil {
			return nil
		}
		// Give it some time.
		time.Sleep(2 * time.Second)
	}
	return err
}

// Last keeps the last error.
func Last(ctx context.Context, url string) (string, error) {
	var lastErr error
	for range 8 { // want "however long it has failed"
		text, err := read(ctx, url)
		if err == nil {
			return text, nil
		}
		lastErr = err
		time.Sleep(time.Second)
	}
	return "", lastErr
}

// Continues has the success at the end, and says what happens.
func Continues(ctx context.Context, url string, attempts int) (string, error) {
	var lastErr error
	delay := 100 * time.Millisecond
	for i := 1; i <= attempts; i++ { // want "wait equally long"
		text, err := read(ctx, url)
		if err != nil {
			log.Printf("%s: %v", url, err)
			lastErr = err
			time.Sleep(delay)
			delay *= 2
			continue
		}
		return text, nil
	}
	return "", fmt.Errorf("%s, %d times: %w", url, attempts, lastErr)
}

// Short tests where it calls.
func Short(ctx context.Context, url string) error {
	for { // want "nothing ends this retry"
		if err := send(ctx, url); err == nil {
			return nil
		}
		time.Sleep(5 * time.Second)
	}
}

// First waits before it tries.
func First(ctx context.Context, url string) (err error) {
	const attempts = 8
	for i := range attempts { // want "wait equally long"
		if i > 0 {
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s: %w", url, ctx.Err())
			case <-time.After(time.Duration(math.Pow(2, float64(i))) * time.Second):
			}
		}
		if err = send(ctx, url); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s: giving up: %w", url, err)
}

// Timer does not wait after the last attempt.
func Timer(ctx context.Context, url string) error {
	var err error
	for attempt := 1; attempt <= 8; attempt++ { // want "wait equally long"
		if err = ctx.Err(); err != nil {
			return err
		}
		if err = send(ctx, url); err == nil {
			return nil
		}
		if attempt == 8 {
			break
		}
		timer := time.NewTimer(time.Duration(attempt) * time.Second)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	return err
}

// Status looks at the response, too.
func Status(ctx context.Context, url string) (*http.Response, error) {
	var lastErr error
	for i := range 8 { // want "however long it has failed"
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		resp, err := client.Do(req)
		if err != nil {
			lastErr = err
		} else if resp.StatusCode >= 500 {
			resp.Body.Close()
			lastErr = fmt.Errorf("%s: %s", url, resp.Status)
		} else {
			return resp, nil
		}
		if i < 2 {
			time.Sleep(time.Second)
		}
	}
	return nil, lastErr
}

// AtOnce does not wait.
func AtOnce(ctx context.Context, url string) error {
	var err error
	for range 10 { // want "at once"
		if err = send(ctx, url); err != nil {
			continue
		}
		return nil
	}
	return err
}

// A settings is what users set.
type settings struct {
	Retries uint8
	Backoff time.Duration
	Longest time.Duration
}

// Set has its policy from elsewhere.
func (s *settings) Set(ctx context.Context, url string) error {
	var err error
	backoff := s.Backoff
	for attempt := uint8(0); attempt <= s.Retries; attempt++ { // want "wait equally long"
		if err = send(ctx, url); err == nil {
			return nil
		}
		time.Sleep(backoff)
		backoff *= 2
		if backoff > s.Longest {
			backoff = s.Longest
		}
	}
	return err
}

// Alone has no context at hand.
func Alone(url string) error {
	var err error
	for range 8 { // want "however long it has failed"
		if err = send(context.TODO(), url); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

// Handler has that of its request.
func Handler(w http.ResponseWriter, r *http.Request) {
	get := func() (*http.Response, error) {
		var err error
		for range 8 { // want "however long it has failed"
			var resp *http.Response
			resp, err = client.Get("http://catalog/" + r.URL.Path)
			if err == nil {
				return resp, nil
			}
			time.Sleep(time.Second)
		}
		return nil, err
	}
	if resp, err := get(); err == nil {
		resp.Body.Close()
	}
}

// Sent has the context of the request that it sends.
func Sent(req *http.Request) (*http.Response, error) {
	var err error
	for range 3 { // want "at once"
		var resp *http.Response
		if resp, err = client.Do(req); err == nil {
			return resp, nil
		}
	}
	return nil, err
}

// Anew makes a context for each attempt.
func Anew(ctx context.Context, url string) error {
	var err error
	for range 3 { // want "at once"
		ctx := context.WithValue(ctx, key{}, url)
		if err = send(ctx, url); err == nil {
			return nil
		}
	}
	return err
}

type key struct{}
