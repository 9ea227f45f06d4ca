// Package detachedhang makes calls that have no bound at all, which notimeout reports: this rule is
// silent where it would report the same context.
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

// Client is notimeout/client, for the client, and this rule's, for the context: two things to mend.
func Client(ctx context.Context) error {
	client := &http.Client{}
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil) // want `http.NewRequest leaves c.x out`
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
