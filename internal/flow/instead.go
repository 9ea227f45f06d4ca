package flow

import (
	"go/token"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Instead returns the field in whose place at is used, and the struct that declares it: at runs,
// or what it makes is taken, only where the field is nil (if c == nil { c = &http.Client{} }). It
// returns nil where there is none.
func (g *Graph) Instead(at ssa.Instruction) (*types.TypeName, *types.Var) {
	if owner, field := whereNil(at.Block()); field != nil {
		return owner, field
	}
	v, ok := at.(ssa.Value) // c := &http.Client{}; if p.Client != nil { c = p.Client }
	if !ok || v.Referrers() == nil {
		return nil, nil
	}
	var owner *types.TypeName
	var field *types.Var
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef: // it is filled in
		case *ssa.Phi:
			for i, edge := range ref.Edges {
				if edge != v {
					continue
				}
				pred := ref.Block().Preds[i]
				o, f := ifNil(pred, ref.Block())
				if f == nil {
					o, f = whereNil(pred)
				}
				if f == nil || field != nil && field != f {
					return nil, nil
				}
				owner, field = o, f
			}
		default:
			return nil, nil
		}
	}
	return owner, field
}

// whereNil returns the field that is nil where a block is run.
func whereNil(block *ssa.BasicBlock) (*types.TypeName, *types.Var) {
	for b := block; b != nil; b = b.Idom() {
		if len(b.Preds) == 1 {
			if owner, field := ifNil(b.Preds[0], b); field != nil {
				return owner, field
			}
		}
	}
	return nil, nil
}

// ifNil returns the field that is nil where control goes from one block to the next.
func ifNil(from, to *ssa.BasicBlock) (*types.TypeName, *types.Var) {
	x, whereNil, whereNot := nilCheck(from)
	if x == nil || to != whereNil || to == whereNot {
		return nil, nil
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		if addr, ok := x.X.(*ssa.FieldAddr); ok && x.Op == token.MUL {
			if pointer, ok := addr.X.Type().Underlying().(*types.Pointer); ok {
				return structName(pointer.Elem()), FieldOf(addr)
			}
		}
	case *ssa.Field:
		return structName(x.X.Type()), field(x.X.Type(), x.Field)
	}
	return nil, nil
}

// InsteadOf returns the parameter of its function in whose place at is used: at runs only where it is nil. It returns nil
// where there is none.
func InsteadOf(at ssa.Instruction) *ssa.Parameter {
	for b := at.Block(); b != nil; b = b.Idom() {
		if len(b.Preds) != 1 {
			continue
		}
		x, whereNil, whereNot := nilCheck(b.Preds[0])
		if x == nil || b != whereNil || b == whereNot {
			continue
		}
		if param, ok := x.(*ssa.Parameter); ok {
			return param
		}
	}
	return nil
}

// nilCheck returns what a block compares to nil before it branches, and where it goes if it is, and
// if it is not. It returns nil for a block that ends otherwise.
func nilCheck(block *ssa.BasicBlock) (x ssa.Value, whereNil, whereNot *ssa.BasicBlock) {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, nil, nil
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return nil, nil, nil
	}
	switch {
	case isNil(cond.Y):
		x = cond.X
	case isNil(cond.X):
		x = cond.Y
	}
	switch cond.Op {
	case token.EQL:
		return x, block.Succs[0], block.Succs[1]
	case token.NEQ:
		return x, block.Succs[1], block.Succs[0]
	}
	return nil, nil, nil
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// structName returns the name of a struct type, or nil.
func structName(t types.Type) *types.TypeName {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !isStruct(named) {
		return nil
	}
	return named.Origin().Obj()
}

// AlwaysSet reports whether the package sets a field in each of the structs of that name that it
// makes, of which there is one at least, and never to nil.
func (g *Graph) AlwaysSet(owner *types.TypeName, f *types.Var) bool {
	made := g.constructions()[owner]
	return len(made) > 0 && len(g.fieldAddrs[f]) == 0 &&
		!slices.ContainsFunc(made, func(v *ssa.Alloc) bool { return !g.setIn(v, f) }) &&
		!slices.ContainsFunc(g.fieldStores[f], func(store *ssa.Store) bool { return !g.isSomething(store.Val, map[ssa.Value]bool{}) })
}

// LeftOut visits the fields that the package leaves out where it makes structs of other packages.
func (g *Graph) LeftOut() iter.Seq2[*types.TypeName, *types.Var] {
	return func(yield func(*types.TypeName, *types.Var) bool) {
		for owner, made := range g.constructions() {
			if owner.Pkg() == g.SSA.Pkg.Pkg || g.isStd(owner.Pkg().Path()) {
				continue
			}
			for f := range owner.Type().Underlying().(*types.Struct).Fields() {
				if slices.ContainsFunc(made, func(v *ssa.Alloc) bool { return !g.setIn(v, f) }) && !yield(owner, f) {
					return
				}
			}
		}
	}
}

// isSomething reports whether v is not nil, as far as can be seen: what other functions return they
// return for use. What a caller passes is known if all callers are.
func (g *Graph) isSomething(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	sources := g.Trace(v, nil)
	return len(sources) > 0 && !slices.ContainsFunc(sources, func(s Source) bool {
		switch s.Kind {
		case New, Global, Result:
			return false
		case Field:
			_, isAddr := s.At.(*ssa.FieldAddr)
			return !isAddr
		case Param:
			fn := s.Value.Parent()
			args := g.Arguments(s.Value.(*ssa.Parameter))
			return len(args) == 0 || g.escaping[fn] || fn.Object() == nil || fn.Object().Exported() && g.SSA.Pkg.Pkg.Name() != "main" ||
				slices.ContainsFunc(args, func(arg ssa.Value) bool { return !g.isSomething(arg, seen) })
		}
		return true
	})
}

// setIn reports whether a field of a new struct is given a value, whatever happens.
func (g *Graph) setIn(made *ssa.Alloc, f *types.Var) bool {
	return made != nil && slices.ContainsFunc(g.fieldStores[f], func(store *ssa.Store) bool {
		return store.Addr.(*ssa.FieldAddr).X == made && (store.Block() == made.Block() || alwaysFollows(store, made))
	})
}

// alwaysFollows reports whether x is run before the function returns, once y was, unless it returns
// an error.
func alwaysFollows(x, y ssa.Instruction) bool {
	found := false
	for _, block := range y.Parent().Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok || returnsError(ret) || !canReach(y, ret) {
			continue
		}
		if x.Parent() != y.Parent() || !x.Block().Dominates(block) {
			return false
		}
		found = true
	}
	return found
}

// constructions returns where the package makes structs, by name. It is nil where one comes about as
// a part of something else, as a zero value, or as a package-level variable. Copies are not listed:
// they are as good as what they are copies of.
func (g *Graph) constructions() map[*types.TypeName][]*ssa.Alloc {
	g.making.Do(g.construct)
	return g.made
}

func (g *Graph) construct() {
	g.made = map[*types.TypeName][]*ssa.Alloc{}
	add := func(v *ssa.Alloc, t types.Type) {
		if owner := structName(t); owner != nil && owner.Pkg() != nil {
			g.made[owner] = append(g.made[owner], v)
		}
		g.addParts(t)
	}
	for _, member := range g.SSA.Pkg.Members {
		if global, ok := member.(*ssa.Global); ok && !g.isCopy(global) {
			add(nil, global.Type().(*types.Pointer).Elem())
		}
	}
	for instr := range g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.Alloc:
			if !g.isCopy(instr) {
				add(instr, instr.Type().Underlying().(*types.Pointer).Elem())
			}
		case *ssa.MakeSlice, *ssa.MakeMap:
			// In a generic function it may be of a type parameter's.
			if made, ok := instr.(ssa.Value).Type().Underlying().(interface{ Elem() types.Type }); ok {
				add(nil, made.Elem())
			}
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if c, ok := (*operand).(*ssa.Const); ok && isStruct(c.Type()) {
				add(nil, c.Type())
			}
		}
	}
}

// addParts adds the structs that are parts of a t.
func (g *Graph) addParts(t types.Type) {
	part := func(t types.Type) {
		if owner := structName(t); owner != nil && owner.Pkg() != nil && !g.isStd(owner.Pkg().Path()) {
			g.made[owner] = append(g.made[owner], nil)
			g.addParts(t)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			part(f.Type())
		}
	case *types.Array:
		part(u.Elem())
	}
}

// isCopy reports whether a variable begins as a copy: of a parameter, a result, a literal.
func (g *Graph) isCopy(v ssa.Value) bool {
	copied := false
	for _, store := range g.cellStores[v] {
		switch store.Val.(type) {
		case *ssa.Const, *ssa.ChangeType, *ssa.Convert:
			return false
		}
		if alloc, ok := v.(*ssa.Alloc); ok {
			copied = copied || store.Block() == alloc.Block()
		} else {
			copied = copied || store.Parent() == g.SSA.Pkg.Func("init")
		}
	}
	return copied
}
