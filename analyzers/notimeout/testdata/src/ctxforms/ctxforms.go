// Package ctxforms passes contexts without a deadline in every form that a call has.
package ctxforms

import (
	"context"
	"net/http"
	"time"
)

type (
	pointed struct{ hc *http.Client }
	valued  struct{ hc http.Client }
	based   struct{ *http.Client }
	outer   struct{ based }
	unset   struct{ hc http.Client }
)

func newPointed() *pointed { return &pointed{hc: new(http.Client)} }

func newValued() *valued { return &valued{hc: http.Client{}} }

func newBased() based { return based{&http.Client{}} }

func (p *pointed) load(ctx context.Context, id string) error { return do(p.hc, ctx, id) }

func (v *valued) load(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return err
	}
	_, err = v.hc.Do(req)
	return err
}

func (b based) load(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return err
	}
	_, err = b.Do(req) // promoted from http.Client
	return err
}

func (u *unset) load(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return err
	}
	_, err = u.hc.Do(req)
	return err
}

func do(hc *http.Client, ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, id, nil)
	if err != nil {
		return err
	}
	_, err = hc.Do(req)
	return err
}

// Clients are held in structs.

func OfPointer() error {
	return newPointed().load(context.Background(), "a") // want "has no deadline"
}

func OfValue() error {
	v := newValued()
	return v.load(context.Background(), "a") // want "has no deadline"
}

func OfEmbedded() error {
	b := newBased()
	return b.load(context.Background(), "a") // want "has no deadline"
}

func OfPromoted() error {
	o := outer{newBased()}
	return o.load(context.Background(), "a") // want "has no deadline"
}

func OfZero() error {
	var u unset
	return u.load(context.Background(), "a") // want "has no deadline"
}

// Functions are values.

func fetch(ctx context.Context, id string) error { return do(http.DefaultClient, ctx, id) }

func MethodValue(v *valued) error {
	load := v.load
	return load(context.Background(), "a") // want "has no deadline"
}

func MethodExpression(v *valued) error {
	return (*valued).load(v, context.Background(), "a") // want "has no deadline"
}

func Literal() error {
	load := func(ctx context.Context, id string) error { return fetch(ctx, "http://catalog/"+id) }
	return load(context.Background(), "a") // want "has no deadline"
}

func AtOnce() error {
	return func(ctx context.Context) error { return fetch(ctx, "a") }(context.Background()) // want "has no deadline"
}

func captures(ctx context.Context) error {
	var err error
	attempt := func() { err = fetch(ctx, "a") }
	attempt()
	return err
}

func Captured() error {
	return captures(context.Background()) // want "has no deadline"
}

var probe = func(ctx context.Context) error { return fetch(ctx, "a") }

func Variable() error {
	return probe(context.Background()) // want "has no deadline"
}

// Parameters stand anywhere.

func last(id string, opts map[string]string, ctx context.Context) error { return fetch(ctx, id) }

func Last() error {
	return last(
		"a",
		map[string]string{"full": "yes"},
		context.Background(), // want "has no deadline"
	)
}

func variadic(ctx context.Context, ids ...string) error { return fetch(ctx, ids[0]) }

func Variadic(ids []string) error {
	if len(ids) == 0 {
		return variadic(context.Background(), "a", "b") // want "has no deadline"
	}
	return variadic((context.TODO()), ids...) // want "has no deadline"
}

// two bounds its requests by one context each.
func two(read, write context.Context) error {
	if err := fetch(read, "a"); err != nil {
		return err
	}
	return fetch(write, "b")
}

func OneOfTwo() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := two(context.Background(), ctx); err != nil { // want "has no deadline"
		return err
	}
	return two(
		ctx,
		context.Background(), // want "has no deadline"
	)
}

// Types have names.

type Ctx = context.Context

func aliased(ctx Ctx) error { return fetch(ctx, "a") }

func Aliased() error {
	var ctx Ctx = context.Background()
	return aliased(ctx) // want "has no deadline"
}

func typed[T any](ctx context.Context, id string) (v T, err error) {
	err = fetch(ctx, id)
	return v, err
}

func Typed() (int, error) {
	return typed[int](context.Background(), "a") // want "has no deadline"
}

type repo[K ~string] struct{ hc http.Client }

func (r *repo[K]) find(ctx context.Context, key K) error { return do(&r.hc, ctx, string(key)) }

func Generic() error {
	var r repo[string]
	return r.find(context.Background(), "a") // want "has no deadline"
}

// Calls have keywords.

func Deferred(v *valued) {
	defer v.load(context.Background(), "a") // want "has no deadline"
	defer func() {
		_ = v.load(context.Background(), "b") // want "has no deadline"
	}()
}

func Detached(v *valued) {
	go v.load(context.Background(), "a") // want "has no deadline"
	go func() {
		_ = v.load(context.Background(), "b") // want "has no deadline"
	}()
}

// Functions call themselves and each other.

func walk(ctx context.Context, depth int) error {
	if depth == 0 {
		return fetch(ctx, "leaf")
	}
	return walk(context.WithValue(ctx, key{}, depth), depth-1)
}

type key struct{}

func Walk() error {
	return walk(context.Background(), 3) // want "has no deadline"
}

func ping(ctx context.Context, n int) error {
	if n == 0 {
		return fetch(ctx, "a")
	}
	return pong(ctx, n-1)
}

func pong(ctx context.Context, n int) error { return ping(ctx, n-1) }

func PingPong() error {
	return pong(context.Background(), 4) // want "has no deadline"
}

// Loops that success leaves are one call to whoever waits for them.

func retried(ctx context.Context) error {
	var err error
	for attempt := 0; attempt < 3; attempt++ {
		if err = fetch(ctx, "a"); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt) * time.Second)
	}
	return err
}

func Retried() error {
	return retried(context.Background()) // want "has no deadline"
}

func failover(ctx context.Context, hosts []string) (err error) {
	for _, host := range hosts {
		err = fetch(ctx, host)
		if err != nil {
			continue
		}
		return nil
	}
	return err
}

func Failover(hosts []string) error {
	return failover(context.Background(), hosts) // want "has no deadline"
}
