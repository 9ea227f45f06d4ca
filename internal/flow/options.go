package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An Optional is an object that is there for when its constructor is given no option which replaces
// it: New(options ...Option) *T.
type Optional struct {
	New     *ssa.Function
	Options []*types.Func // each of them stores what it is given in its place
}

// Optional returns what is known of the object of a source as one that an option replaces, or nil.
func (g *Graph) Optional(s Source) *Optional {
	if s.At == nil {
		return nil
	}
	var o *Optional
	for _, store := range keptIn(s.At) {
		options := g.optionsFor(store)
		if len(options) == 0 || o != nil && !slices.Equal(o.Options, options) {
			return nil
		}
		o = &Optional{store.Parent(), options}
	}
	return o
}

// optionsFor returns the options that replace what a store puts into a field of a new struct.
func (g *Graph) optionsFor(store *ssa.Store) []*types.Func {
	option := optionType(store.Parent().Signature)
	if option == nil {
		return nil
	}
	var options []*types.Func
	for _, other := range g.fieldStores[FieldOf(store.Addr.(*ssa.FieldAddr))] {
		to, ok := other.Addr.(*ssa.FieldAddr).X.(*ssa.Parameter)
		if !ok || to.Parent() != other.Parent() {
			continue
		}
		maker := g.giver(other.Val)
		if maker == nil || maker == other.Parent() || !unconditional(other) && !g.unlessNil(other, maker) {
			continue
		}
		fn, ok := maker.Object().(*types.Func)
		if ok && fn.Signature().Results().Len() == 1 && types.AssignableTo(fn.Signature().Results().At(0).Type(), option) && !slices.Contains(options, fn) {
			options = append(options, fn)
		}
	}
	return options
}

// optionType returns the type of the options that a function takes, or nil.
func optionType(sig *types.Signature) types.Type {
	if !sig.Variadic() {
		return nil
	}
	slice, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	if !ok {
		return nil
	}
	switch slice.Elem().Underlying().(type) {
	case *types.Signature, *types.Interface:
		return slice.Elem()
	}
	return nil
}

// giver returns the function whose parameter v is, wherever it was kept in between, or nil.
func (g *Graph) giver(v ssa.Value) *ssa.Function {
	var fn *ssa.Function
	for _, s := range g.Trace(v, nil) {
		if s.Kind != Param || fn != nil && s.Value.Parent() != fn {
			return nil
		}
		fn = s.Value.Parent()
	}
	return fn
}

// unlessNil reports whether a store of what maker is given happens whenever that is not nil.
func (g *Graph) unlessNil(store *ssa.Store, maker *ssa.Function) bool {
	block := store.Block()
	if len(block.Preds) != 1 {
		return false
	}
	from := block.Preds[0]
	x, _, whereNot := nilCheck(from)
	return x != nil && whereNot == block && g.giver(x) == maker &&
		unconditional(from.Instrs[len(from.Instrs)-1])
}

// OptionsGiven returns the functions that make the options which a call passes to a function that
// takes some. Of options that come from elsewhere there is nothing to say.
func OptionsGiven(call ssa.CallInstruction) []*types.Func {
	args := call.Common().Args
	if len(args) == 0 {
		return nil
	}
	slice, ok := args[len(args)-1].(*ssa.Slice)
	if !ok {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var options []*types.Func
	for _, ref := range *array.Referrers() {
		elem, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *elem.Referrers() {
			if store, ok := ref.(*ssa.Store); ok {
				if made, ok := unboxed(store.Val).(*ssa.Call); ok && CalleeObject(made) != nil {
					options = append(options, CalleeObject(made))
				}
			}
		}
	}
	return options
}

// unboxed returns what v is before it is converted.
func unboxed(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return unboxed(v.X)
	case *ssa.ChangeInterface:
		return unboxed(v.X)
	case *ssa.MakeInterface:
		return unboxed(v.X)
	}
	return v
}
