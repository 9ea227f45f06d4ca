package retry

import (
	"context"
	"time"
)

type Policy struct {
	MaxAttempts int
	Base        time.Duration
	Cap         time.Duration
	MaxElapsed  time.Duration
}

func Do(ctx context.Context, p Policy, f func(context.Context) error) error { return nil }
func Value[T any](ctx context.Context, p Policy, f func(context.Context) (T, error)) (v T, err error) {
	return v, nil
}
