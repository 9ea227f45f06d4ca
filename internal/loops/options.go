package loops

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// An element is a value in a list, as a function holds it that frame says was called.
type element struct {
	v     ssa.Value
	frame *flow.Frame
}

// options applies the options of a list, one after the other. Of several lists that it may be, the
// policy is the one or the other's.
func (e *evaluator) options(s *scheme, list ssa.Value, frame *flow.Frame) {
	lists, seen := e.lists(list, frame, 0)
	if !seen || len(lists) == 0 {
		s.hide()
		return
	}
	if sources := e.g.Trace(list, frame); len(sources) == 1 && len(s.made) == 0 {
		if slice, ok := sources[0].At.(*ssa.Slice); ok {
			if alloc, ok := slice.X.(*ssa.Alloc); ok && alloc.Comment == "slicelit" {
				s.build(alloc)
			}
		}
	}
	var all *scheme
	for _, list := range lists {
		next := *s
		for _, option := range list {
			e.option(&next, option)
		}
		if all == nil {
			all = &next
		} else {
			all.join(next)
		}
	}
	*s = *all
}

// option applies one option.
func (e *evaluator) option(s *scheme, option element) {
	var all *scheme
	for _, source := range e.g.Trace(option.v, option.frame) {
		next := *s
		call, isCall := source.Value.(*ssa.Call)
		switch {
		case source.Kind == flow.Nil:
		case source.Kind != flow.Result || !isCall:
			next.hide()
		default:
			knob := catalog.KnobOf(flow.CalleeObject(call))
			if knob == nil || knob.Makes != nil || knob.Base != catalog.None {
				next.hide()
			} else {
				e.tune(&next, call, knob.Sets, source.Frame)
			}
		}
		if all == nil {
			all = &next
		} else {
			all.join(next)
		}
	}
	if all != nil {
		*s = *all
	}
}

// sums adds up the delays of the policies of a list.
func (e *evaluator) sums(s *scheme, list ssa.Value, frame *flow.Frame) {
	lists, seen := e.lists(list, frame, 0)
	if !seen || len(lists) != 1 {
		s.hide()
		return
	}
	for _, policy := range lists[0] {
		s.sum(e.policy(policy.v, policy.frame))
	}
}

// all applies the one retry policy of a list of policies that all hold. Others may end the
// attempts: a timeout, a breaker.
func (e *evaluator) all(s *scheme, list ssa.Value, frame *flow.Frame) {
	lists, seen := e.lists(list, frame, 0)
	if !seen || len(lists) != 1 {
		s.hide()
		return
	}
	for _, policy := range lists[0] {
		other := e.policy(policy.v, policy.frame)
		if len(other.made) == 0 {
			s.Bounds |= ByOther
			continue
		}
		bounds := s.Bounds & (ByOther | ByContext)
		*s = other
		s.Bounds |= bounds
	}
}

// lists returns the lists that a value may be; seen is false where it may be others.
func (e *evaluator) lists(v ssa.Value, frame *flow.Frame, depth int) (lists [][]element, seen bool) {
	if depth > maxNesting {
		return nil, false
	}
	if last := e.g.LastStored(v); last != nil {
		v = last
	}
	for _, source := range e.g.Trace(v, frame) {
		more, ok := e.listsAt(source, depth)
		if !ok {
			return nil, false
		}
		lists = append(lists, more...)
		if len(lists) > maxNesting {
			return nil, false
		}
	}
	return lists, true
}

func (e *evaluator) listsAt(source flow.Source, depth int) (lists [][]element, seen bool) {
	if source.Kind == flow.Nil {
		return [][]element{nil}, true
	}
	switch v := source.At.(type) {
	case *ssa.Slice:
		values, ok := elementsOf(v)
		if !ok {
			return nil, false
		}
		var list []element
		for _, value := range values {
			list = append(list, element{value, source.Frame})
		}
		return [][]element{list}, true
	case *ssa.MakeSlice:
		n, ok := flow.ConstInt(v.Len)
		return [][]element{nil}, ok && n == 0
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" {
			return nil, false
		}
		first, ok := e.lists(v.Call.Args[0], source.Frame, depth+1)
		second, also := e.lists(v.Call.Args[1], source.Frame, depth+1)
		for _, x := range first {
			for _, y := range second {
				lists = append(lists, slices.Concat(x, y))
			}
		}
		return lists, ok && also
	}
	return nil, false
}

// elementsOf returns the elements of a list that is written out: a literal, or the last arguments of
// a call. An element that is left out is nil.
func elementsOf(list *ssa.Slice) (elements []ssa.Value, ok bool) {
	n, ok := lengthOf(list)
	if !ok {
		return nil, false
	}
	elements = make([]ssa.Value, n)
	for _, ref := range *list.X.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, known := flow.ConstInt(addr.Index)
		if !known || i < 0 || i >= n {
			return nil, false
		}
		for _, ref := range *addr.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == addr {
				elements[i] = store.Val
			}
		}
	}
	return elements, !slices.Contains(elements, nil)
}

// lengthOf returns the length of a list that is written out.
func lengthOf(list *ssa.Slice) (int64, bool) {
	alloc, ok := list.X.(*ssa.Alloc)
	if !ok || list.Low != nil || list.High != nil {
		return 0, false
	}
	array, ok := alloc.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	if !ok {
		return 0, false
	}
	return array.Len(), true
}

// number returns the constant that a value is, or nil.
func (e *evaluator) number(v ssa.Value, frame *flow.Frame) constant.Value {
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
func (e *evaluator) arithmetic(x *ssa.BinOp, frame *flow.Frame) constant.Value {
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
func (e *evaluator) held(load *ssa.UnOp) constant.Value {
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
func (e *evaluator) underflows(v ssa.Value) string {
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
