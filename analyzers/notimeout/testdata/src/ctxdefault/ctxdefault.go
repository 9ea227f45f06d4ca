// Package ctxdefault gives http.DefaultClient a timeout, so that no context needs a deadline: all silent.
package ctxdefault

import (
	"context"
	"net/http"
	"time"
)

func init() { http.DefaultClient.Timeout = 10 * time.Second }

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func Fetch() error { return fetch(context.Background(), "a") }

type api struct{ hc *http.Client }

func newAPI() *api { return &api{hc: http.DefaultClient} }

func (a *api) get(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "a", nil)
	if err != nil {
		return err
	}
	_, err = a.hc.Do(req)
	return err
}

func Get() error { return newAPI().get(context.TODO()) }
