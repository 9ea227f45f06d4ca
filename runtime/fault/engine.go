package fault

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// kind is a kind of fault.
type kind uint8

const (
	latency kind = iota + 1
	failure
	refuse
	reset
	status
	slowBody
	cutBody
	hang
)

// Counts says how often each kind of fault was injected. Two of them can be compared with ==.
//
// What counts is the fault, not the rule's decision: a CutBody that is longer than the body cuts
// nothing, and a response whose body is not read is not slow.
type Counts struct {
	Latency, Error, Refuse, Reset, Status, SlowBody, CutBody, Hang int
}

// Total returns the sum.
func (c Counts) Total() int {
	return c.Latency + c.Error + c.Refuse + c.Reset + c.Status + c.SlowBody + c.CutBody + c.Hang
}

// String returns what is not 0: "2 status, 1 hang".
func (c Counts) String() string {
	var parts []string
	for k := latency; k <= hang; k++ {
		if n := *c.of(k); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kinds[k]))
		}
	}
	if parts == nil {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

var kinds = [...]string{
	latency: "latency", failure: "error", refuse: "refuse", reset: "reset", status: "status",
	slowBody: "slow body", cutBody: "cut body", hang: "hang",
}

func (c *Counts) of(k kind) *int {
	return [...]*int{
		latency: &c.Latency, failure: &c.Error, refuse: &c.Refuse, reset: &c.Reset, status: &c.Status,
		slowBody: &c.SlowBody, cutBody: &c.CutBody, hang: &c.Hang,
	}[k]
}

// An engine decides which faults an exchange meets. All connections of a dialer or a proxy share
// one.
type engine struct {
	level level
	seed  uint64
	over  chan struct{} // closed by end

	mu      sync.Mutex
	rules   *ruleset
	decided int // exchanges, and connections that could be refused
	counts  Counts
	ended   bool
}

// A ruleset is the rules that hold until they are replaced.
type ruleset struct {
	rules    []*asked
	replaced chan struct{} // closed when they are
}

// asked is a rule, and what it was asked about so far. The engine's lock guards the counters.
type asked struct {
	Rule
	chance  *rand.PCG
	matched int
	struck  int
}

// set replaces the rules. Each has its own source of chance, so that what it decides does
// not depend on what the others draw.
func (e *engine) set(rules []Rule) error {
	for _, r := range rules {
		if err := r.refusal(e.level); err != nil {
			return err
		}
	}
	s := &ruleset{replaced: make(chan struct{})}
	for i, r := range rules {
		s.rules = append(s.rules, &asked{Rule: r, chance: rand.NewPCG(e.seed, uint64(i))})
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rules != nil {
		close(e.rules.replaced)
	}
	e.rules = s
	return nil
}

// end wakes all who wait. It may be called more than once.
func (e *engine) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.ended {
		e.ended = true
		close(e.over)
	}
}

// current returns the rules that hold now.
func (e *engine) current() *ruleset {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.rules
}

// A strike is a rule's decision that there is a fault.
type strike struct {
	*asked
	wait time.Duration // of latency and slowBody
}

// decide asks the rules of s for which about holds, in their order, which of them strike. It is
// one step, so that the n-th decision does not depend on what happens during the others. The
// request is nil where there is none.
func (e *engine) decide(s *ruleset, req *http.Request, about func(Rule) bool) []strike {
	matched := make([]bool, len(s.rules))
	for i, a := range s.rules { // outside of the lock: these are the user's functions
		matched[i] = about(a.Rule) && matches(a.match, req)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.decided++
	var strikes []strike
	for i, a := range s.rules {
		if !matched[i] || !a.ask() {
			continue
		}
		strikes = append(strikes, strike{asked: a, wait: a.draw()})
		if a.ends() {
			break
		}
	}
	return strikes
}

// refuses reports whether a new connection is refused.
func (e *engine) refuses() bool {
	about := func(r Rule) bool { return r.kind == refuse }
	strikes := e.decide(e.current(), nil, about)
	if len(strikes) == 0 {
		return false
	}
	e.count(refuse)
	return true
}

func matches(all []Match, req *http.Request) bool {
	for _, m := range all {
		if !m(req) {
			return false
		}
	}
	return true
}

// ask reports whether the rule strikes this time.
func (a *asked) ask() bool {
	a.matched++
	switch {
	case a.times > 0 && a.struck >= a.times,
		a.first > 0 && a.matched > a.first,
		a.every > 0 && a.matched%a.every != 0,
		a.probability < 1 && unit(a.chance.Uint64()) >= a.probability:
		return false
	}
	a.struck++
	return true
}

// draw returns how long the wait is this time.
func (a *asked) draw() time.Duration {
	if a.jitter == 0 {
		return a.delay
	}
	extra, _ := bits.Mul64(a.chance.Uint64(), uint64(a.jitter)+1)
	return a.delay + time.Duration(extra)
}

// unit makes a number from 0 to 1, 1 excluded, of 64 random bits. The methods of rand.Rand would
// do, but nothing says that they make the same of them in the next release of Go.
func unit(u uint64) float64 { return float64(u>>11) / (1 << 53) }

// count notes that a fault happened.
func (e *engine) count(k kind) {
	e.mu.Lock()
	defer e.mu.Unlock()
	*e.counts.of(k)++
}

// injected returns what happened so far.
func (e *engine) injected() Counts {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.counts
}

// String is what the log of a test that failed says.
func (e *engine) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return fmt.Sprintf("fault.%v: seed %d, %d decisions, injected: %v", e.level, e.seed, e.decided, e.counts)
}
