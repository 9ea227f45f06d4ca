// Package sqlcalls asks a remote database under contexts.
package sqlcalls

import (
	"context"
	"database/sql"
	"time"

	_ "github.com/lib/pq"
)

type orders struct{ db *sql.DB }

// Opening connects to nothing.
func open(dsn string) (*orders, error) {
	db, err := sql.Open("postgres", dsn)
	return &orders{db}, err
}

func (o *orders) check() error {
	return o.db.PingContext(context.Background()) // want `PingContext's context has no deadline, and the database sets none: if the server hangs, this call hangs with it, for ever; pass a context from context.WithTimeout`
}

func (o *orders) all() (*sql.Rows, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return o.db.QueryContext(ctx, "SELECT id FROM orders") // want `QueryContext's context has no deadline`
}

// Place leaves the deadline to its caller, for the transaction and all in it.
func (o *orders) Place(ctx context.Context, id string) error {
	tx, err := o.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // cleaning up takes no context
	if _, err := tx.ExecContext(ctx, "INSERT INTO orders VALUES ($1)", id); err != nil {
		return err
	}
	return tx.Commit()
}

func (o *orders) nightly() error {
	return o.Place(context.TODO(), "nightly") // want `context.TODO\(\) has no deadline, and orders.Place has nothing else to bound its call: if the server hangs, this blocks for ever`
}

// daily sets a deadline: silent.
func (o *orders) daily() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return o.Place(ctx, "daily")
}

// A connection and a statement of one's own are bounded by the context of each call.
func (o *orders) prepared(ctx context.Context) error {
	conn, err := o.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	stmt, err := conn.PrepareContext(ctx, "SELECT 1")
	if err != nil {
		return err
	}
	defer stmt.Close()
	var n int
	return stmt.QueryRowContext(context.Background()).Scan(&n) // want `QueryRowContext's context has no deadline`
}
