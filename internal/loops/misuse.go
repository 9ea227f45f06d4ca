package loops

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// inside adds what the function that is attempted says itself: to its retrier, or to the library by
// the error that it returns after so many attempts.
func (e *evaluator) inside(s *scheme, attempted ssa.Value) {
	fn := functionOf(attempted)
	if fn == nil || fn.Pkg != e.g.SSA.Pkg {
		return
	}
	var stops, counts, asks bool
	for instr := range instructionsOf(fn) {
		if op, ok := instr.(*ssa.BinOp); ok && isComparison(op.Op) && isNumber(op.X.Type()) {
			counts = true
		}
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		if knob := catalog.KnobOf(callee); knob != nil && knob.Base == catalog.Recv {
			if _, ok := flow.Operand(call, catalog.Recv).(*ssa.Parameter); ok {
				e.say(s, false, func(s *scheme) { e.tune(s, call, knob.Sets, nil) })
			}
		}
		stops = stops || catalog.Stops(callee)
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

// instructionsOf visits the instructions of a function, and of the literals in it.
func instructionsOf(fn *ssa.Function) func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		work := []*ssa.Function{fn}
		for len(work) > 0 {
			fn := work[0]
			work = append(work[1:], fn.AnonFuncs...)
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					if !yield(instr) {
						return
					}
				}
			}
		}
	}
}

func isNumber(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// byHand notes a loop that waits as long as a policy says, and takes what the policy says at its
// end for a delay: it waits for less than nothing from then on.
func (l *found) byHand(call *ssa.Call) {
	pacer := catalog.PacerOf(flow.CalleeObject(call))
	if pacer == nil || pacer.Stop == 0 {
		return
	}
	loop, ok := l.f.loopAt(call.Pos()).(*ast.ForStmt)
	if !ok || loop.Post != nil {
		return // it counts, and ends by itself
	}
	s := l.e.policy(flow.Operand(call, catalog.Recv), nil)
	if s.Bounds&(ByTime|ByAttempts) == 0 || s.Bounds&ByOther != 0 || s.Attempts == 1 {
		return
	}
	if waits, checked := l.e.waitedFor(call, 0); !waits || checked {
		return
	}
	after := "after 15 minutes"
	if s.Bounds&ByTime == 0 || s.Bounds&ByAttempts != 0 {
		after = "when its attempts are used up"
	} else if s.timed {
		after = "when its time is over"
	}
	r := s.retry(catalog.Name(flow.CalleeObject(call)))
	r.Policy = Policy{Bounds: ByOther, Waits: true}
	r.Form, r.Node, r.Func = Loop, loop, call.Parent()
	r.Misuse = after + " NextBackOff returns backoff.Stop, which is -1: the loop does not wait any more, and spins"
	l.f.result.Retries = append(l.f.result.Retries, r)
}

// loopAt returns the loop around pos in its function, or nil.
func (f *finder) loopAt(pos token.Pos) ast.Node {
	for _, node := range f.g.Path(pos) {
		switch node := node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return node
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		}
	}
	return nil
}

// waitedFor reports whether a duration is waited for, and whether it is compared with anything, or
// goes where that cannot be seen.
func (e *evaluator) waitedFor(d ssa.Value, depth int) (waits, checked bool) {
	if depth > 4 {
		return false, true
	}
	also := func(v ssa.Value) {
		w, c := e.waitedFor(v, depth+1)
		waits, checked = waits || w, checked || c
	}
	for _, ref := range *d.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Phi:
			also(ref)
		case *ssa.BinOp:
			checked = checked || isComparison(ref.Op)
			if !isComparison(ref.Op) {
				also(ref)
			}
		case *ssa.MakeInterface: // for a log
		case ssa.CallInstruction:
			switch catalog.Name(flow.CalleeObject(ref)) {
			case "time.Sleep", "time.After", "time.NewTimer", "time.Timer.Reset", "time.AfterFunc", "time.Tick":
				waits = true
			case "time.Duration.String", "time.Duration.Seconds", "time.Duration.Milliseconds":
			default:
				fn := e.g.Callee(ref)
				if fn == nil {
					checked = true
					continue
				}
				for i, arg := range ref.Common().Args {
					if arg == d {
						also(fn.Params[i])
					}
				}
			}
		default:
			checked = true
		}
	}
	return waits, checked
}

// paced returns the policy that says how long a loop waits, of which v is the result: a duration
// that a library's backoff gives. Its bounds are of no concern to the loop.
func (e *evaluator) paced(v ssa.Value) (Policy, bool) {
	if extract, ok := v.(*ssa.Extract); ok && extract.Index == 0 {
		v = extract.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok || catalog.PacerOf(flow.CalleeObject(call)) == nil {
		return Policy{}, false
	}
	s := e.policy(flow.Operand(call, catalog.Recv), nil)
	s.Bounds |= ByOther
	s.finish()
	return s.Policy, true
}
