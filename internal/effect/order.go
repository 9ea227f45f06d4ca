package effect

import (
	"golang.org/x/tools/go/ssa"
)

// A Set is a set of small numbers.
type Set []uint64

func (s Set) has(i int) bool { return i/64 < len(s) && s[i/64]&(1<<(i%64)) != 0 }

func (s Set) add(i int) Set {
	for i/64 >= len(s) {
		s = append(s, 0)
	}
	s[i/64] |= 1 << (i % 64)
	return s
}

// maxOrdered is how many steps of a function are put into an order: it is squared.
const maxOrdered = 512

// order says of each step which others can come after it. A loop's next turn is not after: it is about the
// next of what the loop goes through.
func (b *builder) order() {
	steps := b.into.Steps
	if len(steps) < 2 || len(steps) > maxOrdered {
		return
	}
	reached := map[*ssa.BasicBlock]map[*ssa.BasicBlock]bool{}
	for i, step := range steps {
		from := b.blocks[i]
		if reached[from] == nil {
			reached[from] = ahead(from)
		}
		step.Then = Set{}
		for j, other := range b.blocks {
			if other == from && j > i || other != from && reached[from][other] {
				step.Then = step.Then.add(j)
			}
		}
	}
}

// settled notes the steps that come after the function has acknowledged the message, on each way to them.
func (b *builder) settled() {
	for _, ack := range b.into.Steps {
		done, ok := ack.call.(*ssa.Call)
		if ack.Kind != Settles || !ok {
			continue
		}
		for _, step := range b.into.Steps {
			if step.call != nil && step.Kind != Settles && step.call.Parent() == done.Parent() && before(done, step.call) {
				step.Settled = true
			}
		}
	}
}

// ahead returns the blocks that control can come to from one without going back to the head of a loop.
func ahead(from *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{}
	for work := []*ssa.BasicBlock{from}; len(work) > 0; {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		for _, next := range at.Succs {
			if !next.Dominates(at) && !seen[next] {
				seen[next] = true
				work = append(work, next)
			}
		}
	}
	return seen
}
