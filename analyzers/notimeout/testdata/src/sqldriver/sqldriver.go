// Package sqldriver imports no driver: which one there is, and whether it talks to a server, is
// for the whole program to show.
package sqldriver

import (
	"context"
	"database/sql"
)

func check(db *sql.DB) error {
	if err := db.Ping(); err != nil {
		return err
	}
	_, err := db.QueryContext(context.Background(), "SELECT 1")
	return err
}
