package compare

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var retryRows = []row{
	{1, "cancelled before start: not called", hasRetry, cancelledBefore},
	{2, "cancelled during the wait: returns at once", hasRetry, cancelledDuringWait},
	{3, "cancelled during an attempt: not repeated", hasRetry, cancelledDuringAttempt},
	{4, "attempts exact, no wait after the last", hasRetry, attemptsExact},
	{5, "delay does not overflow", hasRetry, noOverflow},
	{6, "delay never above the cap, jitter included", hasRetry, neverAboveCap},
	{7, "full jitter is uniform", hasRetry, uniform},
	{8, "a wait beyond the deadline is not begun", hasRetry, waitBeyondDeadline},
	{9, "error is the last one and the cause", hasRetry, lastErrorAndCause},
	{10, "permanent: one attempt, reported as it is", hasRetry, permanentOnce},
	{24, "budget: a failing dependency gets ≤ 1.1× the calls, one by one", hasBudget, budgetSequential},
	{25, "budget: the same at once, never waits, recovers", hasBudget, budgetConcurrent},
	{27, "a rejection ends the retry at once", hasAll, rejectionEndsRetry},
	{28, "nested retries do not multiply", hasRetry, nestedRetries},
}

func hasRetry(l *library) bool  { return l.retry != nil }
func hasBudget(l *library) bool { return l.retry != nil && l.budget }
func hasAll(l *library) bool    { return l.retry != nil && l.breaker != nil && l.bulkhead != nil }

// recorder is a call that fails, and remembers when it was made.
type recorder struct {
	start time.Time
	at    []time.Duration
}

func record() *recorder { return &recorder{start: time.Now()} }

func (r *recorder) call(context.Context) error {
	r.at = append(r.at, time.Since(r.start))
	return errBoom
}

// waits returns the time between calls.
func (r *recorder) waits() []time.Duration {
	waits := make([]time.Duration, 0, len(r.at))
	for i := range len(r.at) - 1 {
		waits = append(waits, r.at[i+1]-r.at[i])
	}
	return waits
}

// some is a policy where nothing depends on how it waits.
var some = retryConfig{attempts: 3, base: 100 * time.Millisecond, cap: 10 * time.Second}

func cancelledBefore(t *testing.T, l *library) error {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := record()
	if err := l.retry(some)(ctx, r.call); len(r.at) != 0 || err == nil {
		return fmt.Errorf("called %d times, error %v", len(r.at), err)
	}
	return nil
}

func cancelledDuringWait(t *testing.T, l *library) error {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Nanosecond, cancel)
	r := record()
	_ = l.retry(retryConfig{attempts: 1000, base: time.Hour, cap: time.Hour})(ctx, r.call)
	if d := time.Since(r.start); d > 5*time.Millisecond || len(r.at) != 1 {
		return fmt.Errorf("called %d times, returned after %v", len(r.at), d)
	}
	return nil
}

func cancelledDuringAttempt(t *testing.T, l *library) error {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := l.retry(some)(ctx, func(context.Context) error {
		calls++
		cancel()
		return errBoom
	})
	if calls != 1 || err == nil {
		return fmt.Errorf("called %d times, error %v", calls, err)
	}
	return nil
}

func attemptsExact(t *testing.T, l *library) error {
	for _, n := range []int{1, 2, 7} {
		r := record()
		_ = l.retry(retryConfig{attempts: n, base: time.Second, cap: time.Minute})(t.Context(), r.call)
		if len(r.at) != n {
			return fmt.Errorf("%d attempts became %d", n, len(r.at))
		}
		if d := time.Since(r.start) - r.at[n-1]; d != 0 {
			return fmt.Errorf("waits %v after the last of %d attempts", d, n)
		}
	}
	return nil
}

func noOverflow(t *testing.T, l *library) error {
	for _, base := range []time.Duration{time.Millisecond, time.Second} {
		r := record()
		_ = l.retry(retryConfig{attempts: 200, base: base, cap: time.Minute})(t.Context(), r.call)
		if len(r.at) != 200 {
			return fmt.Errorf("%d attempts of 200", len(r.at))
		}
		long := 0
		for _, d := range r.waits()[100:] {
			if d > 2*time.Minute {
				return fmt.Errorf("base %v: a wait of %v", base, d)
			}
			if d > time.Second {
				long++
			}
		}
		if long < 50 { // of 99; with full jitter nearly all are
			return fmt.Errorf("base %v: %d of the last 99 waits exceed 1s", base, long)
		}
	}
	return nil
}

func neverAboveCap(t *testing.T, l *library) error {
	r := record()
	limit := 10 * time.Millisecond
	_ = l.retry(retryConfig{attempts: 1000, base: time.Millisecond, cap: limit})(t.Context(), r.call)
	if longest := slices.Max(r.waits()); longest > limit {
		return fmt.Errorf("cap %v, but a wait of %v", limit, longest)
	}
	return nil
}

// uniform compares waits with the uniform distribution (Kolmogorov and Smirnov): with 2000 of
// them a statistic above 0.06 has a probability of one in a million.
func uniform(t *testing.T, l *library) error {
	const n, limit = 2000, 0.06
	top := 100 * time.Millisecond
	r := record()
	_ = l.retry(retryConfig{attempts: n + 1, base: top, cap: top})(t.Context(), r.call)
	waits := r.waits()
	slices.Sort(waits)
	worst := 0.0
	for i, d := range waits {
		x := float64(d) / float64(top)
		worst = max(worst, math.Abs(x-float64(i)/n), math.Abs(x-float64(i+1)/n))
	}
	if worst > limit {
		return fmt.Errorf("statistic %.2f: waits from %v to %v, with a cap of %v", worst, waits[0], waits[n-1], top)
	}
	return nil
}

func waitBeyondDeadline(t *testing.T, l *library) error {
	// Full jitter may draw a short wait: of many tries one is sure to be longer than the deadline.
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		r := record()
		_ = l.retry(retryConfig{attempts: 3, base: time.Hour, cap: time.Hour})(ctx, r.call)
		cancel()
		if d := time.Since(r.start); d >= time.Second {
			return fmt.Errorf("returned after %v, when the deadline had passed", d)
		}
	}
	return nil
}

func lastErrorAndCause(t *testing.T, l *library) error {
	last := errors.New("second failure")
	twoFailures := func(then func()) call {
		calls := 0
		return func(context.Context) error {
			if calls++; calls == 2 {
				then()
				return last
			}
			return errBoom
		}
	}
	config := some
	config.attempts = 2
	if err := l.retry(config)(t.Context(), twoFailures(func() {})); !errors.Is(err, last) {
		return fmt.Errorf("after the last attempt: error %v, not the last one", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	err := l.retry(some)(ctx, twoFailures(func() { cancel(errCause) }))
	if !errors.Is(err, last) || !errors.Is(err, errCause) {
		return fmt.Errorf("cancelled: error %q is the last one: %v, the cause: %v", err, errors.Is(err, last), errors.Is(err, errCause))
	}
	return nil
}

func permanentOnce(t *testing.T, l *library) error {
	calls := 0
	err := l.retry(some)(t.Context(), func(context.Context) error { calls++; return errPermanent })
	if calls != 1 || !errors.Is(err, errPermanent) {
		return fmt.Errorf("called %d times, error %v", calls, err)
	}
	return nil
}

// budgeted is a policy where the load of a failing dependency would triple.
var budgeted = retryConfig{attempts: 3, base: 10 * time.Millisecond, cap: time.Second, budget: true}

func budgetSequential(t *testing.T, l *library) error {
	run, r := l.retry(budgeted), record()
	for range 200 {
		_ = run(t.Context(), r.call)
	}
	if n := len(r.at); n > 220 || n < 201 {
		return fmt.Errorf("200 calls became %d", n)
	}
	return nil
}

func budgetConcurrent(t *testing.T, l *library) error {
	run := l.retry(budgeted)
	var calls atomic.Int64
	var wg sync.WaitGroup
	for range 500 {
		wg.Go(func() {
			_ = run(t.Context(), func(context.Context) error {
				calls.Add(1)
				time.Sleep(20 * time.Millisecond)
				return errBoom
			})
		})
	}
	wg.Wait()
	if n := calls.Load(); n > 550 {
		return fmt.Errorf("500 calls at once became %d", n)
	}
	for range 100 {
		if err := run(t.Context(), func(context.Context) error { return nil }); err != nil {
			return err
		}
	}
	tries := 0
	err := run(t.Context(), func(context.Context) error {
		if tries++; tries == 1 {
			return errBoom
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("after 100 successes a failure is not retried: %w", err)
	}
	return nil
}

func rejectionEndsRetry(t *testing.T, l *library) error {
	open := l.breaker(breakerConfig{failures: 5, openFor: time.Hour, probes: 1})
	fail(t, 5, open)
	full := l.bulkhead(bulkheadConfig{max: 1, wait: time.Millisecond})
	if !hold(t, full) {
		return errNotAdmitted
	}
	const wait = time.Second
	for _, rejects := range []struct {
		what string
		run  runner
	}{{"an open breaker", open.do}, {"a full bulkhead", full}} {
		start, calls := time.Now(), 0
		err := l.retry(retryConfig{attempts: 10, base: wait, cap: wait})(t.Context(), func(ctx context.Context) error {
			calls++
			return rejects.run(ctx, func(context.Context) error { return nil })
		})
		if d := time.Since(start); calls != 1 || d > 2*time.Millisecond || err == nil {
			return fmt.Errorf("tries %s %d times, for %v", rejects.what, calls, d)
		}
	}
	return nil
}

func nestedRetries(t *testing.T, l *library) error {
	r := record()
	inner, outer := l.retry(some), l.retry(some)
	_ = outer(t.Context(), func(ctx context.Context) error { return inner(ctx, r.call) })
	if len(r.at) != 3 {
		return fmt.Errorf("two layers of 3 attempts: called %d times", len(r.at))
	}
	return nil
}
