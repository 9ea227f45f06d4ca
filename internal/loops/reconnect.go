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

// connects reports whether a loop opens a connection, and does nothing with it: by the name of what it calls, or by its own.
func (c *cycle) connects() bool {
	opens := afresh.MatchString(c.fn.Name())
	for _, op := range c.ops {
		name := flow.CalleeName(op)
		opens = opens || connects.MatchString(name)
		if delivers.MatchString(name) {
			return false
		}
	}
	return opens
}

// reconnects reports whether a loop that opens a connection gives a daemon back the one that it has lost. To go on for
// ever is what it is for, and nobody waits for it: no callers pile up. What a caller waits for, be it a lost connection,
// has to end.
func (c *cycle) reconnects() bool {
	return c.f.isDaemon(c.fn, c.head, c.region, false, 0) || c.startsAside()
}

// isDaemon reports whether nobody waits for what a function does in a block, a loop there if it is one: it is done in a
// round of a loop that waits for what happens, or in a goroutine, after something has happened. Lost says that what it
// is done for is known to be a connection that was lost, by the name of a function on the way. Whoever makes the first
// connection, when the program starts, may do so by the same function.
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
	daemon := false
	for _, caller := range f.g.Callers(fn) {
		_, starts := caller.(*ssa.Go)
		switch {
		case starts && !flow.InLoop(caller.Block()) && (lost || awaitsBefore(caller.Block())),
			f.isDaemon(caller.Parent(), caller.Block(), nil, lost, depth+1):
			daemon = true
		case starts || flow.InLoop(caller.Block()) || !f.starts(caller.Parent()):
			return false
		}
	}
	return daemon
}

// startsAside reports whether a loop is all that a goroutine does which main starts once: the program serves meanwhile, and
// does without what it is not connected to.
func (c *cycle) startsAside() bool {
	for _, r := range regions(c.fn) {
		if r.head != c.head && r.blocks[c.head] {
			return false
		}
	}
	callers := c.f.g.Callers(c.fn)
	if c.fn.Pkg == nil || c.fn.Pkg.Pkg.Name() != "main" || len(callers) != 1 || flow.InLoop(callers[0].Block()) {
		return false
	}
	_, aside := callers[0].(*ssa.Go)
	return aside && isMain(callers[0].Parent())
}

// aside reports whether nobody waits for what a function does but whoever started the program: it is what a goroutine does, or
// main, or a function that these call, and none else.
func (f *finder) aside(fn *ssa.Function, depth int) bool {
	if fn.Parent() != nil && startedAsGoroutine(fn) || isMain(fn) {
		return true
	}
	callers := f.g.Callers(fn)
	if depth > 4 || len(callers) == 0 || f.g.UsedAsValue(fn) || fn.Object() != nil && fn.Object().Exported() && fn.Pkg.Pkg.Name() != "main" {
		return false
	}
	for _, caller := range callers {
		if _, starts := caller.(*ssa.Go); !starts && !f.aside(caller.Parent(), depth+1) {
			return false
		}
	}
	return true
}

func isMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Signature.Recv() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

// starters are names of functions that make something for who calls them, or start it.
var starters = regexp.MustCompile(`^_?(?i:new|open|make|create|init|setup|start|must|connect|dial|run|listen|register)`)

// starts reports whether a function is run once, when a program starts, or makes something for other packages.
func (f *finder) starts(fn *ssa.Function) bool {
	once, ifOnce := f.startsUp(fn)
	return once || len(ifOnce) > 0 && starters.MatchString(fn.Name())
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
