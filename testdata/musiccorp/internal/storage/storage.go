// Package storage opens the services' databases.
package storage

import (
	"database/sql"
	"fmt"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // PostgreSQL
	_ "modernc.org/sqlite"
)

// Open opens the PostgreSQL database of a DSN that begins with postgres://, or
// else the SQLite database in the file, which is made if need be. Then it
// carries out the statements of the schema.
func Open(dsn, schema string) (*sql.DB, error) {
	driver := "pgx"
	if !strings.HasPrefix(dsn, "postgres://") {
		driver = "sqlite"
		dsn = "file:" + dsn + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_txlock=immediate"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if _, err := db.Exec(schema); err != nil {
		return nil, fmt.Errorf("set up database: %w", err)
	}
	return db, nil
}
