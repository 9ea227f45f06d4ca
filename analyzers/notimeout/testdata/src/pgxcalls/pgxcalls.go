// Package pgxcalls queries PostgreSQL.
package pgxcalls

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type repository struct{ pool *pgxpool.Pool }

// Open creates the pool, which waits for nothing, and asks the server whether it is there.
func Open(ctx context.Context, dsn string) (*repository, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		return nil, err
	}
	return &repository{pool}, nil
}

func Main() {
	Open(context.Background(), "postgres://") // want `context.Background\(\) has no deadline, and pgxcalls.Open has nothing else`
}

func (r *repository) all() {
	ctx := context.Background()
	r.pool.Query(ctx, "SELECT") // want `Query's context has no deadline, and PostgreSQL sets none`
}

func (r *repository) Place(ctx context.Context) error {
	tx, err := r.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(context.Background()) // cleaning up is not cut short
	if _, err := tx.Exec(ctx, "INSERT"); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func (r *repository) Timed(row pgx.Row) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	r.pool.QueryRow(ctx, "SELECT")
}
