// Package unsafeonce has handlers with a store at hand.
package unsafeonce

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/hibiken/asynq"

	"github.com/resilint/resilint/runtime/idempotency"
)

type worker struct {
	db   *sql.DB
	seen idempotency.Store
}

func (w *worker) paid(ctx context.Context, task *asynq.Task) error { // want `asynq delivers a message again .*, and each delivery INSERTs into ledger`
	var amount int
	if err := json.Unmarshal(task.Payload(), &amount); err != nil {
		return err
	}
	each := func() error { return ctx.Err() }
	if err := each(); err != nil {
		return err
	}
	_, err := w.db.ExecContext(ctx, "INSERT INTO ledger (amount) VALUES ($1)", amount)
	return err
}

// There is no store.
type plain struct{ db *sql.DB }

func (p *plain) sent(ctx context.Context, task *asynq.Task) error { // want `INSERTs into parcels`
	_, err := p.db.ExecContext(ctx, "INSERT INTO parcels (payload) VALUES ($1)", task.Payload())
	return err
}
