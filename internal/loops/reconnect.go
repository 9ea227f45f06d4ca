package loops

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// connects are names of functions that open a connection, and deliver those of what uses one: a worker that sends a
// message for ever opens a connection for it, too.
var (
	connects = regexp.MustCompile(`(?i)(^|[^s])connect|dial`)
	delivers = regexp.MustCompile(`(?i)send|publish|write|exec|post|put|produce|push|request|^do$`)
)

// afresh are names of functions that open a connection which has been lost.
var afresh = regexp.MustCompile(`(?i)reconn|redial|re_?establish`)

// reconnects reports whether a loop gives a daemon back the connection that it has lost. To go on for ever is what it is
// for, and nobody waits for it: no callers pile up. What a caller waits for, be it a lost connection, has to end.
func (c *cycle) reconnects() bool {
	opens := false
	for _, op := range c.ops {
		name := flow.CalleeName(op)
		opens = opens || connects.MatchString(name)
		if delivers.MatchString(name) {
			return false
		}
	}
	return opens && c.f.isDaemon(c.fn, c.head, c.region, false, 0)
}

// isDaemon reports whether nobody waits for what a function does in a block, a loop there if it is one: it is done in a
// round of a loop that waits for what happens, or in a goroutine, after something has happened. Lost says that what it
// is done for is known to be a connection that was lost, by the name of a function on the way.
func (f *finder) isDaemon(fn *ssa.Function, at *ssa.BasicBlock, but *region, lost bool, depth int) bool {
	for _, r := range regions(fn) {
		if r.blocks[at] && (but == nil || r.head != but.head) && awaits(r, but) {
			return true
		}
	}
	if depth > 4 || f.g.UsedAsValue(fn) {
		return false
	}
	lost = lost || afresh.MatchString(fn.Name()) || awaitsBefore(at)
	callers := f.g.Callers(fn)
	for _, caller := range callers {
		_, starts := caller.(*ssa.Go)
		switch {
		case starts && !flow.InLoop(caller.Block()) && (lost || awaitsBefore(caller.Block())):
		case !f.isDaemon(caller.Parent(), caller.Block(), nil, lost, depth+1):
			return false
		}
	}
	return len(callers) > 0
}

// awaits reports whether a loop waits for what happens, outside of a loop in it.
func awaits(r, but *region) bool {
	for instr := range r.instructions() {
		if (but == nil || !but.has(instr)) && isEvent(instr) {
			return true
		}
	}
	return false
}

// awaitsBefore reports whether something has happened that was waited for when control gets to a block.
func awaitsBefore(b *ssa.BasicBlock) bool {
	for ; b != nil; b = b.Idom() {
		for _, instr := range b.Instrs {
			if isEvent(instr) {
				return true
			}
		}
	}
	return false
}

// isEvent reports whether an instruction waits for what happens: for more than time that passes, or the end of a context.
func isEvent(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		ch, ok := instr.X.Type().Underlying().(*types.Chan)
		return ok && brings(instr.X, ch)
	case *ssa.Select:
		for _, state := range instr.States {
			ch, ok := state.Chan.Type().Underlying().(*types.Chan)
			if ok && instr.Blocking && state.Dir == types.RecvOnly && brings(state.Chan, ch) {
				return true
			}
		}
	}
	return false
}

// brings reports whether what comes out of a channel is an event.
func brings(v ssa.Value, ch *types.Chan) bool {
	call, ok := v.(*ssa.Call)
	return catalog.TypeName(ch.Elem()) != "time.Time" && !(ok && strings.HasPrefix(flow.CalleeName(call), "Done"))
}
