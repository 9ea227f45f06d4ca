package dead

import (
	"go/ast"
	"go/token"
	"go/types"
)

// reflected returns the doubtful methods that are called by those who have a value of their type:
// reflection (net/rpc, templates, GraphQL), which has what gets into an interface or is a type
// argument, and other modules, which have what the packages that they can import export. Both can
// get from one value to others: through pointers, elements, fields and methods.
func (f *finder) reflected() []string {
	exported := map[string]*types.Func{}
	for name, fn := range f.doubtful {
		if fn.Exported() && fn.Signature().Recv() != nil {
			exported[name] = fn
		}
	}
	if len(exported) == 0 {
		return nil
	}
	r := &reflection{held: map[string][]types.Type{}, seen: map[string]bool{}}
	for _, pkg := range f.packages {
		r.info = pkg.Info
		for _, instance := range pkg.Info.Instances {
			for arg := range instance.TypeArgs.Types() {
				r.open = append(r.open, arg)
			}
		}
		for _, file := range pkg.Files {
			r.walk(file, nil)
		}
	}
	for _, t := range r.open {
		r.reach(t)
	}
	for _, pkg := range f.packages {
		if pkg.Types.Name() == "main" || f.internal[pkg.Types.Path()] {
			continue
		}
		for _, name := range pkg.Types.Scope().Names() {
			if obj := pkg.Types.Scope().Lookup(name); obj.Exported() {
				r.reach(obj.Type())
			}
		}
	}
	var alive []string
	for name, fn := range exported {
		t := fn.Signature().Recv().Type()
		if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if r.seen[key(t)] {
			alive = append(alive, name)
		}
	}
	return alive
}

// A reflection follows values into interfaces.
type reflection struct {
	info *types.Info
	open []types.Type            // converted to an interface without methods
	held map[string][]types.Type // by interface: what is converted to it
	seen map[string]bool
}

// key names a type, and with it all instances of a generic one.
func key(t types.Type) string {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		t = named.Origin()
	}
	return types.TypeString(t, nil)
}

// walk notes the conversions below a node, in a function with the signature sig.
func (r *reflection) walk(node ast.Node, sig *types.Signature) {
	ast.Inspect(node, func(n ast.Node) bool {
		if n == node {
			return true
		}
		switch n := n.(type) {
		case *ast.FuncDecl:
			if fn, ok := r.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
				r.walk(n.Body, fn.Signature())
			}
			return false
		case *ast.FuncLit:
			if t, ok := r.info.TypeOf(n).(*types.Signature); ok {
				r.walk(n.Body, t)
			}
			return false
		case *ast.ReturnStmt:
			if sig != nil {
				r.assign(results(sig), n.Results)
			}
		case *ast.CallExpr:
			r.call(n)
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN {
				var to []types.Type
				for _, left := range n.Lhs {
					to = append(to, r.info.TypeOf(left))
				}
				r.assign(to, n.Rhs)
			}
		case *ast.ValueSpec:
			if n.Type != nil {
				var to []types.Type
				for range n.Names {
					to = append(to, r.info.TypeOf(n.Type))
				}
				r.assign(to, n.Values)
			}
		case *ast.SendStmt:
			if ch, ok := r.info.TypeOf(n.Chan).Underlying().(*types.Chan); ok {
				r.convert(ch.Elem(), r.info.TypeOf(n.Value))
			}
		case *ast.CompositeLit:
			r.literal(n)
		}
		return true
	})
}

func results(sig *types.Signature) []types.Type {
	var to []types.Type
	for v := range sig.Results().Variables() {
		to = append(to, v.Type())
	}
	return to
}

// assign notes what becomes of values: one for each type, or one with many results.
func (r *reflection) assign(to []types.Type, values []ast.Expr) {
	if len(values) == 1 && len(to) > 1 {
		if tuple, ok := r.info.TypeOf(values[0]).(*types.Tuple); ok && tuple.Len() == len(to) {
			for i := range to {
				r.convert(to[i], tuple.At(i).Type())
			}
		}
		return
	}
	for i, value := range values {
		if i < len(to) {
			r.convert(to[i], r.info.TypeOf(value))
		}
	}
}

func (r *reflection) call(call *ast.CallExpr) {
	tv := r.info.Types[call.Fun]
	if tv.IsType() { // a conversion
		if len(call.Args) == 1 {
			r.convert(tv.Type, r.info.TypeOf(call.Args[0]))
		}
		return
	}
	if tv.IsBuiltin() {
		r.builtin(call)
		return
	}
	sig, ok := tv.Type.Underlying().(*types.Signature)
	if !ok {
		return
	}
	var given []types.Type
	for _, arg := range call.Args {
		if tuple, ok := r.info.TypeOf(arg).(*types.Tuple); ok {
			for v := range tuple.Variables() {
				given = append(given, v.Type())
			}
		} else {
			given = append(given, r.info.TypeOf(arg))
		}
	}
	params := sig.Params()
	for i, t := range given {
		if last := params.Len() - 1; !sig.Variadic() || i < last {
			if i <= last {
				r.convert(params.At(i).Type(), t)
			}
		} else if slice, ok := params.At(last).Type().(*types.Slice); ok && !call.Ellipsis.IsValid() {
			r.convert(slice.Elem(), t)
		}
	}
}

// builtin notes what append puts into a slice, and what panics.
func (r *reflection) builtin(call *ast.CallExpr) {
	for i, arg := range call.Args {
		if slice, ok := r.info.TypeOf(call).(*types.Slice); ok && i > 0 && !call.Ellipsis.IsValid() {
			r.convert(slice.Elem(), r.info.TypeOf(arg))
		}
	}
}

func (r *reflection) literal(lit *ast.CompositeLit) {
	t := r.info.TypeOf(lit).Underlying()
	if ptr, ok := t.(*types.Pointer); ok { // {…} in a []*T
		t = ptr.Elem().Underlying()
	}
	for i, elt := range lit.Elts {
		value, pair := elt, (*ast.KeyValueExpr)(nil)
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			value, pair = kv.Value, kv
		}
		switch t := t.(type) {
		case *types.Struct:
			if pair == nil {
				r.convert(t.Field(i).Type(), r.info.TypeOf(value))
			} else if id, ok := pair.Key.(*ast.Ident); ok && r.info.Uses[id] != nil {
				r.convert(r.info.Uses[id].Type(), r.info.TypeOf(value))
			}
		case *types.Slice:
			r.convert(t.Elem(), r.info.TypeOf(value))
		case *types.Array:
			r.convert(t.Elem(), r.info.TypeOf(value))
		case *types.Map:
			r.convert(t.Elem(), r.info.TypeOf(value))
			if pair != nil {
				r.convert(t.Key(), r.info.TypeOf(pair.Key))
			}
		}
	}
}

// convert notes that a value of a type gets into a variable of another.
func (r *reflection) convert(to, from types.Type) {
	if to == nil || from == nil || types.Identical(to, from) {
		return
	}
	if _, ok := types.Unalias(to).(*types.TypeParam); ok {
		return // its type arguments are noted
	}
	iface, ok := to.Underlying().(*types.Interface)
	switch {
	case !ok:
	case iface.NumMethods() == 0:
		r.open = append(r.open, from)
	default:
		r.held[key(to)] = append(r.held[key(to)], from)
	}
}

// reach notes the types that can be got at from a value of type t.
func (r *reflection) reach(t types.Type) {
	if t == nil || r.seen[key(t)] {
		return
	}
	r.seen[key(t)] = true
	if named, ok := types.Unalias(t).(*types.Named); ok {
		for method := range named.Methods() {
			if method.Exported() {
				r.reach(method.Signature())
			}
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		r.reach(u.Elem())
	case *types.Slice:
		r.reach(u.Elem())
	case *types.Array:
		r.reach(u.Elem())
	case *types.Chan:
		r.reach(u.Elem())
	case *types.Map:
		r.reach(u.Key())
		r.reach(u.Elem())
	case *types.Struct:
		for field := range u.Fields() {
			if field.Exported() || field.Embedded() {
				r.reach(field.Type())
			}
		}
	case *types.Signature:
		for v := range u.Results().Variables() {
			r.reach(v.Type())
		}
		for v := range u.Params().Variables() {
			r.reach(v.Type())
		}
	case *types.Interface:
		for method := range u.Methods() {
			r.reach(method.Type())
		}
		for _, held := range r.held[key(t)] {
			r.reach(held)
		}
	}
}
