// Package albums has the database of another package, and no driver itself.
package albums

import (
	"context"
	"database/sql"

	"silentembedded"
)

// A Store is a file.
type Store struct{ db *sql.DB }

// New opens it.
func New(name string) (*Store, error) {
	db, err := silentembedded.Open(name)
	return &Store{db}, err
}

// Delete tries at once.
func (s *Store) Delete(ctx context.Context, name string) (err error) {
	for range 3 {
		if _, err = s.db.ExecContext(ctx, "DELETE FROM albums WHERE name = ?", name); err == nil {
			return nil
		}
	}
	return err
}
