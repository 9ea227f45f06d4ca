package remote

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// contexts notes where the package's functions pass the contexts they are given, where they
// pass one that has no deadline, and which of them live on.
func (f *finder) contexts() {
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			callee := flow.CalleeObject(instr)
			if catalog.Name(callee) == "context.AfterFunc" && unused(instr) {
				f.outliveValue(flow.Operand(instr, catalog.Arg0)) // something happens at its end
			}
			if callee == nil || apiOf(instr, callee) == nil && catalog.HandoverOf(callee) == nil && !catalog.IsBounded(callee) {
				f.passes(instr, callee)
			}
		case *ssa.Store:
			if _, local := instr.Addr.(*ssa.Alloc); !local && isContext(instr.Val.Type()) {
				if _, captured := instr.Addr.(*ssa.FreeVar); !captured {
					f.outliveValue(instr.Val)
				}
			}
		case *ssa.UnOp: // <-ctx.Done()
			if instr.Op == token.ARROW {
				f.outliveValue(doneOf(instr.X))
			}
		case *ssa.Select:
			f.waits(instr)
		}
	}
}

// unused reports whether nothing is done with the result of a call.
func unused(call ssa.CallInstruction) bool {
	v := call.Value()
	return v == nil || len(*v.Referrers()) == 0
}

// passes notes the contexts among the arguments of a call.
func (f *finder) passes(call ssa.CallInstruction, callee *types.Func) {
	to, ok := f.target(call, callee)
	if !ok {
		// A function value: a handler, a job, which runs for as long as it takes.
		for i := 0; flow.Argument(call, i) != nil; i++ {
			if arg := flow.Argument(call, i); isContext(arg.Type()) {
				f.outliveValue(arg)
			}
		}
		return
	}
	for i := 0; ; i++ {
		arg := flow.Argument(call, i)
		if arg == nil {
			return
		}
		if !isContext(arg.Type()) {
			continue
		}
		l := f.deadline(arg, nil, map[visited]bool{})
		if l.undecided || l.bounded || len(l.requests) > 0 {
			continue
		}
		if callee != nil && !f.g.Defines(call) && (catalog.KeepsContext(callee) || longLived(callee) && f.summary(callee) == nil) {
			f.outlive(l.contexts)
			continue
		}
		param := Param{to, i}
		if len(l.contexts) > 0 {
			p, ok := f.supplied(call, l.contexts)
			if !ok {
				continue
			}
			if p != nil {
				f.evidence.link(paramOf(p), param)
				continue
			}
		}
		if !f.isStream(call.Parent()) {
			f.evidence.Passes = append(f.evidence.Passes, &Pass{Call: call, Index: i, To: param, Callee: callee, Made: f.madeBy(arg)})
		}
	}
}

// madeBy returns the call that made a context, if it is one.
func (f *finder) madeBy(ctx ssa.Value) *ssa.Call {
	sources := f.g.Trace(ctx, nil)
	if len(sources) != 1 || sources[0].Kind != flow.Result {
		return nil
	}
	return sources[0].Value.(*ssa.Call)
}

// target returns the name of the function that a call runs, if it may be one of the module.
func (f *finder) target(call ssa.CallInstruction, callee *types.Func) (string, bool) {
	if fn := f.g.Callee(call); fn != nil {
		return funcName(fn), true
	}
	if callee == nil || callee.Pkg() == nil {
		return "", false
	}
	return callee.FullName(), true
}

// longLived reports whether a function whose body is not seen is likely to keep the context
// for as long as the process lives.
func longLived(fn *types.Func) bool {
	return lastingWords.MatchString(fn.Name())
}

// lastingWords are what such functions are called: Run, StartWorker, WaitForReady.
var lastingWords = regexp.MustCompile(`(?:^|[a-z])(?:Run|Start|Serve|Listen|Consume|Subscribe|Watch|Wait|Loop|Receive|Stream|Poll|Follow|Tail)(?:[A-Z]|$)`)

// supplied returns the parameter that supplies the context of the call that instr makes, nil
// where the package shows that it has no deadline although it lives on. It reports false
// where that is for callers to know.
func (f *finder) supplied(instr ssa.Instruction, contexts []*ssa.Parameter) (*ssa.Parameter, bool) {
	p := contexts[0]
	if obj, ok := p.Parent().Object().(*types.Func); ok && catalog.IsBounded(obj) {
		return nil, false // whoever calls it
	}
	if slices.ContainsFunc(contexts, func(other *ssa.Parameter) bool { return other != p }) {
		return nil, false
	}
	if !f.stops(instr, p) {
		return p, true
	}
	f.outlive(contexts)
	return nil, f.settled(p, 0)
}

// stops reports whether the call that instr makes is no business of those who call the
// function of p: it happens in another goroutine, later, or again and again.
func (f *finder) stops(instr ssa.Instruction, p *ssa.Parameter) bool {
	for {
		if _, ok := instr.(*ssa.Go); ok || repeats(instr) {
			return true
		}
		fn := instr.Parent()
		if fn == p.Parent() {
			return false
		}
		call := f.g.CalledHere(fn)
		if call == nil {
			return true // it came through a field, or the literal is run by someone else
		}
		instr = call
	}
}

// settled reports whether the package shows that a context which lives on has no deadline:
// all calls that supply it are its own, and none has one.
func (f *finder) settled(p *ssa.Parameter, depth int) bool {
	fn := p.Parent()
	obj := fn.Object()
	if depth > 4 || f.g.UsedAsValue(fn) || obj == nil || obj.Exported() && obj.Pkg().Name() != "main" {
		return false
	}
	args := f.g.Arguments(p)
	for _, arg := range args {
		l := f.deadline(arg, nil, map[visited]bool{})
		if l.undecided || l.bounded || len(l.requests) > 0 {
			return false
		}
		for _, outer := range l.contexts {
			if !f.settled(outer, depth+1) {
				return false
			}
		}
	}
	return len(args) > 0
}

// outlive notes contexts that live on: whoever supplies one does so for the life of the
// process, a server or a worker, and sets no deadline for a single call.
func (f *finder) outlive(contexts []*ssa.Parameter) {
	for _, p := range contexts {
		f.evidence.Lives[paramOf(p)] = true
	}
}

func (f *finder) outliveValue(v ssa.Value) {
	if v != nil {
		f.outlive(f.deadline(v, nil, map[visited]bool{}).contexts)
	}
}

// serves notes that the contexts of a function that serves live on: as long as the server.
func (f *finder) serves(fn *ssa.Function) {
	for _, p := range fn.Params {
		if isContext(p.Type()) {
			f.outlive([]*ssa.Parameter{p})
		}
	}
}

// waits notes the contexts that a select in a loop waits for beside something other than a
// timer: a worker's.
func (f *finder) waits(sel *ssa.Select) {
	if !flow.InLoop(sel.Block()) || !sel.Blocking {
		return
	}
	works := false
	for _, state := range sel.States {
		works = works || doneOf(state.Chan) == nil && !isAfter(state.Chan)
	}
	if !works {
		return
	}
	for _, state := range sel.States {
		f.outliveValue(doneOf(state.Chan))
	}
}

// doneOf returns the context whose Done channel ch is, or nil.
func doneOf(ch ssa.Value) ssa.Value {
	call, ok := ch.(*ssa.Call)
	if !ok || catalog.Name(flow.CalleeObject(call)) != "context.Context.Done" {
		return nil
	}
	return flow.Operand(call, catalog.Recv)
}

// isAfter reports whether ch is the channel of a timer made for one wait.
func isAfter(ch ssa.Value) bool {
	switch ch := ch.(type) {
	case *ssa.Call:
		return catalog.Name(flow.CalleeObject(ch)) == "time.After"
	case *ssa.UnOp: // timer.C
		addr, ok := ch.X.(*ssa.FieldAddr)
		return ok && catalog.TypeName(addr.X.Type()) == "time.Timer"
	}
	return false
}
