package fallback_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"

	"github.com/resilint/resilint/runtime/fallback"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

// When a fallback is called is row 50 of runtime/internal/conformance.

func down(context.Context) (string, error) { return "", io.ErrUnexpectedEOF }

func TestDegraded(t *testing.T) {
	if got := fallback.Degraded(t.Context()); got != nil {
		t.Errorf("without Track: %v", got)
	}
	ctx := fallback.Track(t.Context())
	if got := fallback.Degraded(ctx); len(got) != 0 {
		t.Errorf("before any call: %v", got)
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			child, cancel := context.WithCancel(ctx)
			defer cancel()
			_, _ = fallback.Value(child, fallback.Policy{Dep: fmt.Sprint("dep", i%2)}, down,
				func(context.Context, error) (string, error) { return "", nil })
		}()
	}
	wg.Wait()
	got := fallback.Degraded(ctx)
	slices.Sort(got)
	if !slices.Equal(got, []string{"dep0", "dep1"}) {
		t.Errorf("%v, want each once", got)
	}
}

func TestObserver(t *testing.T) {
	var got []resilience.Event
	p := fallback.Policy{Dep: "catalog", Observer: resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		got = append(got, e)
	})}
	_, _ = fallback.Value(t.Context(), p, down, func(context.Context, error) (string, error) { return "", nil })
	_, _ = fallback.Value(t.Context(), p, down, func(_ context.Context, err error) (string, error) { return "", err })
	if len(got) != 1 || got[0].Kind != resilience.KindDegrade || got[0].Err != io.ErrUnexpectedEOF {
		t.Errorf("events %+v: want one, for the fallback that answered", got)
	}
}

func TestStale(t *testing.T) {
	s := &fallback.Stale[string, int]{Policy: fallback.Policy{Dep: "prices"}, MaxEntries: 2}
	good := func(v int) func(context.Context) (int, error) {
		return func(context.Context) (int, error) { return v, nil }
	}
	bad := func(context.Context) (int, error) { return -1, io.EOF }
	ctx := fallback.Track(t.Context())

	if v, err := s.Value(ctx, "A1", bad); v != -1 || err != io.EOF {
		t.Errorf("nothing kept: %d, %v", v, err)
	}
	_, _ = s.Value(ctx, "A1", good(1))
	_, _ = s.Value(ctx, "A1", good(2))
	_, _ = s.Value(ctx, "B2", good(3))
	if len(fallback.Degraded(ctx)) != 0 {
		t.Error("degraded by answers that are real")
	}
	if v, err := s.Value(ctx, "A1", bad); v != 2 || err != nil {
		t.Errorf("kept: %d, %v; want the last good answer", v, err)
	}
	if got := fallback.Degraded(ctx); len(got) != 1 || got[0] != "prices" {
		t.Errorf("degraded: %v", got)
	}
	_, _ = s.Value(ctx, "C3", good(4)) // B2 was used longest ago
	if _, err := s.Value(ctx, "B2", bad); err != io.EOF {
		t.Errorf("B2 is kept beyond the bound: %v", err)
	}
	if v, _ := s.Value(ctx, "A1", bad); v != 2 {
		t.Errorf("A1 is lost: %d", v)
	}
	for _, err := range []error{context.Canceled, retry.Permanent(io.EOF)} {
		if _, got := s.Value(ctx, "A1", func(context.Context) (int, error) { return 0, err }); !errors.Is(got, err) {
			t.Errorf("%v: a stale answer", err)
		}
	}
}

func TestStaleConcurrent(t *testing.T) {
	s := &fallback.Stale[int, int]{MaxEntries: 10}
	var wg sync.WaitGroup
	for i := range 1000 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, err := s.Value(t.Context(), i%20, func(context.Context) (int, error) {
				if i%3 == 0 {
					return 0, io.EOF
				}
				return i % 20, nil
			})
			if err == nil && v != i%20 {
				t.Errorf("key %d: %d", i%20, v)
			}
		}()
	}
	wg.Wait()
}
