package effect

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// keeps returns which parameters of a function it puts aside, and does nothing else with: into a channel, a list
// or a map, out of which someone else takes them. A function that is passed for one runs later, if at all.
func keeps(fn *ssa.Function) []int {
	var kept []int
	for i, param := range fn.Params {
		if isFunc(param.Type()) && puts(param) {
			kept = append(kept, i)
		}
	}
	return kept
}

// puts reports whether all that is done with a value is to put it aside.
func puts(v ssa.Value) bool {
	aside := false
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Send:
			if ref.X != v {
				return false
			}
			aside = true
		case *ssa.Select:
			aside = true
		case *ssa.MapUpdate:
			if ref.Value != v {
				return false
			}
			aside = true
		case *ssa.Store:
			if ref.Val != v || !putsAt(ref.Addr) {
				return false
			}
			aside = true
		default:
			return false
		}
	}
	return aside
}

// putsAt reports whether what is stored at an address is put aside: the address is of an element that is appended to a
// list which outlives the function, or of a field of a struct that is put aside itself.
func putsAt(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.IndexAddr:
		elems, ok := addr.X.(*ssa.Alloc)
		return ok && isAppended(elems)
	case *ssa.FieldAddr:
		made, ok := addr.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		if made.Heap && putsPointer(made) {
			return true
		}
		for _, ref := range *made.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && puts(load) {
				return true
			}
		}
	}
	return false
}

// putsPointer reports whether a pointer to a struct is put aside, once its fields are set.
func putsPointer(made *ssa.Alloc) bool {
	aside := false
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
		case *ssa.Send:
			aside = true
		case *ssa.Store:
			if ref.Val != made || !putsAt(ref.Addr) {
				return false
			}
			aside = true
		default:
			return false
		}
	}
	return aside
}

// isAppended reports whether elements are appended to a list that is kept in a field or a variable of the package.
func isAppended(elems *ssa.Alloc) bool {
	for _, ref := range *elems.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			if call, ok := use.(*ssa.Call); ok && appends(call) {
				return slices.ContainsFunc(*call.Referrers(), isKeeping)
			}
		}
	}
	return false
}

func appends(call *ssa.Call) bool {
	builtin, ok := call.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == "append"
}

// isKeeping reports whether an instruction stores something where it outlives the function.
func isKeeping(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		switch instr.Addr.(type) {
		case *ssa.FieldAddr, *ssa.Global:
			return true
		}
	case *ssa.MapUpdate:
		return true
	}
	return false
}

// isKept reports whether a call only puts its i-th argument aside, as far as is seen of what it calls.
func (b *builder) isKept(call ssa.CallInstruction, i int) bool {
	if call.Common().IsInvoke() {
		return false
	}
	if fn := b.g.Callee(call); fn != nil {
		return slices.Contains(keeps(fn), i)
	}
	obj := flow.CalleeObject(call)
	if obj == nil {
		return false
	}
	for _, graph := range b.result.imported {
		if f := graph.find(flow.FullName(obj)); f != nil {
			return slices.Contains(f.Keeps, i)
		}
	}
	return false
}
