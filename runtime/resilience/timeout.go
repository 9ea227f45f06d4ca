package resilience

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// errTimeout is the cause of contexts that ended by the timeout of WithTimeout.
var errTimeout = errors.New("timeout of one attempt")

func nothing() {}

// WithTimeout returns a context that ends after d at the latest. Where the deadline of ctx is as
// soon, or d is not positive, that is ctx itself: no timer is started, and it costs nothing.
//
// Unlike with context.WithTimeout, [TimedOut] can tell the end by d from the end of ctx: the
// first says that the dependency is slow, the second that the caller had no time left.
func WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return ctx, nothing
	}
	if at, ok := ctx.Deadline(); ok && time.Until(at) <= d {
		return ctx, nothing
	}
	return context.WithTimeoutCause(ctx, d, errTimeout)
}

// TimedOut reports whether ctx, which [WithTimeout] made of parent, ended by the timeout given
// there, and parent did not.
func TimedOut(ctx, parent context.Context) bool {
	return context.Cause(ctx) == errTimeout && context.Cause(parent) != errTimeout
}

// TimeoutError is the error of an attempt that took longer than it was given. It is a
// context.DeadlineExceeded to errors.Is.
type TimeoutError struct {
	Limit time.Duration // what the attempt was given
	Err   error         // what it returned
}

// Error says how long the attempt was given, and what it returned.
func (e *TimeoutError) Error() string { return fmt.Sprintf("no answer within %v: %v", e.Limit, e.Err) }

// Unwrap returns what the attempt returned, and context.DeadlineExceeded.
func (e *TimeoutError) Unwrap() []error { return []error{e.Err, context.DeadlineExceeded} }

// Timeout returns true, as the errors of package net do.
func (e *TimeoutError) Timeout() bool { return true }

// Outcome returns [Failure]: the dependency had the time that it was meant to need.
func (e *TimeoutError) Outcome() Outcome { return Failure }
