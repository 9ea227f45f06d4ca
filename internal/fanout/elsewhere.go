package fanout

import (
	"go/ast"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"
)

// addresses are names of what says where someone is.
var addresses = regexp.MustCompile(`(?i)(ur[li]|addr(ess)?|host(name|port)?|endpoint|link|target|ip)$`)

// elsewhere reports whether each goroutine calls someone else: what it is given says where that is.
func (f *finder) elsewhere(call ssa.CallInstruction) bool {
	at := f.g.CallAt(call.Pos())
	if at == nil {
		return false
	}
	return slices.ContainsFunc(at.Args, func(arg ast.Expr) bool {
		found := false
		ast.Inspect(arg, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				found = found || addresses.MatchString(n.Sel.Name)
			case *ast.CallExpr, *ast.BinaryExpr:
				return false
			}
			return !found
		})
		id, ok := ast.Unparen(arg).(*ast.Ident)
		return found || ok && addresses.MatchString(id.Name)
	})
}

// asking are names of functions that are told where to send a request, or to connect to.
var asking = regexp.MustCompile(`^(NewRequest(WithContext)?|Get|Head|Post|PostForm|Dial\w*|GetContext|Download\w*|Ping|Connect)$`)

// isAddress reports whether the items of a fan-out are addresses themselves, of whom the goroutine calls.
func (f *finder) isAddress(fan *Fan, literal ast.Node) bool {
	loop, ok := fan.Loop.(*ast.RangeStmt)
	if !ok || literal == nil {
		return false
	}
	item, ok := loop.Value.(*ast.Ident)
	if !ok {
		return false
	}
	found := false
	ast.Inspect(literal, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		found = found || ok && asking.MatchString(calledName(call)) && slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
			id, ok := ast.Unparen(arg).(*ast.Ident)
			return ok && id.Name == item.Name // or a copy of it: item := item
		})
		return !found
	})
	return found
}
