package serving

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// isAwaited reports whether something can wait for what a call in the package does: the function that makes it is called by
// others, or tells them that it is done. A goroutine that stops a server and tells nobody does not keep the
// process from ending: the function that serves returns as soon as it has begun.
func (f *finder) isAwaited(call ssa.CallInstruction) bool {
	fn := call.Parent()
	return !f.isStarted(fn) || f.tells(fn, 0)
}

// isStarted reports whether a function is run by go statements alone.
func (f *finder) isStarted(fn *ssa.Function) bool {
	callers := f.g.Callers(fn)
	if len(callers) == 0 || f.g.UsedAsValue(fn) {
		return false
	}
	for _, caller := range callers {
		if _, ok := caller.(*ssa.Go); !ok {
			return false
		}
	}
	return true
}

// tells reports whether a function may tell others how far it is: by a channel, by a lock or a group, by a function
// that it was given; or whether it ends the process.
func (f *finder) tells(fn *ssa.Function, depth int) bool {
	for instr := range flow.InstructionsIn(fn) {
		switch instr := instr.(type) {
		case *ssa.Send:
			return true
		case *ssa.Select:
			for _, state := range instr.States {
				if state.Dir == types.SendOnly {
					return true
				}
			}
		case ssa.CallInstruction:
			if f.tellsBy(instr, depth) {
				return true
			}
		}
	}
	return false
}

func (f *finder) tellsBy(call ssa.CallInstruction, depth int) bool {
	if builtin, ok := call.Common().Value.(*ssa.Builtin); ok {
		return builtin.Name() == "close"
	}
	if callee := f.g.Callee(call); callee != nil {
		return depth < 2 && f.tells(callee, depth+1)
	}
	obj := flow.CalleeObject(call)
	if obj == nil {
		return true // a function that it was given: cancel()
	}
	switch catalog.Name(obj) {
	case "os.Exit", "syscall.Exit":
		return true
	}
	return obj.Pkg() != nil && (obj.Pkg().Path() == "sync" || obj.Pkg().Path() == "sync/atomic")
}
