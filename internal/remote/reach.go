package remote

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/scope"
)

// A Reach says who can connect to a server. The zero Reach is another machine, or unknown.
type Reach struct {
	// Near: nobody but the machine itself, or the peer of a connection that the program has.
	Near bool

	// Params supply the address or the listener, and other packages can call their functions:
	// the whole module decides.
	Params []Param
}

// isNear reports whether it is known that nobody on another machine can connect.
func (r Reach) isNear() bool { return r.Near && len(r.Params) == 0 }

// A Given is what a package passes for a parameter that decides about a server's reach.
type Given struct {
	Far  bool    // what others reach, or what is unknown
	From []Param // parameters of functions of its own, that decide in turn
}

// A reach is a Reach before it is known who calls the functions of its parameters.
type reach struct {
	far    bool
	near   bool
	params []*ssa.Parameter
}

func (r *reach) join(other reach) {
	r.far = r.far || other.far
	r.near = r.near || other.near
	r.params = append(r.params, other.params...)
}

// serving returns who can connect to a server whose listener or address v is.
func (f *finder) serving(v ssa.Value) Reach {
	if v == nil {
		return Reach{}
	}
	return f.settle(f.reach(v, nil))
}

// addressed returns who can connect to a server that is given no listener: who reaches the
// address in its field.
func (f *finder) addressed(o flow.Origin, t *catalog.Type) Reach {
	field := f.fieldOf(t, t.Address)
	if field == nil {
		return Reach{}
	}
	var r reach
	for _, setting := range f.g.Settings(o, field) {
		if setting.Value == nil {
			return Reach{}
		}
		r.join(f.reach(setting.Value, nil))
	}
	return f.settle(r)
}

// reach returns who can connect where v, a listener or an address, is.
func (f *finder) reach(v ssa.Value, frame *flow.Frame) reach {
	return f.reachFrom(v, frame, map[visited]bool{})
}

func (f *finder) reachFrom(v ssa.Value, frame *flow.Frame, seen map[visited]bool) reach {
	var r reach
	if seen[visit(v, frame)] {
		return r // l = tls.NewListener(l, …)
	}
	seen[visit(v, frame)] = true
	if isString(v.Type()) {
		return f.addressReach(v, frame)
	}
	for _, source := range f.g.Trace(v, frame) {
		switch {
		case f.isNear(source.At.Type()):
			r.near = true
		case source.Kind == flow.Nil: // with an error
		case source.Kind == flow.Param:
			r.params = append(r.params, source.Value.(*ssa.Parameter))
		case source.Kind == flow.Result:
			r.join(f.listenerReach(source, seen))
		default:
			r.far = true
		}
	}
	return r
}

func (f *finder) addressReach(addr ssa.Value, frame *flow.Frame) reach {
	var r reach
	for _, source := range f.g.TraceText(addr, frame) {
		text, isConst := flow.ConstString(source.At)
		switch {
		case source.Kind == flow.Param:
			r.params = append(r.params, source.Value.(*ssa.Parameter))
		case isConst && isOwnHost(text):
			r.near = true
		default:
			r.far = true
		}
	}
	return r
}

// isOwnHost reports whether what is known of the beginning of an address to listen on is a host
// that only the machine itself reaches.
func isOwnHost(addr string) bool {
	return addr == "localhost" || addr == "::1" || strings.HasPrefix(addr, "localhost:") ||
		strings.HasPrefix(addr, "[::1]") || strings.HasPrefix(addr, "127.")
}

// listenerReach returns who can connect to a listener that a function returned.
func (f *finder) listenerReach(source flow.Source, seen map[visited]bool) reach {
	call := source.Value.(*ssa.Call)
	fn := flow.CalleeObject(call)
	if fn == nil {
		return reach{far: true}
	}
	if l := catalog.ListenerOf(fn); l != nil && source.Index == 0 {
		network := flow.Operand(call, l.Network)
		switch {
		case l.Base != catalog.None:
			return f.reachFrom(flow.Operand(call, l.Base), source.Frame, seen)
		case network != nil && isLocal(network):
			return reach{near: true}
		}
		return f.reachFrom(flow.Operand(call, l.Address), source.Frame, seen)
	}
	s := f.summary(fn)
	if s == nil {
		return reach{far: true}
	}
	for _, listening := range s.Listens {
		if listening.Result != source.Index {
			continue
		}
		r := reach{near: true}
		for _, i := range listening.Params {
			if arg := flow.Argument(call, i); arg != nil {
				r.join(f.reachFrom(arg, source.Frame, seen))
			}
		}
		return r
	}
	return reach{far: true}
}

// isNear reports whether a listener is of a type that no other machine can connect to, or of one
// of the package's own that accepts from such a thing.
func (f *finder) isNear(t types.Type) bool {
	if catalog.IsNear(t) {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, f.g.SSA.Pkg.Pkg, "Accept")
	method, ok := obj.(*types.Func)
	if !ok || method.Pkg() != f.g.SSA.Pkg.Pkg || types.IsInterface(t) {
		return ok && catalog.IsNear(method.Signature().Recv().Type())
	}
	fn := f.g.SSA.Pkg.Prog.FuncValue(method)
	return fn != nil && f.callsAny(fn, acceptsNear, 3)
}

// acceptsNear reports whether a call accepts from something that no other machine can connect to.
func acceptsNear(call ssa.CallInstruction) bool {
	fn := flow.CalleeObject(call)
	return fn != nil && strings.HasPrefix(fn.Name(), "Accept") && fn.Signature().Recv() != nil && catalog.IsNear(fn.Signature().Recv().Type())
}

// settle follows the parameters to what the package's own calls pass for them. What is left are
// those of functions that other packages can call.
func (f *finder) settle(r reach) Reach {
	settled := Reach{Near: r.near}
	seen := map[*ssa.Parameter]bool{}
	for len(r.params) > 0 && !r.far {
		p := r.params[0]
		r.params = r.params[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		args, open := f.g.Arguments(p), f.isOpen(p.Parent())
		if f.g.UsedAsValue(p.Parent()) || len(args) == 0 && !open {
			return Reach{}
		}
		var given reach
		for _, arg := range args {
			given.join(f.reach(arg, nil))
		}
		if open {
			settled.Params = append(settled.Params, paramOf(p))
			f.decides[paramOf(p)] = true
			if given.near || slices.ContainsFunc(given.params, func(from *ssa.Parameter) bool { return from != p }) {
				f.evidence.give(paramOf(p))
			}
		}
		settled.Near = settled.Near || given.near
		r.join(given)
	}
	if r.far {
		return Reach{}
	}
	return settled
}

// isOpen reports whether other packages can call a function.
func (f *finder) isOpen(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || obj.Pkg().Name() == "main" {
		return false
	}
	recv := obj.Signature().Recv()
	if recv == nil {
		return true
	}
	name := catalog.TypeName(recv.Type())
	return token.IsExported(name[strings.LastIndexByte(name, '.')+1:])
}

// decidedBy returns the index of the parameter of u's function that supplies the address or the
// listener of u, or noParam.
func (f *finder) decidedBy(u *use) int {
	if u.listener == nil {
		return noParam
	}
	r := f.reach(u.listener, nil)
	if r.far || len(r.params) != 1 || r.params[0].Parent() != u.fn {
		return noParam
	}
	return indexOf(r.params[0])
}

// give notes that a package passes something for a parameter.
func (e *Evidence) give(p Param) *Given {
	if e.Given[p] == nil {
		e.Given[p] = &Given{}
	}
	return e.Given[p]
}

// gives notes what the package passes for the parameters by which functions of other packages
// decide where they listen. An example says nothing about where that is in production.
func (f *finder) gives() {
	if scope.IsExample(f.pass) {
		return
	}
	for instr := range f.g.Instructions() {
		call, isCall := instr.(ssa.CallInstruction)
		if isCall {
			f.givesTo(call)
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if fn, ok := (*operand).(*ssa.Function); ok && !(isCall && operand == &call.Common().Value) {
				f.handsOut(fn)
			}
		}
	}
}

func (f *finder) givesTo(call ssa.CallInstruction) {
	callee := flow.CalleeObject(call)
	if callee == nil {
		return
	}
	summary := f.summary(callee)
	if summary == nil {
		return
	}
	for _, i := range summary.Addresses {
		given := f.evidence.give(Param{callee.FullName(), i})
		reach := f.serving(flow.Argument(call, i))
		given.Far = given.Far || !reach.Near && len(reach.Params) == 0
		given.From = append(given.From, reach.Params...)
	}
}

// handsOut notes that a function, or the method that a closure is bound to, is a value: who calls
// it with which address is unknown.
func (f *finder) handsOut(fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return
	}
	if summary := f.summary(obj); summary != nil {
		for _, i := range summary.Addresses {
			f.evidence.give(Param{obj.FullName(), i}).Far = true
		}
	}
}

// A Listening says that a result of a function is a listener, and who can connect to it: nobody
// from another machine, unless the parameters say so.
type Listening struct {
	Result int
	Params []int // that supply its address, or what it accepts from
}

// listens returns what is known of the listeners that a function returns.
func (f *finder) listens(fn *ssa.Function) []Listening {
	var found []Listening
	results := fn.Signature.Results()
	for i := range results.Len() {
		if obj, _, _ := types.LookupFieldOrMethod(results.At(i).Type(), true, f.g.SSA.Pkg.Pkg, "Accept"); obj == nil {
			continue
		}
		var r reach
		for _, block := range fn.Blocks {
			if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
				r.join(f.reach(ret.Results[i], nil))
			}
		}
		if r.far || !r.near && len(r.params) == 0 || slices.ContainsFunc(r.params, func(p *ssa.Parameter) bool { return p.Parent() != fn }) {
			continue
		}
		listening := Listening{Result: i}
		for _, p := range r.params {
			listening.Params = append(listening.Params, indexOf(p))
		}
		slices.Sort(listening.Params)
		listening.Params = slices.Compact(listening.Params)
		found = append(found, listening)
	}
	return found
}
