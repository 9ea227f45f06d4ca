// Package shape returns from the loop, and gives no value.
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
	return "answer", run(ctx, url)
}

func run(ctx context.Context, url string) error {
	var err error
	for i := 0; i < 5; i++ {
		_, err = remote.Fetch(ctx, url)
		if err == nil {
			return nil
		}
		time.Sleep(Pause)
	}
	return err
}
