package loops

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// varies reports whether an operation is another one in each round: a page, an item, the next of
// several servers.
func (c *cycle) varies(call *ssa.Call) bool {
	v := &variance{c: c, operation: call, seen: map[ssa.Value]bool{}}
	for _, arg := range call.Call.Args {
		if v.of(arg) || (&variance{c: c, seen: map[ssa.Value]bool{}}).altered(arg) {
			return true
		}
	}
	return c.chosen(call) || v.of(call.Call.Value) || v.selects(call) || c.worksOff()
}

// chosen reports whether an operation is made for one of the elements that a loop goes through: in a case of
// a switch on them, another operation in each round.
func (c *cycle) chosen(call *ssa.Call) bool {
	for block := call.Block(); c.blocks[block] && len(block.Preds) == 1; {
		from := block.Preds[0]
		branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
		if ok && from.Succs[0] == block {
			if cmp, ok := branch.Cond.(*ssa.BinOp); ok && cmp.Op == token.EQL {
				_, x := cmp.X.(*ssa.Const)
				_, y := cmp.Y.(*ssa.Const)
				if y && c.element(cmp.X) || x && c.element(cmp.Y) {
					return true
				}
			}
		}
		block = from
	}
	return false
}

// ranges reports whether the loop goes through a list.
func (c *cycle) ranges() bool {
	for _, instr := range c.head.Instrs {
		if phi, ok := instr.(*ssa.Phi); ok && phi.Comment == "rangeindex" {
			return true
		}
	}
	return false
}

// altered reports whether a loop puts something else each time into what an operation is given:
// req.URL.Host = host, config["port"] = port, req.Header.Set("Accept", kind).
func (v *variance) altered(arg ssa.Value) bool {
	whole := arg
	if load, ok := arg.(*ssa.UnOp); ok { // a struct, as it is
		if alloc, ok := load.X.(*ssa.Alloc); ok {
			whole = alloc
		}
	}
	switch whole.Type().Underlying().(type) {
	case *types.Pointer, *types.Map:
	default:
		return false
	}
	for instr := range v.c.instructions() {
		switch instr := instr.(type) {
		case *ssa.MapUpdate:
			if partOf(instr.Map, whole) && v.of(instr.Value) {
				return true
			}
		case *ssa.Store:
			_, ok := instr.Addr.(*ssa.FieldAddr)
			if ok && partOf(instr.Addr, whole) && v.of(instr.Val) && !v.counts(instr, instr.Val, 0) {
				return true
			}
		}
	}
	return v.c.handed(whole)
}

// tells reports whether a method gives what its receiver has become, into which the loop puts something else each time:
// address.Host = hosts[i]; address.String().
func (v *variance) tells(x *ssa.Call) bool {
	return x.Call.Signature().Recv() != nil && len(x.Call.Args) == 1 && !v.c.isOp(x) && v.altered(x.Call.Args[0])
}

// handed reports whether a loop calls something on a value, or with it in front, that it gives an element of a list.
func (c *cycle) handed(whole ssa.Value) bool {
	for instr := range c.instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || c.isOp(call) || len(call.Call.Args) < 2 || !partOf(call.Call.Args[0], whole) {
			continue
		}
		if slices.ContainsFunc(call.Call.Args[1:], c.element) {
			return true
		}
	}
	return false
}

// built reports whether a method gives what was put into its receiver, which the loop makes anew each time and hands an
// element of a list: update := newUpdate(); update.Set("price", album.Price); update.Build().
func (c *cycle) built(x *ssa.Call) bool {
	if x.Call.Signature().Recv() == nil || len(x.Call.Args) == 0 || c.isOp(x) {
		return false
	}
	maker := x.Call.Args[0]
	_, isPointer := maker.Type().Underlying().(*types.Pointer)
	return isPointer && c.defines(maker) && c.handed(maker)
}

// partOf reports whether v is a part of what whole points to, or that itself.
func partOf(v, whole ssa.Value) bool {
	for {
		if v == whole {
			return true
		}
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		default:
			return false
		}
	}
}

// element reports whether a value is made of an element that the loop takes out of a list.
func (c *cycle) element(v ssa.Value) bool {
	found := false
	inspect(v, func(v ssa.Value) bool {
		if found || !c.defines(v) {
			return false
		}
		switch x := v.(type) {
		case *ssa.IndexAddr:
			found = c.defines(x.Index)
			return false
		case *ssa.Index:
			found = c.defines(x.Index)
			return false
		case *ssa.Next:
			found = true
		case *ssa.Alloc: // the variable of a range, where it is a struct
			found = slices.ContainsFunc(c.f.stores(x), func(store *ssa.Store) bool {
				load, ok := store.Val.(*ssa.UnOp)
				return ok && c.has(store) && c.indexed(load.X)
			})
		}
		return !found
	})
	return found
}

// indexed reports whether an address is that of another element of a list in each round.
func (c *cycle) indexed(addr ssa.Value) bool {
	at, ok := addr.(*ssa.IndexAddr)
	return ok && c.defines(at) && c.defines(at.Index)
}

// A variance says what is another one in each round of a loop.
type variance struct {
	c         *cycle
	operation *ssa.Call // what is attempted; nil if that does not matter
	seen      map[ssa.Value]bool
}

// counts are names of variables that only say which attempt it is.
var counts = regexp.MustCompile(`(?i)attempt|retr(y|ies)|tries`)

// moves are names of functions that give something else each time.
var moves = regexp.MustCompile(`^(?i:next|peek|pick|choose|select|rand|shuffle|pop|recv|receive|read|dequeue|fetch|poll|take|iter|rotate|scan|prompt|ask|input|text)|Next|Random|Prompt`)

// gets are names of functions that give one of several.
var gets = regexp.MustCompile(`^(?i:get|current)`)

// of reports whether a value can be another one in the next round, where that matters to the
// operation.
func (v *variance) of(x ssa.Value) bool {
	if x == nil || v.seen[x] || isError(x.Type()) {
		return false
	}
	v.seen[x] = true
	if closure, ok := x.(*ssa.MakeClosure); ok {
		return v.captures(closure)
	}
	if !v.c.defines(x) {
		if free, ok := x.(*ssa.FreeVar); ok {
			return v.stored(free)
		}
		if alloc, ok := x.(*ssa.Alloc); ok && (isWritten(alloc) || v.filled(alloc)) {
			return v.filled(alloc) || v.stored(alloc)
		}
		if param, ok := x.(*ssa.Parameter); ok && v.c.again != nil {
			return v.passed(param)
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
		return v.of(x.X) || v.of(x.Index) || v.turns(x.Index)
	case *ssa.Index:
		return v.of(x.X) || v.of(x.Index) || v.turns(x.Index)
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
	case *ssa.MakeMap:
		return v.entered(x)
	case *ssa.Select, *ssa.Next, *ssa.Range:
		return true
	}
	return false
}

// captures reports whether a literal reads a variable that is another each time, for more than to
// tell of it in a log.
func (v *variance) captures(closure *ssa.MakeClosure) bool {
	fn := closure.Fn.(*ssa.Function)
	for i, binding := range closure.Bindings {
		if !onlyTold(fn.FreeVars[i]) && v.of(binding) {
			return true
		}
	}
	return false
}

// onlyTold reports whether a captured number is only compared, or put into a text.
func onlyTold(free *ssa.FreeVar) bool {
	ptr, ok := free.Type().Underlying().(*types.Pointer)
	if !ok || !isNumeric(ptr.Elem()) {
		return false
	}
	for _, ref := range *free.Referrers() {
		load, ok := ref.(*ssa.UnOp)
		if !ok {
			return false
		}
		for _, use := range *load.Referrers() {
			switch use := use.(type) {
			case *ssa.MakeInterface, *ssa.DebugRef:
			case *ssa.BinOp:
				if !isFlag(use.Type()) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
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
	name := flow.CalleeName(x)
	if moves.MatchString(name) && catalog.Name(fn) != "io.ReadAll" {
		return true
	}
	if v.c.ranges() && gets.MatchString(name) && (len(x.Call.Args) == 0 || len(x.Call.Args) == 1 && x.Call.Signature().Recv() != nil) {
		return true // as many times as there are servers: the next one each time
	}
	if v.c.built(x) || v.tells(x) || isPulled(x) || v.picks(x) {
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
		return v.field(flow.FieldOf(addr)) || v.of(addr.X)
	case *ssa.IndexAddr:
		return v.of(addr)
	default:
		return v.stored(addr)
	}
}

// field reports whether a loop writes something else into a field each time, or calls a method that
// counts in it.
func (v *variance) field(field *types.Var) bool {
	if field == nil || counts.MatchString(field.Name()) {
		return false
	}
	for _, store := range v.c.f.g.FieldStores(field) {
		switch {
		case v.c.has(store):
			if v.of(store.Val) || v.counts(store, store.Val, 0) {
				return true
			}
		case v.counts(store, store.Val, 0) && v.c.f.runs(v.c, store.Parent()):
			return true
		}
	}
	return false
}

// counts reports whether what is stored is computed from what was there: the next of a list.
func (v *variance) counts(store *ssa.Store, x ssa.Value, depth int) bool {
	switch x := x.(type) {
	case *ssa.BinOp:
		return depth < 4 && (v.counts(store, x.X, depth+1) || v.counts(store, x.Y, depth+1))
	case *ssa.Convert:
		return v.counts(store, x.X, depth)
	case *ssa.Slice: // hosts = hosts[1:]
		return depth < 4 && v.counts(store, x.X, depth+1)
	case *ssa.Call: // hosts = append(hosts[1:], failed)
		builtin, ok := x.Call.Value.(*ssa.Builtin)
		return ok && builtin.Name() == "append" && depth < 4 && v.counts(store, x.Call.Args[0], depth)
	case *ssa.UnOp:
		if depth == 0 || x.Op != token.MUL || x.Parent() == v.c.fn && !v.c.defines(x) {
			return false
		}
		if x.X == store.Addr {
			return true
		}
		from, ok := x.X.(*ssa.FieldAddr)
		to, isField := store.Addr.(*ssa.FieldAddr)
		return ok && isField && flow.FieldOf(from) == flow.FieldOf(to)
	}
	return false
}

// runs reports whether a loop calls a function of the package, at most a few calls away.
func (f *finder) runs(c *cycle, fn *ssa.Function) bool {
	seen := map[*ssa.Function]bool{}
	var calls func(instrs func(func(ssa.Instruction) bool), depth int) bool
	calls = func(instrs func(func(ssa.Instruction) bool), depth int) bool {
		for instr := range instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			callee := f.g.Callee(call)
			if callee == fn {
				return true
			}
			if callee == nil || seen[callee] || depth == 0 {
				continue
			}
			seen[callee] = true
			if calls(flow.InstructionsIn(callee), depth-1) {
				return true
			}
		}
		return false
	}
	return calls(c.instructions(), 3)
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
		if v.c.has(store) && (v.of(store.Val) || v.counts(store, store.Val, 0)) {
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

// filled reports whether a loop has a variable filled by a function that gives something else each time:
// iter.Peek(&u). What is attempted fills nothing for itself: client.Next(ctx, &request).
func (v *variance) filled(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		if call, ok := ref.(*ssa.Call); ok && call != v.operation && v.c.has(call) && moves.MatchString(flow.CalleeName(call)) && call.Call.Value != alloc {
			return true
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
