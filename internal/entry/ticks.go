package entry

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
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
	for _, message := range received(g, fn, from) {
		given = true
		looked = looked || looksAt(g, message, 0)
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

// received returns the messages of a library that a function takes from a channel.
func received(g *flow.Graph, fn *ssa.Function, from *catalog.Traffic) []ssa.Value {
	var messages []ssa.Value
	for instr := range flow.InstructionsIn(fn) {
		switch v := instr.(type) {
		case *ssa.UnOp:
			if v.Op == token.ARROW && catalog.DeliveredOn(v.Type()) == from {
				messages = append(messages, v)
			}
		case *ssa.Extract: // of a select, or of a receive that says whether there was one
			if catalog.DeliveredOn(v.Type()) != from {
				continue
			}
			switch tuple := v.Tuple.(type) {
			case *ssa.Select:
				messages = append(messages, v)
			case *ssa.UnOp:
				if tuple.Op == token.ARROW {
					messages = append(messages, v)
				}
			}
		}
	}
	return messages
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

// givesBack are names of methods by which a message is acknowledged, or given back.
var givesBack = regexp.MustCompile(`^(Ack|Nack|Nak|NakWithDelay|Reject|Term)$`)

// looksAt reports whether a function, or one of the package that it hands a message on to, does anything with
// it but to ask for its type, to acknowledge it, and to tell people of it.
func looksAt(g *flow.Graph, message ssa.Value, depth int) bool {
	if message.Referrers() == nil || depth > maxHanded {
		return true
	}
	return slices.ContainsFunc(*message.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Store: // in a variable
			return ref.Val == message && looksAt(g, ref.Addr, depth+1)
		case *ssa.UnOp:
			return looksAt(g, ref, depth+1)
		case *ssa.FieldAddr, *ssa.Field:
			return !flow.OnlyTold(ref.(ssa.Value))
		}
		call, ok := ref.(ssa.CallInstruction)
		if !ok {
			return true
		}
		if givesBack.MatchString(flow.CalleeName(call)) && flow.Operand(call, catalog.Recv) == message {
			return false
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
