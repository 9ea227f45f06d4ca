package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// ends writes the ways out of an attempt: what fails is returned, beside zero if there is a value.
// It reports false where that cannot be.
func (l *lift) ends(zero string) bool {
	for i := range l.exits {
		if !l.endsAt(&l.exits[i], zero) {
			return false
		}
	}
	l.shorten(zero)
	if l.hidden && l.atEnd != "" {
		return false // the end of an attempt cannot name its error
	}
	for _, e := range l.exits {
		dead := e.stmt == nil && l.atEnd == ""
		if e.stmt != nil {
			dead = l.short.holds(e.stmt) || slices.ContainsFunc(l.gone, func(n ast.Node) bool { return n.Pos() <= e.stmt.Pos() && e.stmt.End() <= n.End() })
		}
		if e.err != nil && !dead {
			l.named[e.err] = true
		}
	}
	return true
}

func (l *lift) endsAt(e *exit, zero string) bool {
	switch stmt := e.stmt.(type) {
	case *ast.ReturnStmt:
		return l.leavesBy(stmt, e, zero != "")
	case *ast.BranchStmt:
		if stmt.Tok == token.BREAK {
			return l.breaks(stmt, e, zero)
		}
	}
	err := l.errorAt(e)
	if err == "" {
		return false
	}
	if e.stmt != nil {
		l.replace(e.stmt.Pos(), e.stmt.End(), "return "+zero+err)
	} else {
		l.atEnd = "return " + zero + err + "\n"
	}
	return true
}

// errorAt returns the error of an attempt that has failed.
func (l *lift) errorAt(e *exit) string {
	if l.err == nil {
		return l.ownError(e)
	}
	if e.known[l.err] != notNil || !l.Visible(l.err, l.posOf(e)) {
		return ""
	}
	if text := l.lastly(e); text != "" {
		return text
	}
	e.err = l.err
	return l.err.Name()
}

// ownError returns the error that an attempt knows to be one, the last of several.
func (l *lift) ownError(e *exit) string {
	var found, hidden types.Object
	for obj, n := range e.known {
		switch {
		case n != notNil:
		case !l.Visible(obj, l.posOf(e)):
			hidden = obj
		case found == nil || found.Pos() < obj.Pos():
			found = obj
		}
	}
	if found == nil && hidden != nil && e.stmt == nil { // if err := f(); err == nil { return nil }
		found, l.hidden = hidden, true
	}
	if found == nil {
		return ""
	}
	e.err = found
	return found.Name()
}

func (l *lift) posOf(e *exit) token.Pos {
	if e.stmt != nil {
		return e.stmt.Pos()
	}
	return l.attempt.Rbrace
}

// lastly returns what an attempt gives to the error that is returned after the loop, as the last thing
// that it does, if it is not for itself: lastErr = err. The assignment goes.
func (l *lift) lastly(e *exit) string {
	if len(e.before) == 0 || l.reads(l.err, l.attempt) {
		return ""
	}
	assign, ok := e.before[len(e.before)-1].(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 || l.Object(assign.Lhs[0]) != l.err {
		return ""
	}
	text, err := l.Text(assign.Rhs[0])
	if err != nil {
		return ""
	}
	l.gone = append(l.gone, assign)
	e.before = e.before[:len(e.before)-1]
	if e.err = l.Object(assign.Rhs[0]); e.err == nil {
		l.uses(assign.Rhs[0])
	}
	return text
}

// reads reports whether a node reads a variable, and not only writes it.
func (l *lift) reads(v types.Object, node ast.Node) bool {
	written := map[*ast.Ident]bool{}
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && (n.Tok == token.ASSIGN || n.Tok == token.DEFINE) {
					written[id] = true
				}
			}
		case *ast.Ident:
			found = found || l.Pass.TypesInfo.Uses[n] == v && !written[n] && !l.goes(n.Pos(), n.End())
		}
		return !found
	})
	return found
}

// breaks is about a way out that breaks out of the loop: of an attempt that succeeded, or of one
// after which there is to be no other.
func (l *lift) breaks(stmt *ast.BranchStmt, e *exit, zero string) bool {
	if l.err == nil {
		return false
	}
	switch e.known[l.err] {
	case isNil:
		l.lastly(e) // lastErr = nil
		l.replace(stmt.Pos(), stmt.End(), "return nil")
		e.success = true
		return true
	case notNil:
		err := l.errorAt(e)
		if err == "" {
			return false
		}
		retryName, _ := l.Import(retryPackage, l.loop.Pos())
		l.replace(stmt.Pos(), stmt.End(), "return "+zero+retryName+".Permanent("+err+")")
		return true
	}
	return false
}

// leavesBy is about a way out that returns from the function: with success, or an error that no
// other attempt could mend.
func (l *lift) leavesBy(ret *ast.ReturnStmt, e *exit, hasValue bool) bool {
	want := 1
	if hasValue {
		want = 2
	}
	if len(ret.Results) != want {
		return false
	}
	last := ret.Results[want-1]
	if l.errorValue(last, e.known) == isNil {
		e.success = true
		if v := l.Object(last); v != nil {
			e.err = v
		}
		return true
	}
	l.gaveUp = true
	retryName, _ := l.Import(retryPackage, l.loop.Pos())
	l.edits = append(l.edits,
		analysis.TextEdit{Pos: last.Pos(), End: last.Pos(), NewText: []byte(retryName + ".Permanent(")},
		analysis.TextEdit{Pos: last.End(), End: last.End(), NewText: []byte(")")})
	return true
}

// shorten writes an attempt that is but a call as that: return f(ctx).
func (l *lift) shorten(zero string) {
	list := slices.DeleteFunc(slices.Clone(l.kept), func(s ast.Stmt) bool { return l.isGone(s) })
	if len(list) == 0 {
		return
	}
	var test *ast.IfStmt
	var final exit // the way out after the test
	last := list[len(list)-1]
	if branch, ok := last.(*ast.IfStmt); ok { // if err == nil { return nil }, and the end
		test, final = branch, l.exitOf(nil)
	} else if len(list) > 1 { // if err != nil { continue }; return nil
		test, _ = list[len(list)-2].(*ast.IfStmt)
		final = l.exitOf(last)
		list = list[:len(list)-1]
	}
	if test == nil || test.Else != nil || final.known == nil {
		return
	}
	inner := l.exitIn(test)
	if inner.known == nil || inner.success == final.success {
		return
	}
	good, bad := inner, final
	want := token.EQL
	if final.success {
		good, bad, want = final, inner, token.NEQ
	}
	cmp, ok := ast.Unparen(test.Cond).(*ast.BinaryExpr)
	if !ok || cmp.Op != want || bad.err == nil || l.Object(cmp.X) != bad.err || !l.isNil(cmp.Y) {
		return
	}
	var from, before ast.Stmt = test, nil
	if assign, ok := test.Init.(*ast.AssignStmt); ok {
		before = assign
	} else if test.Init == nil && len(list) > 1 {
		before = list[len(list)-2]
		from = before
	}
	if call := l.callFor(before, good, bad, zero != ""); call != nil {
		l.short = extent{from.Pos(), test.End()}
		l.replace(from.Pos(), call.Pos(), "return ")
		l.replace(call.End(), test.End(), "")
		l.atEnd = ""
		if final.stmt != nil {
			l.gone = append(l.gone, final.stmt)
		}
		return
	}
	if zero == "" && test.Init == nil && final.stmt == nil {
		l.gone = append(l.gone, test) // return err says both
	}
}

// exitOf returns the way out at a statement of the loop's own list, nil for its end.
func (l *lift) exitOf(stmt ast.Stmt) exit {
	for _, e := range l.exits {
		if e.stmt == stmt {
			return e
		}
	}
	return exit{}
}

// exitIn returns the way out that is all there is in the body of an if statement.
func (l *lift) exitIn(test *ast.IfStmt) exit {
	for _, e := range l.exits {
		if e.outer == test && e.stmt != nil && len(e.before) == 0 {
			return e
		}
	}
	return exit{}
}

// callFor returns the call of which an assignment takes the error, and the value, that an attempt
// returns.
func (l *lift) callFor(stmt ast.Stmt, good, bad exit, hasValue bool) *ast.CallExpr {
	assign, ok := stmt.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 || l.Object(assign.Lhs[len(assign.Lhs)-1]) != bad.err {
		return nil
	}
	call, ok := assign.Rhs[0].(*ast.CallExpr)
	if !ok {
		return nil
	}
	if !hasValue {
		if len(assign.Lhs) == 2 && l.value != nil && l.Object(assign.Lhs[0]) == l.value {
			l.isValue = true
			return call
		}
		if len(assign.Lhs) != 1 {
			return nil
		}
		return call
	}
	ret, ok := good.stmt.(*ast.ReturnStmt)
	if !ok || len(assign.Lhs) != 2 || len(ret.Results) != 2 {
		return nil
	}
	if v := l.Object(assign.Lhs[0]); v == nil || l.Object(ret.Results[0]) != v {
		return nil
	}
	return call
}
