// Package fixliftbreak has loops that success breaks out of, and that become a retry.Do.
package fixliftbreak

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func get(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

// Value breaks, and goes on with what it got.
func Value(ctx context.Context, url string) (string, error) {
	var resp *http.Response
	var err error
	for i := 0; i < 8; i++ { // want "wait equally long"
		resp, err = get(ctx, url)
		if err == nil {
			break
		}
		time.Sleep(time.Duration(1<<i) * time.Second)
	}
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Status, nil
}

// Both returns the last of them.
func Both(ctx context.Context, url string) (resp *http.Response, err error) {
	for range 8 { // want "however long it has failed"
		resp, err = get(ctx, url)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	return resp, err
}

// Says does more than to call.
func Says(ctx context.Context, url string) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 8 { // want "however long it has failed"
		if resp, err = get(ctx, url); err == nil {
			break
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
	return resp, err
}

var errUnknown = errors.New("unknown")

// Refused ends at what cannot be mended.
func Refused(ctx context.Context, url string) error {
	var err error
	for range 8 { // want "however long it has failed"
		var resp *http.Response
		resp, err = get(ctx, url)
		if err == nil {
			resp.Body.Close()
			break
		}
		if errors.Is(err, errUnknown) {
			break
		}
		time.Sleep(time.Second)
	}
	return err
}

// Endless had no failure to return.
func Endless(ctx context.Context, url string) (string, error) {
	var resp *http.Response
	var err error
	for { // want "nothing ends this retry"
		resp, err = get(ctx, url)
		if err == nil {
			break
		}
		time.Sleep(time.Minute / 2)
	}
	defer resp.Body.Close()
	return fmt.Sprint(resp.StatusCode), nil
}
