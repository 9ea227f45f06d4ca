// Package sqlonce asks a remote database without contexts: one finding, at the ping.
package sqlonce

import (
	"database/sql"

	_ "github.com/go-sql-driver/mysql"
)

type albums struct{ db *sql.DB }

func (a *albums) find(id string) (title string, err error) {
	err = a.db.QueryRow("SELECT title FROM albums WHERE id = ?", id).Scan(&title)
	return title, err
}

func (a *albums) healthy() bool {
	return a.db.Ping() == nil // want `Ping takes no context: if the server hangs, this call hangs with it, for ever; use PingContext, with a context from context.WithTimeout \(so do 3 more calls in this package\)`
}

func (a *albums) add(id, title string) error {
	tx, err := a.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("INSERT INTO albums VALUES (?, ?)", id, title); err != nil {
		return err
	}
	return tx.Commit()
}
