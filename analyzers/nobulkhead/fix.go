package nobulkhead

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fanout"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/picture"
)

var unsafe fix.Unsafe

func init() { unsafe.Register(&Analyzer.Flags) }

// The limits that fixes set, which are where to begin: see the manual.
const (
	connections = 25
	goroutines  = 8
)

// limitPool returns the edit that limits a pool where it is opened, once that has gone well, or beside what else is
// said of it. It returns nil where the pool is not a variable or a field there.
func (r *reporter) limitPool(pool *picture.Pool, call *ast.CallExpr) *analysis.SuggestedFix {
	file := r.g.FileOf(call.Pos())
	if file == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	if pool.Tuned {
		return r.limitTuned(b, pool, call)
	}
	format := setterOf(flow.CalleeObject(pool.Call))
	assign, block := r.assigned(call)
	if format == "" || assign == nil {
		return nil
	}
	db, err := b.Text(assign.Lhs[0])
	if err != nil || db == "_" {
		return nil
	}
	i := slices.Index(fix.Statements(block), ast.Stmt(assign))
	if len(assign.Lhs) > 1 {
		if i++; i >= len(fix.Statements(block)) || !isCheck(r.pass, fix.Statements(block)[i], assign.Lhs[1]) {
			return nil
		}
	}
	edit, ok := r.after(b, block, i, fmt.Sprintf(format, db, connections))
	if !ok {
		return nil
	}
	return &analysis.SuggestedFix{Message: unsafe.Mark("Limit the pool"), TextEdits: []analysis.TextEdit{edit}}
}

// setterOf returns what limits the pool that a function opens: a format for the pool and a number.
func setterOf(open *types.Func) string {
	if open == nil || open.Pkg() == nil {
		return ""
	}
	switch catalog.Path(open.Pkg().Path()) {
	case "database/sql", "github.com/jmoiron/sqlx":
		return "%s.SetMaxOpenConns(%d)"
	case "entgo.io/ent/dialect/sql":
		return "%s.DB().SetMaxOpenConns(%d)"
	}
	return ""
}

// limitTuned limits a pool before it is said how many connections it keeps, which are as many at least.
func (r *reporter) limitTuned(b *fix.Builder, pool *picture.Pool, call *ast.CallExpr) *analysis.SuggestedFix {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	db, err := b.Text(sel.X)
	if err != nil {
		return nil
	}
	n := int64(connections)
	if idle, ok := flow.ConstInt(flow.Operand(pool.Call, catalog.Arg0)); ok {
		n = max(n, idle)
	}
	path := r.g.Path(call.Pos())
	for _, node := range path {
		stmt, ok := node.(*ast.ExprStmt)
		if !ok || stmt.X != ast.Expr(call) {
			continue
		}
		at := b.Ahead(path, stmt)
		if !at.IsValid() {
			return nil
		}
		return &analysis.SuggestedFix{
			Message:   unsafe.Mark("Limit the pool"),
			TextEdits: []analysis.TextEdit{fix.Insert(at, fmt.Sprintf("%s.SetMaxOpenConns(%d)\n", db, n))},
		}
	}
	return nil
}

// assigned returns the statement that assigns what a call returns, and the block that it stands in: nil where it stands
// elsewhere.
func (r *reporter) assigned(call *ast.CallExpr) (*ast.AssignStmt, ast.Node) {
	path := r.g.Path(call.Lparen)
	for i, node := range path {
		assign, ok := node.(*ast.AssignStmt)
		if !ok {
			continue
		}
		if len(assign.Rhs) != 1 || ast.Unparen(assign.Rhs[0]) != ast.Expr(call) || i+1 == len(path) || fix.Statements(path[i+1]) == nil {
			return nil, nil
		}
		return assign, path[i+1]
	}
	return nil, nil
}

// isCheck reports whether a statement leaves if there is an error.
func isCheck(pass *analysis.Pass, stmt ast.Stmt, err ast.Expr) bool {
	check, ok := stmt.(*ast.IfStmt)
	if !ok || check.Init != nil || check.Else != nil || len(check.Body.List) == 0 {
		return false
	}
	cond, ok := check.Cond.(*ast.BinaryExpr)
	if !ok || cond.Op != token.NEQ || types.ExprString(cond.X) != types.ExprString(err) {
		return false
	}
	switch last := check.Body.List[len(check.Body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		return ok && ends(pass, call)
	}
	return false
}

// ends reports whether a call does not return: panic, log.Fatal, os.Exit.
func ends(pass *analysis.Pass, call *ast.CallExpr) bool {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return pass.TypesInfo.Uses[fun] == types.Universe.Lookup("panic")
	case *ast.SelectorExpr:
		fn, ok := pass.TypesInfo.Uses[fun.Sel].(*types.Func)
		return ok && catalog.NeverReturns(fn)
	}
	return false
}

// after returns the edit that adds a statement after the i-th of a block. It is not ok where others stand on
// that line.
func (r *reporter) after(b *fix.Builder, block ast.Node, i int, text string) (analysis.TextEdit, bool) {
	list := fix.Statements(block)
	if i+1 == len(list) {
		return fix.Insert(list[i].End(), "\n"+text), true
	}
	next := list[i+1]
	at := b.Ahead(r.g.Path(next.Pos()), next)
	return fix.Insert(at, text+"\n"), at.IsValid()
}

// limitFan returns the edit that limits a fan-out: by the limit of its group if that can have one, or else by tokens.
func (r *reporter) limitFan(fan *fanout.Fan) *analysis.SuggestedFix {
	if fan.Group {
		return r.limitGroup(fan)
	}
	return r.limitGoroutines(fan)
}

// limitGroup returns the edit that limits the group of a fan-out right after it is made: later there may be goroutines
// already, and SetLimit panics. It returns nil where the group starts others as well, which might wait for these, or
// has no limit to set.
func (r *reporter) limitGroup(fan *fanout.Fan) *analysis.SuggestedFix {
	call, ok := fan.Node.(*ast.CallExpr)
	if !ok || !fan.Group {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return nil
	}
	group, ok := r.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || r.usesOf(group) > 2 {
		return nil
	}
	file := r.g.FileOf(call.Pos())
	path := r.g.Path(group.Pos())
	for i, node := range path {
		stmt, ok := node.(ast.Stmt)
		if !ok || i+1 == len(path) || fix.Statements(path[i+1]) == nil {
			continue
		}
		switch stmt.(type) {
		case *ast.AssignStmt, *ast.DeclStmt:
		default:
			return nil
		}
		b := &fix.Builder{Pass: r.pass, File: file}
		block := path[i+1]
		edit, ok := r.after(b, block, slices.Index(fix.Statements(block), stmt), fmt.Sprintf("%s.SetLimit(%d)", id.Name, goroutines))
		if !ok {
			return nil
		}
		return &analysis.SuggestedFix{Message: unsafe.Mark("Limit the group"), TextEdits: []analysis.TextEdit{edit}}
	}
	return nil
}

// usesOf returns how often a variable is mentioned after it is declared.
func (r *reporter) usesOf(v *types.Var) int {
	n := 0
	for _, obj := range r.pass.TypesInfo.Uses {
		if obj == v {
			n++
		}
	}
	return n
}
