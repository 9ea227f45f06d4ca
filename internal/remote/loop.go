package remote

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// repeats reports whether instr, a call, stands in a loop that its success does not leave: a
// worker's, a poll, a walk over items. The loop of a retry is left on success.
func repeats(instr ssa.Instruction) bool {
	block := instr.Block()
	if !flow.InLoop(block) {
		return false
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return true
	}
	for _, err := range errorsOf(call) {
		for _, ref := range *err.Referrers() {
			if next := onSuccess(ref); next != nil && next != block && !flow.Reaches(next, block) {
				return false
			}
		}
	}
	return true
}

// errorsOf returns the values that hold the error of a call: its last result, and the
// variables that it merges into.
func errorsOf(call *ssa.Call) []ssa.Value {
	var errs []ssa.Value
	add := func(v ssa.Value) {
		if v.Type().String() != "error" {
			return
		}
		errs = append(errs, v)
		for _, ref := range *v.Referrers() {
			if phi, ok := ref.(*ssa.Phi); ok {
				errs = append(errs, phi)
			}
		}
	}
	add(call)
	for _, ref := range *call.Referrers() {
		if result, ok := ref.(*ssa.Extract); ok {
			add(result)
		}
	}
	return errs
}

// onSuccess returns the block that follows if instr, a comparison of an error with nil, finds
// none.
func onSuccess(instr ssa.Instruction) *ssa.BasicBlock {
	cmp, ok := instr.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ {
		return nil
	}
	for _, ref := range *cmp.Referrers() {
		if branch, ok := ref.(*ssa.If); ok {
			if cmp.Op == token.EQL {
				return branch.Block().Succs[0]
			}
			return branch.Block().Succs[1]
		}
	}
	return nil
}
