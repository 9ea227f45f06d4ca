// Package shape returns a value from the loop, and the last error after it.
package shape

import (
	"context"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	var lastErr error
	for range 5 {
		text, err := remote.Fetch(ctx, url)
		if err == nil {
			return text, nil
		}
		lastErr = err
		time.Sleep(Pause)
	}
	return "", lastErr
}
