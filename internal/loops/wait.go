package loops

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A wait is something that takes its time between two attempts.
type wait struct {
	at    ssa.Instruction
	delay ssa.Value // for how long; nil where that cannot be seen
	frame *frame    // the calls that lead to it
	sleep bool      // time.Sleep: nothing ends it early
	after bool      // time.After
	// timed says that it waits for time to pass, not for something to happen.
	timed bool
}

// isOwn reports whether a wait is one between attempts, and not part of something else that the
// loop does: it stands in the loop, or in a helper that makes no remote calls of its own.
func (f *finder) isOwn(w *wait) bool {
	for fr := w.frame; fr != nil; fr = fr.up {
		if f.operates[fr.fn] > local {
			return false
		}
	}
	return true
}

// A frame is a call on the way to a helper of the package.
type frame struct {
	call ssa.CallInstruction
	fn   *ssa.Function
	up   *frame
}

func (fr *frame) depth() int {
	n := 0
	for ; fr != nil; fr = fr.up {
		n++
	}
	return n
}

// waiting are names of functions that wait, where nothing else is known of them.
var waiting = regexp.MustCompile(`(?i)sleep|wait|back_?off|delay|pause|throttle|limit|jitter|tick`)

// waits returns what waits between two attempts.
func (c *cycle) waits() []*wait {
	var waits []*wait
	for instr := range c.visit() {
		waits = append(waits, c.f.waitsAt(instr, nil, c.isOp)...)
	}
	return waits
}

func (c *cycle) isOp(call *ssa.Call) bool {
	for _, op := range c.ops {
		if op == call {
			return true
		}
	}
	return false
}

// waitsAt returns what instr waits for, itself or in a function of the package.
func (f *finder) waitsAt(instr ssa.Instruction, fr *frame, isOp func(*ssa.Call) bool) []*wait {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return []*wait{f.received(instr, instr.X, fr)}
		}
	case *ssa.Select:
		if instr.Blocking {
			return []*wait{f.selected(instr, fr)}
		}
	case *ssa.Next:
		if _, ok := instr.Iter.(*ssa.Range); !ok {
			return []*wait{{at: instr, frame: fr}}
		}
	case *ssa.Call:
		return f.waitsIn(instr, fr, isOp)
	case *ssa.Defer:
		if fn := f.g.Callee(instr); fn != nil && f.pauses[fn] {
			return []*wait{{at: instr, frame: fr, timed: true}}
		}
	}
	return nil
}

func (f *finder) waitsIn(call *ssa.Call, fr *frame, isOp func(*ssa.Call) bool) []*wait {
	callee := flow.CalleeObject(call)
	switch name := catalog.Name(callee); name {
	case "time.Sleep":
		return []*wait{{at: call, delay: call.Call.Args[0], frame: fr, sleep: true, timed: true}}
	case "time.After", "time.NewTimer", "time.NewTicker", "time.Tick", "time.Timer.Reset", "time.AfterFunc":
		return nil // what receives from it waits
	}
	if fn := f.g.Callee(call); fn != nil {
		if !f.pauses[fn] {
			return nil
		}
		if isOp != nil && isOp(call) {
			return []*wait{{at: call, frame: fr}} // what it waits for is its own business
		}
		if fr.depth() >= 4 {
			return []*wait{{at: call, frame: fr}}
		}
		inner := &frame{call, fn, fr}
		var waits []*wait
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				waits = append(waits, f.waitsAt(instr, inner, nil)...)
			}
		}
		return waits
	}
	if computes(call.Call.Signature()) {
		return nil // how long to wait
	}
	if f.mayWait(call, callee) {
		return []*wait{{at: call, frame: fr}}
	}
	if callee == nil {
		if name := opName(call); waiting.MatchString(name) {
			w := &wait{at: call, frame: fr, timed: true}
			if f.sleepsBy(call.Call.Value) {
				w.delay = call.Call.Args[0]
			}
			return []*wait{w}
		}
		if sig := call.Call.Signature(); sig.Params().Len()+sig.Results().Len() == 0 && isVariable(call.Call.Value) {
			return []*wait{{at: call, frame: fr}} // pause()
		}
		return nil
	}
	if f.pass.ImportObjectFact(callee, new(Pauses)) {
		return []*wait{{at: call, frame: fr, timed: true}}
	}
	if callee.Pkg() != nil && f.standard(callee.Pkg()) {
		if callee.Name() == "Wait" { // sync.Cond, sync.WaitGroup
			return []*wait{{at: call, frame: fr}}
		}
		return nil
	}
	if waiting.MatchString(callee.Name()) && catalog.CallOf(callee) == nil {
		return []*wait{{at: call, frame: fr, timed: true}}
	}
	return nil
}

// sleepsBy reports whether a variable or a field holds time.Sleep, but in tests.
func (f *finder) sleepsBy(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	return slices.ContainsFunc(f.loaded(load), func(store *ssa.Store) bool {
		fn, ok := store.Val.(*ssa.Function)
		if !ok {
			return false
		}
		obj, _ := fn.Object().(*types.Func)
		return catalog.Name(obj) == "time.Sleep"
	})
}

// isVariable reports whether a function value is one of several that a variable holds.
func isVariable(v ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok {
		_, local := load.X.(*ssa.Alloc)
		_, captured := load.X.(*ssa.FreeVar)
		return local || captured
	}
	_, ok := v.(*ssa.Phi)
	return ok
}

// mayWait reports whether a call asks someone who is not seen whether there is to be another
// attempt: it may take its time to say so.
func (f *finder) mayWait(call *ssa.Call, callee *types.Func) bool {
	sig := call.Call.Signature()
	if sig.Results().Len() != 1 || !decides(sig) || isBuiltin(call) {
		return false
	}
	if len(call.Call.Args) == 0 && !asking.MatchString(opName(call)) {
		return false // err.Temporary()
	}
	return callee == nil || call.Call.IsInvoke() && callee.Pkg() != nil && !f.standard(callee.Pkg())
}

// asking are names of functions that ask whether to go on.
var asking = regexp.MustCompile(`(?i)next|continue|again|attempt|retry|more$`)

func isBuiltin(call *ssa.Call) bool {
	_, ok := call.Call.Value.(*ssa.Builtin)
	return ok
}

// computes reports whether a function returns a duration or a number, and nothing else.
func computes(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && isNumeric(sig.Results().At(0).Type())
}

// received is about a receive from a channel.
func (f *finder) received(at ssa.Instruction, ch ssa.Value, fr *frame) *wait {
	w := &wait{at: at, frame: fr}
	for {
		switch v := ch.(type) {
		case *ssa.ChangeType:
			ch = v.X
			continue
		case *ssa.Call:
			switch name := catalog.Name(flow.CalleeObject(v)); name {
			case "time.After", "time.Tick":
				w.delay, w.timed, w.after = v.Call.Args[0], true, name == "time.After"
			default:
				w.timed = waiting.MatchString(flow.CalleeName(v)) // clock.After, b.Wait
			}
		case *ssa.UnOp: // timer.C
			if addr, ok := v.X.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil && flow.FieldOf(addr).Name() == "C" {
				w.timed = true
				w.delay = f.timer(addr.X)
			}
		}
		return w
	}
}

// timer returns how long a timer or ticker is set to, if that is said in one place.
func (f *finder) timer(v ssa.Value) ssa.Value {
	var delay ssa.Value
	for _, source := range f.g.Trace(v, nil) {
		call, ok := source.Value.(*ssa.Call)
		if !ok {
			return nil
		}
		switch catalog.Name(flow.CalleeObject(call)) {
		case "time.NewTimer", "time.NewTicker":
		default:
			return nil
		}
		if delay != nil && delay != call.Call.Args[0] {
			return nil
		}
		delay = call.Call.Args[0]
		for _, ref := range *call.Referrers() {
			if reset, ok := ref.(*ssa.Call); ok && flow.CalleeName(reset) == "Reset" {
				return reset.Call.Args[1]
			}
		}
	}
	return delay
}

// selected is about a select statement: of its cases, one that waits for time to pass decides how
// long it takes.
func (f *finder) selected(sel *ssa.Select, fr *frame) *wait {
	found := &wait{at: sel, frame: fr}
	for _, state := range sel.States {
		if state.Dir != types.RecvOnly {
			continue
		}
		if w := f.received(sel, state.Chan, fr); w.timed {
			found = w
		}
	}
	return found
}

// findPauses finds the functions that wait, themselves or by others, and exports it.
func (f *finder) findPauses() {
	f.pauses = map[*ssa.Function]bool{}
	for changed := true; changed; {
		changed = false
		for _, fn := range f.g.SSA.Funcs {
			if !f.pauses[fn] && f.pausesIn(fn) {
				f.pauses[fn], changed = true, true
			}
		}
	}
	for _, fn := range f.g.SSA.Funcs {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && f.pauses[fn] {
			f.pass.ExportObjectFact(obj, new(Pauses))
		}
	}
}

func (f *finder) pausesIn(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if callee := f.g.Callee(call); callee != nil {
					if f.pauses[callee] {
						return true
					}
					continue
				}
			}
			if len(f.waitsAt(instr, nil, nil)) > 0 {
				return true
			}
		}
	}
	return false
}
