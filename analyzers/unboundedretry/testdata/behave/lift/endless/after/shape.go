// Package shape has no end.
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
	return retry.Value(ctx, retry.Policy{Base: Pause, Cap: 10 * time.Second}, func(ctx context.Context) (string, error) {
		return remote.Fetch(ctx, url)
	})
}
