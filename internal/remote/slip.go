package remote

import (
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Slip is a bound so long that it looks like a slip of units, or a constant that switches off one
// that a library sets by itself.
type Slip struct {
	Field *types.Var
	Value time.Duration
	Off   bool
	Store *ssa.Store
}

// slips finds the constants that are stored as the bound of a call, and of more than an hour or
// known to switch it off.
func (f *finder) slips() []*Slip {
	var found []*Slip
	for instr := range f.g.Instructions() {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		addr, ok := store.Addr.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		t, field := catalog.TypeOf(addr.X.Type()), flow.FieldOf(addr)
		if t == nil || !slices.Contains(t.Bounds, field.Name()) {
			continue
		}
		n, ok := flow.ConstInt(store.Val)
		off := slices.Contains(t.Off, n) && !f.evidence.Touched[catalog.LibraryOfType(t)]
		if ok && (off || time.Duration(n) > time.Hour) {
			found = append(found, &Slip{field, time.Duration(n), off, store})
		}
	}
	return found
}
