package retry

import (
	"errors"
	"fmt"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// Error is the error of a call that was repeated, or would have been, until something forbade
// to go on.
type Error struct {
	Dep      string // of the policy
	Attempts int    // that were made
	Reason   error  // why there is no other: ErrAttempts, ErrBudget, …, or the context's cause
	Err      error  // of the last attempt
}

// Error says how the last attempt ended, and why it was the last.
func (e *Error) Error() string {
	dep := ""
	if e.Dep != "" {
		dep = e.Dep + ": "
	}
	s := "s"
	if e.Attempts == 1 {
		s = ""
	}
	return fmt.Sprintf("%s%v (gave up after %d attempt%s: %v)", dep, e.Err, e.Attempts, s, e.Reason)
}

// Unwrap returns the error of the last attempt, and the reason.
func (e *Error) Unwrap() []error { return []error{e.Err, e.Reason} }

// Timeout reports whether the last attempt timed out, as the errors of package net do.
func (e *Error) Timeout() bool {
	var t interface{ Timeout() bool }
	return errors.As(e.Err, &t) && t.Timeout()
}

// gaveUp reports whether err comes from a retry further in, which has made its attempts.
func gaveUp(err error) bool {
	var e *Error
	return errors.As(err, &e)
}

// Permanent marks an error that no other attempt can mend, such as a request that the
// dependency calls invalid. It ends a retry, and breakers ignore it. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanent{err}
}

// IsPermanent reports whether err was marked by [Permanent].
func IsPermanent(err error) bool {
	var p *permanent
	return errors.As(err, &p)
}

type permanent struct{ err error }

func (p *permanent) Error() string               { return p.err.Error() }
func (p *permanent) Unwrap() error               { return p.err }
func (p *permanent) Outcome() resilience.Outcome { return resilience.Ignore }

// After marks an error with the time that the dependency asks to be left alone for, as a
// Retry-After header does. The next attempt follows after exactly d; if that is more than the
// policy's Cap, or the context's deadline is sooner, there is none. A negative d is 0.
// After(nil, d) is nil.
func After(err error, d time.Duration) error {
	if err == nil {
		return nil
	}
	return &pushed{err, max(0, d)}
}

type pushed struct {
	err   error
	delay time.Duration
}

func (p *pushed) Error() string { return p.err.Error() }
func (p *pushed) Unwrap() error { return p.err }

func pushback(err error) (d time.Duration, ok bool) {
	var p *pushed
	if errors.As(err, &p) {
		return p.delay, true
	}
	return 0, false
}
