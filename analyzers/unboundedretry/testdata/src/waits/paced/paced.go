// Package paced waits for others, as its facts tell.
package paced

import (
	"context"
	"time"
)

// Rest waits, unless it is told to stop.
func Rest(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Note does not wait.
func Note(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
