package remote

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// global returns the package-level variable with that catalogue name, as this package sees it.
func (f *finder) global(name string) *ssa.Global {
	i := strings.LastIndexByte(name, '.')
	for _, pkg := range f.g.SSA.Pkg.Prog.AllPackages() {
		if catalog.Path(pkg.Pkg.Path()) == name[:i] {
			return pkg.Var(name[i+1:])
		}
	}
	return nil
}

// typeOf returns the catalogued type of an object, or nil.
func (f *finder) typeOf(o flow.Origin) *catalog.Type {
	if product := f.product(o); product != nil {
		return catalog.TypeNamed(product.Type)
	}
	switch o.Kind {
	case flow.New, flow.Global:
		if global, ok := o.Value.(*ssa.Global); ok && global.Pkg != f.g.SSA.Pkg && !catalog.IsDefault(global.Object()) {
			return nil // another package's variable: its settings are not seen here
		}
		t := o.Value.Type()
		if ptr, ok := t.(*types.Pointer); ok && o.Kind == flow.Global {
			t = ptr.Elem() // a Global's value is its address
		}
		return catalog.TypeOf(t)
	case flow.Field:
		if o.Var.Pkg() != f.g.SSA.Pkg.Pkg {
			return nil // its settings are not seen here
		}
		return catalog.TypeOf(o.Var.Type())
	case flow.Result:
		if maker := f.maker(o); maker != nil && f.plain(o, maker) {
			return catalog.TypeNamed(maker.Type)
		}
	}
	return nil
}

// maker returns the catalogued function whose first result o is, or nil.
func (f *finder) maker(o flow.Origin) *catalog.Maker {
	if o.Kind != flow.Result || o.Index != 0 {
		return nil
	}
	if fn := flow.CalleeObject(o.Value.(*ssa.Call)); fn != nil {
		return catalog.MakerOf(fn)
	}
	return nil
}

// plain reports whether the context that the object's maker takes settings from is known
// to carry none.
func (f *finder) plain(o flow.Origin, maker *catalog.Maker) bool {
	if maker.Context == catalog.None {
		return true
	}
	for _, source := range f.g.Trace(flow.Operand(o.Value.(*ssa.Call), maker.Context), nil) {
		if source.Kind != flow.Result {
			return false
		}
		fn := flow.CalleeObject(source.Value.(*ssa.Call))
		if hand := catalog.HandoverOf(fn); hand == nil || hand.Parent != catalog.None && hand.Effect == catalog.Keeps {
			return false
		}
	}
	return true
}
