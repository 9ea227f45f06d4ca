// Package store makes remote calls for its importers.
package store

import (
	"context"
	"net"
	"net/http"
	"time"
)

// A Store's client has no timeout: its methods are bounded by their context alone.
type Store struct {
	hc  *http.Client
	url string
}

func New(url string) *Store { return &Store{hc: &http.Client{}, url: url} }

func (s *Store) Load(ctx context.Context, key string) error { return s.do(ctx, "GET", key) }

func (s *Store) do(ctx context.Context, method, key string) error {
	req, err := http.NewRequestWithContext(ctx, method, s.url+key, nil)
	if err != nil {
		return err
	}
	resp, err := s.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Save has a deadline of its own.
func (s *Store) Save(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return s.do(ctx, "PUT", key)
}

// Delete has one unless the caller brings one.
func (s *Store) Delete(ctx context.Context, key string) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second)
		defer cancel()
	}
	return s.do(ctx, "DELETE", key)
}

// Ping goes through a client with a timeout.
func Ping(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	_, err = (&http.Client{Timeout: time.Second}).Do(req)
	return err
}

// Connect dials.
func Connect(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// Contexts for importers.

func Short() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

func Tagged(ctx context.Context) context.Context { return context.WithValue(ctx, tag{}, "store") }

func Root() (context.Context, context.CancelFunc) { return context.WithCancel(context.Background()) }

type tag struct{}
