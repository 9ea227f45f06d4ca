package entry

import (
	"go/constant"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Forgets is the fact that a package consumes a queue whose broker takes a message for handled when it has
// sent it.
type Forgets struct{}

// AFact makes Forgets a fact.
func (*Forgets) AFact() {}

func (*Forgets) String() string { return "consumes what is acknowledged when it is sent" }

// forgetting finds out whether the package, or one that it imports, consumes such a queue.
func (f *finder) forgetting(pass *analysis.Pass) {
	for _, fact := range pass.AllPackageFacts() {
		if _, ok := fact.Fact.(*Forgets); ok {
			f.forgets = true
		}
	}
	own := false
	for instr := range f.g.Instructions() {
		if call, ok := instr.(*ssa.Call); ok {
			if queue := catalog.QueueOf(flow.CalleeObject(call)); queue != nil {
				unseen, known := automatic(call, queue)
				own = own || unseen || !known
			}
		}
	}
	if own {
		f.forgets = true
		pass.ExportPackageFact(&Forgets{})
	}
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
