// Package idempotency has the names of resilint's own, for fixtures.
package idempotency

import "context"

// A Store knows keys.
type Store interface {
	Begin(context.Context, string) error
}

// An Option is an option.
type Option func()

// Key joins parts.
func Key(parts ...string) string { return "" }

// Once calls f.
func Once[T any](ctx context.Context, store Store, key string, f func(context.Context) (T, error), opts ...Option) (T, error) {
	return f(ctx)
}
