package loops

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// nest finds the retries that attempt another one again as a whole. Both have to be limited in
// number: what reconnects for ever is no layer of attempts.
func (f *finder) nest() {
	for _, r := range f.result.Retries {
		if r.Bounds&policy.ByAttempts == 0 || r.Attempts == 1 {
			continue
		}
		for _, op := range r.Ops {
			if inner := f.inner(op, r); inner != nil {
				r.Inner = inner
				break
			}
		}
	}
}

// inner returns the retry that an operation of r ends in: one in the function that it calls, in a
// loop around it within r, or one that the fact of another package tells of.
func (f *finder) inner(op Op, r *Retry) *Inner {
	if isToldOnce(f.g.Callee(op.Call), op.Call) {
		return nil
	}
	for _, other := range f.result.Retries {
		if other == r || other.Bounds&policy.ByAttempts == 0 || other.Attempts == 1 {
			continue
		}
		if r.Client && other.Client && r.Library == other.Library {
			continue // two that are kept in one field, of which each call goes through one
		}
		if r.Form != Library && other.Node.Pos() > r.Node.Pos() && other.Node.End() < r.Node.End() && other.attempts(op) {
			return &Inner{At: other.Node.Pos(), Name: "the loop inside", Attempts: other.Attempts}
		}
		if other.Client && other.attempts(op) {
			return &Inner{At: op.Call.Pos(), Name: "the " + other.Library + " client", Attempts: other.Attempts}
		}
		if fn := f.g.Callee(op.Call); fn != nil && !other.Client && sameFunction(fn, other.Func) {
			return &Inner{At: op.Call.Pos(), Name: op.Name, Attempts: other.Attempts}
		}
	}
	if f.g.Callee(op.Call) != nil {
		return nil
	}
	if callee := flow.CalleeObject(op.Call); callee != nil {
		if fact := new(Repeats); f.pass.ImportObjectFact(callee, fact) {
			return &Inner{At: op.Call.Pos(), Name: op.Name, Attempts: fact.Attempts}
		}
	}
	return nil
}

// isToldOnce reports whether a function is told to make one attempt: get(ctx, url, 1), or without a retry.
func isToldOnce(fn *ssa.Function, call ssa.CallInstruction) bool {
	if fn == nil {
		return false
	}
	for i, param := range fn.Params {
		if !counts.MatchString(param.Name()) || len(*param.Referrers()) == 0 {
			continue
		}
		arg := flow.Argument(call, i)
		if n, ok := flow.ConstInt(arg); ok && isNumeric(param.Type()) && n <= 1 {
			return true
		}
		if c, ok := arg.(*ssa.Const); ok && isFlag(param.Type()) && !constant.BoolVal(c.Value) {
			return true
		}
	}
	return false
}

// sameFunction reports whether two functions are the same, or one is a literal in the other.
func sameFunction(outer, fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == outer {
			return true
		}
	}
	return false
}

// attempts reports whether an operation is one that the retry attempts.
func (r *Retry) attempts(op Op) bool {
	for _, own := range r.Ops {
		if own.Call == op.Call {
			return true
		}
	}
	return false
}

// exportRepeats exports which functions retry.
func (f *finder) exportRepeats() {
	for _, r := range f.result.Retries {
		if r.Bounds&policy.ByAttempts == 0 || r.Attempts == 1 || len(r.Ops) == 0 || r.Client {
			continue
		}
		fn := flow.Outermost(r.Func)
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && fails(obj.Signature()) && r.Func == fn {
			f.pass.ExportObjectFact(obj, &Repeats{Attempts: r.Attempts})
		}
	}
}
