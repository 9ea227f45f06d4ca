// Package remote finds the calls that leave the process and says what bounds them.
//
// A call is bounded if anything bounds it: a field of the client it is made with, the
// transport inside that client, or the deadline of the request's context. What cannot be
// decided is not reported: the result holds only the calls that are known to hang if their
// peer does.
package remote

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Analyzer finds the remote calls of a package that nothing bounds.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintremote",
	Doc:        "find calls that leave the process and what bounds them",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Bound is how much of a call is bounded.
type Bound uint8

const (
	Undecided Bound = iota // beyond what can be seen
	Nothing                // the call can block for ever
	Headers                // bounded until the response headers; the body is not
	Whole                  // bounded
)

// A Hang is a call that can block for ever, by one way in which its client, dialer or
// server comes to it.
type Hang struct {
	API   *catalog.Call
	At    token.Pos     // of the call
	Func  *ssa.Function // that makes it
	Bound Bound         // Nothing or Headers

	// Object is the client, dialer or server whose field would bound the call. It is nil
	// where there is none to set: http.Get, net.Dial.
	Object *flow.Source
	Type   *catalog.Type // of Object

	// Zero is the constant ≤ 0, stored into the field that would bound the call.
	Zero *flow.Setting

	// Request is the call that made the request, where it was made without a context.
	Request *ssa.Call

	// Download says that the function copies what it receives (io.Copy), however long that
	// takes: a bound on the whole exchange would cut it off.
	Download bool

	Peer string // the peer's host, where it is a constant
}

// A Result is what is known of a package's remote calls.
type Result struct {
	Hangs []*Hang
	Slips []*Slip
}

// A Slip is a bound so long that it looks like a slip of units.
type Slip struct {
	Field *types.Var
	Value time.Duration
	Store *ssa.Store
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	if g == nil {
		return (*Result)(nil), nil
	}
	f := &finder{g: g}
	for instr := range g.Instructions() {
		f.note(instr)
	}
	for instr := range g.Instructions() {
		if u := f.useOf(instr); u != nil {
			f.visit(u, nil)
		}
	}
	return &Result{Hangs: f.hangs, Slips: slips(g)}, nil
}

// slips finds the constants of more than an hour that are stored as the bound of a call.
func slips(g *flow.Graph) []*Slip {
	var found []*Slip
	for instr := range g.Instructions() {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		addr, ok := store.Addr.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		t, field := catalog.TypeOf(addr.X.Type()), flow.FieldOf(addr)
		if t == nil || !slices.Contains(t.Bounds, field.Name()) {
			continue
		}
		if n, ok := flow.ConstInt(store.Val); ok && time.Duration(n) > time.Hour {
			found = append(found, &Slip{field, time.Duration(n), store})
		}
	}
	return found
}

// A use is a call that leaves the process, before anything is known of its bounds.
type use struct {
	api      *catalog.Call
	pos      token.Pos
	fn       *ssa.Function
	object   ssa.Value // nil if the API has none
	request  ssa.Value // nil likewise
	context  ssa.Value
	options  ssa.Value
	timeout  ssa.Value
	network  ssa.Value
	peer     ssa.Value
	listener ssa.Value
	conn     *ssa.Call // the call itself, where its result is a connection
}

type finder struct {
	g     *flow.Graph
	hangs []*Hang

	// Calls that bound what they are made on, wherever they stand.
	deadlines []ssa.CallInstruction // conn.SetDeadline(t)
	contexts  []ssa.CallInstruction // req.SetContext(ctx)
	setters   []ssa.CallInstruction // client.SetTimeout(d)
}

// note remembers instr if it bounds an object in place.
func (f *finder) note(instr ssa.Instruction) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return
	}
	callee := flow.CalleeObject(call)
	if callee == nil || callee.Signature().Recv() == nil {
		return
	}
	if setsDeadline(call) && !clearsDeadline(call) {
		f.deadlines = append(f.deadlines, call)
	}
	if hand := catalog.HandoverOf(callee); hand != nil && hand.InPlace {
		f.contexts = append(f.contexts, call)
	}
	if t := catalog.TypeOf(callee.Signature().Recv().Type()); t != nil && len(t.Setters) > 0 {
		f.setters = append(f.setters, call)
	}
}

// useOf returns the remote call that instr makes, or nil.
func (f *finder) useOf(instr ssa.Instruction) *use {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		callee := flow.CalleeObject(instr)
		if callee == nil {
			return nil
		}
		api := catalog.CallOf(callee)
		if api == nil && instr.Common().IsInvoke() {
			api = catalog.CallLike(callee)
		}
		if api == nil {
			return nil
		}
		u := &use{
			api: api, pos: instr.Pos(), fn: instr.Parent(),
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
		return u
	case *ssa.MakeClosure:
		// A bound method handed to someone who calls it: group.Go(srv.ListenAndServe).
		method, _ := instr.Fn.(*ssa.Function).Object().(*types.Func)
		if method == nil || len(instr.Bindings) != 1 {
			return nil
		}
		if api := catalog.CallOf(method); api != nil && api.Kind == catalog.Serve {
			return &use{api: api, pos: instr.Pos(), fn: instr.Parent(), object: instr.Bindings[0]}
		}
	}
	return nil
}

// maxCallers is how many calls up a use is followed to learn the request it is given.
const maxCallers = 4

// visit judges u under the callers in frame. Where the answer depends on the arguments of
// the outermost function, it goes on to that function's callers.
func (f *finder) visit(u *use, frame *flow.Frame) {
	if f.bypassed(u, frame) {
		return
	}
	limit := f.limit(u, frame)
	if limit.undecided || limit.bounded {
		return
	}
	outer := u.fn
	if frame != nil {
		outer = outermost(frame)
	}
	waits, needsCaller := f.network(u, frame, outer)
	switch {
	case needsCaller:
	case !waits:
		return
	case limit.none():
		needsCaller = f.judge(u, frame, outer)
	default:
		needsCaller = len(limit.requests) > 0
	}
	if !needsCaller || depth(frame) >= maxCallers {
		return
	}
	for _, call := range f.g.Callers(outer) {
		caller := call.Parent()
		if caller == u.fn || runs(frame, caller) {
			continue // recursion
		}
		f.visit(u, frame.Extend(call, outer))
	}
}

func outermost(frame *flow.Frame) *ssa.Function {
	for frame.Up != nil {
		frame = frame.Up
	}
	return frame.Call.Parent()
}

func depth(frame *flow.Frame) int {
	n := 0
	for ; frame != nil; frame = frame.Up {
		n++
	}
	return n
}

func runs(frame *flow.Frame, fn *ssa.Function) bool {
	for ; frame != nil; frame = frame.Up {
		if frame.Fn == fn || frame.Call.Parent() == fn {
			return true
		}
	}
	return false
}

// judge records the objects that reach an otherwise unbounded use without a bound of their
// own. It reports whether some of them are parameters of outer, which its callers decide.
func (f *finder) judge(u *use, frame *flow.Frame, outer *ssa.Function) (needsCaller bool) {
	if u.object == nil {
		f.judgeCall(u, frame)
		return false
	}
	for _, source := range f.g.Trace(u.object, frame) {
		if source.Kind == flow.Param {
			needsCaller = needsCaller || source.Value.Parent() == outer
			f.judgeStored(u, source, outer)
			continue
		}
		f.judgeObject(u, source, 0)
	}
	return needsCaller
}

// judgeCall judges a call that no client, dialer or server is given to.
func (f *finder) judgeCall(u *use, frame *flow.Frame) {
	switch {
	case u.timeout != nil:
		if n, ok := flow.ConstInt(u.timeout); ok && n == 0 {
			f.add(u, Nothing, nil, nil, &flow.Setting{Value: u.timeout})
		}
		return
	case u.options != nil:
		for _, source := range f.g.Trace(u.options, frame) {
			if source.Kind == flow.Nil {
				continue
			}
			t := f.typeOf(source.Origin)
			if t == nil {
				return
			}
			if bound, _ := f.bound(source.Origin, t, nil); bound != Nothing {
				return
			}
		}
	case u.api.Global != "":
		global := f.global(u.api.Global)
		if global == nil {
			return
		}
		for _, source := range f.g.TraceGlobal(global) {
			if source.Value != global {
				f.judgeObject(u, source, 0) // http.DefaultClient = …
				continue
			}
			bound, zero := f.bound(source.Origin, catalog.TypeOf(global.Object().Type()), nil)
			if bound == Nothing || bound == Headers {
				f.add(u, bound, nil, nil, zero)
			}
		}
		return
	}
	f.add(u, Nothing, nil, nil, nil)
}

// judgeStored judges what callers pass for a parameter that reaches u through a field or
// variable (func New(hc *http.Client) *API { return &API{hc} }).
func (f *finder) judgeStored(u *use, param flow.Source, outer *ssa.Function) {
	if param.Value.Parent() == outer {
		return
	}
	seen := map[ssa.Value]bool{}
	work := []ssa.Value{param.Value}
	for len(work) > 0 {
		p := work[0].(*ssa.Parameter)
		work = work[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		for _, arg := range f.g.Arguments(p) {
			for _, source := range f.g.Trace(arg, nil) {
				if source.Kind == flow.Param {
					work = append(work, source.Value)
				} else {
					f.judgeObject(u, source, 0)
				}
			}
		}
	}
}

func (f *finder) judgeObject(u *use, source flow.Source, depth int) {
	if depth > 4 {
		return
	}
	if source.Kind == flow.Field && source.Var.Exported() && !f.g.Made(source.Origin) && !f.builtHere(source.At) {
		return // for the users of the package to set
	}
	t := f.typeOf(source.Origin)
	if t != nil {
		bound, zero := f.bound(source.Origin, t, nil)
		if bound != Nothing && bound != Headers {
			return
		}
		if inner := f.madeFrom(source); len(inner) == 0 || zero != nil {
			f.add(u, bound, &source, t, zero)
			return
		}
	}
	// What has to change is what the object was made from: the client that a request
	// belongs to, the original of a copy.
	for _, inner := range f.madeFrom(source) {
		f.judgeObject(u, inner, depth+1)
	}
}

// builtHere reports whether the struct whose field addr addresses is built in this package.
func (f *finder) builtHere(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && slices.ContainsFunc(f.g.Objects(field.X), func(o flow.Origin) bool {
		global, isGlobal := o.Value.(*ssa.Global)
		return o.Kind == flow.New || isGlobal && global.Pkg == f.g.SSA.Pkg
	})
}

// madeFrom returns the clients that an object works through or is a copy of.
func (f *finder) madeFrom(source flow.Source) []flow.Source {
	var from []flow.Source
	if base := f.base(source.Origin); base != nil && source.At != base {
		from = f.g.Trace(base, source.Frame)
	}
	for _, copied := range f.g.Copies(source.Origin) {
		from = append(from, f.g.Trace(copied, nil)...)
	}
	return from
}

func (f *finder) add(u *use, bound Bound, object *flow.Source, t *catalog.Type, zero *flow.Setting) {
	f.hangs = append(f.hangs, &Hang{
		API: u.api, At: u.pos, Func: u.fn, Bound: bound,
		Object: object, Type: t, Zero: zero,
		Request: f.request(u),
		Peer:    f.peer(u),

		Download: u.api.Kind == catalog.Exchange && copies(u.fn),
	})
}

// global returns the package-level variable with that catalogue name, as this package sees it.
func (f *finder) global(name string) *ssa.Global {
	i := strings.LastIndexByte(name, '.')
	for _, pkg := range f.g.SSA.Pkg.Prog.AllPackages() {
		if catalog.Path(pkg.Pkg.Path()) == name[:i] {
			return pkg.Var(name[i+1:])
		}
	}
	return nil
}

// typeOf returns the catalogued type of an object, or nil.
func (f *finder) typeOf(o flow.Origin) *catalog.Type {
	switch o.Kind {
	case flow.New, flow.Global:
		if global, ok := o.Value.(*ssa.Global); ok && global.Pkg != f.g.SSA.Pkg && !catalog.IsDefault(global.Object()) {
			return nil // another package's variable: its settings are not seen here
		}
		t := o.Value.Type()
		if ptr, ok := t.(*types.Pointer); ok && o.Kind == flow.Global {
			t = ptr.Elem() // a Global's value is its address
		}
		return catalog.TypeOf(t)
	case flow.Field:
		if o.Var.Pkg() != f.g.SSA.Pkg.Pkg {
			return nil // its settings are not seen here
		}
		return catalog.TypeOf(o.Var.Type())
	case flow.Result:
		if maker := f.maker(o); maker != nil && f.plain(o, maker) {
			return catalog.TypeNamed(maker.Type)
		}
	}
	return nil
}

// maker returns the catalogued function whose first result o is, or nil.
func (f *finder) maker(o flow.Origin) *catalog.Maker {
	if o.Kind != flow.Result || o.Index != 0 {
		return nil
	}
	if fn := flow.CalleeObject(o.Value.(*ssa.Call)); fn != nil {
		return catalog.MakerOf(fn)
	}
	return nil
}

// plain reports whether the context that the object's maker takes settings from is known
// to carry none.
func (f *finder) plain(o flow.Origin, maker *catalog.Maker) bool {
	if maker.Context == catalog.None {
		return true
	}
	for _, source := range f.g.Trace(flow.Operand(o.Value.(*ssa.Call), maker.Context), nil) {
		if source.Kind != flow.Result {
			return false
		}
		fn := flow.CalleeObject(source.Value.(*ssa.Call))
		if hand := catalog.HandoverOf(fn); hand == nil || hand.Parent != catalog.None {
			return false
		}
	}
	return true
}
