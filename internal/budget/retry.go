package budget

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A Retry is a loop whose attempts take longer together than their caller has.
type Retry struct {
	Loop     ast.Node
	Attempts int64         // 0 where that is not a constant
	Try      Span          // what bounds one attempt
	Delay    time.Duration // between two, if that is a constant
	Overall  Span

	// Within is the RoundTrip method with the loop, where Overall is the timeout of the client
	// that it works for, and nothing bounds one attempt.
	Within *ssa.Function
}

// Sum returns how long the attempts may take together.
func (r *Retry) Sum() time.Duration {
	return time.Duration(r.Attempts)*r.Try.D + time.Duration(r.Attempts-1)*r.Delay
}

// Reached returns how many attempts begin in time, if each takes as long as it may.
func (r *Retry) Reached() int64 {
	return min(r.Attempts, int64((r.Overall.D-1)/(r.Try.D+r.Delay))+1)
}

// retries finds loops that repeat a remote call, each time with a bound, more often than the
// deadline around them allows.
func (f *finder) retries() {
	for _, call := range f.calls.Calls {
		instr, ok := call.Instr.(*ssa.Call)
		for ok && instr != nil {
			if remote.Retried(instr) {
				f.retry(call, instr)
				break
			}
			instr = f.calledBy(instr.Parent())
		}
	}
	for _, fn := range f.g.SSA.Funcs {
		f.transport(fn)
	}
}

// calledBy returns the call that runs a literal on the spot, or nil.
func (f *finder) calledBy(literal *ssa.Function) *ssa.Call {
	if literal.Parent() == nil {
		return nil
	}
	call, _ := f.g.CalledHere(literal).(*ssa.Call)
	return call
}

// retry judges the loop in which instr makes a remote call, itself or by a literal.
func (f *finder) retry(call *remote.Call, instr *ssa.Call) {
	loop := f.loopAround(instr.Pos())
	if loop == nil {
		return
	}
	attempts, ok := f.attempts(loop)
	if !ok || attempts < 2 {
		return
	}
	inside := func(s Span) bool { return loop.Pos() <= s.At && s.At < loop.End() }
	l := f.lineage(call.Under(), nil)
	try, bounded := l.shortest(inside)
	if own, ok := f.exchange(call.Object, nil); ok && (!bounded || own.D < try.D) {
		try, bounded = own, true
	}
	outside := func(s Span) bool { return !inside(s) && s.At < loop.Pos() && f.sameFunc(s.At, loop.Pos()) }
	overall, limited := l.shortest(outside)
	if !bounded || !limited {
		return
	}
	r := &Retry{Loop: loop, Attempts: attempts, Try: try, Delay: f.delay(instr, loop), Overall: overall}
	if r.Sum() > overall.D {
		f.result.Retries = append(f.result.Retries, r)
	}
}

// sameFunc reports whether two places are in the same declared function.
func (f *finder) sameFunc(x, y token.Pos) bool {
	return f.funcAround(x) != nil && f.funcAround(x) == f.funcAround(y)
}

func (f *finder) funcAround(pos token.Pos) *ast.FuncDecl {
	for _, node := range f.g.Path(pos) {
		if decl, ok := node.(*ast.FuncDecl); ok {
			return decl
		}
	}
	return nil
}

// loopAround returns the innermost loop around pos, within its function.
func (f *finder) loopAround(pos token.Pos) ast.Node {
	for _, node := range f.g.Path(pos) {
		switch node := node.(type) {
		case *ast.ForStmt:
			return node
		case *ast.RangeStmt:
			return node
		case *ast.FuncLit:
			if node.Body.Pos() < pos {
				return nil
			}
		}
	}
	return nil
}

// attempts returns how often a loop runs: "for range 3", "for i := 0; i < 3; i++".
func (f *finder) attempts(loop ast.Node) (int64, bool) {
	switch loop := loop.(type) {
	case *ast.RangeStmt:
		return f.integer(loop.X)
	case *ast.ForStmt:
		init, ok := loop.Init.(*ast.AssignStmt)
		if !ok || len(init.Lhs) != 1 || init.Tok != token.DEFINE {
			return 0, false
		}
		counter, ok := init.Lhs[0].(*ast.Ident)
		if !ok {
			return 0, false
		}
		first, ok := f.integer(init.Rhs[0])
		cond, isCmp := loop.Cond.(*ast.BinaryExpr)
		if !ok || !isCmp || !f.isVar(cond.X, counter) || !f.counts(loop, counter) {
			return 0, false
		}
		last, ok := f.integer(cond.Y)
		switch {
		case ok && cond.Op == token.LSS:
			return last - first, true
		case ok && cond.Op == token.LEQ:
			return last - first + 1, true
		}
	}
	return 0, false
}

// counts reports whether a loop adds one to its counter each time, and does nothing else to it.
func (f *finder) counts(loop *ast.ForStmt, counter *ast.Ident) bool {
	post, ok := loop.Post.(*ast.IncDecStmt)
	if !ok || post.Tok != token.INC || !f.isVar(post.X, counter) {
		return false
	}
	changed := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				changed = changed || f.isVar(lhs, counter)
			}
		case *ast.IncDecStmt:
			changed = changed || f.isVar(n.X, counter)
		case *ast.UnaryExpr:
			changed = changed || n.Op == token.AND && f.isVar(n.X, counter)
		}
		return !changed
	})
	return !changed
}

func (f *finder) isVar(e ast.Expr, declared *ast.Ident) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && f.pass.TypesInfo.Uses[id] != nil && f.pass.TypesInfo.Uses[id] == f.pass.TypesInfo.Defs[declared]
}

func (f *finder) integer(e ast.Expr) (int64, bool) {
	v := f.pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v)
}

// delay returns the shortest constant for which a round that fails waits.
func (f *finder) delay(call *ssa.Call, loop ast.Node) time.Duration {
	var shortest time.Duration
	for _, block := range call.Parent().Blocks {
		for _, instr := range block.Instrs {
			wait, ok := instr.(*ssa.Call)
			if !ok || wait.Pos() < loop.Pos() || loop.End() <= wait.Pos() {
				continue
			}
			switch catalog.Name(flow.CalleeObject(wait)) {
			case "time.Sleep", "time.After", "time.NewTimer":
				if d, ok := duration(wait.Call.Args[0], nil); ok && d > 0 && (shortest == 0 || d < shortest) {
					shortest = d
				}
			}
		}
	}
	return shortest
}

// transport finds clients with a timeout whose transport, of type T, repeats requests in its
// RoundTrip method fn: the timeout covers all tries.
func (f *finder) transport(fn *ssa.Function) {
	method, ok := fn.Object().(*types.Func)
	if !ok || fn.Name() != "RoundTrip" || method.Signature().Recv() == nil || len(fn.Params) != 2 {
		return
	}
	var loop ast.Node
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			callee := flow.CalleeObject(call)
			if callee != nil && callee.Name() == "RoundTrip" && callee.Signature().Recv() != nil && remote.Retried(call) {
				loop = f.loopAround(call.Pos())
			}
			if hand := catalog.HandoverOf(callee); hand != nil && hand.Effect == catalog.Sets {
				return // each attempt has its own
			}
		}
	}
	if loop == nil {
		return
	}
	attempts, _ := f.attempts(loop)
	for instr := range f.g.Instructions() {
		client, ok := instr.(*ssa.Alloc)
		if !ok || catalog.TypeName(client.Type()) != "net/http.Client" {
			continue
		}
		o := flow.Origin{Kind: flow.New, Value: client}
		overall, ok := f.set(o, func(t *catalog.Type) []string { return t.Bounds })
		if !ok || !f.worksThrough(o, method) {
			continue
		}
		f.result.Retries = append(f.result.Retries, &Retry{Loop: loop, Attempts: attempts, Overall: overall, Within: fn})
	}
}

// worksThrough reports whether a client's transport is of the type that has the method, with
// nothing inside that bounds a request.
func (f *finder) worksThrough(client flow.Origin, method *types.Func) bool {
	field := flow.FieldNamed(client.Value.Type(), "Transport")
	if field == nil {
		return false
	}
	settings := f.g.Settings(client, field)
	if len(settings) != 1 || settings[0].Value == nil {
		return false
	}
	source, ok := f.one(settings[0].Value, nil)
	if !ok || source.Kind != flow.New || catalog.TypeName(source.Value.Type()) != catalog.TypeName(method.Signature().Recv().Type()) {
		return false
	}
	s, ok := source.Value.Type().(*types.Pointer).Elem().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range s.Fields() {
		if !types.IsInterface(field.Type()) && catalog.TypeOf(field.Type()) == nil {
			continue // of no request's business
		}
		for _, setting := range f.g.Settings(source.Origin, field.Origin()) {
			if setting.Value == nil || !f.plain(setting.Value) {
				return false
			}
		}
	}
	return true
}

// plain reports whether a transport is one that waits for an answer as long as it takes.
func (f *finder) plain(transport ssa.Value) bool {
	for _, o := range f.g.Objects(transport) {
		switch {
		case o.Kind == flow.Nil:
			continue
		case o.Kind == flow.Global && catalog.IsDefault(o.Value.(*ssa.Global).Object()):
			continue
		case o.Kind != flow.New:
			return false
		}
		t := catalog.TypeOf(o.Value.Type())
		if t == nil {
			return false
		}
		for _, name := range slices.Concat(t.Phases, t.Hooks) {
			if phase := flow.FieldNamed(o.Value.Type(), name); phase != nil && len(f.g.Settings(o, phase)) > 0 {
				return false // it gives up on its own
			}
		}
	}
	return true
}
