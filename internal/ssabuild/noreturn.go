package ssabuild

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/resilint/resilint/internal/catalog"
)

// noReturn returns a predicate that reports whether a function never returns: one that the
// catalogue lists, or one of the package's own that ends in a call of such a function, or
// of panic, and has no return statement (func die(err error) { log.Print(err); os.Exit(1) }).
func noReturn(files []*ast.File, info *types.Info) func(*types.Func) bool {
	last := map[*types.Func]*ast.CallExpr{}
	for _, file := range files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil || len(decl.Body.List) == 0 {
				continue
			}
			stmt, ok := decl.Body.List[len(decl.Body.List)-1].(*ast.ExprStmt)
			if !ok || mayReturn(decl.Body) {
				continue
			}
			call, ok := stmt.X.(*ast.CallExpr)
			fn, _ := info.Defs[decl.Name].(*types.Func)
			if ok && fn != nil {
				last[fn] = call
			}
		}
	}
	var never func(fn *types.Func, depth int) bool
	never = func(fn *types.Func, depth int) bool {
		if catalog.NeverReturns(fn) {
			return true
		}
		call := last[fn]
		if call == nil || depth > 8 {
			return false
		}
		switch callee := typeutil.Callee(info, call).(type) {
		case *types.Builtin:
			return callee.Name() == "panic"
		case *types.Func:
			return never(callee, depth+1)
		}
		return false
	}
	return func(fn *types.Func) bool { return never(fn, 0) }
}

// mayReturn reports whether a function body has a return statement of its own, or defers a
// function, which may recover.
func mayReturn(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt, *ast.DeferStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}
