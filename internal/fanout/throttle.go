package fanout

import (
	"go/ast"
	"go/token"
	"go/types"
)

// throttled reports whether the loop, or the goroutine itself, waits for its turn: by a channel of tokens, a
// semaphore, a limiter, or for the goroutine to end.
func (f *finder) throttled(fan *Fan, literal ast.Node) bool {
	var body *ast.BlockStmt
	switch loop := fan.Loop.(type) {
	case *ast.RangeStmt:
		body = loop.Body
	case *ast.ForStmt:
		body = loop.Body
	}
	stops := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt:
			return false
		case *ast.SendStmt:
			stops = true
		case *ast.UnaryExpr:
			stops = stops || n.Op == token.ARROW && !f.ends(n.X)
		case *ast.CallExpr:
			stops = stops || n != fan.Node && limits.MatchString(calledName(n))
		}
		return true
	})
	if stops || f.leavesAfter(body, fan.Node) {
		return true
	}
	sends, receives := false, false
	if literal == nil {
		return false
	}
	ast.Inspect(literal, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			sends = sends || f.isToken(n.Chan)
		case *ast.UnaryExpr:
			receives = receives || n.Op == token.ARROW && !f.ends(n.X) && f.isToken(n.X)
		case *ast.CallExpr:
			stops = stops || limits.MatchString(calledName(n)) && calledName(n) != "Wait" || f.isLimiter(n)
		}
		return true
	})
	return stops || sends && receives
}

func calledName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// isLimiter reports whether a call is one of Wait that takes a context: of a limiter, not of a group.
func (f *finder) isLimiter(call *ast.CallExpr) bool {
	return calledName(call) == "Wait" && len(call.Args) > 0
}

// ends reports whether a channel tells that a context is over, or that time has passed.
func (f *finder) ends(ch ast.Expr) bool {
	call, ok := ast.Unparen(ch).(*ast.CallExpr)
	return ok && (calledName(call) == "Done" || calledName(call) == "After")
}

// isToken reports whether a channel carries nothing but turns.
func (f *finder) isToken(ch ast.Expr) bool {
	t := f.pass.TypesInfo.TypeOf(ch)
	if t == nil {
		return false
	}
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	switch elem := c.Elem().Underlying().(type) {
	case *types.Struct:
		return elem.NumFields() == 0
	case *types.Basic:
		return elem.Info()&(types.IsBoolean|types.IsInteger) != 0
	case *types.Interface:
		return elem.Empty()
	}
	return false
}

// leavesAfter reports whether the block of a node ends the loop after it.
func (f *finder) leavesAfter(body *ast.BlockStmt, node ast.Node) bool {
	for _, outer := range f.g.Path(node.Pos()) {
		block, ok := outer.(*ast.BlockStmt)
		if !ok || !inside(node, block) || len(block.List) == 0 {
			continue
		}
		switch last := block.List[len(block.List)-1].(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			if last.Tok == token.BREAK {
				return true
			}
		}
		if block == body {
			return false
		}
	}
	return false
}

// lasts reports whether a goroutine goes on until it is told to stop.
func lasts(literal ast.Node) bool {
	if literal == nil {
		return false
	}
	found := false
	ast.Inspect(literal, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n == literal
		case *ast.ForStmt:
			found = found || n.Cond == nil
		}
		return true
	})
	return found
}
