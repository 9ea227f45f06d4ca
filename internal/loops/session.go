package loops

import (
	"go/types"
	"iter"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// keepsSession reports whether a loop keeps something open for as long as the program runs: where its
// operation has succeeded, a loop inside it goes on with what was opened, and when that fails, it is
// opened anew. To go on for ever is what it is for.
func (c *cycle) keepsSession() bool {
	for _, inner := range regions(c.fn) {
		if inner.head == c.head || !c.blocks[inner.head] {
			continue
		}
		holds := true
		for _, op := range c.ops {
			holds = holds && !inner.blocks[op.Block()] && op.Block().Dominates(inner.head)
		}
		if holds && c.leadsBack(inner) {
			return true
		}
	}
	return false
}

// leadsBack reports whether control gets from a loop inside to the next attempt.
func (c *cycle) leadsBack(inner *region) bool {
	return c.paths([]*ssa.BasicBlock{inner.head}, nil, nil)[c.ops[0].Block()]
}

// starts reports whether a loop, after a failure, starts the program on the same machine that it talks to:
// it waits for that.
func (c *cycle) starts() bool {
	for instr := range c.visit() {
		if call, ok := instr.(*ssa.Call); ok && !c.isOp(call) && c.f.runsProgram(call, 0) {
			return true
		}
	}
	for instr := range flow.InstructionsIn(c.fn) { // before
		if call, ok := instr.(*ssa.Call); ok && !c.has(call) && c.f.runsProgram(call, 1) {
			return true
		}
	}
	return false
}

// runsProgram reports whether a call starts a program, at most two calls away.
func (f *finder) runsProgram(call *ssa.Call, depth int) bool {
	if callee := flow.CalleeObject(call); callee != nil && callee.Pkg() != nil {
		if path := callee.Pkg().Path(); path == "os/exec" || path == "os" && callee.Name() == "StartProcess" || catalog.RunsPrograms(path) {
			return callee.Name() == "Start" || callee.Name() == "Run" || callee.Name() == "StartProcess"
		}
	}
	fn := f.g.Callee(call)
	if fn == nil || depth > 1 {
		return false
	}
	for instr := range flow.InstructionsIn(fn) {
		if inner, ok := instr.(*ssa.Call); ok && f.runsProgram(inner, depth+1) {
			return true
		}
	}
	return false
}

// updates reports whether a loop reads something, changes it and writes it back, itself or in a function
// that it calls: it begins again because somebody else was faster, or because what it reads is not
// there yet.
func (c *cycle) updates() bool {
	if writesBack(c.instructions(), func(read *ssa.Call) bool { return c.has(read) && c.isOp(read) }) {
		return true
	}
	if slices.ContainsFunc(c.ops, c.swaps) {
		return true
	}
	for _, op := range c.ops {
		if fn := c.f.g.Callee(op); fn != nil && writesBack(flow.InstructionsIn(fn), func(*ssa.Call) bool { return true }) {
			return true
		}
	}
	return false
}

// swaps reports whether an operation writes what it writes if nobody was faster: it is given a number (a revision, a
// version) that the loop has just read, and a read that fails leaves the loop.
func (c *cycle) swaps(op *ssa.Call) bool {
	if !writers.MatchString(flow.CalleeName(op)) {
		return false
	}
	for _, arg := range op.Call.Args {
		if number, ok := arg.(*ssa.Convert); ok {
			arg = number.X
		}
		basic, ok := arg.Type().Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 {
			continue
		}
		var read *ssa.Call
		switch arg := arg.(type) {
		case *ssa.Extract: // list, revision, err := get()
			read, _ = arg.Tuple.(*ssa.Call)
		case *ssa.Call: // entry.Revision()
			if len(arg.Call.Args) <= 1 {
				if entry, ok := rootOf(receiver(arg)).(*ssa.Extract); ok {
					read, _ = entry.Tuple.(*ssa.Call)
				}
			}
		}
		if read != nil && c.has(read) && !c.isOp(read) && c.f.leaves(read) > local {
			return true
		}
	}
	return false
}

// receiver returns what a method is called on.
func receiver(call *ssa.Call) ssa.Value {
	if call.Call.IsInvoke() || len(call.Call.Args) == 0 {
		return call.Call.Value
	}
	return call.Call.Args[0]
}

// writesBack reports whether one of the instructions writes what another one, which counts, has read.
func writesBack(instrs iter.Seq[ssa.Instruction], counts func(read *ssa.Call) bool) bool {
	read := map[ssa.Value]bool{}
	for instr := range instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		name := flow.CalleeName(call)
		if writers.MatchString(name) {
			for _, arg := range call.Call.Args {
				if read[rootOf(arg)] {
					return true
				}
			}
		}
		if !getters.MatchString(name) || !counts(call) {
			continue
		}
		for _, ref := range *call.Referrers() {
			if result, ok := ref.(*ssa.Extract); ok && !isError(result.Type()) {
				read[result] = true
			}
		}
		for _, arg := range call.Call.Args { // what the answer is read into
			if into, ok := rootOf(arg).(*ssa.Alloc); ok && !isContext(arg) {
				read[into] = true
			}
		}
	}
	return false
}

// rootOf returns what a value is a part, a copy or an interface of.
func rootOf(v ssa.Value) ssa.Value {
	for range 8 {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		default:
			return v
		}
	}
	return v
}

func isContext(v ssa.Value) bool { return catalog.TypeName(v.Type()) == "context.Context" }

// resumes are names of functions that are called when something has failed already.
var resumes = regexp.MustCompile(`(?i)retr(y|i)|attempt|backoff|again|recover|reconn|redial|resend|re_?establish`)

// waitsFirst reports whether a loop waits before its very first attempt, as long as between all others:
// what it asks for cannot be there yet, so that it waits for somebody else. With a ticker that says nothing:
// there is no other way to use one.
func (c *cycle) waitsFirst(waits []*wait) bool {
	for fn := c.fn; fn != nil; fn = fn.Parent() {
		if resumes.MatchString(fn.Name()) {
			return false
		}
	}
	if c.again != nil || c.begun() || c.attemptedBefore() {
		return false
	}
	for _, w := range waits {
		at := w.outermost()
		first := (w.sleep || w.after) && !c.defines(w.delay)
		for _, op := range c.ops {
			first = first && precedes(at, op)
		}
		if first {
			return true
		}
	}
	return false
}

// precedes reports whether an instruction is always run before another one in the same round.
func precedes(x, y ssa.Instruction) bool {
	if x.Block() != y.Block() {
		return x.Block().Dominates(y.Block())
	}
	return slices.Index(x.Block().Instrs, x) < slices.Index(y.Block().Instrs, y)
}

// attemptedBefore reports whether the function of a loop makes an attempt before it.
func (c *cycle) attemptedBefore() bool {
	for instr := range flow.InstructionsIn(c.fn) {
		call, ok := instr.(*ssa.Call)
		if !ok || c.has(call) || c.isOp(call) {
			continue
		}
		for _, op := range c.ops {
			if callee := flow.CalleeObject(op); callee != nil && callee == flow.CalleeObject(call) || callee == nil && call.Call.Value == op.Call.Value {
				return true
			}
		}
	}
	return false
}
