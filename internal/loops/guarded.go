package loops

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// guarded reports whether a function asks a circuit breaker before it goes on, or tells one how it went, or
// all that runs it does.
func (f *finder) guarded(fn *ssa.Function) bool {
	is, known := f.guards[fn]
	if !known {
		is = asksBreaker(fn) || f.runsBehind(fn)
		f.guards[fn] = is
	}
	return is
}

func asksBreaker(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && isBreakers(call) {
				return true
			}
		}
	}
	return false
}

// isBreakers reports whether a call is one of a circuit breaker.
func isBreakers(call ssa.CallInstruction) bool {
	callee := flow.CalleeObject(call)
	if callee == nil {
		return false
	}
	recv := callee.Signature().Recv()
	return catalog.Protects(callee)&catalog.WithBreaker != 0 || recv != nil && catalog.NamesBreaker(catalog.TypeName(recv.Type()))
}

// runsBehind reports whether nothing runs a function but circuit breakers that are given it, and functions of the
// package that are given to one or ask one. Other packages cannot call it.
func (f *finder) runsBehind(fn *ssa.Function) bool {
	if fn.Parent() == nil && token.IsExported(fn.Name()) {
		return false
	}
	found := false
	for instr := range f.g.Instructions() {
		var operands [10]*ssa.Value
		for i, operand := range instr.Operands(operands[:0]) {
			run := closureOf(*operand)
			if run == nil || f.defined(run) != fn {
				continue
			}
			switch instr := instr.(type) {
			case *ssa.DebugRef:
			case *ssa.MakeClosure: // what is done with it is seen where it is used
			case *ssa.Call:
				if called := i == 0; called && !f.isBehind(instr) || !called && !isBreakers(instr) {
					return false
				}
				found = true
			case *ssa.ChangeType: // to the type that a library gives what it runs
				for _, ref := range *instr.Referrers() {
					if call, ok := ref.(*ssa.Call); !ok || !isBreakers(call) {
						return false
					}
				}
				found = true
			default:
				return false
			}
		}
	}
	return found
}

// isBehind reports whether a call is made in a function that is given to a circuit breaker, or that asks one that runs
// nothing itself: what is called beside cb.Execute(func() { … }) is not behind it.
func (f *finder) isBehind(call *ssa.Call) bool {
	fn := call.Parent()
	if fn.Parent() != nil && f.runsBehind(fn) {
		return true
	}
	asks := false
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if other, ok := instr.(ssa.CallInstruction); ok && isBreakers(other) {
				if flow.CalleeObject(other).Signature().Recv() == nil || takesFunction(other) {
					return false
				}
				asks = true
			}
		}
	}
	return asks
}

// takesFunction reports whether a call is given a function.
func takesFunction(call ssa.CallInstruction) bool {
	for param := range call.Common().Signature().Params().Variables() {
		if _, ok := param.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}
