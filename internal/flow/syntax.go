package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"
)

// FileOf returns the file of the package that pos lies in, or nil.
func (g *Graph) FileOf(pos token.Pos) *ast.File {
	for _, file := range g.SSA.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return file
		}
	}
	return nil
}

// Path returns the syntax nodes that enclose pos, innermost first.
func (g *Graph) Path(pos token.Pos) []ast.Node {
	file := g.FileOf(pos)
	if file == nil {
		return nil
	}
	path, _ := astutil.PathEnclosingInterval(file, pos, pos)
	return path
}

// Syntax returns the expression or declaration that makes the object s stands for: a
// composite literal, a call (of new, or of a maker), the declaration of a variable, or the
// mention of another package's variable. It is nil where the source has no such place: a
// field that is left at its zero value.
func (g *Graph) Syntax(s Source, info *types.Info) ast.Node {
	switch s.Kind {
	case New:
		return g.allocSyntax(s.Value.(*ssa.Alloc))
	case Result:
		if call := g.CallAt(s.Value.Pos()); call != nil {
			return call
		}
	case Global:
		global := s.Value.(*ssa.Global)
		if global.Pkg == g.SSA.Pkg {
			return g.declared(global.Pos())
		}
		for _, node := range g.Path(s.At.Pos()) {
			switch node := node.(type) {
			case *ast.SelectorExpr:
				return node
			case *ast.Ident: // dot import
				if _, ok := info.Uses[node].(*types.Var); ok && len(g.Path(node.Pos())) > 1 {
					if sel, ok := g.Path(node.Pos())[1].(*ast.SelectorExpr); ok && sel.Sel == node {
						return sel
					}
					return node
				}
			}
		}
	case Field:
		return g.fieldLiteral(s.Var, info)
	}
	return nil
}

func (g *Graph) allocSyntax(alloc *ssa.Alloc) ast.Node {
	for _, node := range g.Path(alloc.Pos()) {
		switch node := node.(type) {
		case *ast.CompositeLit:
			if node.Lbrace == alloc.Pos() {
				return node
			}
		case *ast.CallExpr:
			if node.Lparen == alloc.Pos() {
				return node
			}
		case *ast.AssignStmt, *ast.ValueSpec:
			return g.declared(alloc.Pos())
		}
	}
	return nil
}

// CallAt returns the call that go/ssa says is at pos, or nil.
func (g *Graph) CallAt(pos token.Pos) *ast.CallExpr {
	for _, node := range g.Path(pos) {
		if call, ok := node.(*ast.CallExpr); ok && call.Lparen == pos {
			return call
		}
	}
	return nil
}

// declared returns what the variable declared at pos is initialized with, if that is a
// composite literal, or else its declaration.
func (g *Graph) declared(pos token.Pos) ast.Node {
	for _, node := range g.Path(pos) {
		switch node := node.(type) {
		case *ast.ValueSpec:
			for i, name := range node.Names {
				if name.Pos() != pos {
					continue
				}
				var decl ast.Node = node
				if len(node.Names) > 1 {
					decl = name
				}
				if len(node.Values) == len(node.Names) {
					return literalOr(node.Values[i], decl)
				}
				return decl
			}
			return node
		case *ast.AssignStmt:
			for i, lhs := range node.Lhs {
				if lhs.Pos() == pos && len(node.Rhs) == len(node.Lhs) {
					return literalOr(node.Rhs[i], lhs)
				}
			}
			return node
		}
	}
	return nil
}

func literalOr(e ast.Expr, other ast.Node) ast.Node {
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		return lit
	}
	return other
}

// fieldLiteral returns the first composite literal that the package gives a field as its
// value: T{Client: http.Client{}} or t.client = http.Client{}.
func (g *Graph) fieldLiteral(field *types.Var, info *types.Info) ast.Node {
	var found *ast.CompositeLit
	value := func(e ast.Expr) {
		if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok && found == nil {
			found = lit
		}
	}
	isField := func(id *ast.Ident) bool {
		v, ok := info.Uses[id].(*types.Var)
		return ok && v.Origin() == field
	}
	for _, file := range g.SSA.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && isField(key) {
					value(n.Value)
				}
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					if sel, ok := lhs.(*ast.SelectorExpr); ok && len(n.Lhs) == len(n.Rhs) && isField(sel.Sel) {
						value(n.Rhs[i])
					}
				}
			}
			return found == nil
		})
	}
	if found == nil {
		return nil
	}
	return found
}

// StoredAt returns the expression whose value the store writes: of a field in a literal, or
// of an assignment.
func (g *Graph) StoredAt(store *ssa.Store) ast.Expr {
	for _, node := range g.Path(store.Pos()) {
		switch node := node.(type) {
		case *ast.KeyValueExpr:
			return node.Value
		case *ast.CompositeLit:
			for _, elt := range node.Elts { // without keys
				if elt.Pos() == store.Pos() {
					return elt
				}
			}
		case *ast.AssignStmt:
			for i, lhs := range node.Lhs {
				if lhs.Pos() <= store.Pos() && store.Pos() <= lhs.End() && len(node.Lhs) == len(node.Rhs) {
					return node.Rhs[i]
				}
			}
		}
	}
	return nil
}
