// Package poolaside opens pools that others may limit.
package poolaside

import (
	"database/sql"
	"net/http"

	_ "github.com/lib/pq"
)

func Open(dsn string) (*sql.DB, error) { return sql.Open("postgres", dsn) }

func Ready(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { db.PingContext(r.Context()) }
}
