package fix

import (
	"go/ast"
	"go/types"
	"strings"
)

// Results returns the types of a function's results as they are written, one for each.
func Results(fn *ast.FuncType) []ast.Expr {
	var results []ast.Expr
	if fn.Results == nil {
		return nil
	}
	for _, field := range fn.Results.List {
		for range max(1, len(field.Names)) {
			results = append(results, field.Type)
		}
	}
	return results
}

// ReturnError returns the statement that returns from a function with an error: err, beside the
// zero values of all other results. It returns "" where the function has results, but its last is
// no error. At is where the statement is to stand.
func (b *Builder) ReturnError(fn *ast.FuncType, err string, at ast.Node) string {
	results := Results(fn)
	if len(results) == 0 {
		return "return"
	}
	last := len(results) - 1
	if !types.Identical(b.Pass.TypesInfo.TypeOf(results[last]), types.Universe.Lookup("error").Type()) {
		return ""
	}
	var values []string
	for _, result := range results[:last] {
		zero := b.Zero(result, at)
		if zero == "" {
			return ""
		}
		values = append(values, zero)
	}
	return "return " + strings.Join(append(values, err), ", ")
}

// Zero returns the zero value of a type, as it is written where the type is expr. It returns "" if
// a name in expr means something else at the given node.
func (b *Builder) Zero(expr ast.Expr, at ast.Node) string {
	t := b.Pass.TypesInfo.TypeOf(expr)
	if t == nil {
		return ""
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		if text := b.TypeText(expr, at); text != "" {
			return "*new(" + text + ")"
		}
		return ""
	}
	switch under := t.Underlying().(type) {
	case *types.Basic:
		switch info := under.Info(); {
		case info&types.IsBoolean != 0:
			return "false"
		case info&types.IsString != 0:
			return `""`
		case info&types.IsNumeric != 0:
			return "0"
		}
		return "nil" // unsafe.Pointer
	case *types.Struct, *types.Array:
		if text := b.TypeText(expr, at); text != "" {
			return text + "{}"
		}
		return ""
	}
	return "nil"
}

// TypeText returns a type as it is written where it is expr, or "" if a name in expr means something
// else at the given node.
func (b *Builder) TypeText(expr ast.Expr, at ast.Node) string {
	text, err := b.Text(expr)
	if err != nil {
		return ""
	}
	same := true
	ast.Inspect(expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			same = same && b.isVisible(n.X, at)
			return false
		case *ast.StructType, *ast.FuncType, *ast.InterfaceType:
			return false // their fields are no names in scope
		case *ast.Ident:
			same = same && b.isVisible(n, at)
		}
		return true
	})
	if !same {
		return ""
	}
	return text
}

func (b *Builder) isVisible(expr ast.Expr, at ast.Node) bool {
	id, ok := expr.(*ast.Ident)
	if !ok {
		return true
	}
	obj := b.Pass.TypesInfo.Uses[id]
	return obj == nil || b.Visible(obj, at.Pos())
}
