package remote

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Call is a call that leaves the process, to another machine, and waits for what it answers,
// whatever bounds it.
type Call struct {
	API   *catalog.Call
	Instr ssa.CallInstruction
	Peer  string // the peer's host, where it is a constant

	Object  ssa.Value // the client or dialer, nil if the API has none
	Request ssa.Value // nil likewise
	Context ssa.Value
}

// Under returns the context that the call is made under, or the request that holds it; nil where
// it takes neither.
func (c *Call) Under() ssa.Value {
	if c.Context != nil {
		return c.Context
	}
	return c.Request
}

// call notes u if the package makes it itself.
func (f *finder) call(u *use) {
	instr, ok := u.instr.(ssa.CallInstruction)
	if !ok || u.inner != nil || u.api.Kind == catalog.Serve || f.bypassed(u) {
		return
	}
	f.calls = append(f.calls, &Call{
		API: u.api, Instr: instr, Peer: f.peer(u),
		Object: u.object, Request: u.request, Context: u.context,
	})
}

// ParamOf names the parameter that the i-th argument of a call is passed for; ok is false where
// the callee is a function value.
func ParamOf(callee *types.Func, i int) (p Param, ok bool) {
	if callee == nil || callee.Pkg() == nil {
		return Param{}, false
	}
	return Param{callee.FullName(), i}, true
}

// ShortName names a function as its callers write it: "store.Load", "Store.Load".
func ShortName(fn *ssa.Function) string { return shortName(fn) }

// Retried reports whether a call is made again if it fails, and not if it succeeds: it stands in a
// loop that one of the ways from its success leaves, and one from its failure does not.
func Retried(call *ssa.Call) bool {
	block := call.Block()
	if !flow.InLoop(block) {
		return false
	}
	for _, err := range errorsOf(call) {
		for _, ref := range *err.Referrers() {
			next := onSuccess(ref)
			if next == nil {
				continue
			}
			failed := next
			for _, succ := range ref.Block().Succs {
				if succ != next {
					failed = succ
				}
			}
			if flow.Reaches(failed, block) && leavesLoop(next, block) {
				return true
			}
		}
	}
	return false
}

// leavesLoop reports whether control can get from a block out of the loop around call, without
// another round.
func leavesLoop(from, call *ssa.BasicBlock) bool {
	seen := make([]bool, len(call.Parent().Blocks))
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b.Index] || b == call || !call.Dominates(b) {
			continue
		}
		seen[b.Index] = true
		if !flow.Reaches(b, call) {
			return true
		}
		work = append(work, b.Succs...)
	}
	return false
}
