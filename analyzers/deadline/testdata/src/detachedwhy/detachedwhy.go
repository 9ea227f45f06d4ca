// Package detachedwhy says why contexts are left out: everything here is silent.
package detachedwhy

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal"+path, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Above has it above the statement.
func Above(ctx context.Context) error {
	// The audit must be complete even if the client has gone.
	return send(context.Background(), "/audit")
}

// Beside has it beside.
func Beside(ctx context.Context) error {
	return send(context.Background(), "/audit") // not cancelled with the request
}

// Documented records the visit, even if the visitor has gone.
func Documented(ctx context.Context) error {
	return send(context.Background(), "/audit")
}

// Overwritten drops its own.
func Overwritten(ctx context.Context) error {
	ctx = context.Background()
	return send(ctx, "/audit")
}
