// Package policy knows what the policy of a retry is, and reads the one that a program gives to a
// retry library: by options, builders, structs, and helpers around them.
//
// What a library does by default, and which of its functions and fields say what, is in the
// catalogue. What cannot be read has a value of its own (an Other bound, an Opaque delay), which
// rules take for good.
package policy

import (
	"go/token"
	"math"
	"time"
)

// A Policy says how many attempts there are, and how they are spaced.
type Policy struct {
	Bounds   Bounds
	Attempts int64 // the most there can be, the first one included; 0 where that is not a constant

	// Usual is the most there can be unless somebody else sets another number, or in the time that there is
	// for them; 0 where that is not seen.
	Usual int64
	// Default is the most there can be by the package's default for a setting that others may say.
	Default int64

	Waits  bool // something may wait between two attempts
	Growth Growth
	Jitter Jitter
	// Delay is the first delay, and Ceiling the longest, where they are constants; 0 if not.
	// Capped says that there is a longest, constant or not.
	Delay   time.Duration
	Ceiling time.Duration
	Capped  bool
	// Chosen says that the delay is what a caller, a flag or a file says: how long it is, and whether it
	// is the same for all, is not seen.
	Chosen bool

	// Wraps says that the delay grows without a ceiling until it overflows or passes an hour.
	Wraps bool

	WaitAt token.Pos // of a wait
	CapAt  token.Pos // of what sets the attempts, or says that there is no end to them
}

// Bounds say what ends the attempts if none succeeds.
type Bounds uint8

const (
	ByAttempts Bounds = 1 << iota // a number of attempts
	ByTime                        // time that has passed
	ByContext                     // the end of a context
	ByOther                       // something else, or something that cannot be seen
)

// A Growth says how the delay changes from one attempt to the next.
type Growth uint8

const (
	Opaque      Growth = iota // it cannot be seen
	Constant                  // it stays as it is
	Linear                    // it grows by the same amount
	Exponential               // it grows by the same factor
	Table                     // it is taken from a list
)

// A Jitter says whether the delay is random.
type Jitter uint8

const (
	MayBeRandom Jitter = iota // it cannot be seen
	Random
	NotRandom
)

// PassesHour reports whether the delay, if it grows by a factor each time, passes an hour before the
// attempts end: there is no delay after the last. Where only a context ends them, they do not.
func (p *Policy) PassesHour(factor float64) bool {
	if p.Growth != Exponential || p.Capped || factor <= 1 {
		return false
	}
	if p.Bounds&^ByContext == 0 {
		return true
	}
	return p.Delay > 0 && p.Attempts > 2 && float64(p.Delay)*math.Pow(factor, float64(p.Attempts-2)) > float64(time.Hour)
}

// After returns the delay after an attempt has failed, counted from 0, as far as its growth tells: what grows by a factor
// is taken to double. It reports false where it is not known.
func (p *Policy) After(attempt int64) (time.Duration, bool) {
	d := float64(p.Delay)
	switch p.Growth {
	case Constant:
	case Linear:
		d *= float64(attempt + 1)
	case Exponential:
		d *= math.Pow(2, float64(attempt))
	default:
		return 0, false
	}
	return time.Duration(min(d, float64(math.MaxInt64/2))), d > 0
}

// Total returns how long all delays are together, an hour or more if they are that long; 0 where it is not known.
func (p *Policy) Total() (total time.Duration) {
	for i := int64(0); i < p.Attempts-1 && total <= time.Hour; i++ {
		d, ok := p.After(i)
		if !ok || i >= 1<<16 {
			return 0
		}
		total += d
	}
	return total
}
