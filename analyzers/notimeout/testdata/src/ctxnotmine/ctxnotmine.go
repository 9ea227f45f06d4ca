// Package ctxnotmine passes on contexts that others made: what they have is for those to say, all silent.
package ctxnotmine

import (
	"context"
	"net/http"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func Parameter(ctx context.Context) error { return fetch(ctx, "a") }

type key struct{}

func Derived(ctx context.Context) error {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, key{}, 1))
	defer cancel()
	return fetch(ctx, "a")
}

func Handler(w http.ResponseWriter, r *http.Request) { _ = fetch(r.Context(), "a") }

func Registered(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), key{}, r.URL.Path)
		_ = fetch(ctx, "a")
	})
}

// exchange is what web frameworks have.
type exchange interface{ Request() *http.Request }

func Framework(x exchange) error { return fetch(x.Request().Context(), "a") }

// command is what CLI libraries have.
type command interface{ Context() context.Context }

func Command(cmd command) error { return fetch(cmd.Context(), "a") }

// defaulted has a caller's context, if there is one.
func defaulted(ctx context.Context) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return fetch(ctx, "a")
}

func Defaulted(ctx context.Context) error { return defaulted(ctx) }

// source is where contexts come from: a function value.
var source func() context.Context

func Source() error { return fetch(source(), "a") }

func Channel(contexts <-chan context.Context) error { return fetch(<-contexts, "a") }

func Map(contexts map[string]context.Context) error { return fetch(contexts["a"], "a") }

func Asserted(v any) error { return fetch(v.(context.Context), "a") }

// budget is a context of its own kind.
type budget struct {
	context.Context
	done <-chan struct{}
}

func (b budget) Done() <-chan struct{} { return b.done }

func Budget(done <-chan struct{}) error { return fetch(budget{context.Background(), done}, "a") }

func Field(r struct{ Ctx context.Context }) error { return fetch(r.Ctx, "a") }
