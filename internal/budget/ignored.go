package budget

import (
	"go/token"
	"go/types"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// An Ignored is the settings of a client that does not heed the deadlines of contexts, although
// some of its calls are made under one that is over before it gives up.
type Ignored struct {
	Options flow.Source
	Client  *catalog.Heedless
	Wait    time.Duration // what the client waits for an answer
	Set     bool          // it says so itself

	Calls []Heard
}

// A Heard is a call under a context with a deadline.
type Heard struct {
	Instr ssa.CallInstruction
	Outer Span
}

// ignored finds deadlines of contexts that are nothing to the client that they are given.
func (f *finder) ignored() {
	found := map[flow.Origin]*Ignored{}
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || !isCommand(flow.CalleeObject(call)) {
			continue
		}
		for _, o := range f.g.Objects(embedding(flow.Operand(call, catalog.Recv))) {
			client := f.heedless(call, o)
			if client == nil {
				continue
			}
			outer, ok := f.around(flow.Operand(call, catalog.Arg0), 0)
			if !ok || outer.D >= client.Wait {
				continue
			}
			known := found[client.Options.Origin]
			if known == nil {
				known = client
				found[client.Options.Origin] = known
				f.result.Ignored = append(f.result.Ignored, known)
			}
			known.Calls = append(known.Calls, Heard{call, outer})
		}
	}
}

// heedless returns the client that o is, if the package makes it so that it does not heed the
// context of call, and says how long it waits.
func (f *finder) heedless(call ssa.CallInstruction, o flow.Origin) *Ignored {
	if o.Kind != flow.Result || o.Index != 0 {
		return nil
	}
	maker := o.Value.(*ssa.Call)
	client := catalog.HeedlessOf(flow.CalleeObject(maker))
	if client == nil || client.Queues.MatchString(flow.CalleeObject(call).Name()) || f.calls.Evidence.Touched[libraryOf(client)] {
		return nil
	}
	options, ok := f.one(flow.Operand(maker, client.Options), nil)
	if !ok || !f.ours(options.Origin) || f.g.Open(options.Origin) {
		return nil
	}
	heed, wait := flow.FieldNamed(options.Value.Type(), client.Heed), flow.FieldNamed(options.Value.Type(), client.Wait)
	if heed == nil || wait == nil || len(f.g.Settings(options.Origin, heed)) > 0 {
		return nil
	}
	ignored := &Ignored{Options: options, Client: client, Wait: client.Default}
	for _, setting := range f.g.Settings(options.Origin, wait) {
		d, ok := duration(setting.Value, nil)
		if !ok || d < 0 || ignored.Set {
			return nil
		}
		if d > 0 {
			ignored.Wait, ignored.Set = d, true
		}
	}
	return ignored
}

func libraryOf(client *catalog.Heedless) string {
	return client.Maker[:strings.LastIndexByte(client.Maker, '.')]
}

// isCommand reports whether fn is a method that takes a context first and returns a command that
// has been carried out.
func isCommand(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() == nil {
		return false
	}
	params, results := fn.Signature().Params(), fn.Signature().Results()
	return params.Len() > 0 && catalog.TypeName(params.At(0).Type()) == "context.Context" &&
		results.Len() == 1 && strings.HasSuffix(catalog.TypeName(results.At(0).Type()), "Cmd")
}

// embedding returns the client of which v is an embedded part that has the method.
func embedding(v ssa.Value) ssa.Value {
	for {
		addr, ok := v.(*ssa.FieldAddr)
		if load, isLoad := v.(*ssa.UnOp); isLoad && load.Op == token.MUL {
			addr, ok = load.X.(*ssa.FieldAddr)
		}
		if !ok || !flow.FieldOf(addr).Embedded() {
			return v
		}
		v = addr.X
	}
}
