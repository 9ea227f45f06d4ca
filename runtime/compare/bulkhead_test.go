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

	"go.uber.org/goleak"
)

var bulkheadRows = []row{
	{43, "never more in flight than allowed", hasBulkhead, neverMoreInFlight},
	{44, "full: rejects at once, or waits in order as long as allowed", hasBulkhead, fullWaits},
	{45, "a panic gives the slot back", hasBulkhead, slotsComeBack},
	{47, "the caller's end is not reported as our timeout", hasTimeout, whoseTimeout},
	{48, "a call that timed out leaves nothing behind", hasTimeout, nothingLeft},
}

func hasBulkhead(l *library) bool { return l.bulkhead != nil }
func hasTimeout(l *library) bool  { return l.timeout != nil }

func neverMoreInFlight(t *testing.T, l *library) error {
	const limit, calls = 16, 2000
	run := l.bulkhead(bulkheadConfig{max: limit, queue: calls, wait: time.Hour})
	var now, most, made atomic.Int64
	var wg sync.WaitGroup
	for range calls {
		wg.Go(func() {
			_ = run(t.Context(), func(context.Context) error {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				runtime.Gosched()
				made.Add(1)
				now.Add(-1)
				return nil
			})
		})
	}
	wg.Wait()
	if most.Load() > limit || made.Load() != calls {
		return fmt.Errorf("%d of %d calls made, %d at once instead of %d", made.Load(), calls, most.Load(), limit)
	}
	return nil
}

func fullWaits(t *testing.T, l *library) error {
	nothing := func(context.Context) error { return nil }
	run := l.bulkhead(bulkheadConfig{max: 1})
	if !hold(t, run) {
		return errNotAdmitted
	}
	start := time.Now()
	if err := run(t.Context(), nothing); err == nil || time.Since(start) != 0 {
		return fmt.Errorf("without a queue: error %v after %v", err, time.Since(start))
	}

	run = l.bulkhead(bulkheadConfig{max: 1, queue: 3, wait: time.Second})
	wait, end := gate(t)
	var wg sync.WaitGroup
	wg.Go(func() { _ = run(t.Context(), wait) })
	synctest.Wait()
	start = time.Now()
	if err := run(t.Context(), nothing); err == nil || time.Since(start) != time.Second {
		return fmt.Errorf("one that may wait for 1s: error %v after %v", err, time.Since(start))
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	start = time.Now()
	if err := run(ctx, nothing); err == nil || time.Since(start) != time.Millisecond {
		return fmt.Errorf("one whose context ends after 1ms: error %v after %v", err, time.Since(start))
	}
	var order []int
	for i := range 3 {
		wg.Go(func() { _ = run(t.Context(), func(context.Context) error { order = append(order, i); return nil }) })
		synctest.Wait()
	}
	end()
	wg.Wait()
	if fmt.Sprint(order) != "[0 1 2]" {
		return fmt.Errorf("order %v", order)
	}
	return nil
}

func slotsComeBack(t *testing.T, l *library) error {
	run := l.bulkhead(bulkheadConfig{max: 1, wait: time.Second})
	if v := panics(t.Context(), run); v != "ouch" {
		return fmt.Errorf("the panic became %v", v)
	}
	if !hold(t, run) {
		return errors.New("the slot of a call that panicked is gone for ever")
	}
	return nil
}

func whoseTimeout(t *testing.T, l *library) error {
	hang := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	run := l.timeout(time.Second)
	if err := run(t.Context(), hang); !errors.Is(err, l.timedOut) {
		return fmt.Errorf("its own timeout: error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	if err := run(ctx, hang); !errors.Is(err, context.Canceled) || errors.Is(err, l.timedOut) {
		return fmt.Errorf("cancelled by the caller: error %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := run(ctx, hang); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, l.timedOut) {
		return fmt.Errorf("the caller's deadline: error %v", err)
	}
	return nil
}

// nothingLeft times out calls that do not heed their context for a minute.
func nothingLeft(t *testing.T, l *library) error {
	before := goleak.IgnoreCurrent()
	run := l.timeout(time.Second)
	for range 5 {
		release := make(chan struct{})
		time.AfterFunc(time.Minute, func() { close(release) })
		if err := run(t.Context(), func(context.Context) error { <-release; return errBoom }); err == nil {
			return errors.New("did not time out")
		}
	}
	if err := goleak.Find(before); err != nil {
		return errors.New("a goroutine for each call that timed out")
	}
	return nil
}
