package serving

import (
	"go/token"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Drain is a call that stops servers, and waits for their requests for a time that is a constant.
type Drain struct {
	Servers string
	Limit   time.Duration
	Pos     token.Pos
}

// drains returns those of the package, as far as the context is made beside them.
func (f *finder) drains() []Drain {
	if f.g == nil {
		return nil
	}
	var drains []Drain
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		stop, kind := catalog.StopOf(flow.CalleeObject(call))
		if stop == nil || stop.Context == catalog.None {
			continue
		}
		made, ok := flow.Operand(call, stop.Context).(*ssa.Extract)
		if !ok {
			continue
		}
		within, ok := made.Tuple.(*ssa.Call)
		if !ok || catalog.Name(flow.CalleeObject(within)) != "context.WithTimeout" {
			continue
		}
		if limit, ok := flow.ConstInt(within.Call.Args[1]); ok {
			drains = append(drains, Drain{kind, time.Duration(limit), call.Common().Pos()})
		}
	}
	return drains
}
