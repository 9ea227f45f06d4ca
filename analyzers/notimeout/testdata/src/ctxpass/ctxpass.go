// Package ctxpass passes contexts without a deadline to functions that have nothing else to
// bound their remote calls by.
package ctxpass

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"time"

	"ctxpass/store"
)

func otherPackage(s *store.Store) error {
	return s.Load(context.Background(), "a") // want `context.Background\(\) has no deadline, and Store.do has nothing else to bound its call: if the server hangs, this blocks for ever`
}

func todo(s *store.Store) error {
	return s.Load(context.TODO(), "a") // want `context.TODO\(\) has no deadline`
}

func variable(s *store.Store) error {
	ctx := context.Background()
	return s.Load(ctx, "a") // want `ctx has no deadline`
}

func cancelled(s *store.Store) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return s.Load(ctx, "a") // want `no deadline`
}

func signalled(s *store.Store) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return s.Load(context.WithoutCancel(ctx), "a") // want `no deadline`
}

func valued(s *store.Store) error {
	return s.Load(store.Tagged(context.Background()), "a") // want `no deadline`
}

func rooted(s *store.Store) error {
	ctx, cancel := store.Root()
	defer cancel()
	return s.Load(ctx, "a") // want `no deadline`
}

func dialed() {
	store.Connect(context.Background(), "db:5432") // want `does not answer`
}

// Within the package, and through functions of its own.

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func twice(ctx context.Context) error {
	if err := fetch(ctx, "a"); err != nil {
		return err
	}
	return fetch(context.WithValue(ctx, key{}, 1), "b")
}

type key struct{}

func near() error { return twice(context.Background()) } // want `no deadline, and ctxpass.fetch has nothing else`

func literal() error {
	load := func(ctx context.Context) error { return twice(ctx) }
	return load(context.Background()) // want `no deadline`
}

func around(ctx context.Context) error {
	return func() error { return twice(ctx) }()
}

func throughLiteral() error { return around(context.Background()) } // want `no deadline`

type service struct{ *store.Store }

func (s service) Fetch(name string, ctx context.Context) error { return s.Load(ctx, name) }

func embedded(s service) {
	s.Load(context.Background(), "a")           // want `no deadline`
	s.Fetch("a", context.Background())          // want `no deadline`
	service.Fetch(s, "a", context.Background()) // want `no deadline`
	defer s.Fetch("b", context.Background())    // want `no deadline`
	load := s.Fetch
	load("c", context.Background()) // want `no deadline`
}

type Ctx = context.Context

func aliased(ctx Ctx) error { return fetch(ctx, "a") }

func alias() error { return aliased(context.Background()) } // want `no deadline`

func generic[T any](ctx context.Context, v T) error { return fetch(ctx, "a") }

func instance() error { return generic(context.Background(), 1) } // want `no deadline`

func recursive(ctx context.Context, n int) error {
	if n == 0 {
		return fetch(ctx, "a")
	}
	return recursive(ctx, n-1)
}

func start() error { return recursive(context.Background(), 3) } // want `no deadline`

// retried leaves its loop on success: whoever calls it bounds it as a whole.
func retried(ctx context.Context) (err error) {
	for range 3 {
		if err = fetch(ctx, "a"); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func retry() error { return retried(context.Background()) } // want `no deadline`

func inBackground(s *store.Store) {
	go s.Load(context.Background(), "a") // want `no deadline`
}

func orBackground(ctx context.Context) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return fetch(ctx, "a")
}

func without() error { return orBackground(context.Background()) } // want `no deadline`

var _ = []any{otherPackage, todo, variable, cancelled, signalled, valued, rooted, dialed, near, literal, throughLiteral, embedded, alias, instance, start, retry, inBackground, without}
