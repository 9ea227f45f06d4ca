// Package shape goes on until its context ends, and waits as long each time.
package shape

import (
	"context"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited at first.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	for {
		text, err := remote.Fetch(ctx, url)
		if err == nil {
			return text, nil
		}
		time.Sleep(Pause)
	}
}
