package remote

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// downloads reports whether the response of u may be read for as long as it takes: it is copied,
// or its body is handed on, so that its reader, and how long that needs, is not known. It asks the
// callers of a function that returns the response, too, unless they are judged apart.
func (f *finder) downloads(u *use, callers bool) bool {
	if u.api.Kind != catalog.Exchange {
		return false
	}
	if u.download || copies(u.fn) {
		return true
	}
	call, ok := u.instr.(*ssa.Call)
	return ok && (&body{f: f, callers: callers, seen: map[ssa.Value]bool{}}).leaves(call)
}

// A body follows the body of a response forward.
type body struct {
	f          *finder
	callers    bool
	seen       map[ssa.Value]bool
	background bool // in a goroutine: whatever reads it there
}

// leaves reports whether v, a response, its body, a reader of that, or the results of a call among
// which one of them is, is handed on as a stream.
func (b *body) leaves(v ssa.Value) bool {
	if b.seen[v] || v.Referrers() == nil || !carriesBody(v.Type()) {
		return false
	}
	b.seen[v] = true
	for _, ref := range *v.Referrers() {
		if b.leavesBy(v, ref) {
			return true
		}
	}
	return false
}

func (b *body) leavesBy(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.Extract:
		return ref.Index == 0 && b.leaves(ref)
	case *ssa.Phi, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.MakeInterface, *ssa.TypeAssert:
		return b.leaves(ref.(ssa.Value))
	case *ssa.UnOp:
		return ref.Op == token.MUL && b.leaves(ref)
	case *ssa.FieldAddr:
		return isResponse(v.Type()) && flow.FieldOf(ref).Name() == "Body" && b.leaves(ref)
	case *ssa.MakeClosure:
		return b.captured(v, ref)
	case *ssa.Store:
		return ref.Val == v && b.stored(ref)
	case *ssa.Return:
		return b.returned(v, ref)
	case ssa.CallInstruction:
		return b.passed(v, ref)
	}
	return false
}

// captured reports whether what a function literal has captured leaves by it.
func (b *body) captured(v ssa.Value, closure *ssa.MakeClosure) bool {
	outside := b.background
	defer func() { b.background = outside }()
	for _, ref := range *closure.Referrers() {
		if _, ok := ref.(*ssa.Go); ok {
			b.background = true
		}
	}
	fn := closure.Fn.(*ssa.Function)
	for i, binding := range closure.Bindings {
		if binding == v && i < len(fn.FreeVars) && b.leaves(fn.FreeVars[i]) {
			return true
		}
	}
	return false
}

// stored reports whether what is stored leaves: by a variable, or in a struct.
func (b *body) stored(store *ssa.Store) bool {
	switch addr := store.Addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return b.leaves(addr)
	case *ssa.FieldAddr:
		return !isResponse(addr.X.Type()) // resp.Body = http.MaxBytesReader(…, resp.Body, …)
	case *ssa.Global:
		return true
	}
	return false
}

// returned reports whether what is returned leaves: a body does, a response as far as the
// function's callers in the package do with it.
func (b *body) returned(v ssa.Value, ret *ssa.Return) bool {
	if !isResponse(v.Type()) {
		return isReader(v.Type())
	}
	for _, call := range b.f.g.Callers(ret.Parent()) {
		if result := call.Value(); b.callers && result != nil && b.leaves(result) {
			return true
		}
	}
	return false
}

// passed reports whether what is passed leaves: to a goroutine, to something unknown, to a
// function of the package that hands it on, as a reader of its own.
func (b *body) passed(v ssa.Value, call ssa.CallInstruction) bool {
	common := call.Common()
	fn := flow.CalleeObject(call)
	if isReceiver(call, v) {
		return b.background && fn.Name() != "Close"
	}
	if _, ok := call.(*ssa.Go); ok || b.background {
		return true
	}
	if callee := b.f.g.Callee(call); callee != nil {
		for i, arg := range common.Args {
			if arg == v && i < len(callee.Params) && b.leaves(callee.Params[i]) {
				return true
			}
		}
		return false
	}
	switch {
	case fn == nil || common.IsInvoke():
		return true
	case isCopy(fn):
		return !isDiscard(flow.Operand(call, catalog.Arg0))
	}
	results, result := fn.Signature().Results(), call.Value()
	return results.Len() > 0 && isReader(results.At(0).Type()) && result != nil && b.leaves(result)
}

func isReceiver(call ssa.CallInstruction, v ssa.Value) bool {
	return flow.Operand(call, catalog.Recv) == v
}

// carriesBody reports whether a value of type t can be a response or a reader, a variable that
// holds one, or results among which one is.
func carriesBody(t types.Type) bool {
	if _, ok := t.(*types.Tuple); ok || isResponse(t) || isReader(t) {
		return true
	}
	ptr, ok := t.(*types.Pointer)
	return ok && (isResponse(ptr.Elem()) || isReader(ptr.Elem()))
}

func isResponse(t types.Type) bool { return catalog.TypeName(t) == "net/http.Response" }

// isReader reports whether t has a Read method.
func isReader(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	_, ok := obj.(*types.Func)
	return ok
}

// copies reports whether fn calls io.Copy or one of its kind, other than to discard.
func copies(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && isCopy(flow.CalleeObject(call)) && !isDiscard(flow.Operand(call, catalog.Arg0)) {
				return true
			}
		}
	}
	return false
}

func isCopy(fn *types.Func) bool {
	switch catalog.Name(fn) {
	case "io.Copy", "io.CopyN", "io.CopyBuffer":
		return true
	}
	return false
}

func isDiscard(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	global, ok := load.X.(*ssa.Global)
	return ok && catalog.VarName(global.Object()) == "io.Discard"
}
