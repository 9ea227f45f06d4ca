// Package fixpassed passes contexts without a deadline to functions that make a call with them.
package fixpassed

import (
	"context"
	"database/sql"
	"log"

	_ "github.com/lib/pq"
)

type store struct{ db *sql.DB }

// rename asks once.
func (s *store) rename(ctx context.Context, id, name string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE orders SET name = $1 WHERE id = $2", name, id)
	return err
}

// twice asks twice.
func (s *store) twice(ctx context.Context, id string) error {
	if _, err := s.db.ExecContext(ctx, "DELETE FROM lines WHERE id = $1", id); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "DELETE FROM orders WHERE id = $1", id)
	return err
}

// through passes it on.
func (s *store) through(ctx context.Context, id string) error {
	if err := s.rename(ctx, id, ""); err != nil {
		return err
	}
	return s.rename(ctx, id, "new")
}

// Through takes as long as both take: no edit.
func (s *store) Through() error {
	return s.through(context.Background(), "1") // want "context.Background.. has no deadline"
}

// Once bounds what is one call.
func (s *store) Once() error {
	return s.rename(context.Background(), "1", "one") // want "context.Background.. has no deadline"
}

// Shared has a context for more than one.
func (s *store) Shared() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	log.Print(ctx)
	return s.rename(ctx, "1", "one") // want "ctx has no deadline"
}

// Twice takes as long as both take: no edit.
func (s *store) Twice() error {
	return s.twice(context.Background(), "1") // want "context.Background.. has no deadline"
}

// Prepared is bounded until it is prepared, and may be kept.
func (s *store) Prepared() (*sql.Stmt, error) {
	return s.db.PrepareContext(context.Background(), "SELECT 1") // want "PrepareContext's context has no deadline"
}
