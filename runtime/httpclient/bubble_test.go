//go:build go1.25

package httpclient_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/internal/pipenet"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

// The behaviours of runtime/internal/conformance are not repeated here.

const url = "http://catalog.internal/"

func get(ctx context.Context, c *http.Client) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// counting answers all requests alike, and counts them.
func counting(n *atomic.Int64, answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		answer(w, r)
	})
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// bubble runs a test against a server in memory, in fake time.
func bubble(t *testing.T, h http.Handler, test func(t *testing.T, base *http.Transport)) {
	synctest.Test(t, func(t *testing.T) {
		_, base := pipenet.Serve(t, h)
		test(t, base)
	})
}

// A client that waits less long than New does learns from that, too: its timeout is not the caller's haste.
func TestWrapHungServer(t *testing.T) {
	bubble(t, http.HandlerFunc(hang), func(t *testing.T, base *http.Transport) {
		c := httpclient.Wrap(&http.Client{Timeout: 750 * time.Millisecond, Transport: base}, "catalog")
		var wg sync.WaitGroup
		start := time.Now()
		for range breaker.DefaultMinCalls {
			wg.Go(func() {
				if _, err := get(t.Context(), c); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("error %v", err)
				}
			})
		}
		wg.Wait()
		if d := time.Since(start); d != 750*time.Millisecond {
			t.Errorf("gave up after %v", d)
		}
		start = time.Now()
		if _, err := get(t.Context(), c); !errors.Is(err, resilience.ErrOpen) || time.Since(start) != 0 {
			t.Errorf("after %v: error %v", time.Since(start), err)
		}
	})
}

// A server that hangs costs three attempts of 3 s, and never more than 10 s in all; then the
// breaker lets the callers go at once.
func TestHungServer(t *testing.T) {
	var n atomic.Int64
	bubble(t, counting(&n, hang), func(t *testing.T, base *http.Transport) {
		c := httpclient.New("catalog", httpclient.WithTransport(base))
		start := time.Now()
		_, err := get(t.Context(), c)
		d := time.Since(start)
		if n.Load() != 3 || d < 9*time.Second || d > 10*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d attempts in %v, error %v", n.Load(), d, err)
		}
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { _, _ = get(t.Context(), c) })
		}
		wg.Wait()
		start = time.Now()
		if _, err := get(t.Context(), c); !errors.Is(err, resilience.ErrOpen) || time.Since(start) != 0 {
			t.Errorf("after 20 calls at once: %v after %v", err, time.Since(start))
		}
	})
}

// What the breaker makes of statuses.
func TestBreakerAndStatus(t *testing.T) {
	for code, want := range map[int]string{
		200: "40 0", 404: "40 0", 429: "0 0", 501: "40 0", 500: "0 40", 503: "0 40",
	} {
		var n atomic.Int64
		bubble(t, counting(&n, status(code)), func(t *testing.T, base *http.Transport) {
			b := breaker.New("catalog", breaker.Config{MinCalls: 1000})
			c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBreaker(b), httpclient.WithoutRetry())
			for range 40 {
				if got, err := get(t.Context(), c); got != code || err != nil {
					t.Fatalf("status %d, error %v", got, err)
				}
			}
			if got := fmt.Sprint(b.Counts()); got != want {
				t.Errorf("status %d: successes and failures %s, want %s", code, got, want)
			}
		})
	}
}

// Callers that hang up or have no time say nothing about the server; those that waited for long
// do.
func TestBreakerAndCallers(t *testing.T) {
	var n atomic.Int64
	bubble(t, counting(&n, hang), func(t *testing.T, base *http.Transport) {
		b := breaker.New("catalog", breaker.Config{MinCalls: 1000})
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBreaker(b))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(2*time.Second, cancel)
		_, err := get(ctx, c)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		_, _ = get(ctx, c)
		cancel()
		if got := fmt.Sprint(b.Counts()); got != "0 0" || n.Load() != 2 {
			t.Errorf("%d calls, counts %s, want none", n.Load(), got)
		}
		ctx, cancel = context.WithTimeout(t.Context(), 2*time.Second)
		_, _ = get(ctx, c)
		cancel()
		if got := fmt.Sprint(b.Counts()); got != "0 1" {
			t.Errorf("counts %s after 2 of 3 seconds, want a failure", got)
		}
	})
}

// All hops of a redirect share the overall deadline.
func TestRedirectsShareTheDeadline(t *testing.T) {
	slow := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(2 * time.Second)
		http.Redirect(w, r, "/", http.StatusFound)
	}
	var n atomic.Int64
	bubble(t, counting(&n, slow), func(t *testing.T, base *http.Transport) {
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithOverall(5*time.Second))
		start := time.Now()
		_, err := get(t.Context(), c)
		if d := time.Since(start); d != 5*time.Second || n.Load() != 3 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d hops in %v, error %v", n.Load(), d, err)
		}
		synctest.Wait()
		time.Sleep(2 * time.Second) // for the last handler to end
	})
}

// A retry around the client does not multiply its attempts.
func TestInsideOfARetry(t *testing.T) {
	var n atomic.Int64
	bubble(t, counting(&n, status(503)), func(t *testing.T, base *http.Transport) {
		c := httpclient.New("catalog", httpclient.WithTransport(base))
		_ = retry.Do(t.Context(), retry.Policy{}, func(ctx context.Context) error {
			code, err := get(ctx, c)
			if err == nil && code == 503 {
				return errors.New("unavailable")
			}
			return err
		})
		if n.Load() > 5 {
			t.Errorf("3 attempts around 3 attempts were %d, want at most 5", n.Load())
		}
	})
}

// A transport that panics gives back what the attempt held.
func TestPanicInTransport(t *testing.T) {
	b := bulkhead.New("catalog", bulkhead.Config{})
	c := httpclient.New("catalog", httpclient.WithBulkhead(b), httpclient.WithTransport(roundTripper(
		func(*http.Request) (*http.Response, error) { panic("ouch") })))
	func() {
		defer func() {
			if v := recover(); v != "ouch" {
				t.Errorf("the panic became %v", v)
			}
		}()
		_, _ = get(t.Context(), c)
	}()
	if b.InFlight() != 0 {
		t.Error("the slot is lost")
	}
}

// A connection that has switched protocols is as it was: it has no timeout, and outlives the context
// of its request.
func TestUpgrade(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Upgrade", "echo")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		line, _ := rw.ReadString('\n')
		_, _ = conn.Write([]byte("echo " + line))
	})
	bubble(t, h, func(t *testing.T, base *http.Transport) {
		b := bulkhead.New("catalog", bulkhead.Config{})
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBulkhead(b))
		ctx, cancel := context.WithCancel(t.Context())
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		req.Header.Set("Upgrade", "echo")
		req.Header.Set("Connection", "Upgrade")
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		cancel() // as those do who bound the handshake only
		time.Sleep(time.Hour)
		rw, ok := resp.Body.(io.ReadWriteCloser)
		if !ok {
			t.Fatalf("the body is a %T: it cannot be written to", resp.Body)
		}
		_, _ = io.WriteString(rw, "hello\n")
		line, err := bufio.NewReader(rw).ReadString('\n')
		if err != nil || line != "echo hello\n" {
			t.Errorf("%q, %v", line, err)
		}
		if b.InFlight() != 1 {
			t.Errorf("%d slots held by an open connection", b.InFlight())
		}
		rw.Close()
		if b.InFlight() != 0 {
			t.Error("the slot is held after Close")
		}
	})
}

// CloseIdleConnections reaches the transport below.
func TestCloseIdleConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, base := pipenet.Serve(t, status(200))
		c := httpclient.New("catalog", httpclient.WithTransport(base))
		if _, err := get(t.Context(), c); err != nil || l.Open() != 1 {
			t.Fatalf("%v, %d connections", err, l.Open())
		}
		c.CloseIdleConnections()
		synctest.Wait()
		if l.Open() != 0 {
			t.Errorf("%d connections are open", l.Open())
		}
	})
}

func TestObserverOfClient(t *testing.T) {
	var n atomic.Int64
	bubble(t, counting(&n, func(w http.ResponseWriter, _ *http.Request) {
		if n.Load() < 2 {
			w.WriteHeader(503)
		}
	}), func(t *testing.T, base *http.Transport) {
		var got []string
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithObserver(
			resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
				got = append(got, fmt.Sprint(e.Dep, " ", e.Attempt, " ", e.Kind, " ", e.Outcome, " ", e.Err))
			})))
		_, _ = get(t.Context(), c)
		want := []string{
			"catalog 1 attempt failure 503 Service Unavailable",
			"catalog 1 retry success 503 Service Unavailable",
			"catalog 2 attempt success <nil>",
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}
