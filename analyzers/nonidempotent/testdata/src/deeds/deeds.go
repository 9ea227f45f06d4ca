// Package deeds looks, but not at what it does again.
package deeds

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"

	"github.com/hibiken/asynq"
	"github.com/stripe/stripe-go/v82/webhook"
)

type user struct {
	ID      string
	Blocked bool
}

type store struct{ db *sql.DB }

var errNotFound = errors.New("not found")

func (s *store) user(ctx context.Context, id string) (*user, error) {
	u := new(user)
	err := s.db.QueryRowContext(ctx, "SELECT id, blocked FROM users WHERE id = $1", id).Scan(&u.ID, &u.Blocked)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotFound
	}
	return u, err
}

func (s *store) seen(ctx context.Context, id string) (bool, error) {
	var there bool
	err := s.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM events WHERE id = $1)", id).Scan(&there)
	return there, err
}

func (s *store) credit(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE users SET credits = credits + 10 WHERE id = $1", id)
	return err
}

func (s *store) profile(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO profiles (customer) VALUES ($1) ON CONFLICT (customer) DO UPDATE SET seen = now()", id)
	return err
}

// The look is in another branch.
func (s *store) branches(w http.ResponseWriter, r *http.Request) { // want `the sender of a webhook repeats it until it gets a 2xx in time, and each delivery adds to a number in users`
	body, _ := io.ReadAll(r.Body)
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), "secret")
	if err != nil {
		return
	}
	switch event.Type {
	case "checkout.session.completed":
		if there, err := s.seen(r.Context(), string(event.Data)); err != nil || there {
			return
		}
		s.profile(r.Context(), string(event.Data))
	case "invoice.paid":
		s.credit(r.Context(), string(event.Data))
	}
}

// That nobody is there is told to who asks.
func (s *store) missing(w http.ResponseWriter, r *http.Request) { // want `the sender of a webhook repeats it until it gets a 2xx in time, and each delivery adds to a number in users`
	body, _ := io.ReadAll(r.Body)
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), "secret")
	if err != nil {
		return
	}
	u, err := s.user(r.Context(), string(event.Data))
	if errors.Is(err, errNotFound) {
		http.Error(w, "who?", http.StatusNotFound)
		return
	}
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	s.credit(r.Context(), u.ID)
}

// The id is only logged.
func (s *store) logged(w http.ResponseWriter, r *http.Request) { // want `the sender of a webhook repeats it until it gets a 2xx in time, and each delivery adds to a number in users`
	body, _ := io.ReadAll(r.Body)
	event, err := webhook.ConstructEvent(body, r.Header.Get("Stripe-Signature"), "secret")
	if err != nil {
		return
	}
	log.Printf("got %s", event.ID)
	s.credit(r.Context(), string(event.Data))
}

// The upsert can be repeated, but not what comes after it.
func (s *store) upserts(ctx context.Context, t *asynq.Task) error { // want `asynq delivers a message again .* each delivery adds to a number in users`
	if err := s.profile(ctx, string(t.Payload())); err != nil {
		return err
	}
	return s.credit(ctx, string(t.Payload()))
}

// It looks when it is too late.
func (s *store) late(ctx context.Context, t *asynq.Task) error { // want `asynq delivers a message again .* each delivery adds to a number in users`
	if err := s.credit(ctx, string(t.Payload())); err != nil {
		return err
	}
	there, err := s.seen(ctx, string(t.Payload()))
	if err != nil || there {
		return err
	}
	return s.profile(ctx, string(t.Payload()))
}

// The rows that are changed are there each time.
func (s *store) counted(ctx context.Context, t *asynq.Task) error { // want `asynq delivers a message again .* each delivery adds to a number in users`
	res, err := s.db.ExecContext(ctx, "UPDATE users SET name = $1 WHERE id = $2", 1, t.Payload())
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return s.credit(ctx, string(t.Payload()))
}

// Whether somebody is allowed to is the same each time.
func (s *store) allowed(ctx context.Context, t *asynq.Task) error { // want `asynq delivers a message again .* each delivery adds to a number in users`
	if ok := allowed(ctx, t.Payload()); !ok {
		return nil
	}
	return s.credit(ctx, string(t.Payload()))
}

func allowed(ctx context.Context, what []byte) bool { return json.Valid(what) && ctx.Err() == nil }
