// Package sqlwaits changes the schema and takes locks, which takes as long as it takes.
package sqlwaits

import (
	"context"
	"database/sql"

	_ "github.com/lib/pq"
)

const schema = `
CREATE TABLE IF NOT EXISTS albums (id TEXT PRIMARY KEY);`

const commented = `
-- The tracks of all albums,
-- in their order.
CREATE TABLE IF NOT EXISTS tracks (
	-- of the album
	id TEXT PRIMARY KEY
);`

func tracks(db *sql.DB) error {
	_, err := db.Exec(commented)
	return err
}

func migrate(db *sql.DB) error {
	if _, err := db.Exec(schema); err != nil {
		return err
	}
	if _, err := db.ExecContext(context.Background(), "alter table albums add column title text"); err != nil {
		return err
	}
	_, err := db.ExecContext(context.Background(), "CREATE INDEX albums_title ON albums (title)")
	return err
}

// lead waits for its turn.
func lead(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(context.Background(), "SELECT pg_advisory_lock($1)", 1)
	return err
}

func created(db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "INSERT INTO log (text) VALUES ('created')") // want `ExecContext's context has no deadline`
	return err
}
