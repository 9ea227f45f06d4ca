// Package shape goes on where an attempt failed, and wraps the last error.
package shape

import (
	"context"
	"fmt"
	"log"
	"time"

	"example.org/behave/remote"
	"github.com/resilint/resilint/runtime/retry"
)

// Pause is what is waited first.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	return run(ctx, url, 5)
}

func run(ctx context.Context, url string, attempts int) (string, error) {
	text, lastErr := retry.Value(ctx, retry.Policy{MaxAttempts: attempts, Base: Pause, Cap: 10 * time.Second}, func(ctx context.Context) (string, error) {
		text, err := remote.Fetch(ctx, url)
		if err != nil {
			log.Print(err)
			return "", err
		}
		return text, nil
	})
	if lastErr != nil {
		return "", fmt.Errorf("after %d attempts: %w", attempts, lastErr)
	}
	return text, nil
}
