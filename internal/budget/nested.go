package budget

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// nested finds deadlines that are set on contexts whose time is over before: those of a context
// that the function, or every caller of it, has given less.
func (f *finder) nested() {
	for instr := range f.g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		hand := catalog.HandoverOf(flow.CalleeObject(call))
		if hand == nil || hand.Effect != catalog.Sets {
			continue
		}
		inner, ok := lasts(call, hand, nil)
		if !ok {
			continue
		}
		if outer, ok := f.around(flow.Operand(call, hand.Parent), 0); ok && outer.D < inner.D {
			f.result.Inversions = append(f.result.Inversions, &Inversion{Inner: inner, Outer: outer})
		}
	}
}

// around returns how long a context lives. Of one that callers supply it is the longest that one of
// them allows, where they are all known.
func (f *finder) around(ctx ssa.Value, depth int) (Span, bool) {
	l := f.lineage(ctx, nil)
	outer, found := l.shortest(func(Span) bool { return true })
	if l.from == nil || depth > 3 || !f.callersKnown(l.from.Parent()) {
		return outer, found
	}
	var longest Span
	for _, arg := range f.g.Arguments(l.from) {
		span, ok := f.around(arg, depth+1)
		if !ok {
			return outer, found
		}
		if span.D > longest.D {
			longest = span
		}
	}
	if longest.D > 0 && (!found || longest.D < outer.D) {
		return longest, true
	}
	return outer, found
}

// callersKnown reports whether all calls of fn are in the package.
func (f *finder) callersKnown(fn *ssa.Function) bool {
	if f.g.UsedAsValue(fn) || len(f.g.Callers(fn)) == 0 || fn.Object() == nil {
		return false
	}
	if recv := fn.Signature.Recv(); recv != nil && fn.Object().Exported() {
		return false // by an interface
	}
	return !fn.Object().Exported() || fn.Pkg.Pkg.Name() == "main"
}
