// Package silentlock waits for its turn.
package silentlock

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// A locker is of a library.
type locker interface {
	Obtain(ctx context.Context, key string) error
	TryLock(ctx context.Context, key string) error
}

var errHeld = errors.New("lock is held")

// Lock tries until it has it.
func Lock(ctx context.Context, l locker) error {
	for {
		if err := l.TryLock(ctx, "albums"); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Obtain gives up on what is not contention.
func Obtain(ctx context.Context, l locker) error {
	for {
		err := l.Obtain(ctx, "albums")
		if err == nil || !errors.Is(err, errLocked) {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

var errLocked = errors.New("locked")

// Advisory asks a database for it.
func Advisory(ctx context.Context, db *sql.DB) error {
	for {
		var ok bool
		if err := db.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(1)").Scan(&ok); err != nil {
			return err
		}
		if ok {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// acquireLease asks for a row that says who leads.
func acquireLease(ctx context.Context, db *sql.DB) error {
	for {
		_, err := db.ExecContext(ctx, "INSERT INTO leases (id) VALUES (1)")
		if err == nil {
			return nil
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
