package serving

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/resilint/resilint/internal/catalog"
)

// imports notes what libraries the package uses that answer probes, or end programs.
func (f *finder) imports() {
	for _, pkg := range f.pass.Pkg.Imports() {
		e := f.evidence
		e.Health = e.Health || catalog.TellsHealth(pkg.Path())
		e.Apart = e.Apart || catalog.EndsServers(pkg.Path()) || catalog.IsServerless(pkg.Path())
	}
}

// file notes what the syntax of a file shows: what stops servers, by whatever way it is called,
// signals, and texts by which probes are answered.
func (f *finder) file(file *ast.File) {
	var stack []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.STRING && !isImport(stack) {
				f.text(n)
				f.action(n, stack[len(stack)-2])
			}
		case *ast.Ident:
			f.mention(file, n, stack)
			f.evidence.Terminal = f.evidence.Terminal || readsInput(f.pass.TypesInfo.Uses[n])
		case *ast.CallExpr:
			f.notify(file, n)
		case *ast.FuncDecl:
			f.handler(n)
		case *ast.KeyValueExpr:
			f.field(n)
		}
		return true
	})
}

// readsInput reports whether an object is the standard input, or a function that reads it.
func readsInput(obj types.Object) bool {
	if obj == nil || obj.Pkg() == nil {
		return false
	}
	switch obj.Pkg().Path() {
	case "os":
		return obj.Name() == "Stdin"
	case "fmt":
		return obj.Name() == "Scan" || obj.Name() == "Scanln" || obj.Name() == "Scanf"
	}
	return false
}

func isImport(stack []ast.Node) bool {
	_, ok := stack[len(stack)-2].(*ast.ImportSpec)
	return ok
}

// mention notes what an identifier stands for.
func (f *finder) mention(file *ast.File, id *ast.Ident, stack []ast.Node) {
	switch obj := f.pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		if stop, kind := catalog.StopOf(obj); stop != nil {
			f.evidence.Stops = append(f.evidence.Stops, &Stop{
				Servers: kind, Deferred: isDeferred(stack), Graceful: obj.Name() != "Close" && obj.Name() != "Stop",
				fn: f.declared(file, id.Pos()), call: callOf(stack),
			})
			return
		}
		f.runs(obj)
		f.evidence.Health = f.evidence.Health || probeFuncs.MatchString(obj.Name()) && handles(obj.Type(), 0)
		if f.isOutside(obj.Pkg()) {
			f.lifecycle(obj)
		}
		if catalog.Name(obj) == "net.Listener.Close" && !isDeferred(stack) {
			// Whoever closes the listener ends what serves on it.
			f.unknown("HTTP", f.declared(file, id.Pos()))
			f.unknown("gRPC", f.declared(file, id.Pos()))
			f.unknown("fasthttp", f.declared(file, id.Pos()))
		}
	case *types.Const, *types.Var:
		if _, ok := obj.Type().Underlying().(*types.Signature); ok && f.isOutside(obj.Pkg()) && (signals.MatchString(obj.Name()) || signalPath.MatchString(obj.Pkg().Path())) {
			f.evidence.Awaits, f.evidence.Terminates = true, true
		}
		if obj.Name() == "SIGTERM" && obj.Pkg() != nil && (obj.Pkg().Path() == "syscall" || obj.Pkg().Path() == "golang.org/x/sys/unix") {
			f.evidence.Terminates = true
		}
	}
}

// isDeferred reports whether a node is part of a deferred call.
func isDeferred(stack []ast.Node) bool {
	for _, node := range slices.Backward(stack) {
		switch node.(type) {
		case *ast.DeferStmt:
			return true
		case *ast.FuncDecl, *ast.GoStmt:
			return false
		}
	}
	return false
}

// callOf returns the call of the function that the last node of stack names, nil if it is not called
// there.
func callOf(stack []ast.Node) *ast.CallExpr {
	for i := len(stack) - 2; i >= 0 && i >= len(stack)-3; i-- {
		if call, ok := stack[i].(*ast.CallExpr); ok && call.Fun == stack[i+1] {
			return call
		}
	}
	return nil
}

// runs notes a function of another package that starts a server.
func (f *finder) runs(fn *types.Func) {
	for _, e := range f.imported {
		f.runsOf(e, fn)
	}
}

func (f *finder) runsOf(e *Evidence, fn *types.Func) {
	for _, start := range e.Starts {
		if name := flow.FullName(fn); start.In == name && !slices.Contains(f.evidence.Mentions, name) {
			f.evidence.Mentions = append(f.evidence.Mentions, name)
		}
	}
}

// runsOwn notes the functions of the package itself that start a server, and are mentioned.
func (f *finder) runsOwn() {
	if len(f.evidence.Starts) == 0 {
		return
	}
	for _, obj := range f.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() == f.pass.Pkg {
			f.runsOf(f.evidence, fn)
		}
	}
	slices.Sort(f.evidence.Mentions)
}

// lifecycle notes functions of libraries that listen to signals, or end servers in their own way.
func (f *finder) lifecycle(fn *types.Func) {
	if signals.MatchString(fn.Name()) || signalPath.MatchString(fn.Pkg().Path()) || catalog.AwaitsSignals(fn) {
		f.evidence.Awaits, f.evidence.Terminates = true, true
	}
	if graceful.MatchString(fn.Name()) || graceful.MatchString(fn.Pkg().Path()) {
		if stop, _ := catalog.StopOf(fn); stop == nil {
			f.evidence.Apart = true
		}
	}
}

var (
	signals = regexp.MustCompile(`(?i)signal(s|handler|context)?$|signalhandler|waitfor(signal|interrupt|shutdown)|gracefulshutdown`)
	// signalPath is of libraries that do nothing else: knative.dev/pkg/signals.
	signalPath = regexp.MustCompile(`(?i)(^|[/._-])signals?$`)
	graceful   = regexp.MustCompile(`(?i)graceful`)
)

func (f *finder) unknown(kind string, fn *types.Func) {
	f.evidence.Stops = append(f.evidence.Stops, &Stop{Servers: kind, Unknown: true, fn: fn})
}

// field notes a field that has a server end with a context.
func (f *finder) field(kv *ast.KeyValueExpr) {
	if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "GracefulContext" {
		f.unknown("fasthttp", nil)
	}
}

// notify notes a call that listens to signals.
func (f *finder) notify(file *ast.File, call *ast.CallExpr) {
	fn, _ := typeutil.Callee(f.pass.TypesInfo, call).(*types.Func)
	switch catalog.Name(fn) {
	case "os/signal.Notify", "os/signal.NotifyContext":
	default:
		return
	}
	n := &Notify{call: call, fn: f.declared(file, call.Pos())}
	if call.Ellipsis.IsValid() || len(call.Args) < 2 {
		n.Terminate = true
	}
	for _, arg := range call.Args[min(1, len(call.Args)):] {
		switch f.signal(arg) {
		case "Interrupt", "SIGINT":
			n.Interrupt, n.last = true, arg
		case "SIGTERM", "":
			n.Terminate = true
		}
	}
	f.evidence.Notifys = append(f.evidence.Notifys, n)
	f.evidence.Awaits = f.evidence.Awaits || n.Interrupt || n.Terminate
	f.evidence.Terminates = f.evidence.Terminates || n.Terminate
}

// signal returns the name of a signal, "" if it is not seen which one it is.
func (f *finder) signal(arg ast.Expr) string {
	id, _ := ast.Unparen(arg).(*ast.Ident)
	if sel, ok := ast.Unparen(arg).(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id == nil {
		return ""
	}
	obj := f.pass.TypesInfo.Uses[id]
	if obj == nil || obj.Pkg() == nil {
		return ""
	}
	switch obj.Pkg().Path() {
	case "os", "syscall", "golang.org/x/sys/unix":
		return obj.Name()
	}
	return ""
}
