package remote

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/scope"
)

// A Spare says when an object is used that stands in for one that was not given. The package shows
// that this never happens; whether it does elsewhere only the whole module shows.
type Spare struct {
	Field string // where this field is nil, of a struct that others make
}

// spare reports whether what at makes, loads or calls is never needed in the package. It returns nil
// if nobody else can need it.
func (f *finder) spare(at ssa.Instruction) (s *Spare, ok bool) {
	owner, field := f.g.Instead(at)
	if field == nil || owner == nil || owner.Pkg() != f.g.SSA.Pkg.Pkg || !mayHoldObject(field.Type()) || !f.g.AlwaysSet(owner, field) {
		return nil, false
	}
	if !owner.Exported() || owner.Pkg().Name() == "main" {
		return nil, true
	}
	return &Spare{Field: fieldKey(owner, field)}, true
}

func fieldKey(owner *types.TypeName, field *types.Var) string {
	return owner.Pkg().Path() + "." + owner.Name() + "." + field.Name()
}

// judgeSpare judges what is not needed, as far as can be seen.
func (v *verdict) judgeSpare(s *Spare, judge func()) {
	v.clean = true
	if s == nil {
		return
	}
	hangs, foreign := len(v.hangs), len(v.foreign)
	judge()
	for _, h := range v.hangs[hangs:] {
		h.Spare = s
	}
	for _, use := range v.foreign[foreign:] {
		use.Spare = s
	}
}

// leavesOut notes the fields of structs of other packages that the package does not set where it
// makes one. An example says nothing about what is set in production.
func (f *finder) leavesOut() {
	if scope.IsExample(f.pass) {
		return
	}
	for owner, field := range f.g.LeftOut() {
		if mayHoldObject(field.Type()) {
			f.evidence.LeftOut[fieldKey(owner, field)] = true
		}
	}
}
