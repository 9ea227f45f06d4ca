// Package silentjudged runs transactions again that others came between.
package silentjudged

import (
	"context"
	"database/sql"

	"silentjudged/dberr"
)

// Run asks a function of another package.
func Run(ctx context.Context, db *sql.DB) (err error) {
	for range 10 {
		if err = transfer(ctx, db); err == nil || !dberr.ShouldRetry(err) {
			return err
		}
	}
	return err
}

// Goes asks one of its own that asks.
func Goes(ctx context.Context, db *sql.DB) (err error) {
	for range 10 {
		err = transfer(ctx, db)
		if again(err) {
			continue
		}
		return err
	}
	return err
}

func again(err error) bool { return err != nil && dberr.ShouldRetry(err) }

func transfer(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE albums SET stock = stock - 1"); err != nil {
		return err
	}
	return tx.Commit()
}
