package policy

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// number returns the constant that a value is, or nil.
func (e *Evaluator) number(v ssa.Value, frame *flow.Frame) constant.Value {
	for range maxNesting {
		switch x := v.(type) {
		case *ssa.Const:
			return x.Value
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.Parameter:
			if frame == nil || frame.Fn != x.Parent() {
				return nil
			}
			i := slices.Index(x.Parent().Params, x)
			v, frame = frame.Call.Common().Args[i], frame.Up
		case *ssa.BinOp:
			return e.arithmetic(x, frame)
		case *ssa.UnOp:
			last := e.g.LastStored(x)
			if last == nil {
				return e.held(x)
			}
			v = last
		default:
			return nil
		}
	}
	return nil
}

// arithmetic returns the constant that an operation on constants is: 2 * time.Second, with a 2
// that is a parameter.
func (e *Evaluator) arithmetic(x *ssa.BinOp, frame *flow.Frame) constant.Value {
	switch x.Op {
	case token.ADD, token.SUB, token.MUL:
	default:
		return nil
	}
	left, right := e.number(x.X, frame), e.number(x.Y, frame)
	if left == nil || right == nil || left.Kind() != right.Kind() || left.Kind() != constant.Int {
		return nil
	}
	return constant.BinaryOp(left, x.Op, right)
}

// held returns the constant that a package-level variable holds, which nothing else can set.
func (e *Evaluator) held(load *ssa.UnOp) constant.Value {
	if _, ok := load.X.(*ssa.Global); !ok {
		return nil
	}
	sources := e.g.TraceText(load, nil)
	if len(sources) != 1 {
		return nil
	}
	if c, ok := sources[0].At.(*ssa.Const); ok && sources[0].Kind == flow.Unknown {
		return c.Value
	}
	return nil
}

// underflows returns the name of the unsigned number that v is one less than, where nothing tells
// that it is not zero.
func (e *Evaluator) underflows(v ssa.Value) string {
	if convert, ok := v.(*ssa.Convert); ok {
		v = convert.X
	}
	sub, ok := v.(*ssa.BinOp)
	if !ok || sub.Op != token.SUB {
		return ""
	}
	basic, ok := sub.Type().Underlying().(*types.Basic)
	if !ok || basic.Info()&types.IsUnsigned == 0 {
		return ""
	}
	if _, ok := sub.X.(*ssa.Const); ok {
		return ""
	}
	if n, ok := flow.ConstInt(sub.Y); !ok || n <= 0 || compared(sub.X) {
		return ""
	}
	return nameOf(sub.X)
}

// compared reports whether a function compares a number with anything before it uses it.
func compared(v ssa.Value) bool {
	if convert, ok := v.(*ssa.Convert); ok {
		return compared(convert.X)
	}
	instr, _ := v.(ssa.Instruction)
	fn := v.Parent()
	if fn == nil || instr == nil && v.Referrers() == nil {
		return true
	}
	for _, block := range fn.Blocks {
		for _, other := range block.Instrs {
			if op, ok := other.(*ssa.BinOp); ok && isComparison(op.Op) && (same(op.X, v) || same(op.Y, v)) {
				return true
			}
		}
	}
	return false
}

// same reports whether two values are the same number: one value, or reads of one field.
func same(x, y ssa.Value) bool {
	return x == y || nameOf(x) != "" && nameOf(x) == nameOf(y)
}

// nameOf returns what the number is called that v reads: the parameter, field or variable.
func nameOf(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.Convert:
		return nameOf(v.X)
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.FieldAddr:
			if f := flow.FieldOf(addr); f != nil {
				return f.Name()
			}
		case *ssa.Global:
			return addr.Name()
		case *ssa.Alloc:
			return addr.Comment
		}
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return s.Field(v.Field).Name()
		}
	}
	return ""
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}
