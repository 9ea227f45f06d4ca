package remote

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/scope"
)

// A Spare says when an object is used that stands in for one that was not given. The package shows
// that this never happens; whether it does elsewhere only the whole module shows.
type Spare struct {
	Field string // where this field is nil, of a struct that others make

	// Or where this function, a constructor, is called with none of the options.
	Func    string
	Options []string
}

// spare reports whether an object that user uses is never needed in the package. It returns nil if
// nobody else can need it.
func (f *finder) spare(source flow.Source, user *ssa.Function) (s *Spare, ok bool) {
	at, ok := source.At.(ssa.Instruction)
	if !ok || source.Kind == flow.Param {
		return nil, false
	}
	if s, ok := f.fallback(at); ok {
		return s, true
	}
	if at.Parent() == user {
		return nil, false
	}
	return f.optional(source)
}

// fallback reports whether what at makes, loads or calls stands in for a field that the package
// never leaves nil.
func (f *finder) fallback(at ssa.Instruction) (s *Spare, ok bool) {
	owner, field := f.g.Instead(at)
	if field == nil || owner == nil || owner.Pkg() != f.g.SSA.Pkg.Pkg || !mayHoldObject(field.Type()) || !f.g.AlwaysSet(owner, field) {
		return nil, false
	}
	if !owner.Exported() || owner.Pkg().Name() == "main" {
		return nil, true
	}
	return &Spare{Field: fieldKey(owner, field)}, true
}

func fieldKey(owner *types.TypeName, field *types.Var) string {
	return owner.Pkg().Path() + "." + owner.Name() + "." + field.Name()
}

// judgeSpare judges what is not needed, as far as can be seen.
func (v *verdict) judgeSpare(s *Spare, judge func()) {
	v.clean = true
	if s == nil {
		return
	}
	hangs, foreign := len(v.hangs), len(v.foreign)
	judge()
	for _, h := range v.hangs[hangs:] {
		h.Spare = s
	}
	for _, use := range v.foreign[foreign:] {
		use.Spare = s
	}
}

// optional reports whether options of its constructor replace an object, and all calls pass one.
func (f *finder) optional(source flow.Source) (s *Spare, ok bool) {
	o := f.g.Optional(source)
	if o == nil || f.g.UsedAsValue(o.New) {
		return nil, false
	}
	s = &Spare{Func: funcName(o.New)}
	for _, option := range o.Options {
		s.Options = append(s.Options, option.FullName())
	}
	calls := f.g.Callers(o.New)
	if slices.ContainsFunc(calls, func(call ssa.CallInstruction) bool { return s.NeededBy(given(call)) }) {
		return nil, false
	}
	if f.isOpen(o.New) {
		f.choosy[o.New] = true
		return s, true
	}
	return nil, len(calls) > 0
}

// NeededBy reports whether a call that passes these options needs the object.
func (s *Spare) NeededBy(options []string) bool {
	return !slices.ContainsFunc(options, func(name string) bool { return slices.Contains(s.Options, name) })
}

// given returns the names of the options that a call passes.
func given(call ssa.CallInstruction) []string {
	var names []string
	for _, option := range flow.OptionsGiven(call) {
		names = append(names, option.FullName())
	}
	return names
}

// chooses notes with which options the package calls constructors whose objects some of them
// replace. Of one that is a value, it is not known.
func (f *finder) chooses() {
	if scope.IsExample(f.pass) {
		return
	}
	choose := func(fn *ssa.Function, options []string) {
		obj, ok := fn.Object().(*types.Func)
		if !ok {
			return
		}
		if summary := f.summary(obj); !f.choosy[fn] && (summary == nil || !summary.Choosy) {
			return
		}
		f.evidence.Chosen[obj.FullName()] = append(f.evidence.Chosen[obj.FullName()], options)
	}
	for instr := range f.g.Instructions() {
		call, isCall := instr.(ssa.CallInstruction)
		if isCall {
			if fn := call.Common().StaticCallee(); fn != nil {
				choose(fn, given(call))
			}
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if fn, ok := (*operand).(*ssa.Function); ok && !(isCall && operand == &call.Common().Value) {
				choose(fn, nil)
			}
		}
	}
}

// leavesOut notes the fields of structs of other packages that the package does not set where it
// makes one. An example says nothing about what is set in production.
func (f *finder) leavesOut() {
	if scope.IsExample(f.pass) {
		return
	}
	for owner, field := range f.g.LeftOut() {
		if mayHoldObject(field.Type()) {
			f.evidence.LeftOut[fieldKey(owner, field)] = true
		}
	}
}
