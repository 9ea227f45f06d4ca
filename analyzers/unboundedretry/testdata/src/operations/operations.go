// Package operations retries what leaves the process some calls away.
package operations

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/http"
	"time"

	"operations/store"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Direct sends a request that it makes itself.
func Direct(url string) error {
	for range 3 { // want `http.Client.Do is called again at once`
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := client.Do(req)
		if err != nil {
			continue
		}
		return resp.Body.Close()
	}
	return errGaveUp
}

type service struct {
	url   string
	store *store.Albums
	db    *sql.DB
	peer  peer
	send  func(ctx context.Context, body []byte) error
}

// Helper calls a method of the package.
func (s *service) Helper() error {
	for range 3 { // want `service.fetch is called again at once`
		if err := s.fetch(); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func (s *service) fetch() error { return s.request() }

func (s *service) request() error {
	resp, err := client.Get(s.url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Elsewhere calls a method of another package.
func (s *service) Elsewhere(ctx context.Context) error {
	for range 3 { // want `store.Albums.Save is called again at once`
		if err := s.store.Save(ctx); err == nil {
			return nil
		}
	}
	return errGaveUp
}

// Function calls a function of another package.
func (s *service) Function() (int, error) {
	for range 3 { // want `store.Load is called again at once`
		if n, err := store.Load(s.url); err == nil {
			return n, nil
		}
	}
	return 0, errGaveUp
}

// A peer is somewhere else, as its contexts say.
type peer interface {
	Notify(ctx context.Context, id string) error
}

// Interface calls a method that is given a context, and fails.
func (s *service) Interface(ctx context.Context, id string) error {
	for range 8 { // want `peer.Notify is called again every 1s`
		if err := s.peer.Notify(ctx, id); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Field calls a function in a field.
func (s *service) Field(ctx context.Context, body []byte) error {
	for range 8 { // want `send is called again every 1s`
		err := s.send(ctx, body)
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Insert writes to a database.
func (s *service) Insert(ctx context.Context, id string) error {
	for range 3 { // want `sql.DB.ExecContext is called again at once`
		_, err := s.db.ExecContext(ctx, "INSERT INTO albums (id) VALUES ($1)", id)
		if err == nil {
			return nil
		}
	}
	return errGaveUp
}

// Dial connects.
func Dial(addr string) net.Conn {
	for { // want `nothing ends this retry: while net.DialTimeout fails, it is called again every 1s`
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			return conn
		}
		time.Sleep(time.Second)
	}
}

// Two has two steps, each of which may fail.
func (s *service) Two(ctx context.Context) error {
	for range 3 { // want `called again at once`
		if err := s.fetch(); err != nil {
			continue
		}
		if err := s.store.Save(ctx); err != nil {
			continue
		}
		return nil
	}
	return errGaveUp
}
