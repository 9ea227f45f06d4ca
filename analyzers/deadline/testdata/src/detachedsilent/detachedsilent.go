// Package detachedsilent leaves contexts out for good reasons: everything here is silent.
package detachedsilent

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal"+path, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func token(ctx context.Context) (string, error) { return "", send(ctx, "/token") }

// Without is the deliberate way.
func Without(ctx context.Context) error { return send(context.WithoutCancel(ctx), "/") }

// Timed has a deadline that somebody has chosen.
func Timed(ctx context.Context) error {
	own, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return send(own, "/")
}

// Merged is cancelled by something else.
func Merged(ctx context.Context, quit <-chan struct{}) error {
	own, cancel := context.WithCancel(context.Background())
	go func() {
		<-quit
		cancel()
	}()
	return send(own, "/")
}

// Unnamed has no use for its context.
func Unnamed(_ context.Context) error { return send(context.Background(), "/") }

// Started goes on in a goroutine.
func Started(ctx context.Context) {
	go send(context.Background(), "/")
	go func() {
		if err := send(context.Background(), "/"); err != nil {
			panic(err)
		}
	}()
}

// Deferred happens at the end.
func Deferred(ctx context.Context) error {
	defer send(context.Background(), "/")
	defer func() {
		if err := send(context.Background(), "/"); err != nil {
			panic(err)
		}
	}()
	return send(ctx, "/")
}

func rollback(ctx context.Context) error { return send(ctx, "/rollback") }

// Booked takes back what it has done.
func Booked(ctx context.Context) error {
	if err := send(ctx, "/book"); err != nil {
		return errors.Join(err, rollback(context.Background()))
	}
	return nil
}

// ReleaseLock has to, in any case.
func ReleaseLock(ctx context.Context) error { return send(context.Background(), "/unlock") }

type server struct{ ctx context.Context }

// Shutdown has to, too.
func (s *server) Shutdown(ctx context.Context) error { return send(context.Background(), "/goodbye") }

// stored is somebody else's.
func (s *server) stored(ctx context.Context) error { return send(s.ctx, "/") }

func newServer() *server { return &server{ctx: context.Background()} }

var global = context.Background()

// Global is, too.
func Global(ctx context.Context) error { return send(global, "/") }

// After comes when the context is over.
func After(ctx context.Context) error {
	<-ctx.Done()
	return send(context.Background(), "/goodbye")
}

// Asked has looked.
func Asked(ctx context.Context) error {
	err := send(ctx, "/")
	if ctx.Err() != nil {
		return send(context.Background(), "/cancelled")
	}
	return err
}

// Told has seen why it failed.
func Told(ctx context.Context) error {
	err := send(ctx, "/")
	if errors.Is(err, context.Canceled) {
		return send(context.Background(), "/cancelled")
	}
	return err
}

var once sync.Once

// Singleton is there for all, whoever comes first.
func Singleton(ctx context.Context) {
	once.Do(func() {
		if err := send(context.Background(), "/init"); err != nil {
			panic(err)
		}
	})
}

type cache struct{ token string }

// Kept is there for all who come after.
func (c *cache) Kept(ctx context.Context) (err error) {
	if c.token == "" {
		c.token, err = token(context.Background())
	}
	return err
}

// Optional takes a context that may be nil.
func Optional(ctx context.Context) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return send(ctx, "/")
}

// Attached gets the context before it is sent.
func Attached(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		return err
	}
	req = req.WithContext(ctx)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// AttachedBelow gets it in the function that sends it.
func AttachedBelow(ctx context.Context) error {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		return err
	}
	return attach(ctx, req)
}

func attach(ctx context.Context, req *http.Request) error {
	resp, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// watch lives on.
func watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
			if err := send(ctx, "/tick"); err != nil {
				return
			}
		}
	}
}

type looper struct{ stop chan struct{} }

func (l *looper) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.stop:
			return
		default:
			_ = send(ctx, "/tick")
		}
	}
}

// Run is for the life of the process.
func Run(ctx context.Context, l *looper) { l.run(context.Background()) }

// NoCaller is given no context.
func NoCaller() error { return send(context.Background(), "/") }

// UnnamedInside has a literal that is given one which it does not want.
func UnnamedInside(do func(func(context.Context) error) error) error {
	return do(func(context.Context) error { return send(context.Background(), "/") })
}
