// Package callbacks gives handlers what they tell others by.
package callbacks

import (
	"context"
	"database/sql"

	"callbacks/page"
	"callbacks/work"
)

var db *sql.DB

func insert(ctx context.Context, body []byte) error {
	_, err := db.ExecContext(ctx, "INSERT INTO events (v) VALUES ($1)", body)
	return err
}

func start() {
	tell := func(ctx context.Context, event string, body []byte) { insert(ctx, body) }
	count := func(ctx context.Context, body []byte) { insert(ctx, body) }
	work.New(tell, count)
	page.New(count)                                                                      // it is given to others, too
	work.Wrap(func(ctx context.Context, body []byte) error { return insert(ctx, body) }) // want `asynq delivers a message again .* each delivery INSERTs into events`
}
