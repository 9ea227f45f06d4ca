// Package sqllocal has its database in the process: there is no server that could hang.
package sqllocal

import (
	"context"
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

func open(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, db.PingContext(context.Background())
}
