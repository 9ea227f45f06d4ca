package resilience

import (
	"errors"
	"fmt"
	"time"
)

// The reasons of a [Rejected].
var (
	// ErrOpen: the dependency's circuit breaker lets no call through.
	ErrOpen = errors.New("circuit breaker open")
	// ErrFull: the dependency's bulkhead has no slot left, and no room to wait for one.
	ErrFull = errors.New("bulkhead full")
)

// Rejected is the error of a call that was not made. It says nothing about what the dependency
// would have answered, so its outcome is [Ignore]: it ends a retry, and no breaker counts it.
//
// One Rejected may be returned to many callers.
type Rejected struct {
	Dep    string    // the dependency, as it was named; may be ""
	Reason error     // ErrOpen or ErrFull, to errors.Is
	Until  time.Time // when the next call may be let through; zero if that is not known
}

// Error says who refused the call, and for how long.
func (r *Rejected) Error() string {
	msg := r.Reason.Error()
	if r.Dep != "" {
		msg = r.Dep + ": " + msg
	}
	if in := r.RetryIn(); in > 0 {
		msg = fmt.Sprintf("%s, next try in %v", msg, in.Round(time.Millisecond))
	}
	return msg
}

// RetryIn returns how long it makes no sense to try again, from now: 0 if that is over, or not
// known.
func (r *Rejected) RetryIn() time.Duration {
	if r.Until.IsZero() {
		return 0
	}
	return max(0, time.Until(r.Until))
}

// Unwrap returns the reason, for errors.Is(err, resilience.ErrOpen).
func (r *Rejected) Unwrap() error { return r.Reason }

// Outcome returns [Ignore].
func (r *Rejected) Outcome() Outcome { return Ignore }
