package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// IsPlaceholder reports whether the object of a source is there for others to take its place: all
// that is done with it is to store it into fields of structs that are being built (&T{client:
// &http.Client{}}), and each of them has a method by which it gets another one.
func (g *Graph) IsPlaceholder(s Source) bool {
	return s.At != nil && g.isPlaceholder(s.At)
}

func (g *Graph) isPlaceholder(v ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	stored := false
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef: // it is filled in
		case *ssa.MakeInterface:
			if !g.isPlaceholder(ref) {
				return false
			}
			stored = true
		case *ssa.Store:
			if ref.Val != v || !g.superseded(ref) {
				return false
			}
			stored = true
		default:
			return false
		}
	}
	return stored
}

// superseded reports whether what a store puts into a field of a new struct is replaced by a
// method of the struct's, whatever happens, with something that the method makes.
func (g *Graph) superseded(store *ssa.Store) bool {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	if _, built := addr.X.(*ssa.Alloc); !built {
		return false
	}
	return slices.ContainsFunc(g.fieldStores[FieldOf(addr)], func(other *ssa.Store) bool {
		method := other.Parent()
		return method.Signature.Recv() != nil && other.Addr.(*ssa.FieldAddr).X == method.Params[0] &&
			unconditional(other) && g.makes(other.Val)
	})
}

// makes reports whether v is an object that is made, or a package-level one, in any case.
func (g *Graph) makes(v ssa.Value) bool {
	sources := g.Trace(v, nil)
	return len(sources) > 0 && !slices.ContainsFunc(sources, func(s Source) bool {
		return s.Kind != New && s.Kind != Global && s.Kind != Result
	})
}

// unconditional reports whether a function does not return without what instr does, but for
// returns of an error.
func unconditional(instr ssa.Instruction) bool {
	for _, block := range instr.Parent().Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok || instr.Block().Dominates(block) {
			continue
		}
		n := len(ret.Results)
		if n == 0 || !isError(ret.Results[n-1].Type()) {
			return false
		}
		if c, ok := ret.Results[n-1].(*ssa.Const); ok && c.IsNil() {
			return false
		}
	}
	return true
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }
