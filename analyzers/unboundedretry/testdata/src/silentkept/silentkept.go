// Package silentkept calls what may be a store in the process.
package silentkept

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"silentkept/blobs"
)

// A Store keeps blocks.
type Store interface {
	Put(ctx context.Context, key string, block []byte) error
}

type folder struct{ path string }

func (f *folder) Put(ctx context.Context, key string, block []byte) error {
	return os.WriteFile(filepath.Join(f.path, key), block, 0o600)
}

// Flush writes to whichever it has been given.
func Flush(ctx context.Context, store Store, block []byte) (err error) {
	for range 10 {
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

// Elsewhere writes to one of another package.
func Elsewhere(ctx context.Context, store blobs.Store, block []byte) (err error) {
	for range 10 {
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
