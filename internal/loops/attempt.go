package loops

import (
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// A cycle is how a loop attempts an operation again: what it does between a failure and the next
// attempt.
type cycle struct {
	*region
	f        *finder
	ops      []*ssa.Call
	sure     bool // the operations leave the process, for all that is known
	outcomes []*outcome

	// blocks that control may pass between a failure and the next attempt, that of the attempt
	// included.
	between map[*ssa.BasicBlock]bool
}

// loops finds the loops of a function that are retries.
func (f *finder) loops(fn *ssa.Function) {
	if c := f.cycle(f.recursion(fn)); c != nil {
		f.retry(c)
	}
	for _, r := range regions(fn) {
		if c := f.cycle(r); c != nil {
			f.retry(c)
		} else {
			f.spin(r)
		}
	}
}

// cycle returns how a loop attempts an operation again if it fails, and leaves if it succeeds;
// nil if it does not.
func (f *finder) cycle(r *region) *cycle {
	if r == nil {
		return nil
	}
	var candidates []*ssa.Call
	for instr := range r.instructions() {
		if call, ok := instr.(*ssa.Call); ok && call != r.again && fails(call.Call.Signature()) && !isCleanup(call) && !isLock(flow.CalleeName(call)) && f.leaves(call) > local {
			candidates = append(candidates, call)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	c := &cycle{region: r, f: f, outcomes: f.outcomes(r), between: map[*ssa.BasicBlock]bool{}}
	cut, contended := map[edge]bool{}, map[edge]bool{}
	for _, o := range c.outcomes {
		cut[o.failed] = true
		if o.isAnswer() || c.isOwnPatience(o) {
			contended[o.failed] = true
		}
	}
	for _, call := range candidates {
		success := r.explore(edgesOf(call.Block()), c.but(cut, call))
		if success.reached[call.Block()] || success.rounds > 1 || !success.leaves {
			continue // it goes on
		}
		if c.varies(call) || f.goesOn(call) {
			continue // the next attempt is another one, or none
		}
		if !c.comesFirst(call) {
			continue // it cleans up after what has failed
		}
		if !r.feasible(c.failed(call, contended), contended)[r.head] {
			continue
		}
		c.ops = append(c.ops, call)
		c.sure = c.sure || f.leaves(call) == surely
		c.lead(call)
	}
	if len(c.ops) == 0 {
		return nil
	}
	return c
}

// but returns the failures but for those that are an answer of a call: something is not in it.
func (c *cycle) but(failures map[edge]bool, call *ssa.Call) map[edge]bool {
	rest := maps.Clone(failures)
	for _, o := range c.outcomes {
		if c.searches(o, call) {
			delete(rest, o.failed)
		}
	}
	return rest
}

// comesFirst reports whether a call is made in a round in which nothing else has failed.
func (c *cycle) comesFirst(call *ssa.Call) bool {
	others := map[edge]bool{}
	for _, o := range c.outcomes {
		if !o.calls[call] {
			others[o.failed] = true
		}
	}
	return call.Block() == c.head || c.feasible(edgesOf(c.head), others)[call.Block()]
}

// lead notes the blocks between a failure of a call and the next attempt at it.
func (c *cycle) lead(call *ssa.Call) {
	leading := c.leadsTo(call.Block())
	c.between[call.Block()] = true
	for b := range c.paths(ends(c.failed(call, nil)), nil, call.Block()) {
		if leading[b] {
			c.between[b] = true
		}
	}
}

// failed returns the edges within the loop that control takes where a call has failed, but for
// those in cut.
func (c *cycle) failed(call *ssa.Call, cut map[edge]bool) []edge {
	var edges []edge
	for _, o := range c.outcomes {
		if next := o.failed.from.Succs[o.failed.succ]; o.calls[call] && c.blocks[next] && !cut[o.failed] {
			edges = append(edges, o.failed)
		}
	}
	return edges
}

// ends returns the blocks that edges lead to.
func ends(edges []edge) []*ssa.BasicBlock {
	var blocks []*ssa.BasicBlock
	for _, e := range edges {
		blocks = append(blocks, e.from.Succs[e.succ])
	}
	return blocks
}

// visit returns the instructions between a failure and the next attempt.
func (c *cycle) visit() func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for instr := range c.instructions() {
			if c.between[instr.Block()] && (c.again == nil || instr != c.again) && !yield(instr) {
				return
			}
		}
	}
}
