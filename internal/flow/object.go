package flow

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
)

// A Setting is a value stored into a field of an object.
type Setting struct {
	Value ssa.Value  // nil if it is not known: the field's address was given away
	Store *ssa.Store // nil likewise
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
	for _, addr := range g.fieldAddrs[f] {
		if g.Reach(addr.X)[o] {
			settings = append(settings, Setting{})
		}
	}
	settings = append(settings, g.loose(o, f)...)
	for _, copied := range g.Copies(o) {
		for _, from := range g.Objects(copied) {
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
	var stores []*ssa.Store
	switch o.Kind {
	case New, Global:
		stores = slices.Clone(g.cellStores[o.Value])
	case Field:
		stores = slices.Clone(g.fieldStores[o.Var])
	}
	for _, store := range g.derefs {
		if pointsTo(store.Addr.Type(), o) && g.Reach(store.Addr)[o] {
			stores = append(stores, store)
		}
	}
	return stores
}

// Overwritten reports whether the package stores a whole struct through a pointer, of the
// type of v, that can point to o.
func (g *Graph) Overwritten(o Origin, v ssa.Value) bool {
	for _, store := range g.derefs {
		if types.Identical(store.Addr.Type(), v.Type()) && g.Reach(store.Addr)[o] {
			return true
		}
	}
	return false
}

// Made reports whether the package gives the object held by a field a value: a literal, or
// fields of its own. One that it leaves at zero is for its users to set, if they can.
func (g *Graph) Made(o Origin) bool {
	if len(g.wholes(o)) > 0 {
		return true
	}
	for _, stores := range g.fieldStores {
		for _, store := range stores {
			inner, ok := store.Addr.(*ssa.FieldAddr).X.(*ssa.FieldAddr)
			if !ok || FieldOf(inner) != o.Var {
				continue
			}
			if _, literal := inner.X.(*ssa.Alloc); literal {
				return true
			}
		}
	}
	return false
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
			if slices.ContainsFunc(g.Objects(val.X), g.foreign) {
				return true
			}
		default:
			return true
		}
	}
	global, _ := o.Value.(*ssa.Global)
	for _, h := range g.handed {
		if isReceiver(h.Call, h.Arg) || g.harmless(h.Call) {
			continue
		}
		alters, known := g.altered(h)
		if known && !alters || !known && global != nil && catalog.IsDefault(global.Object()) {
			continue // libraries that are handed http.DefaultClient do not set it for everyone
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
	case Field:
		return o.Var.Pkg() != g.SSA.Pkg.Pkg
	case Global:
		global := o.Value.(*ssa.Global)
		return global.Pkg != g.SSA.Pkg && !catalog.IsDefault(global.Object())
	}
	return false
}

// pointsTo reports whether a pointer of type t can point to o, as far as types tell.
func pointsTo(t types.Type, o Origin) bool {
	switch o.Kind {
	case New, Global, Result, Param:
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

// harmless reports whether a call leaves the settings of the objects it is given alone: the
// standard library's functions do, except those that decode into what they are given, and so
// do those that the catalogue lists.
func (g *Graph) harmless(call ssa.CallInstruction) bool {
	fn := CalleeObject(call)
	if fn == nil {
		return false
	}
	if path, _ := catalog.Equips(fn); path != "" || catalog.MakerOf(fn) != nil || catalog.CallOf(fn) != nil || catalog.HeedlessOf(fn) != nil {
		return true
	}
	if catalog.RetrierOf(fn) != nil || catalog.KnobOf(fn) != nil {
		return true // it reads the policy that it is given
	}
	if fn.Pkg() == nil || strings.HasPrefix(fn.Pkg().Path(), "encoding/") {
		return false
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return false
	}
	return g.isStd(fn.Pkg().Path()) || fn.Pkg().Path() == "golang.org/x/net/http2"
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

// Objects returns every object that v can stand for, in the order in which a search finds
// them: its origins, and those of the arguments that the package's own calls give for the
// parameters among them.
func (g *Graph) Objects(v ssa.Value) []Origin {
	objects, _ := g.objectsOf(v)
	return objects
}

// objectsOf returns the objects as a list and as a set.
func (g *Graph) objectsOf(v ssa.Value) ([]Origin, map[Origin]bool) {
	g.mu.Lock()
	known, reach := g.objects[v], g.reach[v]
	g.mu.Unlock()
	if reach != nil {
		return known, reach
	}
	var objects []Origin
	seen := map[Origin]bool{}
	work := []ssa.Value{v}
	for len(work) > 0 {
		next := work[0]
		work = work[1:]
		for _, s := range g.Trace(next, nil) {
			if seen[s.Origin] {
				continue
			}
			seen[s.Origin] = true
			objects = append(objects, s.Origin)
			if s.Kind == Param {
				work = append(work, g.Arguments(s.Value.(*ssa.Parameter))...)
			}
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.objects[v], g.reach[v] = objects, seen
	return objects, seen
}

// Reach returns the same as a set.
func (g *Graph) Reach(v ssa.Value) map[Origin]bool {
	_, reach := g.objectsOf(v)
	return reach
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
