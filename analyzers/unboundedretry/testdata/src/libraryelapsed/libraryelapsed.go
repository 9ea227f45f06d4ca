// Package libraryelapsed says how long a library goes on.
package libraryelapsed

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

var client = &http.Client{Timeout: time.Second}

// Briefly leaves time for a few attempts.
func Briefly(ctx context.Context, url string) (*http.Response, error) {
	return backoff.Retry(ctx, func() (*http.Response, error) { return client.Post(url, "", strings.NewReader("")) },
		backoff.WithBackOff(backoff.NewConstantBackOff(time.Second)), backoff.WithMaxElapsedTime(5*time.Second))
}

// Long leaves time for many.
func Long(ctx context.Context, url string) (*http.Response, error) {
	return backoff.Retry(ctx, func() (*http.Response, error) { return client.Post(url, "", strings.NewReader("")) }, // want `called again every 1s`
		backoff.WithBackOff(backoff.NewConstantBackOff(time.Second)), backoff.WithMaxElapsedTime(time.Minute))
}
