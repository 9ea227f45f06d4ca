package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/catalog"
)

// A nilness says what is known of an error.
type nilness uint8

const (
	unknown nilness = iota
	isNil
	notNil
)

// known says what is known of error variables at some place of an attempt.
type known map[types.Object]nilness

// An exit is a way out of an attempt.
type exit struct {
	stmt  ast.Stmt // a return, break or continue; nil at the end of the loop's body
	known known

	// The list that the exit stands in, as far as it is kept, and what encloses it: those before
	// it can become part of it.
	before []ast.Stmt
	outer  *ast.IfStmt // whose body the list is; nil in the loop's own

	success bool
	err     types.Object // the variable that it returns, if it names one
}

// walk follows control through the statements of an attempt, and collects the ways out. It reports
// whether control can come to the end of the list. It sets l.failed if there is something in the
// list that the function of a retry.Do cannot have.
func (l *lift) walk(list []ast.Stmt, k known, outer *ast.IfStmt) (kept []ast.Stmt, falls bool) {
	for _, stmt := range list {
		if l.drops(stmt, k) {
			l.gone = append(l.gone, stmt)
			continue
		}
		at := exit{stmt: stmt, before: kept, outer: outer}
		switch stmt := stmt.(type) {
		case *ast.ReturnStmt:
			at.known = maps.Clone(k)
			l.exits = append(l.exits, at)
			return append(kept, stmt), false
		case *ast.BranchStmt:
			if stmt.Label != nil || stmt.Tok != token.BREAK && stmt.Tok != token.CONTINUE {
				l.failed = true
			}
			at.known = maps.Clone(k)
			l.exits = append(l.exits, at)
			return append(kept, stmt), false
		case *ast.IfStmt:
			if !l.branch(stmt, k) {
				return append(kept, stmt), false
			}
		case *ast.BlockStmt:
			if _, falls := l.walk(stmt.List, k, nil); !falls {
				return append(kept, stmt), false
			}
		case *ast.AssignStmt:
			l.assign(stmt, k)
		case *ast.DeclStmt, *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt:
			l.forget(stmt, k)
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt:
			l.failed = l.failed || leaves(stmt)
			l.forget(stmt, k)
		default:
			l.failed = true
		}
		kept = append(slices.Clip(kept), stmt)
	}
	return kept, true
}

// branch follows an if statement.
func (l *lift) branch(stmt *ast.IfStmt, k known) (falls bool) {
	if stmt.Init != nil {
		if assign, ok := stmt.Init.(*ast.AssignStmt); ok {
			l.assign(assign, k)
		} else {
			l.forget(stmt.Init, k)
		}
	}
	l.forget(stmt.Cond, k)
	yes, no := maps.Clone(k), maps.Clone(k)
	l.learn(stmt.Cond, true, yes)
	l.learn(stmt.Cond, false, no)
	kept, falls := l.walk(stmt.Body.List, yes, stmt)
	if !falls {
		yes = nil
	} else if len(kept) == 0 {
		l.failed = true // nothing would be left to do in that case
	}
	switch other := stmt.Else.(type) {
	case nil:
		falls = true
	case *ast.BlockStmt:
		if _, through := l.walk(other.List, no, nil); through {
			falls = true
		} else {
			no = nil
		}
	case *ast.IfStmt:
		if l.branch(other, no) {
			falls = true
		} else {
			no = nil
		}
	}
	join(k, yes, no)
	return falls
}

// join sets k to what is known on both ways; a way that leads nowhere is nil.
func join(k, x, y known) {
	clear(k)
	switch {
	case x == nil:
		maps.Copy(k, y)
	case y == nil:
		maps.Copy(k, x)
	default:
		for obj, n := range x {
			if y[obj] == n {
				k[obj] = n
			}
		}
	}
}

// learn adds what a condition says of errors where it is true, or false.
func (l *lift) learn(cond ast.Expr, is bool, k known) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return
	}
	switch cmp.Op {
	case token.LAND, token.LOR:
		if (cmp.Op == token.LAND) == is {
			l.learn(cmp.X, is, k)
			l.learn(cmp.Y, is, k)
		}
	case token.EQL, token.NEQ:
		v := l.Object(cmp.X)
		if v == nil || !isErrorVar(v) || !l.isNil(cmp.Y) {
			return
		}
		if (cmp.Op == token.EQL) == is {
			k[v] = isNil
		} else {
			k[v] = notNil
		}
	}
}

func isErrorVar(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && types.Identical(v.Type(), types.Universe.Lookup("error").Type())
}

func (l *lift) isNil(e ast.Expr) bool { return l.Pass.TypesInfo.Types[e].IsNil() }

// assign follows an assignment.
func (l *lift) assign(stmt *ast.AssignStmt, k known) {
	l.forget(stmt, k)
	if len(stmt.Lhs) != len(stmt.Rhs) {
		return
	}
	values := make([]nilness, len(stmt.Rhs))
	for i, value := range stmt.Rhs {
		values[i] = l.errorValue(value, k)
	}
	for i, target := range stmt.Lhs {
		if v := l.Object(target); v != nil && isErrorVar(v) && values[i] != unknown {
			k[v] = values[i]
		}
	}
}

// errorValue returns what is known of an error that an expression makes.
func (l *lift) errorValue(e ast.Expr, k known) nilness {
	if l.isNil(e) {
		return isNil
	}
	if v := l.Object(e); v != nil {
		return k[v]
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		switch l.FuncName(call) {
		case "fmt.Errorf", "errors.New":
			return notNil
		}
	}
	return unknown
}

// forget drops what is known of the variables that a node assigns, or lends to others.
func (l *lift) forget(node ast.Node, k known) {
	for v := range l.Assigned(node) {
		delete(k, v)
	}
	ast.Inspect(node, func(n ast.Node) bool {
		if addr, ok := n.(*ast.UnaryExpr); ok && addr.Op == token.AND {
			delete(k, l.Object(addr.X))
		}
		return true
	})
}

// leaves reports whether a statement can be left by another way than its end, or has something in it
// that has to stay where it is.
func leaves(stmt ast.Stmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.DeferStmt, *ast.LabeledStmt, *ast.GoStmt:
			found = true
		case *ast.BranchStmt:
			switch stmt.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				found = found || n.Label != nil
			default:
				found = found || n.Tok != token.BREAK && n.Tok != token.FALLTHROUGH || n.Label != nil
			}
		}
		return !found
	})
	return found
}

// drops reports whether a statement is one that retry.Do stands for: it waits, makes a delay, asks
// whether the context has ended, or whether this is the last attempt.
func (l *lift) drops(stmt ast.Stmt, k known) bool {
	return l.paces(stmt) || l.asksContext(stmt) || l.lastAttempt(stmt, k)
}

// paces reports whether a statement does nothing but wait, or make a delay.
func (l *lift) paces(stmt ast.Stmt) bool {
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		if call, ok := stmt.X.(*ast.CallExpr); ok {
			if sel, isSel := call.Fun.(*ast.SelectorExpr); isSel && l.delays[l.Object(sel.X)] {
				return true // timer.Stop()
			}
		}
		return l.Timed(stmt) != nil && l.innocent(l.Timed(stmt).Args[0])
	case *ast.SelectStmt:
		return l.waitsInSelect(stmt)
	case *ast.AssignStmt:
		for _, lhs := range stmt.Lhs {
			if v := l.Object(lhs); v == nil || !l.delays[v] {
				return false
			}
		}
		for _, rhs := range stmt.Rhs {
			if !l.innocent(rhs) {
				return false
			}
		}
		return true
	case *ast.IncDecStmt:
		return l.delays[l.Object(stmt.X)]
	case *ast.DeclStmt:
		v, value := l.Declared(stmt)
		return v != nil && l.delays[v] && (value == nil || l.innocent(value))
	case *ast.IfStmt:
		if stmt.Init != nil && !l.paces(stmt.Init) || !l.innocent(stmt.Cond) || len(stmt.Body.List) == 0 {
			return false
		}
		if stmt.Else != nil && !l.paces(stmt.Else) {
			return false
		}
		return l.paces(stmt.Body)
	case *ast.BlockStmt:
		for _, inner := range stmt.List {
			if !l.paces(inner) {
				return false
			}
		}
		return true
	}
	return false
}

// waitsInSelect reports whether a select statement waits for time to pass or the end of a context,
// on which the function returns.
func (l *lift) waitsInSelect(stmt *ast.SelectStmt) bool {
	timed := false
	for _, clause := range stmt.Body.List {
		clause := clause.(*ast.CommClause)
		switch {
		case clause.Comm == nil:
			return false
		case l.isDone(clause.Comm):
			if len(clause.Body) != 1 || !l.isReturn(clause.Body[0]) {
				return false
			}
		case l.Timed(clause.Comm) != nil && site.GoesOn(clause.Body) && len(clause.Body) <= 1:
			timed = true
		case l.isTimer(clause.Comm) && len(clause.Body) == 0:
			timed = true
		default:
			return false
		}
	}
	return timed
}

// received returns what a statement receives from and drops, or nil.
func received(stmt ast.Stmt) ast.Expr {
	expr, ok := stmt.(*ast.ExprStmt)
	if !ok {
		return nil
	}
	receive, ok := ast.Unparen(expr.X).(*ast.UnaryExpr)
	if !ok {
		return nil
	}
	return ast.Unparen(receive.X)
}

// isDone reports whether a statement receives from ctx.Done().
func (l *lift) isDone(stmt ast.Stmt) bool {
	call, ok := received(stmt).(*ast.CallExpr)
	return ok && l.FuncName(call) == "context.Context.Done"
}

// isTimer reports whether a statement receives from timer.C.
func (l *lift) isTimer(stmt ast.Stmt) bool {
	sel, ok := received(stmt).(*ast.SelectorExpr)
	return ok && l.delays[l.Object(sel.X)]
}

// isReturn reports whether a statement returns an error. The one of retry.Do is both the end of the
// context and the error of the last attempt.
func (l *lift) isReturn(stmt ast.Stmt) bool {
	ret, ok := stmt.(*ast.ReturnStmt)
	return ok && len(ret.Results) > 0 && !l.isNil(ret.Results[len(ret.Results)-1])
}

// endOf reports whether an expression says that a context has ended: ctx.Err().
func (l *lift) endOf(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch l.FuncName(call) {
	case "context.Context.Err", "context.Cause":
		return true
	}
	return false
}

// asksContext reports whether a statement returns if a context has ended.
func (l *lift) asksContext(stmt ast.Stmt) bool {
	branch, ok := stmt.(*ast.IfStmt)
	if !ok || branch.Else != nil || len(branch.Body.List) != 1 {
		return false
	}
	cmp, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
	if !ok || cmp.Op != token.NEQ || !l.isNil(cmp.Y) {
		return false
	}
	ret, ok := branch.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	last := ret.Results[len(ret.Results)-1]
	if branch.Init == nil {
		return l.endOf(cmp.X) && l.endOf(last)
	}
	assign, ok := branch.Init.(*ast.AssignStmt)
	return ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 && l.endOf(assign.Rhs[0]) &&
		l.Object(assign.Lhs[0]) == l.Object(cmp.X) && l.Object(last) == l.Object(cmp.X) && l.Object(cmp.X) != nil
}

// lastAttempt reports whether a statement leaves the loop after the last attempt, as its header
// would do.
func (l *lift) lastAttempt(stmt ast.Stmt, k known) bool {
	branch, ok := stmt.(*ast.IfStmt)
	if !ok || branch.Init != nil || branch.Else != nil || len(branch.Body.List) != 1 || !l.count.isLast(l, branch.Cond) {
		return false
	}
	failed := false
	for _, n := range k {
		failed = failed || n == notNil
	}
	switch leave := branch.Body.List[0].(type) {
	case *ast.BranchStmt:
		return failed && leave.Tok == token.BREAK && leave.Label == nil
	case *ast.ReturnStmt:
		return failed && l.sameAsTail(leave)
	}
	return false
}

// innocent reports whether an expression can be left out: it has no effect, and asks nobody who
// decides about delays.
func (l *lift) innocent(e ast.Node) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			pure = false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				call, ok := ast.Unparen(n.X).(*ast.CallExpr)
				pure = pure && ok && l.FuncName(call) == "time.After"
			}
		case *ast.CallExpr:
			if !l.Pass.TypesInfo.Types[n.Fun].IsType() && !arithmetic[packageOf(l.FuncName(n))] {
				pure = false
			}
		}
		return pure
	})
	return pure
}

// arithmetic are the packages whose functions only compute; "" is for the builtin ones.
var arithmetic = map[string]bool{"time": true, "math": true, "math/rand": true, "math/rand/v2": true, "min": true, "max": true, "len": true}

// packageOf returns the package of a function, or of a method's type; a builtin is its own.
func packageOf(name string) string {
	last := strings.LastIndexByte(name, '/') + 1
	first, _, _ := strings.Cut(name[last:], ".")
	return name[:last] + first
}

// isContext reports whether a variable is a context.
func isContext(obj types.Object) bool {
	return obj != nil && catalog.TypeName(obj.Type()) == "context.Context"
}
