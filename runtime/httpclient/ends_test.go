//go:build go1.25

package httpclient_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/fallback"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/internal/pipenet"
	"github.com/resilint/resilint/runtime/resilience"
)

// How calls end that do not end well.

// A POST that is not repeated has failed nevertheless, to whoever stands around the client.
func TestPostThatFailed(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"hung": func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or net/http does not notice that the client has gone
			hang(w, r)
		},
		"lost": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		bubble(t, answer, func(t *testing.T, base *http.Transport) {
			c := httpclient.New("catalog", httpclient.WithTransport(base))
			answered := false
			_, err := fallback.Value(t.Context(), fallback.Policy{},
				func(context.Context) (*http.Response, error) {
					return c.Post(url, "text/plain", strings.NewReader("order"))
				},
				func(_ context.Context, err error) (*http.Response, error) { answered = true; return nil, err })
			if !answered || resilience.OutcomeOf(err) != resilience.Failure {
				t.Errorf("%s: fallback asked %v, outcome %v of %v", name, answered, resilience.OutcomeOf(err), err)
			}
			var timeout net.Error
			if name == "hung" && (!errors.As(err, &timeout) || !timeout.Timeout()) {
				t.Errorf("%s: not a timeout: %v", name, err)
			}
		})
	}
}

// The caller's context ends between the headers and the body: the reader is told so.
func TestCancelledBeforeTheBodyIsRead(t *testing.T) {
	for name, end := range map[error]func(context.Context) (context.Context, context.CancelFunc){
		context.Canceled: context.WithCancel,
		context.DeadlineExceeded: func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Second)
		},
	} {
		big := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) }
		bubble(t, http.HandlerFunc(big), func(t *testing.T, base *http.Transport) {
			c := httpclient.New("catalog", httpclient.WithTransport(base))
			ctx, cancel := end(t.Context())
			req, _ := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			resp, err := c.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if errors.Is(name, context.Canceled) {
				cancel()
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if _, err := io.ReadAll(resp.Body); !errors.Is(err, name) {
				t.Errorf("reading says %v, want %v", err, name)
			}
			cancel()
		})
	}
}

// Who does not read on is no fault of the dependency's.
func TestIdleReader(t *testing.T) {
	big := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) }
	bubble(t, http.HandlerFunc(big), func(t *testing.T, base *http.Transport) {
		b := breaker.New("catalog", breaker.Config{})
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBreaker(b))
		resp, err := c.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if got := fmt.Sprint(b.Counts()); got != "0 0" {
			t.Errorf("successes and failures %s, want none", got)
		}
		resp.Body.Close()
	})
}

// The overall deadline holds for the wait for a slot, too.
func TestDeadlineWhileQueueing(t *testing.T) {
	bubble(t, http.HandlerFunc(hang), func(t *testing.T, base *http.Transport) {
		b := bulkhead.New("catalog", bulkhead.Config{Max: 1, Queue: 5})
		slot, _ := b.Acquire(t.Context())
		defer slot.Release()
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBulkhead(b), httpclient.WithOverall(time.Second))
		start := time.Now()
		_, err := get(t.Context(), c)
		if d := time.Since(start); d != time.Second || !errors.Is(err, resilience.ErrFull) {
			t.Errorf("%v after %v", err, d)
		}
	})
}

// Redirects share the overall deadline, also where the client has a timeout of its own.
func TestRedirectsOfClientWithTimeout(t *testing.T) {
	slow := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(2 * time.Second)
		http.Redirect(w, r, "/", http.StatusFound)
	}
	bubble(t, http.HandlerFunc(slow), func(t *testing.T, base *http.Transport) {
		c := httpclient.Wrap(&http.Client{Timeout: time.Minute, Transport: base}, "catalog", httpclient.WithOverall(5*time.Second))
		c.CheckRedirect = func(_ *http.Request, via []*http.Request) error {
			if len(via) == 2 {
				time.Sleep(10 * time.Second) // the third is too late to be sent at all
			}
			return nil
		}
		start := time.Now()
		_, err := get(t.Context(), c)
		if d := time.Since(start); d != 14*time.Second || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v after %v", err, d)
		}
		synctest.Wait()
	})
}

// Transports of tests return what http.Transport never does.
func TestOddTransports(t *testing.T) {
	b := bulkhead.New("catalog", bulkhead.Config{})
	client := func(resp *http.Response) *http.Client {
		return httpclient.New("catalog", httpclient.WithBulkhead(b), httpclient.WithTransport(roundTripper(
			func(*http.Request) (*http.Response, error) { return resp, nil })))
	}
	resp, err := client(&http.Response{StatusCode: http.StatusNoContent}).Get(url)
	if err != nil || resp.Body.Close() != nil {
		t.Errorf("without a body: %v", err)
	}
	if _, err := client(nil).Get(url); err == nil {
		t.Error("without a response: no error")
	}
	body := struct {
		*bytes.Buffer
		io.Closer
	}{bytes.NewBufferString("album"), io.NopCloser(nil)}
	resp, err = client(&http.Response{StatusCode: http.StatusOK, Body: body}).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := resp.Body.(io.Writer); ok {
		t.Error("a body that can be written to, of a response that is no upgrade")
	}
	resp.Body.Close()
	if b.InFlight() != 0 {
		t.Errorf("%d slots are lost", b.InFlight())
	}
}

// A body that panics when it is made again gives back what the attempt held.
func TestPanicInGetBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, base := pipenet.Serve(t, status(503))
		b := bulkhead.New("catalog", bulkhead.Config{})
		c := httpclient.New("catalog", httpclient.WithTransport(base), httpclient.WithBulkhead(b))
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader("order"))
		req.GetBody = func() (io.ReadCloser, error) { panic("ouch") }
		func() {
			defer func() { _ = recover() }()
			_, _ = c.Do(req)
		}()
		if b.InFlight() != 0 {
			t.Errorf("%d slots are lost", b.InFlight())
		}
	})
}
