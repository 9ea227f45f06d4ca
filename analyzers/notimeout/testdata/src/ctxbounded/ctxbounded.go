// Package ctxbounded passes contexts without a deadline to functions that bound their requests themselves: all silent.
package ctxbounded

import (
	"context"
	"errors"
	"net/http"
	"time"
)

func do(ctx context.Context, hc *http.Client, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = hc.Do(req)
	return err
}

// The client has a timeout.

var shared = &http.Client{Timeout: 10 * time.Second}

func viaShared(ctx context.Context) error { return do(ctx, shared, "a") }

type api struct{ hc *http.Client }

func newAPI(timeout time.Duration) *api { return &api{hc: &http.Client{Timeout: timeout}} }

func (a *api) get(ctx context.Context) error { return do(ctx, a.hc, "a") }

type tuned struct{ hc http.Client }

func (t *tuned) configure(seconds int) { t.hc.Timeout = time.Duration(seconds) * time.Second }

func (t *tuned) get(ctx context.Context) error { return do(ctx, &t.hc, "a") }

type option func(*http.Client)

func limit(d time.Duration) option { return func(c *http.Client) { c.Timeout = d } }

type optional struct{ hc *http.Client }

func newOptional(opts ...option) *optional {
	c := &http.Client{}
	for _, o := range opts {
		o(c)
	}
	return &optional{hc: c}
}

func (o *optional) get(ctx context.Context) error { return do(ctx, o.hc, "a") }

// Injected has the client that its users choose.
type Injected struct{ hc *http.Client }

func NewInjected(hc *http.Client) *Injected { return &Injected{hc: hc} }

func (i *Injected) get(ctx context.Context) error { return do(ctx, i.hc, "a") }

type doer interface {
	Do(*http.Request) (*http.Response, error)
}

func viaDoer(ctx context.Context, d doer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "a", nil)
	if err == nil {
		_, err = d.Do(req)
	}
	return err
}

// limited is a transport that sets a deadline itself.
type limited struct{ next http.RoundTripper }

func (l limited) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), time.Second)
	context.AfterFunc(ctx, cancel)
	return l.next.RoundTrip(req.WithContext(ctx))
}

var wrapped = &http.Client{Transport: limited{http.DefaultTransport}}

func viaTransport(ctx context.Context) error { return do(ctx, wrapped, "a") }

// The function sets a deadline.

func deadlined(ctx context.Context) error {
	ctx, cancel := context.WithDeadline(ctx, time.Now().Add(time.Second))
	defer cancel()
	return do(ctx, http.DefaultClient, "a")
}

func unlessThere(ctx context.Context) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
	}
	return do(ctx, http.DefaultClient, "a")
}

type configured struct{ limit time.Duration }

func (c configured) get(ctx context.Context) error {
	if c.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.limit)
		defer cancel()
	}
	return do(ctx, http.DefaultClient, "a")
}

func short(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Second)
}

func viaHelper(ctx context.Context) error {
	ctx, cancel := short(ctx)
	defer cancel()
	return do(ctx, http.DefaultClient, "a")
}

func onRequest(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "a", nil)
	if err != nil {
		return err
	}
	timed, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, err = http.DefaultClient.Do(req.WithContext(timed))
	return err
}

func watchdog(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer time.AfterFunc(10*time.Second, cancel).Stop()
	return do(ctx, http.DefaultClient, "a")
}

// Impatient waits no longer than a second, whatever becomes of the request. Its callers are not all known.
func Impatient(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- do(ctx, http.DefaultClient, "a") }()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errors.New("too slow")
	}
}

func Silent(i *Injected, d doer, c configured) {
	_ = viaShared(context.Background())
	_ = newAPI(time.Second).get(context.Background())
	t := &tuned{}
	t.configure(3)
	_ = t.get(context.Background())
	_ = newOptional(limit(time.Second)).get(context.Background())
	_ = i.get(context.Background())
	_ = viaDoer(context.Background(), d)
	_ = viaTransport(context.Background())
	_ = deadlined(context.Background())
	_ = unlessThere(context.Background())
	_ = c.get(context.Background())
	_ = viaHelper(context.Background())
	_ = onRequest(context.Background())
	_ = watchdog(context.Background())
	_ = Impatient(context.Background())
}
