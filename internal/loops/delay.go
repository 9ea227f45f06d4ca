package loops

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// A spacing says what a number or duration is from one attempt to the next.
type spacing struct {
	known  bool
	growth policy.Growth
	random bool
	value  constant.Value // where it is a constant
	capped bool           // there is a longest, whatever the growth
	most   constant.Value // the longest, where it is a constant
	chosen bool           // it is what somebody outside of the package says
}

var (
	opaque = spacing{}
	steady = spacing{known: true, growth: policy.Constant} // it stays as it is, whatever that is
	given  = spacing{known: true, growth: policy.Constant, chosen: true}
)

func fixed(v constant.Value) spacing { return spacing{known: true, growth: policy.Constant, value: v} }

// duration returns a constant as the duration that it is, 0 if there is none.
func duration(v constant.Value) time.Duration {
	if v == nil {
		return 0
	}
	if n, ok := constant.Int64Val(constant.ToInt(v)); ok {
		return time.Duration(n)
	}
	return 0
}

// A spacer follows how a delay is computed, in a loop and in the helpers of the package.
type spacer struct {
	c     *cycle
	steps int
	busy  map[step]bool
}

type step struct {
	v  ssa.Value
	fr *frame
}

// spaced says how the waits of a cycle are spaced.
func (c *cycle) spaced(p *policy.Policy, waits []*wait) {
	e := &spacer{c: c, busy: map[step]bool{}}
	p.Waits = len(waits) > 0
	first := true
	for _, w := range waits {
		s := opaque
		if w.delay != nil {
			s = e.value(w.delay, w.frame)
		}
		if !s.known {
			p.Growth, p.Jitter = policy.Opaque, policy.MayBeRandom
			p.Delay, p.Ceiling, p.Capped = 0, 0, false
			return
		}
		p.WaitAt = w.at.Pos()
		if first || s.growth > p.Growth {
			p.Growth = s.growth
		}
		switch {
		case s.random:
			p.Jitter = policy.Random
		case first:
			p.Jitter = policy.NotRandom
		}
		if d := duration(s.value); d > 0 && (p.Delay == 0 || d < p.Delay) {
			p.Delay = d
		}
		p.Capped, p.Chosen = s.capped, s.chosen && s.value == nil
		p.Ceiling = duration(s.most)
		first = false
	}
	p.Wraps = p.PassesHour(2)
}

const maxDelaySteps = 400

// value evaluates v, in the function that fr says was called.
func (e *spacer) value(v ssa.Value, fr *frame) spacing {
	if e.steps++; e.steps > maxDelaySteps || e.busy[step{v, fr}] {
		return opaque
	}
	e.busy[step{v, fr}] = true
	defer delete(e.busy, step{v, fr})
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return opaque
		}
		return fixed(v.Value)
	case *ssa.Convert:
		return e.value(v.X, fr)
	case *ssa.ChangeType:
		return e.value(v.X, fr)
	case *ssa.Parameter:
		return e.parameter(v, fr)
	case *ssa.Phi:
		return e.phi(v, fr)
	case *ssa.BinOp:
		return e.arithmetic(v, fr)
	case *ssa.Call:
		return e.call(v, 0, fr)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return e.call(call, v.Index, fr)
		}
		if next, ok := v.Tuple.(*ssa.Next); ok && !next.IsString {
			table := spacing{known: true, growth: policy.Table}
			if iter, ok := next.Iter.(*ssa.Range); ok {
				table.value = e.shortest(iter.X)
			}
			return table
		}
	case *ssa.UnOp:
		switch v.Op {
		case token.MUL:
			return e.load(v, fr)
		case token.SUB:
			return e.value(v.X, fr)
		}
	case *ssa.Field:
		if !e.c.defines(v.X) {
			return given
		}
	case *ssa.Index:
		return e.element(v.X, v.Index, fr)
	}
	if fr == nil && !e.c.defines(v) {
		return given
	}
	return opaque
}

// parameter evaluates a parameter: of a helper, what it is called with; of the function with the
// loop, what stays the same.
func (e *spacer) parameter(p *ssa.Parameter, fr *frame) spacing {
	if fr == nil && e.c.changes(p) {
		return e.passed(p)
	}
	if fr == nil || fr.fn != p.Parent() {
		return e.said(p)
	}
	for i, param := range p.Parent().Params {
		if param == p {
			if arg := flow.Argument(fr.call, i); arg != nil {
				return e.value(arg, fr.up)
			}
		}
	}
	return opaque
}

// phi evaluates a variable: one that the loop changes, or one of several values.
func (e *spacer) phi(phi *ssa.Phi, fr *frame) spacing {
	if fr == nil && phi.Block() == e.c.head {
		return e.changed(phi)
	}
	for _, r := range regions(phi.Parent()) {
		if r.head == phi.Block() {
			return e.iterated(phi, r, fr)
		}
	}
	return e.either(phi.Edges, fr, phi)
}

// either evaluates a value that is one of several: where one of them stays the same and others
// grow, it is what they grow to.
func (e *spacer) either(vs []ssa.Value, fr *frame, self ssa.Value) spacing {
	var all []spacing
	for _, v := range vs {
		if v == self {
			continue
		}
		all = append(all, e.value(v, fr))
	}
	return merge(all)
}

func merge(all []spacing) spacing {
	if len(all) == 0 {
		return opaque
	}
	merged := all[0]
	for _, s := range all[1:] {
		if !s.known || !merged.known {
			return opaque
		}
		s.chosen = s.chosen && merged.chosen // where the package has a default, that counts
		merged.chosen = s.chosen
		switch {
		case s.growth > policy.Constant && merged.growth == policy.Constant:
			s, merged = merged, s
			fallthrough
		case s.growth == policy.Constant && merged.growth > policy.Constant:
			merged.random = merged.random || s.random
			merged.capped, merged.most = true, s.value // if d > max { d = max }
		default:
			merged.random = merged.random || s.random
			merged.capped = merged.capped || s.capped
			if s.growth > merged.growth {
				merged.growth = s.growth
			}
			if merged.growth == policy.Constant && merged.value != nil && (s.value == nil || !constant.Compare(merged.value, token.EQL, s.value)) {
				merged.value = nil
			}
		}
	}
	return merged
}

// arithmetic evaluates an operation on numbers.
func (e *spacer) arithmetic(op *ssa.BinOp, fr *frame) spacing {
	x, y := e.value(op.X, fr), e.value(op.Y, fr)
	if !x.known || !y.known {
		return opaque
	}
	s := spacing{known: true, random: x.random || y.random, capped: x.capped || y.capped, chosen: x.chosen || y.chosen}
	if s.most = x.most; s.most == nil {
		s.most = y.most
	}
	varies := x.growth != policy.Constant || y.growth != policy.Constant
	switch op.Op {
	case token.SHL:
		if s.growth = x.growth; y.growth != policy.Constant {
			s.growth = policy.Exponential
		}
		s.capped, s.most = s.capped && y.growth != policy.Constant || x.capped, nil
	case token.MUL, token.QUO, token.ADD, token.SUB:
		s.growth = max(x.growth, y.growth)
		if op.Op == token.MUL && x.growth == policy.Linear && y.growth == policy.Linear {
			s.growth = policy.Linear // quadratic: enough
		}
		if op.Op == token.ADD && s.most != nil && (x.growth == policy.Constant || y.growth == policy.Constant) {
			s.most = nil // the longest, and what is added
		}
	case token.REM:
		if varies {
			return opaque
		}
		s.growth = policy.Constant
	default:
		return opaque
	}
	switch {
	case !s.random:
		s.value = compute(op, x.value, y.value)
	case op.Op == token.ADD && !x.random:
		s.value = x.value // and a bit
	case op.Op == token.ADD && !y.random:
		s.value = y.value
	}
	return s
}

// compute returns what an operation gives for constants, those of the first attempt.
func compute(op *ssa.BinOp, x, y constant.Value) constant.Value {
	if x == nil || y == nil {
		return nil
	}
	switch op.Op {
	case token.SHL:
		if n, ok := constant.Uint64Val(constant.ToInt(y)); ok && n < 64 && constant.ToInt(x).Kind() == constant.Int {
			return constant.Shift(constant.ToInt(x), token.SHL, uint(n))
		}
	case token.ADD, token.SUB, token.MUL:
		return constant.BinaryOp(x, op.Op, y)
	case token.QUO:
		if constant.Sign(y) != 0 {
			return constant.BinaryOp(constant.ToFloat(x), token.QUO, constant.ToFloat(y))
		}
	}
	return nil
}

// passing are functions that change nothing about how a number grows.
var passing = map[string]bool{
	"math.Floor": true, "math.Ceil": true, "math.Round": true, "math.Abs": true, "math.Min": true, "math.Max": true,
	"time.Duration.Seconds": true, "time.Duration.Milliseconds": true, "time.Duration.Nanoseconds": true,
	"time.Duration.Microseconds": true, "time.Duration.Minutes": true,
	"time.Duration.Round": true, "time.Duration.Truncate": true, "time.Duration.Abs": true,
}

func calledName(call *ssa.Call) string {
	if builtin, ok := call.Call.Value.(*ssa.Builtin); ok {
		return builtin.Name()
	}
	return catalog.Name(flow.CalleeObject(call))
}

func isRandom(name string) bool {
	return strings.HasPrefix(name, "math/rand") || strings.HasPrefix(name, "crypto/rand") ||
		strings.HasPrefix(name, "time.Time.Unix") || strings.HasPrefix(name, "time.Time.Nanosecond") ||
		name == "k8s.io/apimachinery/pkg/util/wait.Jitter"
}

// call evaluates result i of a call.
func (e *spacer) call(call *ssa.Call, i int, fr *frame) spacing {
	name := calledName(call)
	args := make([]spacing, 0, len(call.Call.Args))
	evaluate := func() bool {
		for _, arg := range call.Call.Args {
			s := e.value(arg, fr)
			if !s.known {
				return false
			}
			args = append(args, s)
		}
		return len(args) > 0
	}
	switch {
	case isRandom(name):
		s := spacing{known: true, growth: policy.Constant, random: true}
		for _, arg := range call.Call.Args {
			if of := e.value(arg, fr); of.known && isNumeric(arg.Type()) {
				s.growth = max(s.growth, of.growth)
				s.capped = s.capped || of.capped
				s.most = of.most
			}
		}
		return s
	case name == "math.Pow":
		if !evaluate() {
			return opaque
		}
		s := spacing{known: true, growth: args[0].growth, random: args[0].random || args[1].random, capped: args[1].capped}
		if args[1].growth != policy.Constant {
			s.growth = policy.Exponential
		}
		s.value = power(args[0].value, args[1].value)
		return s
	case name == "math.Exp2" || name == "math.Exp":
		if !evaluate() {
			return opaque
		}
		s := args[0]
		if s.growth != policy.Constant {
			s.growth = policy.Exponential
		}
		s.value = nil
		return s
	case name == "min" || name == "math.Min":
		if !evaluate() {
			return opaque
		}
		return merge(args)
	case name == "max":
		if !evaluate() {
			return opaque
		}
		s := args[0]
		for _, arg := range args[1:] {
			s.growth, s.random = max(s.growth, arg.growth), s.random || arg.random
			s.capped = s.capped && arg.capped
		}
		return s
	case passing[name]:
		if !evaluate() {
			return opaque
		}
		return args[0]
	}
	if p, ok := e.c.f.policies.Pace(call); ok && i == 0 {
		return spacingOf(&p)
	}
	fn := e.c.f.g.Callee(call)
	if fn == nil && !call.Call.IsInvoke() && call.Call.StaticCallee() == nil {
		fn = e.c.f.funcOf(call.Call.Value) // a function value of which there is just one
	}
	if fn != nil && fr.depth() < 4 {
		return e.helper(call, fn, i, fr)
	}
	if fr == nil && !e.c.defines(call) {
		return given
	}
	return opaque
}

// spacingOf returns the delays that a library's backoff gives.
func spacingOf(p *policy.Policy) spacing {
	s := spacing{known: p.Growth != policy.Opaque, growth: p.Growth, random: p.Jitter != policy.NotRandom, capped: true, chosen: p.Chosen}
	if p.Delay > 0 {
		s.value = constant.MakeInt64(int64(p.Delay))
	}
	return s
}

func power(x, y constant.Value) constant.Value {
	if x == nil || y == nil {
		return nil
	}
	base, _ := constant.Float64Val(constant.ToFloat(x))
	exp, _ := constant.Float64Val(constant.ToFloat(y))
	p := math.Pow(base, exp)
	if math.IsInf(p, 0) || math.IsNaN(p) {
		return nil
	}
	return constant.MakeFloat64(p)
}

// helper evaluates what a function of the package returns.
func (e *spacer) helper(call *ssa.Call, fn *ssa.Function, i int, fr *frame) spacing {
	if fn.Signature.Results().Len() <= i {
		return opaque
	}
	inner := &frame{call, fn, fr}
	var all []spacing
	for _, ret := range returned(fn, i) {
		all = append(all, e.value(ret, inner))
	}
	return merge(all)
}

// returned returns what a function returns as its i-th result.
func returned(fn *ssa.Function, i int) []ssa.Value {
	var values []ssa.Value
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			values = append(values, ret.Results[i])
		}
	}
	return values
}

// element evaluates an element of a list of delays.
func (e *spacer) element(list, index ssa.Value, fr *frame) spacing {
	i := e.value(index, fr)
	if !i.known {
		return opaque
	}
	if i.growth == policy.Constant {
		return steady
	}
	if _, ok := list.Type().Underlying().(*types.Map); ok {
		return opaque
	}
	return spacing{known: true, growth: policy.Table, value: e.shortest(list), capped: true, random: i.random}
}

// shortest returns the shortest delay of a list, where it is written out, and in one place; nil otherwise. That of the first
// attempt, which is made at once, is none.
func (e *spacer) shortest(list ssa.Value) constant.Value {
	sources := e.c.f.g.Trace(list, nil)
	if len(sources) != 1 {
		return nil
	}
	written, ok := sources[0].At.(*ssa.Slice)
	if !ok {
		return nil
	}
	var least constant.Value
	for _, element := range policy.Elements(written) {
		c, ok := element.(*ssa.Const)
		if !ok || c.Value == nil {
			return nil
		}
		if d := duration(c.Value); d > 0 && (least == nil || d < duration(least)) {
			least = c.Value
		}
	}
	return least
}
