package picture

import (
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Pool is a place of the package where a pool of connections to a database server is opened, or tuned,
// where the opening is not seen.
type Pool struct {
	Call   *ssa.Call
	In     string // the function that opens it, in the graph
	Tuned  bool
	Closed bool // that function closes it, too
	Local  bool // no other function is seen to get it

	// Users are the functions that use it by a field which it is stored in, where that is all that is done with it.
	Users []string
}

// pools finds the pools that the package opens, and whether it limits one.
func (b *builder) pools() {
	var tuned *ssa.Call
	limited := map[*ssa.Call]bool{}
	for instr := range b.g.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok && closesPool(call) {
			b.result.Closers = append(b.result.Closers, flow.NameOf(call.Parent()))
		}
		call, ok := instr.(*ssa.Call)
		if !ok {
			b.limitsByValue(instr)
			continue
		}
		callee := flow.CalleeObject(call)
		switch pool := catalog.PoolOf(callee); {
		case catalog.LimitsPool(callee):
			b.limits(call, limited)
		case catalog.OpensLimited(callee):
			b.result.Limited = append(b.result.Limited, call.Pos())
		case tuned == nil && b.tunes(call):
			tuned = call
		case pool != nil && b.toServer(flow.Operand(call, pool.Driver)):
			b.result.Pools = append(b.result.Pools, &Pool{Call: call, In: flow.NameOf(call.Parent()), Closed: closes(call), Local: isLocal(call), Users: b.users(call)})
		}
	}
	if len(b.result.Pools) == 0 && len(limited) == 0 && tuned != nil && !b.hasPool() {
		b.result.Pools = append(b.result.Pools, &Pool{Call: tuned, In: flow.NameOf(tuned.Parent()), Tuned: true})
	}
	b.result.Pools = slices.DeleteFunc(b.result.Pools, func(p *Pool) bool {
		if limited[p.Call] {
			b.result.Limited = append(b.result.Limited, p.Call.Pos())
		}
		return limited[p.Call]
	})
	slices.Sort(b.result.Closers)
	b.result.Closers = slices.Compact(b.result.Closers)
}

// limits notes which pools a call limits: those whose opening is seen, or else any.
func (b *builder) limits(call *ssa.Call, limited map[*ssa.Call]bool) {
	var openings []*ssa.Call
	sources := b.g.Trace(flow.Operand(call, catalog.Recv), nil)
	for _, source := range sources {
		opening := b.opening(source)
		if opening == nil {
			b.result.Limits = true
			b.result.Limited = append(b.result.Limited, call.Pos())
			return
		}
		openings = append(openings, opening)
	}
	b.result.Limits = b.result.Limits || len(sources) == 0
	for _, opening := range openings {
		limited[opening] = true
	}
}

// opening returns the call of the package by which a pool is opened, or a layer over one, nil if that is not seen.
func (b *builder) opening(s flow.Source) *ssa.Call {
	if s.Kind != flow.Result {
		return nil
	}
	call, ok := s.Value.(*ssa.Call)
	if !ok || catalog.PoolOf(flow.CalleeObject(call)) == nil {
		return nil
	}
	return call
}

// closesPool reports whether a call closes a pool.
func closesPool(call ssa.CallInstruction) bool {
	switch catalog.Name(flow.CalleeObject(call)) {
	case "database/sql.DB.Close", "github.com/jmoiron/sqlx.DB.Close":
		return true
	}
	return false
}

// tunes reports whether a call says how many connections a pool keeps, and that it keeps some: one that keeps
// none is a layer over another pool.
func (b *builder) tunes(call *ssa.Call) bool {
	if !catalog.TunesPool(flow.CalleeObject(call)) {
		return false
	}
	n, ok := flow.ConstInt(flow.Operand(call, catalog.Arg0))
	return !ok || n > 0
}

// hasPool reports whether the package has to do with pools that have a limit of their own.
func (b *builder) hasPool() bool {
	return slices.ContainsFunc(b.pass.Pkg.Imports(), func(pkg *types.Package) bool { return catalog.LimitsItself(pkg.Path()) })
}

func (b *builder) limitsByValue(instr ssa.Instruction) {
	if mc, ok := instr.(*ssa.MakeClosure); ok {
		if method, ok := mc.Fn.(*ssa.Function).Object().(*types.Func); ok && catalog.LimitsPool(method) {
			b.result.Limits = true
		}
	}
}

// toServer reports whether a driver is known to be that of a database server: by its name, by what makes it,
// or by its type.
func (b *builder) toServer(driver ssa.Value) bool {
	if driver == nil {
		return false
	}
	sources := b.g.TraceText(driver, nil)
	if !isText(driver.Type()) {
		sources = b.g.Trace(driver, nil)
	}
	for _, source := range sources {
		if text, ok := flow.ConstString(source.At); ok {
			if !catalog.NamesServer(text) {
				return false
			}
			continue
		}
		switch source.Kind {
		case flow.Nil:
		case flow.Result:
			fn := flow.CalleeObject(source.Value.(*ssa.Call))
			if !catalog.NamesServer(catalog.Name(fn)) {
				return false
			}
		case flow.New:
			if !catalog.NamesServer(catalog.TypeName(source.Value.Type())) {
				return false
			}
		default:
			return false
		}
	}
	return len(sources) > 0
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// closes reports whether the function that opens a pool closes it, too: unless it serves meanwhile, the pool is for
// one thing, and not for requests.
func closes(open *ssa.Call) bool {
	for instr := range flow.InstructionsIn(open.Parent()) {
		if d, ok := instr.(*ssa.Defer); ok && closesPool(d) {
			return true
		}
	}
	return false
}

// isLocal reports whether what a call opens stays in its function, and what is asked of it there: nobody else has it
// when the function has returned.
func isLocal(open *ssa.Call) bool {
	pool := first(open)
	return pool == nil || stays(pool, map[ssa.Value]bool{})
}

// first returns what is made of the first result of a call; nil if nothing is.
func first(call *ssa.Call) ssa.Value {
	if _, ok := call.Type().(*types.Tuple); !ok {
		return call
	}
	for _, ref := range *call.Referrers() {
		if result, ok := ref.(*ssa.Extract); ok && result.Index == 0 {
			return result
		}
	}
	return nil
}

// users returns the functions that use what a call opens by the field that it is stored in; none if it goes anywhere
// else.
func (b *builder) users(open *ssa.Call) []string {
	var field *types.Var
	for _, ref := range *open.Referrers() {
		result, ok := ref.(*ssa.Extract)
		if !ok || result.Index != 0 {
			continue
		}
		for _, use := range *result.Referrers() {
			switch use := use.(type) {
			case *ssa.DebugRef, *ssa.BinOp:
			case ssa.CallInstruction:
				if !asks(use, result) {
					return nil
				}
			case *ssa.Store:
				addr, ok := use.Addr.(*ssa.FieldAddr)
				if !ok || field != nil || use.Val != result {
					return nil
				}
				field = flow.FieldOf(addr)
			default:
				return nil
			}
		}
	}
	if field == nil || field.Exported() || len(b.g.FieldStores(field)) != 1 {
		return nil
	}
	var users []string
	for _, fn := range b.g.SSA.Funcs {
		if fn != open.Parent() && reads(fn, field) {
			users = append(users, flow.NameOf(fn))
		}
	}
	return users
}

// reads reports whether a function has to do with a field.
func reads(fn *ssa.Function, field *types.Var) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.FieldAddr:
				if flow.FieldOf(instr) == field {
					return true
				}
			case *ssa.Field:
				if s, ok := instr.X.Type().Underlying().(*types.Struct); ok && s.Field(instr.Field) == field {
					return true
				}
			}
		}
	}
	return false
}

// stays reports whether a pool, or a layer over one, is only asked for something where it is.
func stays(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.Phi, *ssa.FieldAddr, *ssa.UnOp: // ext.DB
			if !stays(ref.(ssa.Value), seen) {
				return false
			}
		case *ssa.Store:
			if cell, ok := ref.Addr.(*ssa.Alloc); !ok || ref.Val != v || !staysIn(cell, seen) {
				return false
			}
		case ssa.CallInstruction:
			if !asks(ref, v) {
				return false
			}
			if call, ok := ref.(*ssa.Call); ok { // db.Debug()
				if layer := first(call); layer != nil && isLayer(layer.Type()) && !stays(layer, seen) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// isLayer reports whether a type is that of a pool, or of what works through one: sql.DB, gorm.DB, ent.Client.
func isLayer(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && layers.MatchString(named.Obj().Name())
}

var layers = regexp.MustCompile(`(DB|Conn|Client|Engine|Driver)$`)

// staysIn reports whether a variable that holds a pool is only read, by the function itself.
func staysIn(cell *ssa.Alloc, seen map[ssa.Value]bool) bool {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Store:
		case *ssa.UnOp:
			if !stays(ref, seen) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// asks reports whether a call is of a method of a pool, which is given to nobody with it.
func asks(call ssa.CallInstruction, pool ssa.Value) bool {
	common := call.Common()
	callee := common.StaticCallee()
	if callee == nil || callee.Signature.Recv() == nil || len(common.Args) == 0 || common.Args[0] != pool {
		return false
	}
	for _, arg := range common.Args[1:] {
		if arg == pool {
			return false
		}
	}
	return true
}
