// Package judged goes on for what says that a server is in trouble.
package judged

import (
	"context"
	"database/sql"

	"silentjudged/dberr"
)

// Run goes on after a timeout.
func Run(ctx context.Context, db *sql.DB) (err error) {
	for range 10 { // want `at once`
		if _, err = db.ExecContext(ctx, "UPDATE albums SET stock = stock - 1"); err == nil || !dberr.IsTransient(err) {
			return err
		}
	}
	return err
}
