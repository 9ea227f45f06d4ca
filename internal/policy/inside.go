package policy

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// inside adds what the function that is attempted says itself: to its retrier, or to the library by
// the error that it returns after so many attempts.
func (e *Evaluator) inside(s *Scheme, attempted ssa.Value) {
	fn := functionOf(attempted)
	if fn == nil || fn.Pkg != e.g.SSA.Pkg {
		return
	}
	var stops, counts, asks bool
	for instr := range flow.InstructionsIn(fn) {
		if op, ok := instr.(*ssa.BinOp); ok && isComparison(op.Op) && isInteger(op.X.Type()) {
			counts = true
		}
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		if knob := catalog.KnobOf(callee); knob != nil && knob.Base == catalog.Recv {
			if _, ok := flow.Operand(call, catalog.Recv).(*ssa.Parameter); ok {
				sets := knob.Sets
				if skipped(call) {
					sets = slices.DeleteFunc(slices.Clone(sets), func(t catalog.Tuning) bool { return t.Aspect == catalog.Delays })
				}
				e.say(s, false, func(s *Scheme) { e.tune(s, call, sets, nil) })
			}
		}
		if catalog.Stops(callee) {
			stops, counts = true, counts || told(call.Block())
		}
		switch catalog.Name(callee) {
		case "context.Context.Err", "context.Context.Done", "context.Cause":
			asks = true
		case "time.Since", "time.Now", "time.Until":
			counts = true
		}
	}
	if stops && counts {
		s.Bounds |= ByOther
	}
	if stops && asks {
		s.Bounds |= ByContext
	}
}

// skipped reports whether a function fails in a way that does not come by a call, and is attempted again: what the call
// says of the next delay (because the server has said so) is nothing that holds when no answer comes.
func skipped(call *ssa.Call) bool {
	after := map[*ssa.BasicBlock]bool{}
	var reach func(*ssa.BasicBlock)
	reach = func(b *ssa.BasicBlock) {
		if !after[b] {
			after[b] = true
			for _, next := range b.Succs {
				reach(next)
			}
		}
	}
	reach(call.Block())
	for _, block := range call.Parent().Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 || after[block] {
			continue
		}
		err := ret.Results[len(ret.Results)-1]
		if c, isConst := err.(*ssa.Const); types.Identical(err.Type(), types.Universe.Lookup("error").Type()) && !(isConst && c.IsNil()) {
			return true
		}
	}
	return false
}

// told reports whether control comes to a block by a flag that somebody else sets: if s.stopped { … }.
func told(block *ssa.BasicBlock) bool {
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		switch cond := branch.Cond.(type) {
		case *ssa.UnOp:
			_, field := cond.X.(*ssa.FieldAddr)
			_, global := cond.X.(*ssa.Global)
			if cond.Op == token.MUL && (field || global) {
				return true
			}
		case *ssa.Call:
			if catalog.Name(flow.CalleeObject(cond)) == "sync/atomic.Bool.Load" {
				return true
			}
		}
	}
	return false
}

// functionOf returns the function that a function value is, or nil.
func functionOf(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	}
	return nil
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}
