package waits

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// A limiter is of a library, or a test's.
type limiter interface {
	Wait(ctx context.Context) error
}

// Limited waits for what nobody sees.
func Limited(ctx context.Context, url string, l limiter) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if err := l.Wait(ctx); err != nil {
			return err
		}
	}
	return errGaveUp
}

// Func waits by a function that it is given.
func Func(url string, sleep func(time.Duration)) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		sleep(pause)
	}
	return errGaveUp
}

// A clock may be another than the machine's.
type clock interface {
	After(d time.Duration) <-chan time.Time
}

// Clock waits by it.
func Clock(ctx context.Context, url string, c clock) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-c.After(pause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errGaveUp
}

// Woken waits for something to happen.
func Woken(url string, changed *sync.Cond) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		changed.L.Lock()
		changed.Wait()
		changed.L.Unlock()
	}
	return errGaveUp
}

// Signalled waits for a message.
func Signalled(url string, again <-chan struct{}) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		<-again
	}
	return errGaveUp
}

// Told waits as long as the server says.
func Told(url string) (*http.Response, error) {
	for range 3 {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		wait, err := time.ParseDuration(resp.Header.Get("Retry-After") + "s")
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		time.Sleep(wait)
	}
	return nil, errGaveUp
}
