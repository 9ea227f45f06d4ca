package loops

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// launches are names of methods that run what they are given beside others: errgroup.Group.Go, sync.WaitGroup.Go,
// ants.Pool.Submit.
var launches = regexp.MustCompile(`^(Go|Submit)$`)

// many reports whether a function is run many times side by side, as far as it can be seen where it is written: a loop
// starts a goroutine with it each time round.
func (f *finder) many(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		for _, caller := range f.g.Callers(fn) {
			if _, ok := caller.(*ssa.Go); ok && flow.InLoop(caller.Block()) {
				return true
			}
		}
		return false
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !flow.InLoop(call.Block()) {
				continue
			}
			if _, ok := call.(*ssa.Go); ok && closureOf(call.Common().Value) == fn {
				return true
			}
			if args := call.Common().Args; len(args) > 0 && launches.MatchString(flow.CalleeName(call)) && closureOf(args[len(args)-1]) == fn {
				return true
			}
		}
	}
	return false
}

// closureOf returns the function literal that a value is, or nil.
func closureOf(v ssa.Value) *ssa.Function {
	if closure, ok := v.(*ssa.MakeClosure); ok {
		v = closure.Fn
	}
	fn, _ := v.(*ssa.Function)
	return fn
}
