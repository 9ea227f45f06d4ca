package flow

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
)

// Alters is the fact that says what a function does to the clients, dialers, servers and
// transports that it is given a pointer to. Of a function without the fact nothing is known.
type Alters struct {
	// Params holds those of its parameters (a method's receiver is parameter 0) whose
	// settings the function may change: option functions do (func(c *http.Client) {
	// c.Timeout = d }), functions that only use a client do not.
	Params []int
}

// AFact makes Alters a fact.
func (*Alters) AFact() {}

func (a *Alters) String() string { return fmt.Sprintf("alters%v", a.Params) }

// exportAlters exports the fact for the package's functions that take objects the catalogue
// knows.
func (g *Graph) exportAlters(pass *analysis.Pass) {
	for _, fn := range g.SSA.Funcs {
		if fn.Object() == nil || !fn.Object().Exported() {
			continue
		}
		fact, takes := new(Alters), false
		for i, param := range fn.Params {
			if catalog.TypeOf(param.Type()) == nil {
				continue
			}
			takes = true
			if g.changes(param) {
				fact.Params = append(fact.Params, i)
			}
		}
		if takes {
			pass.ExportObjectFact(fn.Object(), fact)
		}
	}
}

// changes reports whether the package may change what a parameter points to.
func (g *Graph) changes(param *ssa.Parameter) bool {
	o := Origin{Kind: Param, Value: param}
	if g.Open(o) {
		return true
	}
	for _, stores := range g.fieldStores {
		for _, store := range stores {
			if x := store.Addr.(*ssa.FieldAddr).X; pointsTo(x.Type(), o) && g.Reach(x)[o] {
				return true
			}
		}
	}
	return false
}

// altered reports whether the function that is handed an object is known to change it, or
// known not to.
func (g *Graph) altered(h Handed) (alters, known bool) {
	fn := CalleeObject(h.Call)
	if fn == nil || h.Call.Common().IsInvoke() {
		return false, false
	}
	fact := g.alters(fn)
	if fact == nil {
		return false, false
	}
	for i := range fn.Signature().Params().Len() + 1 {
		if Argument(h.Call, i) == h.Arg { // not in an interface
			return slices.Contains(fact.Params, i), true
		}
	}
	return false, false
}

// Takers returns the calls by which the object o is given to functions that may change it: functions of other
// packages that are known to, or of which nothing is known and which get it as what it is, not as an
// interface.
func (g *Graph) Takers(o Origin) []ssa.CallInstruction {
	var calls []ssa.CallInstruction
	for _, h := range g.handed {
		if isReceiver(h.Call, h.Arg) || g.harmless(h.Call) || !pointsTo(h.Arg.Type(), o) || !g.Reach(h.Arg)[o] {
			continue
		}
		alters, known := g.altered(h)
		if alters || !known && slices.Contains(h.Call.Common().Args, h.Arg) {
			calls = append(calls, h.Call)
		}
	}
	return calls
}
