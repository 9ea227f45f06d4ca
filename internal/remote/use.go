package remote

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A use is a call that leaves the process, before anything is known of its bounds: a call of
// the library, or of a function that makes one and leaves part of its bounds to its callers.
type use struct {
	api   *catalog.Call
	pos   token.Pos // of the call of the library
	fn    *ssa.Function
	instr ssa.Instruction

	object   ssa.Value // nil if the API has none
	request  ssa.Value // nil likewise
	context  ssa.Value
	options  ssa.Value
	timeout  ssa.Value
	network  ssa.Value
	peer     ssa.Value
	listener ssa.Value
	reach    Reach     // of a server that is given a listener or an address
	conn     *ssa.Call // the call itself, where its result is a connection

	download bool // its callee, or whoever it is for, hands the response's body on

	unread bool // its callee does not read the response's body

	inner *exposure // what the callee leaves to this call, unless it is the library's
}

// usesOf returns the remote calls that instr makes, directly or through a function of
// another package.
func (f *finder) usesOf(instr ssa.Instruction) []*use {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		callee := flow.CalleeObject(instr)
		if callee == nil {
			return nil
		}
		api := apiOf(instr, callee)
		if api == nil {
			return f.usesAbroad(instr, callee)
		}
		if f.local[catalog.LibraryOf(api)] {
			return nil
		}
		u := &use{
			api: api, pos: instr.Pos(), fn: instr.Parent(), instr: instr,
			object:   flow.Operand(instr, api.Object),
			request:  flow.Operand(instr, api.Request),
			context:  flow.Operand(instr, api.Context),
			options:  flow.Operand(instr, api.Options),
			timeout:  flow.Operand(instr, api.Timeout),
			network:  flow.Operand(instr, api.Network),
			peer:     flow.Operand(instr, api.Peer),
			listener: flow.Operand(instr, api.Listener),
		}
		u.conn, _ = instr.(*ssa.Call)
		return []*use{u}
	case *ssa.MakeClosure:
		// A bound method handed to someone who calls it: group.Go(srv.ListenAndServe).
		method, _ := instr.Fn.(*ssa.Function).Object().(*types.Func)
		if method == nil || len(instr.Bindings) != 1 {
			return nil
		}
		if api := catalog.CallOf(method); api != nil && api.Kind == catalog.Serve {
			return []*use{{api: api, pos: instr.Pos(), fn: instr.Parent(), instr: instr, object: instr.Bindings[0]}}
		}
	}
	return nil
}

// apiOf returns what the catalogue knows of the call of callee, or nil.
func apiOf(call ssa.CallInstruction, callee *types.Func) *catalog.Call {
	if api := catalog.CallOf(callee); api != nil || !call.Common().IsInvoke() {
		return api
	}
	return catalog.CallLike(callee)
}

// An exposure is a remote call that a function makes bounded by what its callers supply, and
// by nothing else.
type exposure struct {
	leaf Leaf
	api  *catalog.Call
	pos  token.Pos

	Params // that decide

	// What has to change if they do not bound the call, where that was decided on the way.
	hangs   []*Hang
	foreign []*Foreign
}

// Params are the indexes of the parameters that decide whether a call is bounded; -1 for
// none. A method's receiver is parameter 0.
type Params struct {
	Context  int
	Request  int
	Object   int // a client, dialer or server
	Network  int // of a dial
	Listener int // of a server: a listener, or an address
	Peer     int // address of a dial
}

const noParam = -1

// through returns the use that a call makes of its callee's exposure.
func (e *exposure) through(call ssa.CallInstruction, pos token.Pos) *use {
	return &use{
		api: e.api, pos: pos, fn: call.Parent(), instr: call,
		object:   flow.Argument(call, e.Object),
		request:  flow.Argument(call, e.Request),
		context:  flow.Argument(call, e.Context),
		network:  flow.Argument(call, e.Network),
		listener: flow.Argument(call, e.Listener),
		peer:     flow.Argument(call, e.Peer),
		download: e.leaf.Download,
		unread:   e.leaf.Unread,
		inner:    e,
	}
}

// usesAbroad returns the remote calls that a function of another package makes for call, as
// far as client, request or network come from here. Contexts are followed apart.
func (f *finder) usesAbroad(call ssa.CallInstruction, callee *types.Func) []*use {
	summary := f.summary(callee)
	if summary == nil {
		return nil
	}
	var uses []*use
	for _, e := range summary.Exposes {
		api := catalog.CallNamed(e.API)
		if api == nil || e.onlyContext() {
			continue
		}
		inner := &exposure{leaf: e.Leaf, api: api, Params: e.Params}
		for _, key := range e.Keys {
			inner.foreign = append(inner.foreign, &Foreign{Key: key, API: api, At: call.Pos(), Download: e.Leaf.Download, Unread: e.Leaf.Unread, In: declared(call.Parent())})
		}
		if e.Object == noParam && len(e.Keys) == 0 {
			inner.hangs = []*Hang{{API: api, At: call.Pos(), Func: call.Parent(), Bound: Nothing, Download: e.Leaf.Download}}
		}
		uses = append(uses, inner.through(call, call.Pos()))
	}
	return uses
}

// needs is what is left to the callers of a function.
type needs struct{ context, request, object, network *ssa.Parameter }

func (n needs) none() bool { return n == needs{} }

func (n needs) params() Params {
	return Params{indexOf(n.context), indexOf(n.request), indexOf(n.object), indexOf(n.network), noParam, noParam}
}

// visit judges u. What its function leaves to its callers is judged there.
func (f *finder) visit(u *use) {
	if f.evidence.Touched[catalog.LibraryOf(u.api)] {
		return
	}
	l := f.limit(u)
	if f.bypassed(u) {
		f.outlive(l.contexts)
		return
	}
	if u.api.Kind == catalog.Serve {
		f.serves(u.fn)
	}
	if l.undecided || l.bounded {
		return
	}
	var n needs
	if len(l.contexts) > 0 {
		p, ok := f.supplied(u.instr, l.contexts)
		if !ok {
			return
		}
		n.context = p
	}
	if len(l.requests) > 0 {
		n.request = l.requests[0]
		for _, p := range l.requests {
			if p != n.request || p.Parent() != u.fn {
				return
			}
		}
	}
	waits, network := f.network(u)
	if !waits {
		return
	}
	n.network = network
	v := &verdict{f: f, u: u}
	v.judge()
	n.object = v.param
	f.conclude(u, n, v)
}

// conclude records what was found of u: a call that hangs, or one that the callers decide.
func (f *finder) conclude(u *use, n needs, v *verdict) {
	if n.context == nil && n.request == nil && n.network == nil {
		f.record(u, v)
	}
	if n.none() {
		return
	}
	if n.object == nil && !v.unbounded() {
		return
	}
	peer := noParam
	if u.api.Kind == catalog.Dial {
		peer = f.paramIn(u, u.peer)
	}
	if (n == needs{context: n.context}) && (peer == noParam || n.context.Parent() != u.fn) {
		f.evidence.leaf(paramOf(n.context), f.leafOf(u, v))
		return
	}
	if n.context != nil && n.context.Parent() != u.fn {
		return // of the function around a literal
	}
	e := &exposure{leaf: f.leafOf(u, v), api: u.api, pos: u.pos, Params: n.params()}
	e.Listener, e.Peer = f.decidedBy(u), peer
	if n.object == nil {
		e.hangs, e.foreign = v.hangs, v.foreign
	}
	f.expose(u.fn, e)
}

// record notes that u hangs, whoever calls its function, unless a client that it is given
// bounds it.
func (f *finder) record(u *use, v *verdict) {
	call, ok := u.instr.(ssa.CallInstruction)
	if ok && u.inner != nil && u.context != nil && u.object == nil {
		// Its callee decided all but the context: that is what has to change.
		if len(v.hangs)+len(v.foreign) > 0 {
			f.hangs = append(f.hangs, passed(&Pass{
				Call: call, Index: u.inner.Context, Callee: flow.CalleeObject(call), Made: f.madeBy(u.context),
			}, u.inner.leaf))
		}
		return
	}
	f.hangs = append(f.hangs, v.hangs...)
	f.evidence.Foreign = append(f.evidence.Foreign, v.foreign...)
	for _, field := range v.fields {
		f.leaveTo(field, Leaf{API: u.api.Name, In: shortName(u.fn), Peer: f.peer(u), Download: f.downloads(u, true)})
	}
	for _, p := range v.stored {
		leaf := f.leafOf(u, v)
		leaf.Download = f.downloads(u, true)
		f.keep(p, &exposure{leaf: leaf, api: u.api, pos: u.pos, Params: needs{object: p}.params()})
	}
}

// maxExposures is the number of calls that a function is known to leave to its callers. Code that people
// write comes to less than 20; of a thousand functions that call each other every one leaves the calls of
// all others, and the time grows with the square.
const maxExposures = 100

// expose records an exposure of fn and judges the calls of fn in the package by it.
func (f *finder) expose(fn *ssa.Function, e *exposure) {
	if obj, ok := fn.Object().(*types.Func); ok && catalog.Lists(obj) {
		return // the catalogue knows better
	}
	for _, known := range f.exposed[fn] {
		if known.same(e) {
			return
		}
	}
	if len(f.exposed[fn]) == maxExposures {
		return
	}
	f.exposed[fn] = append(f.exposed[fn], e)
	for _, call := range f.g.Callers(fn) {
		f.visit(e.through(call, e.pos))
	}
}

// keep records the exposure of a constructor that stores what it is given in a field. Its
// calls in the package are judged where the field is used.
func (f *finder) keep(p *ssa.Parameter, e *exposure) {
	fn := p.Parent()
	for _, known := range f.exposed[fn] {
		if known.same(e) {
			return
		}
	}
	f.exposed[fn] = append(f.exposed[fn], e)
}

// same reports whether two exposures of a function stand for the same call.
func (e *exposure) same(other *exposure) bool {
	return e.pos == other.pos && e.api == other.api && e.Params == other.Params
}

// indexOf returns the index of a parameter, or noParam.
func indexOf(p *ssa.Parameter) int {
	if p != nil {
		for i, param := range p.Parent().Params {
			if param == p {
				return i
			}
		}
	}
	return noParam
}
