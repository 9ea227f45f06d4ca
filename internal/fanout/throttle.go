package fanout

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// throttled reports whether the loop, or the goroutine itself, waits for its turn: by a channel of tokens, a
// semaphore, a limiter, or for the goroutine to end.
func (f *finder) throttled(fan *Fan, literal ast.Node, fn *ssa.Function) bool {
	if fn != nil && f.waitsIn(fn) {
		return true
	}
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
			instr := f.calls[n.Lparen]
			stops = stops || n != fan.Node && (limits.MatchString(calledName(n)) || instr != nil && f.waitsAt(instr))
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
	return ok && carriesNothing(c.Elem())
}

// waitsIn reports whether a function that a goroutine runs waits for its turn, or the literals in it do.
func (f *finder) waitsIn(fn *ssa.Function) bool {
	return f.waits[fn] || slices.ContainsFunc(fn.AnonFuncs, f.waitsIn)
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
