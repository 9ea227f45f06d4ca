package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// hasID is what is passed for a struct that has an id from elsewhere, in place of a text.
const hasID = "id"

// mints adds a new id that a call makes, unless it goes to what another module declares, or takes the place of an empty one
// that comes from outside.
func (b *builder) mints(call ssa.CallInstruction, name string) {
	if b.elsewhere(call) {
		return
	}
	step := &Step{Kind: Mints, Name: name, call: call}
	if made, ok := call.(*ssa.Call); ok {
		given, param := b.instead(made)
		if given {
			return
		}
		step.For = param
	}
	b.add(step)
}

// instead reports what becomes of a new id that is only made where another is empty. It is given if the other one comes
// from outside: it is a field of what was read or parsed, or was handed in by itself. Otherwise param is 1 + the index of the
// parameter whose own id it is, by its type, or 0: then the caller decides.
func (b *builder) instead(made *ssa.Call) (given bool, param int) {
	other := emptyWhere(made.Block())
	if other == nil || !replaces(made, other, 0) {
		return false, 0
	}
	if _, ok := other.(*ssa.Parameter); ok {
		return true, 0
	}
	load, ok := other.(*ssa.UnOp)
	if !ok {
		return false, 0
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false, 0
	}
	owner := addr.X
	if alloc, ok := owner.(*ssa.Alloc); ok {
		if wasParsed(alloc) {
			return true, 0
		}
		if owner = onlyStored(alloc); owner == nil {
			return false, 0
		}
	}
	switch owner := owner.(type) {
	case *ssa.Parameter:
		if idOf(owner.Type()) == flow.FieldOf(addr) {
			return false, 1 + slices.Index(owner.Parent().Params, owner)
		}
	case *ssa.Extract, *ssa.Call:
		call, ok := extracted(owner).(*ssa.Call)
		return ok && (reading.MatchString(flow.CalleeName(call)) || fills.MatchString(flow.CalleeName(call))), 0
	}
	return false, 0
}

// emptyWhere returns the value that is known to be empty where a block is run, or nil.
func emptyWhere(block *ssa.BasicBlock) ssa.Value {
	if len(block.Preds) != 1 {
		return nil
	}
	up := block.Preds[0]
	branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If)
	if !ok {
		return nil
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok || !(cmp.Op == token.EQL && up.Succs[0] == block || cmp.Op == token.NEQ && up.Succs[1] == block) {
		return nil
	}
	if isEmpty(cmp.Y) {
		return cmp.X
	}
	return nil
}

// isEmpty reports whether a value is the empty text, or a variable that holds the empty id: uuid.Nil.
func isEmpty(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && v.Value.Kind() == constant.String && constant.StringVal(v.Value) == ""
	case *ssa.UnOp:
		global, ok := v.X.(*ssa.Global)
		return ok && global.Name() == "Nil"
	}
	return false
}

// replaces reports whether all that is done with a new id, or with its text, is to put it in the place of another.
func replaces(made, other ssa.Value, depth int) bool {
	if made.Referrers() == nil || depth > maxText {
		return false
	}
	replaced := false
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			continue
		case *ssa.Store:
			load, ok := other.(*ssa.UnOp)
			if !ok || ref.Val != made || !same(ref.Addr, load.X) {
				return false
			}
		case *ssa.Phi:
			if !slices.Contains(ref.Edges, other) {
				return false
			}
		case *ssa.Extract:
			if ref.Index == 0 && !replaces(ref, other, depth+1) {
				return false
			}
		case *ssa.Call:
			if !replaces(ref, other, depth+1) {
				return false
			}
		case *ssa.Convert, *ssa.ChangeType, *ssa.BinOp, *ssa.Slice:
			if !replaces(ref.(ssa.Value), other, depth+1) {
				return false
			}
		default:
			return false
		}
		replaced = true
	}
	return replaced
}

// onlyStored returns the value that is put into a variable as a whole, if there is exactly one.
func onlyStored(alloc *ssa.Alloc) ssa.Value {
	var only ssa.Value
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			if only != nil {
				return nil
			}
			only = store.Val
		}
	}
	return only
}

// wasParsed reports whether a variable is filled with what a message or a request says.
func wasParsed(alloc *ssa.Alloc) bool {
	isParser := func(call *ssa.Call) bool {
		name := flow.CalleeName(call)
		return fills.MatchString(name) || reading.MatchString(name)
	}
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if isParser(ref) {
				return true
			}
		case *ssa.MakeInterface:
			for _, use := range *ref.Referrers() {
				if call, ok := use.(*ssa.Call); ok && isParser(call) {
					return true
				}
			}
		}
	}
	return false
}

// idOf returns the field of a struct, or of what a pointer points to, that is its id, or nil.
func idOf(t types.Type) *types.Var {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || catalog.TypeName(t) == "" {
		return nil
	}
	id, _ := primary(s)
	return id
}

// withID returns what to pass for a struct: hasID if its id was given to it by who makes it here, and is not made anew.
func (b *builder) withID(v ssa.Value) Text {
	id := idOf(v.Type())
	if id == nil {
		return Text{}
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return Text{Param: 1 + slices.Index(v.Parent().Params, v)}
	case *ssa.Alloc:
		if param, ok := onlyStored(v).(*ssa.Parameter); ok {
			return Text{Param: 1 + slices.Index(param.Parent().Params, param)}
		}
		if wasParsed(v) || b.isGiven(v, id) {
			return Text{Const: hasID, Known: true}
		}
	}
	return Text{}
}

// isGiven reports whether a field of a struct is set to what comes from elsewhere: it is read from something else, or a
// parameter.
func (b *builder) isGiven(alloc *ssa.Alloc, f *types.Var) bool {
	given := false
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || flow.FieldOf(addr) != f {
			continue
		}
		for _, use := range *addr.Referrers() {
			store, ok := use.(*ssa.Store)
			if !ok || store.Addr != addr {
				continue
			}
			switch store.Val.(type) {
			case *ssa.Parameter, *ssa.UnOp, *ssa.Field:
				if b.fresh(store.Val, 0) != nil {
					return false
				}
				given = true
			default:
				return false
			}
		}
	}
	return given
}

// isGiven reports whether a new id is not needed where a function is visited: what was passed has one, or is what the entry
// itself is called with.
func (s *Step) isGiven(v visit) bool {
	return s.For != 0 && (len(v.path) == 0 || v.env[index(s.For)] == hasID)
}
