// Package embedded has its database in the process or on a server, as it is configured.
package embedded

import (
	"context"
	"database/sql"
	"net/http"
	"time"

	_ "github.com/lib/pq"
	_ "modernc.org/sqlite"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Open opens either.
func Open(driver, name string) (*sql.DB, error) { return sql.Open(driver, name) }

// Save may ask a server.
func Save(ctx context.Context, db *sql.DB, name string) (err error) {
	for range 10 { // want `again every 100ms`
		if _, err = db.ExecContext(ctx, "INSERT INTO albums (name) VALUES (?)", name); err == nil {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}
