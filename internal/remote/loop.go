package remote

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// repeats reports whether instr, a call, stands in a loop that its success does not leave: a
// worker's, a poll, a walk over items. The loop of a retry is left on success.
func repeats(instr ssa.Instruction) bool {
	block := instr.Block()
	if !inLoop(block) {
		return false
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return true
	}
	for _, err := range errorsOf(call) {
		for _, ref := range *err.Referrers() {
			if next := onSuccess(ref); next != nil && next != block && !reaches(next, block) {
				return false
			}
		}
	}
	return true
}

// inLoop reports whether control can come back to a block.
func inLoop(block *ssa.BasicBlock) bool {
	for _, next := range block.Succs {
		if next == block || reaches(next, block) {
			return true
		}
	}
	return false
}

// reaches reports whether control can get from one block to another.
func reaches(from, to *ssa.BasicBlock) bool {
	seen := make([]bool, len(from.Parent().Blocks))
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			return true
		}
		if seen[b.Index] {
			continue
		}
		seen[b.Index] = true
		work = append(work, b.Succs...)
	}
	return false
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
