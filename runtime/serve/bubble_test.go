//go:build go1.25

package serve

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/health"
	"github.com/resilint/resilint/runtime/internal/pipenet"
)

// A program is one that calls All, in a bubble: its time is fake, its network in memory, and its
// signals come from a channel.
type program struct {
	t       *testing.T
	began   time.Time
	signals chan os.Signal
	net     map[*http.Server]*pipenet.Listener
	done    chan struct{}

	err   error         // of All, after done
	ended time.Duration // when All returned

	mu  sync.Mutex
	log []string
}

func run(t *testing.T, ctx context.Context, o Options, servers ...*http.Server) *program {
	t.Helper()
	p := &program{
		t: t, began: time.Now(), signals: make(chan os.Signal, 2), done: make(chan struct{}),
		net: make(map[*http.Server]*pipenet.Listener),
	}
	for _, srv := range servers {
		p.net[srv] = pipenet.Listen()
	}
	o.Listen = func(_ context.Context, srv *http.Server) (net.Listener, error) { return p.net[srv], nil }
	o.Logger, o.Signals = slog.New(p), p.signals
	go func() {
		defer close(p.done)
		p.err = All(ctx, o, servers...)
		p.ended = p.at()
	}()
	synctest.Wait()
	return p
}

// at returns how old the program is.
func (p *program) at() time.Duration { return time.Since(p.began) }

// event writes down that something happened, and when.
func (p *program) event(s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = append(p.log, p.at().String()+" "+s)
}

// events returns what has happened.
func (p *program) events() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.log, "\n")
}

func (p *program) signal() {
	synctest.Wait() // until connections that are over are closed: Shutdown would poll for them
	p.signals <- syscall.SIGTERM
	synctest.Wait()
}

// wait waits for All's result.
func (p *program) wait() error {
	<-p.done
	return p.err
}

// A program is its own log: the lines are among the events.
func (p *program) Enabled(context.Context, slog.Level) bool { return true }
func (p *program) WithAttrs([]slog.Attr) slog.Handler       { return p }
func (p *program) WithGroup(string) slog.Handler            { return p }
func (p *program) Handle(_ context.Context, r slog.Record) error {
	line := "log: " + r.Message
	r.Attrs(func(a slog.Attr) bool {
		line += " " + a.String()
		return true
	})
	p.event(line)
	return nil
}

// get asks over a connection of its own.
func (p *program) get(srv *http.Server, path string) (status int, err error) {
	tr := &http.Transport{DialContext: p.net[srv].Dial, DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: tr}).Get("http://pipe" + path)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, err
}

// later is get on a goroutine of its own. The request is being handled when it returns.
func (p *program) later(srv *http.Server, path string) <-chan error {
	c := make(chan error, 1)
	go func() {
		status, err := p.get(srv, path)
		if err == nil && status != http.StatusOK {
			err = errors.New(http.StatusText(status))
		}
		c <- err
	}()
	synctest.Wait()
	return c
}

// sleeper answers after the time that is the request's path, whatever happens.
func sleeper(t *testing.T) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		d, err := time.ParseDuration(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		time.Sleep(d)
	})
}

// patient answers when the request's context ends, and says on the channel why it did.
func patient() (http.Handler, <-chan error) {
	c := make(chan error, 1)
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		c <- context.Cause(r.Context())
	}), c
}

// Row 60 of the conformance table.
func TestConformance60(t *testing.T) {
	t.Run("readiness fails before the listener closes", func(t *testing.T) {
		synctest.Test(t, readinessFailsFirst)
	})
	t.Run("requests in flight finish", func(t *testing.T) { synctest.Test(t, inFlightFinish) })
	t.Run("hooks are called last to first", func(t *testing.T) { synctest.Test(t, hooksLastToFirst) })
	t.Run("a second signal forces", func(t *testing.T) { synctest.Test(t, secondSignal) })
	t.Run("hijacked connections are told", func(t *testing.T) { synctest.Test(t, hijackedAreTold) })
}

func readinessFailsFirst(t *testing.T) {
	ready := health.Ready()
	mux := http.NewServeMux()
	mux.Handle("/livez", health.Live())
	mux.Handle("/readyz", ready)
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {})
	srv := Server(":80", mux)
	p := run(t, t.Context(), Options{Ready: ready}, srv)
	expect := func(path string, want int) {
		t.Helper()
		if got, err := p.get(srv, path); got != want {
			t.Errorf("%v: GET %s is %d, %v; want %d", p.at(), path, got, err, want)
		}
	}
	expect("/readyz", 200)
	time.Sleep(time.Minute)
	p.signal()
	for range 2 { // at once, and at the very end of the drain
		expect("/readyz", 503)
		expect("/livez", 200)
		expect("/", 200)
		time.Sleep(DefaultDrainDelay - 1)
	}
	time.Sleep(1)
	synctest.Wait()
	if got, err := p.get(srv, "/"); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the drain GET / is %d, %v", got, err)
	}
	if err := p.wait(); err != nil || p.ended != time.Minute+DefaultDrainDelay {
		t.Errorf("the end is at %v with %v", p.ended, err)
	}
}

func inFlightFinish(t *testing.T) {
	why := make(chan error, 1)
	srv := Server(":80", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		time.Sleep(DefaultDrainDelay + DefaultShutdownTimeout - time.Second)
		why <- r.Context().Err()
	}))
	hooked := time.Duration(0)
	var p *program
	p = run(t, t.Context(), Options{OnShutdown: []func(context.Context) error{
		func(context.Context) error { hooked = p.at(); return nil },
	}}, srv)
	got := p.later(srv, "/")
	p.signal()
	if err := <-got; err != nil {
		t.Errorf("the request in flight got %v", err)
	}
	if err := <-why; err != nil {
		t.Errorf("its context ended: %v", err)
	}
	answered := p.at()
	if err := p.wait(); err != nil || hooked < answered {
		t.Errorf("the hook was called at %v, the request answered at %v, the error is %v", hooked, answered, err)
	}
}

func hooksLastToFirst(t *testing.T) {
	srv := Server(":80", nil)
	broken := errors.New("broken")
	var p *program
	hook := func(name string, err error) func(context.Context) error {
		return func(ctx context.Context) error {
			at, _ := ctx.Deadline()
			time.Sleep(2 * time.Second)
			p.event(name + ", " + time.Until(at).String() + " left")
			return err
		}
	}
	p = run(t, t.Context(), Options{DrainDelay: time.Second, OnShutdown: []func(context.Context) error{
		hook("database", nil),
		hook("cache", broken),
		func(context.Context) error { panic("oh") },
		hook("traces", context.Canceled), // its own business
	}}, srv)
	p.signal()
	err := p.wait()
	if !errors.Is(err, broken) || !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	for _, line := range []string{"shutdown hook 2: broken", "shutdown hook 3: panic: oh", "shutdown hook 4: context canceled"} {
		if !strings.Contains(err.Error(), line) {
			t.Errorf("the error is %v, without %q", err, line)
		}
	}
	want := "3s traces, 18s left\n5s cache, 16s left\n7s database, 14s left"
	if events := p.events(); !strings.Contains(events, want) {
		t.Errorf("events:\n%s\nwant among them:\n%s", events, want)
	}
}

func secondSignal(t *testing.T) {
	h, why := patient()
	srv := Server(":80", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		time.Sleep(time.Millisecond) // what returns at once may still be answered
	}))
	var ended error
	p := run(t, t.Context(), Options{OnShutdown: []func(context.Context) error{
		func(ctx context.Context) error { ended = context.Cause(ctx); return nil },
	}}, srv)
	got := p.later(srv, "/")
	p.signal()
	time.Sleep(time.Second)
	p.signal()
	if err := <-got; err == nil {
		t.Error("the request in flight was answered")
	}
	if err := <-why; err != ErrForced {
		t.Errorf("its context ended by %v", err)
	}
	err := p.wait()
	if !errors.Is(err, ErrForced) || !strings.Contains(err.Error(), "server :80: cut off after 0s (handlers running: 1)") {
		t.Errorf("the error is %v", err)
	}
	if p.ended != time.Second || ended != ErrForced {
		t.Errorf("the end is at %v; the hook's context ended by %v", p.ended, ended)
	}
	time.Sleep(time.Millisecond) // for the handler
}

func hijackedAreTold(t *testing.T) {
	closing := make(chan struct{})
	why := make(chan error, 1)
	srv := Server(":80", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		<-closing
		_, _ = io.WriteString(c, "going away\n")
		<-r.Context().Done()
		why <- r.Context().Err()
	}))
	var p *program
	srv.RegisterOnShutdown(func() { p.event("told"); close(closing) })
	p = run(t, t.Context(), Options{}, srv)
	c, err := p.net[srv].Dial(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go func() { _, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: pipe\r\nUpgrade: chat\r\n\r\n") }()
	synctest.Wait()
	p.signal()
	if line, err := bufio.NewReader(c).ReadString('\n'); line != "going away\n" {
		t.Errorf("the client reads %q, %v", line, err)
	}
	if err := p.wait(); err != nil || p.ended != DefaultDrainDelay {
		t.Errorf("the end is at %v with %v", p.ended, err)
	}
	if events := p.events(); !strings.Contains(events, "5s told") {
		t.Errorf("events:\n%s", events)
	}
	if err := <-why; err != context.Canceled {
		t.Errorf("the context of the hijacked request: %v", err)
	}
}
