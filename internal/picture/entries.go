package picture

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// entries finds the functions that serve requests: of HTTP by what they are given, so that the router does
// not matter; of RPCs by the type that they are methods of; of messages as package entry does.
func (b *builder) entries(handlers *entry.Result) {
	probed := b.probed()
	for _, fn := range b.g.SSA.Funcs {
		switch {
		case fn.Name() == "init" || fn.Synthetic != "" || isDouble(fn) || probed[fn] || answersProbe(fn):
		case servesHTTP(fn.Signature):
			b.entry(HTTP, fn)
		case b.servesRPC(fn):
			b.entry(RPC, fn)
		}
	}
	if handlers == nil {
		return
	}
	for _, e := range handlers.Own {
		if probed[e.Func] || answersProbe(e.Func) || isDouble(flow.Outermost(e.Func)) {
			continue
		}
		kind := HTTP
		switch {
		case e.Kind == entry.Message:
			kind = kindOf(e)
		case !servesHTTP(e.Func.Signature):
			kind = RPC
		}
		b.entry(kind, e.Func)
		if made := b.result.Entries[len(b.result.Entries)-1]; made.Name == e.Name {
			made.Sequential = kind == Message && e.Since != nil && !forks(e.Func)
			made.Before = b.before(e)
		}
	}
	for _, e := range handlers.Other {
		kind := RPC
		if e.Kind == entry.Message {
			kind = kindOf(e)
		}
		b.result.Entries = append(b.result.Entries, &Entry{Kind: kind, Name: e.Name, Title: shortOf(e.Name)})
	}
}

// before returns the functions that one which takes messages by itself only calls before the first of them. It notes that
// the function does.
func (b *builder) before(e *entry.Entry) []string {
	if e.Since == nil {
		return nil
	}
	b.takers[e.Func] = e
	before, after := map[string]bool{}, map[string]bool{}
	for _, block := range e.Func.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			for _, step := range b.effects.StepsOf(call) {
				switch {
				case step.Kind != effect.Calls:
				case e.Follows(instr):
					after[step.Callee] = true
				default:
					before[step.Callee] = true
				}
			}
		}
	}
	return slices.DeleteFunc(sortedKeys(before), func(callee string) bool { return after[callee] })
}

// forks reports whether a function, or a literal in it, goes on before what it calls has returned.
func forks(fn *ssa.Function) bool {
	for instr := range flow.InstructionsIn(fn) {
		switch instr := instr.(type) {
		case *ssa.Go, *ssa.Send:
			return true
		case *ssa.Call:
			for _, arg := range instr.Call.Args {
				if _, ok := arg.Type().Underlying().(*types.Signature); ok {
					return true // it may be run by others
				}
			}
		}
	}
	return slices.ContainsFunc(fn.AnonFuncs, forks)
}

// kindOf tells handlers of messages from those of jobs, which nobody waits for.
func kindOf(e *entry.Entry) Kind {
	if e.From != nil && catalog.RunsJobs(e.From.Path) {
		return Job
	}
	return Message
}

func (b *builder) entry(kind Kind, fn *ssa.Function) {
	name := flow.NameOf(fn)
	if slices.ContainsFunc(b.result.Entries, func(e *Entry) bool { return e.Name == name }) {
		return
	}
	outer := fn
	for outer.Parent() != nil {
		outer = outer.Parent()
	}
	b.result.Entries = append(b.result.Entries, &Entry{Kind: kind, Name: name, Title: remote.ShortName(outer), pos: fn.Pos()})
}

// shortOf shortens the full name of a function: "(*example.org/shop/api.Handler).Create" to "Handler.Create".
func shortOf(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name)
	if strings.Count(name, ".") > 1 {
		_, name, _ = strings.Cut(name, ".")
	}
	return name
}

func isDouble(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	return recv != nil && remote.IsDouble(recv.Type())
}

// contexts are the types by which frameworks hand a request to its handler.
var contexts = []string{
	"github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context", "github.com/gofiber/fiber.Ctx",
	"github.com/valyala/fasthttp.RequestCtx", "github.com/kataras/iris/context.Context", "github.com/kataras/iris.Context",
	"github.com/astaxie/beego/context.Context", "github.com/beego/beego/server/web/context.Context", "github.com/emicklei/go-restful.Request",
	"github.com/gogf/gf/net/ghttp.Request", "github.com/cloudwego/hertz/pkg/app.RequestContext", "github.com/danielgtaylor/huma.Context",
}

// servesHTTP reports whether a function is given a request to answer: the writer and the request of
// net/http, the context of a framework, or a struct that holds either.
func servesHTTP(sig *types.Signature) bool {
	var writer, request bool
	for param := range sig.Params().Variables() {
		switch name := catalog.TypeName(param.Type()); {
		case name == "net/http.ResponseWriter":
			writer = true
		case name == "net/http.Request":
			request = true
		case slices.Contains(contexts, name), holdsRequest(param.Type()):
			return true
		}
	}
	return writer && request
}

// holdsRequest reports whether a type is a context of a program's own, as handlers get one.
func holdsRequest(t types.Type) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	var writer, request bool
	for f := range s.Fields() {
		switch name := catalog.TypeName(f.Type()); {
		case f.Embedded() && slices.Contains(contexts, name):
			return true
		case name == "net/http.ResponseWriter":
			writer = true
		case name == "net/http.Request":
			request = true
		}
	}
	return writer && request
}

// stubs are the types that generated code has services embed.
var stubs = regexp.MustCompile(`^(Unimplemented|Unsafe)\w+(Server|Handler)$`)

// servesRPC reports whether a function is a method of a service: of a type that embeds what generated
// code has for it to embed, and that has a method of that name.
func (b *builder) servesRPC(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || fn.Signature.Recv() == nil {
		return false
	}
	t := fn.Signature.Recv().Type()
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		name := catalog.TypeName(f.Type())
		if f.Embedded() && stubs.MatchString(name[strings.LastIndexByte(name, '.')+1:]) {
			method, _, _ := types.LookupFieldOrMethod(f.Type(), true, obj.Pkg(), obj.Name())
			return method != nil || strings.Contains(name, ".Unsafe") && isOfService(f.Type(), obj.Name())
		}
	}
	return false
}

// isOfService reports whether the service whose methods a type says that it may lack, UnsafeShopServer, has a method of that
// name, as far as its interface is seen.
func isOfService(unsafe types.Type, method string) bool {
	named, ok := types.Unalias(unsafe).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return true
	}
	decl := named.Obj().Pkg().Scope().Lookup(strings.TrimPrefix(named.Obj().Name(), "Unsafe"))
	if decl == nil {
		return true
	}
	service, ok := decl.Type().Underlying().(*types.Interface)
	if !ok {
		return true
	}
	for m := range service.Methods() {
		if m.Name() == method {
			return true
		}
	}
	return false
}
