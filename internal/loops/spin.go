package loops

import (
	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// spin finds a loop that is no retry (a worker's, a consumer's: success goes on, too) but goes on
// at once when a remote operation has failed. Operations that wait for something to come are not
// meant, only such as fail at once if their peer is gone.
func (f *finder) spin(r *region) {
	outcomes := f.outcomes(r)
	for instr := range r.instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || !fails(call.Call.Signature()) || isCleanup(call) || f.leaves(call) != surely || !f.fast(call) {
			continue
		}
		c := &cycle{region: r, f: f, outcomes: outcomes, between: map[*ssa.BasicBlock]bool{}, ops: []*ssa.Call{call}, sure: true}
		if !r.feasible(edgesOf(call.Block()), c.failures())[call.Block()] || c.listens() {
			continue // a retry, or a loop that something else sets the pace of
		}
		if c.varies(call) || !c.passesOn(call) {
			continue
		}
		c.lead(call)
		p := &policy.Policy{}
		c.bound(p)
		if p.Bounds&(policy.ByAttempts|policy.ByTime) != 0 || len(c.waits()) > 0 {
			continue
		}
		node, form := r.syntax(f.g)
		if node == nil || form != Loop {
			continue
		}
		f.result.Retries = append(f.result.Retries, &Retry{
			Form: form, Node: node, Func: r.fn, Policy: *p, Spins: true,
			Ops: []Op{{Call: call, Name: opName(call)}},
		})
		return
	}
}

// passesOn reports whether the loop goes on to its next round after a failure of a call, without
// another attempt before that: one is a retry inside.
func (c *cycle) passesOn(call *ssa.Call) bool {
	cut := map[edge]bool{}
	if call.Block() != c.head {
		for _, pred := range call.Block().Preds {
			for i, next := range pred.Succs {
				if next == call.Block() {
					cut[edge{pred, i}] = true
				}
			}
		}
	}
	return c.feasible(c.failed(call, nil), cut)[c.head]
}

// fast reports whether an operation fails at once if its peer is gone: a request, a dial, or a
// function of the package that makes one and does not wait.
func (f *finder) fast(call *ssa.Call) bool {
	if f.remote[call] != nil {
		return true
	}
	fn := f.g.Callee(call)
	return fn != nil && !f.pauses[fn]
}

// failures returns the edges that are taken if something has failed.
func (c *cycle) failures() map[edge]bool {
	cut := map[edge]bool{}
	for _, o := range c.outcomes {
		cut[o.failed] = true
	}
	return cut
}

// listening are names of functions that wait until there is something to do.
var listening = regexp.MustCompile(`^(Accept|Read|Recv|Receive|Scan|Next|Pop|Fetch|Poll|Consume|Take|Dequeue|Claim|Wait|Lock|Acquire|Prompt|Readline|GetLine|Ask|Input)`)

// listens reports whether a loop waits in each round for something to do, besides its operation.
func (c *cycle) listens() bool {
	for instr := range c.instructions() {
		if call, ok := instr.(*ssa.Call); ok && !c.isOp(call) && listening.MatchString(flow.CalleeName(call)) {
			return true
		}
	}
	return false
}
