// Package entry finds the functions that others call from outside and may call twice: handlers of
// messages, events and jobs, which every broker delivers at least once; webhooks, which their senders
// repeat; and handlers of requests that make something, which clients repeat.
package entry

import (
	"go/constant"
	"go/types"
	"reflect"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/flow"
)

// Analyzer finds the entry points of a package.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintentry",
	Doc:        "find functions that may be called twice for one event: handlers of messages, webhooks and requests",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, effect.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
}

// A Kind says what calls an entry.
type Kind uint8

const (
	Message Kind = iota + 1 // a broker, a queue, a scheduler of jobs
	Webhook                 // a service that tells of its events
	Create                  // a client that wants something made
)

// An Entry is a function that is called from outside.
type Entry struct {
	Kind  Kind
	Name  string           // in the package's graph of effects
	Func  *ssa.Function    // nil where another package has it
	From  *catalog.Traffic // what calls it; nil if that has no name
	Since ssa.Instruction  // of a loop that receives messages: where it does
}

// A Result is the entries of a package, and those that it hands over from others.
type Result struct {
	Own   []*Entry
	Other []*Entry
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if g == nil || effects == nil {
		return (*Result)(nil), nil
	}
	f := &finder{g: g, effects: effects, result: &Result{}, seen: map[string]bool{}}
	for _, fn := range g.SSA.Funcs {
		obj, _ := fn.Object().(*types.Func)
		if from := catalog.HandlesLike(obj, fn.Signature); from != nil && fn.Name() != "init" {
			f.add(&Entry{Kind: Message, Func: fn, From: from})
		}
		f.receives(fn)
		if f.signed(fn) {
			f.add(&Entry{Kind: Webhook, Func: fn})
		}
	}
	for instr := range g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok {
			f.handed(call)
		}
	}
	return f.result, nil
}

type finder struct {
	g       *flow.Graph
	effects *effect.Result
	result  *Result
	seen    map[string]bool
}

func (f *finder) add(e *Entry) {
	if e.Func != nil {
		e.Name = f.effects.NameOf(e.Func)
	}
	if f.seen[e.Name] {
		return
	}
	f.seen[e.Name] = true
	if e.Func != nil {
		f.result.Own = append(f.result.Own, e)
	} else {
		f.result.Other = append(f.result.Other, e)
	}
}

// receives finds a function that takes messages out of a channel or from a client by itself.
func (f *finder) receives(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			var from *catalog.Traffic
			switch instr := instr.(type) {
			case *ssa.Call:
				from = catalog.ReceiverOf(flow.CalleeObject(instr))
			case *ssa.UnOp:
				if ch, ok := instr.X.Type().Underlying().(*types.Chan); ok {
					from = catalog.DeliveredOn(ch.Elem())
				}
			case *ssa.Select:
				for _, state := range instr.States {
					if ch, ok := state.Chan.Type().Underlying().(*types.Chan); ok && state.Dir == types.RecvOnly && from == nil {
						from = catalog.DeliveredOn(ch.Elem())
					}
				}
			}
			if from != nil {
				f.add(&Entry{Kind: Message, Func: fn, From: from, Since: instr})
				return
			}
		}
	}
}

// signed reports whether a function is a handler of HTTP requests that checks the signature of a
// webhook, or asks for one.
func (f *finder) signed(fn *ssa.Function) bool {
	if !isHTTP(fn.Signature) {
		return false
	}
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		obj := flow.CalleeObject(call)
		if catalog.ChecksSignature(obj) {
			return true
		}
		if obj == nil || !asks.MatchString(obj.Name()) {
			continue
		}
		for _, arg := range call.Common().Args {
			if c, ok := arg.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String && catalog.SignatureHeader(constant.StringVal(c.Value)) {
				return true
			}
		}
	}
	return false
}

var asks = regexp.MustCompile(`^(Get|GetHeader|Header|Values|Peek)$`)

// isHTTP reports whether a function handles requests: of net/http, or of a framework by its context.
func isHTTP(sig *types.Signature) bool {
	switch sig.Params().Len() {
	case 1:
		switch catalog.TypeName(sig.Params().At(0).Type()) {
		case "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context", "github.com/gofiber/fiber.Ctx":
			return true
		}
	case 2:
		return catalog.TypeName(sig.Params().At(0).Type()) == "net/http.ResponseWriter" && catalog.TypeName(sig.Params().At(1).Type()) == "net/http.Request"
	}
	return false
}

// handed finds the handlers that a call is given.
func (f *finder) handed(call ssa.CallInstruction) {
	obj := flow.CalleeObject(call)
	if handler, from := catalog.HandlerOf(obj); handler != nil {
		if f.deduplicates(call.Parent()) {
			return // by what stands around all handlers
		}
		kind := Message
		if handler.HTTP {
			kind = Create
		}
		if handler.Func != catalog.None {
			f.handler(flow.Operand(call, handler.Func), kind, from)
		} else if args := call.Common().Args; len(args) > 0 {
			f.handler(lastOf(args[len(args)-1]), kind, from)
		}
		return
	}
	if obj == nil {
		return
	}
	switch name := catalog.Name(obj); {
	case name == "net/http.ServeMux.HandleFunc" || name == "net/http.HandleFunc":
		if pattern, ok := flow.ConstString(flow.Operand(call, catalog.Arg0)); ok && (strings.HasPrefix(pattern, "POST ") || strings.HasPrefix(pattern, "PATCH ")) {
			f.handler(flow.Operand(call, catalog.Arg1), Create, nil)
		}
	case isRegistration(obj):
		f.service(call)
	}
}

// deduplicates reports whether a function that registers handlers puts something around them that knows
// second deliveries.
func (f *finder) deduplicates(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if obj := flow.CalleeObject(call); catalog.Guards(obj) || obj != nil && wraps.MatchString(obj.Name()) {
				return true
			}
		}
	}
	return false
}

var wraps = regexp.MustCompile(`(?i)idempot|dedup`)

// lastOf returns the last element of the variadic arguments that v is.
func lastOf(v ssa.Value) ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return v
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var last ssa.Value
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
				last, highest = store.Val, i
			}
		}
	}
	return last
}

// handler adds the function that v is.
func (f *finder) handler(v ssa.Value, kind Kind, from *catalog.Traffic) {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		}
		break
	}
	var fn *ssa.Function
	switch x := v.(type) {
	case *ssa.Function:
		fn = x
	case *ssa.MakeClosure:
		fn = x.Fn.(*ssa.Function)
	case *ssa.Call: // a function that returns the handler: its literals are
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

func (f *finder) declared(obj *types.Func, kind Kind, from *catalog.Traffic) {
	obj = obj.Origin()
	if fn := f.g.SSA.Pkg.Prog.FuncValue(obj); fn != nil && fn.Pkg == f.g.SSA.Pkg && fn.Blocks != nil {
		f.add(&Entry{Kind: kind, Func: fn, From: from})
		return
	}
	f.add(&Entry{Kind: kind, Name: obj.FullName(), From: from})
}

var registers = regexp.MustCompile(`^Register\w+Server$`)

// isRegistration reports whether a function is one that generated code has to register a service with a
// gRPC server.
func isRegistration(fn *types.Func) bool {
	if !registers.MatchString(fn.Name()) || fn.Signature().Params().Len() != 2 {
		return false
	}
	switch catalog.TypeName(fn.Signature().Params().At(0).Type()) {
	case "google.golang.org/grpc.ServiceRegistrar", "google.golang.org/grpc.Server":
		return true
	}
	return false
}

// service adds the methods of a service.
func (f *finder) service(call ssa.CallInstruction) {
	iface, ok := flow.CalleeObject(call).Signature().Params().At(1).Type().Underlying().(*types.Interface)
	if !ok {
		return
	}
	made, ok := flow.Operand(call, catalog.Arg1).(*ssa.MakeInterface)
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
