// Package retry calls again what failed and may succeed later, in a way that cannot become a
// storm: few attempts, waits that grow, are capped and differ from caller to caller (full
// jitter), a budget for each dependency, and no wait that the caller would not live to see the
// end of.
//
//	album, err := retry.Value(ctx, retry.Policy{}, func(ctx context.Context) (Album, error) {
//		return catalog.Album(ctx, sku)
//	})
//
// Retry only what may run twice. Package httpclient knows which HTTP requests may.
package retry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/resilint/resilint/runtime/internal/nested"
	"github.com/resilint/resilint/runtime/resilience"
)

// Defaults of a [Policy].
const (
	// DefaultMaxAttempts is 3, the first one included: what AWS SDK v2 (DefaultMaxAttempts)
	// and resilience4j use.
	DefaultMaxAttempts = 3
	// DefaultBase is 100 ms, the most that is waited after the first attempt: the
	// initialBackoff of gRPC's retry design (A6).
	DefaultBase = 100 * time.Millisecond
	// DefaultCap is 10 s, the most that is waited between two attempts. AWS SDK v2 has 20 s,
	// for callers that are not a request somebody waits for.
	DefaultCap = 10 * time.Second
)

// The reasons why no further attempt was made, for errors.Is. Where it was the end of the
// context, the reason is the context's cause.
var (
	// ErrAttempts: as many attempts were made as the policy allows.
	ErrAttempts = errors.New("no attempts left")
	// ErrBudget: too many calls to this dependency fail for any of them to be repeated.
	ErrBudget = errors.New("retry budget spent")
	// ErrDeadline: the wait before the next attempt would outlast the context's deadline, or
	// the policy's MaxElapsed.
	// It is a context.DeadlineExceeded as well.
	ErrDeadline = fmt.Errorf("no time left for another attempt: %w", context.DeadlineExceeded)
	// ErrNotRepeatable: the call may have had its effect, or would fail in the same way again.
	// It is for the errors of clients that know so: no retry repeats them.
	ErrNotRepeatable = errors.New("not to be repeated")
	// ErrPushback: the dependency asks for a longer wait than the policy's Cap; see [After].
	ErrPushback = errors.New("the dependency asks for a longer wait than allowed")
)

// Policy says how often, how long and what to retry. The zero Policy is a good one. A Policy is
// not changed by its use and may be shared.
type Policy struct {
	// Dep names the dependency in events.
	Dep string
	// MaxAttempts is how often the function is called at most, the first time included.
	// 0 means [DefaultMaxAttempts]; 1, and anything below 0, mean once.
	MaxAttempts int
	// Base is the most that is waited after the first attempt. It doubles with each further
	// one. 0 means [DefaultBase].
	Base time.Duration
	// Cap is the most that is ever waited, jitter included. 0 means [DefaultCap].
	Cap time.Duration
	// MaxElapsed is the time from the first attempt after which no other is begun. 0 means
	// that MaxAttempts and the context alone decide.
	MaxElapsed time.Duration
	// PerAttempt is the timeout of each attempt, by its context. A context with a sooner
	// deadline is left as it is. 0 means none: the function is expected to have its own. The
	// context ends when the function returns, so what it returns must not need it any more:
	// read a response's body inside.
	PerAttempt time.Duration
	// Budget is what all calls to the dependency share. nil means no budget.
	Budget *Budget
	// Classify says which errors are worth another attempt: those that are a Failure. nil
	// means [resilience.OutcomeOf].
	Classify resilience.Classify
	// Observer is told of attempts, timeouts, waits and giving up. nil means nobody.
	Observer resilience.Observer
}

// Do calls f until it succeeds, or fails in a way that makes no sense to repeat, or the policy
// or ctx allows no further attempt.
//
// An error that is not repeated (its outcome is Ignore) is returned as it is, while ctx has not
// ended. Otherwise the
// error is an [*Error]: to errors.Is and errors.As both the error of the last attempt and the
// reason why no other was made. If ctx has ended before the first attempt, f is not called and
// the error is the context's cause.
//
// The context of f is ctx, with the policy's PerAttempt as timeout. A retry inside of f does not
// multiply attempts: where it has given up, this one does not repeat it, and from the second
// attempt on it makes only one of its own.
func Do(ctx context.Context, p Policy, f func(context.Context) error) error {
	g := func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) }
	if ctx.Err() != nil || p.watchful() {
		_, err := Value(ctx, p, g)
		return err
	}
	err := f(ctx)
	if err == nil {
		p.Budget.Success()
		return nil
	}
	_, err = repeat(ctx, &run{p: &p, attempts: 1}, g, struct{}{}, err)
	return err
}

// watchful reports whether the policy asks for more than to call a function that succeeds.
func (p *Policy) watchful() bool { return p.PerAttempt > 0 || p.MaxElapsed > 0 || p.Observer != nil }

// Value is [Do] for a function with a result. The result of the last attempt is returned also
// with an error. A result that is dropped, because another attempt is to follow, is closed
// before the wait if it is an io.Closer.
func Value[T any](ctx context.Context, p Policy, f func(context.Context) (T, error)) (v T, err error) {
	if ctx.Err() != nil {
		return v, context.Cause(ctx)
	}
	if p.watchful() {
		r := run{p: &p}
		if p.MaxElapsed > 0 || p.Observer != nil {
			r.began = time.Now()
		}
		v, err = attempt(ctx, &r, f)
		return repeat(ctx, &r, f, v, err)
	}
	// What nearly always happens costs next to nothing: one attempt, which succeeds.
	if v, err = f(ctx); err == nil {
		p.Budget.Success()
		return v, nil
	}
	return repeat(ctx, &run{p: &p, attempts: 1}, f, v, err)
}

// repeat goes on, after an attempt that returned v and err, until one succeeds or none may
// follow.
func repeat[T any](ctx context.Context, r *run, f func(context.Context) (T, error), v T, err error) (T, error) {
	for err != nil {
		delay, end := r.next(ctx, err)
		if end != nil {
			return v, end
		}
		discard(v) // before the wait: it may hold a connection
		if !sleep(ctx, delay) {
			var none T
			return none, r.giveUp(ctx, context.Cause(ctx), err)
		}
		v, err = attempt(ctx, r, f)
	}
	r.p.Budget.Success()
	return v, nil
}

// attempt calls f once.
func attempt[T any](ctx context.Context, r *run, f func(context.Context) (T, error)) (T, error) {
	r.attempts++
	within := ctx
	if r.attempts > 1 {
		within = nested.Mark(ctx)
	}
	within, cancel := resilience.WithTimeout(within, r.p.PerAttempt)
	defer cancel()
	began := r.now()
	v, err := f(within)
	if r.timedOut = err != nil && resilience.TimedOut(within, ctx); r.timedOut {
		err = timeoutOf(err, r.p.PerAttempt)
	}
	if r.p.Observer != nil {
		r.observe(ctx, began, err)
	}
	return v, err
}

// timeoutOf returns the error of an attempt that ran into its timeout: unless it says itself what
// it means, the timeout is what happened.
func timeoutOf(err error, limit time.Duration) error {
	var c resilience.Classified
	if errors.As(err, &c) {
		return err
	}
	return &resilience.TimeoutError{Limit: limit, Err: err}
}

// discard closes a result that nobody will see.
func discard(v any) {
	c, ok := v.(io.Closer)
	if !ok {
		return
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return
	}
	_ = c.Close()
}
