package compare

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var breakerRows = []row{
	{29, "opens at the rate, and only with enough calls", hasRate, opensAtRate},
	{30, "old calls leave the window", hasRate, oldCallsLeave},
	{31, "open: rejects without a call, and the error says until when", hasBreaker, openRejects},
	{32, "open becomes half-open in time, without traffic", hasBreaker, halfOpenInTime},
	{33, "half-open admits no more than its probes", hasBreaker, halfOpenAdmits},
	{34, "probes close it, or open it for longer", hasBreaker, probesDecide},
	{35, "an ignored probe gives its place back", hasBreaker, ignoredProbe},
	{36, "a probe that hangs loses its place", hasBreaker, hungProbe},
	{37, "panic: counted, place back, goes on", hasBreaker, panicInCall},
	{38, "Goexit in a probe: place back", hasBreaker, goexitInProbe},
	{39, "results of an older generation are ignored", hasBreaker, oldGeneration},
	{40, "callers that hang up do not open it, timeouts do", hasBreaker, callersFault},
	{41, "callbacks may call back, come in order, once, and may panic", hasCallbacks, callbacks},
}

func hasRate(l *library) bool      { return l.breaker != nil && l.rate }
func hasBreaker(l *library) bool   { return l.breaker != nil }
func hasCallbacks(l *library) bool { return l.breaker != nil && l.callbacks }

const (
	openFor = 5 * time.Second
	// surelyDue is when a breaker that opened for the first time is due, with jitter.
	surelyDue = openFor * 5 / 4
)

// opensAfter is a breaker with one probe that opens after that many failures.
func opensAfter(failures int) breakerConfig {
	return breakerConfig{failures: failures, openFor: openFor, probes: 1}
}

func fail(t *testing.T, n int, b *circuit) { repeat(t, n, b, errBoom) }

// repeat makes n calls that end with err.
func repeat(t *testing.T, n int, b *circuit, err error) {
	for range n {
		_ = b.do(t.Context(), func(context.Context) error { return err })
	}
}

// succeeds makes a call, and reports whether it was admitted.
func succeeds(t *testing.T, b *circuit) bool {
	return b.do(t.Context(), func(context.Context) error { return nil }) == nil
}

// halfOpened returns a breaker that has opened, and whose time to probe has come.
func halfOpened(t *testing.T, l *library, c breakerConfig) *circuit {
	b := l.breaker(c)
	fail(t, c.failures, b)
	time.Sleep(surelyDue)
	return b
}

// gate returns a call that lasts until it is ended: by the function, or else with the test.
func gate(t *testing.T) (wait call, end func()) {
	ended := make(chan struct{})
	end = sync.OnceFunc(func() { close(ended) })
	t.Cleanup(end)
	return func(context.Context) error { <-ended; return nil }, end
}

// hold makes a call that lasts until the test ends, and reports whether it was admitted.
func hold(t *testing.T, run runner) bool {
	var begun atomic.Bool
	wait, _ := gate(t)
	go func() {
		_ = run(t.Context(), func(ctx context.Context) error {
			begun.Store(true)
			return wait(ctx)
		})
	}()
	synctest.Wait()
	return begun.Load()
}

var errNotAdmitted = errors.New("a call that it has room for is rejected")

func opensAtRate(t *testing.T, l *library) error {
	b := l.breaker(breakerConfig{rate: true, openFor: openFor, probes: 1})
	fail(t, 19, b)
	if s := b.state(); s != "closed" {
		return fmt.Errorf("%s after 19 failures", s)
	}
	fail(t, 1, b)
	if s := b.state(); s != "open" {
		return fmt.Errorf("%s after 20 failures", s)
	}
	b = l.breaker(breakerConfig{rate: true, openFor: openFor, probes: 1})
	repeat(t, 30, b, nil)
	fail(t, 20, b)
	if s := b.state(); s != "closed" {
		return fmt.Errorf("%s after 20 failures of 50", s)
	}
	fail(t, 10, b)
	if s := b.state(); s != "open" {
		return fmt.Errorf("%s after 30 failures of 60", s)
	}
	return nil
}

func oldCallsLeave(t *testing.T, l *library) error {
	for _, c := range []struct {
		wait time.Duration
		want string
	}{{5 * time.Second, "open"}, {12 * time.Second, "closed"}} {
		b := l.breaker(breakerConfig{rate: true, openFor: openFor, probes: 1})
		fail(t, 19, b)
		time.Sleep(c.wait)
		fail(t, 1, b)
		if s := b.state(); s != c.want {
			return fmt.Errorf("%s after 19 failures, and one %v later", s, c.wait)
		}
	}
	return nil
}

func openRejects(t *testing.T, l *library) error {
	b := l.breaker(opensAfter(5))
	fail(t, 5, b)
	called := false
	err := b.do(t.Context(), func(context.Context) error { called = true; return nil })
	if called || err == nil {
		return fmt.Errorf("called %v, error %v", called, err)
	}
	if b.retryIn == nil {
		return fmt.Errorf("error %q does not say until when", err)
	}
	if in := b.retryIn(err); in <= 0 || in > surelyDue {
		return fmt.Errorf("retry in %v, of %v", in, openFor)
	}
	return nil
}

func halfOpenInTime(t *testing.T, l *library) error {
	b := halfOpened(t, l, opensAfter(5))
	if s := b.state(); s != "half-open" {
		return fmt.Errorf("%s after %v", s, surelyDue)
	}
	return nil
}

func halfOpenAdmits(t *testing.T, l *library) error {
	for _, probes := range []int{1, 3} {
		c := opensAfter(5)
		c.probes = probes
		b := halfOpened(t, l, c)
		var admitted atomic.Int64
		wait, _ := gate(t)
		for range 50 {
			go func() {
				_ = b.do(t.Context(), func(ctx context.Context) error {
					admitted.Add(1)
					return wait(ctx)
				})
			}()
		}
		synctest.Wait()
		if n := int(admitted.Load()); n != probes {
			return fmt.Errorf("%d of 50 calls admitted, instead of %d", n, probes)
		}
	}
	return nil
}

func probesDecide(t *testing.T, l *library) error {
	b := halfOpened(t, l, opensAfter(5))
	if !succeeds(t, b) || b.state() != "closed" {
		return fmt.Errorf("%s after a probe that succeeds", b.state())
	}
	b = halfOpened(t, l, opensAfter(5))
	fail(t, 1, b)
	if s := b.state(); s != "open" {
		return fmt.Errorf("%s after a probe that fails", s)
	}
	time.Sleep(surelyDue)
	if succeeds(t, b) {
		return errors.New("opened for as long as the first time")
	}
	time.Sleep(surelyDue)
	if !succeeds(t, b) {
		return errors.New("opened for more than twice as long")
	}
	return nil
}

func ignoredProbe(t *testing.T, l *library) error {
	b := halfOpened(t, l, opensAfter(5))
	repeat(t, 3, b, errIgnored)
	if s := b.state(); s != "half-open" {
		return fmt.Errorf("%s after probes that say nothing", s)
	}
	if !succeeds(t, b) || b.state() != "closed" {
		return fmt.Errorf("%s after probes that say nothing and one that succeeds", b.state())
	}
	return nil
}

// recovers reports whether a breaker admits a call within an hour.
func recovers(t *testing.T, b *circuit) bool {
	for range 60 {
		time.Sleep(time.Minute)
		if succeeds(t, b) {
			return true
		}
	}
	return false
}

func hungProbe(t *testing.T, l *library) error {
	b := halfOpened(t, l, opensAfter(5))
	if !hold(t, b.do) {
		return errNotAdmitted
	}
	if !recovers(t, b) {
		return fmt.Errorf("%s for more than an hour, because one probe hangs", b.state())
	}
	return nil
}

// panics makes a call that panics, and returns what becomes of that.
func panics(ctx context.Context, run runner) (v any) {
	defer func() { v = recover() }()
	_ = run(ctx, func(context.Context) error { panic("ouch") })
	return nil
}

func panicInCall(t *testing.T, l *library) error {
	b := l.breaker(opensAfter(5))
	for range 5 {
		if v := panics(t.Context(), b.do); v != "ouch" {
			return fmt.Errorf("the panic became %v", v)
		}
	}
	if s := b.state(); s != "open" {
		return fmt.Errorf("%s after 5 panics", s)
	}
	b = halfOpened(t, l, opensAfter(5))
	_ = panics(t.Context(), b.do)
	if !recovers(t, b) {
		return fmt.Errorf("%s for more than an hour after a probe that panicked", b.state())
	}
	return nil
}

func goexitInProbe(t *testing.T, l *library) error {
	b := halfOpened(t, l, opensAfter(5))
	var wg sync.WaitGroup
	wg.Go(func() { _ = b.do(t.Context(), func(context.Context) error { runtime.Goexit(); return nil }) })
	wg.Wait()
	if !recovers(t, b) {
		return fmt.Errorf("%s for more than an hour after a probe that ended its goroutine", b.state())
	}
	return nil
}

func oldGeneration(t *testing.T, l *library) error {
	b := l.breaker(opensAfter(5))
	wait, end := gate(t)
	ended := make(chan struct{})
	go func() { // begins while it is closed
		defer close(ended)
		_ = b.do(t.Context(), wait)
	}()
	synctest.Wait()
	fail(t, 5, b)
	time.Sleep(surelyDue)
	if !hold(t, b.do) { // a probe
		return errNotAdmitted
	}
	end()
	<-ended
	if s := b.state(); s != "half-open" {
		return fmt.Errorf("%s by the success of a call that began before it opened", s)
	}
	return nil
}

func callersFault(t *testing.T, l *library) error {
	b := l.breaker(opensAfter(6))
	for range 6 {
		ctx, cancel := context.WithCancel(t.Context())
		_ = b.do(ctx, func(ctx context.Context) error { cancel(); return ctx.Err() })
	}
	if s := b.state(); s != "closed" {
		return fmt.Errorf("%s after 6 callers have hung up", s)
	}
	for range 6 {
		_ = b.do(t.Context(), func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			<-ctx.Done()
			return ctx.Err()
		})
	}
	if s := b.state(); s != "open" {
		return fmt.Errorf("%s after 6 timeouts", s)
	}
	return nil
}
