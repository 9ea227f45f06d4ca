//go:build go1.25

package conformance

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

var errBoom = errors.New("boom")

var retryRows = []row{
	{1, "cancelled before start: not called", bubble(cancelledBefore)},
	{2, "cancelled during the wait: returns at once", bubble(cancelledDuringWait)},
	{3, "cancelled during an attempt: not repeated", bubble(cancelledDuringAttempt)},
	{4, "attempts exact, no wait after the last", bubble(attemptsExact)},
	{5, "delay does not overflow", bubble(noOverflow)},
	{6, "delay never above the cap", bubble(neverAboveCap)},
	{7, "full jitter is uniform", bubble(uniform)},
	{8, "a wait beyond the deadline is not begun", bubble(waitBeyondDeadline)},
	{9, "error is the last one and the cause", bubble(lastErrorAndCause)},
	{10, "permanent: one attempt, reported as it is", bubble(permanentOnce)},
	{11, "dropped results are closed, before the wait", bubble(droppedAreClosed)},
	{27, "a rejection ends the retry at once", bubble(rejectionEndsRetry)},
	{28, "nested retries do not multiply", bubble(nestedRetries)},
}

// failing counts how often it is called, and fails.
type failing struct {
	calls int
	at    []time.Duration
	start time.Time
}

func newFailing() *failing { return &failing{start: time.Now()} }

func (f *failing) call(context.Context) error {
	f.calls++
	f.at = append(f.at, time.Since(f.start))
	return errBoom
}

func cancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("user left")
	cancel(cause)
	f := newFailing()
	err := retry.Do(ctx, retry.Policy{}, f.call)
	if f.calls != 0 || !errors.Is(err, cause) {
		t.Errorf("%d calls, error %v; want none, and the cause", f.calls, err)
	}
}

func cancelledDuringWait(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	f := newFailing()
	time.AfterFunc(time.Nanosecond, cancel)
	start := time.Now()
	// Waits are random, from nothing up: many tries make sure that one of them is cut short.
	err := retry.Do(ctx, retry.Policy{MaxAttempts: 1000, Base: time.Hour, Cap: time.Hour}, f.call)
	if waited := time.Since(start); waited > 5*time.Millisecond {
		t.Errorf("returned %v after it was cancelled", waited)
	}
	if f.calls != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, errBoom) {
		t.Errorf("%d calls, error %v; want one, and both reasons", f.calls, err)
	}
}

func cancelledDuringAttempt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := retry.Do(ctx, retry.Policy{}, func(context.Context) error {
		calls++
		cancel()
		return errBoom
	})
	if calls != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, errBoom) {
		t.Errorf("%d calls, error %v", calls, err)
	}
}

func attemptsExact(t *testing.T) {
	for policy, want := range map[int]int{0: 3, 1: 1, 2: 2, 7: 7, -5: 1} {
		f := newFailing()
		err := retry.Do(t.Context(), retry.Policy{MaxAttempts: policy}, f.call)
		if f.calls != want {
			t.Errorf("MaxAttempts %d: %d calls, want %d", policy, f.calls, want)
		}
		if end := time.Since(f.start); end != f.at[len(f.at)-1] {
			t.Errorf("MaxAttempts %d: waited %v after the last attempt", policy, end-f.at[len(f.at)-1])
		}
		if !errors.Is(err, errBoom) || want > 1 && !errors.Is(err, retry.ErrAttempts) {
			t.Errorf("MaxAttempts %d: error %v", policy, err)
		}
	}
}

// delays returns the waits of a policy, as its observer is told of them.
func delays(t *testing.T, p retry.Policy) []time.Duration {
	var ds []time.Duration
	p.Observer = resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
		if e.Kind == resilience.KindRetry {
			ds = append(ds, e.Delay)
		}
	})
	f := newFailing()
	_ = retry.Do(t.Context(), p, f.call)
	for i, d := range ds {
		if gap := f.at[i+1] - f.at[i]; gap != d {
			t.Fatalf("attempt %d came after %v, but the observer was told %v", i+2, gap, d)
		}
	}
	return ds
}

func noOverflow(t *testing.T) {
	for _, base := range []time.Duration{1, time.Second, math.MaxInt64} {
		ds := delays(t, retry.Policy{MaxAttempts: 200, Base: base, Cap: time.Minute})
		if len(ds) != 199 {
			t.Fatalf("%d waits, want 199", len(ds))
		}
		long := 0
		for _, d := range ds[100:] {
			if d > time.Second {
				long++
			}
			if d < 0 || d > time.Minute {
				t.Errorf("base %v: a wait of %v", base, d)
			}
		}
		if long < 50 { // of 99, nearly all are
			t.Errorf("base %v: only %d of the last 99 waits exceed 1s: they wrapped", base, long)
		}
	}
}

func neverAboveCap(t *testing.T) {
	var longest time.Duration
	for _, d := range delays(t, retry.Policy{MaxAttempts: 5000, Base: time.Millisecond, Cap: 10 * time.Millisecond}) {
		longest = max(longest, d)
	}
	if longest > 10*time.Millisecond || longest < 9*time.Millisecond {
		t.Errorf("the longest of 5000 waits is %v, want just below 10ms", longest)
	}
}

// uniform compares the waits with the uniform distribution (Kolmogorov and Smirnov): with 2000
// samples a statistic above 0.0436 has a probability of one in a thousand, above 0.06 of one in a
// million.
func uniform(t *testing.T) {
	const n, limit = 2000, 0.06
	top := 100 * time.Millisecond
	ds := delays(t, retry.Policy{MaxAttempts: n + 1, Base: top, Cap: top})
	slices.Sort(ds)
	worst := 0.0
	for i, d := range ds {
		x := float64(d) / float64(top)
		worst = max(worst, math.Abs(x-float64(i)/n), math.Abs(x-float64(i+1)/n))
	}
	if worst > limit {
		t.Errorf("Kolmogorov-Smirnov statistic %.4f, want at most %.4f: not uniform on [0, %v]", worst, limit, top)
	}
}

func waitBeyondDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	f := newFailing()
	err := retry.Do(ctx, retry.Policy{Cap: time.Hour}, func(ctx context.Context) error {
		return retry.After(f.call(ctx), 2*time.Second)
	})
	if end := time.Since(f.start); end != 0 || f.calls != 1 {
		t.Errorf("%d calls, returned after %v; want one, at once", f.calls, end)
	}
	if !errors.Is(err, retry.ErrDeadline) || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, errBoom) {
		t.Errorf("error %v", err)
	}
	f = newFailing()
	err = retry.Do(t.Context(), retry.Policy{MaxElapsed: time.Second}, func(ctx context.Context) error {
		return retry.After(f.call(ctx), 600*time.Millisecond)
	})
	if f.calls != 2 || !errors.Is(err, retry.ErrDeadline) {
		t.Errorf("MaxElapsed: %d calls, error %v; want two", f.calls, err)
	}
}

func lastErrorAndCause(t *testing.T) {
	cause := errors.New("shutting down")
	ctx, cancel := context.WithCancelCause(t.Context())
	calls := 0
	last := errors.New("second failure")
	err := retry.Do(ctx, retry.Policy{}, func(context.Context) error {
		if calls++; calls == 2 {
			cancel(cause)
			return last
		}
		return errBoom
	})
	if !errors.Is(err, last) || !errors.Is(err, cause) || errors.Is(err, errBoom) {
		t.Errorf("error %v: want the last error and the cause, and no other", err)
	}
	var e *retry.Error
	if !errors.As(err, &e) || e.Attempts != 2 {
		t.Errorf("error %#v: want a *retry.Error with 2 attempts", err)
	}
}

func permanentOnce(t *testing.T) {
	for name, fail := range map[string]error{
		"marked":     retry.Permanent(errBoom),
		"wrapped":    fmt.Errorf("order: %w", retry.Permanent(errBoom)),
		"classified": fmt.Errorf("invalid: %w", errBoom),
	} {
		p := retry.Policy{}
		if name == "classified" {
			p.Classify = func(error) resilience.Outcome { return resilience.Ignore }
		}
		calls := 0
		err := retry.Do(t.Context(), p, func(context.Context) error { calls++; return fail })
		if calls != 1 || err != fail {
			t.Errorf("%s: %d calls, error %v; want one, and the error as it was", name, calls, err)
		}
		if name != "classified" && !retry.IsPermanent(err) {
			t.Errorf("%s: not reported as permanent", name)
		}
	}
}

type closer struct{ closed *[]time.Duration }

func (c closer) Close() error {
	*c.closed = append(*c.closed, time.Since(epoch))
	return nil
}

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // when time begins in a bubble

func droppedAreClosed(t *testing.T) {
	var closed, began []time.Duration
	_, err := retry.Value(t.Context(), retry.Policy{MaxAttempts: 4}, func(context.Context) (closer, error) {
		began = append(began, time.Since(epoch))
		return closer{&closed}, errBoom
	})
	if err == nil || len(closed) != 3 {
		t.Fatalf("%d of 3 dropped results closed", len(closed))
	}
	for i := range closed {
		if closed[i] != began[i] {
			t.Errorf("result %d closed %v late: the wait held it", i, closed[i]-began[i])
		}
	}
	var none *closer // a nil result is not closed
	_, _ = retry.Value(t.Context(), retry.Policy{}, func(context.Context) (*closer, error) { return none, errBoom })
}

func rejectionEndsRetry(t *testing.T) {
	open := breaker.New("open", breaker.Config{})
	open.ForceOpen()
	full := bulkhead.New("full", bulkhead.Config{Max: 1})
	slot, err := full.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer slot.Release()
	for reason, do := range map[error]func(context.Context, func(context.Context) error) error{
		resilience.ErrOpen: open.Do, resilience.ErrFull: full.Do,
	} {
		start, calls := time.Now(), 0
		err := retry.Do(t.Context(), retry.Policy{}, func(ctx context.Context) error {
			calls++
			return do(ctx, func(context.Context) error { return nil })
		})
		if calls != 1 || time.Since(start) != 0 || !errors.Is(err, reason) {
			t.Errorf("%v: %d attempts in %v, error %v; want one at once", reason, calls, time.Since(start), err)
		}
	}
}

func nestedRetries(t *testing.T) {
	f := newFailing()
	inner := func(ctx context.Context) error { return retry.Do(ctx, retry.Policy{}, f.call) }
	if err := retry.Do(t.Context(), retry.Policy{}, inner); !errors.Is(err, errBoom) || f.calls != 3 {
		t.Errorf("two layers of 3 attempts: %d calls, want 3; error %v", f.calls, err)
	}
	// Where the error of the inner one is lost on the way, its context still tells it: from the
	// second attempt of the outer one on it makes one attempt.
	f = newFailing()
	opaque := func(ctx context.Context) error {
		if err := inner(ctx); err != nil {
			return errors.New(err.Error())
		}
		return nil
	}
	_ = retry.Do(t.Context(), retry.Policy{}, opaque)
	if f.calls != 3+1+1 {
		t.Errorf("two layers of 3 attempts, error lost: %d calls, want 5 (not 9)", f.calls)
	}
	// One attempt is no retry: the outer one may repeat it.
	f = newFailing()
	_ = retry.Do(t.Context(), retry.Policy{}, func(ctx context.Context) error {
		return retry.Do(ctx, retry.Policy{MaxAttempts: 1}, f.call)
	})
	if f.calls != 3 {
		t.Errorf("a single attempt inside of 3: %d calls, want 3", f.calls)
	}
}

var budgetRows = []row{
	{24, "budget: a failing dependency gets ≤ 1.1× the calls, one by one", bubble(budgetSequential)},
	{25, "budget: the same at once, never waits, recovers", bubble(budgetConcurrent)},
	{26, "budget: wrong requests do not drain it", bubble(budgetWrongRequests)},
}

func budgetSequential(t *testing.T) {
	p := retry.Policy{Budget: retry.NewBudget(0, 0)}
	f := newFailing()
	for range 200 {
		_ = retry.Do(t.Context(), p, f.call)
	}
	if f.calls > 220 || f.calls < 201 {
		t.Errorf("200 calls became %d, want some retries and at most 220 attempts", f.calls)
	}
	start := time.Now()
	if err := retry.Do(t.Context(), p, f.call); !errors.Is(err, retry.ErrBudget) || time.Since(start) != 0 {
		t.Errorf("with a spent budget: %v after %v", err, time.Since(start))
	}
}

func budgetConcurrent(t *testing.T) {
	p := retry.Policy{Budget: retry.NewBudget(0, 0)}
	var mu sync.Mutex
	calls := 0
	var wg sync.WaitGroup
	for range 500 {
		wg.Go(func() {
			_ = retry.Do(t.Context(), p, func(context.Context) error {
				mu.Lock()
				defer mu.Unlock()
				calls++
				return errBoom
			})
		})
	}
	wg.Wait()
	if calls > 550 {
		t.Errorf("500 calls at once became %d attempts, want at most 550", calls)
	}
	for range 61 { // a tenth of a token each: half of 10 tokens, one for the failure, and one more
		if err := retry.Do(t.Context(), p, func(context.Context) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	f := newFailing()
	err := retry.Do(t.Context(), p, func(ctx context.Context) error {
		if f.calls == 0 {
			return f.call(ctx)
		}
		return nil
	})
	if f.calls != 1 || err != nil {
		t.Errorf("after successes, one failure is not retried: %v", err)
	}
}

func budgetWrongRequests(t *testing.T) {
	p := retry.Policy{Budget: retry.NewBudget(0, 0)}
	for range 100 {
		_ = retry.Do(t.Context(), p, func(context.Context) error { return retry.Permanent(errBoom) })
	}
	if got := p.Budget.Tokens(); got != 10 {
		t.Errorf("%.1f tokens left of 10", got)
	}
}
