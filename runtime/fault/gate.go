package fault

import (
	"sync"
	"time"
)

// side is a direction: where the bytes of a request go, or those of its answer.
type side uint8

const (
	request side = iota
	reply
)

// A gate decides what happens to the bytes of one connection, in both directions. It knows where
// exchanges begin, and never waits.
type gate struct {
	engine *engine

	mu      sync.Mutex
	rules   *ruleset // that decided on the exchange
	faults  []*pending
	begun   bool  // an exchange is under way
	hung    bool  // it hangs, and has no end
	last    side  // where the last bytes went
	replied int64 // bytes of the answer that have passed
}

// pending is a fault of the exchange.
type pending struct {
	strike
	struck bool      // it is counted
	until  time.Time // when the wait is over; zero if none has begun
	left   int64     // of slowBody: what may pass before the next wait
}

// An action is what is to be done before bytes may pass.
type action struct {
	kind  kind      // 0: nothing, and so many bytes may pass
	pass  int       // of those that were asked about
	cut   bool      // they are the last ones
	until time.Time // of latency and slowBody: when to ask again
	err   error     // of failure
	// replaced is closed when the rules are, and what is to be done is another question.
	replaced <-chan struct{}
}

// next returns what is to be done before n bytes may go on to the side, and is asked again once it
// is done. Where n is 0, the question is about the end of the stream: that begins no exchange, and
// can only be held up.
func (g *gate) next(to side, n int) action {
	g.mu.Lock()
	defer g.mu.Unlock()
	rules := g.engine.current()
	turn := !g.begun || to == request && g.last == reply && !g.hung
	// New rules hold at once, also for what is under way.
	if n > 0 && turn || g.begun && g.rules != rules {
		g.begin(rules)
	}
	if n > 0 {
		g.last = to
	}
	now := time.Now()
	for _, f := range g.faults {
		if to == request && f.strikesAnswer() || n == 0 && f.kind != hang {
			continue
		}
		if g.acts(f, now) {
			return action{kind: f.kind, until: f.until, err: f.err, replaced: g.rules.replaced}
		}
	}
	if to == request {
		return action{pass: n}
	}
	return g.pass(n)
}

// begin asks the rules about an exchange.
func (g *gate) begin(rules *ruleset) {
	g.begun, g.hung, g.rules, g.replied, g.faults = true, false, rules, 0, nil
	for _, s := range g.engine.decide(rules, nil, func(r Rule) bool { return r.kind != refuse }) {
		g.faults = append(g.faults, &pending{strike: s})
	}
}

// acts reports whether the fault asks for something now.
func (g *gate) acts(f *pending, now time.Time) bool {
	switch f.kind {
	case latency, slowBody:
		if f.left > 0 {
			return false
		}
		if f.until.IsZero() {
			f.until = now.Add(f.wait)
		} else if !now.Before(f.until) { // waited for
			if f.kind == slowBody {
				f.left, f.until = f.bytes, time.Time{}
			}
			return false
		}
	case cutBody:
		if g.replied < f.bytes {
			return false
		}
	case failure:
		g.begun = false // the connection lives, and what comes next is another call
	case hang:
		g.hung = true
	}
	g.count(f)
	return true
}

// pass lets as many of the next n bytes of an answer pass as may.
func (g *gate) pass(n int) action {
	most := int64(n)
	for _, f := range g.faults {
		switch f.kind {
		case slowBody:
			most = min(most, f.left)
		case cutBody:
			most = min(most, f.bytes-g.replied)
		}
	}
	a := action{pass: int(most)}
	g.replied += most
	for _, f := range g.faults {
		switch f.kind {
		case slowBody:
			f.left -= most
		case cutBody:
			if n > 0 && g.replied == f.bytes {
				g.count(f)
				a.cut = true
			}
		}
	}
	return a
}

func (g *gate) count(f *pending) {
	if !f.struck {
		f.struck = true
		g.engine.count(f.kind)
	}
}
