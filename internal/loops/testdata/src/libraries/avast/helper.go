package avast

import (
	"context"

	"github.com/avast/retry-go/v4"
)

// Anyones is called by others, if at all: what they give it is not known.
func Anyones(ctx context.Context, fn func(context.Context) error) error {
	return retry.Do(func() error { return fn(ctx) }, retry.Attempts(5), retry.DelayType(retry.BackOffDelay))
}

// ours is given something that is known.
func ours(ctx context.Context, fn func(context.Context) error) error {
	return retry.Do(func() error { return fn(ctx) }, retry.Attempts(5), retry.DelayType(retry.BackOffDelay)) // want `attempts=5 bounds=attempts growth=exponential jitter=none`
}

func useOurs(ctx context.Context) error {
	return ours(ctx, func(context.Context) error { return send() })
}
