// Package shape breaks out of the loop, and goes on after it.
package shape

import (
	"context"
	"strings"
	"time"

	"example.org/behave/remote"
)

// Pause is what is waited.
var Pause = 10 * time.Millisecond

// Run runs it.
func Run(ctx context.Context, url string) (string, error) {
	var text string
	var err error
	for i := 0; i < 5; i++ {
		text, err = remote.Fetch(ctx, url)
		if err == nil {
			break
		}
		if i < 4 {
			time.Sleep(Pause)
		}
	}
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(text), nil
}
