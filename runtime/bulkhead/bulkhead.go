// Package bulkhead bounds how many calls to one dependency are under way at the same time, so
// that a slow one cannot take every goroutine and connection of its callers.
//
//	var catalog = bulkhead.New("catalog", bulkhead.Config{}) // one for each dependency, shared
//
//	err := catalog.Do(ctx, func(ctx context.Context) error { … })
//	if errors.Is(err, resilience.ErrFull) { … }
//
// [Group] bounds the goroutines that one function starts: one for each item of a list, say.
package bulkhead

import (
	"container/list"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// DefaultMax is 25 calls at the same time, as in resilience4j.
const DefaultMax = 25

// Config says how large a bulkhead is. The zero Config admits [DefaultMax] calls, and lets none
// wait: to fail at once is what protects the caller.
type Config struct {
	// Max is how many calls may be under way at the same time. 0 means [DefaultMax].
	Max int
	// Queue is how many more may wait for a slot; they get it in the order they came.
	Queue int
	// Wait is how long each of them waits at most. 0 means as long as its context allows.
	Wait time.Duration
	// Observer is told of rejected calls. nil means nobody.
	Observer resilience.Observer
}

// A Bulkhead guards one dependency. It is safe for concurrent use; share it between all that
// call the dependency. Make it with [New].
type Bulkhead struct {
	config Config
	full   *resilience.Rejected

	inFlight atomic.Int64
	waiting  atomic.Int64 // the length of the queue, to be read without the lock

	mu    sync.Mutex
	queue list.List // of chan struct{}, which is closed when its caller has the slot
}

// New returns an empty bulkhead for the dependency of that name, which appears in errors and
// events.
func New(dep string, c Config) *Bulkhead {
	if c.Max <= 0 {
		c.Max = DefaultMax
	}
	return &Bulkhead{config: c, full: &resilience.Rejected{Dep: dep, Reason: resilience.ErrFull}}
}

// Max returns how many calls may be under way at the same time.
func (b *Bulkhead) Max() int { return b.config.Max }

// Queue returns how many more may wait for a slot.
func (b *Bulkhead) Queue() int { return b.config.Queue }

// InFlight returns how many calls are under way.
func (b *Bulkhead) InFlight() int { return int(b.inFlight.Load()) }

// Waiting returns how many calls wait for a slot.
func (b *Bulkhead) Waiting() int { return int(b.waiting.Load()) }

// Do calls f in a slot. If there is none, and none gets free in the time that the configuration
// and ctx allow to wait, f is not called, and the error is a [*resilience.Rejected] with the
// reason [resilience.ErrFull]; if it was ctx that ended the wait, the error is its cause as well.
// The slot is given back also if f panics.
func (b *Bulkhead) Do(ctx context.Context, f func(context.Context) error) error {
	if err := b.enter(ctx); err != nil {
		return err
	}
	defer b.leave()
	return f(ctx)
}

// Value is [Bulkhead.Do] for a function with a result.
func Value[T any](ctx context.Context, b *Bulkhead, f func(context.Context) (T, error)) (v T, err error) {
	if err := b.enter(ctx); err != nil {
		return v, err
	}
	defer b.leave()
	return f(ctx)
}

// Slot is a place in a bulkhead. It must not be copied once it is in use.
type Slot struct {
	b        *Bulkhead
	released uint32
}

// Release gives the slot back. Only its first call counts.
func (s *Slot) Release() {
	if s.b != nil && atomic.SwapUint32(&s.released, 1) == 0 {
		s.b.leave()
	}
}

// Acquire takes a slot, which the caller must Release, or returns the error that
// [Bulkhead.Do] would return.
//
// Do and [Value] are simpler. Acquire is for calls that end elsewhere than they begin.
func (b *Bulkhead) Acquire(ctx context.Context) (Slot, error) {
	if err := b.enter(ctx); err != nil {
		return Slot{}, err
	}
	return Slot{b: b}, nil
}

// enter takes a slot. Who comes while others wait does not overtake them.
func (b *Bulkhead) enter(ctx context.Context) error {
	if b.waiting.Load() == 0 && b.take() {
		return nil
	}
	b.mu.Lock()
	b.handOver()
	if b.queue.Len() >= b.config.Queue {
		free := b.queue.Len() == 0 && b.take() // meanwhile
		b.mu.Unlock()
		if free {
			return nil
		}
		return b.reject(ctx, b.full)
	}
	mine := make(chan struct{})
	place := b.queue.PushBack(mine)
	b.waiting.Add(1)
	b.handOver() // a slot that was given back before anybody knew of the wait
	b.mu.Unlock()
	return b.wait(ctx, mine, place)
}

// take takes a slot if there is one.
func (b *Bulkhead) take() bool {
	for {
		n := b.inFlight.Load()
		if n >= int64(b.config.Max) {
			return false
		}
		if b.inFlight.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// handOver gives the slots there are to those who have waited longest. b.mu is held.
func (b *Bulkhead) handOver() {
	for b.queue.Len() > 0 && b.take() {
		b.waiting.Add(-1)
		close(b.queue.Remove(b.queue.Front()).(chan struct{}))
	}
}

// wait waits for a slot to be handed over.
func (b *Bulkhead) wait(ctx context.Context, mine chan struct{}, place *list.Element) error {
	var late <-chan time.Time
	if b.config.Wait > 0 {
		t := time.NewTimer(b.config.Wait)
		defer t.Stop()
		late = t.C
	}
	select {
	case <-mine:
		return nil
	case <-late:
	case <-ctx.Done():
	}
	b.mu.Lock()
	select {
	case <-mine: // just in time
		b.mu.Unlock()
		return nil
	default:
	}
	b.queue.Remove(place)
	b.waiting.Add(-1)
	b.mu.Unlock()
	if ctx.Err() != nil {
		return b.reject(ctx, &resilience.Rejected{
			Dep: b.full.Dep, Reason: fmt.Errorf("%w: %w", resilience.ErrFull, context.Cause(ctx)),
		})
	}
	return b.reject(ctx, b.full)
}

// leave gives a slot back. A call that waits has either seen that, or is seen here.
func (b *Bulkhead) leave() {
	b.inFlight.Add(-1)
	if b.waiting.Load() == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handOver()
}

func (b *Bulkhead) reject(ctx context.Context, err *resilience.Rejected) error {
	resilience.Notify(ctx, b.config.Observer, resilience.Event{Kind: resilience.KindReject, Dep: err.Dep, Err: err})
	return err
}
