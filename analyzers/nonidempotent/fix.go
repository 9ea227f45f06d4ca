package nonidempotent

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/loops"
)

// hoist returns the edit that makes a key once, ahead of the attempts, instead of within each of them.
// It returns nil where the key is made of something that only an attempt has, or by a function that
// is called for each.
func (r *reporter) hoist(retry *loops.Retry, op loops.Op, key *effect.Done) *analysis.SuggestedFix {
	around := r.attempts(retry, op)
	file := r.g.FileOf(key.Made())
	if around == nil || file == nil || key.Made() < around.Pos() || around.End() <= key.Made() {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	path := r.g.Path(key.Made())
	at := b.Ahead(path, around)
	if !at.IsValid() {
		return nil
	}
	var edits []analysis.TextEdit
	if stmt := declaration(path, around); stmt != nil {
		edits = r.moved(b, stmt, at, around)
	} else if value := argument(path, r.callAt(key.Pos())); value != nil {
		edits = r.named(b, value, at, around)
	}
	if edits == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: "Make the key once, before the first attempt", TextEdits: edits}
}

// attempts returns what is run for each attempt: a loop, or the literal that a library calls.
func (r *reporter) attempts(retry *loops.Retry, op loops.Op) ast.Node {
	switch retry.Form {
	case loops.Loop:
		return retry.Node
	case loops.Library:
		if literal, ok := op.Call.Parent().Syntax().(*ast.FuncLit); ok {
			return literal
		}
	}
	return nil
}

// declaration returns the statement of an attempt that declares a variable as what the innermost node of
// a path makes, and does nothing else, or nil.
func declaration(path []ast.Node, around ast.Node) *ast.AssignStmt {
	for i, node := range path {
		if node == around {
			return nil
		}
		stmt, ok := node.(*ast.AssignStmt)
		if !ok {
			continue
		}
		if _, ok := path[i+1].(*ast.BlockStmt); ok && path[i+2] == around && stmt.Tok == token.DEFINE && len(stmt.Lhs) == 1 && len(stmt.Rhs) == 1 {
			return stmt
		}
		return nil
	}
	return nil
}

// argument returns the argument of a call that holds the innermost node of a path, or nil.
func argument(path []ast.Node, call *ast.CallExpr) ast.Expr {
	for i, node := range path {
		if node == ast.Node(call) && i > 0 {
			if value, ok := path[i-1].(ast.Expr); ok && value != call.Fun {
				return value
			}
			return nil
		}
	}
	return nil
}

// moved returns the edits that move a declaration to where the attempts have not begun.
func (r *reporter) moved(b *fix.Builder, stmt *ast.AssignStmt, at token.Pos, around ast.Node) []analysis.TextEdit {
	name, ok := stmt.Lhs[0].(*ast.Ident)
	if !ok || !b.Stays(stmt.Rhs[0], at, around) || !b.Free(name.Name, around.Pos()) || !r.take(b, at, name.Name) {
		return nil
	}
	if v, ok := r.pass.TypesInfo.Defs[name].(*types.Var); !ok || b.Reassigned(v, around, stmt) {
		return nil
	}
	text, err := b.Text(stmt)
	if err != nil {
		return nil
	}
	gone, ok := b.DeleteLines(stmt)
	if !ok {
		return nil
	}
	return []analysis.TextEdit{fix.Insert(at, text+"\n"), gone}
}

// named returns the edits that give what is made a name where the attempts have not begun.
func (r *reporter) named(b *fix.Builder, value ast.Expr, at token.Pos, around ast.Node) []analysis.TextEdit {
	if basic, ok := r.pass.TypesInfo.TypeOf(value).(*types.Basic); !ok || basic.Kind() != types.String || !b.Stays(value, at, around) {
		return nil
	}
	text, err := b.Text(value)
	if err != nil {
		return nil
	}
	name := r.name(b, at, value.Pos())
	return []analysis.TextEdit{fix.Insert(at, name+" := "+text+"\n"), fix.Replace(value, name)}
}

// name returns a name for a key that is declared at a place and used at another.
func (r *reporter) name(b *fix.Builder, at, used token.Pos) string {
	for i := 1; ; i++ {
		name := "idempotencyKey"
		if i > 1 {
			name += strconv.Itoa(i)
		}
		if b.Free(name, at) && b.Free(name, used) && r.take(b, at, name) {
			return name
		}
	}
}

// take reports whether no other fix declares a name in the function around a place, and keeps it.
func (r *reporter) take(b *fix.Builder, at token.Pos, name string) bool {
	for _, node := range r.g.Path(at) {
		if decl, ok := node.(*ast.FuncDecl); ok {
			if r.names == nil {
				r.names = map[string]bool{}
			}
			key := strconv.Itoa(int(decl.Pos())) + name
			if r.names[key] {
				return false
			}
			r.names[key] = true
		}
	}
	return true
}
