// Package store is another package.
package store

import (
	"context"
	"database/sql"
)

type Store struct{ DB *sql.DB }

func (s *Store) Add(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO albums (name) VALUES ($1)", name)
}

func (s *Store) Put(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO albums (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", name)
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	_, err := s.DB.ExecContext(ctx, query, args...)
	return err
}
