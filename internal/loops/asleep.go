package loops

import (
	"math"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/policy"
)

// customary is how many attempts are taken for what somebody sets where no default is in sight: three to five is what
// libraries and examples have.
const customary = 4

// asleep returns how long the sleeps between the attempts at an operation take in all, at most; 0 where that is not
// known. What else takes time between two attempts is none of theirs: an attempt may wait in itself.
func (c *cycle) asleep(attempts int64, sleeps []*wait) (total time.Duration) {
	together := c.together(sleeps)
	all := make([]*slept, len(sleeps))
	for i, w := range sleeps {
		all[i] = c.slept(w)
	}
	for round := int64(0); round < attempts-1 && total <= time.Hour; round++ {
		var longest time.Duration
		for _, s := range all {
			d, ok := s.after(round)
			switch {
			case !ok:
				return 0
			case together:
				longest += d
			default:
				longest = max(longest, d)
			}
		}
		total += longest
	}
	return total
}

// together reports whether more than one of several sleeps may be made in the same round.
func (c *cycle) together(sleeps []*wait) bool {
	for i, w := range sleeps {
		at := w.outermost().Block()
		after := c.paths(at.Succs, map[edge]bool{}, c.ops[0].Block())
		for j, other := range sleeps {
			block := other.outermost().Block()
			if i != j && (block == at || block != c.head && block != c.ops[0].Block() && after[block]) {
				return true
			}
		}
	}
	return false
}

// outermost returns the instruction of the function with the loop that waits, or leads to what does.
func (w *wait) outermost() ssa.Instruction {
	at := w.at
	for fr := w.frame; fr != nil; fr = fr.up {
		at = fr.call
	}
	return at
}

// A slept is a sleep between two attempts.
type slept struct {
	wait  *wait
	pace  policy.Policy
	late  int64   // 1 where the first round does not sleep
	exact *rounds // nil where the rounds do not say how long it is
}

func (c *cycle) slept(w *wait) *slept {
	s := &slept{wait: w, exact: &rounds{c: c, known: map[inRound]float64{}}}
	c.spaced(&s.pace, []*wait{w})
	at, op := w.outermost(), c.ops[0]
	before := precedes(at, op)
	if at.Block() != op.Block() {
		before = c.paths([]*ssa.BasicBlock{c.head}, nil, op.Block())[at.Block()]
	}
	if before && !c.begun() {
		s.late = 1
	}
	return s
}

// after returns how long the sleep after an attempt is at most, counted from 0. It reports false where that is not known.
func (s *slept) after(round int64) (time.Duration, bool) {
	if s.exact != nil {
		if d, ok := s.exact.at(s.wait.delay, s.wait.frame, round+s.late); ok {
			if s.pace.Ceiling > 0 {
				d = min(d, float64(s.pace.Ceiling))
			}
			return time.Duration(min(max(d, 0), float64(math.MaxInt64/2))), true
		}
		s.exact = nil
	}
	return s.pace.After(round)
}
