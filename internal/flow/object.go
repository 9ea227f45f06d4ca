package flow

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
)

// A Setting is a value stored into a field of an object.
type Setting struct {
	Value ssa.Value
	Store *ssa.Store
}

// Settings returns what the package stores into the field f of the object o, wherever it
// does: in the literal, after construction, through an alias, in another function or file.
func (g *Graph) Settings(o Origin, f *types.Var) []Setting {
	return g.settings(o, f, map[Origin]bool{})
}

func (g *Graph) settings(o Origin, f *types.Var, seen map[Origin]bool) []Setting {
	if seen[o] {
		return nil
	}
	seen[o] = true
	var settings []Setting
	for _, store := range g.fieldStores[f] {
		if g.Reach(store.Addr.(*ssa.FieldAddr).X)[o] {
			settings = append(settings, Setting{store.Val, store})
		}
	}
	settings = append(settings, g.loose(o, f)...)
	for _, copied := range g.Copies(o) {
		for from := range g.Reach(copied) {
			settings = append(settings, g.settings(from, f, seen)...)
		}
	}
	return settings
}

// Through returns what the package stores into field f of the object that o's field outer
// points to, where o was made elsewhere with that field set (rc.HTTPClient.Timeout = d).
func (g *Graph) Through(o Origin, outer, f *types.Var) []Setting {
	var settings []Setting
	for _, store := range g.fieldStores[f] {
		x := store.Addr.(*ssa.FieldAddr).X
		if !g.Reach(x)[Origin{Kind: Field, Var: outer}] {
			continue
		}
		if load, ok := x.(*ssa.UnOp); ok && load.Op == token.MUL {
			if addr, ok := load.X.(*ssa.FieldAddr); ok && !g.Reach(addr.X)[o] {
				continue // another object's
			}
		}
		settings = append(settings, Setting{store.Val, store})
	}
	return settings
}

// loose returns the stores into field f of objects that came out of a slice, map or
// channel, if o is among those that went into one (for _, c := range clients { c.Timeout = d }).
func (g *Graph) loose(o Origin, f *types.Var) []Setting {
	var settings []Setting
	for _, store := range g.fieldStores[f] {
		if g.Reach(store.Addr.(*ssa.FieldAddr).X)[Origin{}] {
			settings = append(settings, Setting{store.Val, store})
		}
	}
	if len(settings) == 0 {
		return nil
	}
	for _, v := range g.contained {
		if pointsTo(v.Type(), o) && g.Reach(v)[o] {
			return settings
		}
	}
	return nil
}

// wholes returns the stores that overwrite the object o as a whole.
func (g *Graph) wholes(o Origin) []*ssa.Store {
	switch o.Kind {
	case New, Global:
		return g.cellStores[o.Value]
	case Field:
		return g.fieldStores[o.Var]
	}
	return nil
}

// Copies returns pointers to the objects that o is a copy of (c := *other).
func (g *Graph) Copies(o Origin) []ssa.Value {
	var from []ssa.Value
	for _, store := range g.wholes(o) {
		if load, ok := store.Val.(*ssa.UnOp); ok && load.Op == token.MUL && isStruct(load.Type()) {
			from = append(from, load.X)
		}
	}
	return from
}

// Open reports whether o may have settings that the package does not show: it is a copy of
// something unknown, or its address is given to a function the package does not define.
// The standard library's functions set nothing.
func (g *Graph) Open(o Origin) bool {
	for _, store := range g.wholes(o) {
		if !isStruct(store.Val.Type()) {
			continue
		}
		switch val := store.Val.(type) {
		case *ssa.Const: // the zero value
		case *ssa.UnOp:
			for from := range g.Reach(val.X) {
				if g.foreign(from) {
					return true
				}
			}
		default:
			return true
		}
	}
	for _, h := range g.handed {
		if fn := CalleeObject(h.Call); fn != nil && !h.Call.Common().IsInvoke() && g.harmless(fn) {
			continue
		}
		if pointsTo(h.Arg.Type(), o) && g.Reach(h.Arg)[o] {
			return true
		}
	}
	return false
}

// foreign reports whether the settings of an object are made where the package cannot see.
func (g *Graph) foreign(o Origin) bool {
	switch o.Kind {
	case Unknown, Param, Result:
		return true
	case Global:
		global := o.Value.(*ssa.Global)
		return global.Pkg != g.SSA.Pkg && !catalog.IsDefault(global.Object())
	}
	return false
}

// pointsTo reports whether a pointer of type t can point to o, as far as types tell.
func pointsTo(t types.Type, o Origin) bool {
	switch o.Kind {
	case New, Global, Result:
		return types.Identical(t, o.Value.Type()) || o.Kind == Global && isPointerToPointer(o.Value.Type(), t)
	case Field:
		return types.Identical(t, o.Var.Type()) || types.Identical(t, types.NewPointer(o.Var.Type()))
	}
	return false
}

func isPointerToPointer(t, elem types.Type) bool {
	ptr, ok := t.(*types.Pointer)
	return ok && types.Identical(ptr.Elem(), elem)
}

// harmless reports whether fn leaves the settings of the objects it is given alone: the
// standard library does, and so do the methods of libraries and what the catalogue lists.
func (g *Graph) harmless(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Signature().Recv() != nil || catalog.MakerOf(fn) != nil || catalog.CallOf(fn) != nil {
		return true
	}
	path := fn.Pkg().Path()
	return g.isStd(path) || path == "golang.org/x/net/http2"
}

// isStd reports whether path is of the standard library: no dot in its first element,
// which it does not share with the package under analysis (a module may be called "shop").
func (g *Graph) isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	own, _, _ := strings.Cut(g.SSA.Pkg.Pkg.Path(), "/")
	return !strings.Contains(first, ".") && first != own
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// Reach returns every object that v can stand for: its origins, and those of the arguments
// that the package's own calls give for the parameters among them.
func (g *Graph) Reach(v ssa.Value) map[Origin]bool {
	if reached, ok := g.reach[v]; ok {
		return reached
	}
	reached := map[Origin]bool{}
	work := []ssa.Value{v}
	for len(work) > 0 {
		next := work[0]
		work = work[1:]
		for _, s := range g.Trace(next, nil) {
			if s.Kind == Param && !reached[s.Origin] {
				work = append(work, g.Arguments(s.Value.(*ssa.Parameter))...)
			}
			reached[s.Origin] = true
		}
	}
	g.reach[v] = reached
	return reached
}

// Arguments returns what the package's own calls pass for a parameter.
func (g *Graph) Arguments(p *ssa.Parameter) []ssa.Value {
	var args []ssa.Value
	for i, param := range p.Parent().Params {
		if param != p {
			continue
		}
		for _, call := range g.callers[p.Parent()] {
			args = append(args, call.Common().Args[i])
		}
	}
	return args
}
