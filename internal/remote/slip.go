package remote

import (
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Slip is a bound so long that it looks like a slip of units.
type Slip struct {
	Field *types.Var
	Value time.Duration
	Store *ssa.Store
}

// slips finds the constants of more than an hour that are stored as the bound of a call.
func slips(g *flow.Graph) []*Slip {
	var found []*Slip
	for instr := range g.Instructions() {
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
		if n, ok := flow.ConstInt(store.Val); ok && time.Duration(n) > time.Hour {
			found = append(found, &Slip{field, time.Duration(n), store})
		}
	}
	return found
}
