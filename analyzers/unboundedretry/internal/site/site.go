// Package site reads a retry as it is written, for those who edit it: the loop, where it waits, and
// the variables and functions of the function around it.
package site

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
)

// A Site is the place of a retry that is a loop.
type Site struct {
	*fix.Builder
	Retry *loops.Retry

	// The function that the retry stands in, and what encloses it there, innermost first.
	Func *ast.FuncType
	Body *ast.BlockStmt
	Path []ast.Node
}

// Of returns the site of a retry, in the function around a node of it. It returns nil for one that is
// no loop, or in no function.
func Of(pass *analysis.Pass, g *flow.Graph, retry *loops.Retry, node ast.Node) *Site {
	file := g.FileOf(node.Pos())
	if file == nil || retry.Form != loops.Loop && retry.Form != loops.Goto {
		return nil
	}
	s := &Site{Builder: &fix.Builder{Pass: pass, File: file}, Retry: retry}
	path := g.Path(node.Pos())
	for i, node := range path {
		switch node := node.(type) {
		case *ast.FuncLit:
			s.Func, s.Body, s.Path = node.Type, node.Body, path[:i]
		case *ast.FuncDecl:
			s.Func, s.Body, s.Path = node.Type, node.Body, path[:i]
		}
		if s.Body != nil {
			return s
		}
	}
	return nil
}

// Object returns the variable or constant that an expression names, or nil.
func (s *Site) Object(e ast.Expr) types.Object {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	return s.Pass.TypesInfo.ObjectOf(id)
}

// FuncName returns the full name of the function that a call calls, "" if that is none by name.
func (s *Site) FuncName(call *ast.CallExpr) string {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.Ident:
		id = fun
	default:
		return ""
	}
	switch obj := s.Pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		return catalog.Name(obj)
	case *types.Builtin:
		return obj.Name()
	}
	return ""
}

// Declaration returns the statement that declares a variable and nothing else, and the value that it
// gives to it, if any.
func (s *Site) Declaration(v types.Object) (decl ast.Stmt, value ast.Expr) {
	ast.Inspect(s.Body, func(n ast.Node) bool {
		for _, stmt := range fix.Statements(n) {
			if obj, init := s.Declared(stmt); obj == v && v != nil {
				decl, value = stmt, init
			}
		}
		return decl == nil
	})
	return decl, value
}

// Declared returns the one variable that a statement declares, and its value.
func (s *Site) Declared(stmt ast.Stmt) (types.Object, ast.Expr) {
	switch stmt := stmt.(type) {
	case *ast.AssignStmt:
		if id, ok := stmt.Lhs[0].(*ast.Ident); ok && stmt.Tok == token.DEFINE && len(stmt.Lhs) == 1 {
			return s.Pass.TypesInfo.Defs[id], stmt.Rhs[0]
		}
	case *ast.DeclStmt:
		gen, ok := stmt.Decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR || len(gen.Specs) != 1 {
			break
		}
		spec := gen.Specs[0].(*ast.ValueSpec)
		if len(spec.Names) != 1 {
			break
		}
		obj := s.Pass.TypesInfo.Defs[spec.Names[0]]
		if len(spec.Values) == 1 {
			return obj, spec.Values[0]
		}
		return obj, nil
	}
	return nil, nil
}

// Computed returns what the loop gives to a variable anew in each round: delay := base << attempt.
func (s *Site) Computed(delay ast.Expr) ast.Expr {
	v := s.Object(delay)
	if v == nil {
		return nil
	}
	var value ast.Expr
	ast.Inspect(s.Retry.Node, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 && s.Object(assign.Lhs[0]) == v {
			value = assign.Rhs[0]
		}
		return true
	})
	return value
}

// Mentions reports whether a variable is part of an expression.
func (s *Site) Mentions(node ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && s.Pass.TypesInfo.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// Assigned returns the variables that are declared or assigned within a node.
func (s *Site) Assigned(node ast.Node) map[types.Object]bool {
	vars := map[types.Object]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				vars[s.Object(lhs)] = true
			}
		case *ast.IncDecStmt:
			vars[s.Object(n.X)] = true
		case *ast.Ident:
			if obj := s.Pass.TypesInfo.Defs[n]; obj != nil {
				vars[obj] = true
			}
		}
		return true
	})
	delete(vars, nil)
	return vars
}

// Context returns the expression for the context at hand, "" if its name means something else here.
func (s *Site) Context(at ast.Node) string {
	ctx := s.Retry.Ctx
	if ctx == nil || !s.Visible(ctx, at.Pos()) {
		return ""
	}
	if catalog.TypeName(ctx.Type()) == "net/http.Request" {
		return ctx.Name() + ".Context()"
	}
	return ctx.Name()
}
