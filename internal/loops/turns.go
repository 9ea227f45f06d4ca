package loops

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// picks reports whether a call gives one of several, the next of which a loop goes on to: a method names the host whose turn it
// is, and another moves on, or is told which one has failed. Who hands them out may be a function that is not seen.
func (v *variance) picks(x *ssa.Call) bool {
	return !v.c.isOp(x) && (v.selects(x) || v.reported(x) || len(x.Call.Args) == 0 && isAddress(first(x.Type())) && isHanded(x.Call.Value))
}

// selects reports whether a function of the package takes one out of several, by what the loop moves on.
func (v *variance) selects(x *ssa.Call) bool {
	fn := v.c.f.g.Callee(x)
	if fn == nil {
		return false
	}
	for instr := range flow.InstructionsIn(fn) {
		var by []ssa.Value
		switch instr := instr.(type) {
		case *ssa.IndexAddr:
			by = []ssa.Value{instr.X, instr.Index}
		case *ssa.Index:
			by = []ssa.Value{instr.X, instr.Index}
		case *ssa.Lookup:
			by = []ssa.Value{instr.X, instr.Index}
		}
		for _, value := range by {
			moved := false
			inspect(value, func(x ssa.Value) bool {
				if addr, ok := x.(*ssa.FieldAddr); ok {
					moved = moved || v.field(flow.FieldOf(addr))
				}
				return !moved
			})
			if moved {
				return true
			}
		}
	}
	return false
}

// isHanded reports whether a function that is called was handed over by somebody: it is a parameter, or in a field.
func isHanded(fn ssa.Value) bool {
	switch fn := fn.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.UnOp:
		_, ok := fn.X.(*ssa.FieldAddr)
		return ok
	}
	return false
}

// first returns the type of the first result.
func first(t types.Type) types.Type {
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return types.Typ[types.Invalid]
		}
		return tuple.At(0).Type()
	}
	return t
}

// reported reports whether what a getter gives is passed to another method of the same object in the loop: it is told what
// failed, and gives another one next time.
func (v *variance) reported(x *ssa.Call) bool {
	owner := receiverOf(x)
	if owner == nil || x.Referrers() == nil || len(explicit(x)) > 0 || !isAddress(x.Type()) {
		return false
	}
	for _, ref := range *x.Referrers() {
		call, ok := ref.(*ssa.Call)
		if ok && call != x && v.c.has(call) && !v.c.isOp(call) && receiverOf(call) != nil && sameObject(receiverOf(call), owner) {
			return true
		}
	}
	return false
}

// isAddress reports whether a type is that of what an endpoint is known by: a text, a *url.URL. A connection that a pool gives,
// and that is given back, may well be one to the same server.
func isAddress(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0 || catalog.TypeName(t) == "net/url.URL"
}

// receiverOf returns the object that a method is called of, or nil.
func receiverOf(call *ssa.Call) ssa.Value { return flow.Operand(call, catalog.Recv) }

// explicit returns the arguments of a call without the receiver.
func explicit(call *ssa.Call) []ssa.Value {
	if !call.Call.IsInvoke() && call.Call.Signature().Recv() != nil {
		return call.Call.Args[1:]
	}
	return call.Call.Args
}

// sameObject reports whether two values are the same, or loaded from the same field or variable.
func sameObject(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	a, ok := x.(*ssa.UnOp)
	b, also := y.(*ssa.UnOp)
	if !ok || !also {
		return false
	}
	if a.X == b.X {
		return true
	}
	f, ok := a.X.(*ssa.FieldAddr)
	g, also := b.X.(*ssa.FieldAddr)
	return ok && also && flow.FieldOf(f) != nil && flow.FieldOf(f) == flow.FieldOf(g)
}

// advances reports whether a call counts, in what the goroutines of a program share: atomic.AddUint32(&c.next, 1).
func advances(call *ssa.Call) bool {
	name := catalog.Name(flow.CalleeObject(call))
	return strings.HasPrefix(name, "sync/atomic.") && strings.HasPrefix(flow.CalleeName(call), "Add")
}

// turns reports whether an index is counted on in a loop, in whatever arithmetic.
func (v *variance) turns(index ssa.Value) bool {
	found := false
	inspect(index, func(x ssa.Value) bool {
		if call, ok := x.(*ssa.Call); ok && v.c.defines(x) {
			found = found || advances(call)
			if strings.HasPrefix(catalog.Name(flow.CalleeObject(call)), "sync/atomic.") && flow.CalleeName(call) == "Load" {
				if addr, ok := call.Call.Args[0].(*ssa.FieldAddr); ok && v.advanced(flow.FieldOf(addr)) {
					found = true
				}
			}
		}
		if load, ok := x.(*ssa.UnOp); ok {
			if addr, ok := load.X.(*ssa.FieldAddr); ok && v.advanced(flow.FieldOf(addr)) {
				found = true
			}
		}
		return !found
	})
	return found
}

// advanced reports whether a loop counts in a field by an atomic operation.
func (v *variance) advanced(field *types.Var) bool {
	for instr := range v.c.instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || !advances(call) {
			continue
		}
		if addr, ok := call.Call.Args[0].(*ssa.FieldAddr); ok && field != nil && flow.FieldOf(addr) == field {
			return true
		}
	}
	return false
}

// isPulled reports whether a call takes the next of a sequence: next, stop := iter.Pull(all).
func isPulled(call *ssa.Call) bool {
	next, ok := call.Call.Value.(*ssa.Extract)
	if !ok {
		return false
	}
	pull, ok := next.Tuple.(*ssa.Call)
	return ok && strings.HasPrefix(catalog.Name(flow.CalleeObject(pull)), "iter.Pull")
}

// entered reports whether something else each time is put into a map.
func (v *variance) entered(m *ssa.MakeMap) bool {
	for _, ref := range *m.Referrers() {
		if update, ok := ref.(*ssa.MapUpdate); ok && update.Map == m && (v.of(update.Key) || v.of(update.Value)) {
			return true
		}
	}
	return false
}

// worksOff reports whether a loop goes on for as long as there is something in a list that it takes something out of each time:
// for len(records) > 0 { batch, records = records[:n], records[n:] … }.
func (c *cycle) worksOff() bool {
	if len(c.head.Instrs) == 0 {
		return false
	}
	branch, ok := c.head.Instrs[len(c.head.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, _ := operands(cmp)
	length, ok := x.(*ssa.Call)
	if !ok {
		return false
	}
	if builtin, ok := length.Call.Value.(*ssa.Builtin); !ok || builtin.Name() != "len" {
		return false
	}
	list, ok := length.Call.Args[0].(*ssa.Phi)
	if !ok || list.Block() != c.head {
		return false
	}
	for i, edge := range list.Edges {
		if c.blocks[list.Block().Preds[i]] && (&variance{c: c, seen: map[ssa.Value]bool{}}).same(edge, list) {
			return false // after a failure, all of it is there
		}
	}
	return true
}
