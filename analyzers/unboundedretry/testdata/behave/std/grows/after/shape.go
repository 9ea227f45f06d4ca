// Package shape has a delay that doubles.
package shape

import (
	"context"
	"math/rand/v2"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited for each millisecond of the delay.
var Pause = time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	var err error
	delay := Pause
	for attempt := 0; attempt < 5; attempt++ {
		var text string
		text, err = remote.Fetch(ctx, url)
		if err == nil {
			return text, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(time.Duration(float64(delay) * (0.5 + rand.Float64()/2))):
		}
		delay *= 2
	}
	return "", err
}
