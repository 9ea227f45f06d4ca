package loops

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// libraries finds the calls of retry libraries, and the clients and handlers that attempt again by
// themselves.
func (f *finder) libraries() {
	found := &found{f: f, by: map[ast.Node]*Retry{}}
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			if retrier := catalog.RetrierOf(flow.CalleeObject(instr)); retrier != nil {
				found.entry(instr, retrier)
			}
			if made, ok := instr.(*ssa.Call); ok {
				if knob := catalog.KnobOf(flow.CalleeObject(instr)); knob != nil && knob.Itself {
					found.client(made, knob.Name)
				}
				found.byHand(made)
			}
		case *ssa.Alloc:
			if t := policy.Timetable(instr); t != nil && t.Itself {
				found.client(instr, t.Name)
			}
		}
	}
}

// found gathers a package's retries by library: one for each place where a policy is built.
type found struct {
	f  *finder
	by map[ast.Node]*Retry
}

// entry notes a call that attempts a function again.
func (l *found) entry(call ssa.CallInstruction, retrier *catalog.Retrier) {
	var ops []Op
	attempted := unconverted(flow.Operand(call, retrier.Func))
	if attempted != nil {
		var seen bool
		if ops, seen = l.f.opsOf(attempted); seen && (len(ops) == 0 || l.f.givesUp(attempted, ops) || l.f.waitsFor(call, attempted, ops)) {
			return
		}
		if l.f.isAnyones(call.Parent(), ops) {
			return
		}
	}
	scheme := l.f.policies.Entry(call, retrier, attempted)
	r := under(&scheme, retrier.Name)
	r.Ops = ops
	if r.Bounds&(policy.ByContext|policy.ByOther) == 0 && r.Waits {
		r.Ctx = l.f.contextOf(call.Parent())
	}
	at := l.f.callSyntax(call)
	if at == nil {
		return
	}
	r.Node, r.Func = at, call.Parent()
	if node, fn := l.built(&scheme, at); node != nil {
		r.Node, r.Func = node, fn
	}
	l.f.circumstances(r, call.Parent())
	r.Body = l.f.bodyIn(attempted, ops)
	l.add(r, at, call.Parent())
}

// isAnyones reports whether all that is attempted is a function that the caller of a helper gives it, of which nobody
// in the package is one: what it does is not known, and whether there are callers.
func (f *finder) isAnyones(helper *ssa.Function, ops []Op) bool {
	if len(ops) == 0 || helper.Parent() != nil || len(f.g.Callers(helper)) > 0 {
		return false
	}
	for _, op := range ops {
		free, ok := op.Call.Common().Value.(*ssa.FreeVar)
		if load, isLoad := op.Call.Common().Value.(*ssa.UnOp); isLoad {
			free, ok = load.X.(*ssa.FreeVar)
		}
		if !ok || !slices.ContainsFunc(f.g.Bindings(free), holdsParameter) {
			return false
		}
	}
	return true
}

// holdsParameter reports whether a value is a parameter, or the variable that one is kept in.
func holdsParameter(v ssa.Value) bool {
	if alloc, ok := v.(*ssa.Alloc); ok {
		for _, ref := range *alloc.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
				v = store.Val
			}
		}
	}
	_, ok := v.(*ssa.Parameter)
	return ok
}

// waitsFor reports whether a function is called again by a library until something has come about, and
// not because it has failed.
func (f *finder) waitsFor(call ssa.CallInstruction, attempted ssa.Value, ops []Op) bool {
	if isWaiter(call.Parent()) || f.asksForState(f.funcOf(attempted)) || f.onlyForAnswers(call) {
		return true
	}
	for _, op := range ops {
		call, ok := op.Call.(*ssa.Call)
		if !ok || !f.isProbe(call) {
			return false
		}
	}
	return true
}

// onlyForAnswers reports whether a library is given a predicate that lets it go on for answers alone:
// retry.RetryIf(isConflict).
func (f *finder) onlyForAnswers(call ssa.CallInstruction) bool {
	found := false
	var given func(v ssa.Value, depth int)
	given = func(v ssa.Value, depth int) {
		if list, ok := v.(*ssa.Slice); ok {
			for _, element := range policy.Elements(list) {
				given(element, depth)
			}
		}
		if option, ok := v.(*ssa.Call); ok && depth < 2 {
			for _, arg := range option.Call.Args {
				given(arg, depth+1)
			}
		}
		if fn := f.funcOf(unconverted(v)); fn != nil && isPredicate(fn.Signature) {
			_, all := testedIn(fn)
			found = found || all
		}
	}
	for _, arg := range call.Common().Args {
		given(arg, 0)
	}
	return found
}

// isPredicate reports whether a function says of an error whether it is of some kind.
func isPredicate(sig *types.Signature) bool {
	return sig.Params().Len() == 1 && isError(sig.Params().At(0).Type()) && decides(sig)
}

// client notes something that attempts its calls again by itself, where it is made.
func (l *found) client(made ssa.Value, name string) {
	scheme := l.f.policies.Value(made)
	if scheme.Attempts == 1 && scheme.Misuse == "" {
		return
	}
	r := under(&scheme, name)
	r.Client, r.Ops = true, l.callsOf(made)
	r.Func = made.Parent()
	if r.Node = l.f.madeBy(made); r.Node != nil {
		l.add(r, r.Node, r.Func)
	}
}

// callsOf returns the package's calls through a client.
func (l *found) callsOf(client ssa.Value) []Op {
	o := flow.Origin{Kind: flow.New, Value: client}
	if _, ok := client.(*ssa.Call); ok {
		o.Kind = flow.Result
	}
	var ops []Op
	for instr := range l.f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || l.f.remote[call] == nil || l.f.remote[call].Object == nil {
			continue
		}
		if made := l.f.remote[call]; l.f.through(made.Object, o, 0) {
			ops = append(ops, Op{Call: call, Name: made.API.Name[strings.LastIndexByte(made.API.Name, '/')+1:]})
		}
	}
	return ops
}

const maxBuilt = 12 // calls of a builder

// through reports whether v is a client, or what one has made: a request.
func (f *finder) through(v ssa.Value, client flow.Origin, depth int) bool {
	if v == nil || depth > maxBuilt {
		return false
	}
	for _, o := range f.g.Objects(v) {
		if o == client {
			return true
		}
		call, ok := o.Value.(*ssa.Call)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		base := flow.Operand(call, catalog.Recv)
		if knob := catalog.KnobOf(callee); knob == nil || knob.Base != catalog.Recv {
			maker := catalog.MakerOf(callee)
			if maker == nil {
				continue
			}
			base = flow.Operand(call, maker.Base)
		}
		if f.through(base, client, depth+1) {
			return true
		}
	}
	return false
}

// built returns where the policy of a call is built, if that is in one place outside of the call's
// own expression. Of a chain of calls it is the one that begins it: roko.NewRetrier(…).Do(…).
func (l *found) built(scheme *policy.Scheme, call ast.Node) (ast.Node, *ssa.Function) {
	if len(scheme.Made) != 1 {
		return nil, nil
	}
	made := scheme.Made[0]
	node := l.f.madeBy(made)
	if node == nil {
		return nil, nil
	}
	if call.Pos() <= node.Pos() && node.End() <= call.End() && node.Pos() != call.Pos() {
		return nil, nil // an argument
	}
	return node, made.Parent()
}

// add notes a retry, once for each place where a policy is built; for calls that do not share what
// it says, at the calls.
func (l *found) add(r *Retry, call ast.Node, fn *ssa.Function) {
	if old := l.by[r.Node]; old != nil {
		if old.Policy == r.Policy && old.Misuse == r.Misuse {
			if len(old.Ops) > 0 && len(r.Ops) > 0 {
				old.Ops = append(old.Ops, r.Ops...)
			}
			if old.Ctx == nil {
				old.Ctx = r.Ctx
			}
			return
		}
		r.Node, r.Func = call, fn
	}
	l.by[r.Node] = r
	l.f.result.Retries = append(l.f.result.Retries, r)
}

// under returns what is known of the attempts under a policy of a library, to which something of that
// name belongs.
func under(scheme *policy.Scheme, name string) *Retry {
	return &Retry{Form: Library, Policy: scheme.Policy, Library: libraryName(name), Misuse: scheme.Misuse}
}

// libraryName returns what a library is called after its path: its owner and name.
func libraryName(entry string) string {
	parts := strings.Split(catalog.RetryLibrary(entry), "/")
	if len(parts) > 3 && parts[1] == "resilint" {
		return strings.Join(parts[2:], "/") // this project's
	}
	return strings.Join(parts[1:min(len(parts), 3)], "/")
}

// unconverted returns a function value without the conversions to the type that the library gives it.
func unconverted(v ssa.Value) ssa.Value {
	for {
		convert, ok := v.(*ssa.ChangeType)
		if !ok {
			return v
		}
		v = convert.X
	}
}

// callSyntax returns the expression of a call.
func (f *finder) callSyntax(call ssa.CallInstruction) ast.Node {
	for _, node := range f.g.Path(call.Pos()) {
		switch node := node.(type) {
		case *ast.CallExpr:
			if node.Lparen == call.Pos() {
				return node
			}
		case *ast.GoStmt:
			return node.Call
		case *ast.DeferStmt:
			return node.Call
		}
	}
	return nil
}

// madeBy returns the expression that makes a policy.
func (f *finder) madeBy(made ssa.Value) ast.Node {
	if call, ok := made.(*ssa.Call); ok {
		return f.callSyntax(call)
	}
	return f.g.Syntax(flow.Source{Origin: flow.Origin{Kind: flow.New, Value: made}}, f.pass.TypesInfo)
}
