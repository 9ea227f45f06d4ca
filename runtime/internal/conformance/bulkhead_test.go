//go:build go1.25

package conformance

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/fallback"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

var bulkheadRows = []row{
	{43, "never more in flight than allowed", neverMoreInFlight},
	{44, "full: rejects at once, or waits in order as long as allowed", bubble(fullWaits)},
	{45, "a panic gives the slot back; release is idempotent", bubble(slotsComeBack)},
}

func neverMoreInFlight(t *testing.T) {
	const limit = 16
	b := bulkhead.New("", bulkhead.Config{Max: limit, Queue: 10000})
	var now, most atomic.Int64
	var wg sync.WaitGroup
	for range 10000 {
		wg.Go(func() {
			_ = b.Do(t.Context(), func(context.Context) error {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				now.Add(-1)
				return nil
			})
		})
	}
	wg.Wait()
	if most.Load() > limit || b.InFlight() != 0 || b.Waiting() != 0 {
		t.Errorf("%d at once, %d left in flight, %d waiting; want at most %d, 0 and 0",
			most.Load(), b.InFlight(), b.Waiting(), limit)
	}
}

func fullWaits(t *testing.T) {
	b := bulkhead.New("catalog", bulkhead.Config{Max: 1})
	slot, _ := b.Acquire(t.Context())
	start := time.Now()
	_, err := b.Acquire(t.Context())
	if !errors.Is(err, resilience.ErrFull) || time.Since(start) != 0 {
		t.Errorf("without a queue: %v after %v", err, time.Since(start))
	}
	slot.Release()

	b = bulkhead.New("catalog", bulkhead.Config{Max: 1, Queue: 3, Wait: time.Second})
	slot, _ = b.Acquire(t.Context())
	var order []int
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() { _ = b.Do(t.Context(), func(context.Context) error { order = append(order, i); return nil }) })
		synctest.Wait()
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err = b.Acquire(ctx)
	if !errors.Is(err, resilience.ErrFull) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("wait ended by the context: %v", err)
	}
	wg.Go(func() {
		if _, err := b.Acquire(t.Context()); !errors.Is(err, resilience.ErrFull) {
			t.Errorf("third in the queue, for a second: %v", err)
		}
	})
	synctest.Wait()
	if _, err := b.Acquire(t.Context()); !errors.Is(err, resilience.ErrFull) || b.Waiting() != 3 {
		t.Errorf("fourth in a queue of three: %v, %d waiting", err, b.Waiting())
	}
	time.Sleep(time.Second + 1)
	wg.Wait() // all three have waited for a second, and gone
	if len(order) != 0 {
		t.Errorf("%d calls ran although there was no slot", len(order))
	}
	for i := range 2 {
		wg.Go(func() { _ = b.Do(t.Context(), func(context.Context) error { order = append(order, i); return nil }) })
		synctest.Wait()
	}
	slot.Release()
	wg.Wait()
	if len(order) != 2 || order[0] != 0 || order[1] != 1 {
		t.Errorf("order %v, want first come, first served", order)
	}
}

func slotsComeBack(t *testing.T) {
	b := bulkhead.New("", bulkhead.Config{Max: 1})
	func() {
		defer func() { _ = recover() }()
		_ = b.Do(t.Context(), func(context.Context) error { panic("ouch") })
	}()
	one, err := b.Acquire(t.Context())
	if err != nil {
		t.Fatalf("after a panic: %v", err)
	}
	one.Release()
	one.Release()
	if n := b.InFlight(); n != 0 {
		t.Fatalf("%d in flight after a slot was released twice", n)
	}
	two, _ := b.Acquire(t.Context())
	one.Release()
	if n := b.InFlight(); n != 1 {
		t.Errorf("a third release took the slot of another: %d in flight", n)
	}
	two.Release()
}

var timeoutRows = []row{
	{47, "the caller's end is not reported as our timeout", bubble(whoseTimeout)},
	{48, "a call that timed out leaves nothing behind", bubble(nothingLeft)},
	{49, "a sooner deadline is kept, with no second timer", bubble(soonerDeadline)},
}

func hang(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func whoseTimeout(t *testing.T) {
	var timeout *resilience.TimeoutError
	p := retry.Policy{MaxAttempts: 1, PerAttempt: time.Second}

	err := retry.Do(t.Context(), p, hang)
	if !errors.As(err, &timeout) || timeout.Limit != time.Second || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("own timeout: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	if err := retry.Do(ctx, p, hang); errors.As(err, &timeout) || !errors.Is(err, context.Canceled) {
		t.Errorf("caller cancelled: %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := retry.Do(ctx, p, hang); errors.As(err, &timeout) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("caller's deadline: %v", err)
	}
	// Its own timeout is worth another attempt, the caller's end is not.
	calls := 0
	err = retry.Do(t.Context(), retry.Policy{PerAttempt: time.Second}, func(ctx context.Context) error {
		calls++
		return hang(ctx)
	})
	if calls != 3 || !errors.Is(err, retry.ErrAttempts) {
		t.Errorf("%d attempts that time out, error %v; want 3", calls, err)
	}
}

// nothingLeft relies on the bubble: a goroutine that is left fails the test, and a timer that is
// left would keep the clock running.
func nothingLeft(t *testing.T) {
	for range 100 {
		_ = retry.Do(t.Context(), retry.Policy{MaxAttempts: 1, PerAttempt: time.Second}, hang)
	}
	ctx, cancel := resilience.WithTimeout(t.Context(), time.Hour)
	cancel()
	synctest.Wait()
	if resilience.TimedOut(ctx, t.Context()) {
		t.Error("a context that was cancelled is called timed out")
	}
}

func soonerDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	within, stop := resilience.WithTimeout(ctx, time.Minute)
	defer stop()
	if within != ctx {
		t.Error("a second context was made, with a timer that can never fire")
	}
	if without, stop := resilience.WithTimeout(ctx, 0); without != ctx {
		t.Error("no timeout asked for, and one made")
		stop()
	}
	within, stop = resilience.WithTimeout(ctx, time.Millisecond)
	defer stop()
	if at, _ := within.Deadline(); time.Until(at) != time.Millisecond {
		t.Errorf("deadline in %v, want 1ms", time.Until(at))
	}
}

var fallbackRows = []row{
	{50, "fallback for handled failures only; its own error is joined", bubble(fallbacks)},
}

func fallbacks(t *testing.T) {
	failed := errors.New("cache is cold")
	rejected := &resilience.Rejected{Dep: "catalog", Reason: resilience.ErrOpen}
	for name, c := range map[string]struct {
		err, alternative error
		called           bool
		want             []error
	}{
		"failure":           {err: errBoom, called: true},
		"rejected":          {err: rejected, called: true},
		"both fail":         {err: errBoom, alternative: failed, called: true, want: []error{errBoom, failed}},
		"not the dep's":     {err: retry.Permanent(errBoom), want: []error{errBoom}},
		"caller has left":   {err: context.Canceled, want: []error{context.Canceled}},
		"no error":          {},
		"deadline exceeded": {err: context.DeadlineExceeded, called: true},
	} {
		ctx := fallback.Track(t.Context())
		called := false
		v, err := fallback.Value(ctx, fallback.Policy{Dep: "catalog"},
			func(context.Context) (string, error) { return "real", c.err },
			func(_ context.Context, err error) (string, error) {
				called = true
				if !errors.Is(err, c.err) {
					t.Errorf("%s: the fallback sees %v", name, err)
				}
				return "stand-in", c.alternative
			})
		if called != c.called || (err == nil) != (len(c.want) == 0) {
			t.Errorf("%s: fallback called %v, error %v", name, called, err)
		}
		for _, w := range c.want {
			if !errors.Is(err, w) {
				t.Errorf("%s: error %v is not %v", name, err, w)
			}
		}
		degraded := len(fallback.Degraded(ctx)) == 1
		if want := c.called && c.alternative == nil; degraded != want || c.called != (v == "stand-in") {
			t.Errorf("%s: answer %q, marked degraded %v, want %v", name, v, degraded, want)
		}
	}
}
