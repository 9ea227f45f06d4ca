package fanout

import (
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Waits is the fact that a function waits for its turn before it does what it does, or that it takes a turn for its
// caller: of a semaphore, a limiter, a channel of tokens.
type Waits struct{}

// AFact makes Waits a fact.
func (*Waits) AFact() {}

func (*Waits) String() string { return "waits" }

// turns finds the functions of the package that wait for their turn.
func (f *finder) turns() {
	f.waits = map[*ssa.Function]bool{}
	for changed := true; changed; {
		changed = false
		for _, fn := range f.g.SSA.Funcs {
			if !f.waits[fn] && f.takesTurn(fn) {
				f.waits[fn], changed = true, true
			}
		}
	}
	for _, fn := range f.g.SSA.Funcs {
		if obj, ok := fn.Object().(*types.Func); ok && f.waits[fn] && obj.Exported() {
			f.pass.ExportObjectFact(obj, new(Waits))
		}
	}
}

// takesTurn reports whether a function waits for its turn, itself or by what it calls.
func (f *finder) takesTurn(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Send:
				if isTurn(instr.Chan) {
					return true
				}
			case *ssa.Select:
				for _, state := range instr.States {
					if state.Dir == types.SendOnly && isTurn(state.Chan) {
						return true
					}
				}
			case *ssa.UnOp:
				if instr.Op == token.ARROW && isTurn(instr.X) {
					return true
				}
			case *ssa.Call:
				if f.waitsAt(instr) {
					return true
				}
			}
		}
	}
	return false
}

// slots are names of channels that hold turns.
var slots = regexp.MustCompile(`(?i)sem|slot|token|limit|throttle|ticket|permit|pool|concurren|worker|bucket|guard|gate|turn`)

// isTurn reports whether a channel holds turns: it is kept somewhere, and called so, or carries nothing. Channels of
// a function's own are looked at where they are made.
func isTurn(ch ssa.Value) bool {
	c, ok := ch.Type().Underlying().(*types.Chan)
	if !ok {
		return false
	}
	var name string
	switch ch := ch.(type) {
	case *ssa.UnOp:
		switch addr := ch.X.(type) {
		case *ssa.FieldAddr:
			if field := flow.FieldOf(addr); field != nil {
				name = field.Name()
			}
		case *ssa.Global:
			name = addr.Name()
		case *ssa.FreeVar:
			name = addr.Name()
		}
	case *ssa.Parameter:
		name = ch.Name()
	case *ssa.FreeVar:
		name = ch.Name()
	}
	return slots.MatchString(name) && carriesNothing(c.Elem())
}

// carriesNothing reports whether a channel of values of a type carries nothing but turns.
func carriesNothing(elem types.Type) bool {
	switch elem := elem.Underlying().(type) {
	case *types.Struct:
		return elem.NumFields() == 0
	case *types.Basic:
		return elem.Info()&(types.IsBoolean|types.IsInteger) != 0
	case *types.Interface:
		return elem.Empty()
	}
	return false
}

// limiters are names of types that limit how many things happen at a time.
var limiters = regexp.MustCompile(`(?i)sized|limit|bounded|throttle|semaphore|(worker|go(routine)?)_?pool`)

// waitsAt reports whether a call waits for a turn: of a limiter, by its name or its type, or by a function that
// does so.
func (f *finder) waitsAt(call ssa.CallInstruction) bool {
	if fn := f.g.Callee(call); fn != nil && f.waits[fn] {
		return true
	}
	callee := flow.CalleeObject(call)
	if callee == nil {
		return false
	}
	recv := callee.Signature().Recv()
	switch name := callee.Name(); {
	case f.pass.ImportObjectFact(callee.Origin(), new(Waits)):
		return true
	case name == "Wait": // of a limiter, not of a group
		return len(call.Common().Args) > 1 || call.Common().IsInvoke() && len(call.Common().Args) > 0
	case takesSlot.MatchString(name):
		return true
	case recv != nil && limiters.MatchString(lastName(recv.Type())):
		return name == "Add" || name == "Go" || name == "Do" || name == "Run"
	}
	return false
}

// takesSlot are names of functions that wait for a turn.
var takesSlot = regexp.MustCompile(`(?i)^(acquire|try_?acquire|throttle|reserve)|semaphore|^wait(n|for(slot|token|turn|capacity|limit).*)$|^limit(er)?$|^take(slot|token|one)?$`)

// serialized reports whether what a goroutine does is done by one of them at a time: it holds a lock meanwhile.
func serialized(call ssa.CallInstruction) bool {
	fn := call.Parent()
	locks, unlocks := false, false
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				locks = locks || isMutex(instr, "Lock") && block.Dominates(call.Block()) && instr.Pos() < call.Pos()
			case *ssa.Defer:
				unlocks = unlocks || isMutex(instr, "Unlock")
			}
		}
	}
	return locks && unlocks
}

func isMutex(call ssa.CallInstruction, name string) bool {
	callee := flow.CalleeObject(call)
	if callee == nil || callee.Name() != name {
		return false
	}
	switch catalog.Name(callee) {
	case "sync.Mutex." + name, "sync.RWMutex." + name, "sync.Locker." + name:
		return true
	}
	return false
}
