// Package shape does several things in an attempt, some of which make no other sensible.
package shape

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	var lastErr error
	for i := range 5 {
		if i > 0 {
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-time.After(Pause):
			}
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return "", err
		}
		text, err := remote.Send(req)
		var status *remote.StatusError
		if errors.As(err, &status) && status.Code == http.StatusNotFound {
			return "", err
		}
		if err != nil {
			lastErr = err
			continue
		}
		return text, nil
	}
	return "", lastErr
}
