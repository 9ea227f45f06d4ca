package entry

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Ticks reports whether all that a handler of a library's messages, in the package of g, is told is that it is
// time: it does not look at the message that it is given, or takes none where the library passes what a task is
// made with as arguments. Such a sweep looks for its work itself, and the next one is another message.
func Ticks(g *flow.Graph, fn *ssa.Function, from *catalog.Traffic) bool {
	if from == nil || fn.Blocks == nil {
		return false
	}
	given, looked := false, false
	for _, param := range fn.Params {
		if isMessage(param, from) {
			given = true
			looked = looked || looksAt(g, param, 0)
		}
	}
	if given {
		return !looked
	}
	if !catalog.PassesArguments(from.Path) {
		return false
	}
	for param := range fn.Signature.Params().Variables() {
		if catalog.TypeName(param.Type()) != "context.Context" {
			return false
		}
	}
	return true
}

// isMessage reports whether a parameter is of the type of a library's messages.
func isMessage(param *ssa.Parameter, from *catalog.Traffic) bool {
	if catalog.DeliveredTo(param.Type()) == from {
		return true
	}
	name := catalog.TypeName(param.Type())
	return name != "" && slices.ContainsFunc(from.Shapes, func(s catalog.Shape) bool {
		return len(s.Params) > 0 && s.Params[len(s.Params)-1] == name
	})
}

const maxHanded = 4 // functions that a message is handed on to

// looksAt reports whether a function, or one of the package that it hands a message on to, does anything with
// it but to ask for its type.
func looksAt(g *flow.Graph, message ssa.Value, depth int) bool {
	if message.Referrers() == nil || depth > maxHanded {
		return true
	}
	return slices.ContainsFunc(*message.Referrers(), func(ref ssa.Instruction) bool {
		if _, debug := ref.(*ssa.DebugRef); debug {
			return false
		}
		call, ok := ref.(ssa.CallInstruction)
		if !ok {
			return true
		}
		if flow.CalleeName(call) == "Type" && flow.Operand(call, catalog.Recv) == message {
			return false
		}
		callee := g.Callee(call)
		if callee == nil || callee.Blocks == nil {
			return true
		}
		for i, param := range callee.Params {
			if flow.Argument(call, i) == message && looksAt(g, param, depth+1) {
				return true
			}
		}
		return false
	})
}
