// Package overflow doubles delays without a ceiling.
package overflow

import (
	"context"
	"math"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func ForEver(ctx context.Context, req *http.Request) (*http.Response, error) {
	delay := time.Second
	for { // want `the delay before http.Client.Do is called again doubles without a ceiling: it passes an hour, and turns negative in the end, which is none at all; give`
		resp, err := client.Do(req)
		if err == nil {
			return resp, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(delay + rand.N(delay)):
		}
		delay *= 2
	}
}

func Shifted(url string) (resp *http.Response, err error) {
	for attempt := 0; attempt < 20; attempt++ { // want `doubles without a ceiling: it passes an hour; besides, its delay has no jitter`
		if resp, err = client.Get(url); err == nil {
			return resp, nil
		}
		time.Sleep(time.Second << attempt)
	}
	return nil, err
}

func FewAttempts(url string) (resp *http.Response, err error) {
	for attempt := range 8 { // 100 ms to 6.4 s: no ceiling is needed
		if resp, err = client.Get(url); err == nil {
			return resp, nil
		}
		time.Sleep(100*time.Millisecond<<attempt + rand.N(100*time.Millisecond))
	}
	return nil, err
}

func Capped(ctx context.Context, req *http.Request) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		resp, err := client.Do(req)
		if err == nil {
			return resp, nil
		}
		delay := min(time.Duration(math.Pow(2, float64(attempt)))*time.Second, time.Minute)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(delay/2 + rand.N(delay/2)):
		}
	}
}

// AsOftenAsTheySay has a limit that somebody has chosen, and perhaps with the delays in mind.
func AsOftenAsTheySay(url string, limit int) (resp *http.Response, err error) {
	delay := time.Second
	for range limit {
		if resp, err = client.Get(url); err == nil {
			return resp, nil
		}
		time.Sleep(delay/2 + rand.N(delay/2))
		delay *= 2
	}
	return nil, err
}

func TooManyAttempts(url string) (resp *http.Response, err error) {
	delay := 100 * time.Millisecond
	for range 50 { // want `doubles without a ceiling: it passes an hour, and turns negative in the end`
		if resp, err = client.Get(url); err == nil {
			return resp, nil
		}
		time.Sleep(delay + rand.N(delay))
		delay *= 2
	}
	return nil, err
}
