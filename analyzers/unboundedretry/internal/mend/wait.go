package mend

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/fix"
)

// A wait is a place in a loop where it waits, and what becomes of it.
type wait struct {
	*site.Wait
	before  string   // statements to stand before it
	delay   string   // its argument, if that changes
	grows   bool     // delay is a variable that grows
	after   string   // statements that run when it is over
	then    ast.Stmt // what runs then now, if it is not what follows
	imports []analysis.TextEdit
}

// waits returns the places where the loop waits.
func (x *mender) waits() []*wait {
	var waits []*wait
	for _, w := range x.Waits() {
		waits = append(waits, &wait{Wait: w})
	}
	return waits
}

// edits returns the edits of a wait: it listens to the context at hand, if it is to.
func (w *wait) edits(x *mender, listens bool) []analysis.TextEdit {
	edits := w.imports
	delay := w.delay
	if listens && w.Sleeps {
		if delay == "" {
			var err error
			if delay, err = x.Text(w.Call.Args[0]); err != nil {
				return nil
			}
		}
		text := x.selects(w, delay)
		if text == "" {
			return nil
		}
		if w.after == "" {
			return append(edits, fix.Replace(w.Stmt, w.before+text))
		}
		if at := x.LineEnd(w.Stmt); at == w.Stmt.End() {
			text += "\n" + w.after
		} else {
			edits = append(edits, fix.Insert(at, "\n"+w.after))
		}
		return append(edits, fix.Replace(w.Stmt, w.before+text))
	}
	if delay != "" {
		edits = append(edits, fix.Replace(w.Call.Args[0], delay))
	}
	if w.before != "" {
		edits = append(edits, fix.Insert(w.Stmt.Pos(), w.before))
	}
	switch {
	case w.after == "":
	case w.then != nil:
		edits = append(edits, fix.Insert(w.then.Pos(), w.after+"\n"))
	default:
		edits = append(edits, fix.Insert(x.LineEnd(w.Stmt), "\n"+w.after))
	}
	if edits == nil {
		edits = []analysis.TextEdit{}
	}
	return edits
}

// selects returns the statement that waits for a delay, or the end of the context: then the
// function returns.
func (x *mender) selects(w *wait, delay string) string {
	ctx := x.Context(w.Stmt)
	if _, isStmt := w.Stmt.(*ast.ExprStmt); ctx == "" || !isStmt || x.HasComment(w.Stmt.Pos(), w.Stmt.End()) {
		return ""
	}
	ret := x.ReturnError(x.Func, ctx+".Err()", w.Stmt)
	if ret == "" || !x.mayLeave(ret == "return") {
		return ""
	}
	after := "time.After"
	if sel, ok := ast.Unparen(w.Call.Fun).(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok {
			after = pkg.Name + ".After"
		}
	} else {
		return "" // a dot import
	}
	return "select {\ncase <-" + ctx + ".Done():\n" + ret + "\ncase <-" + after + "(" + delay + "):\n}"
}

// undone are names of functions that undo, or tell of, what was done before: they are not to be
// left out.
var undone = regexp.MustCompile(`(?i)^(r?unlock|close|done|cancel|stop|release|rollback|send|signal|broadcast|exit|finish|cleanup|shutdown)`)

// mayLeave reports whether the function may return from within the loop: what follows it cleans up
// nothing. One without results may have more to do than can be seen, and its caller does not hear
// of the end: there the loop has to be all that is left.
func (x *mender) mayLeave(silent bool) bool {
	served := x.Retry.Ctx != nil && strings.HasSuffix(x.Retry.Ctx.Type().String(), "net/http.Request")
	own := x.Assigned(x.Retry.Node)
	var child ast.Node
	for _, node := range x.Path {
		switch node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if silent && node != x.Retry.Node {
				return false
			}
		}
		past := false
		for _, stmt := range fix.Statements(node) {
			if past && (silent && !served || x.cleansUp(stmt, own)) {
				return false
			}
			past = past || stmt == child && x.holdsRetry(child)
		}
		child = node
	}
	return true
}

// holdsRetry reports whether a node is the retry or encloses it: what follows within the retry is
// the next attempt.
func (x *mender) holdsRetry(node ast.Node) bool {
	return node.Pos() <= x.Retry.Node.Pos() && x.Retry.Node.End() <= node.End()
}

// cleansUp reports whether a statement, not a deferred one, undoes something or tells of it, other
// than with the variables given.
func (x *mender) cleansUp(stmt ast.Stmt, except map[types.Object]bool) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt:
			return false
		case *ast.SendStmt:
			found = true
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			if !ok {
				break
			}
			switch fun := call.Fun.(type) {
			case *ast.SelectorExpr:
				found = found || undone.MatchString(fun.Sel.Name) && !except[x.Object(root(fun.X))]
			case *ast.Ident:
				found = found || undone.MatchString(fun.Name)
			}
		}
		return !found
	})
	return found
}

// root returns what an expression selects from: resp of resp.Body.
func root(e ast.Expr) ast.Expr {
	for {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return e
		}
		e = sel.X
	}
}
