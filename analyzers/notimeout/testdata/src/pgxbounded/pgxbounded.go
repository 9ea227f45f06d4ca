// Package pgxbounded has the server end statements that take too long.
package pgxbounded

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

func Open() error {
	pool, err := pgxpool.New(context.Background(), "postgres://db/orders?statement_timeout=5000")
	if err != nil {
		return err
	}
	return pool.Ping(context.Background())
}
