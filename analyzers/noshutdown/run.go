package noshutdown

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/serving"
)

var (
	style  = fix.Auto
	unsafe fix.Unsafe
)

func init() {
	style.Register(&Analyzer.Flags)
	unsafe.Register(&Analyzer.Flags)
}

// run returns the edit that has resilint's runtime run a server until a signal ends it, or nil: where the program
// does not use the runtime, where main does not wait for the server, or where it is started in another shape.
func (r *reporter) run(s *serving.Start, node ast.Node) *analysis.SuggestedFix {
	call, ok := node.(*ast.CallExpr)
	if !ok || !bool(unsafe) {
		return nil
	}
	b := r.builder(call)
	if b == nil || !b.UsesRuntime(style) || !r.isAwaited(call) || b.HasComment(call.Pos(), call.End()) {
		return nil
	}
	name, edits := b.Import(fix.RuntimeModule+"/serve", call.Pos())
	server, gone := r.serverOf(b, call, name)
	if server == "" {
		return nil
	}
	ctx, more := r.context(b, call)
	edits = append(append(edits, more...), gone...)
	text := fmt.Sprintf("%s.Run(%s, %s, %s.Options{})", name, ctx, server, name)
	edit := r.replaced(b, call, text)
	if edit == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: unsafe.Mark("Run the server until a signal ends it"), TextEdits: append(edits, *edit)}
}

// serverOf returns the expression for the server that a call starts, which pkg makes where there is none yet, and the
// edits that drop the imports which the call alone needed.
func (r *reporter) serverOf(b *fix.Builder, call *ast.CallExpr, pkg string) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", nil
	}
	fn, _ := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	on, err := b.Text(sel.X)
	if err != nil {
		return "", nil
	}
	switch catalog.Name(fn) {
	case "net/http.Server.ListenAndServe":
		t := r.pass.TypesInfo.TypeOf(sel.X)
		if ptr, ok := t.(*types.Pointer); ok && catalog.TypeName(ptr.Elem()) == "net/http.Server" {
			return on, nil
		}
		if _, ok := t.(*types.Named); ok && catalog.TypeName(t) == "net/http.Server" {
			return "&" + on, nil
		}
	case "net/http.ListenAndServe":
		addr, e1 := b.Text(call.Args[0])
		handler, e2 := b.Text(call.Args[1])
		if e1 == nil && e2 == nil {
			return fmt.Sprintf("%s.Server(%s, %s)", pkg, addr, handler), b.Unimport(call.Fun)
		}
	case "github.com/gin-gonic/gin.Engine.Run":
		if len(call.Args) == 1 && !call.Ellipsis.IsValid() {
			if addr, err := b.Text(call.Args[0]); err == nil {
				return fmt.Sprintf("%s.Server(%s, %s)", pkg, addr, on), nil
			}
		}
	}
	return "", nil
}

// context returns the context that ends the server beside a signal: one that is at hand, or none.
func (r *reporter) context(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	if scope := r.pass.Pkg.Scope().Innermost(call.Pos()); scope != nil {
		if _, obj := scope.LookupParent("ctx", call.Pos()); obj != nil && catalog.TypeName(obj.Type()) == "context.Context" {
			return "ctx", nil
		}
	}
	name, edits := b.Import("context", call.Pos())
	return name + ".Background()", edits
}

// replaced returns the edit that puts another call in the place of one, if what becomes of its error is right when it is
// nil as well.
func (r *reporter) replaced(b *fix.Builder, call *ast.CallExpr, text string) *analysis.TextEdit {
	path := r.g.Path(call.Lparen)
	for i, node := range path {
		if i+1 == len(path) {
			return nil
		}
		edit := fix.Replace(call, text)
		switch node := node.(type) {
		case *ast.CallExpr:
			if node == call {
				continue
			}
			return r.fatalRun(b, node, path[i+1], call, text)
		case *ast.ParenExpr, *ast.SelectorExpr, *ast.Ident:
			continue
		case *ast.ExprStmt, *ast.ReturnStmt:
			return &edit
		case *ast.AssignStmt:
			if len(node.Lhs) == 1 && r.isChecked(node, path[i+1]) {
				return &edit
			}
		}
		return nil
	}
	return nil
}

// fatalRun returns the edit for log.Fatal(srv.ListenAndServe()).
func (r *reporter) fatalRun(b *fix.Builder, end *ast.CallExpr, parent ast.Node, call *ast.CallExpr, text string) *analysis.TextEdit {
	stmt, ok := parent.(*ast.ExprStmt)
	if !ok || len(end.Args) != 1 || end.Args[0] != ast.Expr(call) || b.HasComment(end.Pos(), end.End()) || !b.Free("err", end.Pos()) && !r.isVariable(b, end) {
		return nil
	}
	sel, ok := ast.Unparen(end.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	if fn, ok := r.pass.TypesInfo.Uses[sel.Sel].(*types.Func); !ok || !catalog.NeverReturns(fn) {
		return nil
	}
	fun, err := b.Text(end.Fun)
	if err != nil {
		return nil
	}
	edit := fix.Replace(stmt, "if err := "+text+"; err != nil {\n"+fun+"(err)\n}")
	return &edit
}

// isChecked reports whether an error that is assigned is compared with nil: in the if that it is assigned for, or in
// the one that follows.
func (r *reporter) isChecked(assign *ast.AssignStmt, parent ast.Node) bool {
	err := types.ExprString(assign.Lhs[0])
	switch parent := parent.(type) {
	case *ast.IfStmt:
		return parent.Init == assign && comparesNil(parent.Cond, err)
	case *ast.BlockStmt:
		for i, stmt := range parent.List[:len(parent.List)-1] {
			if check, ok := parent.List[i+1].(*ast.IfStmt); ok && stmt == assign && check.Init == nil {
				return comparesNil(check.Cond, err)
			}
		}
	}
	return false
}

// comparesNil reports whether a condition only holds if there is an error.
func comparesNil(cond ast.Expr, err string) bool {
	binary, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch binary.Op {
	case token.LAND:
		return comparesNil(binary.X, err) || comparesNil(binary.Y, err)
	case token.NEQ:
		return types.ExprString(binary.X) == err && types.ExprString(binary.Y) == "nil"
	}
	return false
}

// isAwaited reports whether the program ends when the function around a call has returned: it is main, or what main
// waits for.
func (r *reporter) isAwaited(call *ast.CallExpr) bool {
	for _, node := range r.g.Path(call.Lparen) {
		switch node := node.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SelectStmt:
			return false
		case *ast.FuncDecl:
			obj, ok := r.pass.TypesInfo.Defs[node.Name].(*types.Func)
			return ok && r.pass.Pkg.Name() == "main" && r.runsInMain(r.g.SSA.Pkg.Prog.FuncValue(obj), 0)
		}
	}
	return false
}

func (r *reporter) runsInMain(fn *ssa.Function, depth int) bool {
	if fn == nil || depth > 3 || fn.Parent() != nil {
		return false
	}
	if fn.Name() == "main" && fn.Signature.Recv() == nil {
		return true
	}
	callers := r.g.Callers(fn)
	if len(callers) == 0 || r.g.UsedAsValue(fn) {
		return false
	}
	for _, caller := range callers {
		if _, ok := caller.(*ssa.Call); !ok || !r.runsInMain(caller.Parent(), depth+1) {
			return false
		}
	}
	return true
}
