// Package silentembedded has its database in the process.
package silentembedded

import (
	"context"
	"database/sql"
	"time"

	_ "modernc.org/sqlite"
)

// Open opens a file.
func Open(name string) (*sql.DB, error) { return sql.Open("sqlite", name) }

// Save waits for another writer.
func Save(ctx context.Context, db *sql.DB, name string) (err error) {
	for range 10 {
		if _, err = db.ExecContext(ctx, "INSERT INTO albums (name) VALUES (?)", name); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}
