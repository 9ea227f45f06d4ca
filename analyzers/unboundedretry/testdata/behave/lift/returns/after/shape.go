// Package shape returns from the loop, and gives no value.
package shape

import (
	"context"
	"time"

	"example.org/behave/remote"
	"github.com/resilint/resilint/runtime/retry"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	return "answer", run(ctx, url)
}

func run(ctx context.Context, url string) error {
	var err error
	return retry.Do(ctx, retry.Policy{MaxAttempts: 5, Base: Pause, Cap: 10 * time.Second}, func(ctx context.Context) error {
		_, err = remote.Fetch(ctx, url)
		return err
	})
}
