package budget

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// clients finds clients whose timeout never passes, because each of their calls is made under a
// context that ends before. One that is lent to others may be used without.
func (f *finder) clients() {
	type use struct {
		inner Span
		outer Span
	}
	uses := map[*ssa.Alloc]*use{}
	open := map[*ssa.Alloc]bool{}
	var order []*ssa.Alloc
	for _, call := range f.calls.Calls {
		if call.Object == nil {
			continue
		}
		for _, o := range f.g.Objects(call.Object) {
			alloc, ok := o.Value.(*ssa.Alloc)
			if !ok || o.Kind != flow.New {
				continue
			}
			if !f.allows(call, o, func(inner, outer Span) {
				if uses[alloc] == nil {
					uses[alloc] = &use{inner: inner}
					order = append(order, alloc)
				}
				if outer.D > uses[alloc].outer.D {
					uses[alloc].outer = outer
				}
			}) {
				open[alloc] = true
			}
		}
	}
	for _, alloc := range order {
		if !open[alloc] && f.kept(alloc) {
			f.result.Inversions = append(f.result.Inversions, &Inversion{Inner: uses[alloc].inner, Outer: uses[alloc].outer})
		}
	}
}

// allows tells yield the timeout of the client that a call is made with, and the shorter one of the
// context around it. It reports false if there are no such two.
func (f *finder) allows(call *remote.Call, client flow.Origin, yield func(inner, outer Span)) bool {
	inner, ok := f.set(client, func(t *catalog.Type) []string { return t.Bounds })
	if !ok || call.Under() == nil {
		return false
	}
	outer, ok := f.around(call.Under(), 0)
	if !ok || outer.D >= inner.D {
		return false
	}
	yield(inner, outer)
	return true
}

// kept reports whether a client stays in the package: it is not passed to a function of another
// one, returned by an exported function, put into an interface or an exported variable or field.
func (f *finder) kept(client *ssa.Alloc) bool {
	o := flow.Origin{Kind: flow.New, Value: client}
	holds := func(v ssa.Value) bool {
		return catalog.TypeName(v.Type()) == catalog.TypeName(client.Type()) && f.g.Reach(v)[o]
	}
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.MakeInterface:
			if holds(instr.X) {
				return false
			}
		case *ssa.Return:
			obj := instr.Parent().Object()
			for _, result := range instr.Results {
				if (obj == nil || obj.Exported()) && holds(result) {
					return false
				}
			}
		case *ssa.Store:
			if isOffered(instr.Addr) && holds(instr.Val) {
				return false
			}
		case ssa.CallInstruction:
			if fn := flow.CalleeObject(instr); f.g.Defines(instr) || fn != nil && catalog.CallOf(fn) != nil {
				continue
			}
			for _, arg := range instr.Common().Args {
				if holds(arg) {
					return false
				}
			}
		}
	}
	return true
}

// isOffered reports whether other packages can read what is stored at addr.
func isOffered(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return false
	case *ssa.Global:
		return addr.Object() == nil || addr.Object().Exported()
	case *ssa.FieldAddr:
		return flow.FieldOf(addr) == nil || flow.FieldOf(addr).Exported()
	}
	return true
}
