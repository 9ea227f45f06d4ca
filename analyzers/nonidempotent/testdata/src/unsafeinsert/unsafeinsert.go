// Package unsafeinsert adds again what may have been added.
package unsafeinsert

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	_ "github.com/lib/pq"
)

var (
	db        *sql.DB
	errLocked = errors.New("locked")
)

func insert(ctx context.Context, v string) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v) // want `this INSERT is made up to 3 times: when it was committed and only the answer was lost, the second is another row; make it one that can be repeated, by a key that is made before the first attempt and ON CONFLICT DO NOTHING`
		if err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func add(ctx context.Context, id int) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "UPDATE accounts SET balance = balance + 1 WHERE id = $1", id) // want `this UPDATE is made up to 3 times: .*, the second counts twice`
		if err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func conflict(ctx context.Context, v string) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1) ON CONFLICT DO NOTHING", v)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

// The id is the same for all attempts.
func named(ctx context.Context, id, v string) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "INSERT INTO orders (id, v) VALUES ($1, $2)", id, v)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

// Of a transaction, all is undone but what the last step may have done.
func transaction(ctx context.Context, v string) error {
	for i := 0; i < 3; i++ {
		if err := once(ctx, v); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func once(ctx context.Context, v string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v); err != nil {
		return err
	}
	return tx.Commit()
}

// What was refused has not been done.
func refused(ctx context.Context, v string) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v)
		if err == nil || !isDeadlock(err) {
			return err
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func isDeadlock(err error) bool { return strings.Contains(err.Error(), "40P01") }

func locked(ctx context.Context, v string) error {
	for i := 0; i < 3; i++ {
		_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", v)
		if err == nil {
			return nil
		}
		if errors.Is(err, errLocked) {
			time.Sleep(time.Second << i)
			continue
		}
		return err
	}
	return nil
}
