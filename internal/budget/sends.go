package budget

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// Sends is the fact that a function makes remote calls under contexts, or requests, that it is
// given, while its caller waits; whatever bounds them besides.
type Sends struct {
	Params []Sent
}

// A Sent is a parameter of such a function.
type Sent struct {
	Index int // a method's receiver is parameter 0
	Leaf  Leaf
}

// A Leaf is the remote call at the end.
type Leaf struct {
	In   string // the function that makes it
	Peer string // its host, where that is a constant
}

// AFact makes Sends a fact.
func (*Sends) AFact() {}

func (s *Sends) String() string {
	var words []string
	for _, sent := range s.Params {
		words = append(words, fmt.Sprintf("%s calls under parameter %d", sent.Leaf.In, sent.Index))
	}
	return strings.Join(words, "; ")
}

// findSends finds the parameters that remote calls are made under.
func (f *finder) findSends() {
	var work []*ssa.Parameter
	mark := func(instr ssa.CallInstruction, v ssa.Value, leaf Leaf) {
		for _, p := range f.ancestry(v).params {
			if _, known := f.sends[p]; !known && f.waitsFor(instr, p) {
				f.sends[p] = leaf
				work = append(work, p)
			}
		}
	}
	for _, call := range f.calls.Calls {
		if v := call.Under(); v != nil {
			mark(call.Instr, v, leafOf(call))
		}
	}
	for instr := range f.g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok && !f.g.Defines(call) {
			f.sentAbroad(call, mark)
		}
	}
	for len(work) > 0 {
		p := work[0]
		work = work[1:]
		for _, call := range f.g.Callers(p.Parent()) {
			i := slices.Index(p.Parent().Params, p)
			if arg := flow.Argument(call, i); arg != nil && !f.livesOn(call, i) {
				mark(call, arg, f.sends[p])
			}
		}
	}
}

func leafOf(call *remote.Call) Leaf {
	return Leaf{In: remote.ShortName(call.Instr.Parent()), Peer: call.Peer}
}

// sentAbroad yields the arguments of a call that a function of another package of the module makes
// remote calls under.
func (f *finder) sentAbroad(call ssa.CallInstruction, yield func(ssa.CallInstruction, ssa.Value, Leaf)) {
	callee := flow.CalleeObject(call)
	if callee == nil || callee.Pkg() == nil || callee.Pkg() == f.g.SSA.Pkg.Pkg || catalog.Lists(callee) {
		return
	}
	fact := new(Sends)
	if !f.pass.ImportObjectFact(callee, fact) {
		return
	}
	for _, sent := range fact.Params {
		if arg := flow.Argument(call, sent.Index); arg != nil && !f.livesOn(call, sent.Index) {
			yield(call, arg, sent.Leaf)
		}
	}
}

// livesOn reports whether the callee keeps the context that it is given.
func (f *finder) livesOn(call ssa.CallInstruction, i int) bool {
	p, ok := remote.ParamOf(flow.CalleeObject(call), i)
	return ok && f.calls.Net.Lives(p)
}

// waitsFor reports whether the function of p, when it is called, waits until instr is done.
func (f *finder) waitsFor(instr ssa.Instruction, p *ssa.Parameter) bool {
	return slices.Contains(f.chain(instr), p.Parent())
}

// chain returns the function that makes a call, and those around it that wait for its end: the
// function that a literal stands in, if that is called on the spot. It is empty for a call in
// another goroutine, or one that is deferred.
func (f *finder) chain(instr ssa.Instruction) []*ssa.Function {
	var fns []*ssa.Function
	for instr != nil {
		if _, ok := instr.(*ssa.Call); !ok {
			return nil
		}
		fn := instr.Parent()
		fns = append(fns, fn)
		if fn.Parent() == nil {
			return fns
		}
		call := f.g.CalledHere(fn)
		if call == nil {
			return fns
		}
		if _, ok := call.(*ssa.Call); !ok {
			return nil
		}
		instr = call
	}
	return fns
}

func (f *finder) exportSends() {
	for _, fn := range f.g.SSA.Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() {
			continue
		}
		fact := new(Sends)
		for i, p := range fn.Params {
			if leaf, ok := f.sends[p]; ok {
				fact.Params = append(fact.Params, Sent{i, leaf})
			}
		}
		if len(fact.Params) > 0 {
			f.pass.ExportObjectFact(obj, fact)
		}
	}
}
