package policy

import (
	"go/token"
	"go/types"

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
				e.say(s, false, func(s *Scheme) { e.tune(s, call, knob.Sets, nil) })
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
