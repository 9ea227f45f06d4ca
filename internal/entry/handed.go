package entry

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// handed finds the handlers that a call is given.
func (f *finder) handed(call ssa.CallInstruction) {
	obj := flow.CalleeObject(call)
	row, from := catalog.HandlerOf(obj)
	if row == nil {
		if obj != nil {
			if service, at := catalog.ServiceOf(obj); service != nil {
				f.service(service, flow.Operand(call, at))
			}
		}
		return
	}
	kind := Message
	if row.HTTP {
		if kind = Create; !makes(call, row) {
			return
		}
	}
	if f.deduplicates(call.Parent()) {
		return // by what stands around all handlers
	}
	if row.Func != catalog.None {
		f.handler(flow.Operand(call, row.Func), kind, from, row.Method)
		return
	}
	args := call.Common().Args
	if len(args) == 0 {
		return
	}
	all := variadic(args[len(args)-1])
	if row.Method == "" && len(all) > 0 {
		all = all[len(all)-1:] // those before are middleware
	}
	for _, v := range all {
		f.handler(v, kind, from, row.Method)
	}
}

// makes reports whether a call is given the handler of requests that make something: of a POST or PATCH.
func makes(call ssa.CallInstruction, row *catalog.Handler) bool {
	switch {
	case row.Verb != catalog.None:
		text, ok := flow.ConstString(flow.Operand(call, row.Verb))
		verb, _, _ := strings.Cut(text, " ")
		return ok && (verb == "POST" || verb == "PATCH")
	case len(row.Chained) > 0:
		return chained(call, row.Chained)
	}
	return true
}

// chained reports whether a builder that a call is part of is given POST or PATCH, and nothing that reads,
// by one of those functions.
func chained(call ssa.CallInstruction, names []string) bool {
	var chain []ssa.CallInstruction
	for v := flow.Operand(call, catalog.Recv); v != nil; {
		before, ok := v.(*ssa.Call)
		if !ok {
			break
		}
		chain = append(chain, before)
		v = flow.Operand(before, catalog.Recv)
	}
	for v := call.Value(); v != nil && v.Referrers() != nil; {
		var next *ssa.Call
		for _, ref := range *v.Referrers() {
			if after, ok := ref.(*ssa.Call); ok && flow.Operand(after, catalog.Recv) == v {
				next = after
			}
		}
		if next == nil {
			break
		}
		chain = append(chain, next)
		v = next
	}
	posts := false
	for _, part := range chain {
		if !slices.Contains(names, catalog.Name(flow.CalleeObject(part))) {
			continue
		}
		for _, arg := range variadic(flow.Operand(part, catalog.Arg0)) {
			switch verb, _ := flow.ConstString(arg); verb {
			case "POST", "PATCH":
				posts = true
			case "OPTIONS":
			default:
				return false
			}
		}
	}
	return posts
}

// deduplicates reports whether a function that registers handlers puts something around them that knows
// second deliveries.
func (f *finder) deduplicates(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if obj := flow.CalleeObject(call); catalog.Guards(obj) || f.around(call) != "" || obj != nil && wraps.MatchString(obj.Name()) {
				return true
			}
		}
	}
	return false
}

var wraps = regexp.MustCompile(`(?i)idempot|dedup`)

// variadic returns the elements of the variadic arguments that v is, or v itself.
func variadic(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return []ssa.Value{v}
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	elements := map[int64]ssa.Value{}
	for _, ref := range *alloc.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := flow.ConstInt(at.Index)
		if !ok {
			continue
		}
		for _, use := range *at.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				elements[i] = store.Val
			}
		}
	}
	var all []ssa.Value
	for _, i := range slices.Sorted(maps.Keys(elements)) {
		all = append(all, elements[i])
	}
	return all
}

// handler adds the function that v is, or of an object the method.
func (f *finder) handler(v ssa.Value, kind Kind, from *catalog.Traffic, method string) {
	v = plain(v)
	if v == nil {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Signature); !ok && method != "" && f.object(v, kind, from, method) {
		return
	}
	var fn *ssa.Function
	switch x := v.(type) {
	case *ssa.Function:
		fn = x
	case *ssa.MakeClosure:
		fn = x.Fn.(*ssa.Function)
	case *ssa.MakeMap: // of handlers, by their names
		for _, ref := range *x.Referrers() {
			if update, ok := ref.(*ssa.MapUpdate); ok {
				f.handler(update.Value, kind, from, method)
			}
		}
		return
	case *ssa.Call:
		if f.looksFirst(x) || f.looksFirst(x.Call.Value) {
			return // before it calls what it is given
		}
		if inner := around(x); inner != nil {
			f.handler(inner, kind, from, method)
			return
		}
		// A function that returns the handler: its literals are.
		if maker := f.g.Callee(x); maker != nil && len(maker.AnonFuncs) == 1 {
			fn = maker.AnonFuncs[0]
		}
	}
	if fn == nil {
		return
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		f.declared(obj, kind, from)
		return
	}
	if fn.Blocks != nil {
		f.add(&Entry{Kind: kind, Func: fn, From: from})
	}
}

// plain returns a value without the conversions around it.
func plain(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
}

// around returns the only handler among the arguments of a call: middleware returns one that calls it.
func around(call *ssa.Call) ssa.Value {
	var inner ssa.Value
	for _, arg := range call.Call.Args {
		v := plain(arg)
		sig, ok := v.Type().Underlying().(*types.Signature)
		if !ok || !isHTTP(sig) {
			continue
		}
		if inner != nil {
			return nil
		}
		inner = v
	}
	return inner
}

// object adds a method of an object, or all of its exported methods that can fail. It reports whether the
// object has methods.
func (f *finder) object(v ssa.Value, kind Kind, from *catalog.Traffic, method string) bool {
	if types.IsInterface(v.Type()) {
		return false
	}
	found := false
	set := f.g.SSA.Pkg.Prog.MethodSets.MethodSet(v.Type())
	for selection := range set.Methods() {
		fn, ok := selection.Obj().(*types.Func)
		if !ok || method != "*" && fn.Name() != method {
			continue
		}
		results := fn.Signature().Results()
		if method == "*" && (!fn.Exported() || results.Len() == 0 || results.At(results.Len()-1).Type().String() != "error") {
			continue
		}
		found = true
		f.declared(fn, kind, from)
	}
	return found
}

func (f *finder) declared(obj *types.Func, kind Kind, from *catalog.Traffic) {
	obj = obj.Origin()
	if f.comesOnce(obj.Name(), from) {
		return
	}
	if fn := f.g.SSA.Pkg.Prog.FuncValue(obj); fn != nil && fn.Pkg == f.g.SSA.Pkg && fn.Blocks != nil {
		f.add(&Entry{Kind: kind, Func: fn, From: from})
		return
	}
	f.add(&Entry{Kind: kind, Name: obj.FullName(), From: from})
}

// service adds the methods of a service.
func (f *finder) service(iface *types.Interface, v ssa.Value) {
	made, ok := v.(*ssa.MakeInterface)
	if !ok {
		return
	}
	for method := range iface.Methods() {
		sig := method.Signature()
		if sig.Params().Len() != 2 || sig.Results().Len() != 2 {
			continue // a stream
		}
		obj, _, _ := types.LookupFieldOrMethod(made.X.Type(), true, method.Pkg(), method.Name())
		if impl, ok := obj.(*types.Func); ok {
			f.declared(impl, Create, nil)
		}
	}
}
