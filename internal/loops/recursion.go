package loops

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// recursion returns a function that calls itself as the loop that it is: what comes before the
// call, and the call as the way back to the start. It returns nil for one that does not, or in
// more than one place.
func (f *finder) recursion(fn *ssa.Function) *region {
	var again *ssa.Call
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || f.g.Callee(call) != fn {
				continue
			}
			if again != nil {
				return nil
			}
			again = call
		}
	}
	if again == nil || f.isLast(again) || switchedOff(again) {
		return nil
	}
	r := &region{fn: fn, head: fn.Blocks[0], blocks: map[*ssa.BasicBlock]bool{}}
	r.extend(again.Block())
	if !r.blocks[r.head] {
		return nil
	}
	r.again = again
	return r
}

// isLast reports whether a function that calls itself is told so by a flag that it asks: refresh(ctx, false); or by another number
// than it was given that it asks, too: a lease of 0 where one that ends is refused. That is one attempt more.
func (f *finder) isLast(again *ssa.Call) bool {
	for i, param := range again.Parent().Params {
		if !isConst(flow.Argument(again, i)) || !isFlag(param.Type()) && (!isNumeric(param.Type()) || counts.MatchString(param.Name())) {
			continue
		}
		for _, ref := range *param.Referrers() {
			switch ref := ref.(type) {
			case *ssa.If, *ssa.UnOp:
				return true
			case *ssa.BinOp:
				if isFlag(ref.Type()) {
					return true
				}
			case *ssa.Call:
				if ref != again && isFlag(ref.Type()) {
					return true
				}
			}
		}
	}
	return false
}

// switchedOff reports whether a function calls itself because of a field that it sets to something else before: it does so once.
// if c.backchannel { c.backchannel = false; return c.setup() }
func switchedOff(again *ssa.Call) bool {
	for b := again.Block(); b.Idom() != nil; b = b.Idom() {
		branch, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		cond := branch.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			cond = not.X
		}
		load, ok := cond.(*ssa.UnOp)
		if !ok {
			continue
		}
		if asked, ok := load.X.(*ssa.FieldAddr); ok && setsFlag(again.Parent(), flow.FieldOf(asked), b, again.Block()) {
			return true
		}
	}
	return false
}

// setsFlag reports whether a function says what a field is, on the way from one block to another.
func setsFlag(fn *ssa.Function, field *types.Var, from, to *ssa.BasicBlock) bool {
	for instr := range flow.InstructionsIn(fn) {
		store, ok := instr.(*ssa.Store)
		if !ok || !isConst(store.Val) {
			continue
		}
		addr, ok := store.Addr.(*ssa.FieldAddr)
		if ok && field != nil && flow.FieldOf(addr) == field && from.Dominates(store.Block()) && store.Block().Dominates(to) {
			return true
		}
	}
	return false
}

// recurs reports whether a function calls itself in a block.
func (r *region) recurs(b *ssa.BasicBlock) bool { return r.again != nil && r.again.Block() == b }

// next returns what a function passes itself for a parameter, or nil.
func (r *region) next(p *ssa.Parameter) ssa.Value {
	if r.again == nil || p.Parent() != r.fn {
		return nil
	}
	return flow.Argument(r.again, slices.Index(r.fn.Params, p))
}

// changes reports whether a function passes itself another number than it was given.
func (r *region) changes(p *ssa.Parameter) bool {
	next := r.next(p)
	return next != nil && next != p && isNumeric(p.Type())
}

// passed reports whether a function passes itself something else than it was given, but for a
// number that counts.
func (v *variance) passed(p *ssa.Parameter) bool {
	next := v.c.next(p)
	if next == nil || next == p || counts.MatchString(p.Name()) {
		return false
	}
	return v.of(next) || v.c.defines(next) && depends(next, p)
}

// passed evaluates a number that a function passes itself: n+1, 2*delay.
func (e *spacer) passed(p *ssa.Parameter) spacing {
	s := steady
	if !s.change(e.step(e.c.next(p), p, map[ssa.Value]bool{})) {
		return opaque
	}
	return s
}
