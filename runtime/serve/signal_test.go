//go:build unix

package serve

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/health"
)

// These tests send real signals to their own process. That Run listens for them is certain from
// the moment when it serves.

func kill(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(syscall.Getpid(), s); err != nil {
		t.Fatal(err)
	}
}

// atPort runs a server with h at a real port, and returns its URL, and where Run's result comes.
func atPort(t *testing.T, h http.Handler, o Options, told func()) (string, <-chan error) {
	srv := Server("", h)
	if told != nil {
		srv.RegisterOnShutdown(told)
	}
	url := make(chan string, 1)
	o.Logger = quiet
	o.Listen = func(ctx context.Context, srv *http.Server) (net.Listener, error) {
		l, err := loopback(ctx, srv)
		if err == nil {
			url <- "http://" + l.Addr().String()
		}
		return l, err
	}
	done := make(chan error, 1)
	go func() { done <- Run(context.Background(), srv, o) }()
	return <-url, done
}

type answer struct {
	body string
	err  error
}

func get(url string) <-chan answer {
	c := make(chan answer, 1)
	go func() {
		resp, err := http.Get(url)
		if err != nil {
			c <- answer{err: err}
			return
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		c <- answer{string(body), err}
	}()
	return c
}

func TestSignalsDrain(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(s.String(), func(t *testing.T) {
			started, finish, told := make(chan struct{}), make(chan struct{}), make(chan struct{})
			h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				close(started)
				<-finish
				if r.Context().Err() != nil {
					t.Error("the request's context ended")
				}
				_, _ = io.WriteString(w, "done")
			})
			ready := health.Ready()
			url, done := atPort(t, h, Options{Ready: ready, DrainDelay: -1}, func() { close(told) })
			got := get(url)
			<-started
			kill(t, s)
			<-told // Shutdown has closed the listener
			if !ready.Draining() {
				t.Error("readiness was not told")
			}
			if a := <-get(url); a.err == nil {
				t.Error("a new connection was accepted")
			}
			close(finish)
			if a := <-got; a.body != "done" {
				t.Errorf("the request in flight got %q, %v", a.body, a.err)
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSecondSignalForces(t *testing.T) {
	started, stopping := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(started)
		<-r.Context().Done()
	})
	url, done := atPort(t, h, Options{
		DrainDelay: time.Hour, ShutdownTimeout: time.Hour,
		Workers: []func(context.Context) error{func(ctx context.Context) error {
			<-ctx.Done()
			close(stopping)
			return nil
		}},
	}, nil)
	got := get(url)
	<-started
	kill(t, syscall.SIGTERM)
	<-stopping
	kill(t, syscall.SIGTERM)
	if err := <-done; !errors.Is(err, ErrForced) {
		t.Errorf("the error is %v", err)
	}
	if a := <-got; a.err == nil {
		t.Errorf("the request was answered: %q", a.body)
	}
}
