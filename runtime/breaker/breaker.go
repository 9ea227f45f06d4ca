// Package breaker is a circuit breaker: while most calls to a dependency fail, it lets none
// through, so that the callers fail at once instead of waiting with their goroutines and
// connections for something that is down, and the dependency can recover.
//
//	var catalog = breaker.New("catalog", breaker.Config{}) // one for each dependency, shared
//
//	album, err := breaker.Value(ctx, catalog, func(ctx context.Context) (Album, error) {
//		return client.Album(ctx, sku)
//	})
//	if errors.Is(err, resilience.ErrOpen) { … }
//
// A breaker is closed at first. It opens when enough of the calls of a sliding window fail;
// after a while it is half-open, and lets probes through, a few at a time: their success closes
// it, a failure opens it again, for longer.
//
// What counts is what the dependency did. A caller that hangs up, or had next to no time left,
// says nothing about it and is not counted.
package breaker

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// Defaults of a [Config].
const (
	// DefaultRate is 0.5: half of the calls, as in Hystrix and resilience4j.
	DefaultRate = 0.5
	// DefaultMinCalls is 20, as in Hystrix. Fewer calls say too little.
	DefaultMinCalls = 20
	// DefaultWindow is 10 s, as in Hystrix.
	DefaultWindow = 10 * time.Second
	// DefaultOpenFor is 5 s, as in Polly.
	DefaultOpenFor = 5 * time.Second
	// DefaultMaxOpenFor is 60 s: ours. Nobody waits longer than a minute for a dependency
	// that is back.
	DefaultMaxOpenFor = 60 * time.Second
	// DefaultProbes is 1: ours. One call is enough to find out, and more would fall on a
	// dependency that has just come up.
	DefaultProbes = 1
	// DefaultSuccesses is 3: ours. One success may be luck.
	DefaultSuccesses = 3
	// DefaultTimeout is 3 s, the attempt timeout of package httpclient.
	DefaultTimeout = 3 * time.Second
)

// Config says when a breaker opens and closes. The zero Config is a good one, and so is the zero
// value of each field: it means the default.
type Config struct {
	// Rate is the share of failures, above 0 and up to 1, from which the breaker opens.
	Rate float64
	// MinCalls is how many calls the window must hold before the rate means anything.
	MinCalls int
	// Window is the time that calls are counted for. It slides in tenths.
	Window time.Duration
	// OpenFor is how long the breaker stays open at first, give or take a fifth, so that
	// many processes do not probe at the same time. It doubles with each probe that fails.
	OpenFor time.Duration
	// MaxOpenFor is the longest that it stays open.
	MaxOpenFor time.Duration
	// Probes is how many calls are let through at the same time while it is half-open.
	Probes int
	// Successes is how many probes must succeed for it to close.
	Successes int
	// Timeout is what a call is usually given. A caller whose own deadline ended a call
	// before half of it says nothing about the dependency. A probe that takes longer, by a
	// second, has failed: its place is free again, so that a probe which hangs cannot keep
	// the breaker half-open.
	Timeout time.Duration
	// Classify says what the error of a call means. nil means [resilience.OutcomeOf].
	Classify resilience.Classify
	// Observer is told of rejected calls and of each change of state. nil means nobody.
	Observer resilience.Observer
}

// leaseSlack is what a probe gets beyond the timeout, to notice that it has passed.
const leaseSlack = time.Second

func (c Config) withDefaults() Config {
	if !(c.Rate > 0) {
		c.Rate = DefaultRate
	}
	c.Rate = min(c.Rate, 1)
	setDefault(&c.MinCalls, DefaultMinCalls)
	setDefault(&c.Window, DefaultWindow)
	setDefault(&c.OpenFor, DefaultOpenFor)
	setDefault(&c.MaxOpenFor, max(DefaultMaxOpenFor, c.OpenFor))
	setDefault(&c.Probes, DefaultProbes)
	setDefault(&c.Successes, DefaultSuccesses)
	setDefault(&c.Timeout, DefaultTimeout)
	return c
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// A Breaker guards one dependency. It is safe for concurrent use; share it between all that
// call the dependency. Make it with [New].
type Breaker struct {
	dep    string
	config Config
	start  time.Time // times below are nanoseconds since then

	// word holds the state, and a generation that changes with it: what a call reports that
	// began in another generation is history. Closed and open calls take no lock.
	word     atomic.Uint64
	openTill atomic.Int64
	rejected atomic.Pointer[resilience.Rejected] // what calls get while it is open
	window   window

	mu         sync.Mutex // for all that follows, and for changes of word
	reopened   int        // times in a row that a probe failed
	successes  int        // of probes, in this generation
	leases     []lease    // of probes under way
	lastLease  uint64
	events     []resilience.Event // that nobody has been told of
	delivering bool
}

// lease is the place of a probe.
type lease struct {
	id   uint64
	till int64
}

// New returns a closed breaker for the dependency of that name, which appears in errors and
// events.
func New(dep string, c Config) *Breaker {
	b := &Breaker{dep: dep, config: c.withDefaults(), start: time.Now()}
	b.window.width = max(1, int64(b.config.Window)/buckets)
	return b
}

// Dep returns the name of the dependency.
func (b *Breaker) Dep() string { return b.dep }

func (b *Breaker) now() int64 { return int64(time.Since(b.start)) }

// Call is a call that [Breaker.Allow] let through. It must not be copied once it is in use.
type Call struct {
	b    *Breaker
	pass pass
	done uint32
}

// Done reports how the call ended. Only its first report counts, so that a deferred
// Done(resilience.Failure) covers panics and early returns.
func (c *Call) Done(o resilience.Outcome) {
	if c.b != nil && atomic.SwapUint32(&c.done, 1) == 0 {
		c.b.report(c.pass, o)
	}
}

// Allow asks whether a call may be made. If so, the caller makes it and then reports how it
// ended, with [Call.Done]; if not, the error is a [*resilience.Rejected] with the reason
// [resilience.ErrOpen].
//
// [Breaker.Do] and [Value] are simpler. Allow is for calls that end elsewhere than they begin.
func (b *Breaker) Allow() (Call, error) {
	p, err := b.admit()
	if err != nil {
		b.reject(context.Background(), err)
		return Call{}, err
	}
	return Call{b: b, pass: p}, nil
}

// Do calls f, unless the breaker is open: then the error is a [*resilience.Rejected] with the
// reason [resilience.ErrOpen], and f is not called. If f panics, or ends its goroutine, that is a
// failure of the dependency to the breaker, and goes on.
func (b *Breaker) Do(ctx context.Context, f func(context.Context) error) error {
	_, err := Value(ctx, b, func(ctx context.Context) (struct{}, error) { return struct{}{}, f(ctx) })
	return err
}

// Value is [Breaker.Do] for a function with a result.
func Value[T any](ctx context.Context, b *Breaker, f func(context.Context) (T, error)) (v T, err error) {
	p, err := b.admit()
	if err != nil {
		b.reject(ctx, err)
		return v, err
	}
	outcome := resilience.Failure // unless f returns
	defer func() { b.report(p, outcome) }()
	began := b.began(ctx)
	v, err = f(ctx)
	if err == nil && b.config.Classify == nil {
		outcome = resilience.Success
	} else {
		outcome = b.outcome(ctx, began, err)
	}
	return v, err
}

// began returns when a call began if its caller has a deadline.
func (b *Breaker) began(ctx context.Context) int64 {
	if _, ok := ctx.Deadline(); ok {
		return b.now()
	}
	return 0
}

// outcome returns what the end of a call says about the dependency: nothing if the caller hung
// up, or if its own deadline came before the dependency had half of the usual time.
func (b *Breaker) outcome(ctx context.Context, began int64, err error) resilience.Outcome {
	o := b.config.Classify.Of(err)
	if o != resilience.Failure {
		return o
	}
	switch ended := ctx.Err(); {
	case ended == nil:
		return o
	case errors.Is(ended, context.DeadlineExceeded):
		if b.now()-began < int64(b.config.Timeout)/2 {
			return resilience.Ignore
		}
		return o
	}
	return resilience.Ignore
}

func (b *Breaker) reject(ctx context.Context, err error) {
	if b.config.Observer == nil {
		return
	}
	resilience.Notify(ctx, b.config.Observer, resilience.Event{Kind: resilience.KindReject, Dep: b.dep, Err: err})
}

// Counts returns how many calls of the window succeeded and failed.
func (b *Breaker) Counts() (successes, failures int) { return b.window.sum(b.now()) }
