package flow

import "golang.org/x/tools/go/ssa"

// InLoop reports whether control can come back to a block.
func InLoop(block *ssa.BasicBlock) bool {
	for _, next := range block.Succs {
		if Reaches(next, block) {
			return true
		}
	}
	return false
}

// Reaches reports whether control can get from one block to another; from each to itself, it can.
func Reaches(from, to *ssa.BasicBlock) bool {
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

// Outermost returns the declared function that a literal stands in, or the function itself.
func Outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}
