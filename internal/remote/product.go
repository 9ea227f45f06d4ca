package remote

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// products returns what is known of the results of fn, or nil.
func (f *finder) products(fn *ssa.Function) []Product {
	results := fn.Signature.Results()
	var products []Product
	for i := range results.Len() {
		product, ok := f.resultOf(fn, i, results.At(i).Type())
		if ok && products == nil {
			products = make([]Product, results.Len())
		}
		if ok {
			products[i] = product
		}
	}
	return products
}

func (f *finder) resultOf(fn *ssa.Function, i int, t types.Type) (Product, bool) {
	var returned []ssa.Value
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
			returned = append(returned, ret.Results[i])
		}
	}
	switch {
	case len(returned) == 0:
		return Product{}, false
	case isContext(t) || isRequestType(t):
		return f.effect(fn, returned)
	case mayHoldObject(t):
		var sources []flow.Source
		for _, v := range returned {
			sources = append(sources, f.g.Trace(v, nil)...)
		}
		return f.productOf(sources, false)
	}
	return Product{}, false
}

// mayHoldObject reports whether a value of type t can be a client, dialer, server or transport.
func mayHoldObject(t types.Type) bool {
	if catalog.TypeOf(t) != nil {
		return true
	}
	iface, ok := t.Underlying().(*types.Interface)
	return ok && iface.NumMethods() > 0 && t.String() != "error"
}

// effect returns what a function does to the deadline of the context or request it returns.
func (f *finder) effect(fn *ssa.Function, returned []ssa.Value) (Product, bool) {
	var l limit
	for _, v := range returned {
		if c, ok := v.(*ssa.Const); ok && c.IsNil() {
			continue // with an error
		}
		l.join(f.deadline(v, nil, map[visited]bool{}))
	}
	params := slices.Concat(l.contexts, l.requests)
	switch {
	case l.undecided:
		return Product{}, false
	case l.bounded:
		return Product{Effect: catalog.Sets, Param: noParam}, true
	case len(params) == 0:
		return Product{Effect: catalog.Drops, Param: noParam}, true
	}
	for _, p := range params {
		if p != params[0] || p.Parent() != fn {
			return Product{}, false
		}
	}
	return Product{Effect: catalog.Keeps, Param: indexOf(params[0])}, true
}

// productOf returns what is known of the object that a function returns or a variable holds.
// Only one without a bound is worth a fact.
func (f *finder) productOf(sources []flow.Source, shared bool) (Product, bool) {
	product := Product{Param: noParam}
	for _, source := range sources {
		if source.Kind == flow.Nil || f.g.IsPlaceholder(source) {
			continue
		}
		t := f.typeOf(source.Origin)
		if t == nil || product.Type != "" && product.Type != t.Name {
			return Product{}, false
		}
		product.Type = t.Name
		bound, zero := f.bound(source.Origin, t, nil)
		if bound == Undecided || bound == Whole || product.Bound != Undecided && product.Bound != bound {
			return Product{}, false
		}
		product.Bound = bound
		if abroad := f.product(source.Origin); abroad != nil {
			product.Keys = append(product.Keys, abroad.Keys...)
			continue
		}
		key := f.key(source)
		if key == "" || len(f.madeFrom(source)) > 0 {
			return Product{}, false
		}
		product.Keys = append(product.Keys, key)
		if known := f.evidence.Made[key]; known == nil {
			made := &Hang{Bound: bound, Object: &source, Type: t, Zero: zero, Shared: shared}
			if t.Address != "" {
				made.Reach = f.addressed(source.Origin, t)
			}
			f.evidence.Made[key] = made
		} else {
			known.Shared = known.Shared || shared
		}
	}
	slices.Sort(product.Keys)
	product.Keys = slices.Compact(product.Keys)
	return product, product.Type != ""
}

// makes exports what the exported variables of the package, and fields of its structs, hold.
func (f *finder) makes() {
	if f.g.SSA.Pkg.Pkg.Name() == "main" {
		return
	}
	scope := f.g.SSA.Pkg.Pkg.Scope()
	for _, name := range scope.Names() {
		if !token.IsExported(name) {
			continue
		}
		switch obj := scope.Lookup(name).(type) {
		case *types.Var:
			if global := f.g.SSA.Pkg.Var(name); global != nil && mayHoldObject(obj.Type()) {
				f.hold(obj, f.heldBy(global), true)
			}
		case *types.TypeName:
			s, ok := obj.Type().Underlying().(*types.Struct)
			if !ok || obj.IsAlias() {
				continue
			}
			for field := range s.Fields() {
				if field.Exported() && mayHoldObject(field.Type()) {
					// Who sets the one in a value of theirs has not mended the default.
					f.hold(field, f.storedIn(field), false)
				}
			}
		}
	}
}

func (f *finder) hold(v *types.Var, sources []flow.Source, shared bool) {
	if product, ok := f.productOf(sources, shared); ok {
		f.pass.ExportObjectFact(v, &Held{product})
	}
}

// heldBy returns the objects that a package-level variable holds: itself, if it is a struct.
func (f *finder) heldBy(global *ssa.Global) []flow.Source {
	if _, ok := global.Type().(*types.Pointer).Elem().Underlying().(*types.Struct); ok {
		return f.g.Trace(global, nil)
	}
	return f.g.TraceGlobal(global)
}

// storedIn returns the objects that the package stores in a field. One that it also leaves
// alone, or sets to what callers give, is theirs.
func (f *finder) storedIn(field *types.Var) []flow.Source {
	var sources []flow.Source
	for _, store := range f.g.FieldStores(field) {
		sources = append(sources, f.g.Trace(store.Val, nil)...)
	}
	return sources
}

// touches notes the objects of other packages whose bounds the package sets.
func (f *finder) touches() {
	touch := func(v ssa.Value) {
		for _, o := range f.g.Objects(v) {
			if global, ok := o.Value.(*ssa.Global); ok && catalog.IsDefault(global.Object()) {
				f.evidence.Touched[catalog.VarName(global.Object())] = true
			}
			if product := f.product(o); product != nil {
				for _, key := range product.Keys {
					f.evidence.Touched[key] = true
				}
			}
		}
	}
	for instr := range f.g.Instructions() {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		switch addr := store.Addr.(type) {
		case *ssa.FieldAddr:
			if t := catalog.TypeOf(addr.X.Type()); t != nil {
				if f.mayBound(t, flow.FieldOf(addr).Name(), store.Val) {
					touch(addr.X)
				}
			} else if product := f.held(flow.FieldOf(addr)); product != nil {
				for _, key := range product.Keys {
					f.evidence.Touched[key] = true
				}
			}
		case *ssa.Global:
			touch(addr)
		}
	}
	for _, call := range f.setters {
		touch(flow.Operand(call, catalog.Recv))
	}
}

// mayBound reports whether what is stored in a field of an object of type t may bound its calls.
func (f *finder) mayBound(t *catalog.Type, field string, val ssa.Value) bool {
	switch {
	case slices.Contains(t.Bounds, field):
		n, ok := flow.ConstInt(val)
		return !ok || n > 0
	case slices.Contains(t.Inner, field):
		bound := f.wrapped(val, map[flow.Origin]bool{})
		return bound == Undecided || bound == Whole
	}
	return slices.Contains(t.Hooks, field)
}

// IsDouble reports whether a type stands for another in tests.
func IsDouble(t types.Type) bool {
	name := strings.ToLower(catalog.TypeName(t))
	return slices.ContainsFunc([]string{"mock", "fake", "stub", "dummy"}, func(word string) bool { return strings.Contains(name, word) })
}
