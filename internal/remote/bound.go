package remote

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// bound returns how much of a call the object o, a client, dialer, server or transport of
// type t, bounds. zero is the setting that switches the bound off, if there is one.
func (f *finder) bound(o flow.Origin, t *catalog.Type, seen map[flow.Origin]bool) (bound Bound, zero *flow.Setting) {
	if seen[o] {
		return Nothing, nil
	}
	if seen == nil {
		seen = map[flow.Origin]bool{}
	}
	seen[o] = true // it works through itself
	defer delete(seen, o)

	if f.g.Open(o) {
		return Undecided, nil
	}
	for _, name := range t.Bounds {
		set, off := f.positive(o, t, name)
		if set {
			return Whole, nil
		}
		if off != nil {
			zero = off
		}
	}
	for _, setter := range t.Setters {
		set, off := f.setter(o, t, setter)
		if set {
			return Whole, nil
		}
		if off != nil {
			zero = off
		}
	}
	for _, name := range t.Hooks {
		if b := f.hook(o, t, name); b != Nothing {
			return b, nil
		}
	}
	bound = Nothing
	for _, name := range t.Phases {
		if set, _ := f.positive(o, t, name); set {
			bound = Headers
		}
	}
	if bound == Headers && f.shakes(o, t) {
		bound = Opened
	}
	for _, name := range t.Inner {
		if b := f.inner(o, t, name, seen); b != Nothing {
			return b, zero
		}
	}
	if bound != Nothing {
		return bound, zero
	}
	if product := f.product(o); product != nil && product.Param == noParam {
		return product.Bound, zero
	}
	if base := f.base(o); base != nil {
		return f.wrapped(base, seen), zero
	}
	return bound, zero
}

// shakes reports whether the TLS handshakes of the transport o are bounded: it says how long they
// may take, or it is made from another, as clones of http.DefaultTransport are.
func (f *finder) shakes(o flow.Origin, t *catalog.Type) bool {
	if t.Handshake == "" || f.base(o) != nil || len(f.g.Copies(o)) > 0 {
		return true
	}
	set, _ := f.positive(o, t, t.Handshake)
	return set
}

// positive reports whether a field of o is set to a duration that may be positive; off is a
// setting that is a constant ≤ 0.
func (f *finder) positive(o flow.Origin, t *catalog.Type, name string) (set bool, off *flow.Setting) {
	field := f.fieldOf(t, name)
	if field == nil {
		return false, nil
	}
	for _, setting := range f.g.Settings(o, field) {
		if setting.Value == nil {
			return true, nil
		}
		if n, ok := flow.ConstInt(setting.Value); ok && (n == 0 || n < 0 && !t.Past) {
			off = &setting
			continue
		}
		if c, ok := setting.Value.(*ssa.Const); ok && c.Value == nil {
			continue // the zero time.Time of a Dialer's Deadline
		}
		return true, nil
	}
	return false, off
}

// setter reports the same for a method that sets the field (resty's SetTimeout).
func (f *finder) setter(o flow.Origin, t *catalog.Type, setter catalog.Setter) (set bool, off *flow.Setting) {
	for _, call := range f.setters {
		if catalog.Name(flow.CalleeObject(call)) != t.Name+"."+setter.Name || !f.g.Reach(flow.Operand(call, catalog.Recv))[o] {
			continue
		}
		value := flow.Operand(call, setter.Value)
		if n, ok := flow.ConstInt(value); ok && n <= 0 {
			off = &flow.Setting{Value: value}
			continue
		}
		return true, nil
	}
	return false, off
}

// fieldOf returns the field of a catalogued type, as this package's imports declare it.
func (f *finder) fieldOf(t *catalog.Type, name string) *types.Var {
	if obj := f.lookup(t.Name); obj != nil {
		return flow.FieldNamed(obj.Type(), name)
	}
	return nil
}

func (f *finder) lookup(typeName string) types.Object {
	for _, pkg := range f.g.SSA.Pkg.Prog.AllPackages() {
		path := catalog.Path(pkg.Pkg.Path())
		if len(typeName) > len(path) && typeName[:len(path)+1] == path+"." {
			if obj := pkg.Pkg.Scope().Lookup(typeName[len(path)+1:]); obj != nil {
				return obj
			}
		}
	}
	return nil
}

// hook judges a function that a transport calls to connect. One that sets a deadline on the
// connection bounds everything that happens on it.
func (f *finder) hook(o flow.Origin, t *catalog.Type, name string) Bound {
	field := f.fieldOf(t, name)
	if field == nil {
		return Nothing
	}
	for _, setting := range f.g.Settings(o, field) {
		switch fn := f.function(setting.Value); {
		case fn == nil: // unknown
			return Undecided
		case fn.Object() != nil && (catalog.Name(fn.Object().(*types.Func)) == "net.Dialer.DialContext" ||
			catalog.Name(fn.Object().(*types.Func)) == "net.Dialer.Dial" ||
			catalog.Name(fn.Object().(*types.Func)) == "net.DialTimeout" ||
			catalog.Name(fn.Object().(*types.Func)) == "net.Dial"):
			// connects, and leaves the connection as it is
		case fn.Blocks == nil || !f.plainConn(fn):
			return Undecided
		case f.callsAny(fn, setsDeadline, 3):
			return Whole
		}
	}
	return Nothing
}

// plainConn reports whether a dial function connects to another machine and returns the
// connection as it is, not one of a type of its own, which may set deadlines as it reads.
func (f *finder) plainConn(fn *ssa.Function) bool {
	if f.callsAny(fn, func(call ssa.CallInstruction) bool {
		callee := flow.CalleeObject(call)
		if callee == nil {
			return false
		}
		api := catalog.CallOf(callee)
		network := ssa.Value(nil)
		if api != nil && api.Kind == catalog.Dial {
			network = flow.Operand(call, api.Network)
		}
		return network != nil && isLocal(network)
	}, 3) {
		return false
	}
	for _, block := range fn.Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		for _, o := range f.g.Objects(ret.Results[0]) {
			if o.Kind == flow.New || o.Kind == flow.Unknown {
				return false
			}
		}
	}
	return true
}

// function returns the function that v is, if it is one: a name, a literal, a bound method.
func (f *finder) function(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.ChangeType:
		return f.function(v.X)
	case *ssa.Call:
		// A function of this package that returns a literal.
		if callee := f.g.Callee(v); callee != nil {
			for _, block := range callee.Blocks {
				if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
					if fn := f.function(ret.Results[0]); fn != nil {
						return fn
					}
				}
			}
		}
	}
	return nil
}

// callsAny reports whether fn, or a function of the package that it calls, makes a call that
// match accepts.
func (f *finder) callsAny(fn *ssa.Function, match func(ssa.CallInstruction) bool, depth int) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if match(call) {
				return true
			}
			if callee := f.g.Callee(call); callee != nil && depth > 0 && f.callsAny(callee, match, depth-1) {
				return true
			}
		}
	}
	for _, literal := range fn.AnonFuncs {
		if depth > 0 && f.callsAny(literal, match, depth-1) {
			return true
		}
	}
	return false
}

// isTimer reports whether a call gives a context, or the goroutine, a deadline.
func isTimer(call ssa.CallInstruction) bool {
	fn := flow.CalleeObject(call)
	if fn == nil {
		return false
	}
	if hand := catalog.HandoverOf(fn); hand != nil && hand.Effect == catalog.Sets {
		return true
	}
	switch catalog.Name(fn) {
	case "time.After", "time.AfterFunc", "time.NewTimer":
		return true
	}
	return setsDeadline(call)
}

// inner judges the object that o works through, if it is set: the transport of a client.
func (f *finder) inner(o flow.Origin, t *catalog.Type, name string, seen map[flow.Origin]bool) Bound {
	field := f.fieldOf(t, name)
	if field == nil && f.lookup(t.Name) != nil {
		return Undecided // the type of another major version
	}
	if field == nil {
		return Nothing
	}
	settings := f.g.Settings(o, field)
	bound := Undecided
	for i, setting := range settings {
		b := f.wrapped(setting.Value, seen)
		if b == Undecided || b == Whole {
			return b
		}
		if i == 0 || b < bound {
			bound = b
		}
	}
	if len(settings) == 0 {
		// Left alone: for a maker's object, whatever is stored through the field itself
		// (rc.HTTPClient.Timeout = d).
		inner := catalog.TypeOf(field.Type())
		if inner == nil {
			return Nothing
		}
		for _, name := range inner.Bounds {
			for _, setting := range f.g.Through(o, field, f.fieldOf(inner, name)) {
				if n, ok := flow.ConstInt(setting.Value); setting.Value == nil || !ok || n > 0 {
					return Whole
				}
			}
		}
		return Nothing
	}
	return bound
}

// wrapped judges a transport or client by what it can be. One that is wrapped in a loop, or by a
// store into the field that it came from, is what it began with; where nothing else is there, that
// is the default.
func (f *finder) wrapped(v ssa.Value, seen map[flow.Origin]bool) Bound {
	if seen == nil {
		seen = map[flow.Origin]bool{}
	}
	bound, began := Whole, false
	for _, o := range f.g.Objects(v) {
		if seen[o] && f.typeOf(o) == nil && f.base(o) != nil {
			continue // once more round
		}
		began = true
		b := f.wrappedOrigin(o, seen)
		if b == Undecided {
			return Undecided
		}
		bound = min(bound, b)
	}
	if !began {
		return Nothing
	}
	return bound
}

func (f *finder) wrappedOrigin(o flow.Origin, seen map[flow.Origin]bool) Bound {
	switch o.Kind {
	case flow.Nil:
		return Nothing // the default
	case flow.Param:
		return Undecided
	}
	if t := f.typeOf(o); t != nil {
		b, _ := f.bound(o, t, seen)
		return b
	}
	if o.Kind == flow.Global && catalog.IsDefault(o.Value.(*ssa.Global).Object()) {
		return Nothing // http.DefaultTransport
	}
	if o.Kind == flow.New {
		return f.roundTripper(o, seen)
	}
	if base := f.base(o); base != nil {
		seen[o] = true
		defer delete(seen, o)
		return f.wrapped(base, seen)
	}
	return Undecided
}

// base returns what the object that a library made works through, or nil.
func (f *finder) base(o flow.Origin) ssa.Value {
	if product := f.product(o); product != nil && o.Kind == flow.Result {
		return flow.Argument(o.Value.(*ssa.Call), product.Param)
	}
	if maker := f.maker(o); maker != nil {
		return flow.Operand(o.Value.(*ssa.Call), maker.Base)
	}
	return nil
}

// roundTripper judges a transport of a type of the package's own: it bounds the call if its
// RoundTrip sets a deadline or waits for a timer, and as far as the transports do that it
// works through. One that works through none does not leave the process.
func (f *finder) roundTripper(o flow.Origin, seen map[flow.Origin]bool) Bound {
	t := o.Value.Type()
	named, ok := t.(*types.Pointer).Elem().(*types.Named)
	if !ok || named.Obj().Pkg() != f.g.SSA.Pkg.Pkg || seen[o] {
		return Undecided
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, named.Obj().Pkg(), "RoundTrip")
	method, ok := obj.(*types.Func)
	if !ok {
		return Undecided
	}
	fn := f.g.SSA.Pkg.Prog.FuncValue(method)
	if fn == nil || fn.Blocks == nil || !f.callsAny(fn, sends, 3) {
		return Undecided
	}
	if f.callsAny(fn, isTimer, 3) {
		return Whole
	}
	seen[o] = true
	defer delete(seen, o)
	bound, found := Whole, false
	if s, ok := named.Underlying().(*types.Struct); ok {
		for field := range s.Fields() {
			if !isTransport(field.Type()) {
				continue
			}
			for _, setting := range f.g.Settings(o, field.Origin()) {
				if setting.Value == nil {
					return Undecided
				}
				bound, found = min(bound, f.wrapped(setting.Value, seen)), true
			}
		}
	}
	if !found {
		return Nothing // it works through http.DefaultTransport
	}
	return bound
}

func isTransport(t types.Type) bool {
	switch catalog.TypeName(t) {
	case "net/http.RoundTripper", "net/http.Transport", "net/http.Client":
		return true
	}
	return false
}

// sends reports whether a call passes a request on.
func sends(call ssa.CallInstruction) bool {
	fn := flow.CalleeObject(call)
	if fn == nil {
		return false
	}
	if api := catalog.CallOf(fn); api != nil && api.Kind == catalog.Exchange {
		return true
	}
	return fn.Name() == "RoundTrip" && fn.Signature().Recv() != nil
}
