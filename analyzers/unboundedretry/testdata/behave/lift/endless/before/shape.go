// Package shape has no end.
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
	var text string
	for {
		var err error
		if text, err = remote.Fetch(ctx, url); err == nil {
			return text, nil
		}
		time.Sleep(Pause)
	}
}
