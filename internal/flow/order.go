package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// LastStored returns what a load of a local variable reads, where the order of statements shows it:
// the value of the last store before it. [Graph.Trace] has no regard for that order, and finds all
// that a variable ever holds which a function literal captures. The answer is nil where another
// store may come between, or v is no such load.
func (g *Graph) LastStored(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	cells := g.cells(load.X)
	if len(cells) != 1 {
		return nil
	}
	cell, ok := cells[0].(*ssa.Alloc)
	if !ok {
		return nil
	}
	var use ssa.Instruction = load
	for use.Parent() != cell.Parent() {
		if use = g.CalledHere(use.Parent()); use == nil {
			return nil // a literal that is called who knows when
		}
	}
	var last *ssa.Store
	for _, store := range g.cellStores[cell] {
		switch {
		case store.Parent() != cell.Parent():
			return nil // by a literal
		case comesBefore(store, use):
			if last == nil || comesBefore(last, store) {
				last = store
			}
		case canReach(store, use):
			return nil // under a condition
		}
	}
	if last == nil {
		return nil
	}
	return last.Val
}

// comesBefore reports whether x is always executed before y.
func comesBefore(x, y ssa.Instruction) bool {
	if x.Block() == y.Block() {
		return slices.Index(x.Block().Instrs, x) < slices.Index(y.Block().Instrs, y)
	}
	return x.Block().Dominates(y.Block())
}

// canReach reports whether y may be executed after x.
func canReach(x, y ssa.Instruction) bool {
	if x.Block() == y.Block() && comesBefore(x, y) {
		return true
	}
	seen := make([]bool, len(x.Parent().Blocks))
	for work := slices.Clone(x.Block().Succs); len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == y.Block() {
			return true
		}
		if !seen[b.Index] {
			seen[b.Index] = true
			work = append(work, b.Succs...)
		}
	}
	return false
}
