package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/memo"
)

var names memo.Map[*types.Func, string]

// FullName returns the name by which facts tell of a function: that of the generic one, if it is an instance;
// "" of none.
func FullName(fn *types.Func) string {
	if fn == nil {
		return ""
	}
	return names.Get(fn.Origin(), (*types.Func).FullName)
}

// NameOf returns the name of a function in SSA form: FullName, or for a function literal the name of the function that it
// stands in, a slash, and its own.
func NameOf(fn *ssa.Function) string {
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return FullName(obj)
	}
	if fn.Parent() != nil {
		return NameOf(fn.Parent()) + "/" + fn.Name()
	}
	return fn.String()
}
