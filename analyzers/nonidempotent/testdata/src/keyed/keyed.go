// Package keyed gives what it sends a key, in ways that are its own.
package keyed

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Pay sends the same key with each attempt, as all headers of the request.
func Pay(ctx context.Context, url, key, text string) (err error) {
	headers := http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {key}}
	for attempt := range 3 {
		req, failed := http.NewRequestWithContext(ctx, http.MethodPost, url+"/payments", strings.NewReader(text))
		if failed != nil {
			return failed
		}
		req.Header = headers
		var resp *http.Response
		if resp, err = client.Do(req); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second<<attempt + rand.N(time.Second))
	}
	return err
}
