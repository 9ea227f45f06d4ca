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
		next = append(next, e.step(edge, phi, map[ssa.Value]bool{})...)
	}
	start, s := merge(first), spacing{known: true, growth: policy.Constant}
	for _, n := range next {
		if !n.known {
			return opaque
		}
		s.growth = max(s.growth, n.growth)
		s.random = s.random || n.random
		if n.capped {
			s.capped, s.most = true, n.most
		}
	}
	s.value = start.value
	return s
}

// step returns how a variable changes in one round: next is what it is set to, phi what it was.
func (e *spacer) step(next, phi ssa.Value, seen map[ssa.Value]bool) []spacing {
	if next == phi {
		return []spacing{{known: true, growth: policy.Constant}}
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
		onX, onY := e.dependsOn(x.X, phi), e.dependsOn(x.Y, phi)
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
			if s.random = s.random || e.random(operand); operand != phi && e.dependsOn(operand, phi) {
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
	s := spacing{known: true, growth: policy.Constant}
	on := false
	for _, arg := range call.Call.Args {
		if !e.dependsOn(arg, phi) {
			if name == "min" || name == "math.Min" {
				s.capped, s.most = true, e.value(arg, nil).value
			}
			continue
		}
		on = true
		for _, inner := range e.step(arg, phi, seen) {
			if !inner.known {
				return opaque
			}
			s.growth = max(s.growth, inner.growth)
			s.random = s.random || inner.random
			s.capped = s.capped || inner.capped
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
	s := spacing{known: true, growth: policy.Constant}
	for _, ret := range returned(fn, 0) {
		for _, inner := range e.step(ret, param, map[ssa.Value]bool{}) {
			if !inner.known {
				return opaque
			}
			s.growth = max(s.growth, inner.growth)
			s.random = s.random || inner.random
			s.capped = s.capped || inner.capped
		}
	}
	return s
}

// iterated evaluates a variable that a helper changes in a loop of its own, as often as the loop
// goes round: it grows if that does.
func (e *spacer) iterated(phi *ssa.Phi, r *region, fr *frame) spacing {
	var first []spacing
	s := spacing{known: true, growth: policy.Constant}
	for i, edge := range phi.Edges {
		if !r.blocks[phi.Block().Preds[i]] {
			first = append(first, e.value(edge, fr))
			continue
		}
		for _, n := range e.step(edge, phi, map[ssa.Value]bool{}) {
			if !n.known {
				return opaque
			}
			s.growth = max(s.growth, n.growth)
			s.random = s.random || n.random
			s.capped = s.capped || n.capped
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

// dependsOn reports whether v is computed from phi, within a round.
func (e *spacer) dependsOn(v, phi ssa.Value) bool { return depends(v, phi, map[ssa.Value]bool{}) }

func depends(v, on ssa.Value, seen map[ssa.Value]bool) bool {
	if v == on {
		return true
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || seen[v] {
		return false
	}
	seen[v] = true
	var operands [10]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if *operand != nil && depends(*operand, on, seen) {
			return true
		}
	}
	return false
}

// random reports whether v is computed from something random.
func (e *spacer) random(v ssa.Value) bool {
	seen := map[ssa.Value]bool{}
	var find func(v ssa.Value) bool
	find = func(v ssa.Value) bool {
		instr, ok := v.(ssa.Instruction)
		if !ok || seen[v] {
			return false
		}
		seen[v] = true
		if call, ok := v.(*ssa.Call); ok && isRandom(calledName(call)) {
			return true
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if *operand != nil && find(*operand) {
				return true
			}
		}
		return false
	}
	return find(v)
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
	s := spacing{known: true, growth: policy.Constant}
	for _, store := range stores {
		if c, ok := store.Val.(*ssa.Const); ok && c.Value != nil && len(stores) == 1 {
			s.value = c.Value
		}
		read := e.reads(store.Val, same, map[ssa.Value]bool{})
		if read == nil {
			if fr == nil && e.c.has(store) && e.c.defines(store.Val) {
				if own := e.value(store.Val, nil); !own.known || own.growth != policy.Constant {
					return own
				}
			}
			continue
		}
		for _, n := range e.step(store.Val, read, map[ssa.Value]bool{}) {
			if !n.known {
				return opaque
			}
			s.growth = max(s.growth, n.growth)
			s.random = s.random || n.random
			s.capped = s.capped || n.capped
		}
	}
	if s.growth != policy.Constant {
		s.value = nil
		if len(stores) > 1 {
			s.capped = true // as far as can be seen: it is set to something else, too
		}
	}
	return s
}

// reads returns the load, within the computation of v, of the same variable.
func (e *spacer) reads(v ssa.Value, same func(ssa.Value) bool, seen map[ssa.Value]bool) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL && same(load.X) {
		return load
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || seen[v] {
		return nil
	}
	seen[v] = true
	var operands [10]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if *operand != nil {
			if found := e.reads(*operand, same, seen); found != nil {
				return found
			}
		}
	}
	return nil
}
