package loops

import (
	"go/constant"
	"go/token"
	"math"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// asleep returns how long the sleeps between the attempts at an operation take in all; 0 where that is not known. What
// else takes time between two attempts is none of theirs: an attempt may wait in itself.
func (c *cycle) asleep(attempts int64, sleeps []*wait) (total time.Duration) {
	together := c.together(sleeps)
	paces := make([]policy.Policy, len(sleeps))
	for i, w := range sleeps {
		c.spaced(&paces[i], []*wait{w})
	}
	for round := int64(0); round < attempts-1 && total <= time.Hour; round++ {
		var longest time.Duration
		for i, w := range sleeps {
			d, ok := c.slept(w, round)
			if !ok {
				d, ok = paces[i].After(round)
			}
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

// slept returns how long a sleep after an attempt is, counted from 0, where it is computed from the number of the round
// alone: by shifts, powers, products. It reports false for any other.
func (c *cycle) slept(w *wait, round int64) (time.Duration, bool) {
	at, op := w.outermost(), c.ops[0]
	before := precedes(at, op)
	if at.Block() != op.Block() {
		before = c.paths([]*ssa.BasicBlock{c.head}, nil, op.Block())[at.Block()]
	}
	if before && !c.begun() {
		round++ // the first round does not sleep
	}
	d, ok := c.numbered(w.delay, w.frame, round)
	return time.Duration(min(max(d, 0), float64(math.MaxInt64/2))), ok
}

// numbered returns what a number that is computed from the number of the round alone is in one of them.
func (c *cycle) numbered(v ssa.Value, fr *frame, round int64) (float64, bool) {
	switch v := v.(type) {
	case *ssa.Convert:
		return c.numbered(v.X, fr, round)
	case *ssa.ChangeType:
		return c.numbered(v.X, fr, round)
	case *ssa.Phi:
		if fr == nil && v.Block() == c.head {
			first, step, ok := c.counts(v)
			return float64(first + step*round), ok
		}
	case *ssa.Parameter:
		if fr != nil && fr.fn == v.Parent() {
			if arg := flow.Argument(fr.call, slices.Index(fr.fn.Params, v)); arg != nil {
				return c.numbered(arg, fr.up, round)
			}
		}
	case *ssa.Call:
		fn := c.f.g.Callee(v)
		if fn != nil && fr.depth() < 4 {
			if results := returned(fn, 0); len(results) == 1 {
				return c.numbered(results[0], &frame{v, fn, fr}, round)
			}
		}
	case *ssa.BinOp:
		x, known := c.numbered(v.X, fr, round)
		y, also := c.numbered(v.Y, fr, round)
		if known && also {
			return computed(v.Op, x, y)
		}
		return 0, false
	}
	s := (&spacer{c: c, busy: map[step]bool{}}).value(v, fr)
	if !s.known || s.growth != policy.Constant || s.random || s.value == nil {
		return 0, false
	}
	n := constant.ToFloat(s.value)
	f, _ := constant.Float64Val(n)
	return f, n.Kind() == constant.Float
}

func computed(op token.Token, x, y float64) (float64, bool) {
	switch op {
	case token.ADD:
		return x + y, true
	case token.SUB:
		return x - y, true
	case token.MUL:
		return x * y, true
	case token.QUO:
		return x / y, y != 0
	case token.SHL:
		return x * math.Pow(2, y), y >= 0
	}
	return 0, false
}
