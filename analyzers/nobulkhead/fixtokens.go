package nobulkhead

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fanout"
	"github.com/resilint/resilint/internal/fix"
)

// limitGoroutines returns the edit that has the goroutines of a fan-out wait for one of a few tokens. They take it
// themselves: if the loop did, and each handed its result to who comes after the loop, nobody would get on. It returns nil
// where what is started is no function literal, and cannot be put into one: its arguments would be others by then.
func (r *reporter) limitGoroutines(fan *fanout.Fan) *analysis.SuggestedFix {
	file := r.g.FileOf(fan.Node.Pos())
	if file == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	at := b.Ahead(r.g.Path(fan.Loop.Pos()), fan.Loop)
	if !at.IsValid() || r.isJumpedOver(fan) {
		return nil
	}
	name := r.tokens(b, at, fan)
	if name == "" {
		return nil
	}
	take := name + " <- struct{}{}\ndefer func() { <-" + name + " }()\n"
	edits := []analysis.TextEdit{fix.Insert(at, fmt.Sprintf("%s := make(chan struct{}, %d)\n", name, goroutines))}
	switch node := fan.Node.(type) {
	case *ast.GoStmt:
		if literal, ok := ast.Unparen(node.Call.Fun).(*ast.FuncLit); ok {
			edits = append(edits, fix.Insert(literal.Body.List[0].Pos(), take))
			break
		}
		if !b.GoAtLeast("go1.22") || !r.keeps(b, node.Call, fan.Loop) {
			return nil
		}
		edits = append(edits, fix.Insert(node.Call.Pos(), "func() {\n"+take), fix.Insert(node.Call.End(), "\n}()"))
	case *ast.CallExpr:
		if len(node.Args) == 0 {
			return nil
		}
		literal, ok := node.Args[len(node.Args)-1].(*ast.FuncLit)
		if !ok {
			return nil
		}
		edits = append(edits, fix.Insert(literal.Body.List[0].Pos(), take))
	default:
		return nil
	}
	return &analysis.SuggestedFix{Message: unsafe.Mark("Limit the goroutines"), TextEdits: edits}
}

// tokens returns a name for the channel of tokens, which no other fix declares in the function.
func (r *reporter) tokens(b *fix.Builder, at token.Pos, fan *fanout.Fan) string {
	var function ast.Node
	for _, node := range r.g.Path(fan.Loop.Pos()) {
		switch node.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			if function == nil {
				function = node
			}
		}
	}
	for _, name := range []string{"limit", "tokens", "slots", "turns"} {
		if key := (declared{function, name}); b.Free(name, at) && b.Free(name, fan.Node.End()-1) && !r.declared[key] {
			if r.declared == nil {
				r.declared = map[declared]bool{}
			}
			r.declared[key] = true
			return name
		}
	}
	return ""
}

// A declared is a variable that a fix declares in a function.
type declared struct {
	function ast.Node
	name     string
}

// isJumpedOver reports whether the function around a loop has a goto, which may not jump over a declaration.
func (r *reporter) isJumpedOver(fan *fanout.Fan) bool {
	for _, node := range r.g.Path(fan.Loop.Pos()) {
		decl, ok := node.(*ast.FuncDecl)
		if !ok {
			continue
		}
		jumps := false
		ast.Inspect(decl, func(n ast.Node) bool {
			if jump, ok := n.(*ast.BranchStmt); ok && jump.Tok == token.GOTO {
				jumps = true
			}
			return !jumps
		})
		return jumps
	}
	return false
}

// keeps reports whether what a call mentions is the same a while later: variables of the round, or ones that the
// function around the loop does not assign again.
func (r *reporter) keeps(b *fix.Builder, call *ast.CallExpr, loop ast.Stmt) bool {
	var function ast.Node
	for _, node := range r.g.Path(loop.Pos()) {
		switch node.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			if function == nil {
				function = node
			}
		}
	}
	keeps := function != nil
	ast.Inspect(call, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			keeps = keeps && n == call
		case *ast.UnaryExpr:
			keeps = keeps && n.Op != token.ARROW
		case *ast.IndexExpr, *ast.StarExpr, *ast.FuncLit:
			keeps = false
		case *ast.Ident:
			v, ok := r.pass.TypesInfo.Uses[n].(*types.Var)
			if !ok || v.IsField() || v.Parent() == v.Pkg().Scope() {
				break
			}
			keeps = keeps && r.isOfRound(v, loop, b) || keeps && !assignedAfter(r.pass, v, function, loop)
		}
		return keeps
	})
	return keeps
}

// isOfRound reports whether each round of a loop has a variable of its own, which is given its value once.
func (r *reporter) isOfRound(v *types.Var, loop ast.Stmt, b *fix.Builder) bool {
	ranges, ok := loop.(*ast.RangeStmt)
	if !ok || ranges.Tok != token.DEFINE || v.Pos() < loop.Pos() || ranges.Body.Pos() < v.Pos() {
		return false
	}
	return !b.Reassigned(v, ranges.Body, nil)
}

// assignedAfter reports whether a function gives a variable another value in a loop or after it.
func assignedAfter(pass *analysis.Pass, v *types.Var, function ast.Node, loop ast.Stmt) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && id.Pos() > loop.Pos() && pass.TypesInfo.Uses[id] == v
	}
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				found = found || is(lhs)
			}
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.RangeStmt:
			found = found || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		}
		return !found
	})
	return found
}
