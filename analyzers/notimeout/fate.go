package notimeout

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/catalog"
)

// A fate says what becomes of what a call returns.
type fate int

const (
	data    fate = iota // it is data, which needs no context any more
	used                // it is used in the function that makes the call, and there only
	escapes             // it may live longer
)

// fate returns what becomes of what a call returns.
func (x *fixer) fate(call *ast.CallExpr, at *place) fate {
	if x.isConstructor(call) && x.returnsClient(call) || x.hasOwnCommit(call) {
		return escapes
	}
	if x.isPlain(call) {
		return data
	}
	path, _ := astutil.PathEnclosingInterval(x.g.FileOf(call.Pos()), call.Pos(), call.End())
	switch parent := path[1].(type) {
	case *ast.AssignStmt:
		if len(parent.Rhs) != 1 {
			return escapes
		}
		for _, lhs := range parent.Lhs {
			if !x.staysIn(lhs, at) {
				return escapes
			}
		}
		return used
	default:
		if x.consumed(call, path[1:]) {
			return used
		}
	}
	return escapes
}

// staysIn reports whether what is assigned to a variable is used in a function and nowhere else.
func (x *fixer) staysIn(lhs ast.Expr, at *place) bool {
	id, ok := lhs.(*ast.Ident)
	if !ok {
		return false
	}
	if id.Name == "_" {
		return true
	}
	v, ok := x.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok {
		return false
	}
	if isData(v.Type(), nil) {
		return true
	}
	if v.Pos() < at.function.Pos() || at.function.End() < v.Pos() {
		return false
	}
	stays := true
	ast.Inspect(at.function, func(n ast.Node) bool {
		use, ok := n.(*ast.Ident)
		if !ok || use == id || x.pass.TypesInfo.Uses[use] != v {
			return stays
		}
		path, _ := astutil.PathEnclosingInterval(x.g.FileOf(use.Pos()), use.Pos(), use.End())
		stays = stays && x.consumed(use, path[1:])
		return stays
	})
	return stays
}

// consumed reports whether a value is all that is left of it once the statement is over: a method of it is called,
// or it is passed to a function, which returns but data; or it is compared.
func (x *fixer) consumed(value ast.Expr, path []ast.Node) bool {
	for _, node := range path {
		switch node := node.(type) {
		case *ast.ParenExpr:
			value = node
			continue
		case *ast.SelectorExpr:
			value = node
			continue
		case *ast.BinaryExpr:
			return true
		case *ast.CallExpr:
			if node.Fun != value && len(node.Args) == 0 {
				return false
			}
			if x.isPlain(node) {
				return !startsGoroutine(path)
			}
			value = node
			continue
		}
		return false
	}
	return false
}

func startsGoroutine(path []ast.Node) bool {
	for _, node := range path {
		switch node.(type) {
		case *ast.GoStmt, *ast.FuncLit:
			return true
		case *ast.FuncDecl:
			return false
		}
	}
	return false
}

// isPlain reports whether a call returns but data, and errors.
func (x *fixer) isPlain(call *ast.CallExpr) bool {
	switch t := x.pass.TypesInfo.TypeOf(call).(type) {
	case nil:
		return true
	case *types.Tuple:
		for i := range t.Len() {
			if !isData(t.At(i).Type(), nil) {
				return false
			}
		}
		return true
	default:
		return isData(t, nil)
	}
}

// lasting are methods of what goes on: of a connection, rows, a stream, a transaction.
var lasting = map[string]bool{
	"Close": true, "Next": true, "Recv": true, "Read": true, "Scan": true, "Commit": true, "Done": true, "Wait": true, "Send": true, "Stop": true,
}

// own are types of what is closed, but needs the context that it is got with until it is there, and no longer.
var own = map[string]bool{
	"database/sql.Stmt": true, "database/sql.Conn": true, "github.com/jmoiron/sqlx.Stmt": true, "github.com/jmoiron/sqlx.NamedStmt": true,
}

// isData reports whether a value of a type does nothing more with the context that it was got with: what goes on is
// given a context of its own, each time.
func isData(t types.Type, seen []types.Type) bool {
	if types.Identical(t, types.Universe.Lookup("error").Type()) {
		return true
	}
	for _, s := range seen {
		if s == t {
			return true
		}
	}
	seen = append(seen, t)
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return isData(t.Elem(), seen)
	case *types.Slice:
		return isData(t.Elem(), seen)
	case *types.Array:
		return isData(t.Elem(), seen)
	case *types.Map:
		return isData(t.Key(), seen) && isData(t.Elem(), seen)
	case *types.Basic:
		return true
	case *types.Interface:
		return t.NumMethods() == 0
	case *types.Struct:
		for field := range t.Fields() {
			if field.Embedded() && catalog.TypeName(field.Type()) == "net/http.Response" {
				continue // whose body has been read
			}
			if field.Embedded() && !isData(field.Type(), seen) {
				return false
			}
		}
		return true
	case *types.Named:
		if catalog.TypeName(t) == "net/http.Response" {
			return false
		}
		methods := types.NewMethodSet(types.NewPointer(t))
		if types.IsInterface(t) {
			methods = types.NewMethodSet(t)
		}
		for method := range methods.Methods() {
			fn, ok := method.Obj().(*types.Func)
			if ok && lasting[fn.Name()] && !takesContext(fn) && !own[catalog.TypeName(t)] {
				return false
			}
		}
		return types.IsInterface(t) || isData(t.Underlying(), seen)
	}
	return false
}

func takesContext(fn *types.Func) bool {
	params := fn.Signature().Params()
	return params.Len() > 0 && isContext(params.At(0).Type())
}

// isConstructor reports whether a call is one of a function, no method: what it returns may keep the context.
func (x *fixer) isConstructor(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return !ok || x.pass.TypesInfo.Selections[sel] == nil
}

// returnsClient reports whether a call returns something whose methods take contexts.
func (x *fixer) returnsClient(call *ast.CallExpr) bool {
	t := x.pass.TypesInfo.TypeOf(call)
	if results, ok := t.(*types.Tuple); ok && results.Len() > 0 {
		t = results.At(0).Type()
	}
	for method := range types.NewMethodSet(t).Methods() {
		if fn, ok := method.Obj().(*types.Func); ok && takesContext(fn) {
			return true
		}
	}
	return false
}

// hasOwnCommit reports whether a call returns a transaction that is rolled back when its context is over.
func (x *fixer) hasOwnCommit(call *ast.CallExpr) bool {
	results, ok := x.pass.TypesInfo.TypeOf(call).(*types.Tuple)
	if !ok || results.Len() == 0 {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(results.At(0).Type(), true, x.pass.Pkg, "Commit")
	commit, ok := obj.(*types.Func)
	return ok && !strings.Contains(commit.Signature().Params().String(), "context.Context")
}
