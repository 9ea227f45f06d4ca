//go:build go1.25

package conformance

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/resilience"
)

var breakerRows = []row{
	{29, "opens at the rate, and only with enough calls", bubble(opensAtRate)},
	{30, "old calls leave the window", bubble(oldCallsLeave)},
	{31, "open: rejects without a call, says until when", bubble(openRejects)},
	{32, "open becomes half-open in time, without traffic", bubble(halfOpenInTime)},
	{33, "half-open admits no more than its probes", bubble(halfOpenAdmits)},
	{34, "probes close it, or open it for longer", bubble(probesDecide)},
	{35, "an ignored probe gives its place back", bubble(ignoredProbe)},
	{36, "a probe that hangs loses its place", bubble(hungProbe)},
	{37, "panic: counted, place back, goes on", bubble(panicInCall)},
	{38, "Goexit in a probe: place back", bubble(goexitInProbe)},
	{39, "results of an older generation are ignored", bubble(oldGeneration)},
	{40, "callers that hang up do not open it, timeouts do", bubble(callersFault)},
	{41, "observers may call back, in order, once, and panic", bubble(observers)},
	{42, "forced open, forced closed, reset", bubble(forced)},
}

func fail(context.Context) error    { return errBoom }
func succeed(context.Context) error { return nil }

// times calls f through b n times.
func times(t *testing.T, n int, b *breaker.Breaker, f func(context.Context) error) {
	t.Helper()
	for range n {
		_ = b.Do(t.Context(), f)
	}
}

// opened returns a breaker that has just opened.
func opened(t *testing.T, c breaker.Config) *breaker.Breaker {
	t.Helper()
	b := breaker.New("catalog", c)
	times(t, 20, b, fail)
	state(t, b, breaker.Open)
	return b
}

// halfOpened returns a breaker that is half-open.
func halfOpened(t *testing.T, c breaker.Config) *breaker.Breaker {
	t.Helper()
	b := opened(t, c)
	time.Sleep(breaker.DefaultOpenFor * 6 / 5)
	state(t, b, breaker.HalfOpen)
	return b
}

func state(t *testing.T, b *breaker.Breaker, want breaker.State) {
	t.Helper()
	if got := b.State(); got != want {
		t.Fatalf("the breaker is %v, want %v", got, want)
	}
}

func opensAtRate(t *testing.T) {
	b := breaker.New("", breaker.Config{})
	times(t, 19, b, fail)
	state(t, b, breaker.Closed) // 19 of 19 are too few
	times(t, 1, b, fail)
	state(t, b, breaker.Open)

	b = breaker.New("", breaker.Config{})
	times(t, 51, b, succeed)
	times(t, 50, b, fail)
	state(t, b, breaker.Closed) // 50 of 101
	times(t, 1, b, fail)
	state(t, b, breaker.Open) // 51 of 102
}

func oldCallsLeave(t *testing.T) {
	b := breaker.New("", breaker.Config{})
	times(t, 19, b, fail)
	time.Sleep(breaker.DefaultWindow / 2)
	if _, failed := b.Counts(); failed != 19 {
		t.Errorf("%d failures in the window, want 19", failed)
	}
	time.Sleep(breaker.DefaultWindow / 2)
	times(t, 1, b, fail)
	state(t, b, breaker.Closed)
	if ok, failed := b.Counts(); ok != 0 || failed != 1 {
		t.Errorf("%d successes and %d failures in the window, want only the last", ok, failed)
	}
}

func openRejects(t *testing.T) {
	b := opened(t, breaker.Config{})
	called := false
	err := b.Do(t.Context(), func(context.Context) error { called = true; return nil })
	var r *resilience.Rejected
	if called || !errors.As(err, &r) || !errors.Is(err, resilience.ErrOpen) || r.Dep != "catalog" {
		t.Fatalf("called %v, error %v", called, err)
	}
	if in := r.RetryIn(); in < breaker.DefaultOpenFor*4/5 || in > breaker.DefaultOpenFor*6/5 {
		t.Errorf("retry in %v, want 5s give or take a fifth", in)
	}
	time.Sleep(time.Second)
	before := r.RetryIn()
	time.Sleep(time.Second)
	if got := before - r.RetryIn(); got != time.Second {
		t.Errorf("a second later, RetryIn is %v less", got)
	}
}

func halfOpenInTime(t *testing.T) {
	b := opened(t, breaker.Config{})
	time.Sleep(breaker.DefaultOpenFor*4/5 - 1)
	state(t, b, breaker.Open)
	time.Sleep(breaker.DefaultOpenFor*2/5 + 1)
	state(t, b, breaker.HalfOpen)
}

func halfOpenAdmits(t *testing.T) {
	for _, probes := range []int{1, 3} {
		b := halfOpened(t, breaker.Config{Probes: probes})
		admitted, release := 0, make(chan struct{})
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				_ = b.Do(t.Context(), func(context.Context) error {
					mu.Lock()
					admitted++
					mu.Unlock()
					<-release
					return nil
				})
			})
		}
		synctest.Wait()
		if admitted != probes {
			t.Errorf("%d of 50 calls admitted, want %d", admitted, probes)
		}
		close(release)
		wg.Wait()
	}
}

func probesDecide(t *testing.T) {
	b := halfOpened(t, breaker.Config{})
	times(t, 2, b, succeed)
	state(t, b, breaker.HalfOpen)
	times(t, 1, b, succeed)
	state(t, b, breaker.Closed)
	if ok, failed := b.Counts(); ok != 0 || failed != 0 {
		t.Errorf("closed again, it remembers %d successes and %d failures", ok, failed)
	}

	b = halfOpened(t, breaker.Config{})
	for _, openFor := range []time.Duration{10, 20, 40, 60, 60} { // seconds
		times(t, 1, b, fail)
		state(t, b, breaker.Open)
		var r *resilience.Rejected
		_ = errors.As(b.Do(t.Context(), succeed), &r)
		least, most := openFor*time.Second*4/5, min(openFor*time.Second*6/5, breaker.DefaultMaxOpenFor)
		if in := r.RetryIn(); in < least || in > most {
			t.Errorf("reopened for %v, want %v to %v", in, least, most)
		}
		time.Sleep(r.RetryIn())
		state(t, b, breaker.HalfOpen)
	}
	times(t, 3, b, succeed)
	times(t, 20, b, fail)
	var r *resilience.Rejected
	_ = errors.As(b.Do(t.Context(), succeed), &r)
	if in := r.RetryIn(); in > breaker.DefaultOpenFor*6/5 {
		t.Errorf("after it had closed, it opened for %v: that is not the first time again", in)
	}
}

func ignoredProbe(t *testing.T) {
	b := halfOpened(t, breaker.Config{})
	times(t, 5, b, func(context.Context) error { return context.Canceled })
	state(t, b, breaker.HalfOpen)
	times(t, 3, b, succeed)
	state(t, b, breaker.Closed)
}

func hungProbe(t *testing.T) {
	b := halfOpened(t, breaker.Config{})
	release, done := make(chan struct{}), make(chan error)
	go func() { done <- b.Do(t.Context(), func(context.Context) error { <-release; return nil }) }()
	synctest.Wait()
	time.Sleep(breaker.DefaultTimeout + time.Second - 1)
	state(t, b, breaker.HalfOpen)
	time.Sleep(1)
	state(t, b, breaker.Open)
	time.Sleep(2 * breaker.DefaultOpenFor * 6 / 5)
	state(t, b, breaker.HalfOpen)
	times(t, 2, b, succeed)
	close(release) // its late success is history
	<-done
	state(t, b, breaker.HalfOpen)
	times(t, 1, b, succeed)
	state(t, b, breaker.Closed)
}

// panics calls b with a function that panics, and returns the panic.
func panics(ctx context.Context, b *breaker.Breaker) (v any) {
	defer func() { v = recover() }()
	_ = b.Do(ctx, func(context.Context) error { panic("ouch") })
	return nil
}

func panicInCall(t *testing.T) {
	b := breaker.New("", breaker.Config{})
	for range 20 {
		if v := panics(t.Context(), b); v != "ouch" {
			t.Fatalf("the panic became %v", v)
		}
	}
	state(t, b, breaker.Open)
	b = halfOpened(t, breaker.Config{})
	_ = panics(t.Context(), b)
	state(t, b, breaker.Open)
}

func goexitInProbe(t *testing.T) {
	b := halfOpened(t, breaker.Config{})
	var wg sync.WaitGroup
	wg.Go(func() { _ = b.Do(t.Context(), func(context.Context) error { runtime.Goexit(); return nil }) })
	wg.Wait()
	state(t, b, breaker.Open)
	time.Sleep(2 * breaker.DefaultOpenFor * 6 / 5)
	times(t, 3, b, succeed)
	state(t, b, breaker.Closed)
}

func oldGeneration(t *testing.T) {
	b := breaker.New("", breaker.Config{})
	slow := make(chan error)
	done := make(chan struct{})
	for range 3 { // begun while it is closed
		go func() {
			_ = b.Do(t.Context(), func(context.Context) error { return <-slow })
			done <- struct{}{}
		}()
	}
	synctest.Wait()
	times(t, 20, b, fail)
	time.Sleep(breaker.DefaultOpenFor * 6 / 5)
	state(t, b, breaker.HalfOpen)
	for range 3 {
		slow <- nil
		<-done
	}
	state(t, b, breaker.HalfOpen) // three successes, but not of probes
	times(t, 1, b, fail)
	state(t, b, breaker.Open)
}

func callersFault(t *testing.T) {
	few := breaker.Config{MinCalls: 6}
	b := breaker.New("", few)
	times(t, 6, b, func(context.Context) error { return context.Canceled })
	for range 6 { // hung up, and the library hides it
		ctx, cancel := context.WithCancel(t.Context())
		_ = b.Do(ctx, func(context.Context) error { cancel(); return errors.New("operation was canceled") })
	}
	for range 6 { // no time left
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		_ = b.Do(ctx, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		cancel()
	}
	if ok, failed := b.Counts(); ok != 0 || failed != 0 {
		t.Errorf("counted %d successes and %d failures, want none", ok, failed)
	}
	state(t, b, breaker.Closed)

	for name, call := range map[string]func(context.Context) error{
		"own timeout": func(ctx context.Context) error {
			own, cancel := resilience.WithTimeout(ctx, time.Second)
			defer cancel()
			<-own.Done()
			return own.Err()
		},
		"caller's deadline, after half of the usual time": func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		},
	} {
		b := breaker.New("", few)
		for range 6 {
			ctx, cancel := context.WithTimeout(t.Context(), 1600*time.Millisecond)
			_ = b.Do(ctx, call)
			cancel()
		}
		if got := b.State(); got != breaker.Open {
			t.Errorf("%s: %v, want open", name, got)
		}
	}
}

func observers(t *testing.T) {
	var b *breaker.Breaker
	var got []string
	b = breaker.New("catalog", breaker.Config{Observer: resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		if e.Kind != resilience.KindTransition {
			return
		}
		_ = b.State() // these would deadlock under the breaker's lock
		_, _ = b.Counts()
		got = append(got, e.From+" → "+e.To)
		if e.To == "half-open" {
			b.ForceOpen() // comes after this one, however it is nested
		}
		panic("an observer must not break a call")
	})})
	times(t, 25, b, fail)
	time.Sleep(breaker.DefaultOpenFor * 6 / 5)
	times(t, 2, b, succeed)
	b.Reset()
	b.Reset()
	want := []string{"closed → open", "open → half-open", "half-open → forced open", "forced open → closed"}
	if !slices.Equal(got, want) {
		t.Errorf("transitions %q, want %q", got, want)
	}
}

func forced(t *testing.T) {
	b := breaker.New("", breaker.Config{})
	b.ForceOpen()
	time.Sleep(24 * time.Hour)
	state(t, b, breaker.ForcedOpen)
	err := b.Do(t.Context(), succeed)
	var r *resilience.Rejected
	if !errors.As(err, &r) || r.RetryIn() != 0 {
		t.Errorf("forced open: %v", err)
	}
	b.ForceClosed()
	times(t, 1000, b, fail)
	state(t, b, breaker.ForcedClosed)
	b.Reset()
	state(t, b, breaker.Closed)
	times(t, 20, b, fail)
	state(t, b, breaker.Open)
	b.Reset()
	if err := b.Do(t.Context(), succeed); err != nil {
		t.Errorf("after Reset: %v", err)
	}
	if got := fmt.Sprint(b.Counts()); got != "1 0" {
		t.Errorf("after Reset it counts %s", got)
	}
}
