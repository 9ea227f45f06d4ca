// Package shape goes on where an attempt failed, and wraps the last error.
package shape

import (
	"context"
	"fmt"
	"log"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited first.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	return run(ctx, url, 5)
}

func run(ctx context.Context, url string, attempts int) (string, error) {
	var lastErr error
	delay := Pause
	for i := 1; i <= attempts; i++ {
		text, err := remote.Fetch(ctx, url)
		if err != nil {
			log.Print(err)
			lastErr = err
			time.Sleep(delay)
			delay *= 2
			continue
		}
		return text, nil
	}
	return "", fmt.Errorf("after %d attempts: %w", attempts, lastErr)
}
