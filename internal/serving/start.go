package serving

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// starts notes where the package starts servers.
func (f *finder) starts() {
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			fn := flow.CalleeObject(instr)
			if catalog.RunsServers(fn) {
				f.managed(instr, fn)
			}
			if start, kind := catalog.StartOf(fn); start != nil {
				f.start(&Start{Servers: kind, instr: instr, at: instr.Common().Pos(), bound: flow.Operand(instr, start.Object)}, start, fn, instr)
			}
		case *ssa.MakeClosure: // g.Go(srv.ListenAndServe)
			fn, _ := instr.Fn.(*ssa.Function).Object().(*types.Func)
			if start, kind := catalog.StartOf(fn); start != nil && len(instr.Bindings) == 1 {
				f.start(&Start{Servers: kind, instr: instr, at: instr.Pos(), bound: instr.Bindings[0]}, start, fn, nil)
			}
		}
	}
}

// managed notes a server that shuts down by itself.
func (f *finder) managed(call ssa.CallInstruction, fn *types.Func) {
	at := call.Common().Pos()
	if file := f.g.FileOf(at); file != nil {
		s := &Start{Servers: "HTTP", Name: catalog.Name(fn)[strings.LastIndexByte(catalog.Name(fn), '/')+1:], instr: call, at: at, fn: f.declared(file, at)}
		s.In = flow.FullName(s.fn)
		f.evidence.Managed = append(f.evidence.Managed, s)
	}
}

func (f *finder) start(s *Start, api *catalog.Start, fn *types.Func, call ssa.CallInstruction) {
	file := f.g.FileOf(s.at)
	if file == nil {
		return
	}
	s.Name = catalog.Name(fn)[strings.LastIndexByte(catalog.Name(fn), '/')+1:]
	s.fn = f.declared(file, s.at)
	s.In = flow.FullName(s.fn)
	var handlers []ssa.Value
	if call != nil {
		if handler := flow.Operand(call, api.Handler); handler != nil {
			handlers = append(handlers, handler)
		}
		if on := flow.Operand(call, api.Listener); on != nil {
			s.Reach = f.reach(on)
			s.Local = f.isLocal(on)
		}
	}
	words := append(f.words(s, file), f.settings(call, api)...)
	if s.bound != nil {
		for _, o := range f.g.Objects(s.bound) {
			f.server(s, o, &handlers, &words)
		}
	}
	s.Side = f.isForDevelopers(s) || slices.ContainsFunc(words, sideWords.MatchString) || len(handlers) > 0 && f.allSide(handlers)
	if s.Servers == "HTTP" && strings.HasPrefix(catalog.Name(fn), "net/http.") {
		s.Default = !slices.ContainsFunc(handlers, func(h ssa.Value) bool { return !isNil(h) }) && (call == nil || s.bound == nil || f.complete(s.bound))
	}
	if api.Closed && call != nil {
		s.Fatal = f.fatal(s, call)
	}
	f.evidence.Starts = append(f.evidence.Starts, s)
}

// complete reports whether all that can be the server are literals of the package.
func (f *finder) complete(server ssa.Value) bool {
	objects := f.g.Objects(server)
	return len(objects) > 0 && !slices.ContainsFunc(objects, func(o flow.Origin) bool { return o.Kind != flow.New && o.Kind != flow.Nil })
}

// reach returns who can connect to a server that listens on v.
func (f *finder) reach(v ssa.Value) remote.Reach {
	if f.remote == nil {
		return remote.Reach{}
	}
	return f.remote.Reach(v)
}

// server notes what is set of an object that serves: its address, its handler.
func (f *finder) server(s *Start, o flow.Origin, handlers *[]ssa.Value, words *[]string) {
	var t types.Type
	switch {
	case o.Kind == flow.Field:
		*words = append(*words, o.Var.Name())
		t = o.Var.Type()
	case o.Value != nil:
		t = o.Value.Type()
		if o.Kind == flow.New {
			*words = append(*words, f.nameAt(o.Value.Pos()))
		}
	}
	if t == nil || catalog.TypeName(t) != "net/http.Server" {
		return
	}
	if field := flow.FieldNamed(t, "Handler"); field != nil {
		for _, setting := range f.g.Settings(o, field) {
			if setting.Value != nil {
				*handlers = append(*handlers, setting.Value)
			}
		}
	}
	if field := flow.FieldNamed(t, "Addr"); field != nil {
		for _, setting := range f.g.Settings(o, field) {
			if setting.Value == nil {
				continue
			}
			if e := f.g.StoredAt(setting.Store); e != nil {
				*words = append(*words, types.ExprString(e))
			}
			s.Local = s.Local || f.isLocal(setting.Value)
			if !s.Reach.Near && len(s.Reach.Params) == 0 {
				s.Reach = f.reach(setting.Value)
			}
		}
	}
}

// words returns the names around a start that say what it is for.
func (f *finder) words(s *Start, file *ast.File) []string {
	var words []string
	if f.pass.Pkg.Name() != "main" {
		words = append(words, f.pass.Pkg.Name())
	}
	if s.fn != nil {
		words = append(words, s.fn.Name())
		if recv := s.fn.Signature().Recv(); recv != nil {
			name := catalog.TypeName(recv.Type())
			words = append(words, name[strings.LastIndexByte(name, '.')+1:])
		}
	}
	for _, node := range f.g.Path(s.at) {
		if call, ok := node.(*ast.CallExpr); ok && call.Lparen == s.at {
			words = append(words, types.ExprString(call.Fun))
			for _, arg := range call.Args {
				words = append(words, types.ExprString(arg))
			}
		}
		if sel, ok := node.(*ast.SelectorExpr); ok {
			words = append(words, types.ExprString(sel))
		}
	}
	return words
}

// nameAt returns the name of the variable that is declared with what is made at pos.
func (f *finder) nameAt(pos token.Pos) string {
	for _, node := range f.g.Path(pos) {
		switch node := node.(type) {
		case *ast.AssignStmt:
			if len(node.Lhs) == 1 {
				return types.ExprString(node.Lhs[0])
			}
			return ""
		case *ast.ValueSpec:
			return node.Names[0].Name
		case *ast.BlockStmt:
			return ""
		}
	}
	return ""
}

// sideWords say that a server is for others than clients.
var sideWords = regexp.MustCompile(`(?i)metric|prometheus|promhttp|\bprom|pprof|debug|profil(er|ing)|prof_?(port|addr|listen)|health|probe|admin|telemetry|monitor|diagnos|expvar|callback|oauth|mock|fake|redirect|acme|autocert\b.*httphandler|challenge|liveness|readiness|status_?(server|addr|port)|\b(6060|9090|9100)\b`)

// allSide reports whether all that a server serves is for others than clients.
func (f *finder) allSide(handlers []ssa.Value) bool {
	for _, h := range handlers {
		if isNil(h) {
			return false
		}
		for _, source := range f.g.Trace(h, nil) {
			if !f.isSideHandler(source) {
				return false
			}
		}
	}
	return true
}

func (f *finder) isSideHandler(source flow.Source) bool {
	if source.Kind == flow.Result {
		if call, ok := source.Value.(*ssa.Call); ok && catalog.Scrapes(flow.CalleeObject(call)) {
			return true
		}
	}
	if source.Kind != flow.Result && source.Kind != flow.New {
		return false
	}
	var own []*Route
	probes := map[string]bool{} // the handlers of routes for others than clients
	for _, r := range f.routed {
		if r.router == nil || !f.g.Reach(r.router)[source.Origin] {
			continue
		}
		own = append(own, r)
		if r.isSide() && r.Handler != "" {
			probes[r.Handler] = true
		}
	}
	// What answers a probe answers no client: another path for it is for the same use.
	return len(own) > 0 && !slices.ContainsFunc(own, func(r *Route) bool { return !r.isSide() && !probes[r.Handler] })
}

func isNil(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Const:
		return x.IsNil()
	case *ssa.MakeInterface:
		return isNil(x.X)
	}
	return false
}

// escapes notes servers that go to someone who may stop them: a function of a library, an interface
// by which they are stopped.
func (f *finder) escapes() {
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.MakeInterface:
			if kind := kindOf(instr.X.Type()); kind != "" && stoppable(instr.Type()) {
				f.unknown(kind, nil)
			}
		case *ssa.Store:
			addr, ok := instr.Addr.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			if field := flow.FieldOf(addr); field != nil && f.isOutside(field.Pkg()) {
				if kind := kindOf(instr.Val.Type()); kind != "" {
					f.unknown(kind, nil)
				}
			}
		case ssa.CallInstruction:
			fn := flow.CalleeObject(instr)
			if fn == nil || !f.isOutside(fn.Pkg()) || harmless.MatchString(fn.Name()) {
				continue
			}
			if start, _ := catalog.StartOf(fn); start != nil || catalog.Registers(fn) {
				continue
			}
			for _, arg := range instr.Common().Args {
				if arg == flow.Operand(instr, catalog.Recv) {
					continue
				}
				if made, ok := arg.(*ssa.MakeInterface); ok {
					arg = made.X
				}
				if kind := kindOf(arg.Type()); kind != "" && !catalog.IsRouter(arg.Type()) {
					f.unknown(kind, nil)
				}
			}
		}
	}
}

// harmless are names of functions that look at a server, or give it something to serve.
var harmless = regexp.MustCompile(`^(Register|Configure|Instrument|Wrap|Enable|New\w*Handler|Reflect|Init|Set)|^Handler$`)

// kindOf returns the kind of servers that t, or one that is embedded in it, is of.
func kindOf(t types.Type) string {
	if kind := catalog.ServerKind(t); kind != "" {
		return kind
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for field := range s.Fields() {
		if field.Embedded() {
			if kind := catalog.ServerKind(field.Type()); kind != "" {
				return kind
			}
		}
	}
	return ""
}

// stoppable reports whether an interface has a method that ends a server.
func stoppable(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for method := range iface.Methods() {
		switch method.Name() {
		case "Shutdown", "Close", "Stop", "GracefulStop", "ShutdownWithContext", "ShutdownWithTimeout":
			return true
		}
	}
	return false
}
