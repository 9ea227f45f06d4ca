package entry

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// uses are names of functions that put something around all handlers of a library.
var uses = regexp.MustCompile(`^(Use|With|Group|Pre|WithMiddleware|WithInterceptors|UnaryInterceptor|ChainUnaryInterceptor|AddMiddleware|AddMiddlewares|AddHandlerMiddleware)$`)

// around returns the library around whose handlers a call puts something that looks first, or "".
func (f *finder) around(call ssa.CallInstruction) string {
	obj := flow.CalleeObject(call)
	if obj == nil || obj.Pkg() == nil || obj.Pkg() == f.g.SSA.Pkg.Pkg || !uses.MatchString(obj.Name()) {
		return ""
	}
	for _, arg := range call.Common().Args {
		if slices.ContainsFunc(variadic(arg), f.looksFirst) {
			return catalog.Path(obj.Pkg().Path())
		}
	}
	return ""
}

// looksFirst reports whether a function, or the literal that it returns or that is made by a call, looks whether something was
// there before.
func (f *finder) looksFirst(v ssa.Value) bool {
	var fn *ssa.Function
	switch v := plain(v).(type) {
	case *ssa.Function:
		fn = v
	case *ssa.MakeClosure:
		fn, _ = v.Fn.(*ssa.Function)
		if fn != nil && fn.Synthetic != "" { // a method value
			if obj, ok := fn.Object().(*types.Func); ok {
				fn = f.g.SSA.Pkg.Prog.FuncValue(obj)
			}
		}
	case *ssa.Call:
		fn = f.g.Callee(v)
		if fn == nil {
			obj := flow.CalleeObject(v)
			return obj != nil && (catalog.Guards(obj) || wraps.MatchString(obj.Name())) || slices.ContainsFunc(v.Call.Args, f.looksFirst) && len(v.Call.Args) == 1
		}
	}
	return fn != nil && f.hasGuards(fn)
}

// hasGuards reports whether a function, or a literal in it, looks. What can be repeated protects itself alone.
func (f *finder) hasGuards(fn *ssa.Function) bool {
	if slices.ContainsFunc(f.effects.Own().Reach(flow.NameOf(fn), nil).Guards, func(d *effect.Done) bool { return !d.Repeats }) {
		return true
	}
	return slices.ContainsFunc(fn.AnonFuncs, f.hasGuards)
}

// isInside reports whether a function that has the signature of a handler is none by itself: others of the package call it, or
// are given it, that have something to do before.
func (f *finder) isInside(fn *ssa.Function) bool {
	if fn.Parent() != nil {
		return false
	}
	called := slices.ContainsFunc(f.g.Callers(fn), func(call ssa.CallInstruction) bool { return call.Parent() != fn })
	if !f.g.UsedAsValue(fn) {
		return called && !f.isMethodOfHandler(fn)
	}
	wrapped := false
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		for _, arg := range call.Common().Args {
			if !isFunction(arg, fn) {
				continue
			}
			if callee := f.g.Callee(call); callee == nil || !f.hasGuards(callee) {
				return false
			}
			wrapped = true
		}
	}
	return wrapped
}

// isMethodOfHandler reports whether a method is one by which a library knows a handler that is an object: ProcessTask, Work.
func (f *finder) isMethodOfHandler(fn *ssa.Function) bool {
	return fn.Signature.Recv() != nil && (fn.Name() == "ProcessTask" || fn.Name() == "Work" || strings.HasPrefix(fn.Name(), "Consume"))
}

// isFunction reports whether a value is a function, or a method value of it.
func isFunction(v ssa.Value, fn *ssa.Function) bool {
	switch v := plain(v).(type) {
	case *ssa.Function:
		return v == fn
	case *ssa.MakeClosure:
		bound, ok := v.Fn.(*ssa.Function)
		return ok && (bound == fn || bound.Synthetic != "" && bound.Object() != nil && bound.Object() == fn.Object())
	}
	return false
}
