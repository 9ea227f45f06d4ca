// Package fixsome has calls without a context, of which some can be fixed.
package fixsome

import (
	"database/sql"

	_ "github.com/lib/pq"
)

type store struct{ db *sql.DB }

// Rows outlive the function.
func (s *store) Rows() (*sql.Rows, error) { return s.db.Query("SELECT id FROM orders") }

// Alive is where the finding stands.
func (s *store) Alive() error {
	return s.db.Ping() // want "so do 2 more calls in this package"
}

// Clear is another one of them.
func (s *store) Clear() error {
	_, err := s.db.Exec("DELETE FROM orders")
	return err
}
