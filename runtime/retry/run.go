package retry

import (
	"context"
	"errors"
	"time"

	"github.com/resilint/resilint/runtime/internal/nested"
	"github.com/resilint/resilint/runtime/resilience"
)

// run is the state of one call of Do.
type run struct {
	p        *Policy
	attempts int       // begun so far
	began    time.Time // the first one; zero if nobody asks
	timedOut bool      // the last one, by the policy's timeout
}

// next returns how long to wait before another attempt. If there is none to be made, it returns
// the error that the caller gets.
func (r *run) next(ctx context.Context, err error) (time.Duration, error) {
	outcome := r.p.Classify.Of(err)
	if ctx.Err() != nil {
		return 0, r.giveUp(ctx, context.Cause(ctx), err)
	}
	if outcome == resilience.Failure {
		r.p.Budget.Failure()
	}
	if outcome != resilience.Failure || errors.Is(err, ErrNotRepeatable) {
		return 0, err
	}
	if gaveUp(err) && !r.timedOut {
		return 0, err // one that this retry's own timeout has cut short may have had attempts left
	}
	limit := r.p.maxAttempts()
	if limit == 1 || nested.Inside(ctx) {
		return 0, err // not to repeat was the plan: a retry around this one may still do so
	}
	if r.attempts >= limit {
		return 0, r.giveUp(ctx, ErrAttempts, err)
	}
	if !r.p.Budget.allows() {
		return 0, r.giveUp(ctx, ErrBudget, err)
	}
	delay, asked := pushback(err)
	if asked && delay > r.p.cap() {
		return 0, r.giveUp(ctx, ErrPushback, err)
	}
	if !asked {
		delay = r.p.delay(r.attempts)
	}
	if !r.timeFor(ctx, delay) {
		return 0, r.giveUp(ctx, ErrDeadline, err)
	}
	resilience.Notify(ctx, r.p.Observer, resilience.Event{
		Kind: resilience.KindRetry, Dep: r.p.Dep, Attempt: r.attempts, Delay: delay, Err: err,
	})
	return delay, nil
}

// timeFor reports whether there is time left after a wait of d.
func (r *run) timeFor(ctx context.Context, d time.Duration) bool {
	if at, ok := ctx.Deadline(); ok && time.Until(at) <= d {
		return false
	}
	return r.p.MaxElapsed <= 0 || time.Since(r.began)+d < r.p.MaxElapsed
}

// sleep waits for d, and reports whether it got to the end.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

func (r *run) giveUp(ctx context.Context, reason, err error) error {
	e := resilience.Event{Kind: resilience.KindGiveUp, Dep: r.p.Dep, Attempt: r.attempts, Err: err}
	if !r.began.IsZero() {
		e.Elapsed = time.Since(r.began)
	}
	resilience.Notify(ctx, r.p.Observer, e)
	return &Error{Dep: r.p.Dep, Attempts: r.attempts, Reason: reason, Err: err}
}

// now returns the time if somebody is to be told how long an attempt took.
func (r *run) now() time.Time {
	if r.p.Observer == nil {
		return time.Time{}
	}
	return time.Now()
}

// observe tells of the end of an attempt.
func (r *run) observe(ctx context.Context, began time.Time, err error) {
	e := resilience.Event{
		Kind: resilience.KindAttempt, Dep: r.p.Dep, Attempt: r.attempts,
		Outcome: r.p.Classify.Of(err), Elapsed: time.Since(began), Err: err,
	}
	resilience.Notify(ctx, r.p.Observer, e)
	var timeout *resilience.TimeoutError
	if !errors.As(err, &timeout) {
		return
	}
	e.Kind, e.Limit = resilience.KindTimeout, timeout.Limit
	if at, ok := ctx.Deadline(); ok {
		e.DeadlineLeft = max(0, time.Until(at))
	}
	resilience.Notify(ctx, r.p.Observer, e)
}
