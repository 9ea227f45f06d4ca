package ctxforms

import "context"

type loader interface {
	load(ctx context.Context, id string) error
}

// Dispatched calls an interface: which type stands behind it, only the whole module shows. Silent.
func Dispatched(l loader) error { return l.load(context.Background(), "a") }

// each calls whatever it is given.
func each(ids []string, f func(context.Context, string) error) {
	for _, id := range ids {
		_ = f(context.Background(), id)
	}
}

// Each hands a function on: what that does is unknown where it is called. Silent.
func Each(ids []string) { each(ids, fetch) }

var hook func(context.Context, string) error

// Hook is set by others.
func Hook(f func(context.Context, string) error) { hook = f }

// Hooked calls it: unknown, silent.
func Hooked() error { return hook(context.Background(), "a") }

// endless never reaches its request.
func endless(ctx context.Context, n int) error { return endless(ctx, n+1) }

func Endless() error { return endless(context.Background(), 0) }

// options carry a context, which is the caller's. Silent.
type options struct {
	Ctx context.Context
	ID  string
}

func with(o options) error { return fetch(o.Ctx, o.ID) }

// With is called by others.
func With(o options) error { return with(o) }
