package loops

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// maxCount is how far attempts are counted: beyond, a number says nothing.
const maxCount = 1 << 16

// A certainty says how far a number of attempts can be relied on.
type certainty uint8

const (
	exactly   certainty = iota
	usually             // the function itself has it where it is given none
	byDefault           // the package has it, somewhere, for a setting
)

// count returns how often a loop attempts its operation at most, as a branch says that leaves it:
// i < 3. The attempt is made again if control takes the way that stays.
func (c *cycle) count(branch *ssa.If, stays int) (n int64, by certainty, ok bool) {
	cmp, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return 0, 0, false
	}
	op, x, y := cmp.Op, cmp.X, cmp.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y, op = y, x, mirrored(op)
	}
	if stays == 1 {
		op = negated(op)
	}
	last, by, ok := c.most(y)
	if !ok {
		return 0, 0, false
	}
	phi, add := counter(x)
	if phi == nil || phi.Block() != c.head {
		return 0, 0, false
	}
	first, step, ok := c.counts(phi)
	if !ok {
		return 0, 0, false
	}
	var rounds int64
	for i := first + add; compareInts(i, op, last); i += step {
		if rounds++; rounds > maxCount {
			return 0, 0, false
		}
	}
	if branch.Block().Dominates(c.ops[0].Block()) {
		return rounds, by, true
	}
	return rounds + 1, by, true // it asks after the attempt
}

// most returns the number that v is: of a parameter of a function that only its package can call, the
// greatest that it is called with; where the package has a default for what others set, that.
func (c *cycle) most(v ssa.Value) (n int64, by certainty, ok bool) {
	switch v := v.(type) {
	case *ssa.Parameter:
		if n, ok = c.given(v); !ok {
			n, ok = c.f.usual(v, 0)
			return n, byDefault, ok
		}
		return n, exactly, ok
	case *ssa.Phi:
		if c.defines(v) {
			return 0, 0, false
		}
		for _, edge := range v.Edges {
			if d, isConst := flow.ConstInt(edge); isConst && d > 0 {
				n, ok = max(n, d), true
			}
		}
		return n, usually, ok
	case *ssa.UnOp:
		if n, ok = c.kept(v); !ok {
			n, ok = c.f.usual(v, 0)
			return n, byDefault, ok
		}
		return n, exactly, ok
	case *ssa.Convert:
		return c.most(v.X)
	case *ssa.BinOp: // one attempt, and so many more
		if more, isConst := flow.ConstInt(v.Y); isConst && v.Op == token.ADD {
			n, by, ok = c.most(v.X)
			return n + more, by, ok
		}
	}
	n, ok = flow.ConstInt(v)
	return n, exactly, ok
}

// usual returns the greatest number that the package itself says, somewhere, that a setting is: where nobody says
// another, it is that one.
func (f *finder) usual(v ssa.Value, depth int) (n int64, said bool) {
	if depth > 5 {
		return 0, false
	}
	greatest := func(vs []ssa.Value) {
		for _, v := range vs {
			if other, ok := f.usual(v, depth+1); ok {
				n, said = max(n, other), true
			}
		}
	}
	switch v := v.(type) {
	case *ssa.Const:
		if c, ok := flow.ConstInt(v); ok && c < maxCount {
			return max(c, 0), true
		}
	case *ssa.Convert:
		return f.usual(v.X, depth)
	case *ssa.ChangeType:
		return f.usual(v.X, depth)
	case *ssa.Phi:
		greatest(v.Edges)
	case *ssa.Parameter:
		greatest(f.g.Arguments(v))
	case *ssa.Call:
		if fn := f.g.Callee(v); fn != nil && len(fn.Params) == 0 {
			greatest(returned(fn, 0))
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return 0, false
		}
		for _, store := range f.loaded(v) {
			greatest([]ssa.Value{store.Val})
		}
	}
	return n, said
}

// kept returns the greatest number that a field or a variable holds which the package alone can set: what a constructor
// makes three attempts with makes three.
func (c *cycle) kept(load *ssa.UnOp) (most int64, ok bool) {
	switch load.X.(type) {
	case *ssa.FieldAddr, *ssa.Global:
	default:
		return 0, false
	}
	for _, source := range c.f.g.TraceText(load, nil) {
		n, isConst := flow.ConstInt(source.At)
		if !isConst {
			return 0, false
		}
		most, ok = max(most, n), true
	}
	return most, ok
}

// given returns the greatest number that a function which only its package can call is called with.
func (c *cycle) given(param *ssa.Parameter) (most int64, ok bool) {
	fn := param.Parent()
	args := c.f.g.Arguments(param)
	if fn.Parent() != nil || token.IsExported(fn.Name()) || c.f.g.UsedAsValue(fn) || len(args) == 0 {
		return 0, false
	}
	for _, arg := range args {
		n, ok := flow.ConstInt(arg)
		if !ok {
			return 0, false
		}
		most = max(most, n)
	}
	return most, true
}

// begun reports whether the first attempt stands before the loop: its error is what the loop begins
// with.
func (c *cycle) begun() bool {
	for _, instr := range c.head.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		if !isError(phi.Type()) {
			continue
		}
		for i, edge := range phi.Edges {
			result, ok := edge.(*ssa.Extract)
			if c.blocks[phi.Block().Preds[i]] {
				continue
			}
			call, isCall := edge.(*ssa.Call)
			if ok {
				call, isCall = result.Tuple.(*ssa.Call)
			}
			if isCall && slices.ContainsFunc(c.ops, func(op *ssa.Call) bool {
				return flow.CalleeObject(op) != nil && flow.CalleeObject(op) == flow.CalleeObject(call)
			}) {
				return true
			}
		}
	}
	return false
}

// counter returns the variable that v is, and what is added to it.
func counter(v ssa.Value) (*ssa.Phi, int64) {
	var add int64
	for {
		switch x := v.(type) {
		case *ssa.Phi:
			return x, add
		case *ssa.Convert:
			v = x.X
		case *ssa.BinOp:
			n, ok := flow.ConstInt(x.Y)
			switch {
			case ok && x.Op == token.ADD:
				add += n
			case ok && x.Op == token.SUB:
				add -= n
			default:
				return nil, 0
			}
			v = x.X
		default:
			return nil, 0
		}
	}
}

// counts returns what a variable is in the first round, and what is added to it in each.
func (c *cycle) counts(phi *ssa.Phi) (first, step int64, ok bool) {
	entered, repeated := false, false
	for i, edge := range phi.Edges {
		if !c.blocks[phi.Block().Preds[i]] {
			n, isConst := flow.ConstInt(edge)
			if !isConst || entered && n != first {
				return 0, 0, false
			}
			first, entered = n, true
			continue
		}
		from, add := counter(edge)
		if from != phi || add == 0 || repeated && add != step {
			return 0, 0, false
		}
		step, repeated = add, true
	}
	return first, step, entered && repeated
}

func mirrored(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GTR
	case token.GTR:
		return token.LSS
	case token.LEQ:
		return token.GEQ
	case token.GEQ:
		return token.LEQ
	}
	return op
}

func negated(op token.Token) token.Token {
	switch op {
	case token.LSS:
		return token.GEQ
	case token.GTR:
		return token.LEQ
	case token.LEQ:
		return token.GTR
	case token.GEQ:
		return token.LSS
	case token.EQL:
		return token.NEQ
	case token.NEQ:
		return token.EQL
	}
	return token.ILLEGAL
}

func compareInts(x int64, op token.Token, y int64) bool {
	switch op {
	case token.LSS:
		return x < y
	case token.GTR:
		return x > y
	case token.LEQ:
		return x <= y
	case token.GEQ:
		return x >= y
	case token.EQL:
		return x == y
	case token.NEQ:
		return x != y
	}
	return false
}
