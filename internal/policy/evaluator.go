package policy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// An Evaluator reads the policies that a package gives to retry libraries.
type Evaluator struct {
	g *flow.Graph
	// methods are the calls that change a policy which was made before, by what made it.
	methods map[ssa.Value][]*ssa.Call
}

const maxNesting = 12 // of policies in policies

// NewEvaluator returns the evaluator of a package.
func NewEvaluator(g *flow.Graph) *Evaluator {
	e := &Evaluator{g: g, methods: map[ssa.Value][]*ssa.Call{}}
	for instr := range g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		knob := catalog.KnobOf(flow.CalleeObject(call))
		if knob == nil || knob.Base != catalog.Recv || len(knob.Sets) == 0 {
			continue
		}
		for _, root := range e.roots(call, 0) {
			e.methods[root] = append(e.methods[root], call)
		}
	}
	return e
}

// roots returns what made the policy of which a builder's method is called.
func (e *Evaluator) roots(v ssa.Value, depth int) []ssa.Value {
	if call, ok := v.(*ssa.Call); ok && depth < maxNesting {
		if knob := catalog.KnobOf(flow.CalleeObject(call)); knob != nil && knob.Base == catalog.Recv {
			var roots []ssa.Value
			for _, s := range e.g.Trace(flow.Operand(call, catalog.Recv), nil) {
				if s.Value != nil {
					roots = append(roots, e.roots(s.Value, depth+1)...)
				}
			}
			return roots
		}
	}
	return []ssa.Value{v}
}

// Entry returns the policy of a call that attempts a function again. Attempted is the function; nil
// where that is not seen, or where the program attempts something itself, in a loop.
func (e *Evaluator) Entry(call ssa.CallInstruction, retrier *catalog.Retrier, attempted ssa.Value) Scheme {
	s := schemeOf(&retrier.Default)
	if policy := flow.Operand(call, retrier.Policy); policy != nil {
		s = e.policy(policy, nil)
	}
	if policies := flow.Operand(call, retrier.Policies); policies != nil {
		e.all(&s, policies, nil)
	}
	e.tune(&s, call, retrier.Sets, nil)
	if options := flow.Operand(call, retrier.Options); options != nil {
		e.options(&s, options, nil)
	}
	if ctx := flow.Operand(call, retrier.Context); ctx != nil {
		e.until(&s, ctx, nil)
	}
	e.inside(&s, attempted)
	s.finish()
	return s
}

// Value returns the policy that a value is; of a client or handler that attempts its calls again by
// itself, the one that it has.
func (e *Evaluator) Value(v ssa.Value) Scheme {
	s := e.policy(v, nil)
	s.finish()
	return s
}

// Pace returns the policy by which a library says how long a loop of the program's own is to wait,
// where v is what it says, a duration. Its bounds are of no concern to the loop. Pace reports false
// where v is none of a library's.
func (e *Evaluator) Pace(v ssa.Value) (Policy, bool) {
	if extract, ok := v.(*ssa.Extract); ok && extract.Index == 0 {
		v = extract.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok || catalog.PacerOf(flow.CalleeObject(call)) == nil {
		return Policy{}, false
	}
	s := e.policy(flow.Operand(call, catalog.Recv), nil)
	s.Bounds |= ByOther
	s.finish()
	return s.Policy, true
}

// Timetable returns what is known of a variable as a struct whose fields are a policy, or nil.
func Timetable(v *ssa.Alloc) *catalog.Timetable {
	if _, ok := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct); !ok {
		return nil
	}
	return catalog.TimetableOf(v.Type())
}

// policy returns the policy that a value is, in the function that frame says was called.
func (e *Evaluator) policy(v ssa.Value, frame *flow.Frame) Scheme { return e.nested(v, frame, 0) }

// nested does, of a policy that is part of others, depth of them.
func (e *Evaluator) nested(v ssa.Value, frame *flow.Frame, depth int) Scheme {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL && catalog.TimetableOf(v.Type()) != nil {
		v = load.X // a struct by value: what it was built in
	}
	if t := catalog.TimetableOf(v.Type()); t != nil {
		if _, ok := v.(*ssa.Const); ok { // T{}
			s := schemeOf(&t.Zero)
			for i := range t.Sets {
				zero(&s, &t.Sets[i], v.Pos(), majorOf(v.Type()))
			}
			return s
		}
	}
	sources := e.g.Trace(v, frame)
	if last := e.g.LastStored(v); last != nil {
		sources = e.g.Trace(last, frame)
	}
	var each []Scheme
	for _, source := range sources {
		each = append(each, e.source(source, depth))
	}
	if len(each) == 0 {
		return unseen()
	}
	return oneOf(each)
}

// source returns the policy that a value has from one of its origins.
func (e *Evaluator) source(source flow.Source, depth int) Scheme {
	if depth > maxNesting {
		return unseen()
	}
	switch source.Kind {
	case flow.Result:
		call, ok := source.Value.(*ssa.Call)
		if ok && source.Index == 0 {
			return e.call(call, source.Frame, depth)
		}
	case flow.New:
		alloc := source.Value.(*ssa.Alloc)
		if t := Timetable(alloc); t != nil {
			s := schemeOf(&t.Zero)
			s.build(alloc)
			e.fields(&s, source, t, true)
			return s
		}
	case flow.Unknown:
		if fn, ok := source.At.(*ssa.Function); ok {
			return e.function(fn)
		}
		if load, ok := source.At.(*ssa.UnOp); ok && load.Op == token.MUL && catalog.TimetableOf(load.Type()) != nil {
			return e.nested(load.X, source.Frame, depth+1)
		}
		if slice, ok := source.At.(*ssa.Slice); ok {
			return e.table(slice)
		}
	}
	return unseen()
}

// function returns the policy that a function is by itself: a strategy given by its name.
func (e *Evaluator) function(fn *ssa.Function) Scheme {
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	obj, _ := fn.Object().(*types.Func)
	if knob := catalog.KnobOf(obj); knob != nil && knob.Makes != nil {
		return schemeOf(knob.Makes)
	}
	return unseen()
}

// table returns the policy of a list of delays, one for each retry.
func (e *Evaluator) table(list *ssa.Slice) Scheme {
	s := unseen()
	if n, ok := lengthOf(list); ok {
		s.Bounds, s.Attempts, s.Growth, s.Jitter = ByAttempts, n+1, Table, NotRandom
	}
	return s
}

// call returns the policy that a call of the library makes or changes.
func (e *Evaluator) call(call *ssa.Call, frame *flow.Frame, depth int) Scheme {
	knob := catalog.KnobOf(flow.CalleeObject(call))
	if knob == nil {
		return unseen()
	}
	var s Scheme
	switch {
	case knob.Makes != nil:
		s = schemeOf(knob.Makes)
		s.build(call)
		if options := flow.Operand(call, knob.Options); options != nil {
			e.options(&s, options, frame)
		}
		if sums := flow.Operand(call, knob.Sums); sums != nil {
			e.sums(&s, sums, frame)
		}
		if policies := flow.Operand(call, knob.Policies); policies != nil {
			e.all(&s, policies, frame)
		}
		e.tune(&s, call, knob.Sets, frame)
		e.made(&s, call, frame)
	case knob.Base == catalog.Recv:
		s = e.nested(flow.Operand(call, knob.Base), frame, depth+1)
		if len(e.roots(call, 0)) != 1 {
			e.tune(&s, call, knob.Sets, frame) // of several, which is said with them
		}
	case knob.Base != catalog.None:
		s = e.nested(flow.Operand(call, knob.Base), frame, depth+1)
		e.tune(&s, call, knob.Sets, frame)
		e.made(&s, call, frame)
	default:
		return unseen()
	}
	return s
}

// made adds what is said of a policy after it was made: by its fields and by its methods.
func (e *Evaluator) made(s *Scheme, call *ssa.Call, frame *flow.Frame) {
	if t := catalog.TimetableOf(call.Type()); t != nil {
		e.fields(s, flow.Source{Origin: flow.Origin{Kind: flow.Result, Value: call}, Frame: frame}, t, false)
	}
	for _, method := range e.methods[call] {
		knob := catalog.KnobOf(flow.CalleeObject(method))
		e.say(s, certain(call, method), func(s *Scheme) { e.tune(s, method, knob.Sets, within(frame, method)) })
	}
}

// fields adds what the package stores into the fields of a policy. Those of a literal that it
// leaves out are zero.
func (e *Evaluator) fields(s *Scheme, source flow.Source, t *catalog.Timetable, literal bool) {
	if e.g.Open(source.Origin) {
		s.hide()
		return
	}
	major := majorOf(source.Value.Type())
	for i := range t.Sets {
		tuning := &t.Sets[i]
		field := flow.FieldNamed(source.Value.Type(), tuning.Field)
		if field == nil {
			if tuning.Aspect == catalog.Elapsed {
				s.Bounds &^= ByTime // this major version has no such field
			}
			continue
		}
		settings := e.g.Settings(source.Origin, field)
		if len(settings) == 0 && literal {
			zero(s, tuning, source.Value.Pos(), major)
		}
		for _, setting := range settings {
			if setting.Value == nil {
				s.hide()
				continue
			}
			e.say(s, certain(source.Value, setting.Store), func(s *Scheme) {
				if tuning.Aspect == catalog.Spacing {
					s.space(e.policy(setting.Value, nil))
					return
				}
				at := setting.Store.Pos()
				if expr := e.g.StoredAt(setting.Store); expr != nil {
					at = expr.Pos()
				}
				s.set(tuning, e.number(setting.Value, within(source.Frame, setting.Store)), at, major)
			})
		}
	}
}

// zero applies a field of a literal that it leaves out.
func zero(s *Scheme, t *catalog.Tuning, at token.Pos, major int) {
	if t.Aspect != catalog.Spacing && !t.Zero {
		s.set(t, constant.MakeInt64(0), at, major)
	}
}

// say applies what the program says, which it may not do every time.
func (e *Evaluator) say(s *Scheme, always bool, apply func(*Scheme)) {
	if always {
		apply(s)
		return
	}
	before := *s
	apply(s)
	s.join(before)
}

// tune applies the parts of a policy that a call says.
func (e *Evaluator) tune(s *Scheme, call ssa.CallInstruction, sets []catalog.Tuning, frame *flow.Frame) {
	major := 0
	if fn := flow.CalleeObject(call); fn != nil {
		major = catalog.Major(fn.Pkg().Path())
	}
	for i := range sets {
		t := &sets[i]
		v := flow.Operand(call, t.Value)
		switch {
		case t.Aspect == catalog.Until:
			e.until(s, v, frame)
		case t.Aspect == catalog.Spacing:
			s.space(e.policy(v, frame))
		default:
			s.set(t, e.number(v, frame), e.argument(call, t.Value), major)
			if t.Aspect == catalog.Delay && s.Jitter == NotRandom && spreads(v) {
				s.Jitter = MayBeRandom
			}
			if name := e.underflows(v); name != "" && (t.Aspect == catalog.Attempts || t.Aspect == catalog.Retries) {
				s.underflow(name)
			}
		}
	}
}

// spread are names of functions that give another number each time.
var spread = regexp.MustCompile(`(?i)jitter|rand`)

// spreads reports whether a delay is what a function makes of it that says it spreads delays.
func spreads(v ssa.Value) bool {
	if convert, ok := v.(*ssa.Convert); ok {
		v = convert.X
	}
	call, ok := v.(*ssa.Call)
	return ok && spread.MatchString(flow.CalleeName(call))
}

// until says that a context ends the attempts, unless it is one that never ends.
func (e *Evaluator) until(s *Scheme, ctx ssa.Value, frame *flow.Frame) {
	endless := true
	for _, source := range e.g.Trace(ctx, frame) {
		call, ok := source.Value.(*ssa.Call)
		if !ok || source.Kind != flow.Result {
			endless = false
			continue
		}
		if hand := catalog.HandoverOf(flow.CalleeObject(call)); hand == nil || hand.Effect != catalog.Drops {
			endless = false
		}
	}
	if !endless {
		s.Bounds |= ByContext
	}
}

// argument returns where an argument of a call stands; the call's name, if there is none.
func (e *Evaluator) argument(call ssa.CallInstruction, op catalog.Operand) token.Pos {
	expr := e.g.CallAt(call.Pos())
	if expr == nil {
		return call.Pos() // a go or defer statement
	}
	if i := int(op) - int(catalog.Arg0); i >= 0 && i < len(expr.Args) {
		return expr.Args[i].Pos()
	}
	if sel, ok := expr.Fun.(*ast.SelectorExpr); ok {
		return sel.Sel.Pos()
	}
	return expr.Pos()
}

// within returns the frame for what a function does, if it is the one that the frame is of.
func within(frame *flow.Frame, instr ssa.Instruction) *flow.Frame {
	if frame != nil && frame.Fn == instr.Parent() {
		return frame
	}
	return nil
}

// certain reports whether an instruction is executed whenever the value is made: it does not stand
// under a condition.
func certain(made ssa.Value, instr ssa.Instruction) bool {
	at, ok := made.(ssa.Instruction)
	if !ok || at.Parent() != instr.Parent() || !at.Block().Dominates(instr.Block()) {
		return false
	}
	if at.Block() == instr.Block() {
		return true
	}
	for _, block := range instr.Parent().Blocks {
		_, returns := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if returns && at.Block().Dominates(block) && !instr.Block().Dominates(block) {
			return false
		}
	}
	return true
}

// majorOf returns the major version of the library that declares a type.
func majorOf(t types.Type) int {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		return catalog.Major(named.Obj().Pkg().Path())
	}
	return 0
}
