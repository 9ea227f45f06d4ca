package policy

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
)

// A Scheme is the policy of a library as a program puts it together.
type Scheme struct {
	Policy
	Made   []ssa.Value // what it is built by, calls and variables; none where that is not seen
	Misuse string      // what is wrong with how it is put together, beyond the policy that it is
	Timed  bool        // the program says how long it goes on

	elapsed time.Duration // after which the attempts end; 0 where that is not known

	factor float64 // by which an exponential delay grows; 0 where that is not known
	zero   bool    // its delay is known to be zero
	spaced bool    // it has a delay of its own
}

// schemeOf returns the policy that the catalogue says something has by default.
func schemeOf(c *catalog.Schedule) Scheme {
	s := Scheme{factor: c.Factor}
	s.Attempts, s.Delay, s.Ceiling, s.Capped, s.elapsed = c.Attempts, c.Delay, c.Ceiling, c.Ceiling > 0, c.Elapsed
	if s.factor == 0 {
		s.factor = 2
	}
	if c.Attempts > 0 {
		s.Bounds |= ByAttempts
	}
	if c.Elapsed > 0 {
		s.Bounds |= ByTime
	}
	if c.Context {
		s.Bounds |= ByContext
	}
	s.Jitter = NotRandom
	if c.Jitter {
		s.Jitter = Random
	}
	s.spaced = c.Delay > 0
	s.grow(c.Growth)
	return s
}

// unseen returns the policy of which nothing is known.
func unseen() Scheme {
	return Scheme{Policy: Policy{Bounds: ByOther, Waits: true}}
}

// grow sets how the delay changes.
func (s *Scheme) grow(g catalog.Growth) {
	s.Waits = g != catalog.NoDelay
	switch g {
	case catalog.NoDelay, catalog.CustomDelay:
		s.Growth = Opaque
	case catalog.ConstantDelay:
		s.Growth = Constant
	case catalog.LinearDelay:
		s.Growth = Linear
	case catalog.ExponentialDelay:
		s.Growth = Exponential
	}
	if g == catalog.CustomDelay {
		s.Jitter = MayBeRandom
	}
}

// hide says that part of the policy is not seen: it may be anything.
func (s *Scheme) hide() {
	s.Bounds |= ByOther
	s.Waits, s.Growth, s.Jitter, s.Capped, s.zero = true, Opaque, MayBeRandom, true, false
	s.Attempts, s.Delay, s.Ceiling = 0, 0, 0
}

// set says a part of the policy: n is nil where it is not a constant.
func (s *Scheme) set(t *catalog.Tuning, n constant.Value, at token.Pos, major int) {
	number, known := integer(n)
	if t.Zero && known && number <= 0 {
		return
	}
	never := known && slices.Contains(t.Never, number) && (major == 0 || major >= t.Since)
	switch t.Aspect {
	case catalog.Attempts, catalog.Retries:
		s.CapAt = at
		s.limit(t, number, known, never)
	case catalog.Forever:
		s.CapAt = at
		s.Bounds &^= ByAttempts
		s.Attempts = 0
	case catalog.Elapsed:
		s.Timed, s.elapsed = true, time.Duration(number)
		if s.Bounds |= ByTime; never {
			s.Bounds &^= ByTime
			s.CapAt = at
		}
	case catalog.Ending:
		s.Bounds |= ByOther
	case catalog.Delay:
		s.WaitAt = at
		s.Delay, s.spaced, s.zero, s.Chosen = time.Duration(number), true, known && number <= 0, !known
	case catalog.Ceiling:
		s.Capped, s.Ceiling = !known || number > 0, time.Duration(max(number, 0))
	case catalog.Factor:
		s.multiply(n)
	case catalog.Seconds:
		if s.factor = 0; known {
			s.factor = time.Duration(number).Seconds()
		}
	case catalog.Delays:
		s.grow(t.Growth)
		s.Delay, s.zero, s.Chosen = 0, false, false
		s.WaitAt = at
	case catalog.Jitter:
		s.randomize(t, n)
	}
}

// limit sets the number of attempts.
func (s *Scheme) limit(t *catalog.Tuning, number int64, known, never bool) {
	s.Bounds |= ByAttempts
	s.Attempts = 0
	switch {
	case never:
		s.Bounds &^= ByAttempts
	case !known:
	case t.Aspect == catalog.Retries:
		s.Attempts = max(number, 0) + 1
		if number < 0 && t.Negative {
			s.Misuse = "a negative number of retries is not \"for ever\" but none: the first request that fails is the last"
		}
	default:
		s.Attempts = max(number, 0)
	}
}

// multiply sets the factor by which the delay grows.
func (s *Scheme) multiply(n constant.Value) {
	factor, known := float(n)
	switch {
	case !known:
		s.Growth, s.factor = Opaque, 0
	case factor <= 1:
		s.Growth = Constant
	default:
		s.Growth, s.factor = Exponential, factor
	}
}

// randomize sets the jitter.
func (s *Scheme) randomize(t *catalog.Tuning, n constant.Value) {
	s.Jitter = Random
	if t.Value == catalog.None && t.Field == "" {
		return
	}
	switch {
	case n == nil:
		s.Jitter = MayBeRandom
	case n.Kind() == constant.Bool:
		if !constant.BoolVal(n) {
			s.Jitter = NotRandom
		}
	default:
		if amount, _ := float(n); amount <= 0 {
			s.Jitter = NotRandom
		}
	}
}

// space takes growth, jitter and delays from another policy.
func (s *Scheme) space(other Scheme) {
	s.Waits, s.Growth, s.Jitter, s.factor = other.Waits, other.Growth, other.Jitter, other.factor
	if other.WaitAt.IsValid() {
		s.WaitAt = other.WaitAt
	}
	if other.spaced {
		s.Delay, s.spaced, s.zero, s.Chosen = other.Delay, true, other.zero, other.Chosen
		s.Ceiling, s.Capped = other.Ceiling, other.Capped
	}
}

// sum adds the delay of another policy to each of this one's.
func (s *Scheme) sum(other Scheme) {
	if !other.Waits {
		return
	}
	if !s.Waits {
		s.Waits, s.Growth, s.Jitter, s.factor = true, other.Growth, other.Jitter, other.factor
		return
	}
	if s.Growth == Opaque || other.Growth == Opaque {
		s.Growth = Opaque
	} else {
		s.Growth = max(s.Growth, other.Growth)
	}
	switch {
	case s.Jitter == Random || other.Jitter == Random:
		s.Jitter = Random
	case s.Jitter == MayBeRandom || other.Jitter == MayBeRandom:
		s.Jitter = MayBeRandom
	}
}

// oneOf returns the policy that is one of several, of which there is at least one.
func oneOf(each []Scheme) Scheme {
	s := each[0]
	for _, other := range each[1:] {
		s.join(other)
	}
	return s
}

// join says that the policy is one of two.
func (s *Scheme) join(other Scheme) {
	if s.Bounds&ByAttempts != 0 && other.Bounds&ByAttempts != 0 && s.Attempts != 0 && other.Attempts != 0 {
		s.Attempts = max(s.Attempts, other.Attempts)
	} else if s.Attempts != other.Attempts {
		s.Attempts = 0
	}
	s.Bounds |= other.Bounds
	if s.Growth != other.Growth {
		s.Growth = Opaque
	}
	if s.Jitter != other.Jitter {
		s.Jitter = MayBeRandom
	}
	if s.Delay != other.Delay {
		s.Delay = 0
	}
	if s.Ceiling != other.Ceiling {
		s.Ceiling = 0
	}
	s.Capped = s.Capped || other.Capped
	s.Chosen = s.Chosen || other.Chosen
	s.Waits = s.Waits || other.Waits
	s.zero = s.zero && other.zero
	s.spaced, s.Timed = s.spaced || other.spaced, s.Timed || other.Timed
	if s.factor != other.factor {
		s.factor = 0
	}
	if s.elapsed != other.elapsed {
		s.elapsed = 0
	}
	for _, made := range other.Made {
		s.build(made)
	}
	if s.Misuse != other.Misuse {
		s.Misuse = ""
	}
}

// build notes what the policy is built by.
func (s *Scheme) build(made ssa.Value) {
	if !slices.Contains(s.Made, made) {
		s.Made = append(slices.Clip(s.Made), made)
	}
}

// finish draws the conclusions from what is known.
func (s *Scheme) finish() {
	if s.zero && s.Jitter == NotRandom {
		s.Waits = false // it is told to wait for nothing
	}
	if !s.Waits {
		s.Growth, s.Jitter, s.Delay, s.Ceiling, s.Capped = Opaque, MayBeRandom, 0, 0, false
	}
	if s.Growth == Constant && s.Delay > 0 && s.elapsed > 0 && s.Attempts == 0 {
		s.Usual = int64((s.elapsed + s.Delay - 1) / s.Delay) // the last one begins before the time is over
	}
	s.Wraps = s.Bounds&(ByTime|ByOther) == 0 && s.PassesHour(s.factor)
}

// underflow says that the number of attempts is one less than an unsigned number that may be zero.
func (s *Scheme) underflow(name string) {
	s.Misuse = fmt.Sprintf("if %s is 0, %[1]s - 1 wraps around, and the attempts have no end", name)
}

// integer returns an integer constant, or the whole number that a float is.
func integer(n constant.Value) (int64, bool) {
	if n == nil || n.Kind() != constant.Int && n.Kind() != constant.Float {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(n))
}

func float(n constant.Value) (float64, bool) {
	if n == nil || n.Kind() != constant.Int && n.Kind() != constant.Float {
		return 0, false
	}
	f, _ := constant.Float64Val(n)
	return f, true
}
