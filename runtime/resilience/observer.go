package resilience

import (
	"context"
	"time"
)

// A Kind is what an [Event] is about.
type Kind uint8

const (
	// KindAttempt: an attempt ended. Attempt, Outcome, Elapsed, Err.
	KindAttempt Kind = iota + 1
	// KindTimeout: an attempt ran into its own timeout. Attempt, Elapsed, Limit, DeadlineLeft,
	// BytesRead, Err.
	KindTimeout
	// KindRetry: an attempt failed, and the next one follows after Delay. Attempt, Delay, Err.
	KindRetry
	// KindGiveUp: an attempt failed, and no other follows. Attempt, Elapsed, Err.
	KindGiveUp
	// KindReject: a call was not made. Err is a [Rejected].
	KindReject
	// KindTransition: a breaker changed its state. From, To.
	KindTransition
	// KindDegrade: a fallback answered instead of the dependency. Err is what it stood in for.
	KindDegrade
)

var kinds = [...]string{
	KindAttempt: "attempt", KindTimeout: "timeout", KindRetry: "retry", KindGiveUp: "give up",
	KindReject: "reject", KindTransition: "transition", KindDegrade: "degrade",
}

// String returns the name of the kind: "attempt", "timeout", "retry", "give up", "reject",
// "transition" or "degrade".
func (k Kind) String() string {
	if int(k) < len(kinds) && kinds[k] != "" {
		return kinds[k]
	}
	return "unknown"
}

// An Event is one thing that happened around a call. Which of the fields are set depends on the
// kind.
type Event struct {
	Kind         Kind
	Dep          string        // the dependency, as it was named
	Attempt      int           // which attempt it was; the first is 1
	Outcome      Outcome       // what the attempt's end means
	Elapsed      time.Duration // since the attempt began; for KindGiveUp since the first one
	Delay        time.Duration // until the next attempt
	Limit        time.Duration // the timeout that was configured
	DeadlineLeft time.Duration // until the caller's deadline; 0 if it has none
	BytesRead    int64         // of the response's body
	From, To     string        // states of a breaker
	Err          error
}

// An Observer is told what happens. Observe is called on the goroutine of the call, outside of
// all locks, so it may call back; it may be called by several goroutines at once. The events of
// one breaker come one at a time, in the order in which they happened.
type Observer interface {
	Observe(ctx context.Context, e Event)
}

// ObserverFunc is a function as an [Observer].
type ObserverFunc func(ctx context.Context, e Event)

// Observe calls f.
func (f ObserverFunc) Observe(ctx context.Context, e Event) { f(ctx, e) }

// Notify tells o of e. A nil o is told nothing, and the panic of an observer is dropped: who
// watches a call must not be able to break it.
func Notify(ctx context.Context, o Observer, e Event) {
	if o == nil {
		return
	}
	defer func() { _ = recover() }()
	o.Observe(ctx, e)
}
