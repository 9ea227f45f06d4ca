package silentgood

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"
)

// Bounded doubles its delay only below a limit.
func Bounded(ctx context.Context, c *http.Client, req *http.Request) error {
	delay := time.Second
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		resp, err := c.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay + rand.N(delay)):
		}
		if delay < 30*time.Second {
			delay *= 2
		}
	}
}
