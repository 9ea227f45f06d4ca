package derived

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sync/errgroup"
)

// ValuedTimed puts a value on top of a deadline, which stays: silent.
func ValuedTimed(url, id string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	ctx = context.WithValue(ctx, key{}, id)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// CancelableTimed derives a cancelable context from one with a deadline: silent.
func CancelableTimed(url string) error {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Causes uses the variants with a cause: silent.
func Causes(url string) error {
	ctx, cancel := context.WithTimeoutCause(context.Background(), 5*time.Second, errors.New("stock is slow"))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// GroupedTimed takes the group's context from one with a deadline: silent.
func GroupedTimed(urls []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	for _, u := range urls {
		g.Go(func() error {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
			if err != nil {
				return err
			}
			_, err = http.DefaultClient.Do(req)
			return err
		})
	}
	return g.Wait()
}

// DetachedTimed detaches and then sets a deadline of its own: silent, and the right way.
func DetachedTimed(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// InterruptibleTimed sets the deadline over the signal's context: silent.
func InterruptibleTimed(url string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// AccumulatedTimed is a cycle of contexts that starts from a deadline: silent.
func AccumulatedTimed(url string, ids []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, id := range ids {
		ctx = context.WithValue(ctx, key{}, id)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Watchdog cancels by a timer, which is a deadline by other means: silent.
func Watchdog(url string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	timer := time.AfterFunc(10*time.Second, cancel)
	defer timer.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// AtOnce has a deadline that is over before it starts: it fails, it does not hang. Silent.
func AtOnce(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// budget is a context type of somebody's own: when it is done is unknown.
type budget struct {
	context.Context
	spent <-chan struct{}
}

func (b budget) Done() <-chan struct{} { return b.spent }

func (b budget) Err() error {
	select {
	case <-b.spent:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// FromBudget wraps Background in that type: silent.
func FromBudget(url string, spent <-chan struct{}) error {
	req, err := http.NewRequestWithContext(budget{context.Background(), spent}, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Session stores the context its creator chose: unknown, silent.
type Session struct{ ctx context.Context }

// NewSession is called by other packages.
func NewSession(ctx context.Context) *Session { return &Session{ctx: ctx} }

// Report uses the stored context.
func (s *Session) Report(url string) error {
	req, err := http.NewRequestWithContext(s.ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// opContext is the usual helper: the deadline is in the first result.
func opContext(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(parent, 5*time.Second)
}

// FromOpContext gets its deadline from the helper: silent.
func FromOpContext(url string) error {
	ctx, cancel := opContext(context.Background())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Ops has the helper as a method, with named results and the context in second place.
type Ops struct{ limit time.Duration }

func (o *Ops) begin(name string) (id string, ctx context.Context, cancel context.CancelFunc) {
	id = name + "-1"
	ctx, cancel = context.WithTimeout(context.WithValue(context.Background(), key{}, id), o.limit)
	return
}

// Run gets its deadline from the method: silent.
func (o *Ops) Run(url string) error {
	id, ctx, cancel := o.begin("run")
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"?op="+id, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// FromClosure has the helper as a function literal: silent.
func FromClosure(urls []string) error {
	limited := func() (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.Background(), time.Second)
	}
	for _, u := range urls {
		ctx, cancel := limited()
		req, err := http.NewRequestWithContext(ctx, http.MethodHead, u, nil)
		if err == nil {
			_, err = http.DefaultClient.Do(req)
		}
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// maybe returns a deadline when one is configured.
func maybe(limit time.Duration) (context.Context, context.CancelFunc) {
	if limit > 0 {
		return context.WithTimeout(context.Background(), limit)
	}
	return context.WithCancel(context.Background())
}

// FromMaybe is conditional in another function: silent.
func FromMaybe(url string, limit time.Duration) error {
	ctx, cancel := maybe(limit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Scope is implemented elsewhere.
type Scope interface {
	Context() context.Context
}

// FromScope gets its context from an interface: unknown, silent.
func FromScope(s Scope, url string) error {
	req, err := http.NewRequestWithContext(s.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Context is an alias, as some SDKs have one.
type Context = context.Context

// FromAlias gets its context from the caller, under the alias: silent.
func FromAlias(ctx Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}
