package fix

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Ahead returns where a statement goes that is to run before the one which holds path[0]: in front
// of the outermost statement up to outer, the comment above it included. path leads from a node
// outwards, and outer is one of it. It returns NoPos if no list of statements holds outer.
func (b *Builder) Ahead(path []ast.Node, outer ast.Node) token.Pos {
	within := false
	for i, node := range path {
		within = within || node == outer
		if !within || i+1 == len(path) {
			continue
		}
		stmt, ok := node.(ast.Stmt)
		if !ok {
			continue
		}
		switch list := path[i+1].(type) {
		case *ast.BlockStmt:
			return b.underComment(stmt, list.Lbrace)
		case *ast.CaseClause:
			return b.underComment(stmt, list.Colon)
		case *ast.CommClause:
			if list.Comm != stmt {
				return b.underComment(stmt, list.Colon)
			}
		case *ast.FuncDecl, *ast.FuncLit:
			return token.NoPos
		}
	}
	return token.NoPos
}

// underComment returns the start of a statement, or of the comment on the lines right above it. It
// returns NoPos if the statement shares its line with what comes before it.
func (b *Builder) underComment(stmt ast.Stmt, after token.Pos) token.Pos {
	line := func(pos token.Pos) int { return b.Pass.Fset.PositionFor(pos, false).Line }
	if line(after) == line(stmt.Pos()) {
		return token.NoPos
	}
	for _, group := range b.File.Comments {
		if group.Pos() > after && line(group.End()) == line(stmt.Pos())-1 && line(after) < line(group.Pos()) {
			if start := b.lineStart(group.Pos()); !b.hasCode(start, group.Pos()) {
				return group.Pos()
			}
		}
	}
	return stmt.Pos()
}

func (b *Builder) lineStart(pos token.Pos) token.Pos {
	file := b.Pass.Fset.File(pos)
	return file.LineStart(file.PositionFor(pos, false).Line)
}

// hasCode reports whether a node ends or begins between two places of a line.
func (b *Builder) hasCode(from, to token.Pos) bool {
	found := false
	ast.Inspect(b.File, func(n ast.Node) bool {
		if n == nil || found {
			return false
		}
		if n.Pos() >= from && n.Pos() < to || n.End() > from && n.End() <= to {
			found = true
		}
		return n.Pos() < to && n.End() > from
	})
	return found
}

// Stays reports whether an expression has the same operands at a place before a node as within it:
// what it names is declared before that place, and not assigned within the node.
func (b *Builder) Stays(e ast.Expr, at token.Pos, within ast.Node) bool {
	stays := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			stays = false
		case *ast.UnaryExpr:
			stays = stays && n.Op != token.ARROW
		case *ast.Ident:
			v, ok := b.Pass.TypesInfo.Uses[n].(*types.Var)
			if !ok || v.IsField() || v.Parent() == v.Pkg().Scope() {
				break
			}
			if v.Pos() >= at || b.assigned(v, within) {
				stays = false
			}
		}
		return stays
	})
	return stays
}

// Reassigned reports whether a variable is given another value within a node, but for the statement
// that declares it.
func (b *Builder) Reassigned(v *types.Var, within ast.Node, decl ast.Stmt) bool {
	return b.writes(v, within, decl)
}

func (b *Builder) assigned(v *types.Var, within ast.Node) bool { return b.writes(v, within, nil) }

// writes reports whether a variable is given another value within a node, or its address is taken; but for one
// statement.
func (b *Builder) writes(v *types.Var, within ast.Node, but ast.Stmt) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && (b.Pass.TypesInfo.Uses[id] == v || b.Pass.TypesInfo.Defs[id] == v)
	}
	ast.Inspect(within, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n == but {
				return true
			}
			for _, lhs := range n.Lhs {
				found = found || is(lhs)
			}
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		case *ast.RangeStmt:
			found = found || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		}
		return !found
	})
	return found
}
