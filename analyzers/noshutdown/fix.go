package noshutdown

import (
	"go/ast"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/serving"
)

// drain is how long the fix lets Shutdown wait.
const drain = 10 * time.Second

func (r *reporter) builder(node ast.Node) *fix.Builder {
	for _, file := range r.pass.Files {
		if file.FileStart <= node.Pos() && node.Pos() <= file.FileEnd {
			return &fix.Builder{Pass: r.pass, File: file}
		}
	}
	return nil
}

// terminate adds SIGTERM to the signals that a call listens to.
func (r *reporter) terminate(n *serving.Notify) *analysis.SuggestedFix {
	b := r.builder(n.Call())
	if b == nil || n.Signal() == nil {
		return nil
	}
	name, edits := b.Import("syscall", n.Call().Pos())
	return &analysis.SuggestedFix{
		Message:   "Listen to SIGTERM, too",
		TextEdits: append(edits, fix.Insert(n.Signal().End(), ", "+name+".SIGTERM")),
	}
}

// bound gives Shutdown a context with a deadline. There is no edit where the call is deferred, or
// runs as a goroutine, or in a loop: the deadline would begin, or end, at another time.
func (r *reporter) bound(s *serving.Shutdown) *analysis.SuggestedFix {
	b := r.builder(s.Call)
	if b == nil || s.Deferred {
		return nil
	}
	stmt, block := r.statement(s.Call)
	if stmt == nil || r.loops(s.Call) {
		return nil
	}
	parent, err := b.Text(s.Context)
	if err != nil || b.HasComment(s.Call.Lparen, s.Call.Rparen) {
		return nil
	}
	ctx, cancel := r.fresh(b, block, "ctx", "shutdownCtx", "drainCtx"), r.fresh(b, block, "cancel", "cancelShutdown", "cancelDrain")
	if ctx == "" || cancel == "" {
		return nil
	}
	if r.declared == nil {
		r.declared = map[ast.Node][]string{}
	}
	r.declared[block] = append(r.declared[block], ctx, cancel)
	contextName, edits := b.Import("context", s.Call.Pos())
	value, more := b.Duration(drain, s.Call.Pos())
	text := ctx + ", " + cancel + " := " + contextName + ".WithTimeout(" + parent + ", " + value + ")\ndefer " + cancel + "()\n"
	return &analysis.SuggestedFix{
		Message:   "Give Shutdown a deadline",
		TextEdits: append(append(edits, more...), fix.Insert(stmt.Pos(), text), fix.Replace(s.Context, ctx)),
	}
}

// fresh returns the first of the names that is free in a block, and that no fix before declares there: two servers that are
// shut down one after the other have a deadline each.
func (r *reporter) fresh(b *fix.Builder, block ast.Node, names ...string) string {
	return b.Fresh(block.Pos(), slices.DeleteFunc(names, func(name string) bool { return slices.Contains(r.declared[block], name) })...)
}

// statement returns the statement that a call is made by, before which others can stand, and the
// block that it is in.
func (r *reporter) statement(call *ast.CallExpr) (ast.Stmt, ast.Node) {
	path := r.g.Path(call.Lparen)
	for i, node := range path {
		stmt, ok := node.(ast.Stmt)
		if !ok {
			if _, isFunc := node.(*ast.FuncLit); isFunc {
				return nil, nil
			}
			continue
		}
		if i+1 >= len(path) {
			return nil, nil
		}
		switch stmt := stmt.(type) {
		case *ast.ExprStmt, *ast.AssignStmt, *ast.ReturnStmt, *ast.SendStmt:
			if parent, isIf := path[i+1].(*ast.IfStmt); isIf && parent.Init == stmt {
				continue // if err := srv.Shutdown(ctx); err != nil
			}
		case *ast.IfStmt:
			if stmt.Body.Pos() <= call.Pos() {
				return nil, nil
			}
		default:
			return nil, nil
		}
		switch path[i+1].(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			if onOneLine(r.pass, path[i+1]) {
				return nil, nil
			}
			return stmt, path[i+1]
		}
		return nil, nil
	}
	return nil, nil
}

func onOneLine(pass *analysis.Pass, node ast.Node) bool {
	return pass.Fset.PositionFor(node.Pos(), false).Line == pass.Fset.PositionFor(node.End(), false).Line
}

// loops reports whether a call stands in a loop of its function, where deferred calls add up.
func (r *reporter) loops(call *ast.CallExpr) bool {
	for _, node := range r.g.Path(call.Lparen) {
		switch node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}

// ignoreClosed has the process go on when the server has been told to shut down. There is no edit
// where main would return then, which ends the process as well.
func (r *reporter) ignoreClosed(f *serving.Fatal) *analysis.SuggestedFix {
	b := r.builder(f.Call())
	if b == nil || !f.GoesOn() {
		return nil
	}
	httpName, edits := b.Import("net/http", f.Call().Pos())
	errorsName, more := b.Import("errors", f.Call().Pos())
	edits = append(edits, more...)
	const text = "Ignore http.ErrServerClosed"
	if cond := f.Cond(); cond != nil {
		err, e := b.Text(cond.(*ast.BinaryExpr).X)
		if e != nil {
			return nil
		}
		return &analysis.SuggestedFix{Message: text, TextEdits: append(edits,
			fix.Insert(cond.End(), " && !"+errorsName+".Is("+err+", "+httpName+".ErrServerClosed)"))}
	}
	if len(f.Call().Args) != 1 || b.HasComment(f.Call().Lparen, f.Call().Rparen) {
		return nil
	}
	serve, e1 := b.Text(f.Call().Args[0])
	end, e2 := b.Text(f.Call().Fun)
	if e1 != nil || e2 != nil || !b.Free("err", f.Call().Pos()) && !r.isVariable(b, f.Call()) {
		return nil
	}
	return &analysis.SuggestedFix{Message: text, TextEdits: append(edits, fix.Replace(f.Stmt(),
		"if err := "+serve+"; !"+errorsName+".Is(err, "+httpName+".ErrServerClosed) {\n"+end+"(err)\n}"))}
}

// isVariable reports whether err, at a call, is a variable that the call does not mention.
func (r *reporter) isVariable(b *fix.Builder, call *ast.CallExpr) bool {
	mentioned := false
	ast.Inspect(call, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "err" {
			mentioned = true
		}
		return true
	})
	return !mentioned
}
