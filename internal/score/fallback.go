package score

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// goesOn reports whether the function that makes the call at pos, if it is one of the package, goes on where the call
// has failed, as if it had not: the way of the failure comes back to the one of success, or returns something else and
// no error. A second attempt is none of that.
func (s *sketcher) goesOn(pos token.Pos) bool {
	if !pos.IsValid() || s.g.FileOf(pos) == nil {
		return false
	}
	if s.sites == nil {
		s.sites = map[token.Pos]*ssa.Call{}
		for _, fn := range s.g.SSA.Funcs {
			for instr := range flow.InstructionsIn(fn) {
				if call, ok := instr.(*ssa.Call); ok {
					s.sites[call.Pos()] = call
				}
			}
		}
	}
	call := s.sites[pos]
	return call != nil && forgives(call, s.answers(call.Parent()))
}

// answers reports whether a function answers someone: where it does nothing more after a failure, that was the answer.
func (s *sketcher) answers(fn *ssa.Function) bool {
	for param := range fn.Signature.Params().Variables() {
		if catalog.TypeName(param.Type()) == "net/http.ResponseWriter" {
			return true
		}
	}
	return s.entries[flow.NameOf(fn)]
}

// forgives reports whether the failure of a call is tested, and does not end what its function does. answers says that
// the function has to do something more to show it.
func forgives(call *ssa.Call, answers bool) bool {
	for _, err := range errorsOf(call) {
		if lives(err) {
			continue
		}
		for _, ref := range *err.Referrers() {
			failed, fine := branches(ref)
			if failed == nil {
				continue
			}
			if joins(call, failed, fine, answers) {
				return true
			}
		}
	}
	return false
}

// lives reports whether an error may still be looked at, or be handed on, where the ways meet again: it is kept in a
// variable, returned, wrapped, or sent. One that is only tested and printed does not.
func lives(err ssa.Value) bool {
	for _, ref := range *err.Referrers() {
		switch ref := ref.(type) {
		case *ssa.BinOp, *ssa.DebugRef:
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.TypeAssert:
			if outlives(ref.(ssa.Value), 0) {
				return true
			}
		case *ssa.Call:
			if outlives(ref, 0) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// outlives reports whether what is made of an error is returned or kept.
func outlives(v ssa.Value, depth int) bool {
	if depth > 4 || v.Referrers() == nil {
		return depth > 4
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Phi, *ssa.Return, *ssa.Send, *ssa.MapUpdate:
			return true
		case *ssa.Store:
			if _, list := ref.Addr.(*ssa.IndexAddr); !list { // of arguments of what prints it
				return true
			}
		case *ssa.Call:
			if errorish(ref) && outlives(ref, depth+1) {
				return true
			}
		case ssa.Value:
			if outlives(ref, depth+1) {
				return true
			}
		}
	}
	return false
}

// errorish reports whether a call returns an error.
func errorish(call *ssa.Call) bool { return types.Identical(call.Type(), errorType) }

// errorsOf returns the errors that a call returns.
func errorsOf(call *ssa.Call) []ssa.Value {
	if types.Identical(call.Type(), errorType) {
		return []ssa.Value{call}
	}
	var errs []ssa.Value
	for _, ref := range *call.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && types.Identical(extract.Type(), errorType) {
			errs = append(errs, extract)
		}
	}
	return errs
}

var errorType = types.Universe.Lookup("error").Type()

// branches returns where control goes if an error is there, and if it is not, of a comparison with nil.
func branches(ref ssa.Instruction) (failed, fine *ssa.BasicBlock) {
	cmp, ok := ref.(*ssa.BinOp)
	if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL || !isNil(cmp.X) && !isNil(cmp.Y) {
		return nil, nil
	}
	for _, use := range *cmp.Referrers() {
		if test, ok := use.(*ssa.If); ok {
			failed, fine = test.Block().Succs[0], test.Block().Succs[1]
			if cmp.Op == token.EQL {
				failed, fine = fine, failed
			}
			return failed, fine
		}
	}
	return nil, nil
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// joins reports whether each way from a failure comes to where success comes, too, or returns without an error and with
// something else.
func joins(call *ssa.Call, failed, fine *ssa.BasicBlock, answers bool) bool {
	reached := map[*ssa.BasicBlock]bool{}
	visit(fine, call.Block(), reached)
	seen := map[*ssa.BasicBlock]bool{}
	ok, ends := true, false
	var walk func(b *ssa.BasicBlock)
	walk = func(b *ssa.BasicBlock) {
		switch {
		case b == call.Block(): // another attempt, or the next item
			ok = false
			return
		case seen[b]:
			return
		case reached[b]:
			ends = true
			ok = ok && (!answers || works(b, map[*ssa.BasicBlock]bool{}))
			return
		}
		seen[b] = true
		if len(b.Succs) == 0 {
			ret, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !returns || !replaces(ret) {
				ok = false
			}
			ends = true
		}
		for _, next := range b.Succs {
			walk(next)
		}
	}
	walk(failed)
	return ok && ends
}

// works reports whether something is called from a block on.
func works(b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
	if seen[b] {
		return false
	}
	seen[b] = true
	for _, instr := range b.Instrs {
		if _, ok := instr.(*ssa.Call); ok {
			return true
		}
	}
	return slices.ContainsFunc(b.Succs, func(next *ssa.BasicBlock) bool { return works(next, seen) })
}

func visit(b, without *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) {
	if b == without || seen[b] {
		return
	}
	seen[b] = true
	for _, next := range b.Succs {
		visit(next, without, seen)
	}
}

// replaces reports whether a function returns something, and says that nothing has failed.
func replaces(ret *ssa.Return) bool {
	n := len(ret.Results)
	if n < 2 || !types.Identical(ret.Results[n-1].Type(), errorType) || !isNil(ret.Results[n-1]) {
		return false
	}
	for _, v := range ret.Results[:n-1] {
		if c, ok := v.(*ssa.Const); !ok || !c.IsNil() {
			return true
		}
	}
	return false
}
