package effect

import (
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// later are names of functions that run what they are given as a goroutine, or at another time.
var later = regexp.MustCompile(`(?i)^(safe_?)?go(safe|routine|func)?$|^go[A-Z]|background|async|detach|schedul|^submit|enqueue|afterfunc|^every$|^spawn|fireandforget|^defer|onshutdown|^addfunc$|^addjob$`)

// apart reports whether what a call runs goes on when its function has returned: it is a goroutine that
// the function does not wait for, or is given to what runs it later.
func apart(call ssa.CallInstruction) bool {
	if _, ok := call.(*ssa.Go); ok {
		return !waits(flow.Outermost(call.Parent()))
	}
	switch catalog.Name(flow.CalleeObject(call)) {
	case "time.AfterFunc", "context.AfterFunc":
		return true // what the function waits for is something else
	}
	name := flow.CalleeName(call)
	if !takesFunc(call) || !later.MatchString(name) {
		return false
	}
	return !waits(flow.Outermost(call.Parent()))
}

func isGo(call ssa.CallInstruction) bool {
	_, ok := call.(*ssa.Go)
	return ok
}

// takesFunc reports whether a call is given a function.
func takesFunc(call ssa.CallInstruction) bool {
	for _, arg := range call.Common().Args {
		if isFunc(arg.Type()) {
			return true
		}
	}
	return false
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// waits reports whether a function, or a literal in it, waits for others: for a group of goroutines, or
// for what comes out of a channel. A channel that tells of the end of a context or of a timer is none.
func waits(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		switch instr := instr.(type) {
		case *ssa.Call:
			if flow.CalleeName(instr) == "Wait" {
				return true
			}
		case *ssa.UnOp:
			if instr.Op == token.ARROW && tells(instr.X) {
				return true
			}
		case *ssa.Select:
			for _, state := range instr.States {
				if state.Dir == types.RecvOnly && tells(state.Chan) {
					return true
				}
			}
		}
	}
	return false
}

// tells reports whether a channel may tell of a result.
func tells(ch ssa.Value) bool {
	call, ok := ch.(*ssa.Call)
	if !ok {
		t, ok := ch.Type().Underlying().(*types.Chan)
		return ok && catalog.TypeName(t.Elem()) != "time.Time"
	}
	return flow.CalleeName(call) != "Done" && flow.CalleeName(call) != "After"
}
