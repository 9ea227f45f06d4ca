package effect

import (
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

var (
	// lists are names of functions that look up what there is of something.
	lists = regexp.MustCompile(`(?i)^(list|all|active|existing|open|recent)|^(select|query|find|scan)`)
	// fills are names of functions that fill a variable with what a message says, and not with what was looked up.
	fills = regexp.MustCompile(`(?i)unmarshal|decode|bind|parse`)
	// times are names of questions whether it is time to do something again, about when it was done last.
	times = regexp.MustCompile(`(?i)due($|[^a-z])|^(is)?due|elapsed|cool(ed)?_?down`)
)

// several reports whether a comparison asks how many there are in a list that was looked up, and nothing is
// done where there is any; or where there is none, of a list that the function clears itself.
func (b *builder) several(cmp *ssa.BinOp, branch *ssa.If) bool {
	list, some := sized(cmp)
	if list == nil {
		return false
	}
	leads := func(i int) bool {
		to := branch.Block().Succs[i]
		return (leaves(to) || goesBack(branch, i)) && b.bare(to)
	}
	return leads(some) && b.gathered(list, map[ssa.Value]bool{}) || leads(1-some) && b.clears(list)
}

// sized returns the list of rows of which a comparison asks whether there are any, and which branch is taken
// where there are; nil if it asks for something else.
func sized(cmp *ssa.BinOp) (list ssa.Value, some int) {
	x, y, op := cmp.X, cmp.Y, cmp.Op
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
		switch op {
		case token.LSS:
			op = token.GTR
		case token.LEQ:
			op = token.GEQ
		}
	}
	size, ok := x.(*ssa.Call)
	if !ok {
		return nil, 0
	}
	builtin, ok := size.Call.Value.(*ssa.Builtin)
	if !ok || builtin.Name() != "len" || !isRows(size.Call.Args[0].Type()) {
		return nil, 0
	}
	n, ok := flow.ConstInt(y)
	if !ok {
		return nil, 0
	}
	switch {
	case n == 0 && (op == token.GTR || op == token.NEQ), n == 1 && op == token.GEQ:
		return size.Call.Args[0], 0
	case n == 0 && op == token.EQL, n == 1 && op == token.LSS:
		return size.Call.Args[0], 1
	}
	return nil, 0
}

// isRows reports whether a type is that of a list of structs, or of pointers to them.
func isRows(t types.Type) bool {
	slice, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	elem := slice.Elem()
	if ptr, ok := elem.Underlying().(*types.Pointer); ok {
		elem = ptr.Elem()
	}
	_, ok = elem.Underlying().(*types.Struct)
	return ok
}

const maxGathered = 100 // values between a list and where it comes from

// gathered reports whether a list is one that was looked up, or part of one, as far as the package shows: it may
// have been handed on, put into a field, or filtered.
func (b *builder) gathered(v ssa.Value, seen map[ssa.Value]bool) bool {
	if v == nil || seen[v] || len(seen) > maxGathered {
		return false
	}
	seen[v] = true
	some := func(values []ssa.Value) bool {
		for _, v := range values {
			if isRows(v.Type()) && b.gathered(v, seen) {
				return true
			}
		}
		return false
	}
	stored := func(stores []*ssa.Store) bool {
		for _, store := range stores {
			if b.gathered(store.Val, seen) {
				return true
			}
		}
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr:
			return stored(b.g.FieldStores(flow.FieldOf(addr)))
		case *ssa.Alloc:
			return filledByLookup(addr) || stored(b.g.CellStores(addr))
		case *ssa.FreeVar:
			return stored(b.g.CellStores(addr))
		}
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return stored(b.g.FieldStores(s.Field(v.Field)))
		}
	case *ssa.Parameter:
		return some(b.g.Arguments(v))
	case *ssa.Extract:
		return b.gathered(v.Tuple, seen)
	case *ssa.Phi:
		return some(v.Edges)
	case *ssa.Slice:
		return b.gathered(v.X, seen)
	case *ssa.Call:
		if name := flow.CalleeName(v); asks(v) && (finds.MatchString(name) || lists.MatchString(name)) {
			return true
		}
		return some(v.Call.Args)
	}
	return false
}

// filledByLookup reports whether a variable is one that a lookup fills in: db.Find(&orders).
func filledByLookup(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		made, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, use := range *made.Referrers() {
			if call, ok := use.(*ssa.Call); ok {
				if name := flow.CalleeName(call); !fills.MatchString(name) && (finds.MatchString(name) || lists.MatchString(name) || name == "All") {
					return true
				}
			}
		}
	}
	return false
}

// isTime reports whether a call asks of something that was looked up, by when it was done last, whether it is time
// for it: isDue(row, now).
func (b *builder) isTime(call *ssa.Call) bool {
	if !times.MatchString(flow.CalleeName(call)) {
		return false
	}
	for _, arg := range call.Call.Args {
		if b.gathered(arg, map[ssa.Value]bool{}) || b.loaded(arg, 0) && catalog.TypeName(arg.Type()) != "time.Time" {
			return true
		}
	}
	return false
}
