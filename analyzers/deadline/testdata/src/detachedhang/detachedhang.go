// Package detachedhang makes calls that have no bound at all: notimeout reports them, and this rule
// is silent.
package detachedhang

import (
	"context"
	"net/http"
)

func send(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Passed is notimeout/context.
func Passed(ctx context.Context) error { return send(context.Background(), "http://stock.internal/") }

// Plain is notimeout/client.
func Plain(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
