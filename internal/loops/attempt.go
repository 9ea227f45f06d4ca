package loops

import (
	"go/token"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A cycle is how a loop attempts an operation again: what it does between a failure and the next
// attempt.
type cycle struct {
	*region
	f        *finder
	ops      []*ssa.Call
	sure     bool // the operations leave the process, for all that is known
	outcomes []*outcome

	// blocks that control may pass between a failure and the next attempt, that of the attempt
	// included.
	between map[*ssa.BasicBlock]bool
}

// loops finds the loops of a function that are retries.
func (f *finder) loops(fn *ssa.Function) {
	for _, r := range regions(fn) {
		if c := f.cycle(r); c != nil {
			f.retry(c)
		} else {
			f.spin(r)
		}
	}
}

// cycle returns how a loop attempts an operation again if it fails, and leaves if it succeeds;
// nil if it does not.
func (f *finder) cycle(r *region) *cycle {
	var candidates []*ssa.Call
	for instr := range r.instructions() {
		if call, ok := instr.(*ssa.Call); ok && fails(call.Call.Signature()) && !isCleanup(call) && f.leaves(call) > local {
			candidates = append(candidates, call)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	c := &cycle{region: r, f: f, outcomes: f.outcomes(r), between: map[*ssa.BasicBlock]bool{}}
	cut, contended := map[edge]bool{}, map[edge]bool{}
	for _, o := range c.outcomes {
		cut[o.failed] = true
		if o.gate && conflicts.MatchString(o.kind) {
			contended[o.failed] = true
		}
	}
	for _, call := range candidates {
		if r.feasible(edgesOf(call.Block()), cut)[call.Block()] || c.varies(call) {
			continue // success goes on, or the next attempt is another one
		}
		if !r.feasible(c.failed(call, contended), contended)[r.head] {
			continue
		}
		c.ops = append(c.ops, call)
		c.sure = c.sure || f.leaves(call) == surely
		c.lead(call)
	}
	if len(c.ops) == 0 {
		return nil
	}
	return c
}

// lead notes the blocks between a failure of a call and the next attempt at it.
func (c *cycle) lead(call *ssa.Call) {
	leading := c.leadsTo(call.Block())
	c.between[call.Block()] = true
	for b := range c.paths(ends(c.failed(call, nil)), nil, call.Block()) {
		if leading[b] {
			c.between[b] = true
		}
	}
}

// failed returns the edges within the loop that control takes where a call has failed, but for
// those in cut.
func (c *cycle) failed(call *ssa.Call, cut map[edge]bool) []edge {
	var edges []edge
	for _, o := range c.outcomes {
		if next := o.failed.from.Succs[o.failed.succ]; o.calls[call] && c.blocks[next] && !cut[o.failed] {
			edges = append(edges, o.failed)
		}
	}
	return edges
}

// ends returns the blocks that edges lead to.
func ends(edges []edge) []*ssa.BasicBlock {
	var blocks []*ssa.BasicBlock
	for _, e := range edges {
		blocks = append(blocks, e.from.Succs[e.succ])
	}
	return blocks
}

// visit returns the instructions between a failure and the next attempt.
func (c *cycle) visit() func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for instr := range c.instructions() {
			if c.between[instr.Block()] && !yield(instr) {
				return
			}
		}
	}
}

// varies reports whether an operation is another one in each round: a page, an item, the next of
// several servers.
func (c *cycle) varies(call *ssa.Call) bool {
	v := &variance{c: c, op: call, seen: map[ssa.Value]bool{}}
	for _, arg := range call.Call.Args {
		if v.of(arg) {
			return true
		}
	}
	return v.of(call.Call.Value)
}

type variance struct {
	c    *cycle
	op   *ssa.Call
	seen map[ssa.Value]bool
}

// counts are names of variables that only say which attempt it is.
var counts = regexp.MustCompile(`(?i)attempt|retr(y|ies)|tries`)

// moves are names of functions that give something else each time.
var moves = regexp.MustCompile(`^(?i:next|pick|choose|select|rand|shuffle|pop|recv|receive|read|dequeue|fetch|poll|take|iter|rotate|scan)|Next|Random`)

// of reports whether a value can be another one in the next round, where that matters to the
// operation.
func (v *variance) of(x ssa.Value) bool {
	if x == nil || v.seen[x] || isError(x.Type()) {
		return false
	}
	v.seen[x] = true
	if !v.c.defines(x) {
		if free, ok := x.(*ssa.FreeVar); ok {
			return v.stored(free)
		}
		if alloc, ok := x.(*ssa.Alloc); ok && isWritten(alloc) {
			return v.stored(alloc)
		}
		return false
	}
	switch x := x.(type) {
	case *ssa.Phi:
		if counts.MatchString(x.Comment) {
			return false
		}
		if x.Block() == v.c.head {
			for i, edge := range x.Edges {
				if v.c.blocks[x.Block().Preds[i]] && edge != x && !v.same(edge, x) {
					return true
				}
			}
			return false
		}
		return v.any(x.Edges)
	case *ssa.Call:
		return v.call(x)
	case *ssa.Extract:
		return v.of(x.Tuple)
	case *ssa.Alloc:
		return v.stored(x)
	case *ssa.MakeClosure:
		return v.any(x.Bindings)
	case *ssa.UnOp:
		switch x.Op {
		case token.ARROW:
			return true
		case token.MUL:
			return v.load(x)
		}
		return v.of(x.X)
	case *ssa.BinOp:
		return v.of(x.X) || v.of(x.Y)
	case *ssa.FieldAddr:
		return v.of(x.X)
	case *ssa.Field:
		return v.of(x.X)
	case *ssa.IndexAddr:
		return v.of(x.X) || v.of(x.Index)
	case *ssa.Index:
		return v.of(x.X) || v.of(x.Index)
	case *ssa.Lookup:
		return v.of(x.X) || v.of(x.Index)
	case *ssa.Slice:
		return v.of(x.X) || v.of(x.Low) || v.of(x.High)
	case *ssa.Convert:
		return v.of(x.X)
	case *ssa.ChangeType:
		return v.of(x.X)
	case *ssa.ChangeInterface:
		return v.of(x.X)
	case *ssa.MakeInterface:
		return v.of(x.X)
	case *ssa.TypeAssert:
		return v.of(x.X)
	case *ssa.Select, *ssa.Next, *ssa.Range:
		return true
	}
	return false
}

func (v *variance) any(xs []ssa.Value) bool {
	for _, x := range xs {
		if v.of(x) {
			return true
		}
	}
	return false
}

// same reports whether a variable is what it was before: it is merged from itself alone.
func (v *variance) same(x, phi ssa.Value) bool {
	if x == phi {
		return true
	}
	merged, ok := x.(*ssa.Phi)
	if !ok || v.seen[x] {
		return ok
	}
	v.seen[x] = true
	for _, edge := range merged.Edges {
		if !v.same(edge, phi) {
			return false
		}
	}
	return true
}

// call reports whether what a call returns is another each time.
func (v *variance) call(x *ssa.Call) bool {
	fn := flow.CalleeObject(x)
	if api := catalog.CallOf(fn); api != nil && api.Kind == catalog.Dial {
		return false // another connection to the same peer
	}
	if name := flow.CalleeName(x); moves.MatchString(name) && catalog.Name(fn) != "io.ReadAll" {
		return true
	}
	if builtin, ok := x.Call.Value.(*ssa.Builtin); !ok || builtin.Name() == "append" {
		if v.of(x.Call.Value) {
			return true
		}
	}
	return v.any(x.Call.Args)
}

// load reports whether what is read from memory is another each time: the loop writes there.
func (v *variance) load(x *ssa.UnOp) bool {
	switch addr := x.X.(type) {
	case *ssa.FieldAddr:
		field := flow.FieldOf(addr)
		for instr := range v.c.instructions() {
			if store, ok := instr.(*ssa.Store); ok {
				if to, ok := store.Addr.(*ssa.FieldAddr); ok && field != nil && flow.FieldOf(to) == field && v.of(store.Val) {
					return true
				}
			}
		}
		return v.of(addr.X)
	case *ssa.IndexAddr:
		return v.of(addr)
	default:
		return v.stored(addr)
	}
}

// stored reports whether a loop writes something else into a variable each time.
func (v *variance) stored(cell ssa.Value) bool {
	if ptr, ok := cell.Type().Underlying().(*types.Pointer); ok && isError(ptr.Elem()) {
		return false
	}
	if counts.MatchString(cell.Name()) {
		return false
	}
	if alloc, ok := cell.(*ssa.Alloc); ok && counts.MatchString(alloc.Comment) {
		return false
	}
	for _, store := range v.c.f.stores(cell) {
		if v.c.has(store) && v.of(store.Val) {
			return true
		}
	}
	alloc, ok := cell.(*ssa.Alloc)
	if !ok || !v.c.defines(alloc) {
		return false
	}
	for _, ref := range *alloc.Referrers() { // the parts of a literal
		var addr ssa.Value
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			addr = ref
		case *ssa.IndexAddr:
			addr = ref
		default:
			continue
		}
		for _, ref := range *addr.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == addr && v.of(store.Val) {
				return true
			}
		}
	}
	return false
}

// isWritten reports whether a variable is one that is read and written, and not just the place
// of a literal.
func isWritten(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			return true
		}
	}
	return false
}
