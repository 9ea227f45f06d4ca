// Package wire sends.
package wire

import (
	"context"
	"net/http"
	"time"
)

func Fetch(hc *http.Client, url string) error {
	req, err := Request(context.Background(), url)
	if err != nil {
		return err
	}
	_, err = hc.Do(req)
	return err
}

func Quickly(hc *http.Client, url string) error {
	ctx, cancel := Context()
	defer cancel()
	req, err := Request(ctx, url)
	if err != nil {
		return err
	}
	_, err = hc.Do(req)
	return err
}

func Bounded() *http.Client { return &http.Client{Timeout: time.Second} }

func Request(ctx context.Context, url string) (*http.Request, error) {
	return http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
}

func Context() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}
