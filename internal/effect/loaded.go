package effect

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// fetches are names of functions of object mappers that fill in what they are given.
var fetches = regexp.MustCompile(`^(First|Take|Last|Find|FindOne|Get|Select|Scan|ScanAndCount|Load|One)$`)

// isFilled reports whether a variable, or what a pointer in it points to, is given to a call that asks others.
func isFilled(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MakeInterface:
			if isFilled(ref) {
				return true
			}
		case *ssa.UnOp:
			if _, pointer := ref.Type().Underlying().(*types.Pointer); pointer && isFilled(ref) {
				return true
			}
		case *ssa.Call:
			if _, any := v.(*ssa.MakeInterface); asks(ref) || any && fetches.MatchString(flow.CalleeName(ref)) {
				return true
			}
		}
	}
	return false
}

// loaded reports whether a value is part of something that the function has asked others for.
func (b *builder) loaded(v ssa.Value, depth int) bool {
	if depth > maxText {
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		return b.loaded(v.X, depth+1)
	case *ssa.FieldAddr:
		return b.loaded(v.X, depth+1)
	case *ssa.IndexAddr: // one of what it has asked for
		return b.loaded(v.X, depth+1)
	case *ssa.Field:
		return b.loaded(v.X, depth+1)
	case *ssa.Convert:
		return b.loaded(v.X, depth+1)
	case *ssa.ChangeType:
		return b.loaded(v.X, depth+1)
	case *ssa.Parameter:
		return b.handedOn(v, depth)
	case *ssa.Extract:
		return b.loaded(v.Tuple, depth+1)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if b.loaded(edge, depth+1) {
				return true
			}
		}
	case *ssa.Alloc: // a variable that holds the struct, or that is filled in: Scan(&order)
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr == v && b.loaded(ref.Val, depth+1) {
					return true
				}
			}
		}
		return isFilled(v)
	case *ssa.FreeVar: // of a transaction's closure
		return isFilled(v) || slices.ContainsFunc(b.g.Bindings(v), func(outer ssa.Value) bool { return b.loaded(outer, depth+1) })
	case *ssa.Call:
		if asks(v) {
			return true
		}
		if recv := flow.Operand(v, catalog.Recv); recv != nil { // order.GetStatus()
			return b.loaded(recv, depth+1)
		}
	}
	return false
}

// handedOn reports whether a parameter is something that a caller has loaded. Where the callers are not known,
// it is taken to be, if it is one of the module's own structs and not what is asked for.
func (b *builder) handedOn(param *ssa.Parameter, depth int) bool {
	name := catalog.TypeName(param.Type())
	if name == "" || told.MatchString(name) || b.foreign(param.Type()) {
		return false
	}
	args := b.g.Arguments(param)
	for _, arg := range args {
		if b.loaded(arg, depth+1) {
			return true
		}
	}
	return len(args) == 0 && param.Parent().Signature.Recv() != nil && param != param.Parent().Params[0]
}
