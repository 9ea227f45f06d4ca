// Package keeps calls what is behind an interface that no type has without leaving the process, but for
// one that does nothing, and one that puts something before it.
package keeps

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// A Store keeps blocks.
type Store interface {
	Put(ctx context.Context, key string, block []byte) error
}

type discards struct{ n int }

func (d *discards) Put(ctx context.Context, key string, block []byte) error { d.n++; return nil }

type fakeStore struct{ blocks map[string][]byte }

func (f *fakeStore) Put(ctx context.Context, key string, block []byte) error {
	f.blocks[key] = block
	return nil
}

type counted struct {
	Store
	n map[string]int
}

func (c *counted) Put(ctx context.Context, key string, block []byte) error {
	c.n[key]++
	return c.Store.Put(ctx, key, block)
}

type remote struct{ url string }

func (r *remote) Put(ctx context.Context, key string, block []byte) error {
	resp, err := client.Post(r.url+key, "application/octet-stream", bytes.NewReader(block))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Flush writes.
func Flush(ctx context.Context, store Store, block []byte) (err error) {
	for range 10 { // want `again every 100ms`
		if err = store.Put(ctx, "block", block); err == nil {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.New("not written")
}
