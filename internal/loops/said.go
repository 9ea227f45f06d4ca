package loops

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// detail returns the error of which x is a part, taken out by errors.As, and what the part is called, with its type.
// var failure *StatusError; if errors.As(err, &failure) && failure.Code == 412
func detail(x ssa.Value) (err ssa.Value, field string) {
	load, ok := x.(*ssa.UnOp)
	if !ok {
		return nil, ""
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok || flow.FieldOf(addr) == nil {
		return nil, ""
	}
	return takenOut(addr.X), catalog.TypeName(addr.X.Type()) + "." + flow.FieldOf(addr).Name()
}

// takenOut returns the error that errors.As, or an assertion, has taken v out of, or nil.
func takenOut(v ssa.Value) ssa.Value {
	asserted := v
	if part, ok := v.(*ssa.Extract); ok {
		asserted = part.Tuple
	}
	if assert, ok := asserted.(*ssa.TypeAssert); ok && isError(assert.X.Type()) {
		return assert.X
	}
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	alloc, ok := v.(*ssa.Alloc)
	if !ok {
		return nil
	}
	for _, ref := range *alloc.Referrers() {
		made, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, use := range *made.Referrers() {
			if call, ok := use.(*ssa.Call); ok && catalog.Name(flow.CalleeObject(call)) == "errors.As" {
				return call.Call.Args[0]
			}
		}
	}
	return nil
}

func isText(v ssa.Value) bool {
	basic, ok := v.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// isRefusal reports whether a number is an HTTP status by which a server says how things stand, as those are that a loop waits
// for alone (see status): 404, 409, 412, 423.
func isRefusal(v ssa.Value) bool {
	code, ok := flow.ConstInt(v)
	return ok && code >= 400 && code < 500 && !overload[code]
}

// isStanding reports whether a value is a code of gRPC by which a server says how things stand, and not that it is in trouble:
// NotFound, AlreadyExists, FailedPrecondition, Aborted.
func isStanding(v ssa.Value) bool {
	code, ok := flow.ConstInt(v)
	return ok && catalog.TypeName(v.Type()) == "google.golang.org/grpc/codes.Code" && (code == 5 || code == 6 || code == 9 || code == 10)
}
