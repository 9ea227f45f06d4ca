// Package ctxkit makes contexts for its importers.
package ctxkit

import (
	"context"
	"time"
)

type key struct{}

// Without a deadline.

func Root() context.Context { return context.Background() }

func Cancelled() (context.Context, context.CancelFunc) {
	return context.WithCancel(context.Background())
}

func Detached(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// With what they are given.

func Traced(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, key{}, id)
}

func Derived(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(Traced(ctx, "derived"))
}

// With a deadline.

func Short() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

func Quick(parent context.Context) (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithTimeout(Traced(parent, "quick"), 100*time.Millisecond)
	return
}

// Maybe has one if it is configured.
func Maybe(limit time.Duration) (context.Context, context.CancelFunc) {
	if limit > 0 {
		return context.WithTimeout(context.Background(), limit)
	}
	return context.WithCancel(context.Background())
}

// Unless has one unless its parent has.
func Unless(parent context.Context) (context.Context, context.CancelFunc) {
	if _, ok := parent.Deadline(); ok {
		return context.WithCancel(parent)
	}
	return context.WithTimeout(parent, time.Second)
}

type Ops struct {
	ctx   context.Context
	limit time.Duration
}

func New(ctx context.Context) *Ops { return &Ops{ctx: ctx, limit: time.Second} }

func (o *Ops) Begin(id string) (name string, ctx context.Context, cancel context.CancelFunc) {
	name = "op-" + id
	ctx, cancel = context.WithTimeout(context.Background(), o.limit)
	return name, ctx, cancel
}

// Context is what New was given.
func (o *Ops) Context() context.Context { return o.ctx }

// Current is for everybody to set.
var Current = context.Background()
