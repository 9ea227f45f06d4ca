package budget

import (
	"go/constant"
	"go/token"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// duration returns the value of v, if the source says it: a constant, or arithmetic with constants.
func duration(v ssa.Value, frame *flow.Frame) (time.Duration, bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil || v.Value.Kind() != constant.Int {
			return 0, false
		}
		n, ok := constant.Int64Val(v.Value)
		return time.Duration(n), ok
	case *ssa.Convert:
		return duration(v.X, frame)
	case *ssa.ChangeType:
		return duration(v.X, frame)
	case *ssa.Parameter:
		if frame == nil || frame.Fn != v.Parent() {
			return 0, false
		}
		for i, p := range frame.Fn.Params {
			if p == v {
				return duration(frame.Call.Common().Args[i], frame.Up)
			}
		}
	case *ssa.BinOp:
		x, okX := duration(v.X, frame)
		y, okY := duration(v.Y, frame)
		switch {
		case !okX || !okY:
		case v.Op == token.MUL:
			return x * y, true
		case v.Op == token.ADD:
			return x + y, true
		case v.Op == token.SUB:
			return x - y, true
		}
	}
	return 0, false
}

// lasts returns how long the context lives that call, a handover that sets a deadline, returns.
func lasts(call *ssa.Call, hand *catalog.Handover, frame *flow.Frame) (Span, bool) {
	span := Span{At: call.Pos(), Call: call}
	v := flow.Operand(call, hand.Timeout)
	if until, ok := flow.Operand(call, hand.Deadline).(*ssa.Call); ok && catalog.Name(flow.CalleeObject(until)) == "time.Time.Add" {
		if now, ok := flow.Operand(until, catalog.Recv).(*ssa.Call); ok && catalog.Name(flow.CalleeObject(now)) == "time.Now" {
			v = flow.Operand(until, catalog.Arg0)
		}
	}
	if v == nil {
		return span, false
	}
	d, ok := duration(v, frame)
	span.D = d
	return span, ok && d > 0
}

// A lineage is how a context came to be, from the last derivation to the first.
type lineage struct {
	spans []Span         // the constant deadlines that it was given
	from  *ssa.Parameter // where the package's function got it from, nil if from elsewhere
}

// shortest returns the shortest of the spans that keep accepts.
func (l lineage) shortest(keep func(Span) bool) (Span, bool) {
	var found Span
	for _, span := range l.spans {
		if keep(span) && (found.D == 0 || span.D < found.D) {
			found = span
		}
	}
	return found, found.D > 0
}

// lineage follows a context, or a request, for as long as there is one way back.
func (f *finder) lineage(v ssa.Value, frame *flow.Frame) lineage {
	var l lineage
	for range 16 {
		if v == nil {
			return l
		}
		if last := f.g.LastStored(v); last != nil {
			v = last
			continue
		}
		source, ok := f.one(v, frame)
		if !ok {
			return l
		}
		if source.Kind == flow.Param {
			l.from = source.Value.(*ssa.Parameter)
			return l
		}
		call, ok := source.Value.(*ssa.Call)
		if !ok || source.Kind != flow.Result {
			return l
		}
		hand := catalog.HandoverOf(flow.CalleeObject(call))
		if hand == nil || hand.Effect == catalog.Drops {
			return l
		}
		if hand.Effect == catalog.Sets {
			if span, ok := lasts(call, hand, source.Frame); ok {
				l.spans = append(l.spans, span)
			}
		}
		v, frame = flow.Operand(call, hand.Parent), source.Frame
	}
	return l
}

// one returns the only origin of v, if it has just one. An error's nil is none.
func (f *finder) one(v ssa.Value, frame *flow.Frame) (flow.Source, bool) {
	var only flow.Source
	n := 0
	for _, source := range f.g.Trace(v, frame) {
		if source.Kind != flow.Nil {
			only = source
			n++
		}
	}
	return only, n == 1
}

// exchange returns how long one exchange with a client may take by the client's own timeout.
func (f *finder) exchange(object ssa.Value, frame *flow.Frame) (Span, bool) {
	if object == nil {
		return Span{}, false
	}
	source, ok := f.one(object, frame)
	if !ok {
		return Span{}, false
	}
	return f.set(source.Origin, func(t *catalog.Type) []string { return t.Bounds })
}

// set returns the constant that one of the fields of an object is set to, the only one that is.
func (f *finder) set(o flow.Origin, fields func(*catalog.Type) []string) (Span, bool) {
	if !f.ours(o) {
		return Span{}, false
	}
	t := catalog.TypeOf(o.Value.Type())
	if t == nil || f.g.Open(o) {
		return Span{}, false
	}
	var found Span
	for _, name := range fields(t) {
		field := flow.FieldNamed(o.Value.Type(), name)
		if field == nil {
			continue
		}
		for _, setting := range f.g.Settings(o, field) {
			if setting.Store == nil || found.Store != nil {
				return Span{}, false // not known, or more than one
			}
			d, ok := duration(setting.Value, nil)
			if !ok || d <= 0 {
				return Span{}, false
			}
			found = Span{D: d, At: setting.Store.Pos(), Store: setting.Store}
		}
	}
	return found, found.Store != nil
}

// ours reports whether an object is one that the package makes, or holds in a variable of its own.
func (f *finder) ours(o flow.Origin) bool {
	global, ok := o.Value.(*ssa.Global)
	return o.Kind == flow.New || o.Kind == flow.Global && ok && global.Pkg == f.g.SSA.Pkg && !global.Object().Exported()
}
