package entry

import (
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// runsOf returns the handlers that the package has run, by their names: of methods without the type, which strings leave out, too.
// The value says that there may be another attempt, and all that there may be others.
func runsOf(g *flow.Graph) (runs map[string]bool, all bool) {
	runs = map[string]bool{}
	for instr := range g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if catalog.RunsHandler(flow.CalleeObject(call)) == nil || len(call.Call.Args) < 2 {
			continue
		}
		name := handlerName(call.Call.Args[1])
		if name == "" {
			return runs, true
		}
		runs[name] = runs[name] || !attemptedOnce(g, call.Call.Args[0])
	}
	return runs, len(runs) == 0
}

// handlerName returns the name of a function, of a method value, or what it is called in a string; "" where that is not seen.
func handlerName(v ssa.Value) string {
	switch v := plain(v).(type) {
	case *ssa.Function:
		return v.Name()
	case *ssa.MakeClosure:
		return strings.TrimSuffix(v.Fn.Name(), "$bound")
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return constant.StringVal(v.Value)
		}
	}
	return ""
}

// attemptedOnce reports whether what is run with a context has one attempt, as the options say that are in the context.
func attemptedOnce(g *flow.Graph, ctx ssa.Value) bool {
	sources := g.Trace(ctx, nil)
	for _, source := range sources {
		with, ok := source.Value.(*ssa.Call)
		if !ok || len(with.Call.Args) < 2 || !strings.HasPrefix(flow.CalleeName(with), "With") {
			return false
		}
		policies := stored(with.Call.Args[1], "RetryPolicy")
		if len(policies) != 1 {
			return false
		}
		attempts := stored(policies[0], "MaximumAttempts")
		if len(attempts) != 1 {
			return false
		}
		if n, ok := flow.ConstInt(attempts[0]); !ok || n != 1 {
			return false
		}
	}
	return len(sources) > 0
}

// stored returns what is stored in a field of a struct literal.
func stored(literal ssa.Value, field string) []ssa.Value {
	if load, ok := literal.(*ssa.UnOp); ok {
		literal = load.X
	}
	alloc, ok := literal.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var values []ssa.Value
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || flow.FieldOf(addr) == nil || flow.FieldOf(addr).Name() != field {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == addr {
				values = append(values, store.Val)
			}
		}
	}
	return values
}

// neverAgain returns the libraries of which the package says, wherever it says so, that a message which failed does not come
// again: the package that makes the messages is often the one that handles them.
func neverAgain(g *flow.Graph) map[*catalog.Traffic]bool {
	never := map[*catalog.Traffic]bool{}
	for instr := range g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || len(call.Call.Args) == 0 {
			continue
		}
		if from := catalog.SaysAttempts(flow.CalleeObject(call)); from != nil {
			n, ok := flow.ConstInt(call.Call.Args[0])
			before, said := never[from]
			never[from] = ok && n == 0 && (before || !said)
		}
	}
	return never
}

// comesOnce reports whether the package that registers a handler also says what is run, and it is not that one, or that
// one with a single attempt.
func (f *finder) comesOnce(name string, from *catalog.Traffic) bool {
	if from == nil || len(from.Runs) == 0 {
		return false
	}
	runs, all := f.runs()
	return !all && !runs[name]
}
