//go:build go1.21

package fixgrow

import (
	"context"
	"time"
)

// Old is in a file of a version that has no math/rand/v2.
func Old(ctx context.Context, url string) error {
	for ctx.Err() == nil { // want "every 3s"
		if send(url) == nil {
			return nil
		}
		<-time.After(pause)
	}
	return ctx.Err()
}
