package serving

import (
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// lingers reports whether a function of the package waits for a signal and then sleeps, for seconds, before it returns:
// servers that nobody stops go on meanwhile, and what was in flight is answered.
func (f *finder) lingers() bool {
	for instr := range f.g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || catalog.Name(flow.CalleeObject(call)) != "time.Sleep" {
			continue
		}
		if d, ok := flow.ConstInt(call.Call.Args[0]); ok && time.Duration(d) >= time.Second && !f.isStarted(call.Parent()) && isSignaled(call) {
			return true
		}
	}
	return false
}

// isSignaled reports whether control comes to a call only after its function has received a signal, or what is selected
// beside one; and once.
func isSignaled(call *ssa.Call) bool {
	for _, block := range call.Parent().Blocks {
		if !block.Dominates(call.Block()) {
			continue
		}
		for _, instr := range block.Instrs {
			if instr == call {
				break
			}
			if receives(instr) && !flow.InLoop(call.Block()) {
				return true
			}
		}
	}
	return false
}

// receives reports whether an instruction waits for a signal.
func receives(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return ofSignals(instr.X)
	case *ssa.Select:
		for _, state := range instr.States {
			if instr.Blocking && state.Dir == types.RecvOnly && ofSignals(state.Chan) {
				return true
			}
		}
	}
	return false
}

// ofSignals reports whether a value is a channel of signals, or is closed by one: that of the context of signal.NotifyContext.
func ofSignals(v ssa.Value) bool {
	ch, ok := v.Type().Underlying().(*types.Chan)
	if !ok {
		return false
	}
	if catalog.TypeName(ch.Elem()) == "os.Signal" {
		return true
	}
	done, ok := v.(*ssa.Call)
	if !ok || flow.CalleeName(done) != "Done" || !done.Call.IsInvoke() {
		return false
	}
	ctx, ok := done.Call.Value.(*ssa.Extract)
	if !ok {
		return false
	}
	made, ok := ctx.Tuple.(*ssa.Call)
	return ok && catalog.Name(flow.CalleeObject(made)) == "os/signal.NotifyContext"
}
