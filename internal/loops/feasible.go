package loops

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// known are flags whose value, and errors of which it is known whether they are nil, at one point
// of a path: done = true, and a loop that goes on while !done.
type known map[ssa.Value]bool

// maxStates bounds the work on one loop. Beyond, all branches are taken to be possible.
const maxStates = 2000

// feasible returns the blocks of the loop that control can get to by the given edges, without
// taking one in cut, and without a branch against what is known on the way there.
func (r *region) feasible(starts []edge, cut map[edge]bool) map[*ssa.BasicBlock]bool {
	return r.explore(starts, cut).reached
}

// A journey is where control can get to in a loop.
type journey struct {
	reached map[*ssa.BasicBlock]bool
	rounds  int  // how often to the head, up to twice
	leaves  bool // out of the loop
}

func (r *region) explore(starts []edge, cut map[edge]bool) journey {
	type state struct {
		b      *ssa.BasicBlock
		have   string
		rounds int
	}
	j := journey{reached: map[*ssa.BasicBlock]bool{}}
	seen := map[state]bool{}
	type item struct {
		edge
		known
		rounds int
	}
	var work []item
	for _, e := range starts {
		work = append(work, item{e, known{}, 0})
	}
	for len(work) > 0 {
		e, k, n := work[len(work)-1].edge, work[len(work)-1].known, work[len(work)-1].rounds
		work = work[:len(work)-1]
		next := e.from.Succs[e.succ]
		if cut[e] || !k.allows(e) {
			continue
		}
		if !r.blocks[next] {
			j.leaves = true
			continue
		}
		k = k.after(e)
		if len(seen) > maxStates {
			k = known{}
		}
		if next == r.head {
			n = min(n+1, 2)
			j.rounds = max(j.rounds, n)
		}
		if at := (state{next, k.key(), n}); seen[at] {
			continue
		} else {
			seen[at] = true
		}
		j.reached[next] = true
		if r.fatal[next] {
			continue
		}
		for i := range next.Succs {
			work = append(work, item{edge{next, i}, k, n})
		}
		if n = min(n+1, 2); r.recurs(next) && !seen[state{r.head, "", n}] {
			seen[state{r.head, "", n}] = true
			j.reached[r.head], j.rounds = true, max(j.rounds, n)
			for i := range r.head.Succs {
				work = append(work, item{edge{r.head, i}, known{}, n})
			}
		}
	}
	return j
}

// edgesOf returns the ways that a block can go on.
func edgesOf(b *ssa.BasicBlock) []edge {
	var edges []edge
	for i := range b.Succs {
		edges = append(edges, edge{b, i})
	}
	return edges
}

// asked returns what decides a branch: a flag, or an error that is compared with nil, and on
// which way it is true, or nil.
func asked(b *ssa.BasicBlock) (v ssa.Value, yes int) {
	branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, 0
	}
	v = branch.Cond
	for {
		not, ok := v.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		v, yes = not.X, 1-yes
	}
	if cmp, ok := v.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) {
		if x, y := operands(cmp); isNil(y) && isError(x.Type()) {
			if cmp.Op == token.NEQ {
				yes = 1 - yes
			}
			return x, yes
		}
	}
	return v, yes
}

// allows reports whether control can take an edge.
func (k known) allows(e edge) bool {
	v, yes := asked(e.from)
	if v == nil {
		return true
	}
	is, ok := k.of(v)
	return !ok || is == (e.succ == yes)
}

// of returns whether a flag is true, or an error nil, and whether that is known.
func (k known) of(v ssa.Value) (is, ok bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return true, v.IsNil()
		}
		return v.Value.String() == "true", isFlag(v.Type())
	case *ssa.MakeInterface:
		return false, isError(v.Type())
	case *ssa.Call:
		switch catalog.Name(flow.CalleeObject(v)) {
		case "errors.New", "fmt.Errorf":
			return false, true
		}
	}
	is, ok = k[v]
	return is, ok
}

// after returns what is known once control has taken an edge.
func (k known) after(e edge) known {
	next := e.from.Succs[e.succ]
	now := known{}
	for v, is := range k {
		if instr, ok := v.(ssa.Instruction); !ok || instr.Block() != next {
			now[v] = is
		}
	}
	if v, yes := asked(e.from); v != nil && e.from.Succs[0] != e.from.Succs[1] && matters(v) {
		k = maps.Clone(k)
		k[v] = e.succ == yes
		if instr, ok := v.(ssa.Instruction); !ok || instr.Block() != next {
			now[v] = k[v]
		}
	}
	if err := ofKind(e); err != nil { // what is of some kind is not nil
		k = maps.Clone(k)
		k[err] = false
		if instr, ok := err.(ssa.Instruction); !ok || instr.Block() != next {
			now[err] = false
		}
	}
	for _, instr := range next.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		if i := slices.Index(next.Preds, e.from); i >= 0 && (isFlag(phi.Type()) || isError(phi.Type())) {
			if is, ok := k.of(phi.Edges[i]); ok {
				now[phi] = is
			}
		}
	}
	return now
}

// ofKind returns the error that is of some kind if control takes an edge: err.(net.Error),
// errors.Is(err, target). It is nil if there is none.
func ofKind(e edge) ssa.Value {
	v, yes := asked(e.from)
	if v == nil || e.succ != yes {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Extract:
		if assert, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 1 && isError(assert.X.Type()) {
			return assert.X
		}
	case *ssa.Call:
		switch catalog.Name(flow.CalleeObject(v)) {
		case "errors.Is", "errors.As":
			return v.Call.Args[0]
		}
	}
	return nil
}

// matters reports whether it is worth knowing what a branch says of a value: it is asked for, or
// merged with others, elsewhere.
func matters(v ssa.Value) bool {
	if _, ok := v.(*ssa.Phi); ok {
		return true
	}
	refs := v.Referrers()
	if refs == nil {
		return false
	}
	comparisons := 0
	for _, ref := range *refs {
		switch ref.(type) {
		case *ssa.Phi:
			return true
		case *ssa.If, *ssa.BinOp, *ssa.UnOp:
			comparisons++
		}
	}
	return comparisons > 1
}

func isFlag(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

func (k known) key() string {
	var words []string
	for v, is := range k {
		word := v.Name()
		if is {
			word += "+"
		}
		words = append(words, word)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
