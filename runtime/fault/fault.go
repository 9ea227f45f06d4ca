// Package fault makes a dependency fail, in tests and in chaos experiments: it is slow, answers
// 503, resets the connection, breaks off in the middle of its answer, or never answers at all.
//
//	tr := fault.Transport(t, nil,
//		fault.Status(503).Header("Retry-After", "1").Times(2),
//		fault.Hang().When(fault.Path("/albums")).Probability(0.1))
//	client := &http.Client{Transport: tr, Timeout: time.Second}
//	…
//	if got := tr.Injected().Status; got != 2 {
//		t.Errorf("%d requests were answered with 503, want 2", got)
//	}
//
// Faults can be put at three places: around an http.RoundTripper ([Transport]), around
// connections of any protocol ([Conn], [NewDialer]), and between two processes ([NewProxy]).
// The first two take a testing.TB, so that no production code can come to use them. The Proxy
// is for experiments with whole programs, and takes none.
//
// # Rules
//
// A [Rule] is one kind of fault, and when it strikes: by default every time. Rules are asked in
// the order in which they are given, and all that strike do; after one that ends the call, which
// are [Error], [Refuse], [Reset], [Status] and [Hang], the others are not asked. So
//
//	fault.Status(503).Times(2), fault.Reset().Times(1)
//
// is an outage in three steps: 503, 503, a reset connection, and then all is well.
//
// What is asked about is an exchange: a request and its answer. On a connection, whose protocol
// is not known here, an exchange begins where the direction turns: with the first bytes that are
// sent after some were received, as well as with the first bytes of all. That is a request of
// HTTP/1.1, a command of Redis, a statement of PostgreSQL, and also the first half of a TLS
// handshake. Where both sides talk at once, as in HTTP/2, a turn is just a turn.
//
// A fault strikes before the request gets through: the dependency sees nothing of it. With
// [Rule.OnAnswer] it strikes the answer: the dependency did what it was asked to, and the caller
// does not learn of it.
//
// # Seeds
//
// What is left to chance is drawn from a seed, which is [DefaultSeed] if [Seed] gives no other:
// with the same seed and rules, the n-th exchange meets the same faults in each run, with any
// release of Go. With concurrent calls it is up to the scheduler which of them is the n-th. Where
// a test fails, its log has the seed, and what was injected.
package fault

import (
	"fmt"
	"testing"
)

// Importing package testing outside of tests costs a program nothing: its flags are registered
// by testing.Init, which only test binaries call (since Go 1.13). A type that implements
// testing.TB can only be had from package testing, since the interface has an unexported method;
// who embeds a nil one to get around that knows what they do.

// DefaultSeed is 1: a value of ours, any other is as good. It is fixed, so that a test without
// [Seed] does the same each time.
const DefaultSeed = 1

// An Option of [Transport], [Conn], [NewDialer] or [NewProxy] is a [Rule], or a [Seed].
type Option interface{ add(*config) }

type config struct {
	seed  uint64
	rules []Rule
}

type seed uint64

func (s seed) add(c *config) { c.seed = uint64(s) }

// Seed returns the option that replaces [DefaultSeed] by n. Where several are given, the last one
// counts.
func Seed(n uint64) Option { return seed(n) }

func (r Rule) add(c *config) { c.rules = append(c.rules, r) }

// newEngine returns the engine of something at level at, or says which option is wrong there.
func newEngine(at level, options []Option) (*engine, error) {
	c := config{seed: DefaultSeed}
	for _, o := range options {
		if o == nil {
			return nil, fmt.Errorf("fault: an option is nil")
		}
		o.add(&c)
	}
	e := &engine{level: at, seed: c.seed, over: make(chan struct{})}
	if err := e.set(c.rules); err != nil {
		return nil, err
	}
	return e, nil
}

// inTest returns the engine of something that lives as long as tb. Options that are wrong end
// the test.
func inTest(tb testing.TB, at level, options []Option) *engine {
	tb.Helper()
	e, err := newEngine(at, options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		e.end() // what hangs without an end in sight is not to outlive the test
		if tb.Failed() {
			tb.Log(e)
		}
	})
	return e
}
