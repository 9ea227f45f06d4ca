package unboundedretry

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

// A wait is a place in a loop where it waits for time to pass.
type wait struct {
	call   *ast.CallExpr // of time.Sleep, time.After, time.NewTimer
	stmt   ast.Stmt      // in which it stands
	listed bool          // other statements can stand before stmt
	sleeps bool          // it is time.Sleep, as a statement

	// What fixes make of it.
	before  string // statements to stand before it
	delay   string // its argument, if that changes
	imports []analysis.TextEdit
}

// waits returns the places where the loop waits: those that are not in a function literal, and not
// the timeout of something else.
func (x *fixer) waits() []*wait {
	var waits []*wait
	var walk func(list []ast.Stmt, listed bool)
	add := func(call *ast.CallExpr, stmt ast.Stmt, listed, sleeps bool) {
		if len(call.Args) == 1 {
			waits = append(waits, &wait{call: call, stmt: stmt, listed: listed, sleeps: sleeps})
		}
	}
	walk = func(list []ast.Stmt, listed bool) {
		for _, stmt := range list {
			if call := x.timed(stmt); call != nil {
				add(call, stmt, listed, x.funcName(call) == "time.Sleep")
			}
			switch stmt := stmt.(type) {
			case *ast.SelectStmt:
				for _, clause := range stmt.Body.List {
					clause := clause.(*ast.CommClause)
					if call := x.timed(clause.Comm); call != nil && goesOn(clause.Body) {
						add(call, stmt, listed, false)
					}
					walk(clause.Body, true)
				}
			case *ast.LabeledStmt:
				walk([]ast.Stmt{stmt.Stmt}, false)
			case *ast.ForStmt, *ast.RangeStmt:
				continue // its waits are its own
			default:
				for _, inner := range blocks(stmt) {
					walk(inner, true)
				}
			}
		}
	}
	switch node := x.retry.Node.(type) {
	case *ast.ForStmt:
		walk(node.Body.List, true)
	case *ast.RangeStmt:
		walk(node.Body.List, true)
	case *ast.LabeledStmt:
		walk([]ast.Stmt{node.Stmt}, false)
		walk(x.following(node), true)
	}
	return waits
}

// following returns the statements that follow one in its list.
func (x *fixer) following(stmt ast.Stmt) []ast.Stmt {
	for _, node := range x.path {
		list := listOf(node)
		for i, s := range list {
			if s == stmt {
				return list[i+1:]
			}
		}
	}
	return nil
}

// timed returns the call by which a statement waits for time to pass, or nil.
func (x *fixer) timed(stmt ast.Stmt) *ast.CallExpr {
	var expr ast.Expr
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		expr = stmt.X
	case *ast.AssignStmt:
		if len(stmt.Rhs) != 1 {
			return nil
		}
		expr = stmt.Rhs[0]
	default:
		return nil
	}
	receive, isReceive := ast.Unparen(expr).(*ast.UnaryExpr)
	if isReceive {
		expr = receive.X
	}
	call, ok := ast.Unparen(expr).(*ast.CallExpr)
	if !ok {
		return nil
	}
	_, isExpr := stmt.(*ast.ExprStmt)
	switch x.funcName(call) {
	case "time.Sleep":
		return call
	case "time.After":
		if isReceive {
			return call
		}
	case "time.NewTimer":
		if !isExpr {
			return call
		}
	}
	return nil
}

// goesOn reports whether a case of a select statement lets the loop go on: it is no timeout.
func goesOn(body []ast.Stmt) bool {
	if len(body) == 0 {
		return true
	}
	jump, ok := body[len(body)-1].(*ast.BranchStmt)
	return ok && jump.Tok == token.CONTINUE
}

// blocks returns the lists of statements within a statement.
func blocks(stmt ast.Stmt) [][]ast.Stmt {
	switch stmt := stmt.(type) {
	case *ast.BlockStmt:
		return [][]ast.Stmt{stmt.List}
	case *ast.IfStmt:
		lists := [][]ast.Stmt{stmt.Body.List}
		if stmt.Else != nil {
			lists = append(lists, blocks(stmt.Else)...)
		}
		return lists
	case *ast.SwitchStmt:
		return clauses(stmt.Body)
	case *ast.TypeSwitchStmt:
		return clauses(stmt.Body)
	}
	return nil
}

func clauses(body *ast.BlockStmt) [][]ast.Stmt {
	var lists [][]ast.Stmt
	for _, clause := range body.List {
		lists = append(lists, listOf(clause))
	}
	return lists
}

func listOf(node ast.Node) []ast.Stmt {
	switch node := node.(type) {
	case *ast.BlockStmt:
		return node.List
	case *ast.CaseClause:
		return node.Body
	case *ast.CommClause:
		return node.Body
	}
	return nil
}

// edits returns the edits of a wait: it listens to the context at hand, if it is to.
func (w *wait) edits(x *fixer, listens bool) []analysis.TextEdit {
	edits := w.imports
	delay := w.delay
	if listens && w.sleeps {
		if delay == "" {
			var err error
			if delay, err = x.Text(w.call.Args[0]); err != nil {
				return nil
			}
		}
		text := x.selects(w, delay)
		if text == "" {
			return nil
		}
		return append(edits, fix.Replace(w.stmt, w.before+text))
	}
	if delay != "" {
		edits = append(edits, fix.Replace(w.call.Args[0], delay))
	}
	if w.before != "" {
		edits = append(edits, fix.Insert(w.stmt.Pos(), w.before))
	}
	if edits == nil {
		edits = []analysis.TextEdit{}
	}
	return edits
}

// selects returns the statement that waits for a delay, or the end of the context: then the
// function returns.
func (x *fixer) selects(w *wait, delay string) string {
	ctx := x.context(w.stmt)
	if _, isStmt := w.stmt.(*ast.ExprStmt); ctx == "" || !isStmt || x.HasComment(w.stmt.Pos(), w.stmt.End()) {
		return ""
	}
	ret := x.ReturnError(x.fn, ctx+".Err()", w.stmt)
	if ret == "" || !x.mayLeave(ret == "return") {
		return ""
	}
	after := "time.After"
	if sel, ok := ast.Unparen(w.call.Fun).(*ast.SelectorExpr); ok {
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
func (x *fixer) mayLeave(silent bool) bool {
	served := x.retry.Ctx != nil && strings.HasSuffix(x.retry.Ctx.Type().String(), "net/http.Request")
	own := x.assigned(x.retry.Node)
	var child ast.Node
	for _, node := range x.path {
		switch node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if silent && node != x.retry.Node {
				return false
			}
		}
		past := false
		for _, stmt := range listOf(node) {
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
func (x *fixer) holdsRetry(node ast.Node) bool {
	return node.Pos() <= x.retry.Node.Pos() && x.retry.Node.End() <= node.End()
}

// assigned returns the variables that are declared or assigned within a node.
func (x *fixer) assigned(node ast.Node) map[types.Object]bool {
	vars := map[types.Object]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				vars[x.object(lhs)] = true
			}
		case *ast.IncDecStmt:
			vars[x.object(n.X)] = true
		case *ast.Ident:
			if obj := x.Pass.TypesInfo.Defs[n]; obj != nil {
				vars[obj] = true
			}
		}
		return true
	})
	delete(vars, nil)
	return vars
}

// cleansUp reports whether a statement, not a deferred one, undoes something or tells of it, other
// than with the variables given.
func (x *fixer) cleansUp(stmt ast.Stmt, except map[types.Object]bool) bool {
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
				found = found || undone.MatchString(fun.Sel.Name) && !except[x.object(root(fun.X))]
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

// jitter makes the delay of a wait random: half of it stays, so that it remains a delay.
func (x *fixer) jitter(w *wait) bool {
	arg := w.call.Args[0]
	text, err := x.Text(arg)
	if err != nil {
		return false
	}
	if w.delay != "" {
		text = w.delay
	}
	half := x.GoAtLeast("go1.22") && !x.mathRand(w.call.Pos())
	if value := x.Pass.TypesInfo.Types[arg].Value; half && value != nil {
		return x.constantJitter(w, arg, value)
	}
	if half && x.retry.Delay > 1 && x.isComputed(arg) {
		name := text
		if _, isName := ast.Unparen(arg).(*ast.Ident); !isName || w.delay != "" {
			if !x.isTyped(arg) {
				return false
			}
			name = x.fresh(w.stmt.Pos(), "delay", "wait", "pause")
			if name == "" || !w.listed {
				return false
			}
			w.before = name + " := " + text + "\n"
		}
		rand, imports := x.Import("math/rand/v2", w.call.Pos())
		// N panics for what is not positive: one more, in case that the delay gets very short.
		w.delay = name + "/2 + " + rand + ".N(" + name + "/2+1)"
		w.imports = imports
		return true
	}
	return x.floatJitter(w, text)
}

// isComputed reports whether a delay is made of constants and local variables: nobody else can make
// it a negative one.
func (x *fixer) isComputed(delay ast.Expr) bool {
	if _, value := x.declaration(x.object(delay)); value != nil {
		delay = value
	}
	local := true
	ast.Inspect(delay, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := x.Pass.TypesInfo.Uses[id].(*types.Var); ok {
				local = local && x.body.Pos() < v.Pos() && v.Pos() < x.body.End()
			}
		}
		return true
	})
	return local
}

// isTyped reports whether an expression has its type from itself, not from what it is passed to:
// 1 << attempt has not.
func (x *fixer) isTyped(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return false
	case *ast.BinaryExpr:
		return x.isTyped(e.X) || e.Op != token.SHL && x.isTyped(e.Y)
	case *ast.Ident:
		basic, ok := x.object(e).(*types.Const)
		return !ok || !isUntyped(basic.Type())
	}
	return true
}

func isUntyped(t types.Type) bool {
	basic, ok := t.(*types.Basic)
	return ok && basic.Info()&types.IsUntyped != 0
}

// mathRand reports whether the file imports math/rand, and not its second version.
func (x *fixer) mathRand(pos token.Pos) bool {
	first, edits := x.Import("math/rand", pos)
	_, more := x.Import("math/rand/v2", pos)
	return first != "" && edits == nil && more != nil
}

// floatJitter takes part of any delay: of one that may be 0, or negative, too.
func (x *fixer) floatJitter(w *wait, text string) bool {
	from := "math/rand/v2"
	switch {
	case !x.GoAtLeast("go1.20"):
		return false // every process would draw the same numbers
	case !x.GoAtLeast("go1.22") || x.mathRand(w.call.Pos()):
		from = "math/rand"
	}
	rand, imports := x.Import(from, w.call.Pos())
	clock, more := x.Import("time", w.call.Pos())
	w.delay = clock + ".Duration(float64(" + text + ") * (0.5 + " + rand + ".Float64()/2))"
	w.imports = append(imports, more...)
	return true
}

func (x *fixer) constantJitter(w *wait, arg ast.Expr, value constant.Value) bool {
	n, ok := constant.Int64Val(constant.ToInt(value))
	if !ok || n < 2 {
		return false
	}
	rand, imports := x.Import("math/rand/v2", w.call.Pos())
	var half string
	if text := x.constantName(arg); text != "" {
		half = text + "/2"
	} else {
		var more []analysis.TextEdit
		half, more = x.Duration(time.Duration(n/2), w.call.Pos())
		imports = append(imports, more...)
	}
	w.delay = half + " + " + rand + ".N(" + strings.ReplaceAll(half, " ", "") + ")"
	w.imports = imports
	return true
}

// constantName returns the name of a constant, "" for a unit such as time.Second and for what is no
// name.
func (x *fixer) constantName(e ast.Expr) string {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if sel, isSel := ast.Unparen(e).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return ""
	}
	if obj := x.Pass.TypesInfo.Uses[id]; obj == nil || obj.Pkg() == nil || obj.Pkg().Path() == "time" {
		return ""
	}
	text, err := x.Text(e)
	if err != nil {
		return ""
	}
	return text
}

// fresh returns the first of the names that means nothing at pos, or "".
func (x *fixer) fresh(pos token.Pos, names ...string) string {
	for _, name := range names {
		if x.Free(name, pos) {
			return name
		}
	}
	return ""
}
