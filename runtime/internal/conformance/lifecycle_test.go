//go:build go1.25

package conformance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/fault"
	"github.com/resilint/resilint/runtime/health"
	"github.com/resilint/resilint/runtime/internal/pipenet"
	"github.com/resilint/resilint/runtime/serve"
)

// The packages serve, health and fault have more tests of their own.
var lifecycleRows = []row{
	{60, "shutdown: not ready first, requests finish, hooks last to first, a second signal forces, hijacked are told", bubble(shutdown)},
	{61, "health: a slow check is bounded, 100 probes run it once", bubble(probes)},
	{62, "faults: the same seed, the same faults; none without rules", seeds},
}

const hijacked = "hijacked are told"

var quiet = slog.New(slog.DiscardHandler)

func shutdown(t *testing.T) {
	p := startProgram(t, time.Second)
	answer := p.get("/slow")
	synctest.Wait()
	p.signals <- syscall.SIGTERM
	synctest.Wait()
	if code := p.ready(); code != http.StatusServiceUnavailable {
		t.Errorf("after the signal readiness is %d", code)
	}
	if got := <-p.get("/fast"); got != "200 done" {
		t.Errorf("a request during the drain: %s", got)
	}
	if got := <-answer; got != "200 done" {
		t.Errorf("the request in flight: %s", got)
	}
	if err := <-p.ended; err != nil {
		t.Errorf("Run: %v", err)
	}
	synctest.Wait() // they are told on a goroutine of its own, by Shutdown
	hooks := p.log()
	told := slices.Index(hooks, hijacked)
	if told < 0 {
		t.Fatalf("%q: the hijacked are not told", hooks)
	}
	if hooks = slices.Delete(hooks, told, told+1); !slices.Equal(hooks, []string{"hook 2", "hook 1"}) {
		t.Errorf("hooks %q, want the last one first", hooks)
	}

	p = startProgram(t, time.Hour)
	answer = p.get("/slow")
	synctest.Wait()
	start := time.Now()
	p.signals <- syscall.SIGTERM
	p.signals <- syscall.SIGTERM
	if err := <-p.ended; !errors.Is(err, serve.ErrForced) || time.Since(start) >= serve.DefaultDrainDelay {
		t.Errorf("two signals: %v after %v", err, time.Since(start))
	}
	if got := <-answer; got == "200 done" {
		t.Error("an hour's request was answered")
	}
}

// program is one that serves, with one request that takes its time.
type program struct {
	listener  *pipenet.Listener
	readiness *health.Readiness
	signals   chan os.Signal
	ended     chan error

	mu     sync.Mutex
	events []string
}

func startProgram(t *testing.T, slow time.Duration) *program {
	p := &program{
		listener: pipenet.Listen(), readiness: health.Ready(),
		signals: make(chan os.Signal, 2), ended: make(chan error, 1),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/fast", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "done") })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(slow):
			_, _ = io.WriteString(w, "done")
		case <-r.Context().Done():
		}
	})
	srv := &http.Server{Handler: mux}
	srv.RegisterOnShutdown(func() { p.note(hijacked) })
	hook := func(n int) func(context.Context) error {
		return func(context.Context) error { p.note(fmt.Sprint("hook ", n)); return nil }
	}
	go func() {
		p.ended <- serve.Run(t.Context(), srv, serve.Options{
			Ready: p.readiness, Logger: quiet, Signals: p.signals, OnShutdown: []func(context.Context) error{hook(1), hook(2)},
			Listen: func(context.Context, *http.Server) (net.Listener, error) { return p.listener, nil },
		})
	}()
	synctest.Wait()
	return p
}

func (p *program) note(event string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.events = append(p.events, event)
}

func (p *program) log() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.events)
}

// get sends a request on a connection of its own, and returns its status and body, or its error.
func (p *program) get(path string) <-chan string {
	answer := make(chan string, 1)
	go func() {
		base := &http.Transport{DialContext: p.listener.Dial, DisableKeepAlives: true}
		resp, err := (&http.Client{Transport: base}).Get("http://program" + path)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answer <- fmt.Sprintf("%d %s", resp.StatusCode, body)
	}()
	return answer
}

func (p *program) ready() int {
	w := httptest.NewRecorder()
	p.readiness.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	return w.Code
}

func probes(t *testing.T) {
	var runs atomic.Int64
	release := make(chan struct{})
	ready := health.Ready(health.Check{Name: "db", Run: func(context.Context) error {
		runs.Add(1)
		<-release // whatever its context says
		return nil
	}})
	ready.Logger = quiet
	start := time.Now()
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			w := httptest.NewRecorder()
			ready.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
			if w.Code != http.StatusServiceUnavailable {
				t.Errorf("status %d while its check hangs", w.Code)
			}
		})
	}
	wg.Wait()
	if d := time.Since(start); runs.Load() != 1 || d < 2*time.Second || d > 3*time.Second {
		t.Errorf("100 probes ran the check %d times and took %v, want once, and little more than 2s", runs.Load(), d)
	}
	close(release)
}

func seeds(t *testing.T) {
	ok := roundTrip(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody}, nil
	})
	faults := func(options ...fault.Option) string {
		tr := fault.Transport(t, ok, options...)
		var got []byte
		for range 200 {
			resp, err := tr.RoundTrip(httptest.NewRequest(http.MethodGet, url, nil))
			switch {
			case err != nil:
				got = append(got, 'x')
			case resp.StatusCode != http.StatusOK:
				got = append(got, '5')
			default:
				got = append(got, '.')
			}
		}
		return string(got)
	}
	rules := []fault.Option{fault.Seed(7), fault.Reset().Probability(0.3), fault.Status(503).Probability(0.3)}
	one, two := faults(rules...), faults(rules...)
	if one != two {
		t.Errorf("the same seed, and other faults:\n%s\n%s", one, two)
	}
	if other := faults(append(rules, fault.Seed(8))...); other == one {
		t.Error("another seed, and the same faults")
	}
	if none := faults(fault.Seed(7)); none != faults() || slices.Contains([]byte(none), 'x') || slices.Contains([]byte(none), '5') {
		t.Errorf("faults without rules: %s", none)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
