package serving

import (
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A Route is a path for which the package registers a handler.
type Route struct {
	Path    string // "" if it is no constant
	Handler string // the function, in Evidence.Far; "" if it is not seen

	call     ssa.CallInstruction
	router   ssa.Value // nil for package net/http's own
	upgrades bool      // its handler makes a websocket of the connection
	scraped  bool      // its handler tells of metrics, whatever its path
}

// Call returns the call that registers it.
func (r *Route) Call() ssa.CallInstruction { return r.call }

// isSide reports whether a route is for others than clients, or takes their connections over: for those
// no Shutdown waits.
func (r *Route) isSide() bool { return r.upgrades || r.scraped || sidePath.MatchString(r.Path) }

var sidePath = regexp.MustCompile(`(?i)^((GET|HEAD|ANY) )?/?(metrics|debug/|debug$|prometheus|-/|pprof|health|livez?|readyz?|liveness|readiness|alive|ready|ping|status$|version$|expvar|configz|statusz|varz|up$|loglevel|quitquitquit)`)

// routes notes what the package registers handlers for.
func (f *finder) routes() {
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		fn := flow.CalleeObject(call)
		switch {
		case fn == nil:
		case catalog.Registers(fn):
			f.route(call, fn)
		case services.MatchString(fn.Name()) && fn.Signature().Params().Len() == 2:
			if strings.Contains(fn.Name(), "Health") {
				f.evidence.Health, f.rpcHealth = true, true
			}
			f.evidence.Routes += 3 // the methods of a gRPC service
		case handlers.MatchString(fn.Name()) && isConnect(fn.Signature()):
			f.evidence.Routes += 3
		}
	}
}

var (
	services = regexp.MustCompile(`^Register\w+Server$`)
	handlers = regexp.MustCompile(`^New\w+Handler$`)
)

// isConnect reports whether a function makes the handler of a service: a path, and the handler.
func isConnect(sig *types.Signature) bool {
	return sig.Results().Len() == 2 && types.Identical(sig.Results().At(0).Type(), types.Typ[types.String]) &&
		catalog.TypeName(sig.Results().At(1).Type()) == "net/http.Handler"
}

func (f *finder) route(call ssa.CallInstruction, fn *types.Func) {
	r := &Route{call: call}
	if fn.Signature().Recv() != nil {
		r.router = flow.Operand(call, catalog.Recv)
	}
	for _, arg := range call.Common().Args {
		if text, ok := flow.ConstString(arg); ok && !methods[text] {
			r.Path = text
			break
		}
	}
	for _, arg := range call.Common().Args {
		r.scraped = r.scraped || scraped(arg, 0)
		if handler := f.handlerOf(arg); handler != nil {
			r.Handler, r.upgrades = flow.NameOf(handler), upgrades(handler)
			f.evidence.Health = f.evidence.Health || rootPath.MatchString(r.Path) && says(handler, fine)
		}
	}
	f.routed = append(f.routed, r)
	if bareProbes.MatchString(r.Path) {
		f.evidence.Health = true
	}
	if r.isSide() {
		return
	}
	f.evidence.Routes++
	if r.router == nil {
		f.evidence.Default++
	}
}

// scraped reports whether a handler is one of metrics, or an adapter or a middleware around one:
// gin.WrapH(promhttp.Handler()).
func scraped(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	switch v := v.(type) {
	case *ssa.ChangeType:
		return scraped(v.X, depth+1)
	case *ssa.MakeInterface:
		return scraped(v.X, depth+1)
	case *ssa.MakeClosure: // promhttp.Handler().ServeHTTP
		return len(v.Bindings) == 1 && scraped(v.Bindings[0], depth+1)
	case *ssa.Slice: // of variadic handlers
		for _, elem := range stored(v) {
			if scraped(elem, depth+1) {
				return true
			}
		}
	case *ssa.Call:
		if catalog.Scrapes(flow.CalleeObject(v)) {
			return true
		}
		for _, arg := range v.Call.Args {
			if serves(arg.Type()) && scraped(arg, depth+1) {
				return true
			}
		}
	}
	return false
}

// stored returns the elements of a slice of an array that is made for it.
func stored(slice *ssa.Slice) []ssa.Value {
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var all []ssa.Value
	for _, ref := range *alloc.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *at.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				all = append(all, store.Val)
			}
		}
	}
	return all
}

var methods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true}

// rootPath is the path that is asked for by who knows no other.
var rootPath = regexp.MustCompile(`^((GET|HEAD) )?/(\{\$\})?$`)

// fine is what handlers answer who are asked how they are.
var fine = regexp.MustCompile(`(?i)^(ok|okay|pong|up|alive|healthy|i'?m alive|running)[.!]?\s*$`)

// says reports whether a function mentions a text.
func says(fn *ssa.Function, text *regexp.Regexp) bool {
	for instr := range flow.InstructionsIn(fn) {
		for _, operand := range instr.Operands(nil) {
			v := *operand
			if made, ok := v.(*ssa.MakeInterface); ok {
				v = made.X
			}
			if s, ok := flow.ConstString(v); ok && text.MatchString(s) {
				return true
			}
		}
	}
	return false
}

// upgrades reports whether a handler makes a websocket of its connection: gorilla's Upgrader.Upgrade, coder's
// and nhooyr's Accept.
func upgrades(handler *ssa.Function) bool {
	for instr := range flow.InstructionsIn(handler) {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if fn := flow.CalleeObject(call); fn != nil && fn.Pkg() != nil && strings.HasSuffix(fn.Pkg().Path(), "/websocket") && (fn.Name() == "Upgrade" || fn.Name() == "Accept") {
				return true
			}
		}
	}
	return false
}

// handlerOf returns the function that v is, or the last of variadic handlers; nil if it is not seen, or
// has no source here.
func (f *finder) handlerOf(v ssa.Value) *ssa.Function {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		case *ssa.Convert:
			v = x.X
			continue
		case *ssa.MakeClosure:
			return x.Fn.(*ssa.Function)
		case *ssa.Function:
			return x
		case *ssa.Call: // of a function that returns it
			if maker := f.g.Callee(x); maker != nil && len(maker.AnonFuncs) == 1 {
				return maker.AnonFuncs[0]
			}
		case *ssa.Slice:
			return f.lastHandler(x)
		}
		return nil
	}
}

func (f *finder) lastHandler(slice *ssa.Slice) *ssa.Function {
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var last *ssa.Function
	highest := int64(-1)
	for _, ref := range *alloc.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := flow.ConstInt(at.Index)
		if !ok || i < highest {
			continue
		}
		for _, use := range *at.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				last, highest = f.handlerOf(store.Val), i
			}
		}
	}
	return last
}

// far notes which functions of the package leave the process, themselves or through others.
func (f *finder) far() {
	if f.remote == nil {
		return
	}
	far := f.evidence.Far
	for _, call := range f.remote.Calls {
		fn := call.Instr.Parent()
		if _, ok := call.Instr.(*ssa.Go); ok {
			continue
		}
		if _, ok := far[flow.NameOf(fn)]; !ok {
			far[flow.NameOf(fn)] = Far{API: call.API.Name, In: remote.ShortName(fn)}
		}
	}
	type edge struct{ from, to string }
	var calls []edge
	for instr := range f.g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if to := f.calleeOf(call); to != "" {
			calls = append(calls, edge{flow.NameOf(instr.Parent()), to})
		}
	}
	for changed := true; changed; {
		changed = false
		for _, call := range calls {
			if _, ok := far[call.from]; ok {
				continue
			}
			if callee, ok := f.farOf(call.to); ok {
				far[call.from], changed = callee, true
			}
		}
	}
}

// Leaves returns how the function of that name leaves the process, as far as the package, and those that
// it imports, show.
func (r *Result) Leaves(name string) (Far, bool) {
	for _, e := range r.Linked {
		if far, ok := e.Far[name]; ok {
			return far, true
		}
	}
	return Far{}, false
}

// calleeOf returns the name of the function that a call runs, or "".
func (f *finder) calleeOf(call *ssa.Call) string {
	if fn := f.g.Callee(call); fn != nil {
		return flow.NameOf(fn)
	}
	if obj := flow.CalleeObject(call); obj != nil {
		return flow.FullName(obj)
	}
	return ""
}

// farOf returns how the function of that name leaves the process.
func (f *finder) farOf(name string) (Far, bool) {
	if far, ok := f.evidence.Far[name]; ok {
		return far, true
	}
	for _, e := range f.imported {
		if far, ok := e.Far[name]; ok {
			return far, true
		}
	}
	return Far{}, false
}
