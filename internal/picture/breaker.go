package picture

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A Breaker is a place of the package where a breaker is made.
type Breaker struct {
	Call *ssa.Call
	// PerCall is a call that goes through it, in the function that makes it, which lets go of it when it
	// returns; nil if it lives on, or may.
	PerCall ssa.CallInstruction

	// Cancels is a call through it that is made under a context of the caller's, and Statuses a comparison
	// by which what goes through it fails for what the caller has done wrong; nil unless the breaker
	// counts all errors.
	Cancels  *remote.Call
	Statuses *ssa.BinOp
}

// makes finds the breakers that the package makes.
func (b *builder) makes() {
	for instr := range b.g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		shield := catalog.MakesBreaker(callee)
		if shield == nil && !b.makesOwn(callee) {
			continue
		}
		made := &Breaker{Call: call, PerCall: b.perCall(call)}
		if shield != nil {
			b.counts(made, shield)
		}
		b.result.Makes = append(b.result.Makes, made)
	}
}

// makesOwn reports whether a function of the module makes a breaker of its own.
func (b *builder) makesOwn(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() != nil || fn.Signature().Results().Len() == 0 || !strings.HasPrefix(strings.ToLower(fn.Name()), "new") {
		return false
	}
	if fn.Pkg() != b.pass.Pkg && !b.pass.ImportPackageFact(fn.Pkg(), new(Sketch)) {
		return false
	}
	t := fn.Signature().Results().At(0).Type()
	_, isInterface := t.Underlying().(*types.Interface)
	return !isInterface && isBreaker(t) && hasFields(t)
}

func hasFields(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() > 1
}

// perCall returns a call through a breaker, if its function lets go of the breaker when it returns.
func (b *builder) perCall(call *ssa.Call) ssa.CallInstruction {
	fn := call.Parent()
	if fn.Name() == "main" || fn.Name() == "init" || fn.Parent() != nil && fn.Parent().Name() == "init" {
		return nil
	}
	l := &local{b: b, fn: fn, seen: map[ssa.Value]bool{}}
	if !l.stays(call) || l.run == nil {
		return nil
	}
	if again(l.run.Block(), call.Block()) {
		return nil // a loop that goes through it more than once
	}
	return l.run
}

// again reports whether control can come from a block to itself without passing another one.
func again(from, without *ssa.BasicBlock) bool {
	if from == without || from.Parent() != without.Parent() {
		return false
	}
	seen := map[*ssa.BasicBlock]bool{without: true}
	work := slices.Clone(from.Succs)
	for len(work) > 0 {
		next := work[0]
		work = work[1:]
		if next == from {
			return true
		}
		if !seen[next] {
			seen[next] = true
			work = append(work, next.Succs...)
		}
	}
	return false
}

// A local follows a value through the function that makes it.
type local struct {
	b    *builder
	fn   *ssa.Function
	seen map[ssa.Value]bool
	run  ssa.CallInstruction
}

// stays reports whether a value is only used to make calls through it.
func (l *local) stays(v ssa.Value) bool {
	if l.seen[v] {
		return true
	}
	l.seen[v] = true
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if flow.Operand(ref, catalog.Recv) != v {
				return false
			}
			if runs(ref) {
				l.run = ref
			}
		case *ssa.Extract, *ssa.MakeInterface, *ssa.ChangeType, *ssa.ChangeInterface:
			if !l.stays(ref.(ssa.Value)) {
				return false
			}
		case *ssa.UnOp:
			if ref.Op != token.MUL || !l.stays(ref) {
				return false
			}
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			if !ok || ref.Val != v || !l.stays(cell) {
				if ref.Addr != v {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// runs reports whether a call of a breaker's method has it call something.
func runs(call *ssa.Call) bool {
	for _, arg := range call.Call.Args {
		if _, ok := arg.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return flow.CalleeName(call) == "Allow"
}

// counts looks at what a breaker that counts all errors counts.
func (b *builder) counts(made *Breaker, shield *catalog.Shield) {
	if shield.Settings == "" || !b.undecided(made.Call, shield) {
		return
	}
	origin := flow.Origin{Kind: flow.Result, Value: made.Call}
	for instr := range b.g.Instructions() {
		run, ok := instr.(*ssa.Call)
		if !ok || catalog.ShieldOf(flow.CalleeObject(run)) != shield || !runs(run) {
			continue
		}
		recv := flow.Operand(run, catalog.Recv)
		if recv == nil || !b.g.Reach(recv)[origin] {
			continue
		}
		for _, arg := range run.Call.Args {
			if fn := function(arg); fn != nil && !b.minds(fn) {
				b.counted(made, fn)
			}
		}
	}
}

// undecided reports whether the settings of a breaker are seen to leave open which errors count.
func (b *builder) undecided(call *ssa.Call, shield *catalog.Shield) bool {
	if len(call.Call.Args) == 0 {
		return false
	}
	if zero, ok := call.Call.Args[0].(*ssa.Const); ok {
		return zero.Value == nil
	}
	load, ok := call.Call.Args[0].(*ssa.UnOp)
	if !ok {
		return false
	}
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok || len(b.g.CellStores(alloc)) > 0 || catalog.TypeName(alloc.Type()) != shield.Settings {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if f := flow.FieldOf(ref); f == nil || slices.Contains(shield.Judges, f.Name()) {
				return false
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}

// minds reports whether a function looks at why something has failed.
func (b *builder) minds(fn *ssa.Function) bool {
	for instr := range b.reached(fn) {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			if g, ok := instr.X.(*ssa.Global); ok && catalog.VarName(g.Object()) == "context.Canceled" {
				return true
			}
		case *ssa.Call:
			if name := catalog.Name(flow.CalleeObject(instr)); name == "errors.Is" || name == "errors.As" {
				return true
			}
		}
	}
	return false
}

// reached visits the instructions of a function and of those of the package that it calls.
func (b *builder) reached(fn *ssa.Function) func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		seen := map[*ssa.Function]bool{}
		for work := []*ssa.Function{fn}; len(work) > 0 && len(seen) < 40; work = work[1:] {
			if seen[work[0]] {
				continue
			}
			seen[work[0]] = true
			for instr := range flow.InstructionsIn(work[0]) {
				if !yield(instr) {
					return
				}
				if call, ok := instr.(ssa.CallInstruction); ok {
					if next := b.g.Callee(call); next != nil {
						work = append(work, next)
					}
				}
			}
		}
	}
}

// counted notes what of a function that goes through a breaker fails though the dependency is well.
func (b *builder) counted(made *Breaker, fn *ssa.Function) {
	calls := map[ssa.Instruction]*remote.Call{}
	for _, call := range b.pass.ResultOf[remote.Analyzer].(*remote.Result).Calls {
		calls[call.Instr] = call
	}
	var wide *ssa.BinOp
	remotely := false
	for instr := range b.reached(fn) {
		if call := calls[instr]; call != nil {
			remotely = true
			if made.Cancels == nil && call.Under() != nil && b.fromCaller(call.Under(), 0) {
				made.Cancels = call
			}
		}
		if cmp, ok := instr.(*ssa.BinOp); ok {
			switch code, of := statusOf(cmp); {
			case of && code >= 400 && code != 400:
				return // it tells them apart
			case of && wide == nil:
				wide = cmp
			}
		}
	}
	if remotely {
		made.Statuses = wide
	}
}

// statusOf returns the constant that the status of a response is compared with.
func statusOf(cmp *ssa.BinOp) (code int64, ok bool) {
	load, isLoad := cmp.X.(*ssa.UnOp)
	if !isLoad {
		return 0, false
	}
	addr, isField := load.X.(*ssa.FieldAddr)
	if !isField || catalog.TypeName(addr.X.Type()) != "net/http.Response" || flow.FieldOf(addr).Name() != "StatusCode" {
		return 0, false
	}
	return flow.ConstInt(cmp.Y)
}

// fromCaller reports whether a context, or the one of a request, ends when that of the caller does.
func (b *builder) fromCaller(v ssa.Value, depth int) bool {
	if v == nil || depth > 6 {
		return false
	}
	for _, source := range b.g.Trace(v, nil) {
		switch source.Kind {
		case flow.Param:
			return true
		case flow.Result:
			call := source.Value.(*ssa.Call)
			hand := catalog.HandoverOf(flow.CalleeObject(call))
			if hand != nil && hand.Parent != catalog.None && hand.Effect != catalog.Drops && b.fromCaller(flow.Operand(call, hand.Parent), depth+1) {
				return true
			}
		}
	}
	return false
}
