// Package waits waits between attempts in all ways, always for as long.
package waits

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

const pause = 250 * time.Millisecond

// AtTheTop waits before all attempts but the first.
func AtTheTop(url string) error {
	for attempt := 0; attempt < 3; attempt++ { // want `called again every 250ms, up to 2 times`
		if attempt > 0 {
			time.Sleep(pause)
		}
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// UnlessLast waits after all attempts but the last.
func UnlessLast(url string) (err error) {
	for attempt := 0; attempt < 3; attempt++ { // want `called again every 250ms`
		var resp *http.Response
		if resp, err = client.Get(url); err == nil {
			return resp.Body.Close()
		}
		if attempt < 2 {
			time.Sleep(pause)
		}
	}
	return err
}

// After receives from a timer.
func After(url string) error {
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		<-time.After(pause)
	}
	return errGaveUp
}

// Select listens to its context.
func Select(ctx context.Context, url string) error {
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return errGaveUp
}

// SelectEndless has no other end than its context.
func SelectEndless(ctx context.Context, url string) error {
	for { // want `called again every 250ms, however long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Stopped ends when it is told to.
func Stopped(url string, stop <-chan struct{}) error {
	for { // want `called again every 250ms, however long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-time.After(pause):
		case <-stop:
			return errGaveUp
		}
	}
}

// Timer makes a timer for each wait.
func Timer(ctx context.Context, url string) error {
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
	return errGaveUp
}

// Reset has one timer for all waits.
func Reset(ctx context.Context, url string) error {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		timer.Reset(pause)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	return errGaveUp
}

// Ticker waits for the next tick.
func Ticker(ctx context.Context, url string) error {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
	return errGaveUp
}

// Helper sleeps in a function of the package.
func Helper(ctx context.Context, url string) error {
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
	return errGaveUp
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

type fetcher struct {
	url  string
	wait time.Duration
}

func newFetcher(url string) *fetcher { return &fetcher{url: url, wait: pause} }

// Method waits in a method.
func (f *fetcher) Method() error {
	for attempt := range 3 { // want `called again every 250ms, up to 2 times`
		resp, err := client.Get(f.url)
		if err == nil {
			return resp.Body.Close()
		}
		f.backoff(attempt)
	}
	return errGaveUp
}

func (f *fetcher) backoff(int) { time.Sleep(f.wait) }

// Deep waits some calls away.
func (f *fetcher) Deep() error {
	for range 3 { // want `called again every 250ms`
		resp, err := client.Get(f.url)
		if err == nil {
			return resp.Body.Close()
		}
		f.failed(err)
	}
	return errGaveUp
}

func (f *fetcher) failed(err error) {
	if err != nil {
		f.pause()
	}
}

func (f *fetcher) pause() { <-time.After(pause) }

var sleepFunc = time.Sleep // another one in tests

// Injected waits by a function that is a variable.
func Injected(ctx context.Context, url string) error {
	for i := 0; i <= 3; i++ {
		if i > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			default:
				sleepFunc(min(time.Second<<i, 4*time.Second))
			}
		}
		resp, err := client.Get(url)
		if err != nil {
			continue
		}
		return resp.Body.Close()
	}
	return errGaveUp
}
