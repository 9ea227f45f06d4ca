package loops

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// changed evaluates a variable that the loop sets anew for the next round.
func (e *spacer) changed(phi *ssa.Phi) spacing {
	var first, next []spacing
	for i, edge := range phi.Edges {
		if !e.c.blocks[phi.Block().Preds[i]] {
			first = append(first, e.value(edge, nil))
			continue
		}
		ways := e.step(edge, phi, map[ssa.Value]bool{})
		for i := range ways {
			ways[i].capped = ways[i].capped || e.bounded(edge, phi)
		}
		next = append(next, ways...)
	}
	s := steady
	if !s.change(next) {
		return opaque
	}
	for _, n := range next {
		if n.capped {
			s.most = n.most
		}
	}
	start := merge(first)
	s.value, s.chosen = start.value, start.chosen
	return s
}

// bounded reports whether a variable is only changed where a comparison of it says so: if d < max { d *= 2 }.
func (e *spacer) bounded(next ssa.Value, phi *ssa.Phi) bool {
	changed, ok := next.(*ssa.BinOp)
	if !ok || changed.Op != token.MUL && changed.Op != token.SHL && (changed.Op != token.ADD || changed.X != changed.Y) {
		return false // what counts the attempts is compared, too
	}
	for block := changed.Block(); e.c.blocks[block] && len(block.Preds) == 1; {
		from := block.Preds[0]
		if branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If); ok && from.Succs[0] != from.Succs[1] {
			if cmp, ok := branch.Cond.(*ssa.BinOp); ok && (cmp.X == phi || cmp.Y == phi) {
				return true
			}
		}
		block = from
	}
	return false
}

// change adds how a variable changes from one round to the next, in one of several ways. It reports
// false if one of them is not known.
func (s *spacing) change(ways []spacing) bool {
	for _, n := range ways {
		if !n.known {
			return false
		}
		s.growth = max(s.growth, n.growth)
		s.random = s.random || n.random
		s.capped = s.capped || n.capped
	}
	return true
}

// step returns how a variable changes in one round: next is what it is set to, phi what it was.
func (e *spacer) step(next, phi ssa.Value, seen map[ssa.Value]bool) []spacing {
	if next == phi {
		return []spacing{steady}
	}
	if seen[next] {
		return nil
	}
	seen[next] = true
	switch x := next.(type) {
	case *ssa.Convert:
		return e.step(x.X, phi, seen)
	case *ssa.ChangeType:
		return e.step(x.X, phi, seen)
	case *ssa.Phi:
		if x.Block() == e.c.head {
			break
		}
		var all []spacing
		for _, edge := range x.Edges {
			all = append(all, e.step(edge, phi, seen)...)
		}
		grows := policy.Constant
		for _, s := range all {
			grows = max(grows, s.growth)
		}
		for i := range all {
			if all[i].known && all[i].growth == policy.Constant && grows > policy.Constant && !all[i].capped {
				// if d > max { d = max }, or, as it was, if d < max { d *= 2 }
				all[i] = spacing{known: true, growth: policy.Constant, capped: true, most: all[i].value}
			}
		}
		return all
	case *ssa.BinOp:
		onX, onY := depends(x.X, phi), depends(x.Y, phi)
		if !onX && !onY {
			break
		}
		s := spacing{known: true}
		switch x.Op {
		case token.MUL, token.QUO, token.SHL:
			s.growth = policy.Exponential
		case token.ADD:
			s.growth = policy.Linear
			if onX && onY {
				s.growth = policy.Exponential // d += d
			}
		case token.SUB:
			s.growth = policy.Linear
		case token.REM, token.SHR, token.AND:
			return []spacing{opaque}
		}
		for _, operand := range []ssa.Value{x.X, x.Y} {
			if s.random = s.random || e.random(operand); operand != phi && depends(operand, phi) {
				for _, inner := range e.step(operand, phi, seen) {
					s.growth = max(s.growth, inner.growth)
					s.capped = s.capped || inner.capped
				}
			}
		}
		return []spacing{s}
	case *ssa.Call:
		return []spacing{e.stepCall(x, phi, seen)}
	}
	s := e.value(next, nil) // it is set to something else: the start again, the longest
	if s.known && s.growth == policy.Constant {
		s.capped, s.most = true, s.value
	}
	return []spacing{s}
}

// stepCall is about d = min(2*d, max) and d = next(d).
func (e *spacer) stepCall(call *ssa.Call, phi ssa.Value, seen map[ssa.Value]bool) spacing {
	name := calledName(call)
	s := steady
	on := false
	for _, arg := range call.Call.Args {
		if !depends(arg, phi) {
			if name == "min" || name == "math.Min" {
				s.capped, s.most = true, e.value(arg, nil).value
			}
			continue
		}
		on = true
		if !s.change(e.step(arg, phi, seen)) {
			return opaque
		}
	}
	switch {
	case name == "min", name == "max", passing[name]:
		return s
	case isRandom(name):
		s.random = true
		return s
	case on:
		if fn := e.c.f.g.Callee(call); fn != nil {
			return e.stepHelper(call, fn, phi)
		}
	}
	return opaque
}

// stepHelper is about a helper of the package that makes the next delay of the one before.
func (e *spacer) stepHelper(call *ssa.Call, fn *ssa.Function, phi ssa.Value) spacing {
	var param *ssa.Parameter
	for i, arg := range call.Call.Args {
		if arg == phi && i < len(fn.Params) {
			param = fn.Params[i]
		}
	}
	if param == nil {
		return opaque
	}
	s := steady
	for _, ret := range returned(fn, 0) {
		if !s.change(e.step(ret, param, map[ssa.Value]bool{})) {
			return opaque
		}
	}
	return s
}

// iterated evaluates a variable that a helper changes in a loop of its own, as often as the loop
// goes round: it grows if that does.
func (e *spacer) iterated(phi *ssa.Phi, r *region, fr *frame) spacing {
	var first []spacing
	s := steady
	for i, edge := range phi.Edges {
		if !r.blocks[phi.Block().Preds[i]] {
			first = append(first, e.value(edge, fr))
			continue
		}
		if !s.change(e.step(edge, phi, map[ssa.Value]bool{})) {
			return opaque
		}
	}
	start := merge(first)
	if !start.known || start.growth != policy.Constant || s.growth == policy.Constant {
		return opaque
	}
	branch, ok := r.head.Instrs[len(r.head.Instrs)-1].(*ssa.If)
	if !ok {
		return opaque
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return opaque
	}
	for _, bound := range []ssa.Value{cmp.X, cmp.Y} {
		if !r.defines(bound) {
			switch n := e.value(bound, fr); {
			case !n.known:
				return opaque
			case n.growth == policy.Constant:
				s.growth = policy.Constant
			}
			return s
		}
	}
	return opaque
}

// random reports whether v is computed from something random.
func (e *spacer) random(v ssa.Value) bool {
	found := false
	inspect(v, func(v ssa.Value) bool {
		call, ok := v.(*ssa.Call)
		found = found || ok && isRandom(calledName(call))
		return !found
	})
	return found
}

// load evaluates a variable in memory: a field, a captured variable, a package-level one. It
// stays the same unless the package computes it from what it was.
func (e *spacer) load(load *ssa.UnOp, fr *frame) spacing {
	var stores []*ssa.Store
	same := func(addr ssa.Value) bool { return false }
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		field := flow.FieldOf(addr)
		if field == nil {
			return opaque
		}
		stores = e.c.f.g.FieldStores(field)
		same = func(other ssa.Value) bool {
			x, ok := other.(*ssa.FieldAddr)
			return ok && flow.FieldOf(x) == field
		}
	case *ssa.Global:
		stores = e.c.f.stores(addr)
		same = func(other ssa.Value) bool { return other == addr }
	case *ssa.Alloc, *ssa.FreeVar:
		stores = e.c.f.stores(addr)
		same = func(other ssa.Value) bool {
			for _, store := range e.c.f.stores(other) {
				for _, own := range stores {
					if store == own {
						return true
					}
				}
			}
			return false
		}
		if len(stores) == 0 {
			return opaque
		}
	case *ssa.IndexAddr:
		return e.element(addr.X, addr.Index, fr)
	default:
		return opaque
	}
	s := steady
	for _, store := range stores {
		if c, ok := store.Val.(*ssa.Const); ok && c.Value != nil && len(stores) == 1 {
			s.value = c.Value
		}
		read := reads(store.Val, same)
		if read == nil {
			if fr == nil && e.c.has(store) && e.c.defines(store.Val) {
				if own := e.value(store.Val, nil); !own.known || own.growth != policy.Constant {
					return own
				}
			}
			continue
		}
		if !s.change(e.step(store.Val, read, map[ssa.Value]bool{})) {
			return opaque
		}
	}
	s.chosen = s.growth == policy.Constant && s.value == nil && !e.c.f.isSettled(load, 0)
	if s.growth != policy.Constant {
		s.value = nil
		if len(stores) > 1 {
			s.capped = true // as far as can be seen: it is set to something else, too
		}
	}
	return s
}

// reads returns the load, within the computation of v, of a variable: one whose address is the same.
// It returns nil if there is none.
func reads(v ssa.Value, same func(addr ssa.Value) bool) ssa.Value {
	var found ssa.Value
	inspect(v, func(v ssa.Value) bool {
		if load, ok := v.(*ssa.UnOp); ok && found == nil && load.Op == token.MUL && same(load.X) {
			found = load
		}
		return found == nil
	})
	return found
}
