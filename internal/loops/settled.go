package loops

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// said evaluates a parameter of the function with the loop, by what the package calls it with.
func (e *spacer) said(p *ssa.Parameter) spacing {
	said := given
	for _, arg := range e.c.f.g.Arguments(p) {
		n, ok := arg.(*ssa.Const)
		switch {
		case !ok || n.Value == nil:
			if e.c.f.isSettled(arg, 0) {
				return steady
			}
		case said.value == nil:
			said = fixed(n.Value)
		case !constant.Compare(said.value, token.EQL, n.Value):
			return steady
		}
	}
	return said
}

// isSettled reports whether the package itself says what a delay is, somewhere: that is at least what it
// is by default.
func (f *finder) isSettled(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	any := func(vs []ssa.Value) bool {
		return slices.ContainsFunc(vs, func(v ssa.Value) bool { return f.isSettled(v, depth+1) })
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && (v.Value.Kind() == constant.Int || v.Value.Kind() == constant.Float) && constant.Sign(v.Value) != 0
	case *ssa.Convert:
		return f.isSettled(v.X, depth)
	case *ssa.ChangeType:
		return f.isSettled(v.X, depth)
	case *ssa.BinOp:
		return f.isSettled(v.X, depth+1) && f.isSettled(v.Y, depth+1)
	case *ssa.Phi:
		return any(v.Edges)
	case *ssa.Parameter:
		return any(f.g.Arguments(v))
	case *ssa.Call:
		if fn := f.g.Callee(v); fn != nil {
			return any(returned(fn, 0))
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return false
		}
		for _, store := range f.loaded(v) {
			if f.isSettled(store.Val, depth+1) {
				return true
			}
		}
	}
	return false
}
