package budget

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A Detachment is a context without a past, or a request with one, under which remote calls are
// made although the function was given a context that ends with its caller.
type Detachment struct {
	Root  *ssa.Call      // that makes it: context.Background(), http.NewRequest(…)
	Given *ssa.Parameter // the context at hand, or the request that a handler answers
	Calls []Detached
}

// A Detached is a call that is made under the context of a Detachment.
type Detached struct {
	Instr  ssa.CallInstruction
	Remote *remote.Call // nil if the call is of a function that makes one
	Leaf   Leaf
}

// ancestry is where a context, or a request, has its deadline and cancellation from.
type ancestry struct {
	roots   []*ssa.Call      // functions that make one without a past
	params  []*ssa.Parameter // what the package's functions are given
	unknown bool             // something else
	decided bool             // it was given a deadline, or detached, or is cancelled by something
}

type step struct {
	v    ssa.Value
	call ssa.CallInstruction
}

func (f *finder) ancestry(v ssa.Value) ancestry {
	var a ancestry
	f.follow(v, nil, &a, map[step]bool{})
	return a
}

func (f *finder) follow(v ssa.Value, frame *flow.Frame, a *ancestry, seen map[step]bool) {
	at := step{v: v}
	if frame != nil {
		at.call = frame.Call
	}
	if v == nil || seen[at] {
		a.unknown = a.unknown || v == nil
		return
	}
	seen[at] = true
	for _, source := range f.g.Trace(v, frame) {
		call, isCall := source.Value.(*ssa.Call)
		var hand *catalog.Handover
		if isCall && source.Kind == flow.Result {
			hand = catalog.HandoverOf(flow.CalleeObject(call))
		}
		switch {
		case source.Kind == flow.Nil:
		case source.Kind == flow.Param && isDeadlined(source.Value.Type()):
			a.params = append(a.params, source.Value.(*ssa.Parameter))
		case hand == nil || f.g.Overwritten(source.Origin, source.At):
			a.unknown = true
		case hand.Effect == catalog.Drops && hand.Parent == catalog.None && isDeadlined(resultOf(call)):
			a.roots = append(a.roots, call)
		default:
			a.decided = a.decided || hand.Effect != catalog.Keeps || isCancelled(call)
			f.follow(flow.Operand(call, hand.Parent), source.Frame, a, seen)
		}
	}
}

// isDeadlined reports whether t is a context, or a request that has one for good.
func isDeadlined(t types.Type) bool {
	switch catalog.TypeName(t) {
	case "context.Context", "net/http.Request":
		return true
	}
	return false
}

func resultOf(call *ssa.Call) types.Type {
	if tuple, ok := call.Type().(*types.Tuple); ok {
		return tuple.At(0).Type()
	}
	return call.Type()
}

// isCancelled reports whether a derived context's cancel function does more than release it at the
// function's end.
func isCancelled(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		cancel, ok := ref.(*ssa.Extract)
		if !ok {
			continue
		}
		if _, ok := cancel.Type().Underlying().(*types.Signature); !ok {
			continue
		}
		for _, use := range *cancel.Referrers() {
			if deferred, ok := use.(*ssa.Defer); !ok || deferred.Call.Value != cancel {
				return true
			}
		}
	}
	return false
}

// detached finds the calls that leave out the context at hand.
func (f *finder) detached() {
	byRoot := map[*ssa.Call]*Detachment{}
	spoilt := map[*ssa.Call]bool{}
	note := func(v ssa.Value, d Detached) {
		if v == nil {
			return
		}
		a := f.ancestry(v)
		given := f.given(d, a)
		for _, root := range a.roots {
			if given == nil {
				spoilt[root] = true // somebody has use for it
				continue
			}
			if byRoot[root] == nil {
				byRoot[root] = &Detachment{Root: root, Given: given}
				f.result.Detachments = append(f.result.Detachments, byRoot[root])
			}
			byRoot[root].Calls = append(byRoot[root].Calls, d)
		}
	}
	for _, call := range f.calls.Calls {
		note(call.Under(), Detached{Instr: call.Instr, Remote: call, Leaf: leafOf(call)})
	}
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		f.sentAbroad(call, func(_ ssa.CallInstruction, v ssa.Value, leaf Leaf) {
			note(v, Detached{Instr: call, Leaf: leaf})
		})
		fn := f.g.Callee(call)
		if fn == nil {
			continue
		}
		for i, p := range fn.Params {
			if leaf, ok := f.sends[p]; ok && !f.livesOn(call, i) {
				note(flow.Argument(call, i), Detached{Instr: call, Leaf: leaf})
			}
		}
	}
	f.result.Detachments = slices.DeleteFunc(f.result.Detachments, func(d *Detachment) bool { return spoilt[d.Root] || f.deliberate(d) })
}

// given returns the context, or request, that is at hand where the roots of a call's context are
// made; nil if there is none, or a good reason not to use it.
func (f *finder) given(d Detached, a ancestry) *ssa.Parameter {
	if a.unknown || a.decided || len(a.params) > 0 || len(a.roots) == 0 {
		return nil
	}
	chain := f.chain(d.Instr)
	if callee := flow.CalleeObject(d.Instr); callee != nil && cleansUp(callee.Name()) {
		return nil
	}
	var given *ssa.Parameter
	for _, root := range a.roots {
		i := slices.Index(chain, root.Parent())
		if i < 0 {
			return nil
		}
		if given = atHand(chain[i:]); given == nil {
			return nil
		}
	}
	instr := ssa.Instruction(d.Instr)
	for _, fn := range chain {
		if cleansUp(fn.Name()) || overBefore(instr) {
			return nil
		}
		if next := f.g.CalledHere(fn); next != nil {
			instr = next
		}
	}
	if outlives(d.Instr) {
		return nil
	}
	return given
}

// atHand returns the context that one of the functions, literals and those around them, was given,
// or the request that it answers.
func atHand(fns []*ssa.Function) *ssa.Parameter {
	for _, fn := range fns {
		w, r := served(fn.Signature)
		for _, p := range fn.Params {
			if obj := p.Object(); obj == nil || obj.Name() == "" || obj.Name() == "_" { // go/ssa calls it arg0
				continue
			}
			if catalog.TypeName(p.Type()) == "context.Context" || w != nil && p.Object() == r {
				return p
			}
		}
	}
	return nil
}

// overBefore reports whether instr comes after a look at whether a context is over: what follows
// has to be done all the same.
func overBefore(instr ssa.Instruction) bool {
	for _, block := range instr.Parent().Blocks {
		if !block.Dominates(instr.Block()) {
			continue
		}
		for _, before := range block.Instrs {
			if before == instr {
				break
			}
			if call, ok := before.(ssa.CallInstruction); ok {
				switch catalog.Name(flow.CalleeObject(call)) {
				case "context.Context.Done", "context.Context.Err", "context.Cause", "net/http.Hijacker.Hijack", "net/http.ResponseController.Hijack":
					return true
				case "errors.Is":
					if aboutContext(flow.Operand(call, catalog.Arg1)) {
						return true
					}
				}
			}
			if cmp, ok := before.(*ssa.BinOp); ok && (aboutContext(cmp.X) || aboutContext(cmp.Y)) {
				return true
			}
		}
	}
	return false
}

// aboutContext reports whether v is context.Canceled or context.DeadlineExceeded.
func aboutContext(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	global, ok := load.X.(*ssa.Global)
	return ok && global.Pkg != nil && global.Pkg.Pkg.Path() == "context"
}

// outlives reports whether the result of a call is kept for other callers: it is stored in a
// package-level variable, or in a field of something that the function did not make.
func outlives(call ssa.CallInstruction) bool {
	v, ok := call.(*ssa.Call)
	if !ok {
		return false
	}
	results := []ssa.Value{v}
	for _, ref := range *v.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok {
			results = append(results, extract)
		}
	}
	for _, result := range results {
		for _, ref := range *result.Referrers() {
			store, ok := ref.(*ssa.Store)
			if !ok || store.Val != result {
				continue
			}
			switch addr := store.Addr.(type) {
			case *ssa.Global:
				return true
			case *ssa.FieldAddr:
				if _, local := addr.X.(*ssa.Alloc); !local {
					return true
				}
			}
		}
	}
	return false
}

// cleansUp reports whether a function is called for what has to be done in any case, also when the
// caller has gone.
func cleansUp(name string) bool { return cleanupWords.MatchString(name) }

// cleanupWords stand as words in such names: rollbackTx, ReleaseLock, onShutdown.
var cleanupWords = regexp.MustCompile(`(?:^|[a-z0-9_])(?:Rollback|RollBack|Unlock|Release|Shutdown|ShutDown|Stop|Flush|Close|Cancel|Clean|Cleanup|CleanUp|Teardown|TearDown|Drain|Dispose|Destroy|Abort|Revert|Undo|Compensate|Deregister|Unregister|Detach|Background|Async)(?:[A-Z0-9_]|$)|` +
	`^(?:rollback|rollBack|unlock|release|shutdown|shutDown|stop|flush|close|cancel|clean|cleanup|cleanUp|teardown|tearDown|drain|dispose|destroy|abort|revert|undo|compensate|deregister|unregister|detach|background|async)(?:[A-Z0-9_]|$)`)

// deliberate reports whether the source says that the context is left out on purpose: a comment at
// one of the places speaks of it, or the one at hand is overwritten.
func (f *finder) deliberate(d *Detachment) bool {
	if f.replaces(d.Root, d.Given) {
		return true
	}
	places := []token.Pos{d.Root.Pos()}
	for _, call := range d.Calls {
		places = append(places, call.Instr.Pos())
	}
	for _, pos := range places {
		if f.explained(pos) {
			return true
		}
	}
	for _, node := range f.g.Path(d.Root.Pos()) {
		if decl, ok := node.(*ast.FuncDecl); ok && decl.Doc != nil && aboutCallers.MatchString(decl.Doc.Text()) {
			return true
		}
	}
	return false
}

// replaces reports whether root is assigned to the variable at hand itself: ctx = context.Background().
func (f *finder) replaces(root *ssa.Call, given *ssa.Parameter) bool {
	for _, node := range f.g.Path(root.Pos()) {
		if assign, ok := node.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && given.Object() != nil && f.pass.TypesInfo.Uses[id] == given.Object() {
					return true
				}
			}
		}
	}
	return false
}

// explained reports whether a comment at the line of pos, or above its statement, speaks of
// contexts.
func (f *finder) explained(pos token.Pos) bool {
	file := f.g.FileOf(pos)
	if file == nil {
		return false
	}
	line := func(p token.Pos) int { return f.pass.Fset.PositionFor(p, false).Line }
	from, to := line(pos), line(pos)
	for _, node := range f.g.Path(pos) {
		if stmt, ok := node.(ast.Stmt); ok {
			if _, block := stmt.(*ast.BlockStmt); !block {
				from = min(from, line(stmt.Pos()))
			}
			break
		}
	}
	for _, group := range file.Comments {
		if end := line(group.End()); (end == from-1 || from <= end && line(group.Pos()) <= to) && explains(group.Text()) {
			return true
		}
	}
	return false
}

// explains reports whether a comment gives a reason for a context of its own; that one is missing
// still, which it may say too, is none.
func explains(comment string) bool {
	return aboutContexts.MatchString(comment) && !strings.Contains(comment, "TODO") && !strings.Contains(comment, "FIXME")
}

// What such comments speak of. The one on a function may say that it takes a context: that says
// nothing.
var (
	aboutCallers  = regexp.MustCompile(`(?i)\b(?:cancel\w*|detach\w*|background|outlives?|regardless|even (?:if|when|though)|best.effort|on purpose|deliberate\w*|intention\w*|asynchronous\w*)\b`)
	aboutContexts = regexp.MustCompile(`(?i)\b(?:contexts?|ctx|deadlines?)\b|` + aboutCallers.String())
)
