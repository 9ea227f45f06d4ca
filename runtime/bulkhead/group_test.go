package bulkhead_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/resilint/resilint/runtime/bulkhead"
)

func TestGroupLimit(t *testing.T) {
	var now, most, sum atomic.Int64
	g := bulkhead.NewGroup(t.Context(), 4)
	for i := range 1000 {
		g.Go(func(context.Context) error {
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			sum.Add(int64(i))
			now.Add(-1)
			return nil
		})
	}
	if err := g.Wait(); err != nil || sum.Load() != 499_500 || most.Load() > 4 {
		t.Errorf("error %v, sum %d, %d at once", err, sum.Load(), most.Load())
	}
}

func TestGroupFirstError(t *testing.T) {
	boom := errors.New("boom")
	g := bulkhead.NewGroup(t.Context(), 1)
	began := 0
	for i := range 10 {
		g.Go(func(ctx context.Context) error {
			began++
			if i == 2 {
				return boom
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != boom {
		t.Errorf("error %v", err)
	}
	if began > 4 { // the third failed; the slot may have been taken by one more before that was known
		t.Errorf("%d functions begun", began)
	}
}

// The context of the other functions ends with the first error as its cause.
func TestGroupCancels(t *testing.T) {
	boom := errors.New("boom")
	g := bulkhead.NewGroup(t.Context(), 0)
	g.Go(func(ctx context.Context) error {
		<-ctx.Done()
		if context.Cause(ctx) != boom {
			t.Errorf("cause %v", context.Cause(ctx))
		}
		return ctx.Err()
	})
	g.Go(func(context.Context) error { return boom })
	if err := g.Wait(); err != boom {
		t.Errorf("error %v", err)
	}
}

func TestGroupPanic(t *testing.T) {
	boom := errors.New("boom")
	g := bulkhead.NewGroup(t.Context(), 2)
	g.Go(func(context.Context) error { panic(boom) })
	defer func() {
		p, ok := recover().(*bulkhead.PanicError)
		if !ok || !errors.Is(p, boom) || !strings.Contains(p.Error(), "TestGroupPanic") {
			t.Errorf("Wait panicked with %v", p)
		}
	}()
	_ = g.Wait()
	t.Error("Wait returned")
}

func TestGroupContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	g := bulkhead.NewGroup(ctx, 1)
	g.Go(func(context.Context) error { return nil })
	if err := g.Wait(); err != nil {
		t.Errorf("all were begun: %v", err)
	}
	g = bulkhead.NewGroup(ctx, 1)
	release := make(chan struct{})
	g.Go(func(context.Context) error { <-release; return nil })
	cancel()
	g.Go(func(context.Context) error { t.Error("begun after the context had ended"); return nil })
	close(release)
	if err := g.Wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("one was not begun: %v", err)
	}
}
