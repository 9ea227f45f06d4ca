package picture

import (
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// shield notes what a function protects the calls that it makes by: what it calls to that end, for its
// literals as well, which run inside of it.
func (b *builder) shield(fn *ssa.Function) {
	var gives catalog.Protection
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				gives |= protects(instr)
				if callee := b.g.Callee(instr); callee != nil && asksState(callee) && answers(callee.Signature) {
					gives |= catalog.WithBreaker
				}
			}
		}
	}
	if asksState(fn) {
		gives |= catalog.WithBreaker
	}
	b.shields[fn] |= gives
}

// asksState reports whether a function compares the time until which, or since when, a breaker of the program's own gives
// up, where that is kept beside other things: if now().Before(c.state.openUntil).
func asksState(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			switch catalog.Name(flow.CalleeObject(call)) {
			case "time.Time.Before", "time.Time.After", "time.Time.Compare", "time.Since", "time.Until", "time.Time.Sub":
				if slices.ContainsFunc(call.Call.Args, isOpening) {
					return true
				}
			}
		}
	}
	return false
}

// isOpening reports whether a value is that time.
func isOpening(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	f := flow.FieldOf(addr)
	return f != nil && !f.Exported() && openings.MatchString(f.Name()) && isBreaker(addr.X.Type())
}

// answers reports whether a function says whether to go on.
func answers(sig *types.Signature) bool {
	for result := range sig.Results().Variables() {
		if basic, ok := result.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsBoolean != 0 || types.TypeString(result.Type(), nil) == "error" {
			return true
		}
	}
	return false
}

// protects returns what a call of a function, or of a method of a breaker of the module, protects from.
func protects(call ssa.CallInstruction) catalog.Protection {
	callee := flow.CalleeObject(call)
	if callee == nil {
		return 0
	}
	switch catalog.Name(callee) {
	case "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause":
		return catalog.WithTimeout
	}
	gives := catalog.Protects(callee)
	if recv := callee.Signature().Recv(); recv != nil && isBreaker(recv.Type()) {
		gives |= catalog.WithBreaker
	}
	return gives
}

var (
	counters = regexp.MustCompile(`(?i)fail|consecutive|err(or)?s?(count|s$)|strikes|misses`)
	states   = regexp.MustCompile(`(?i)^(circuit)?(state|status|phase|mode|(is_?)?open(ed)?|tripped|halfopen|broken|unhealthy|disabled|down)$`)
	openings = regexp.MustCompile(`(?i)open|until|trip|lastfail|last_?err|failedat|retryafter|nextattempt|nexttry|cool_?down|reset_?(at|time|after|timeout)|blocked|disabled|suspend|back_?off`)
)

// isBreaker reports whether a type, or what it points to, is a breaker of the program's own: it is called
// one, or it counts failures and keeps a state and the time for which, or since when, it gives up.
func isBreaker(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if catalog.NamesBreaker(named.Obj().Name()) {
		return true
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	var counts, keeps, times bool
	for f := range s.Fields() {
		switch name := catalog.TypeName(f.Type()); {
		case isTime(f.Type(), name) && openings.MatchString(f.Name()):
			times = true
		case isCounter(f.Type(), name) && counters.MatchString(f.Name()):
			counts = true
		case states.MatchString(f.Name()):
			keeps = true
		}
	}
	return counts && times && (keeps || s.NumFields() <= 6)
}

func isTime(t types.Type, name string) bool {
	if name == "time.Time" || name == "time.Duration" || name == "sync/atomic.Int64" || name == "sync/atomic.Value" || name == "sync/atomic.Pointer" {
		return true
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Kind() == types.Int64
}

func isCounter(t types.Type, name string) bool {
	switch name {
	case "sync/atomic.Int32", "sync/atomic.Int64", "sync/atomic.Uint32", "sync/atomic.Uint64":
		return true
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0 && name != "time.Duration"
}

// shields reports what stands in the way of calls that a function makes, with those that it calls in the
// package.
func (b *builder) shieldedBy(fn *ssa.Function, seen map[*ssa.Function]bool) catalog.Protection {
	if fn == nil || seen[fn] {
		return 0
	}
	seen[fn] = true
	gives := b.shields[fn]
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				gives |= b.shieldedBy(b.g.Callee(call), seen)
			}
		}
	}
	for _, literal := range fn.AnonFuncs {
		gives |= b.shieldedBy(literal, seen)
	}
	return gives
}
