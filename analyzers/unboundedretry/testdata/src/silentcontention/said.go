package silentcontention

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"net/http"
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

// LastWins puts what it was given in the place of whatever is there: a function tells the status of an error, and more.
func LastWins(client *http.Client, url string) error {
	for {
		revision, err := revisionOf(client, url)
		if err != nil {
			if status, _ := statusOf(err); status != http.StatusNotFound {
				return err
			}
		}
		err = replace(client, url, revision)
		if err == nil {
			return nil
		}
		if status, _ := statusOf(err); status != http.StatusConflict {
			return err
		}
	}
}

type statusError struct{ code int }

func (*statusError) Error() string { return "status" }

func statusOf(err error) (int, string) {
	var status *statusError
	if errors.As(err, &status) {
		return status.code, status.Error()
	}
	return http.StatusInternalServerError, "internal"
}

func revisionOf(client *http.Client, url string) (string, error) {
	resp, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", &statusError{resp.StatusCode}
	}
	return resp.Header.Get("ETag"), nil
}

func replace(client *http.Client, url, revision string) error {
	resp, err := client.Post(url+"?rev="+revision, "application/json", nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		return &statusError{resp.StatusCode}
	}
	return nil
}
