// Package sqldsn has the server give up on statements that take too long.
package sqldsn

import (
	"context"
	"database/sql"
	"fmt"

	_ "github.com/lib/pq"
)

func open(host string) (*sql.DB, error) {
	db, err := sql.Open("postgres", fmt.Sprintf("host=%s connect_timeout=5 statement_timeout=30000", host))
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

func all(db *sql.DB) (*sql.Rows, error) {
	return db.QueryContext(context.Background(), "SELECT id FROM orders")
}
