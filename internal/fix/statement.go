package fix

import (
	"go/ast"
	"go/token"
)

// Statements returns the list of statements that a node is, or nil.
func Statements(node ast.Node) []ast.Stmt {
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

// LineEnd returns the end of a statement, or of the comment that follows it on its line.
func (b *Builder) LineEnd(stmt ast.Stmt) token.Pos {
	line := func(pos token.Pos) int { return b.Pass.Fset.PositionFor(pos, false).Line }
	for _, group := range b.File.Comments {
		if group.Pos() >= stmt.End() && line(group.Pos()) == line(stmt.End()) {
			return group.End()
		}
	}
	return stmt.End()
}
