package retry_test

import (
	"context"
	"errors"
	"io"
	"math"
	"net/url"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

// The behaviours of runtime/internal/conformance are not repeated here.

func TestErrorSaysWhatAndWhy(t *testing.T) {
	err := retry.Do(t.Context(), retry.Policy{Dep: "catalog", MaxAttempts: 2, Base: 1}, func(context.Context) error { return io.ErrUnexpectedEOF })
	if got, want := err.Error(), "catalog: unexpected EOF (gave up after 2 attempts: no attempts left)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	err = retry.Do(t.Context(), retry.Policy{Base: 1}, func(context.Context) error { return retry.After(io.EOF, time.Hour) })
	if got, want := err.Error(), "EOF (gave up after 1 attempt: the dependency asks for a longer wait than allowed)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// url.Error, which http.Client returns, asks its inner error alone.
func TestErrorKnowsTimeouts(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{{context.DeadlineExceeded, true}, {&resilience.TimeoutError{Err: io.EOF}, true}, {io.EOF, false}} {
		wrapped := &url.Error{Op: "Get", Err: &retry.Error{Err: c.err, Reason: retry.ErrAttempts}}
		if got := wrapped.Timeout(); got != c.want {
			t.Errorf("%v: timeout %v", c.err, got)
		}
	}
}

func TestMarksOfNil(t *testing.T) {
	if retry.Permanent(nil) != nil || retry.After(nil, time.Second) != nil {
		t.Error("a nil error was marked")
	}
	if retry.IsPermanent(io.EOF) || !retry.IsPermanent(retry.After(retry.Permanent(io.EOF), 0)) {
		t.Error("IsPermanent")
	}
	if err := retry.After(io.EOF, 0); !errors.Is(err, io.EOF) || err.Error() != "EOF" {
		t.Errorf("%v", err)
	}
}

// A Failure that is called a success by Classify is returned, not repeated.
func TestClassify(t *testing.T) {
	calls := 0
	notFound := errors.New("no such album")
	err := retry.Do(t.Context(), retry.Policy{Base: 1, Classify: func(err error) resilience.Outcome {
		if errors.Is(err, notFound) {
			return resilience.Success
		}
		return resilience.OutcomeOf(err)
	}}, func(context.Context) error {
		if calls++; calls == 1 {
			return io.EOF
		}
		return notFound
	})
	if calls != 2 || err != notFound {
		t.Errorf("%d calls, error %v", calls, err)
	}
}

func TestValueOfLastAttempt(t *testing.T) {
	n := 0
	v, err := retry.Value(t.Context(), retry.Policy{Base: 1}, func(context.Context) (int, error) {
		n++
		return n, io.EOF
	})
	if v != 3 || !errors.Is(err, io.EOF) {
		t.Errorf("%d, %v", v, err)
	}
}

func TestObserver(t *testing.T) {
	var got []resilience.Kind
	p := retry.Policy{Dep: "catalog", Base: 1, MaxAttempts: 2, Observer: resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		got = append(got, e.Kind)
		if e.Dep != "catalog" || e.Attempt == 0 {
			t.Errorf("event %+v", e)
		}
	})}
	_ = retry.Do(t.Context(), p, func(context.Context) error { return io.EOF })
	want := []resilience.Kind{resilience.KindAttempt, resilience.KindRetry, resilience.KindAttempt, resilience.KindGiveUp}
	if len(got) != len(want) {
		t.Fatalf("events %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("event %d: %v, want %v", i, got[i], want[i])
		}
	}
}

func TestRedeliver(t *testing.T) {
	for attempt, most := range map[int]time.Duration{
		-1: time.Second, 0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second,
		9: 256 * time.Second, 10: 5 * time.Minute, 1000: 5 * time.Minute, math.MaxInt: 5 * time.Minute,
	} {
		distinct := make(map[time.Duration]bool)
		for range 100 {
			d := retry.Redeliver(attempt)
			if d < most/2 || d > most {
				t.Fatalf("attempt %d: %v, want %v to %v", attempt, d, most/2, most)
			}
			distinct[d] = true
		}
		if len(distinct) < 90 {
			t.Errorf("attempt %d: only %d of 100 delays differ", attempt, len(distinct))
		}
	}
}

func TestBudgetValues(t *testing.T) {
	for _, c := range []struct{ tokens, ratio, want float64 }{
		{0, 0, 10}, {-1, -1, 10}, {math.NaN(), math.NaN(), 10}, {100, 1, 100}, {0.0001, 1, 0.001}, {math.Inf(1), 1, 1e12},
	} {
		if got := retry.NewBudget(c.tokens, c.ratio).Tokens(); got != c.want {
			t.Errorf("NewBudget(%v, %v) has %v tokens, want %v", c.tokens, c.ratio, got, c.want)
		}
	}
	b := retry.NewBudget(2, 0.5)
	for range 5 {
		b.Failure()
	}
	if got := b.Tokens(); got != 0 {
		t.Errorf("%v tokens after more failures than tokens", got)
	}
	for range 50 {
		b.Success()
	}
	if got := b.Tokens(); got != 2 {
		t.Errorf("%v tokens after more successes than it holds", got)
	}
	var none *retry.Budget
	none.Success()
	none.Failure()
}
