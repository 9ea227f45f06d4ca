package silentcontention

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"regexp"
	"slices"
	"strings"
)

// A PgError and a MySQLError are what drivers return.
type PgError struct{ Code string }

func (e *PgError) Error() string { return e.Code }

type MySQLError struct{ Number uint16 }

func (e *MySQLError) Error() string { return "mysql" }

func sees(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "UPDATE messages SET seen = true")
	return err
}

// sqlstate returns the code of a failure.
func sqlstate(err error) string {
	var failure *PgError
	if errors.As(err, &failure) {
		return failure.Code
	}
	return ""
}

func listed(err error) bool { return slices.Contains([]string{"40001", "40P01"}, sqlstate(err)) }

func Listed(ctx context.Context, db *sql.DB) error {
	for {
		if err := sees(ctx, db); !listed(err) {
			return err
		}
	}
}

// Class asks any driver.
func class(err error) bool {
	var coded interface{ SQLState() string }
	return errors.As(err, &coded) && strings.HasPrefix(coded.SQLState(), "40")
}

func Class(ctx context.Context, db *sql.DB) error {
	for {
		if err := sees(ctx, db); !class(err) {
			return err
		}
	}
}

var numbers = map[uint16]string{1205: "lock wait timeout", 1213: "deadlock"}

func why(err error) (string, bool) {
	var failure *MySQLError
	if !errors.As(err, &failure) {
		return "", false
	}
	text, ok := numbers[failure.Number]
	return text, ok
}

// Why is told for the log, too.
func Why(ctx context.Context, db *sql.DB) error {
	for n := 1; ; n++ {
		err := sees(ctx, db)
		if err == nil {
			return nil
		}
		text, ok := why(err)
		if !ok || n == 7 {
			return err
		}
		log.Println(text)
	}
}

func mysqlNumber(err error) uint16 {
	var failure *MySQLError
	if errors.As(err, &failure) {
		return failure.Number
	}
	return 0
}

// Numbered compares what a function says.
func Numbered(ctx context.Context, db *sql.DB) error {
	for {
		err := sees(ctx, db)
		if mysqlNumber(err) != 1213 {
			return err
		}
	}
}

var contention = regexp.MustCompile(`(?i)deadlock|could not serialize`)

func Matched(ctx context.Context, db *sql.DB) error {
	for {
		err := sees(ctx, db)
		if err == nil || !contention.MatchString(err.Error()) {
			return err
		}
	}
}

func Lower(ctx context.Context, db *sql.DB) error {
	for {
		err := sees(ctx, db)
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), "deadlock") {
			return err
		}
	}
}

var errDeadlock = &MySQLError{Number: 1213}

func Compared(ctx context.Context, db *sql.DB) error {
	for {
		if err := sees(ctx, db); !errors.Is(err, errDeadlock) {
			return err
		}
	}
}

var ErrRetryTx = errors.New("transaction must be retried")

func translated(ctx context.Context, db *sql.DB) error {
	err := sees(ctx, db)
	if sqlstate(err) == "40001" {
		return fmt.Errorf("%w: %w", ErrRetryTx, err)
	}
	return err
}

func Translated(ctx context.Context, db *sql.DB) error {
	err := ErrRetryTx
	for errors.Is(err, ErrRetryTx) {
		err = translated(ctx, db)
	}
	return err
}

// Itself asks the error.
func Itself(ctx context.Context, db *sql.DB) (err error) {
	for range 6 {
		err = sees(ctx, db)
		var failure interface{ Deadlock() bool }
		if !errors.As(err, &failure) || !failure.Deadlock() {
			return err
		}
	}
	return err
}
