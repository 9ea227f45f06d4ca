// Package redeliveredacross adds rows by another package.
package redeliveredacross

import (
	"context"

	"github.com/hibiken/asynq"

	"redeliveredacross/store"
)

var albums *store.Store

func add(ctx context.Context, t *asynq.Task) error { // want `each delivery INSERTs into albums \(sql.DB.ExecContext in Store.exec\)`
	return within(ctx, func(ctx context.Context) error {
		return albums.Add(ctx, string(t.Payload()))
	})
}

func put(ctx context.Context, t *asynq.Task) error {
	return within(ctx, func(ctx context.Context) error {
		return albums.Put(ctx, string(t.Payload()))
	})
}

func within(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

type adder interface {
	Add(ctx context.Context, name string) error
}

// What is behind the interface, only the whole module knows.
func behind(ctx context.Context, t *asynq.Task) error {
	var a adder = albums
	return through(ctx, a, t)
}

func through(ctx context.Context, a adder, t *asynq.Task) error {
	return a.Add(ctx, string(t.Payload()))
}
