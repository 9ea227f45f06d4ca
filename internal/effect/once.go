package effect

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

var (
	// removes are names of functions that take away what was kept under a key.
	removes = regexp.MustCompile(`^(?i:del|delete|remove|invalidate|consume|evict|expire|burn|revoke)`)
	// oneTime are names of what is given out to be used once.
	oneTime = regexp.MustCompile(`(?i)(inquiry|quote|quotation|nonce|one_?time|single_?use)_?(key|id|token|ref|reference|code|no|number)?$`)
)

// usedOnce reports whether a call looks up what is kept under a key that can be used once, and nothing is done where
// nothing is: the function takes it away again, or the key has the name of such a one.
func (b *builder) usedOnce(call ssa.CallInstruction) bool {
	lookup, ok := call.(*ssa.Call)
	if !ok || !finds.MatchString(flow.CalleeName(lookup)) {
		return false
	}
	for _, arg := range lookup.Call.Args {
		if isString(arg.Type()) && !isConst(arg) && (oneTime.MatchString(keyName(arg)) || b.takesAway(lookup, arg)) {
			return b.needs(lookup, 0)
		}
	}
	return false
}

func isConst(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

// keyName returns the name of the field or the variable that a key is, or "".
func keyName(key ssa.Value) string {
	if param, ok := key.(*ssa.Parameter); ok {
		return param.Name()
	}
	return fieldName(key)
}

// takesAway reports whether the function of a lookup takes away what is kept under its key, where it looks it up.
func (b *builder) takesAway(lookup *ssa.Call, key ssa.Value) bool {
	recv := flow.Operand(lookup, catalog.Recv)
	if recv == nil {
		return false
	}
	for instr := range flow.InstructionsIn(lookup.Parent()) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || !removes.MatchString(flow.CalleeName(call)) {
			continue
		}
		if from := flow.Operand(call, catalog.Recv); from == nil || !same(from, recv) {
			continue
		}
		for _, arg := range call.Common().Args {
			for _, part := range elements(arg) {
				if same(part, key) {
					return true
				}
			}
		}
	}
	return false
}

// same reports whether two values of a function are the same, or are read from the same field of the same thing.
func same(x, y ssa.Value) bool {
	if x, y = captured(x), captured(y); x == y {
		return true
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		y, ok := y.(*ssa.UnOp)
		return ok && x.Op == token.MUL && y.Op == token.MUL && same(x.X, y.X)
	case *ssa.FieldAddr:
		y, ok := y.(*ssa.FieldAddr)
		return ok && x.Field == y.Field && same(x.X, y.X)
	case *ssa.Field:
		y, ok := y.(*ssa.Field)
		return ok && x.Field == y.Field && same(x.X, y.X)
	}
	return false
}

// captured returns the variable that a literal has of the function around it, or v itself.
func captured(v ssa.Value) ssa.Value {
	for {
		free, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		outer := bound(free)
		if outer == nil {
			return v
		}
		v = outer
	}
}

// bound returns what a captured variable is where its literal is made, or nil.
func bound(free *ssa.FreeVar) ssa.Value {
	fn := free.Parent()
	if fn.Parent() == nil {
		return nil // a method value's
	}
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == fn {
				return closure.Bindings[slices.Index(fn.FreeVars, free)]
			}
		}
	}
	return nil
}

// clearing are names of functions that take away all that there is of something.
var clearing = regexp.MustCompile(`^(?i:clear|empty|flush)`)

// clears reports whether the function that has looked up a list takes away what is in it: by what it looked it up with,
// for the same owner, or by the type of its rows.
func (b *builder) clears(list ssa.Value) bool {
	lookup, filled := lookedUp(list)
	if lookup == nil && !filled {
		return false
	}
	for instr := range flow.InstructionsIn(flow.Outermost(b.fn)) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		if name := flow.CalleeName(call); !removes.MatchString(name) && !clearing.MatchString(name) {
			continue
		}
		for _, arg := range call.Common().Args {
			if rowOf(unwrap(arg).Type()) != nil && types.Identical(rowOf(unwrap(arg).Type()), rowOf(list.Type())) {
				return true
			}
		}
		if lookup != nil && clearsBy(call, lookup) {
			return true
		}
	}
	return false
}

// lookedUp returns the call that has looked up a list, or reports that one has filled a variable with it.
func lookedUp(list ssa.Value) (lookup *ssa.Call, filled bool) {
	if load, ok := list.(*ssa.UnOp); ok {
		alloc, ok := captured(load.X).(*ssa.Alloc)
		if !ok {
			return nil, false
		}
		if filledByLookup(alloc) {
			return nil, true
		}
		list = onlyStored(alloc)
	}
	lookup, ok := extracted(list).(*ssa.Call)
	if !ok || !asks(lookup) && !looksUp(lookup) {
		return nil, false
	}
	return lookup, false
}

// clearsBy reports whether a call takes away what another has looked up: of the same thing, and for the same owner.
func clearsBy(call ssa.CallInstruction, lookup *ssa.Call) bool {
	from, recv := flow.Operand(call, catalog.Recv), flow.Operand(lookup, catalog.Recv)
	if from == nil || recv == nil || !same(from, recv) {
		return false
	}
	for _, owner := range lookup.Call.Args {
		if owner == recv || isConst(owner) || catalog.TypeName(owner.Type()) == "context.Context" {
			continue
		}
		if slices.ContainsFunc(call.Common().Args, func(arg ssa.Value) bool { return arg != from && same(arg, owner) }) {
			return true
		}
	}
	return false
}

// rowOf returns the struct that a type is a list of, points to, or is; nil if it has no name.
func rowOf(t types.Type) types.Type {
	for {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
			continue
		case *types.Slice:
			t = u.Elem()
			continue
		case *types.Struct:
			if catalog.TypeName(t) != "" {
				return t
			}
		}
		return nil
	}
}

// needs reports whether nothing is done where a lookup has failed. What it says may have to be taken out of
// its answer: Get(ctx, key).Result().
func (b *builder) needs(lookup *ssa.Call, depth int) bool {
	if depth > 2 || lookup.Referrers() == nil {
		return false
	}
	errs := []ssa.Value{lookup}
	for _, ref := range *lookup.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Extract:
			errs = append(errs, ref)
		case *ssa.Call:
			if flow.Operand(ref, catalog.Recv) == lookup && b.needs(ref, depth+1) {
				return true
			}
		}
	}
	for _, err := range errs {
		if !isErrorType(err.Type()) {
			continue
		}
		for _, ref := range *err.Referrers() {
			if cmp, ok := ref.(*ssa.BinOp); ok && b.fails(cmp) {
				return true
			}
		}
	}
	return false
}

// fails reports whether a comparison of an error with nil ends the function where it is one, and does nothing
// before.
func (b *builder) fails(cmp *ssa.BinOp) bool {
	if c, ok := cmp.Y.(*ssa.Const); !ok || !c.IsNil() || cmp.Op != token.NEQ && cmp.Op != token.EQL {
		return false
	}
	for _, ref := range *cmp.Referrers() {
		if branch, ok := ref.(*ssa.If); ok {
			failed := branch.Block().Succs[0]
			if cmp.Op == token.EQL {
				failed = branch.Block().Succs[1]
			}
			if leaves(failed) && b.bare(failed) {
				return true
			}
		}
	}
	return false
}
