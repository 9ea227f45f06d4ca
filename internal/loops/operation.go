package loops

import "golang.org/x/tools/go/ssa"

// opsOf returns the remote operations that a function value makes when it is called. Seen is
// false where the function cannot be seen: then it is not known whether it makes any.
func (f *finder) opsOf(fn ssa.Value) (ops []Op, seen bool) { return nil, false }
