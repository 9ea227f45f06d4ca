// Package shape does several things in an attempt, some of which make no other sensible.
package shape

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.org/behave/remote"
	"github.com/resilint/resilint/runtime/retry"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	return retry.Value(ctx, retry.Policy{MaxAttempts: 5, Base: Pause, Cap: 10 * time.Second}, func(ctx context.Context) (string, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return "", retry.Permanent(err)
		}
		text, err := remote.Send(req)
		var status *remote.StatusError
		if errors.As(err, &status) && status.Code == http.StatusNotFound {
			return "", retry.Permanent(err)
		}
		if err != nil {
			return "", err
		}
		return text, nil
	})
}
