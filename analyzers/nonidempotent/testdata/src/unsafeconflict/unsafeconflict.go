// Package unsafeconflict adds rows that have the event's id in one of their columns.
package unsafeconflict

import (
	"context"
	"database/sql"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
)

type worker struct{ db *sql.DB }

func (w *worker) paid(ctx context.Context, task *asynq.Task) error { // want `INSERTs into payments`
	_, err := w.db.ExecContext(ctx, `
		INSERT INTO payments (id, event_id, amount)
		VALUES ($1, $2, $3);
	`, uuid.NewString(), task.Payload(), task.Payload())
	return err
}

// No column would be the same for the second.
func (w *worker) sent(ctx context.Context, task *asynq.Task) error { // want `INSERTs into parcels`
	_, err := w.db.ExecContext(ctx, "INSERT INTO parcels (label) VALUES ($1)", task.Payload())
	return err
}

// The id of a row that is there already would not come back.
func (w *worker) lost(ctx context.Context, task *asynq.Task) error { // want `INSERTs into losses`
	var id string
	return w.db.QueryRowContext(ctx, "INSERT INTO losses (id, event_id) VALUES ($1, $2) RETURNING id", uuid.NewString(), task.Payload()).Scan(&id)
}

// MySQL has another clause, and this may be MySQL.
func (w *worker) back(ctx context.Context, task *asynq.Task) error { // want `INSERTs into returns`
	_, err := w.db.ExecContext(ctx, "INSERT INTO returns (id, event_id) VALUES (?, ?)", uuid.NewString(), task.Payload())
	return err
}
