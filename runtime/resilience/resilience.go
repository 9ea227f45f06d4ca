// Package resilience is the vocabulary that the other packages of this module share: what the
// outcome of a call means, what a refused call looks like, how long a call may take, and who is
// told.
//
// The patterns themselves are packages of their own: retry, breaker, bulkhead, fallback,
// httpclient, idempotency, serve, health, fault. Each can be used without the others. Where
// several stand around one call, the order is, from the outside in:
//
//	fallback → retry → breaker → bulkhead → attempt timeout → call
//
// so that no slot is held while a retry waits, and a breaker counts attempts, not calls.
package resilience

import (
	"context"
	"errors"
)

// An Outcome is what the end of a call says about the dependency.
type Outcome uint8

const (
	// Success: the dependency answered. That it answered "no such album" is an answer as well.
	Success Outcome = iota
	// Failure: the dependency failed, and the same call may succeed later.
	Failure
	// Ignore: the end says nothing about the dependency: the caller hung up, the call was
	// refused before it was made, or it cannot succeed however often it is made.
	Ignore
)

// String returns "success", "failure" or "ignore".
func (o Outcome) String() string {
	switch o {
	case Success:
		return "success"
	case Failure:
		return "failure"
	case Ignore:
		return "ignore"
	}
	return "unknown"
}

// Classify says what the error of a call means. It is called with nil too.
type Classify func(err error) Outcome

// Classified is implemented by errors that know what they mean: [Rejected], and what
// retry.Permanent returns.
type Classified interface {
	error
	Outcome() Outcome
}

// OutcomeOf is the Classify that is used where none is given: nil is a Success, a [Classified]
// error, at any depth, is what it says, context.Canceled is ignored, since the caller hung up,
// and everything else is a Failure.
func OutcomeOf(err error) Outcome {
	if err == nil {
		return Success
	}
	var c Classified
	if errors.As(err, &c) {
		return c.Outcome()
	}
	if errors.Is(err, context.Canceled) {
		return Ignore
	}
	return Failure
}

// Of returns what err means to c, or to [OutcomeOf] if c is nil.
func (c Classify) Of(err error) Outcome {
	if c == nil {
		return OutcomeOf(err)
	}
	return c(err)
}
