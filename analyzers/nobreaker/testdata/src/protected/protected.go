// Package protected calls others through breakers, or through what may be one.
package protected

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"example.org/mesh"

	"github.com/afex/hystrix-go/hystrix"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/sony/gobreaker/v2"
)

const base = "https://stock.example.org"

var (
	plain     = &http.Client{Timeout: time.Second}
	failsafed = &http.Client{Transport: failsafehttp.NewRoundTripper(nil)}
	ours      = httpclient.New("stock")
	wrapped   = httpclient.Wrap(&http.Client{}, "stock")
	unknown   = &http.Client{Transport: mesh.Transport()}
	foreign   = mesh.Client()
	tripping  = &http.Client{Transport: &transport{next: http.DefaultTransport, guard: &guard{}}}
	rounding  = &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) { return nil, io.EOF })}
	breaker   = gobreaker.NewCircuitBreaker[*http.Response](gobreaker.Settings{IsExcluded: func(err error) bool { return errors.Is(err, context.Canceled) }})
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func byBreaker(w http.ResponseWriter, r *http.Request) {
	breaker.Execute(func() (*http.Response, error) { return plain.Get(base + "/a") })
}

func byHystrix(w http.ResponseWriter, r *http.Request) {
	hystrix.Do("stock", func() error { return fetch(r.Context()) }, nil)
}

func fetch(ctx context.Context) error {
	_, err := plain.Get(base + "/b")
	return err
}

func byTransport(w http.ResponseWriter, r *http.Request) {
	for _, c := range []*http.Client{failsafed, ours} {
		c.Get(base)
	}
	failsafed.Get(base)
	ours.Get(base)
	wrapped.Get(base)
	tripping.Get(base)
	rounding.Get(base)
}

func byWhoKnows(w http.ResponseWriter, r *http.Request) {
	unknown.Get(base)
	foreign.Get(base)
}

// A guard is a breaker, though it is not called one.
type guard struct {
	mu        sync.Mutex
	open      bool
	failures  int
	openUntil time.Time
}

var errOpen = errors.New("open")

func (g *guard) allow() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open && time.Now().Before(g.openUntil) {
		return errOpen
	}
	return nil
}

func (g *guard) note(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err == nil {
		g.open, g.failures = false, 0
		return
	}
	if g.failures++; g.failures > 5 {
		g.open, g.openUntil = true, time.Now().Add(time.Minute)
	}
}

type transport struct {
	next  http.RoundTripper
	guard *guard
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := t.guard.allow(); err != nil {
		return nil, err
	}
	resp, err := t.next.RoundTrip(r)
	t.guard.note(err)
	return resp, err
}

type prices struct {
	guard *guard
	hc    *http.Client
}

func newPrices() *prices { return &prices{guard: &guard{}, hc: &http.Client{}} }

func (p *prices) serve(w http.ResponseWriter, r *http.Request) {
	if p.guard.allow() != nil {
		return
	}
	_, err := p.hc.Get("https://prices.example.org")
	p.guard.note(err)
}
