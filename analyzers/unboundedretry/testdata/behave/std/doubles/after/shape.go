// Package shape goes on until its context ends, and waits as long each time.
package shape

import (
	"context"
	"math/rand/v2"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited at first.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	delay := Pause
	for {
		text, err := remote.Fetch(ctx, url)
		if err == nil {
			return text, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(float64(delay) * (0.5 + rand.Float64()/2))):
		}
		delay = min(2*delay, 16*Pause)
	}
}
