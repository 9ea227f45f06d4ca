// Package retry is a stub of the runtime module's package.
package retry

import (
	"context"
	"time"
)

type Policy struct {
	MaxAttempts int
	Base, Cap   time.Duration
}

func Do(ctx context.Context, p Policy, f func(context.Context) error) error { return f(ctx) }

func Value[T any](ctx context.Context, p Policy, f func(context.Context) (T, error)) (T, error) {
	return f(ctx)
}

func Permanent(err error) error { return err }
