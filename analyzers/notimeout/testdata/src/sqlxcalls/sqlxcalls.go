// Package sqlxcalls asks a remote database through sqlx.
package sqlxcalls

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

type album struct{ ID, Title string }

type store struct{ db *sqlx.DB }

// Connecting asks the server whether it is there.
func connect(dsn string) (*store, error) {
	db, err := sqlx.Connect("postgres", dsn)
	return &store{db}, err
}

func (s *store) all() (albums []album, err error) {
	err = s.db.Select(&albums, "SELECT * FROM albums")
	return albums, err
}

func (s *store) find(ctx context.Context, id string) (a album, err error) {
	err = s.db.GetContext(ctx, &a, "SELECT * FROM albums WHERE id = $1", id)
	return a, err
}

func (s *store) warm() error {
	_, err := s.find(context.Background(), "1") // want `context.Background\(\) has no deadline, and store.find has nothing else`
	return err
}

// The methods of the embedded *sql.DB and those of sqlx are one finding.
func (s *store) check() error {
	return s.db.Ping() // want `Ping takes no context: .* use PingContext, with a context from context.WithTimeout \(so do 2 more calls in this package\)`
}

func (s *store) add(a album) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.NamedExecContext(ctx, "INSERT INTO albums VALUES (:id, :title)", a); err != nil {
		return err
	}
	return tx.Commit()
}
