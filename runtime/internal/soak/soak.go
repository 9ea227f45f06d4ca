package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/fault"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/resilience"
)

type config struct {
	total      time.Duration
	goroutines int
	seed       uint64
}

const (
	attemptTimeout = 200 * time.Millisecond
	overall        = time.Second
	// pause is between two calls of a goroutine: 64 of them make 12,800 calls a second at
	// most.
	pause = 5 * time.Millisecond
	// settle is how long what is left may take to end.
	settle = 5 * time.Second
)

// weather is what the dependency does in a phase.
type weather struct {
	name    string
	failing bool
	// closed holds the breaker closed, so that the retry budget has to do its work alone.
	closed bool
	rules  []fault.Rule
}

var phases = []weather{
	{name: "well"},
	{name: "slow", rules: []fault.Rule{fault.Latency(20*time.Millisecond, 100*time.Millisecond)}},
	{name: "flaky", rules: []fault.Rule{fault.Reset().Probability(0.05), fault.CutBody(40).Probability(0.05)}},
	{name: "hung", failing: true, rules: []fault.Rule{fault.Hang()}},
	{name: "down", failing: true, rules: []fault.Rule{fault.Refuse(), fault.Reset()}},
	{name: "down, no breaker", failing: true, closed: true, rules: []fault.Rule{fault.Refuse(), fault.Reset()}},
	{name: "well again"},
}

// rig is a client, its dependency, and the proxy in between.
type rig struct {
	client   *http.Client
	url      string
	proxy    *fault.Proxy
	breaker  *breaker.Breaker
	bulkhead *bulkhead.Bulkhead
	base     *meter

	attempts, transitions atomic.Int64
}

// soak runs all phases.
func soak(ctx context.Context, c config) (*result, error) {
	before := runtime.NumGoroutine()
	srv := httptest.NewServer(http.HandlerFunc(answer))
	proxy, err := fault.NewProxy(srv.Listener.Addr().String(), fault.Seed(c.seed))
	if err != nil {
		srv.Close()
		return nil, err
	}
	r := newRig(proxy)
	res := &result{config: c, limit: r.bulkhead.Max()}
	for _, w := range phases {
		if err := r.set(w); err != nil {
			return nil, err
		}
		res.phases = append(res.phases, r.run(ctx, w, c))
	}
	r.client.CloseIdleConnections()
	err = proxy.Close()
	srv.Close()
	res.mostAtOnce, res.transitions = r.base.most.Load(), r.transitions.Load()
	res.goroutines, res.connections = r.left(before)
	return res, err
}

// answer is the dependency. Some of its answers are longer than a cut leaves of them.
func answer(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	_, _ = w.Write(make([]byte, 2048))
}

func newRig(proxy *fault.Proxy) *rig {
	r := &rig{url: "http://" + proxy.Addr() + "/", proxy: proxy, base: newMeter()}
	watch := resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		switch e.Kind {
		case resilience.KindAttempt:
			if rejected := new(resilience.Rejected); !errors.As(e.Err, &rejected) {
				r.attempts.Add(1)
			}
		case resilience.KindTransition:
			r.transitions.Add(1)
		}
	})
	r.breaker = breaker.New("soak", breaker.Config{
		Timeout: attemptTimeout, Window: time.Second, OpenFor: 100 * time.Millisecond, MaxOpenFor: 400 * time.Millisecond,
		Observer: watch,
	})
	r.bulkhead = bulkhead.New("soak", bulkhead.Config{})
	r.client = httpclient.New("soak",
		httpclient.WithTransport(r.base), httpclient.WithObserver(watch),
		httpclient.WithBreaker(r.breaker), httpclient.WithBulkhead(r.bulkhead),
		httpclient.WithAttempt(attemptTimeout), httpclient.WithOverall(overall))
	return r
}

// set changes the weather.
func (r *rig) set(w weather) error {
	r.breaker.Reset()
	if w.closed {
		r.breaker.ForceClosed()
	}
	return r.proxy.Set(w.rules...)
}

// run sends requests for one phase's share of the time.
func (r *rig) run(ctx context.Context, w weather, c config) phase {
	over := time.Now().Add(c.total / time.Duration(len(phases)))
	before := r.attempts.Load()
	var calls, ok, open, full atomic.Int64
	var wg sync.WaitGroup
	for range c.goroutines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for ; time.Now().Before(over); time.Sleep(pause) {
				calls.Add(1)
				switch err := r.get(ctx); {
				case err == nil:
					ok.Add(1)
				case errors.Is(err, resilience.ErrOpen):
					open.Add(1)
				case errors.Is(err, resilience.ErrFull):
					full.Add(1)
				}
			}
		}()
	}
	wg.Wait()
	return phase{
		name: w.name, failing: w.failing,
		calls: calls.Load(), ok: ok.Load(), open: open.Load(), full: full.Load(), attempts: r.attempts.Load() - before,
	}
}

func (r *rig) get(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url, nil)
	if err != nil {
		return err
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// left waits until what was started has ended, and returns what has not.
func (r *rig) left(before int) (goroutines int, connections int64) {
	for end := time.Now().Add(settle); ; time.Sleep(pause) {
		goroutines, connections = max(0, runtime.NumGoroutine()-before), r.base.open.Load()
		if goroutines == 0 && connections == 0 || time.Now().After(end) {
			return goroutines, connections
		}
	}
}

// meter is the transport below the stack: it counts what is under way, and what is open.
type meter struct {
	http.Transport
	now, most, open atomic.Int64
}

func newMeter() *meter {
	m := &meter{}
	dialer := net.Dialer{Timeout: overall}
	m.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		m.open.Add(1)
		return &counted{Conn: conn, open: &m.open}, nil
	}
	m.MaxIdleConnsPerHost = bulkhead.DefaultMax
	return m
}

// RoundTrip counts a request from here to the end of its body.
func (m *meter) RoundTrip(req *http.Request) (*http.Response, error) {
	n := m.now.Add(1)
	for most := m.most.Load(); n > most && !m.most.CompareAndSwap(most, n); most = m.most.Load() {
	}
	resp, err := m.Transport.RoundTrip(req)
	if err != nil {
		m.now.Add(-1)
		return nil, err
	}
	resp.Body = &measured{ReadCloser: resp.Body, now: &m.now}
	return resp, nil
}

type measured struct {
	io.ReadCloser
	now  *atomic.Int64
	once sync.Once
}

func (b *measured) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.end()
	}
	return n, err
}

func (b *measured) Close() error {
	b.end()
	return b.ReadCloser.Close()
}

func (b *measured) end() { b.once.Do(func() { b.now.Add(-1) }) }

type counted struct {
	net.Conn
	open *atomic.Int64
	once sync.Once
}

func (c *counted) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}
