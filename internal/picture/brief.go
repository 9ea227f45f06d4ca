package picture

import (
	"go/token"
	"go/types"
	"net/url"
	"path"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// maxBrief is how long a call may take that a request can be held up by and nobody minds.
const maxBrief = 500 * time.Millisecond

// isBrief reports whether a constant timeout of maxBrief at most is set for a call alone: by the context that it is given, itself
// or in its request.
func (b *builder) isBrief(call ssa.CallInstruction) bool {
	for _, arg := range call.Common().Args {
		if b.isShort(arg, 0) {
			return !b.repeats(call)
		}
	}
	return false
}

// isShort reports whether a value is a context with such a timeout, or a request that has one.
func (b *builder) isShort(v ssa.Value, depth int) bool {
	if depth > 4 {
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if cell, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			stores := b.g.CellStores(cell)
			return len(stores) == 1 && b.isShort(stores[0].Val, depth+1)
		}
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		if !ok || v.Index != 0 {
			return false
		}
		switch catalog.Name(flow.CalleeObject(call)) {
		case "context.WithTimeout", "context.WithTimeoutCause":
			d, ok := flow.ConstInt(flow.Operand(call, catalog.Arg1))
			return ok && d > 0 && time.Duration(d) <= maxBrief
		case "net/http.NewRequestWithContext":
			return b.isShort(flow.Operand(call, catalog.Arg0), depth+1)
		}
	case *ssa.Call:
		if catalog.Name(flow.CalleeObject(v)) == "net/http.Request.WithContext" {
			return b.isShort(flow.Operand(v, catalog.Arg0), depth+1)
		}
	}
	return false
}

// repeats reports whether a call is made in a loop of its function.
func (b *builder) repeats(call ssa.CallInstruction) bool {
	seen := map[*ssa.BasicBlock]bool{}
	for work := slices.Clone(call.Block().Succs); len(work) > 0; work = work[1:] {
		if work[0] == call.Block() {
			return true
		}
		if !seen[work[0]] {
			seen[work[0]] = true
			work = append(work, work[0].Succs...)
		}
	}
	return false
}

// goesOn reports whether the function of a call answers without it where it fails: it says that it has, or it looks at the
// error, and has none to return, or returns none.
func goesOn(instr ssa.CallInstruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok || call.Parent().Parent() != nil {
		return false
	}
	for _, err := range errorsOf(call) {
		for _, ref := range *err.Referrers() {
			cond, ok := ref.(*ssa.BinOp)
			if !ok {
				continue
			}
			for _, branch := range *cond.Referrers() {
				if branch, ok := branch.(*ssa.If); ok && returnsNone(failed(branch, cond)) {
					return true
				}
			}
		}
	}
	return false
}

// errorsOf returns the errors that a call returns.
func errorsOf(call *ssa.Call) []ssa.Value {
	if isError(call.Type()) {
		return []ssa.Value{call}
	}
	var errs []ssa.Value
	for _, ref := range *call.Referrers() {
		if result, ok := ref.(*ssa.Extract); ok && isError(result.Type()) {
			errs = append(errs, result)
		}
	}
	return errs
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// failed returns the block that follows where the error that a branch compares with nil is one.
func failed(branch *ssa.If, cond *ssa.BinOp) *ssa.BasicBlock {
	if cond.Op == token.EQL {
		return branch.Block().Succs[1]
	}
	return branch.Block().Succs[0]
}

// returnsNone reports whether a block ends its function, and returns something, but no error.
func returnsNone(block *ssa.BasicBlock) bool {
	ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	return !slices.ContainsFunc(ret.Results, func(v ssa.Value) bool {
		c, ok := v.(*ssa.Const)
		return types.Implements(v.Type(), errorType) && (!ok || !c.IsNil())
	})
}

// namesFile reports whether an address, or a request's, is a constant URL of a file: one whose name has an extension.
func namesFile(v ssa.Value) bool {
	if result, ok := v.(*ssa.Extract); ok {
		if call, ok := result.Tuple.(*ssa.Call); ok {
			if name := catalog.Name(flow.CalleeObject(call)); name == "net/http.NewRequest" || name == "net/http.NewRequestWithContext" {
				v = addressed(call, "."+name[len("net/http."):])
			}
		}
	}
	if v == nil {
		return false
	}
	text, ok := flow.ConstString(v)
	if !ok {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && path.Ext(u.Path) != ""
}
