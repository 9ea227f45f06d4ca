// Package semaphore is a stub.
package semaphore

import "context"

type Weighted struct{ n int64 }

func NewWeighted(n int64) *Weighted { return &Weighted{n} }

func (w *Weighted) Acquire(ctx context.Context, n int64) error { return nil }
func (w *Weighted) Release(n int64)                            {}
