package remote

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// cancelledByTimer reports whether the cancel function that call returns beside its context
// may be run by a timer: by one that is given the function, where a timer is waited for, or
// by a function that cannot be seen.
func (f *finder) cancelledByTimer(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		cancel, ok := ref.(*ssa.Extract)
		if !ok {
			continue
		}
		if _, isFunc := cancel.Type().Underlying().(*types.Signature); isFunc && f.runByTimer(cancel, map[ssa.Value]bool{}) {
			return true
		}
	}
	return false
}

// runByTimer follows the uses of a cancel function forwards, through variables and literals.
func (f *finder) runByTimer(cancel ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[cancel] || cancel.Referrers() == nil { // of a package-level variable there are none
		return false
	}
	seen[cancel] = true
	for _, ref := range *cancel.Referrers() {
		switch ref := ref.(type) {
		case ssa.CallInstruction:
			if f.calledByTimer(ref, cancel) {
				return true
			}
		case *ssa.ChangeType:
			if f.runByTimer(ref, seen) {
				return true
			}
		case *ssa.Store:
			if ref.Val == cancel && f.runByTimer(ref.Addr, seen) {
				return true
			}
		case *ssa.UnOp: // the variable's value
			if ref.Op == token.MUL && f.runByTimer(ref, seen) {
				return true
			}
		case *ssa.MakeClosure:
			if f.capturedForTimer(ref, cancel, seen) {
				return true
			}
		}
	}
	return false
}

// calledByTimer judges a call of a cancel function, or one that is given it.
func (f *finder) calledByTimer(call ssa.CallInstruction, cancel ssa.Value) bool {
	if call.Common().Value == cancel {
		_, now := call.(*ssa.Call) // not deferred
		return now && f.waitsForTimer(call.Parent(), 0)
	}
	callee := f.g.Callee(call)
	return callee == nil || f.waitsForTimer(callee, 2)
}

// capturedForTimer judges a function literal that captures a cancel function.
func (f *finder) capturedForTimer(closure *ssa.MakeClosure, cancel ssa.Value, seen map[ssa.Value]bool) bool {
	fn := closure.Fn.(*ssa.Function)
	for _, ref := range *closure.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok && catalog.Name(flow.CalleeObject(call)) == "time.AfterFunc" {
			return true
		}
	}
	for i, binding := range closure.Bindings {
		if binding == cancel && f.runByTimer(fn.FreeVars[i], seen) {
			return true
		}
	}
	return false
}

// waitsForTimer reports whether fn, or a function of the package that it calls, waits for a
// timer.
func (f *finder) waitsForTimer(fn *ssa.Function, depth int) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr.Op == token.ARROW && isAfter(instr.X) {
					return true
				}
			case *ssa.Select:
				for _, state := range instr.States {
					if isAfter(state.Chan) {
						return true
					}
				}
			}
		}
	}
	return f.callsAny(fn, func(call ssa.CallInstruction) bool {
		return isTimer(call) || catalog.Name(flow.CalleeObject(call)) == "time.Sleep"
	}, depth)
}
