package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
)

// A Kind says what an origin is.
type Kind uint8

const (
	Unknown Kind = iota // beyond what the package shows; Var: the field it comes from, if any
	New                 // Value: an *ssa.Alloc: a literal, new(T) or a variable of type T
	Global              // Value: an *ssa.Global: a package-level variable, of any package
	Field               // Var: a struct field holding the object itself, or one never stored to here
	Result              // Value: an *ssa.Call of a function outside the package; Index: its result
	Param               // Value: an *ssa.Parameter that no frame binds
	Nil                 // a nil constant or the zero value of a variable
)

// An Origin is where a value comes from: the object, if the value is a pointer or a
// context, that it stands for. It is comparable, and thus identifies the object.
type Origin struct {
	Kind  Kind
	Value ssa.Value
	Var   *types.Var
	Index int
}

// A Source is an origin as one trace met it.
type Source struct {
	Origin
	At    ssa.Value // the value in which the trace ended: for a Global, its load
	Frame *Frame    // the calls that lead to the function At is in
}

// Global returns the package-level variable that s stands for.
func (s Source) Global() types.Object { return s.Value.(*ssa.Global).Object() }

// A Frame is a call on the way to a function: it binds the function's parameters to the
// call's arguments. Up is the frame of the caller.
type Frame struct {
	Call ssa.CallInstruction
	Fn   *ssa.Function
	Up   *Frame
}

const (
	maxDepth = 8    // frames a trace descends into
	maxSteps = 4000 // values a trace visits before it gives up
)

func (fr *Frame) depth() int {
	n := 0
	for ; fr != nil; fr = fr.Up {
		n++
	}
	return n
}

func (fr *Frame) runs(fn *ssa.Function) bool {
	for ; fr != nil; fr = fr.Up {
		if fr.Fn == fn {
			return true
		}
	}
	return false
}

// Trace returns the origins of v, in the function that frame says was called.
//
// For a pointer to an object, a struct included, the origins are the objects it can point
// to; for an interface, those of the values it can hold.
func (g *Graph) Trace(v ssa.Value, frame *Frame) []Source {
	t := &tracer{g: g, seen: map[step]bool{}, found: map[Source]bool{}}
	t.value(v, frame)
	return t.sources
}

// TraceText returns the origins of what the string v begins with: constants are Unknown, At a
// constant. Unlike Trace it follows only what the package alone decides: a variable or field that
// others can set is unknown.
func (g *Graph) TraceText(v ssa.Value, frame *Frame) []Source {
	t := &tracer{g: g, text: true, seen: map[step]bool{}, found: map[Source]bool{}}
	t.value(v, frame)
	return t.sources
}

// TraceGlobal returns the origins of what a package-level variable holds.
func (g *Graph) TraceGlobal(global *ssa.Global) []Source {
	t := &tracer{g: g, seen: map[step]bool{}, found: map[Source]bool{}}
	t.global(global, global, nil)
	return t.sources
}

type step struct {
	v     ssa.Value
	frame *Frame
}

type tracer struct {
	g       *Graph
	text    bool // of a string: see TraceText
	seen    map[step]bool
	found   map[Source]bool
	sources []Source
}

func (t *tracer) end(at ssa.Value, frame *Frame, o Origin) {
	s := Source{o, at, frame}
	if !t.found[s] {
		t.found[s] = true
		t.sources = append(t.sources, s)
	}
}

func (t *tracer) unknown(at ssa.Value, frame *Frame) { t.end(at, frame, Origin{}) }

// value follows v backwards.
func (t *tracer) value(v ssa.Value, frame *Frame) {
	if t.seen[step{v, frame}] {
		return
	}
	t.seen[step{v, frame}] = true
	if len(t.seen) > maxSteps {
		t.unknown(v, frame)
		return
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		t.end(v, frame, Origin{Kind: New, Value: v})
	case *ssa.Global:
		t.end(v, frame, Origin{Kind: Global, Value: v})
	case *ssa.FieldAddr:
		if f := FieldOf(v); f != nil {
			t.end(v, frame, Origin{Kind: Field, Var: f})
		} else {
			t.unknown(v, frame)
		}
	case *ssa.Const:
		if v.IsNil() {
			t.end(v, frame, Origin{Kind: Nil})
		} else {
			t.unknown(v, frame)
		}
	case *ssa.Parameter:
		t.parameter(v, frame)
	case *ssa.FreeVar:
		for _, binding := range t.g.Bindings(v) {
			t.value(binding, nil)
		}
	case *ssa.Phi:
		for _, edge := range v.Edges {
			t.value(edge, frame)
		}
	case *ssa.ChangeType:
		t.value(v.X, frame)
	case *ssa.ChangeInterface:
		t.value(v.X, frame)
	case *ssa.MakeInterface:
		t.value(v.X, frame)
	case *ssa.TypeAssert:
		t.value(v.X, frame)
	case *ssa.Extract:
		t.extract(v, frame)
	case *ssa.Call:
		t.call(v, 0, v, frame)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			t.load(v, frame)
		} else {
			t.unknown(v, frame)
		}
	case *ssa.Field:
		t.field(v, field(v.X.Type(), v.Field), frame)
	case *ssa.BinOp:
		if t.text && v.Op == token.ADD {
			t.value(v.X, frame)
		} else {
			t.unknown(v, frame)
		}
	default:
		t.unknown(v, frame)
	}
}

func (t *tracer) extract(v *ssa.Extract, frame *Frame) {
	switch tuple := v.Tuple.(type) {
	case *ssa.Call:
		t.call(tuple, v.Index, v, frame)
	case *ssa.TypeAssert:
		if v.Index == 0 {
			t.value(tuple.X, frame)
		}
	default: // a map lookup, a receive, a range
		t.unknown(v, frame)
	}
}

func (t *tracer) parameter(p *ssa.Parameter, frame *Frame) {
	if frame == nil || frame.Fn != p.Parent() {
		t.end(p, frame, Origin{Kind: Param, Value: p})
		return
	}
	for i, param := range p.Parent().Params {
		if param == p {
			t.value(frame.Call.Common().Args[i], frame.Up)
		}
	}
}

// call follows result i of a call: into the function if the package defines it.
func (t *tracer) call(call *ssa.Call, i int, at ssa.Value, frame *Frame) {
	fn := t.g.Callee(call)
	if fn == nil && t.text {
		if first := formatted(call); first != nil {
			t.value(first, frame)
			return
		}
	}
	if fn == nil {
		if obj := CalleeObject(call); i == 0 && obj != nil && catalog.Chains(obj) && catalog.HandoverOf(obj) == nil {
			t.value(Operand(call, catalog.Recv), frame)
			return
		}
		t.end(at, frame, Origin{Kind: Result, Value: call, Index: i})
		return
	}
	if frame.runs(fn) || frame.depth() >= maxDepth {
		t.unknown(at, frame)
		return
	}
	inner := &Frame{Call: call, Fn: fn, Up: frame}
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
			t.value(ret.Results[i], inner)
		}
	}
}

// load follows a value read from memory to the values stored there.
func (t *tracer) load(v *ssa.UnOp, frame *Frame) {
	if isStruct(v.Type()) {
		t.unknown(v, frame) // a copy, in an interface
		return
	}
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		t.field(v, FieldOf(addr), frame)
	case *ssa.Global:
		t.global(v, addr, frame)
	case *ssa.Alloc, *ssa.FreeVar:
		cells := t.g.cells(addr)
		if len(cells) == 0 {
			t.unknown(v, frame)
		}
		for _, cell := range cells {
			t.cell(v, cell, frame)
		}
	default:
		t.unknown(v, frame)
	}
}

// global follows a package-level variable. One of another package that this one stores to
// holds what it stores (http.DefaultClient = …).
func (t *tracer) global(at ssa.Value, global *ssa.Global, frame *Frame) {
	if t.text && (global.Object().Exported() || t.g.given[global]) {
		t.unknown(at, frame) // a flag's variable
		return
	}
	stores := t.g.cellStores[global]
	for _, store := range stores {
		t.value(store.Val, nil)
	}
	switch {
	case len(stores) > 0:
	case global.Pkg != t.g.SSA.Pkg:
		t.end(at, frame, Origin{Kind: Global, Value: global})
	default:
		t.end(at, frame, Origin{Kind: Nil})
	}
}

// cell follows a local variable, which may be captured or have its address taken.
func (t *tracer) cell(at, cell ssa.Value, frame *Frame) {
	stores := t.g.cellStores[cell]
	for _, store := range stores {
		inner := frame
		if store.Parent() != at.Parent() {
			inner = nil
		}
		t.value(store.Val, inner)
	}
	if refs := cell.Referrers(); refs != nil {
		for _, ref := range *refs {
			if call, ok := ref.(ssa.CallInstruction); ok && call.Common().Value != cell {
				t.unknown(at, frame) // its address is passed on: set elsewhere
				return
			}
			if iface, ok := ref.(*ssa.MakeInterface); ok && leaves(iface) {
				t.unknown(at, frame)
				return
			}
		}
	}
	if len(stores) == 0 {
		t.end(at, frame, Origin{Kind: Nil})
	}
}

// field follows the values that the package stores into a field.
func (t *tracer) field(at ssa.Value, f *types.Var, frame *Frame) {
	if f == nil || t.text && (f.Exported() || len(t.g.fieldAddrs[f]) > 0) {
		t.unknown(at, frame) // what is decoded into exported fields is not seen
		return
	}
	stores := t.g.fieldStores[f]
	for _, store := range stores {
		t.value(store.Val, nil)
	}
	switch {
	case f.Pkg() != t.g.SSA.Pkg.Pkg:
		t.end(at, frame, Origin{Kind: Field, Var: f})
	case len(stores) == 0 && !f.Exported():
		t.end(at, frame, Origin{Kind: Nil})
	case len(stores) == 0:
		t.unknown(at, frame)
		t.end(at, frame, Origin{Var: f}) // but in which field is known
	}
}

// formatted returns the argument of a call that the string it returns begins with, or nil.
func formatted(call *ssa.Call) ssa.Value {
	switch catalog.Name(CalleeObject(call)) {
	case "net.JoinHostPort":
		return call.Call.Args[0]
	case "fmt.Sprintf":
		if format, ok := ConstString(call.Call.Args[0]); ok && !strings.HasPrefix(format, "%") {
			return call.Call.Args[0]
		}
	}
	return nil
}

// Operand returns the operand of a call that the catalogue names, or nil.
func Operand(call ssa.CallInstruction, op catalog.Operand) ssa.Value {
	if op == catalog.None {
		return nil
	}
	common := call.Common()
	args := common.Args
	var recv ssa.Value
	switch fn := CalleeObject(call); {
	case common.IsInvoke():
		recv = common.Value
	case fn == nil || fn.Signature().Recv() == nil:
	default:
		if bound, ok := common.Value.(*ssa.MakeClosure); ok {
			recv = bound.Bindings[0] // get := c.Get; get(url)
		} else {
			recv, args = args[0], args[1:] // c.Get(url), (*http.Client).Get(c, url)
		}
	}
	if op == catalog.Recv {
		return recv
	}
	if i := int(op - catalog.Arg0); i < len(args) {
		return args[i]
	}
	return nil
}

// Argument returns what call passes for the i-th parameter of its callee; a method's receiver
// is its parameter 0. It returns nil if there is none.
func Argument(call ssa.CallInstruction, i int) ssa.Value {
	common := call.Common()
	args := common.Args
	if common.IsInvoke() {
		args = append([]ssa.Value{common.Value}, args...)
	} else if bound, ok := common.Value.(*ssa.MakeClosure); ok && isBound(bound) {
		args = append([]ssa.Value{bound.Bindings[0]}, args...) // get := c.Get; get(url)
	}
	if i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

// isBound reports whether a closure is a method value.
func isBound(closure *ssa.MakeClosure) bool {
	fn, ok := closure.Fn.(*ssa.Function).Object().(*types.Func)
	return ok && fn.Signature().Recv() != nil && len(closure.Bindings) == 1
}

// CalleeObject returns the declared function or interface method that call runs, or nil.
func CalleeObject(call ssa.CallInstruction) *types.Func {
	common := call.Common()
	if common.IsInvoke() {
		return common.Method
	}
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	obj, _ := fn.Object().(*types.Func)
	return obj
}

// ConstInt returns the value of v if it is an integer constant.
func ConstInt(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}

// ConstString returns the value of v if it is a string constant.
func ConstString(v ssa.Value) (string, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(c.Value), true
}

// CalleeName returns the name of the declared function or interface method that call runs, or "".
func CalleeName(call ssa.CallInstruction) string {
	if fn := CalleeObject(call); fn != nil {
		return fn.Name()
	}
	return ""
}
