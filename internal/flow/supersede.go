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
	if s.At == nil {
		return false
	}
	stores := keptIn(s.At)
	return len(stores) > 0 && !slices.ContainsFunc(stores, func(store *ssa.Store) bool { return !g.superseded(store) })
}

// keptIn returns the stores of an object into fields, if that is all that is done with it.
func keptIn(v ssa.Value) []*ssa.Store {
	if v.Referrers() == nil {
		return nil
	}
	var stores []*ssa.Store
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef: // it is filled in
		case *ssa.MakeInterface:
			boxed := keptIn(ref)
			if boxed == nil {
				return nil
			}
			stores = append(stores, boxed...)
		case *ssa.Store:
			if !isBuilding(ref) || ref.Val != v {
				return nil
			}
			stores = append(stores, ref)
		default:
			return nil
		}
	}
	return stores
}

// isBuilding reports whether a store is to a field of a new struct.
func isBuilding(store *ssa.Store) bool {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	_, built := addr.X.(*ssa.Alloc)
	return built
}

// superseded reports whether what a store puts into a field of a new struct is replaced by a
// method of the struct's, whatever happens, with something that the method makes.
func (g *Graph) superseded(store *ssa.Store) bool {
	return slices.ContainsFunc(g.fieldStores[FieldOf(store.Addr.(*ssa.FieldAddr))], func(other *ssa.Store) bool {
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
		if ok && !instr.Block().Dominates(block) && !returnsError(ret) {
			return false
		}
	}
	return true
}

// returnsError reports whether the last result that is returned is an error, and may not be nil.
func returnsError(ret *ssa.Return) bool {
	n := len(ret.Results)
	return n > 0 && isError(ret.Results[n-1].Type()) && !isNil(ret.Results[n-1])
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }
