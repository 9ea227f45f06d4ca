//go:build go1.25

package retry_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

// What says itself what it means keeps its meaning, also when the attempt's timeout has passed.
func TestTimeoutOfWhatMustNotBeRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := bulkhead.New("catalog", bulkhead.Config{Max: 1, Queue: 1})
		slot, _ := full.Acquire(t.Context())
		defer slot.Release()
		for name, f := range map[string]func(context.Context) error{
			"permanent": func(ctx context.Context) error {
				<-ctx.Done()
				return retry.Permanent(ctx.Err())
			},
			"rejected": func(ctx context.Context) error {
				return full.Do(ctx, func(context.Context) error { return nil })
			},
			"not repeatable": func(ctx context.Context) error {
				<-ctx.Done()
				return &retry.Error{Reason: retry.ErrNotRepeatable, Err: ctx.Err()}
			},
		} {
			calls := 0
			err := retry.Do(t.Context(), retry.Policy{PerAttempt: time.Second}, func(ctx context.Context) error {
				calls++
				return f(ctx)
			})
			if calls != 1 || err == nil {
				t.Errorf("%s: %d calls, error %v; want one", name, calls, err)
			}
		}
	})
}

// An inner retry that the outer's own timeout has cut short has not used up its attempts.
func TestInnerRetryCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outer := 0
		err := retry.Do(t.Context(), retry.Policy{PerAttempt: time.Second}, func(ctx context.Context) error {
			outer++
			return retry.Do(ctx, retry.Policy{}, func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			})
		})
		var timeout *resilience.TimeoutError
		if outer != 3 || !errors.Is(err, retry.ErrAttempts) || !errors.As(err, &timeout) {
			t.Errorf("%d attempts, error %v; want three that timed out", outer, err)
		}
	})
}

// Callers without patience do not spend the budget of all.
func TestBudgetOfCallersThatLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := retry.NewBudget(0, 0)
		for range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
			_ = retry.Do(ctx, retry.Policy{Budget: b}, func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			})
			cancel()
		}
		if got := b.Tokens(); got != retry.DefaultBudgetTokens {
			t.Errorf("%.1f tokens are left", got)
		}
	})
}
