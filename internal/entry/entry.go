// Package entry finds the functions that others call from outside and may call twice: handlers of
// messages, events and jobs, which every broker delivers at least once; webhooks, which their senders
// repeat; and handlers of requests that make something, which clients repeat.
package entry

import (
	"go/types"
	"reflect"
	"slices"
	"sync"

	"github.com/resilint/resilint/internal/regexp"

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
	FactTypes:  []analysis.Fact{(*Takes)(nil), (*Consumes)(nil)},
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
	// Unseen says that the broker takes a message for handled when it has sent it: it comes once, or
	// not at all.
	Unseen bool
	Job    string // that it does, where its parameter says so; see Jobs
}

// Follows reports whether an instruction can come after a message: it is not in the part of a function that is done once,
// before the function takes the first one. Instructions of other functions do.
func (e *Entry) Follows(instr ssa.Instruction) bool {
	if e.Since == nil || instr.Parent() != e.Since.Parent() {
		return true
	}
	if instr.Block() == e.Since.Block() && slices.Index(instr.Block().Instrs, e.Since) <= slices.Index(instr.Block().Instrs, instr) {
		return true
	}
	seen := map[*ssa.BasicBlock]bool{}
	for work := slices.Clone(e.Since.Block().Succs); len(work) > 0; work = work[1:] {
		if work[0] == instr.Block() {
			return true
		}
		if !seen[work[0]] {
			seen[work[0]] = true
			work = append(work, work[0].Succs...)
		}
	}
	return false
}

// A Result is the entries of a package, and those that it hands over from others.
type Result struct {
	Own   []*Entry
	Other []*Entry
	Jobs  *Jobs
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if g == nil || effects == nil {
		return (*Result)(nil), nil
	}
	f := &finder{g: g, effects: effects, result: &Result{}, seen: map[string]bool{}}
	f.runs = sync.OnceValues(func() (map[string]bool, bool) { return runsOf(g) })
	f.never = neverAgain(g)
	f.consumes(pass)
	for _, fn := range g.SSA.Funcs {
		obj, _ := fn.Object().(*types.Func)
		if from := catalog.HandlesLike(obj, fn.Signature); from != nil && fn.Name() != "init" && !f.isInside(fn) {
			f.add(&Entry{Kind: Message, Func: fn, From: from})
		}
		f.receives(fn)
		if from := f.deliveredTo(fn); from != nil && f.comesAgain(fn, from) && !f.isInside(fn) {
			f.add(&Entry{Kind: Message, Func: fn, From: from})
		}
		f.asked(fn)
	}
	for instr := range g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok {
			f.handed(call)
			if obj := flow.CalleeObject(call); obj != nil {
				f.taking(pass, call, obj)
			}
		}
	}
	f.takes(pass)
	f.result.Jobs = f.jobs(pass)
	return f.result, nil
}

type finder struct {
	g       *flow.Graph
	effects *effect.Result
	result  *Result
	seen    map[string]bool
	queues  Consumes
	runs    func() (runs map[string]bool, all bool) // see runsOf
	never   map[*catalog.Traffic]bool               // see neverAgain
}

func (f *finder) add(e *Entry) {
	if e.Func != nil {
		e.Name, e.Job = flow.NameOf(e.Func), worked(e.Func)
	}
	if f.seen[e.Name] || f.never[e.From] {
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
			var ch ssa.Value
			switch instr := instr.(type) {
			case *ssa.Call:
				from = catalog.ReceiverOf(flow.CalleeObject(instr))
			case *ssa.UnOp:
				from, ch = delivers(instr.X), instr.X
			case *ssa.Select:
				for _, state := range instr.States {
					if state.Dir == types.RecvOnly && from == nil {
						from, ch = delivers(state.Chan), state.Chan
					}
				}
			}
			if from == nil {
				continue
			}
			unseen, known := f.unseen(ch)
			if known || f.comesAgain(fn, from) {
				f.add(&Entry{Kind: Message, Func: fn, From: from, Since: instr, Unseen: unseen})
			}
			return
		}
	}
}

// delivers returns the library that sends messages through a channel, or nil.
func delivers(v ssa.Value) *catalog.Traffic {
	if ch, ok := v.Type().Underlying().(*types.Chan); ok {
		return catalog.DeliveredOn(ch.Elem())
	}
	return nil
}

// deliveredTo returns the library whose messages a function that is used as a value has a parameter of: who
// has it calls it with each. It returns nil for other functions.
func (f *finder) deliveredTo(fn *ssa.Function) *catalog.Traffic {
	if !f.g.UsedAsValue(fn) && fn.Parent() == nil {
		return nil
	}
	for param := range fn.Signature.Params().Variables() {
		if from := catalog.DeliveredTo(param.Type()); from != nil {
			return from
		}
	}
	return nil
}

// asked finds out what a handler of HTTP requests asks them for: the signature of a webhook, which it
// checks, or what a scheduler says of itself.
func (f *finder) asked(fn *ssa.Function) {
	if !isHTTP(fn.Signature) {
		return
	}
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		obj := flow.CalleeObject(call)
		if catalog.ChecksSignature(obj) {
			f.add(&Entry{Kind: Webhook, Func: fn})
			return
		}
		if obj == nil || !asks.MatchString(obj.Name()) {
			continue
		}
		for _, arg := range call.Common().Args {
			header, ok := flow.ConstString(arg)
			if !ok {
				continue
			}
			if catalog.SignatureHeader(header) {
				f.add(&Entry{Kind: Webhook, Func: fn})
				return
			}
			if from := catalog.CallerOf(header); from != nil {
				f.add(&Entry{Kind: Message, Func: fn, From: from})
				return
			}
		}
	}
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
