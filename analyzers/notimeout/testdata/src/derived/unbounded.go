// Package derived asks which derived contexts have a deadline. The calls go through http.DefaultClient, so each call is its own place.
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

type key struct{}

// Cancelable can be cancelled, but nobody does when the peer is silent.
func Cancelable(url string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// WithCause is the same with a cause.
func WithCause(url string) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(errors.New("done"))
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Valued carries a value and no deadline.
func Valued(url, id string) error {
	ctx := context.WithValue(context.Background(), key{}, id)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Interruptible ends with the process, not with the call.
func Interruptible(url string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Detached drops the deadline it has just been given.
func Detached(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// DetachedHandler drops the caller's context on purpose, and with it every bound.
func DetachedHandler(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), http.MethodPost, "http://audit.internal/", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.DefaultClient.Do(req) // want "has no timeout"
}

// Grouped takes its context from a group over Background.
func Grouped(urls []string) error {
	g, ctx := errgroup.WithContext(context.Background())
	for _, u := range urls {
		g.Go(func() error {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
			if err != nil {
				return err
			}
			_, err = http.DefaultClient.Do(req) // want "has no timeout"
			return err
		})
	}
	return g.Wait()
}

// Discarded makes a deadline and throws the context away.
func Discarded(url string) error {
	ctx := context.Background()
	_, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Accumulated wraps Background in a loop: a cycle of contexts without a deadline.
func Accumulated(url string, ids []string) error {
	ctx := context.Background()
	for _, id := range ids {
		ctx = context.WithValue(ctx, key{}, id)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// root is a package variable that never gets a deadline.
var root = context.Background()

// FromGlobal uses it.
func FromGlobal(url string) error {
	req, err := http.NewRequestWithContext(root, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

// Agent lives as long as the process, and so does the context in its field.
type Agent struct{ ctx context.Context }

// NewAgent stores Background.
func NewAgent() *Agent { return &Agent{ctx: context.Background()} }

// Report sends with the context of the process: the package shows that it has no deadline.
func (a *Agent) Report(url string) error {
	req, err := http.NewRequestWithContext(a.ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

func cancelOnly() (context.Context, context.CancelFunc) {
	return context.WithCancel(context.Background())
}

// FromHelper gets a context from a function that promises a CancelFunc and no deadline.
func FromHelper(url string) error {
	ctx, cancel := cancelOnly()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}
