package silentcontention

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"strconv"
)

// Ticket makes another number as long as somebody else has had it: the function that inserts it says so.
func Ticket(ctx context.Context, db *sql.DB, owner int64) (string, error) {
	for {
		number := strconv.Itoa(rand.IntN(1_000_000))
		taken, err := insert(ctx, db, owner)
		if err == nil {
			return number, nil
		}
		if !taken {
			return "", err
		}
	}
}

func insert(ctx context.Context, db *sql.DB, owner int64) (taken bool, err error) {
	_, err = db.ExecContext(ctx, "INSERT INTO tickets (owner) VALUES ($1)", owner)
	var unique *pgError
	if errors.As(err, &unique) && unique.Code == "23505" {
		return true, err
	}
	return false, err
}
