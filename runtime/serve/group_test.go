//go:build go1.25

package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/health"
)

func TestTimeoutCutsOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, why := patient()
		api, metrics := Server(":80", h), Server(":81", sleeper(t))
		left := time.Duration(0)
		p := run(t, t.Context(), Options{OnShutdown: []func(context.Context) error{
			func(ctx context.Context) error {
				at, _ := ctx.Deadline()
				left = time.Until(at)
				return ctx.Err()
			},
		}}, api, metrics)
		got, other := p.later(api, "/"), p.later(metrics, "/20s")
		p.signal()
		if err := <-other; err != nil {
			t.Errorf("the other server's request got %v", err)
		}
		if err := <-got; err == nil {
			t.Error("the request was answered")
		}
		if err := <-why; err != context.DeadlineExceeded {
			t.Errorf("its context ended by %v", err)
		}
		err := p.wait()
		if !errors.Is(err, context.DeadlineExceeded) || err.Error() !=
			"server :80: cut off after 20s (handlers running: 1): context deadline exceeded" {
			t.Errorf("the error is %v", err)
		}
		if p.ended != 25*time.Second || left != hooksAtLeast {
			t.Errorf("the end is at %v; the hook had %v left", p.ended, left)
		}
	})
}

// Handlers that read no body hear nothing of their connection's end, but their context ends.
func TestCutOffWithUnreadBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, why := patient()
		srv := Server(":80", h)
		p := run(t, t.Context(), Options{}, srv)
		c, err := p.net[srv].Dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		_, _ = io.WriteString(c, "POST / HTTP/1.1\r\nHost: pipe\r\nContent-Length: 5\r\n\r\n")
		synctest.Wait()
		p.signal()
		if err := <-why; err != context.DeadlineExceeded {
			t.Errorf("the context ended by %v", err)
		}
		_ = p.wait()
	})
}

func TestStubbornHookIsLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var called atomic.Int64
		p := run(t, t.Context(), Options{DrainDelay: -1, ShutdownTimeout: 3 * time.Second, OnShutdown: []func(context.Context) error{
			func(ctx context.Context) error { called.Add(1); return nil },
			func(ctx context.Context) error { called.Add(1); <-ctx.Done(); return ctx.Err() },
			func(context.Context) error { called.Add(1); runtime.Goexit(); return nil },
			func(context.Context) error { called.Add(1); <-release; return nil },
		}}, Server(":80", nil))
		p.signal()
		err := p.wait()
		want := "shutdown hook 4: left behind, still running: context deadline exceeded\n" +
			"shutdown hook 3: ended its goroutine\n" +
			"shutdown hook 2: context deadline exceeded"
		if err == nil || err.Error() != want {
			t.Errorf("the error is %v, want %s", err, want)
		}
		if called.Load() != 4 || p.ended != 3*time.Second+lastWord {
			t.Errorf("%d hooks were called; the end is at %v", called.Load(), p.ended)
		}
		close(release)
	})
}

func TestServeFailureCallsHooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := Server(":80", sleeper(t))
		ready := health.Ready()
		var p *program
		p = run(t, t.Context(), Options{Ready: ready, OnShutdown: []func(context.Context) error{
			func(context.Context) error { p.event("hook"); return nil },
		}}, srv)
		got := p.later(srv, "/3s")
		_ = p.net[srv].Close() // so Accept fails
		if err := <-got; err != nil {
			t.Errorf("the request in flight got %v", err)
		}
		err := p.wait()
		if !errors.Is(err, net.ErrClosed) || !strings.HasPrefix(err.Error(), "server :80: ") {
			t.Errorf("the error is %v", err)
		}
		// There is nobody to drain for, so only the request is waited for.
		if !ready.Draining() || p.ended >= 4*time.Second || !strings.Contains(p.events(), "hook") {
			t.Errorf("the end is at %v; events:\n%s", p.ended, p.events())
		}
	})
}

func TestOneThatFailsStopsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api, metrics := Server(":80", sleeper(t)), Server(":81", sleeper(t))
		p := run(t, t.Context(), Options{}, api, metrics)
		got := p.later(api, "/8s")
		_ = p.net[metrics].Close()
		synctest.Wait()
		if status, err := p.get(api, "/4s"); status != 200 { // it drains
			t.Errorf("a request during the drain is %d, %v", status, err)
		}
		if err := <-got; err != nil {
			t.Errorf("the request in flight got %v", err)
		}
		err := p.wait()
		if !errors.Is(err, net.ErrClosed) || !strings.HasPrefix(err.Error(), "server :81: ") || strings.Contains(err.Error(), ":80") {
			t.Errorf("the error is %v", err)
		}
	})
}

// A program may have a way of its own to end a server.
func TestShutdownByOthersIsClean(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv, called := Server(":80", nil), false
		p := run(t, t.Context(), Options{OnShutdown: []func(context.Context) error{
			func(context.Context) error { called = true; return nil },
		}}, srv)
		if err := srv.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		if err := p.wait(); err != nil || !called || p.ended != 0 {
			t.Errorf("the end is at %v with %v; hook called: %v", p.ended, err, called)
		}
	})
}

// Where the caller's context ends with the signal, that is still the first one.
func TestContextEndIsNotASignal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), key{}, "of the program"))
		srv := Server(":80", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			time.Sleep(10 * time.Second)
			if v := r.Context().Value(key{}); r.Context().Err() != nil || v != "of the program" {
				t.Errorf("the request's context: %v, %v", r.Context().Err(), v)
			}
		}))
		p := run(t, ctx, Options{}, srv)
		got := p.later(srv, "/")
		cancel(errors.New("enough"))
		p.signal()
		if err := <-got; err != nil {
			t.Errorf("the request in flight got %v", err)
		}
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		if events := p.events(); !strings.Contains(events, "0s log: draining reason=enough delay=5s") {
			t.Errorf("events:\n%s", events)
		}
	})
}

type key struct{}

func TestBaseContextIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		value, why := make(chan any, 1), make(chan error, 1)
		srv := Server(":80", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			value <- r.Context().Value(key{})
			<-r.Context().Done()
			why <- context.Cause(r.Context())
		}))
		srv.BaseContext = func(net.Listener) context.Context {
			return context.WithValue(context.Background(), key{}, "of the server")
		}
		p := run(t, context.WithValue(t.Context(), key{}, "of the program"), Options{}, srv)
		_ = p.later(srv, "/")
		if v := <-value; v != "of the server" {
			t.Errorf("the value is %v", v)
		}
		p.signal()
		if err := <-why; err != context.DeadlineExceeded || p.at() != 25*time.Second {
			t.Errorf("the context ended at %v by %v", p.at(), err)
		}
		_ = p.wait()
	})
}

// During the drain clients are asked to use another connection, but for those that ask for another
// protocol.
func TestDrainClosesKeptConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := Server(":80", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		p := run(t, t.Context(), Options{}, srv)
		tr := &http.Transport{DialContext: p.net[srv].Dial}
		defer tr.CloseIdleConnections()
		get := func(upgrade string) bool {
			req, _ := http.NewRequest("GET", "http://pipe/", nil)
			if upgrade != "" {
				req.Header.Set("Upgrade", upgrade)
			}
			resp, err := tr.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			return resp.Close
		}
		if get("") || get("") || p.net[srv].Dialed() != 1 {
			t.Errorf("without a drain %d connections were used", p.net[srv].Dialed())
		}
		p.signal()
		if get("chat") {
			t.Error("an upgrade was told to close")
		}
		if !get("") {
			t.Error("the connection is to be kept")
		}
		if !get("") || p.net[srv].Dialed() != 2 {
			t.Errorf("%d connections were used", p.net[srv].Dialed())
		}
		_ = p.wait()
	})
}

func TestWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := Server(":80", nil)
		var p *program
		p = run(t, t.Context(), Options{
			Workers: []func(context.Context) error{
				func(context.Context) error { return nil }, // nothing left to do
				func(ctx context.Context) error {
					<-ctx.Done()
					p.event("worker stops")
					time.Sleep(10 * time.Second) // what it has begun
					p.event("worker ends")
					return ctx.Err()
				},
			},
			OnShutdown: []func(context.Context) error{func(context.Context) error { p.event("hook"); return nil }},
		}, srv)
		time.Sleep(time.Minute)
		p.signal()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		events := p.events()
		for _, e := range []string{"1m0s worker stops", "1m10s worker ends\n1m10s hook"} {
			if !strings.Contains(events, e) {
				t.Errorf("events:\n%s\nwithout %q", events, e)
			}
		}
	})
}

func TestWorkerThatFailsStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, late := errors.New("broken"), errors.New("late")
		p := run(t, t.Context(), Options{Workers: []func(context.Context) error{
			func(context.Context) error { time.Sleep(time.Second); return broken },
			func(ctx context.Context) error { <-ctx.Done(); return late },
		}}, Server(":80", nil))
		err := p.wait()
		if !errors.Is(err, broken) || !errors.Is(err, late) || err.Error() != "worker 1: broken\nworker 2: late" {
			t.Errorf("the error is %v", err)
		}
		if p.ended != time.Second+DefaultDrainDelay {
			t.Errorf("the end is at %v", p.ended)
		}
	})
}

func TestWorkerThatIsToldOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := func(err func(context.Context) error) func(context.Context) error {
			return func(ctx context.Context) error { <-ctx.Done(); return fmt.Errorf("consume: %w", err(ctx)) }
		}
		p := run(t, t.Context(), Options{Workers: []func(context.Context) error{
			told(context.Context.Err), told(context.Cause), // which is what retry.Do returns
		}}, Server(":80", nil))
		p.signal()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		broken := errors.New("broken")
		p = run(t, t.Context(), Options{Workers: []func(context.Context) error{
			func(context.Context) error { return fmt.Errorf("query: %w", context.DeadlineExceeded) },
			func(ctx context.Context) error { <-ctx.Done(); return broken },
			func(context.Context) error { runtime.Goexit(); return nil },
		}})
		err := p.wait()
		for _, want := range []error{context.DeadlineExceeded, broken, errGoexit} {
			if !errors.Is(err, want) {
				t.Errorf("the error is %v, without %v", err, want)
			}
		}
	})
}

func TestClosedSignalsAreNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		p := run(t, ctx, Options{DrainDelay: -1}, Server(":80", nil))
		close(p.signals)
		if err := p.wait(); err != nil || p.ended != time.Minute {
			t.Errorf("the end is at %v with %v", p.ended, err)
		}
	})
}

func TestWorkerThatDoesNotEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		p := run(t, t.Context(), Options{Workers: []func(context.Context) error{
			func(context.Context) error { <-release; return errors.New("nobody hears this") },
		}}, Server(":80", nil))
		p.signal()
		err := p.wait()
		if !errors.Is(err, context.DeadlineExceeded) || !strings.HasPrefix(err.Error(), "worker 1: left behind") {
			t.Errorf("the error is %v", err)
		}
		if p.ended != 25*time.Second {
			t.Errorf("the end is at %v", p.ended)
		}
	})
}

func TestServerOutlivesTheWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := Server(":80", sleeper(t))
		p := run(t, t.Context(), Options{DrainDelay: -1, Workers: []func(context.Context) error{
			func(context.Context) error { return nil },
		}}, srv)
		time.Sleep(time.Hour)
		if status, err := p.get(srv, "/0s"); status != 200 {
			t.Errorf("the answer is %d, %v", status, err)
		}
		p.signal()
		if err := p.wait(); err != nil || p.ended != time.Hour {
			t.Errorf("the end is at %v with %v", p.ended, err)
		}
	})
}

func TestWithoutServers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := run(t, t.Context(), Options{Workers: []func(context.Context) error{
			func(context.Context) error { time.Sleep(time.Second); return nil },
			func(context.Context) error { time.Sleep(time.Minute); return nil },
		}})
		if err := p.wait(); err != nil || p.ended != time.Minute {
			t.Errorf("the end is at %v with %v", p.ended, err)
		}
		p = run(t, t.Context(), Options{Workers: []func(context.Context) error{
			func(ctx context.Context) error { <-ctx.Done(); return nil },
		}})
		p.signal()
		if err := p.wait(); err != nil || p.ended != 0 { // nobody to drain for
			t.Errorf("the end is at %v with %v", p.ended, err)
		}
		p = run(t, t.Context(), Options{})
		if err := p.wait(); err != nil || p.ended != 0 {
			t.Errorf("with nothing to do the end is at %v with %v", p.ended, err)
		}
	})
}

// The caller's server keeps what Run does not need.
func TestServerIsLeftAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := &http.Server{Addr: ":80"}
		p := run(t, t.Context(), Options{DrainDelay: -1}, srv)
		p.signal()
		if err := p.wait(); err != nil {
			t.Error(err)
		}
		if srv.ReadHeaderTimeout != 0 || srv.ReadTimeout != 0 || srv.WriteTimeout != 0 || srv.IdleTimeout != 0 {
			t.Errorf("the server has timeouts: %+v", srv)
		}
	})
}

func TestPhasesAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := Server(":80", sleeper(t))
		p := run(t, t.Context(), Options{DrainDelay: 2 * time.Second, ShutdownTimeout: time.Second}, srv)
		if status, err := p.get(srv, "/0s"); status != 200 { // and is not among the running ones
			t.Error(status, err)
		}
		got := p.later(srv, "/10s")
		p.signal()
		_ = p.wait()
		<-got
		time.Sleep(10 * time.Second) // for the handler, which heard nothing
		want := `0s log: serving addr=pipe
0s log: draining reason=signal: terminated delay=2s
2s log: shutting down timeout=1s handlers=1
3s log: stopped elapsed=3s err=server :80: cut off after 1s (handlers running: 1): context deadline exceeded`
		if events := p.events(); events != want {
			t.Errorf("the log is\n%s\nwant\n%s", events, want)
		}
	})
}
