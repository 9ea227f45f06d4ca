package loops

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// A region is a natural loop: the blocks from which control comes back to its head.
type region struct {
	fn     *ssa.Function
	head   *ssa.BasicBlock
	blocks map[*ssa.BasicBlock]bool
	again  *ssa.Call                // by which a function calls itself, and goes back to its head
	fatal  map[*ssa.BasicBlock]bool // blocks of the function that end the process
}

// regions returns the loops of a function, the innermost first. One that is entered in its middle
// (by a goto) is none.
func regions(fn *ssa.Function) []*region {
	byHead := map[*ssa.BasicBlock]*region{}
	var all []*region
	fatal := fatalBlocks(fn)
	for _, b := range fn.Blocks {
		for _, head := range b.Succs {
			if !head.Dominates(b) {
				continue
			}
			r := byHead[head]
			if r == nil {
				r = &region{fn: fn, head: head, blocks: map[*ssa.BasicBlock]bool{head: true}, fatal: fatal}
				byHead[head] = r
				all = append(all, r)
			}
			r.extend(b)
		}
	}
	slices.SortStableFunc(all, func(x, y *region) int { return len(x.blocks) - len(y.blocks) })
	return all
}

// fatals are names of functions that end the process, by whatever logger. Those that are known
// to, go/ssa takes into account already.
var fatals = regexp.MustCompile(`^[Ff]atal`)

func fatalBlocks(fn *ssa.Function) map[*ssa.BasicBlock]bool {
	fatal := map[*ssa.BasicBlock]bool{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && fatals.MatchString(flow.CalleeName(call)) {
				fatal[b] = true
			}
		}
	}
	return fatal
}

// extend adds the blocks that lead to b, within the loop.
func (r *region) extend(b *ssa.BasicBlock) {
	if r.blocks[b] {
		return
	}
	r.blocks[b] = true
	for _, pred := range b.Preds {
		r.extend(pred)
	}
}

func (r *region) has(instr ssa.Instruction) bool {
	return instr.Parent() == r.fn && r.blocks[instr.Block()]
}

// defines reports whether a value is computed anew in each round.
func (r *region) defines(v ssa.Value) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && r.has(instr)
}

// instructions visits the instructions of the loop, those of loops inside included, in the order
// of the source.
func (r *region) instructions() func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for _, b := range r.fn.Blocks {
			if !r.blocks[b] {
				continue
			}
			for _, instr := range b.Instrs {
				if !yield(instr) {
					return
				}
			}
		}
	}
}

// An edge is one of the ways that a block can go on.
type edge struct {
	from *ssa.BasicBlock
	succ int
}

// paths returns the blocks of the loop that control can get to from the start of the given ones,
// without taking one of the edges in cut and without passing through stop.
func (r *region) paths(from []*ssa.BasicBlock, cut map[edge]bool, stop *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := slices.Clone(from)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[b] || !r.blocks[b] {
			continue
		}
		seen[b] = true
		if b == stop || r.fatal[b] {
			continue
		}
		for i, next := range b.Succs {
			if !cut[edge{b, i}] {
				work = append(work, next)
			}
		}
		if r.recurs(b) {
			work = append(work, r.head)
		}
	}
	return seen
}

// leadsTo returns the blocks of the loop from which control can get to b in the same round or a
// later one.
func (r *region) leadsTo(b *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		preds := b.Preds
		if b == r.head && r.again != nil {
			preds = append(slices.Clone(preds), r.again.Block())
		}
		for _, pred := range preds {
			if r.blocks[pred] && !seen[pred] {
				seen[pred] = true
				work = append(work, pred)
			}
		}
	}
	return seen
}

// syntax returns the loop as it is written: the innermost statement that holds all of it, or the
// label that it jumps back to.
func (r *region) syntax(g *flow.Graph) (ast.Node, Form) {
	first, last := token.NoPos, token.NoPos
	for instr := range r.instructions() {
		pos := instr.Pos()
		if _, isPhi := instr.(*ssa.Phi); isPhi || !pos.IsValid() {
			continue // where its variable is declared
		}
		if !first.IsValid() || pos < first {
			first = pos
		}
		last = max(last, pos)
	}
	file := g.FileOf(first)
	if file == nil {
		return nil, 0
	}
	path, _ := astutil.PathEnclosingInterval(file, first, last)
	label := r.label(path)
	for _, node := range path {
		switch node := node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if label != nil && node.Pos() < label.Pos() && label.Pos() < node.End() {
				return label, Goto
			}
			return node, Loop
		case *ast.FuncLit, *ast.FuncDecl:
			if label != nil {
				return label, Goto
			}
			return nil, 0
		}
	}
	return nil, 0
}

// label returns the label that the loop begins with, if a goto goes there, or nil.
func (r *region) label(path []ast.Node) (found *ast.LabeledStmt) {
	for _, node := range path {
		switch node.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			targets := map[string]bool{}
			ast.Inspect(node, func(n ast.Node) bool {
				if jump, ok := n.(*ast.BranchStmt); ok && jump.Tok == token.GOTO {
					targets[jump.Label.Name] = true
				}
				return true
			})
			ast.Inspect(node, func(n ast.Node) bool {
				if label, ok := n.(*ast.LabeledStmt); ok && targets[label.Label.Name] && label.Label.Name == r.head.Comment {
					found = label
				}
				return true
			})
			return found
		}
	}
	return nil
}
