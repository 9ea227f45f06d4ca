// Package sqlfirst has no ping: the finding stands at the first call.
package sqlfirst

import (
	"context"
	"database/sql"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// Timed calls, and those of other packages' types, are no part of it.
func timed(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return db.PingContext(ctx)
}

func rename(db *sql.DB, stmt *sql.Stmt) error {
	if _, err := stmt.Exec("a"); err != nil { // want `Exec takes no context: .* use ExecContext, with a context from context.WithTimeout \(so does 1 more call in this package\)`
		return err
	}
	_, err := db.Exec("UPDATE albums SET title = upper(title)")
	return err
}
