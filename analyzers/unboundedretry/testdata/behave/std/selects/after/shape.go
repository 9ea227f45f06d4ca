// Package shape sleeps, and does not listen.
package shape

import (
	"context"
	"math/rand/v2"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	var err error
	for range 5 {
		var text string
		if text, err = remote.Fetch(ctx, url); err == nil {
			return text, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(float64(Pause) * (0.5 + rand.Float64()/2))):
		}
	}
	return "", err
}
