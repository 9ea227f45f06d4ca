package loops

import "golang.org/x/tools/go/ssa"

// inspect visits v and the values that it is computed from, each once. It goes on to what a value is
// computed from if visit returns true for it.
func inspect(v ssa.Value, visit func(ssa.Value) bool) {
	seen := map[ssa.Value]bool{}
	var from func(v ssa.Value)
	from = func(v ssa.Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		if !visit(v) {
			return
		}
		instr, ok := v.(ssa.Instruction)
		if !ok {
			return
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if *operand != nil {
				from(*operand)
			}
		}
	}
	from(v)
}

// depends reports whether v is computed from another value, or is that.
func depends(v, on ssa.Value) bool {
	found := false
	inspect(v, func(v ssa.Value) bool {
		found = found || v == on
		return !found
	})
	return found
}
