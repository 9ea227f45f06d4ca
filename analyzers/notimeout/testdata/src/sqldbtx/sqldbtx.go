// Package sqldbtx uses generated queries over an interface for a database or a transaction.
package sqldbtx

import (
	"context"
	"database/sql"
	"time"

	_ "github.com/lib/pq"

	"sqldbtx/queries"
)

type store struct{ q *queries.Queries }

func newStore(db *sql.DB) *store { return &store{queries.New(db)} }

func (s *store) title() (string, error) {
	return s.q.GetTitle(context.Background(), 1) // want `context.Background\(\) has no deadline, and Queries.GetTitle has nothing else to bound its call`
}

func (s *store) remove() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return s.q.Remove(ctx, 1)
}
