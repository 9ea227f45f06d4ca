// Package ctxderived passes derived contexts to a function that has nothing else to bound its request by: which of them have a deadline?
package ctxderived

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sync/errgroup"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

type key struct{}

func Cancelled() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return fetch(ctx, "a") // want "has no deadline"
}

func WithCause() error {
	ctx, cancel := context.WithCancelCause(context.TODO())
	defer cancel(errors.New("over"))
	return fetch(ctx, "a") // want "has no deadline"
}

func Valued() error {
	return fetch(context.WithValue(context.Background(), key{}, 1), "a") // want "has no deadline"
}

func Interrupted() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return fetch(ctx, "a") // want "has no deadline"
}

func Detached(ctx context.Context) error {
	return fetch(context.WithoutCancel(ctx), "a") // want "has no deadline"
}

func DetachedHandler(w http.ResponseWriter, r *http.Request) {
	_ = fetch(context.WithoutCancel(r.Context()), "a") // want "has no deadline"
}

func DetachedTimed(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return fetch(context.WithoutCancel(ctx), "a") // want "has no deadline"
}

func Grouped() error {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() error {
		return fetch(ctx, "a") // want "has no deadline"
	})
	return g.Wait()
}

func Cycle(ids []string) error {
	ctx := context.Background()
	for _, id := range ids {
		ctx = context.WithValue(ctx, key{}, id)
	}
	return fetch(ctx, "a") // want "has no deadline"
}

func Either(urgent bool) error {
	ctx := context.Background()
	if urgent {
		ctx = context.WithValue(ctx, key{}, "urgent")
	}
	return fetch(ctx, "a") // want "has no deadline"
}

func background() context.Context { return context.Background() }

func FromFunction() error {
	return fetch(background(), "a") // want "has no deadline"
}

// Rebound throws its caller's context away.
func Rebound(ctx context.Context) error {
	ctx = context.Background()
	return fetch(ctx, "a") // want "has no deadline"
}

func UsesRebound() error { return Rebound(context.Background()) }

func cancelOnly() (context.Context, context.CancelFunc) {
	return context.WithCancel(context.Background())
}

func FromHelper() error {
	ctx, cancel := cancelOnly()
	defer cancel()
	return fetch(ctx, "a") // want "has no deadline"
}

var root = context.Background()

func FromGlobal() error {
	return fetch(root, "a") // want "has no deadline"
}

type agent struct{ ctx context.Context }

func newAgent() *agent { return &agent{ctx: context.Background()} }

func (a *agent) report() error {
	return fetch(a.ctx, "a") // want "has no deadline"
}

func FromField() error { return newAgent().report() }
