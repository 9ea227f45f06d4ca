// Package shape breaks out of the loop, and goes on after it.
package shape

import (
	"context"
	"strings"
	"time"

	"example.org/behave/remote"
	"github.com/resilint/resilint/runtime/retry"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	text, err := retry.Value(ctx, retry.Policy{MaxAttempts: 5, Base: Pause, Cap: 10 * time.Second}, func(ctx context.Context) (string, error) {
		return remote.Fetch(ctx, url)
	})
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(text), nil
}
