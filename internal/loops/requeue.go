package loops

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Requeue is a message that is put back at once, whenever it could not be handled.
type Requeue struct {
	Call ssa.CallInstruction
}

// requeues finds the places where a package puts messages back at once, and does nothing against
// one that can never be handled: it counts no deliveries, sets no limit, and has no other way for
// a message that failed.
func (f *finder) requeues() {
	made := map[string]bool{}
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.FieldAddr:
			if catalog.LimitsDeliveries(instr.X.Type(), flow.FieldOf(instr)) {
				return
			}
		case *ssa.Field:
			if f := fieldOf(instr); catalog.LimitsDeliveries(instr.X.Type(), f) {
				return
			}
		case ssa.CallInstruction:
			if catalog.LimitsDelivery(flow.CalleeObject(instr)) {
				return
			}
		case *ssa.MapUpdate: // amqp.Table{"x-delivery-limit": 8}
			if key, ok := flow.ConstString(instr.Key); ok && key == "x-delivery-limit" {
				return
			}
		case *ssa.Alloc:
			if lib := catalog.ConsumerOf(instr.Type()); lib != "" {
				made[lib] = true
			}
		}
	}
	for _, fn := range f.g.SSA.Funcs {
		if again := f.putsBack(fn); again != nil {
			if lib := catalog.NeedsConsumer(flow.CalleeObject(again)); lib == "" || made[lib] {
				f.result.Requeues = append(f.result.Requeues, &Requeue{Call: again})
			}
		}
	}
}

func fieldOf(v *ssa.Field) *types.Var {
	if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
		return s.Field(v.Field)
	}
	return nil
}

// putsBack returns the first call of a function that puts a message back because of an error, if
// the function knows no other end of one that failed.
func (f *finder) putsBack(fn *ssa.Function) ssa.CallInstruction {
	var first ssa.CallInstruction
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			settler := catalog.SettlerOf(flow.CalleeObject(call))
			if settler == nil {
				continue
			}
			if !settler.Always && !isTrue(flow.Operand(call, settler.Requeue)) {
				return nil // a message can be dropped, delayed, or sent to a dead letter queue
			}
			if first == nil && afterError(block) && !f.waitedBefore(call) {
				first = call
			}
		}
	}
	return first
}

// waitedBefore reports whether some time passes before a call: the message is not put back at once.
func (f *finder) waitedBefore(call ssa.CallInstruction) bool {
	block := call.Block()
	for range 4 {
		for _, instr := range block.Instrs {
			if instr == call.(ssa.Instruction) {
				break
			}
			switch instr := instr.(type) {
			case *ssa.Call:
				if isPause(instr) {
					return true
				}
				if fn := f.g.Callee(instr); fn != nil {
					for inner := range flow.InstructionsIn(fn) {
						if call, ok := inner.(*ssa.Call); ok && isPause(call) {
							return true
						}
					}
				}
			}
		}
		if block = block.Idom(); block == nil {
			return false
		}
	}
	return false
}

func isPause(call *ssa.Call) bool {
	switch catalog.Name(flow.CalleeObject(call)) {
	case "time.Sleep", "time.After", "time.NewTimer":
		return true
	}
	return false
}

func isTrue(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value)
}

// afterError reports whether a block is run because a call has failed, whatever the error: that of
// a context says that the program ends, and a message that is put back then is for others.
func afterError(b *ssa.BasicBlock) bool {
	for ; b.Idom() != nil; b = b.Idom() {
		up := b.Idom()
		branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok {
			if call, isCall := branch.Cond.(*ssa.Call); isCall && len(call.Call.Args) > 0 && isError(call.Call.Args[0].Type()) {
				return false // of one kind of error
			}
			continue
		}
		x, y := operands(cmp)
		if !isNil(y) || !isError(x.Type()) || len(b.Preds) != 1 {
			continue
		}
		failed := up.Succs[0]
		if cmp.Op == token.EQL {
			failed = up.Succs[1]
		}
		if call, ok := x.(*ssa.Call); ok && flow.CalleeName(call) == "Err" {
			return false
		}
		return failed == b
	}
	return false
}
