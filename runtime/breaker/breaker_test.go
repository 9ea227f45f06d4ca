package breaker_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/resilience"
)

// The behaviours of runtime/internal/conformance are not repeated here.

func TestAllow(t *testing.T) {
	b := breaker.New("catalog", breaker.Config{MinCalls: 3})
	for range 3 {
		call, err := b.Allow()
		if err != nil {
			t.Fatal(err)
		}
		call.Done(resilience.Failure)
		call.Done(resilience.Success) // only the first report counts
	}
	if ok, failed := b.Counts(); ok != 0 || b.State() != breaker.Open {
		t.Errorf("%v with %d successes and %d failures", b.State(), ok, failed)
	}
	call, err := b.Allow()
	if !errors.Is(err, resilience.ErrOpen) {
		t.Errorf("open, and Allow says %v", err)
	}
	call.Done(resilience.Failure) // harmless, for those who defer it before they look at err
}

func TestClassify(t *testing.T) {
	notFound := errors.New("not found")
	b := breaker.New("catalog", breaker.Config{MinCalls: 2, Classify: func(err error) resilience.Outcome {
		if errors.Is(err, notFound) {
			return resilience.Success
		}
		return resilience.OutcomeOf(err)
	}})
	for range 10 {
		if err := b.Do(t.Context(), func(context.Context) error { return notFound }); err != notFound {
			t.Fatal(err)
		}
	}
	if ok, failed := b.Counts(); ok != 10 || failed != 0 {
		t.Errorf("%d successes and %d failures", ok, failed)
	}
}

// The values of a Config that make no sense are the defaults, and none of them blocks every call.
func TestConfig(t *testing.T) {
	for name, c := range map[string]breaker.Config{
		"negative":     {Rate: -1, MinCalls: -1, Window: -1, OpenFor: -1, MaxOpenFor: -1, Probes: -1, Successes: -1, Timeout: -1},
		"rate above 1": {Rate: 7},
		"tiny":         {Window: 1, OpenFor: 1, MaxOpenFor: 1},
	} {
		b := breaker.New("", c)
		if err := b.Do(t.Context(), func(context.Context) error { return nil }); err != nil || b.State() != breaker.Closed {
			t.Errorf("%s: %v, %v", name, b.State(), err)
		}
	}
}

func TestRejectsAreObserved(t *testing.T) {
	var got []resilience.Event
	b := breaker.New("catalog", breaker.Config{Observer: resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		got = append(got, e)
	})})
	b.ForceOpen()
	_ = b.Do(t.Context(), func(context.Context) error { return nil })
	_, _ = b.Allow()
	if len(got) != 3 || got[1].Kind != resilience.KindReject || got[2].Kind != resilience.KindReject || got[2].Dep != "catalog" {
		t.Errorf("events %+v", got)
	}
}

// An observer that ends its goroutine takes nothing with it but itself.
func TestObserverGoexit(t *testing.T) {
	var events int
	b := breaker.New("", breaker.Config{Observer: resilience.ObserverFunc(func(context.Context, resilience.Event) {
		if events++; events == 1 {
			runtime.Goexit()
		}
	})})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		b.ForceOpen()
	}()
	wg.Wait()
	b.Reset()
	if events != 2 || b.State() != breaker.Closed {
		t.Errorf("%d events, %v", events, b.State())
	}
}

func TestStateStrings(t *testing.T) {
	for s, want := range map[breaker.State]string{
		breaker.Closed: "closed", breaker.Open: "open", breaker.HalfOpen: "half-open",
		breaker.ForcedOpen: "forced open", breaker.ForcedClosed: "forced closed", 99: "unknown",
	} {
		if s.String() != want {
			t.Errorf("%d: %q, want %q", s, s, want)
		}
	}
}
