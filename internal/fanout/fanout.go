// Package fanout finds the loops that start a goroutine for each item of a collection, where each calls
// someone else, and nothing limits how many of them there are at a time.
package fanout

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
)

// Analyzer finds the fan-outs of a package.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintfanout",
	Doc:        "find loops that start a goroutine with a remote call for each item",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, loops.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Few)(nil), (*Waits)(nil)},
}

// A Result is the fan-outs of a package.
type Result struct {
	Fans    []*Fan
	Limited []token.Pos // of those whose number something limits: the calls that start the goroutines
}

// A Fan is a place where a goroutine is started for each item of a collection.
type Fan struct {
	Node  ast.Node            // the go statement, or the call that starts the goroutine
	Start ssa.CallInstruction // the same
	Loop  ast.Stmt
	Over  ast.Expr // the collection
	Op    loops.Op // a remote call that each of them makes
	Group bool     // they are started by an errgroup, whose limit could be set
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	retries := pass.ResultOf[loops.Analyzer].(*loops.Result)
	if g == nil || retries == nil {
		return (*Result)(nil), nil
	}
	f := &finder{
		g: g, pass: pass, loops: retries, asking: map[*types.Var]bool{}, inside: map[*ssa.Function]bool{}, few: map[*types.Func]bool{},
		calls: map[token.Pos]ssa.CallInstruction{}, result: &Result{},
	}
	for instr := range g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok && call.Pos().IsValid() {
			f.calls[call.Pos()] = call
		}
	}
	f.pages()
	f.turns()
	r := f.result
	for instr := range g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if fan := f.fan(call); fan != nil {
				r.Fans = append(r.Fans, fan)
			}
		}
	}
	return r, nil
}

type finder struct {
	g      *flow.Graph
	pass   *analysis.Pass
	loops  *loops.Result
	result *Result

	calls  map[token.Pos]ssa.CallInstruction // by their left parenthesis
	asking map[*types.Var]bool               // does it grow
	inside map[*ssa.Function]bool            // does it return what grows
	few    map[*types.Func]bool              // functions that say how many they want
	waits  map[*ssa.Function]bool            // for their turn
}

// fan returns what is known of a call as one that starts a goroutine for each item, or nil.
func (f *finder) fan(call ssa.CallInstruction) *Fan {
	fan := &Fan{Start: call}
	var literal ast.Node
	switch call := call.(type) {
	case *ssa.Go:
		fan.Node = f.statement(call)
	case *ssa.Call:
		if !startsGoroutine(flow.CalleeObject(call)) {
			return nil
		}
		if f.limited(call) {
			f.limit(call)
			return nil
		}
		fan.Group = canLimit(flow.CalleeObject(call), f.pass.Pkg)
		if node := f.g.CallAt(call.Pos()); node != nil {
			fan.Node = node
		}
	}
	if fan.Node == nil {
		return nil
	}
	fan.Loop, fan.Over = f.loop(fan.Node)
	if fan.Loop == nil || f.bounded(fan.Over) || f.paged(fan.Loop) || !f.grows(fan.Over) {
		return nil
	}
	op, fn, ok := f.operation(call)
	if !ok {
		return nil
	}
	if fn != nil {
		literal = fn.Syntax()
	}
	if f.throttled(fan, literal, fn) || lasts(literal) || serialized(op.Call) || f.isAddress(fan, literal) {
		return nil
	}
	fan.Op = op
	return fan
}

// limit notes a goroutine of a group with a limit, if it makes a remote call.
func (f *finder) limit(call *ssa.Call) {
	if _, _, ok := f.operation(call); ok {
		f.result.Limited = append(f.result.Limited, call.Pos())
	}
}

// statement returns the go statement of an instruction.
func (f *finder) statement(instr *ssa.Go) ast.Node {
	for _, node := range f.g.Path(instr.Pos()) {
		if stmt, ok := node.(*ast.GoStmt); ok {
			return stmt
		}
	}
	return nil
}

// groups are types whose method Go starts a goroutine, as many as it is called.
var groups = map[string]bool{
	"golang.org/x/sync/errgroup.Group": true, "sync.WaitGroup": true, "github.com/sourcegraph/conc.WaitGroup": true,
}

// startsGoroutine reports whether a function is the method Go of a group: of a library's, or of one of the
// module around it.
func startsGoroutine(fn *types.Func) bool {
	if fn == nil || fn.Name() != "Go" || fn.Signature().Recv() == nil {
		return false
	}
	t := fn.Signature().Recv().Type()
	if groups[catalog.TypeName(t)] {
		return true
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if field.Embedded() && groups[catalog.TypeName(field.Type())] {
			return true
		}
	}
	return false
}

// canLimit reports whether the group that a function is a method of is an errgroup, or is around one.
func canLimit(fn *types.Func, from *types.Package) bool {
	obj, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, from, "SetLimit")
	limit, ok := obj.(*types.Func)
	return ok && catalog.Name(limit) == "golang.org/x/sync/errgroup.Group.SetLimit"
}

// limited reports whether the group of a call may have a limit: it is not made in the function, or by a call
// that is given one, or one is set.
func (f *finder) limited(call *ssa.Call) bool {
	group := flow.Operand(call, catalog.Recv)
	for _, source := range f.g.Trace(group, nil) {
		switch source.Kind {
		case flow.New:
			maker := source.Value.Parent()
			if !within(call.Parent(), maker) && (source.Frame == nil || takesLimit(source.Frame.Call) || setsLimit(maker)) {
				return true
			}
		case flow.Result:
			if made, ok := source.Value.(*ssa.Call); !ok || takesLimit(made) {
				return true
			}
		default:
			return true
		}
	}
	outer := call.Parent()
	for outer.Parent() != nil {
		outer = outer.Parent()
	}
	return setsLimit(outer)
}

// setsLimit reports whether a function calls one that limits how many things happen at a time.
func setsLimit(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		if other, ok := instr.(ssa.CallInstruction); ok && flow.CalleeName(other) != "Wait" && limits.MatchString(flow.CalleeName(other)) {
			return true
		}
	}
	return false
}

func within(fn, outer *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == outer {
			return true
		}
	}
	return false
}

// takesLimit reports whether a call makes a group that has a limit: it is given a number, or says so.
func takesLimit(call ssa.CallInstruction) bool {
	for _, arg := range call.Common().Args {
		if basic, ok := arg.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsInteger != 0 {
			return true
		}
	}
	return limits.MatchString(flow.CalleeName(call))
}

// operation returns a remote call that the goroutine makes, and the function that it runs. Calls of databases and
// caches are none of them: their clients have a pool, which is what limits them.
func (f *finder) operation(call ssa.CallInstruction) (loops.Op, *ssa.Function, bool) {
	fn := started(call)
	if fn == nil {
		if leaves, _ := f.loops.Leaves(call); leaves && !serves.MatchString(flow.CalleeName(call)) && !isPooled(call) {
			return loops.Op{Call: call, Name: flow.CalleeName(call)}, nil, true
		}
		return loops.Op{}, nil, false
	}
	if serves.MatchString(fn.Name()) {
		return loops.Op{}, nil, false
	}
	ops, _ := f.loops.Operations(fn)
	for _, op := range ops {
		name := flow.CalleeName(op.Call)
		if !serves.MatchString(name) && !asides.MatchString(name) && !f.elsewhere(op.Call) && f.callsService(op.Call, map[*ssa.Function]bool{}) {
			return op, fn, true
		}
	}
	if op := f.cloud(fn, map[*ssa.Function]bool{}); op != nil {
		return loops.Op{Call: op, Name: catalog.Name(flow.CalleeObject(op))}, fn, true
	}
	return loops.Op{}, nil, false
}

// callsService reports whether a call comes to one of another service, and not of databases alone.
func (f *finder) callsService(call ssa.CallInstruction, seen map[*ssa.Function]bool) bool {
	if isPooled(call) {
		return false
	}
	fn := f.g.Callee(call)
	if fn == nil {
		return true
	}
	if seen[fn] {
		return false
	}
	seen[fn] = true
	ops, _ := f.loops.Operations(fn)
	return len(ops) == 0 || slices.ContainsFunc(ops, func(op loops.Op) bool { return f.callsService(op.Call, seen) })
}

// stores are names of types and packages that stand for a database or a cache.
var stores = regexp.MustCompile(`(?i)(repo(sitory|sitories)?|store|storage|dao|db|database|cache|querier|queries|persistence|persister|tx|transaction|model|schema)s?$`)

// isPooled reports whether a call is one of a database or a cache, by its library or by the name of the type that
// it is a method of.
func isPooled(call ssa.CallInstruction) bool {
	callee := flow.CalleeObject(call)
	if callee == nil || callee.Pkg() == nil {
		return false
	}
	if catalog.PoolsConnections(callee.Pkg().Path()) {
		return true
	}
	if recv := callee.Signature().Recv(); recv != nil && stores.MatchString(lastName(recv.Type())) {
		return true
	}
	return stores.MatchString(callee.Pkg().Name())
}

// started returns the function that a goroutine runs, if it can be seen.
func started(call ssa.CallInstruction) *ssa.Function {
	function := func(v ssa.Value) *ssa.Function {
		switch v := v.(type) {
		case *ssa.Function:
			return v
		case *ssa.MakeClosure:
			fn, _ := v.Fn.(*ssa.Function)
			return fn
		}
		return nil
	}
	if _, ok := call.(*ssa.Go); ok {
		if fn := function(call.Common().Value); fn != nil && fn.Blocks != nil {
			return fn
		}
		return nil
	}
	for _, arg := range call.Common().Args {
		if fn := function(arg); fn != nil {
			return fn
		}
	}
	return nil
}

// cloud returns a call of an SDK that sends a request without a context.
func (f *finder) cloud(fn *ssa.Function, seen map[*ssa.Function]bool) ssa.CallInstruction {
	if fn == nil || seen[fn] {
		return nil
	}
	seen[fn] = true
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		if catalog.CallsCloud(flow.CalleeObject(call)) {
			return call
		}
		if found := f.cloud(f.g.Callee(call), seen); found != nil {
			return found
		}
	}
	return nil
}
