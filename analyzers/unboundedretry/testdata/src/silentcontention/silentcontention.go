// Package silentcontention begins again when somebody else was faster.
package silentcontention

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Swap compares and swaps.
func Swap(p *atomic.Int64) int64 {
	for {
		old := p.Load()
		if p.CompareAndSwap(old, old+1) {
			return old
		}
	}
}

type pgError struct{ Code string }

func (e *pgError) Error() string { return e.Code }

type mysqlError struct{ Number uint16 }

func (e *mysqlError) Error() string { return "mysql" }

// Serializable runs a transaction again that came between others.
func Serializable(ctx context.Context, db *sql.DB) error {
	for {
		err := transfer(ctx, db)
		var conflict *pgError
		if errors.As(err, &conflict) && conflict.Code == "40001" {
			continue
		}
		return err
	}
}

// Deadlocked runs one again that was the victim.
func Deadlocked(ctx context.Context, db *sql.DB) (err error) {
	for range 5 {
		if err = transfer(ctx, db); err == nil {
			return nil
		}
		var locked *mysqlError
		if !errors.As(err, &locked) || locked.Number != 1213 {
			return err
		}
	}
	return err
}

func transfer(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "UPDATE albums SET stock = stock - 1"); err != nil {
		return err
	}
	return tx.Commit()
}

// Text knows it by its text.
func Text(ctx context.Context, db *sql.DB) error {
	for range 10 {
		err := transfer(ctx, db)
		if err != nil && strings.Contains(err.Error(), "database is locked") {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("locked")
}

var errConflict = errors.New("conflict")

func isConflict(err error) bool { return errors.Is(err, errConflict) }

func update(url string) error {
	resp, err := client.Post(url, "text/plain", nil)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode == http.StatusConflict {
		return errConflict
	}
	return nil
}

// Predicate asks a function.
func Predicate(url string) error {
	for {
		err := update(url)
		if isConflict(err) {
			continue
		}
		return err
	}
}

// Sentinel compares.
func Sentinel(url string) error {
	for range 10 {
		if err := update(url); !errors.Is(err, errConflict) {
			return err
		}
	}
	return errConflict
}

// Status is told by the status.
func Status(url string) (*http.Response, error) {
	for {
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusConflict {
			resp.Body.Close()
			continue
		}
		return resp, nil
	}
}

// Interrupted calls the system again.
func Interrupted(fd int, p []byte) (int, error) {
	for {
		n, err := syscall.Read(fd, p)
		if err != syscall.EINTR {
			return n, err
		}
	}
}

func remove(ctx context.Context, db *sql.DB, name string) error {
	_, err := db.ExecContext(ctx, "DELETE FROM files WHERE name = $1", name)
	return err
}

func commit(ctx context.Context, db *sql.DB, name string) error {
	_, err := db.ExecContext(ctx, "UPDATE tables SET file = $1", name)
	return err
}

// Cleaned removes what a lost race has left behind, and does not mind if that fails.
func Cleaned(ctx context.Context, db *sql.DB, name string) error {
	for {
		err := commit(ctx, db, name)
		if err == nil {
			return nil
		}
		if !isConflict(err) {
			return err
		}
		if err := remove(ctx, db, name); err != nil {
			log.Print(err)
		}
	}
}

// Named draws another name where that one is taken.
func Named(ctx context.Context, db *sql.DB, row string) error {
	var err error
	for range 5 {
		if _, err = db.ExecContext(ctx, "INSERT INTO links (row) VALUES ($1)", row); err == nil {
			return nil
		}
		if !isUniqueViolation(err) {
			return err
		}
	}
	return err
}

func isUniqueViolation(err error) bool { return strings.Contains(err.Error(), "constraint") }

// stateOf returns the code of a database's error.
func stateOf(err error) string {
	var conflict interface{ SQLState() string }
	if errors.As(err, &conflict) {
		return conflict.SQLState()
	}
	return ""
}

// Draws another code until there is none like it.
func Draws(ctx context.Context, db *sql.DB) error {
	for {
		_, err := db.ExecContext(ctx, "INSERT INTO codes (code) VALUES (random())")
		if stateOf(err) == "23505" {
			continue
		}
		return err
	}
}
