package unboundedretry

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// jitterOption adds the library's own option for jitter to those that a policy is built with. It returns nil where
// more than jitter is missing, or the library has no such option, or one that asks how much.
func (r *reporter) jitterOption(retry *loops.Retry, faults []string) *analysis.SuggestedFix {
	for _, code := range faults {
		if code != codeNoJitter && (code != codeConstantDelay || retry.Bounds&^policy.ByContext == 0) {
			return nil
		}
	}
	call, ok := retry.Node.(*ast.CallExpr)
	if !ok || call.Ellipsis.IsValid() {
		return nil
	}
	maker, ok := typeutil.Callee(r.pass.TypesInfo, call).(*types.Func)
	if !ok || !maker.Signature().Variadic() || len(call.Args) < maker.Signature().Params().Len() {
		return nil // no option is there, either: nothing says how they are written
	}
	knob := catalog.KnobOf(maker)
	option := jitterOf(maker)
	if knob == nil || knob.Options == catalog.None || option == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: r.g.FileOf(call.Pos())}
	name, imports := b.Import(maker.Pkg().Path(), call.Pos())
	last := call.Args[len(call.Args)-1]
	space := " "
	if line := func(pos token.Pos) int { return r.pass.Fset.PositionFor(pos, false).Line }; line(last.End()) < line(call.Rparen) {
		space = "\n"
	}
	return &analysis.SuggestedFix{
		Message:   "Add jitter",
		TextEdits: append(imports, fix.Insert(last.End(), ","+space+name+"."+option.Name()+"()")),
	}
}

// jitterOf returns the function of a maker's package that makes an option for it which has delays be random, and
// need not be told how much; or nil.
func jitterOf(maker *types.Func) *types.Func {
	params := maker.Signature().Params()
	options, ok := params.At(params.Len() - 1).Type().(*types.Slice)
	if !ok {
		return nil
	}
	scope := maker.Pkg().Scope()
	for _, name := range scope.Names() {
		fn, ok := scope.Lookup(name).(*types.Func)
		if !ok || fn.Signature().Params().Len() > 0 || fn.Signature().Results().Len() != 1 ||
			!types.Identical(fn.Signature().Results().At(0).Type(), options.Elem()) {
			continue
		}
		if knob := catalog.KnobOf(fn); knob != nil && len(knob.Sets) == 1 && knob.Sets[0].Aspect == catalog.Jitter {
			return fn
		}
	}
	return nil
}
