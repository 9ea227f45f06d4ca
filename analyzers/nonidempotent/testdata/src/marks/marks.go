// Package marks sums up what is new since the last summary, and writes a summary that says how far it goes.
package marks

import (
	"context"
	"database/sql"

	"github.com/hibiken/asynq"
)

var db *sql.DB

func fetch(ctx context.Context, talk string, threshold int) (*int, error) {
	var tokens int
	err := db.QueryRowContext(ctx, `SELECT COALESCE(SUM(tokens), 0) FROM entries WHERE talk = $1
		AND created_at > COALESCE((SELECT covered_until FROM summaries WHERE talk = $1 LIMIT 1), '1970-01-01')`, talk).Scan(&tokens)
	if err != nil || tokens < threshold {
		return nil, err
	}
	return &tokens, nil
}

func write(ctx context.Context, talk string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO summaries (talk, covered_until) VALUES ($1, NOW())", talk)
	return err
}

// The second delivery finds nothing that is new: silent.
func summarize(ctx context.Context, task *asynq.Task) error {
	tokens, err := fetch(ctx, string(task.Payload()), 1000)
	if err != nil || tokens == nil {
		return err
	}
	return write(ctx, string(task.Payload()))
}

// The row that it adds has nothing to do with what is new.
func report(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into reports`
	tokens, err := fetch(ctx, string(task.Payload()), 1000)
	if err != nil || tokens == nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO reports (talk, tokens) VALUES ($1, $2)", string(task.Payload()), *tokens)
	return err
}

// Neither does what it reads, without a look at how far it goes.
func blind(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into summaries`
	return write(ctx, string(task.Payload()))
}
