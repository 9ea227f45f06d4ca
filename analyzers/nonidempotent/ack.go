package nonidempotent

import (
	"go/token"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
)

// A loss says how a message is lost.
type loss uint8

const (
	kept        loss = iota
	ackedFirst       // it is acknowledged before what it asks for is done
	ackedAnyway      // it is acknowledged although that has failed
	ackedAtEnd       // it is acknowledged when the function returns, whatever has become of it
	ackedUnseen      // the broker takes it for handled when it has sent it
)

// early returns what an entry does after it has acknowledged the message, or nil.
func (r *reporter) early(j *judged) *effect.Done {
	if j.Kind != entry.Message {
		return nil
	}
	var acks []*ssa.Call
	for _, ack := range r.acks(j.Func) {
		if call, ok := ack.(*ssa.Call); ok {
			acks = append(acks, call)
		}
	}
	var first *effect.Done
	for _, deed := range j.found.Deeds {
		call := r.begins(j.Func, deed)
		if call == nil {
			return nil
		}
		late := slices.ContainsFunc(acks, func(ack *ssa.Call) bool { return precedes(ack, call) })
		if !late {
			return nil // this one is done before
		}
		if first == nil || deed.Deed > first.Deed {
			first = deed
		}
	}
	if first == nil || first.Deed != catalog.Adds || !slices.ContainsFunc(acks, r.isLast) {
		return first
	}
	if call, ok := r.begins(j.Func, first).(*ssa.Call); !ok || isRead(call) {
		return first
	}
	return nil // nobody asks whether it was counted
}

// isLast reports whether a function has done something that can fail before it acknowledges the message, and does not if
// that has failed: what it only counts after that is not what the message asks for.
func (r *reporter) isLast(ack *ssa.Call) bool {
	for _, block := range ack.Parent().Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !fails(call) || looking.MatchString(callee(call)) || !precedes(call, ack) {
				continue
			}
			failed := failures(call)
			if len(failed) > 0 && !slices.ContainsFunc(failed, func(b *ssa.BasicBlock) bool { return b.Dominates(ack.Block()) }) && !r.goesOn(call) {
				return true
			}
		}
	}
	return false
}

// looking are names of functions that find out what is to be done, or begin to.
var looking = regexp.MustCompile(`(?i)unmarshal|decode|pars|bind|valid|verif|decrypt|^(read|receive|consume|fetch|get|find|load|lookup|check|query|scan|list|count|exists|is|has|open|dial|connect|begin|declare|new|next|qos)`)

// acks returns the calls and defers of a function that acknowledge a message.
func (r *reporter) acks(fn *ssa.Function) []ssa.CallInstruction {
	var acks []ssa.CallInstruction
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && r.settles(call) {
				acks = append(acks, call)
			}
		}
	}
	return acks
}

func (r *reporter) settles(call ssa.CallInstruction) bool {
	return slices.ContainsFunc(r.effects.StepsOf(call), func(s *effect.Step) bool { return s.Kind == effect.Settles })
}

// unseen returns what an entry does with messages that its broker takes for handled when it has sent
// them, or nil. To hand a message on is to leave it to others.
func unseen(j *judged) *effect.Done {
	var first *effect.Done
	for _, deed := range j.found.Deeds {
		if deed.Deed != catalog.Publishes && (first == nil || deed.Deed > first.Deed) {
			first = deed
		}
	}
	return first
}

// although returns what an entry acknowledges although it may have failed, and how, or nil.
func (r *reporter) although(j *judged) (*effect.Done, loss) {
	if j.Kind != entry.Message || j.Func == nil {
		return nil, kept
	}
	for _, deed := range j.found.Deeds {
		if deed.Deed == catalog.Publishes {
			continue
		}
		for _, fn := range append([]*ssa.Function{j.Func}, j.Func.AnonFuncs...) {
			call := leads(fn, deed)
			if call == nil {
				continue
			}
			for _, ack := range r.acks(fn) {
				if _, deferred := ack.(*ssa.Defer); deferred && precedes(ack, call) && !r.minds(call) {
					return deed, ackedAtEnd
				}
			}
			if r.goesOn(call) {
				return deed, ackedAnyway
			}
		}
	}
	return nil, kept
}

// leads returns the call in a function that leads to a deed, or nil.
func leads(fn *ssa.Function, deed *effect.Done) *ssa.Call {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if ok && (call.Pos() == deed.Pos() || slices.ContainsFunc(deed.Path, func(h effect.Hop) bool { return h.Pos == call.Pos() })) && fails(call) {
				return call
			}
		}
	}
	return nil
}

// fails reports whether a call can say that it has failed.
func fails(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	return results.Len() > 0 && results.At(results.Len()-1).Type().String() == "error"
}

// failures returns the blocks that are entered because a call has failed.
func failures(call *ssa.Call) []*ssa.BasicBlock {
	var blocks []*ssa.BasicBlock
	for _, block := range call.Parent().Blocks {
		branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		if c, isConst := cmp.Y.(*ssa.Const); !isConst || !c.IsNil() {
			continue
		}
		x := cmp.X
		if extract, isExtract := x.(*ssa.Extract); isExtract {
			x = extract.Tuple
		}
		if x != call {
			continue
		}
		switch cmp.Op {
		case token.NEQ:
			blocks = append(blocks, block.Succs[0])
		case token.EQL:
			blocks = append(blocks, block.Succs[1])
		}
	}
	return blocks
}

// cares are names of functions that do something about a failure.
var cares = regexp.MustCompile(`(?i)nack|nak$|reject|retr|requeue|dlq|dead|park|poison|publish|produce|fail|save|store|insert|send|term$|mark|record|status|report|capture`)

// goesOn reports whether a message is acknowledged when a call has failed, with nothing done about it.
func (r *reporter) goesOn(call *ssa.Call) bool {
	for _, b := range failures(call) {
		for range 4 {
			for _, instr := range b.Instrs {
				next, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				if _, plain := next.(*ssa.Call); plain && r.settles(next) {
					return true
				}
				if cares.MatchString(callee(next)) {
					b = nil
					break
				}
			}
			if b == nil {
				break
			}
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Jump); !ok || b.Succs[0].Dominates(call.Block()) {
				break
			}
			b = b.Succs[0]
		}
	}
	return false
}

// unasked reports whether a function acknowledges the message after a call that leads to a deed, and nobody asks whether
// that has failed.
func (r *reporter) unasked(fn *ssa.Function, deed *effect.Done) bool {
	if fn == nil {
		return false
	}
	call := leads(fn, deed)
	if call == nil || isRead(call) {
		return false
	}
	return slices.ContainsFunc(r.acks(fn), func(ack ssa.CallInstruction) bool {
		_, plain := ack.(*ssa.Call)
		return plain && precedes(call, ack)
	})
}

// isRead reports whether the error that a call returns is used for anything.
func isRead(call *ssa.Call) bool {
	if call.Referrers() == nil {
		return false
	}
	last := call.Call.Signature().Results().Len() - 1
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if ref.Index == last && slices.ContainsFunc(*ref.Referrers(), func(use ssa.Instruction) bool { _, debug := use.(*ssa.DebugRef); return !debug }) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// minds reports whether something is done about the failure of a call.
func (r *reporter) minds(call *ssa.Call) bool {
	for _, b := range failures(call) {
		for _, block := range call.Parent().Blocks {
			if block != b && !b.Dominates(block) {
				continue
			}
			for _, instr := range block.Instrs {
				if next, ok := instr.(ssa.CallInstruction); ok && cares.MatchString(callee(next)) {
					return true
				}
			}
		}
	}
	return false
}

func callee(call ssa.CallInstruction) string {
	if call.Common().IsInvoke() {
		return call.Common().Method.Name()
	}
	if fn := call.Common().StaticCallee(); fn != nil {
		return fn.Name()
	}
	return call.Common().Value.Name()
}
