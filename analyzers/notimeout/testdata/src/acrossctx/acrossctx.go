// Package acrossctx gets its contexts from another package of the module: has that given them a deadline?
package acrossctx

import (
	"context"
	"net/http"
	"time"

	"acrossctx/ctxkit"
	"acrossctx/ops"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func Rooted() error {
	return fetch(ctxkit.Root(), "a") // want "has no deadline"
}

func Cancelled() error {
	ctx, cancel := ctxkit.Cancelled()
	defer cancel()
	return fetch(ctx, "a") // want "has no deadline"
}

func Traced() error {
	return fetch(ctxkit.Traced(context.Background(), "id"), "a") // want "has no deadline"
}

func Detached(ctx context.Context) error {
	return fetch(ctxkit.Detached(ctx), "a") // want "has no deadline"
}

func Derived() error {
	ctx, cancel := ctxkit.Derived(context.Background())
	defer cancel()
	return fetch(ctx, "a") // want "has no deadline"
}

func Twice() error {
	return fetch(ops.Named("a"), "a") // want "has no deadline"
}

// Sent makes the request itself.
func Sent() error {
	req, err := http.NewRequestWithContext(ctxkit.Root(), http.MethodGet, "a", nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "http.DefaultClient has no timeout"
	return err
}

// Silent: they have a deadline, or may have one.
func Silent(ctx context.Context, o *ctxkit.Ops) {
	short, cancel := ctxkit.Short()
	defer cancel()
	_ = fetch(short, "a")
	_ = fetch(ctxkit.Traced(short, "id"), "a")

	quick, cancel := ctxkit.Quick(context.Background())
	defer cancel()
	_ = fetch(quick, "a")

	name, begun, cancel := o.Begin("a")
	defer cancel()
	_ = fetch(begun, name)

	maybe, cancel := ctxkit.Maybe(time.Second)
	defer cancel()
	_ = fetch(maybe, "a")

	either, cancel := ctxkit.Unless(context.Background())
	defer cancel()
	_ = fetch(either, "a")

	limited, cancel := ops.Limited("a")
	defer cancel()
	_ = fetch(limited, "a")

	_ = fetch(ctxkit.Traced(ctx, "mine"), "a")
	_ = fetch(o.Context(), "a")
	_ = fetch(ctxkit.Current, "a")

	req, _ := http.NewRequestWithContext(short, http.MethodGet, "a", nil)
	http.DefaultClient.Do(req)
	req, _ = http.NewRequestWithContext(quick, http.MethodGet, "a", nil)
	http.DefaultClient.Do(req)
}
