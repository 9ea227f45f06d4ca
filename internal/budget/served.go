package budget

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// served finds the calls of handlers that may take longer than the handler has for its answer.
func (f *finder) served() {
	s := &service{finder: f, found: map[[2]ssa.Instruction]bool{}}
	for instr := range f.g.Instructions() {
		if call, ok := instr.(*ssa.Call); ok {
			s.limited(call)
		}
		if alloc, ok := instr.(*ssa.Alloc); ok {
			s.server(alloc)
		}
	}
}

// A service is the work on the handlers of one server, or of one handler with a limit.
type service struct {
	*finder

	outer    Span
	replaced bool
	seen     map[ssa.Value]bool // on the way to the handlers
	judged   map[*ssa.Function]bool
	handler  *ssa.Function
	found    map[[2]ssa.Instruction]bool
}

// limited judges what a call wraps in a limit: http.TimeoutHandler(h, d, msg).
func (s *service) limited(call *ssa.Call) {
	limiter := catalog.LimiterOf(flow.CalleeObject(call))
	if limiter == nil {
		return
	}
	d, ok := duration(flow.Operand(call, limiter.Timeout), nil)
	if !ok || d <= 0 {
		return
	}
	s.outer, s.replaced, s.seen = Span{D: d, At: call.Pos(), Call: call}, true, map[ssa.Value]bool{}
	s.judged = map[*ssa.Function]bool{}
	s.handles(flow.Operand(call, limiter.Handler), nil)
}

// server judges what a server serves whose answers are bounded.
func (s *service) server(alloc *ssa.Alloc) {
	t := catalog.TypeOf(alloc.Type())
	if t == nil || t.Answer == "" {
		return
	}
	o := flow.Origin{Kind: flow.New, Value: alloc}
	outer, ok := s.set(o, func(t *catalog.Type) []string { return []string{t.Answer} })
	if !ok {
		return
	}
	s.outer, s.replaced, s.seen = outer, false, map[ssa.Value]bool{}
	s.judged = map[*ssa.Function]bool{}
	settings := s.g.Settings(o, flow.FieldNamed(alloc.Type(), t.Handler))
	for _, setting := range settings {
		if setting.Value != nil {
			s.handles(setting.Value, nil)
		}
	}
	if len(settings) == 0 {
		s.registered(nil)
	}
}

// handles judges the handlers that v, a handler, stands for or passes requests on to.
func (s *service) handles(v ssa.Value, frame *flow.Frame) {
	if v == nil || s.seen[v] {
		return
	}
	s.seen[v] = true
	for _, source := range s.g.Trace(v, frame) {
		switch at := source.At.(type) {
		case *ssa.Function:
			s.handle(at)
			continue
		case *ssa.MakeClosure:
			s.handle(at.Fn.(*ssa.Function))
			continue
		}
		switch source.Kind {
		case flow.Param:
			for _, arg := range s.g.Arguments(source.Value.(*ssa.Parameter)) {
				s.handles(arg, nil)
			}
		case flow.Nil:
			s.registered(nil)
		case flow.New:
			if fn := s.method(source.Value.Type(), "ServeHTTP"); fn != nil {
				s.handle(fn)
			}
		case flow.Result:
			call := source.Value.(*ssa.Call)
			if catalog.LimiterOf(flow.CalleeObject(call)) != nil {
				continue // it has a limit of its own
			}
			for _, arg := range call.Call.Args {
				if isHandler(arg.Type()) {
					s.handles(arg, source.Frame)
				}
			}
			s.registered(&source.Origin)
		}
	}
}

// registered judges the handlers that are given to a router, or to package net/http's own.
func (s *service) registered(router *flow.Origin) {
	for instr := range s.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		fn := flow.CalleeObject(call)
		if fn == nil || s.g.Defines(call) {
			continue
		}
		recv := flow.Operand(call, catalog.Recv)
		switch {
		case router == nil && (catalog.Name(fn) == "net/http.HandleFunc" || catalog.Name(fn) == "net/http.Handle"):
		case router != nil && recv != nil && s.g.Reach(recv)[*router]:
		default:
			continue
		}
		for _, arg := range call.Common().Args {
			if arg != recv && isHandler(arg.Type()) {
				s.handles(arg, nil)
			}
		}
	}
}

// isHandler reports whether t is an HTTP handler, as a function or a value, or a variable of one.
func isHandler(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok && types.IsInterface(ptr.Elem()) {
		t = ptr.Elem()
	}
	if sig, ok := t.Underlying().(*types.Signature); ok {
		w, r := served(sig)
		return w != nil && r != nil && sig.Results().Len() == 0
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ServeHTTP")
	method, ok := obj.(*types.Func)
	return ok && isHandler(method.Type())
}

// served returns the parameters by which a function answers a request, or nil.
func served(sig *types.Signature) (w, r *types.Var) {
	for param := range sig.Params().Variables() {
		switch catalog.TypeName(param.Type()) {
		case "net/http.ResponseWriter":
			w = param
		case "net/http.Request":
			r = param
		}
	}
	return w, r
}

func (s *service) method(t types.Type, name string) *ssa.Function {
	obj, _, _ := types.LookupFieldOrMethod(t, true, s.g.SSA.Pkg.Pkg, name)
	if method, ok := obj.(*types.Func); ok && method.Pkg() == s.g.SSA.Pkg.Pkg {
		return s.g.SSA.Pkg.Prog.FuncValue(method)
	}
	return nil
}

// handle judges what a handler calls before it answers.
func (s *service) handle(fn *ssa.Function) {
	if method, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && method.Pkg() == s.g.SSA.Pkg.Pkg {
		fn = s.g.SSA.Pkg.Prog.FuncValue(method) // a bound method
	}
	if fn == nil || fn.Pkg != s.g.SSA.Pkg || s.judged[fn] || s.extends(fn, 4) {
		return
	}
	s.judged[fn] = true
	outer := s.handler
	s.handler = fn
	s.runs(fn, nil, 0)
	s.handler = outer
}

// extends reports whether a function gives itself another time to answer, or has the connection
// for itself.
func (s *service) extends(fn *ssa.Function, depth int) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if callee := flow.CalleeObject(call); callee != nil && (callee.Name() == "SetWriteDeadline" || strings.HasPrefix(callee.Name(), "Hijack") || callee.Name() == "Upgrade") {
				return true
			}
			if callee := s.g.Callee(call); callee != nil && depth > 0 && s.extends(callee, depth-1) {
				return true
			}
		}
	}
	return false
}

// runs judges the calls that a function makes while its caller waits.
func (s *service) runs(fn *ssa.Function, frame *flow.Frame, depth int) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if i := slices.IndexFunc(s.calls.Calls, func(c *remote.Call) bool { return c.Instr == ssa.CallInstruction(call) }); i >= 0 {
				s.judge(s.calls.Calls[i], frame)
				continue
			}
			if next := passesOn(call); next != nil {
				s.handles(next, frame)
				continue
			}
			callee := s.g.Callee(call)
			if closure, ok := call.Call.Value.(*ssa.MakeClosure); ok && callee == nil {
				callee = closure.Fn.(*ssa.Function)
			}
			if callee != nil && depth < 5 && !inFrame(frame, callee) {
				s.runs(callee, &flow.Frame{Call: call, Fn: callee, Up: frame}, depth+1)
			}
		}
	}
}

// passesOn returns the handler that a call has answer in place of its function, or nil.
func passesOn(call *ssa.Call) ssa.Value {
	if fn := flow.CalleeObject(call); fn != nil {
		if fn.Name() == "ServeHTTP" {
			return flow.Operand(call, catalog.Recv)
		}
		return nil
	}
	if _, literal := call.Call.Value.(*ssa.MakeClosure); !literal && call.Call.StaticCallee() == nil && isHandler(call.Call.Value.Type()) {
		return call.Call.Value
	}
	return nil
}

func inFrame(frame *flow.Frame, fn *ssa.Function) bool {
	for ; frame != nil; frame = frame.Up {
		if frame.Fn == fn {
			return true
		}
	}
	return false
}

// judge compares what bounds a call with the time that the handler has.
func (s *service) judge(call *remote.Call, frame *flow.Frame) {
	l := s.lineage(call.Under(), frame)
	inner, found := l.shortest(func(Span) bool { return true })
	if own, ok := s.exchange(call.Object, frame); ok && (!found || own.D < inner.D) {
		inner, found = own, true
	} else if !ok && call.Object != nil && !s.unset(call.Object, frame) {
		return // by how much the client itself bounds it is not known
	}
	if !found || inner.D <= s.outer.D {
		return
	}
	key := [2]ssa.Instruction{where(inner), where(s.outer)}
	if s.found[key] {
		return
	}
	s.found[key] = true
	s.result.Inversions = append(s.result.Inversions, &Inversion{Inner: inner, Outer: s.outer, Handler: s.handler, Replaced: s.replaced, Call: call})
}

func where(s Span) ssa.Instruction {
	if s.Store != nil {
		return s.Store
	}
	return s.Call
}

// unset reports whether a client has no bound of its own.
func (s *service) unset(object ssa.Value, frame *flow.Frame) bool {
	for _, source := range s.g.Trace(object, frame) {
		if source.Kind == flow.Global && catalog.IsDefault(source.Global()) {
			continue
		}
		if !s.ours(source.Origin) || s.g.Open(source.Origin) {
			return false
		}
		t := catalog.TypeOf(source.Value.Type())
		if t == nil {
			return false
		}
		for _, name := range t.Bounds {
			if field := flow.FieldNamed(source.Value.Type(), name); field != nil && len(s.g.Settings(source.Origin, field)) > 0 {
				return false
			}
		}
	}
	return true
}
