package policy

import (
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
func (e *Evaluator) options(s *Scheme, list ssa.Value, frame *flow.Frame) {
	lists, seen := e.lists(list, frame, 0)
	if !seen || len(lists) == 0 {
		s.hide()
		return
	}
	if sources := e.g.Trace(list, frame); len(sources) == 1 && len(s.Made) == 0 {
		if slice, ok := sources[0].At.(*ssa.Slice); ok {
			if alloc, ok := slice.X.(*ssa.Alloc); ok && alloc.Comment == "slicelit" {
				s.build(alloc)
			}
		}
	}
	var each []Scheme
	for _, list := range lists {
		next := *s
		for _, option := range list {
			e.option(&next, option)
		}
		each = append(each, next)
	}
	*s = oneOf(each)
}

// option applies one option.
func (e *Evaluator) option(s *Scheme, option element) {
	var each []Scheme
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
		each = append(each, next)
	}
	if len(each) > 0 {
		*s = oneOf(each)
	}
}

// sums adds up the delays of the policies of a list.
func (e *Evaluator) sums(s *Scheme, list ssa.Value, frame *flow.Frame) {
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
func (e *Evaluator) all(s *Scheme, list ssa.Value, frame *flow.Frame) {
	lists, seen := e.lists(list, frame, 0)
	if !seen || len(lists) != 1 {
		s.hide()
		return
	}
	for _, policy := range lists[0] {
		other := e.policy(policy.v, policy.frame)
		if len(other.Made) == 0 {
			s.Bounds |= ByOther
			continue
		}
		bounds := s.Bounds & (ByOther | ByContext)
		*s = other
		s.Bounds |= bounds
	}
}

// lists returns the lists that a value may be; seen is false where it may be others.
func (e *Evaluator) lists(v ssa.Value, frame *flow.Frame, depth int) (lists [][]element, seen bool) {
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

func (e *Evaluator) listsAt(source flow.Source, depth int) (lists [][]element, seen bool) {
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

// Elements returns the elements of a list that is written out; none of another.
func Elements(list *ssa.Slice) []ssa.Value {
	elements, ok := elementsOf(list)
	if !ok {
		return nil
	}
	return elements
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
