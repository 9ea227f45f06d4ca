package fanout

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"
)

// nexts are names of fields of an answer that say where the next page of it begins.
var nexts = regexp.MustCompile(`^Next(Page|Continuation)?(Token|Marker)$`)

// isPage reports whether a struct is one page of an answer: it has a field that says where the next one begins, and the
// function around it does not look at that.
func (f *finder) isPage(e ast.Expr) bool {
	t := f.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if nexts.MatchString(field.Name()) && isText(field.Type()) {
			return !f.mentions(f.function(e), field.Name())
		}
	}
	return false
}

// isText reports whether a type is that of a text, or of one that may be missing.
func isText(t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.String
}

// mentions reports whether a function reads a field of that name, or its getter.
func (f *finder) mentions(fn ast.Node, name string) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		found = found || ok && (sel.Sel.Name == name || sel.Sel.Name == "Get"+name)
		return !found
	})
	return found
}

// between reports whether what a call in a loop adds to a list lies between two whole numbers: the loop goes on with the
// next item where it is less than the one, or more than the other. Of slots, heights and days there are only so many.
func (f *finder) between(call *ast.CallExpr) bool {
	var inner ast.Node = call
	for _, outer := range f.g.Path(call.Pos()) {
		switch outer := outer.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		case *ast.IfStmt:
			if inside(inner, outer.Body) && f.isRange(outer.Cond, token.LAND) {
				return true
			}
		case *ast.RangeStmt:
			return f.skips(outer.Body, inner)
		case *ast.ForStmt:
			return f.skips(outer.Body, inner)
		}
	}
	return false
}

// skips reports whether the body of a loop goes on with the next item, before it comes to a node, where the item is out of
// a range.
func (f *finder) skips(body *ast.BlockStmt, node ast.Node) bool {
	for _, stmt := range body.List {
		if stmt.End() > node.Pos() {
			return false
		}
		branch, ok := stmt.(*ast.IfStmt)
		if !ok || len(branch.Body.List) == 0 || !f.isRange(branch.Cond, token.LOR) {
			continue
		}
		if last, ok := branch.Body.List[len(branch.Body.List)-1].(*ast.BranchStmt); ok && last.Tok == token.CONTINUE {
			return true
		}
	}
	return false
}

// isRange reports whether a condition compares the same whole number with a lower and an upper bound.
func (f *finder) isRange(cond ast.Expr, op token.Token) bool {
	both, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || both.Op != op {
		return false
	}
	low, lessThan := f.bound(both.X)
	high, lessThanOther := f.bound(both.Y)
	return low != "" && low == high && lessThan != lessThanOther
}

// bound returns the whole number of an item that a comparison bounds, as it is written, and whether it asks if that is less
// than something.
func (f *finder) bound(e ast.Expr) (item string, less bool) {
	cond, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok {
		return "", false
	}
	x, op := cond.X, cond.Op
	if _, ok := ast.Unparen(x).(*ast.SelectorExpr); !ok && !isCall(x) {
		x = cond.Y
		switch op {
		case token.LSS, token.LEQ:
			op = token.GTR
		case token.GTR, token.GEQ:
			op = token.LSS
		}
	}
	if op != token.LSS && op != token.LEQ && op != token.GTR && op != token.GEQ {
		return "", false
	}
	t := f.pass.TypesInfo.TypeOf(x)
	if t == nil {
		return "", false
	}
	if basic, ok := t.Underlying().(*types.Basic); !ok || basic.Info()&types.IsInteger == 0 {
		return "", false
	}
	return types.ExprString(ast.Unparen(x)), op == token.LSS || op == token.LEQ
}

func isCall(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok
}
