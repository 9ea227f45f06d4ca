package loops

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// bound says what ends the attempts of a loop if none succeeds: the ways out of it that are taken
// for another reason than what the operation returned.
func (c *cycle) bound(p *policy.Policy) {
	for _, b := range c.fn.Blocks {
		if !c.between[b] && !(b == c.head) || len(b.Instrs) == 0 {
			continue
		}
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		stays := [2]bool{c.stays(b.Succs[0]), c.stays(b.Succs[1])}
		if stays[0] == stays[1] {
			continue
		}
		if n := c.flagged(branch, stays[1]); n > 0 {
			p.Bounds |= policy.ByAttempts
			p.CapAt, p.Attempts = branch.Cond.Pos(), n
			continue
		}
		w := &why{c: c, seen: map[ssa.Value]bool{}}
		w.value(branch.Cond)
		p.Bounds |= w.bounds
		if w.bounds&policy.ByAttempts != 0 {
			p.CapAt = branch.Cond.Pos()
			stay := 0
			if stays[1] {
				stay = 1
			}
			switch n, by, ok := c.count(branch, stay); {
			case ok && by == usually:
				p.Usual = n
			case ok && by == byDefault:
				p.Default = n
			case ok && (p.Attempts == 0 || n < p.Attempts):
				p.Attempts = n
			}
		}
	}
	if p.Attempts > 0 && c.begun() {
		p.Attempts++
	}
	if c.filtered() {
		p.Bounds |= policy.ByContext
	}
}

// flagged returns how many attempts there are, if a flag that is set after the first round ends them: for again := false; ; again =
// true. A number with two values is one, too.
func (c *cycle) flagged(branch *ssa.If, onFalse bool) int64 {
	cond, want := branch.Cond, constant.MakeBool(true)
	if cmp, ok := cond.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) {
		x, y := operands(cmp)
		value, ok := y.(*ssa.Const)
		if !ok || value.Value == nil {
			return 0
		}
		cond, want = x, value.Value
		onFalse = onFalse == (cmp.Op == token.EQL)
	}
	phi, ok := cond.(*ssa.Phi)
	if !ok || phi.Block() != c.head {
		return 0
	}
	for i, edge := range phi.Edges {
		flag, ok := edge.(*ssa.Const)
		if !ok || flag.Value == nil || flag.Value.Kind() != want.Kind() {
			return 0
		}
		holds := constant.Compare(flag.Value, token.EQL, want)
		if again := c.blocks[phi.Block().Preds[i]]; again != (holds == onFalse) {
			return 0
		}
	}
	if branch.Block().Dominates(c.ops[0].Block()) {
		return 1
	}
	return 2
}

// filtered reports whether a loop goes on after failures of some kinds alone, and its operation is
// given a context: the failure that comes of the end of the context is none of them.
func (c *cycle) filtered() bool {
	kinds := map[edge]bool{}
	for _, o := range c.outcomes {
		if o.gate && !o.asked {
			kinds[o.failed] = true
		}
	}
	for _, op := range c.ops {
		given := slices.IndexFunc(op.Call.Args, func(arg ssa.Value) bool { return catalog.TypeName(arg.Type()) == "context.Context" })
		if given < 0 || isBackground(op.Call.Args[given]) {
			return false
		}
		if len(kinds) == 0 || c.feasible(c.failed(op, kinds), kinds)[c.head] {
			return false
		}
	}
	return true
}

// isBackground reports whether a context is one that never ends.
func isBackground(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	hand := catalog.HandoverOf(flow.CalleeObject(call))
	return hand != nil && hand.Effect == catalog.Drops
}

// stays reports whether the next attempt is made if control goes on with b.
func (c *cycle) stays(b *ssa.BasicBlock) bool {
	return c.blocks[b] && c.paths([]*ssa.BasicBlock{b}, nil, nil)[c.ops[0].Block()]
}

// A why says what decides a branch.
type why struct {
	c      *cycle
	seen   map[ssa.Value]bool
	bounds policy.Bounds
}

func (w *why) value(v ssa.Value) {
	if v == nil || w.seen[v] {
		return
	}
	w.seen[v] = true
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		w.load(load)
		return
	}
	if !w.c.defines(v) {
		if param, ok := v.(*ssa.Parameter); ok && w.c.changes(param) {
			w.bounds |= policy.ByAttempts
		}
		return // it is as it was
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		if sel, i := chosen(v); sel != nil {
			w.selected(sel, i)
			return
		}
		w.value(v.X)
		w.value(v.Y)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			w.bounds |= policy.ByOther
			return
		}
		w.value(v.X)
	case *ssa.Phi:
		if v.Block() == w.c.head {
			w.merged(v)
			return
		}
		for _, edge := range v.Edges {
			w.value(edge)
		}
	case *ssa.Call:
		w.call(v)
	case *ssa.Extract:
		w.value(v.Tuple)
	case *ssa.Convert:
		w.value(v.X)
	case *ssa.ChangeType:
		w.value(v.X)
	case *ssa.ChangeInterface:
		w.value(v.X)
	case *ssa.MakeInterface:
		w.value(v.X)
	case *ssa.TypeAssert:
		w.value(v.X)
	case *ssa.Field:
		w.value(v.X)
	case *ssa.FieldAddr:
		w.value(v.X)
	case *ssa.Next:
		w.bounds |= policy.ByAttempts // a list of delays, of items
	case *ssa.Alloc, *ssa.Index, *ssa.IndexAddr, *ssa.Lookup:
		w.bounds |= policy.ByOther
	}
}

// merged is about variables that the loop changes.
func (w *why) merged(phi *ssa.Phi) {
	if isError(phi.Type()) {
		for _, edge := range phi.Edges {
			w.value(edge)
		}
		return
	}
	if basic, ok := phi.Type().Underlying().(*types.Basic); ok && basic.Info()&types.IsNumeric != 0 {
		if catalog.TypeName(phi.Type()) == "time.Duration" {
			w.bounds |= policy.ByTime // the time that has been waited, or the delay that has grown too long
		} else {
			w.bounds |= policy.ByAttempts
		}
		return
	}
	for _, edge := range phi.Edges {
		w.value(edge)
	}
}

// load is about variables in memory: captured ones, fields.
func (w *why) load(load *ssa.UnOp) {
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		if !w.c.defines(addr.X) || addr.X.Type().String() == "error" {
			w.bounds |= policy.ByOther // something that others may set
			return
		}
		w.value(addr.X) // what the attempt returned
	case *ssa.Alloc, *ssa.FreeVar:
		stores := w.c.f.stores(addr)
		if ptr, ok := addr.Type().Underlying().(*types.Pointer); ok && isNumeric(ptr.Elem()) {
			w.bounds |= policy.ByAttempts
			return
		}
		for _, store := range stores {
			switch {
			case w.c.has(store):
				w.value(store.Val)
			case store.Parent() != w.c.fn && !isError(store.Val.Type()):
				w.bounds |= policy.ByOther
			}
		}
	case *ssa.Global:
		if !strings.HasPrefix(addr.Name(), "Err") && !isError(load.Type()) {
			w.bounds |= policy.ByOther
		}
	default:
		w.bounds |= policy.ByOther
	}
}

func isNumeric(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsNumeric != 0
}

// call is about what functions return.
func (w *why) call(call *ssa.Call) {
	fn := flow.CalleeObject(call)
	for _, op := range w.c.ops {
		if op == call {
			return // an outcome
		}
	}
	switch name := catalog.Name(fn); {
	case name == "context.Context.Err", name == "context.Context.Done", name == "context.Cause":
		w.bounds |= policy.ByContext
		return
	case strings.HasPrefix(name, "time."):
		w.bounds |= policy.ByTime
		return
	case name == "errors.Is" && isEnd(valueName(call.Call.Args[1])):
		w.bounds |= policy.ByContext
		return
	case name == "errors.Is", name == "errors.As", name == "google.golang.org/grpc/status.Code", name == "google.golang.org/grpc/status.FromError":
		return
	}
	if w.c.f.leaves(call) == surely && !takesContext(call.Call.Signature()) {
		return // another step of the attempt
	}
	if _, ok := call.Call.Value.(*ssa.Builtin); ok {
		for _, arg := range call.Call.Args {
			w.value(arg)
		}
		return
	}
	errs, rest := 0, 0
	for i, arg := range call.Call.Args {
		if i == 0 && fn != nil && fn.Signature().Recv() != nil && !call.Call.IsInvoke() {
			if !w.c.defines(arg) && w.c.f.changes(call) {
				rest++ // it may count
			}
			continue
		}
		switch {
		case isError(arg.Type()):
			errs++
		case catalog.TypeName(arg.Type()) == "context.Context":
			w.bounds |= policy.ByContext
		case w.c.defines(arg) && isNumeric(arg.Type()):
			w.value(arg)
		}
	}
	switch {
	case w.bounds != 0:
	case call.Call.IsInvoke() && !w.c.answered(call.Call.Value), fn == nil, rest > 0:
		w.bounds |= policy.ByOther
	case errs == 0 && w.c.f.leaves(call) == local && !fails(call.Call.Signature()):
		w.bounds |= policy.ByOther
	}
}

// answered reports whether a value is one that an attempt has returned.
func (c *cycle) answered(v ssa.Value) bool {
	calls := map[*ssa.Call]bool{}
	c.f.sources(c.region, v, calls, nil)
	c.f.failing(c.region, v, calls, nil)
	for call := range calls {
		if c.isOp(call) {
			return true
		}
	}
	return false
}

func isEnd(name string) bool { return name == "context.Canceled" || name == "context.DeadlineExceeded" }

// changes reports whether a method may change what it is called on.
func (f *finder) changes(call *ssa.Call) bool {
	fn := f.g.Callee(call)
	if fn == nil {
		return true
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, ok := instr.Addr.(*ssa.FieldAddr); ok {
					return true
				}
			}
		}
	}
	return false
}

// chosen returns the select statement that a condition asks which case of it was taken.
func chosen(cond *ssa.BinOp) (*ssa.Select, int) {
	index, ok := cond.X.(*ssa.Extract)
	if !ok || index.Index != 0 {
		return nil, 0
	}
	sel, ok := index.Tuple.(*ssa.Select)
	if !ok {
		return nil, 0
	}
	i, ok := flow.ConstInt(cond.Y)
	if !ok {
		return nil, 0
	}
	return sel, int(i)
}

// selected is about a case of a select statement that leaves the loop.
func (w *why) selected(sel *ssa.Select, i int) {
	if i < 0 || i >= len(sel.States) {
		w.bounds |= policy.ByOther
		return
	}
	// go/ssa asks for one case after the other: the last has no question of its own, so that
	// what does not leave the loop may be this one.
	for _, state := range sel.States {
		call, ok := state.Chan.(*ssa.Call)
		if ok && strings.HasPrefix(flow.CalleeName(call), "Done") {
			w.bounds |= policy.ByContext
			return
		}
	}
	w.bounds |= policy.ByOther
}
