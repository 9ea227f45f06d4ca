package entry

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Consumes is the fact that a package consumes queues.
type Consumes struct {
	// Once says that the broker of one takes a message for handled when it has sent it, or may do so;
	// Again, that one does not.
	Once, Again bool
}

// AFact makes Consumes a fact.
func (*Consumes) AFact() {}

func (c *Consumes) String() string { return "consumes queues" }

// consumes finds out how the package, and those that it imports, consume queues.
func (f *finder) consumes(pass *analysis.Pass) {
	for _, fact := range pass.AllPackageFacts() {
		if c, ok := fact.Fact.(*Consumes); ok {
			f.queues.Once = f.queues.Once || c.Once
			f.queues.Again = f.queues.Again || c.Again
		}
	}
	var own Consumes
	for instr := range f.g.Instructions() {
		if call, ok := instr.(*ssa.Call); ok {
			if queue := catalog.QueueOf(flow.CalleeObject(call)); queue != nil {
				unseen, known := automatic(call, queue)
				own.Once = own.Once || unseen || !known
				own.Again = own.Again || known && !unseen
			}
		}
	}
	if own != (Consumes{}) {
		f.queues.Once = f.queues.Once || own.Once
		f.queues.Again = f.queues.Again || own.Again
		pass.ExportPackageFact(&own)
	}
}

// comesAgain reports whether the messages of a library that a function is given, from where is not known, are
// delivered again: it settles them itself, or all queues that are seen are consumed so.
func (f *finder) comesAgain(fn *ssa.Function, from *catalog.Traffic) bool {
	return len(from.Queues) == 0 || settles(fn) || f.queues.Again && !f.queues.Once
}

// settles reports whether a function, or a literal in it, says what has become of a message, whatever it is
// configured to do.
func settles(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if obj := flow.CalleeObject(call); (catalog.Acknowledges(obj) || catalog.SettlerOf(obj) != nil) && !configured(call.Block()) {
				return true
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, settles)
}

// configured reports whether a block is run only if a setting says so: if !c.autoAck { d.Ack(false) }.
func configured(b *ssa.BasicBlock) bool {
	for ; b != nil && b.Idom() != nil; b = b.Idom() {
		branch, ok := b.Idom().Instrs[len(b.Idom().Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		cond := branch.Cond
		if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
			cond = not.X
		}
		switch cond := cond.(type) {
		case *ssa.Parameter, *ssa.FreeVar, *ssa.Field:
			return true
		case *ssa.UnOp:
			switch cond.X.(type) {
			case *ssa.FieldAddr, *ssa.Global, *ssa.FreeVar:
				return true
			}
		}
	}
	return false
}

// automatic reports whether a call consumes a queue so that messages are handled when they are sent, and
// whether that is known.
func automatic(call ssa.CallInstruction, queue *catalog.Queue) (unseen, known bool) {
	c, ok := flow.Operand(call, queue.Auto).(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(c.Value), true
}

// unseen reports whether the broker takes what it sends through a channel for handled, and whether that is
// known.
func (f *finder) unseen(ch ssa.Value) (unseen, known bool) {
	if ch == nil {
		return false, true
	}
	return f.consumed(ch, 0)
}

func (f *finder) consumed(ch ssa.Value, depth int) (unseen, known bool) {
	for _, source := range f.g.Trace(ch, nil) {
		switch source.Kind {
		case flow.Result:
			call, ok := source.Value.(*ssa.Call)
			if !ok {
				continue
			}
			if queue := catalog.QueueOf(flow.CalleeObject(call)); queue != nil {
				return automatic(call, queue)
			}
		case flow.Param:
			param, ok := source.Value.(*ssa.Parameter)
			if !ok || depth > 3 {
				continue
			}
			for _, arg := range f.g.Arguments(param) {
				if unseen, known := f.consumed(arg, depth+1); known {
					return unseen, true
				}
			}
		}
	}
	return false, false
}
