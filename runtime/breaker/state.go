package breaker

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// A State of a breaker.
type State uint8

const (
	// Closed: calls go through, and are counted.
	Closed State = iota
	// Open: calls are rejected.
	Open
	// HalfOpen: a few probes go through, other calls are rejected.
	HalfOpen
	// ForcedOpen: calls are rejected until Reset.
	ForcedOpen
	// ForcedClosed: calls go through, whatever becomes of them, until Reset.
	ForcedClosed
)

// String returns "closed", "open", "half-open", "forced open" or "forced closed".
func (s State) String() string {
	switch s {
	case Closed:
		return "closed"
	case Open:
		return "open"
	case HalfOpen:
		return "half-open"
	case ForcedOpen:
		return "forced open"
	case ForcedClosed:
		return "forced closed"
	}
	return "unknown"
}

const stateBits = 3

func stateOf(word uint64) State { return State(word & (1<<stateBits - 1)) }

// pass is what an admitted call holds: the generation that it began in, and its lease if it is a
// probe.
type pass struct {
	word  uint64
	lease uint64
}

// admit lets a call through, or returns the error that says why not.
func (b *Breaker) admit() (pass, error) {
	word := b.word.Load()
	switch stateOf(word) {
	case Closed, ForcedClosed:
		return pass{word: word}, nil
	case Open, ForcedOpen:
		if r := b.rejected.Load(); r != nil && b.now() < b.openTill.Load() {
			return pass{}, r
		}
	}
	b.mu.Lock()
	defer b.unlock()
	return b.admitProbe()
}

// admitProbe is admit for a breaker that is half-open, or due to be.
func (b *Breaker) admitProbe() (pass, error) {
	now := b.now()
	b.advance(now)
	word := b.word.Load()
	switch stateOf(word) {
	case Closed, ForcedClosed:
		return pass{word: word}, nil
	case Open, ForcedOpen:
		return pass{}, b.rejected.Load()
	}
	if len(b.leases) >= b.config.Probes {
		first := b.leases[0].till
		return pass{}, &resilience.Rejected{Dep: b.dep, Reason: resilience.ErrOpen, Until: b.at(first)}
	}
	b.lastLease++
	b.leases = append(b.leases, lease{b.lastLease, now + int64(b.config.Timeout+leaseSlack)})
	return pass{word: word, lease: b.lastLease}, nil
}

func (b *Breaker) at(nanos int64) time.Time { return b.start.Add(time.Duration(nanos)) }

// report counts the end of a call.
func (b *Breaker) report(p pass, o resilience.Outcome) {
	if b.word.Load() != p.word {
		return
	}
	if stateOf(p.word) == HalfOpen {
		b.reportProbe(p, o)
		return
	}
	if o == resilience.Ignore || stateOf(p.word) != Closed {
		return
	}
	now := b.now()
	b.window.add(now, o == resilience.Failure)
	if o != resilience.Failure || !b.tripped(now) {
		return
	}
	b.mu.Lock()
	defer b.unlock()
	if b.word.Load() == p.word {
		b.open(now)
	}
}

func (b *Breaker) tripped(now int64) bool {
	ok, failed := b.window.sum(now)
	return ok+failed >= b.config.MinCalls && float64(failed) >= b.config.Rate*float64(ok+failed)
}

func (b *Breaker) reportProbe(p pass, o resilience.Outcome) {
	b.mu.Lock()
	defer b.unlock()
	now := b.now()
	b.advance(now)
	if b.word.Load() != p.word {
		return // its lease is over
	}
	b.leases = slices.DeleteFunc(b.leases, func(l lease) bool { return l.id == p.lease })
	switch o {
	case resilience.Success:
		if b.successes++; b.successes >= b.config.Successes {
			b.reopened = 0
			b.become(Closed)
		}
	case resilience.Failure:
		b.reopened++
		b.open(now)
	}
}

// advance makes the changes of state that are due, for time has passed. b.mu is held.
func (b *Breaker) advance(now int64) {
	switch stateOf(b.word.Load()) {
	case Open:
		if now >= b.openTill.Load() {
			b.become(HalfOpen)
		}
	case HalfOpen:
		if len(b.leases) > 0 && now >= b.leases[0].till {
			b.reopened++
			b.open(now)
		}
	}
}

// open opens the breaker. b.mu is held.
func (b *Breaker) open(now int64) {
	longest := b.config.MaxOpenFor
	d := longest
	if shift := b.reopened; shift < 63 && b.config.OpenFor <= longest>>shift {
		d = b.config.OpenFor << shift
	}
	d = min(longest, time.Duration(float64(d)*(0.8+0.4*rand.Float64())))
	till := now + int64(d)
	b.refuse(till, b.at(till))
	b.become(Open)
}

// refuse sets what calls get while the breaker is open, and until when it is. b.mu is held.
func (b *Breaker) refuse(till int64, at time.Time) {
	b.rejected.Store(&resilience.Rejected{Dep: b.dep, Reason: resilience.ErrOpen, Until: at})
	b.openTill.Store(till)
}

// become changes the state, and with it the generation. b.mu is held.
func (b *Breaker) become(s State) {
	word := b.word.Load()
	from := stateOf(word)
	b.successes, b.leases = 0, b.leases[:0]
	b.window.clear()
	b.word.Store((word>>stateBits+1)<<stateBits | uint64(s))
	if b.config.Observer != nil && from != s {
		b.events = append(b.events, resilience.Event{
			Kind: resilience.KindTransition, Dep: b.dep, From: from.String(), To: s.String(),
		})
	}
}

// unlock unlocks b.mu and tells the observer what happened, outside of the lock and in order: one
// goroutine at a time does, also for the others.
func (b *Breaker) unlock() {
	for len(b.events) > 0 && !b.delivering {
		b.tell()
	}
	b.mu.Unlock()
}

// tell delivers the events there are. b.mu is held before and after, and free in between.
func (b *Breaker) tell() {
	events := b.events
	b.events, b.delivering = nil, true
	b.mu.Unlock()
	returned := false
	defer func() {
		b.mu.Lock()
		b.delivering = false
		if !returned { // the observer has ended the goroutine: nobody else will unlock
			b.mu.Unlock()
		}
	}()
	for _, e := range events {
		resilience.Notify(context.Background(), b.config.Observer, e)
	}
	returned = true
}

// State returns the state that the breaker is in now: an open one is half-open as soon as it is
// due, also when nothing is called.
func (b *Breaker) State() State {
	if s := stateOf(b.word.Load()); s == Open || s == HalfOpen {
		b.mu.Lock()
		b.advance(b.now())
		b.unlock()
	}
	return stateOf(b.word.Load())
}

// ForceOpen rejects all calls, until Reset.
func (b *Breaker) ForceOpen() {
	b.mu.Lock()
	defer b.unlock()
	b.refuse(math.MaxInt64, time.Time{})
	b.become(ForcedOpen)
}

// ForceClosed lets all calls through, whatever becomes of them, until Reset.
func (b *Breaker) ForceClosed() {
	b.mu.Lock()
	defer b.unlock()
	b.become(ForcedClosed)
}

// Reset closes the breaker, however it was opened or forced, and forgets all calls.
func (b *Breaker) Reset() {
	b.mu.Lock()
	defer b.unlock()
	b.reopened = 0
	b.become(Closed)
}
