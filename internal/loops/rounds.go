package loops

import (
	"go/constant"
	"go/token"
	"math"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// A rounds says what a number is in a certain round of a loop, at most: what is random is taken for the greatest that
// it may be, and of several defaults the greatest counts.
type rounds struct {
	c     *cycle
	known map[inRound]float64
	steps int
}

type inRound struct {
	v     *ssa.Phi
	round int64
}

const (
	maxRounds = 64 // how far back a number is followed that is made of the one before
	maxSteps  = 10_000
)

// at returns what v is in a round, counted from 0.
func (r *rounds) at(v ssa.Value, fr *frame, round int64) (float64, bool) {
	r.steps = 0
	n, ok := r.number(v, fr, round)
	return n, ok && !math.IsNaN(n)
}

// number returns what v is, in the function that fr says was called, in a round counted from 0. It reports false where
// that is not known.
func (r *rounds) number(v ssa.Value, fr *frame, round int64) (float64, bool) {
	if r.steps++; r.steps > maxSteps {
		return 0, false
	}
	switch v := v.(type) {
	case *ssa.Convert:
		return r.number(v.X, fr, round)
	case *ssa.ChangeType:
		return r.number(v.X, fr, round)
	case *ssa.Phi:
		return r.phi(v, fr, round)
	case *ssa.Parameter:
		if n, ok := r.parameter(v, fr, round); ok {
			return n, true
		}
	case *ssa.Call:
		return r.call(v, fr, round)
	case *ssa.BinOp:
		y, known := r.number(v.Y, fr, round)
		if v.Op == token.REM {
			return y, known // time.Now().UnixNano() % 100
		}
		x, also := r.number(v.X, fr, round)
		if v.Op == token.SUB && (&spacer{c: r.c}).random(v.Y) {
			return x, also // it may take nothing away
		}
		if known && also {
			return computed(v.Op, x, y)
		}
		return 0, false
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if n, ok := r.c.kept(v); ok {
				return float64(n), true
			}
		}
	}
	s := (&spacer{c: r.c, busy: map[step]bool{}}).value(v, fr)
	if !s.known || s.growth != policy.Constant || s.random || s.value == nil {
		return 0, false
	}
	n := constant.ToFloat(s.value)
	f, _ := constant.Float64Val(n)
	return f, n.Kind() == constant.Float
}

// parameter returns what a helper is called with, or what all calls of the function with the loop pass.
func (r *rounds) parameter(p *ssa.Parameter, fr *frame, round int64) (float64, bool) {
	if fr != nil && fr.fn == p.Parent() {
		if arg := flow.Argument(fr.call, slices.Index(fr.fn.Params, p)); arg != nil {
			return r.number(arg, fr.up, round)
		}
		return 0, false
	}
	if r.c.changes(p) {
		return 0, false
	}
	n, ok := r.c.given(p)
	return float64(n), ok
}

// phi returns what a variable is that the loop changes, or one of several values.
func (r *rounds) phi(phi *ssa.Phi, fr *frame, round int64) (float64, bool) {
	if fr != nil || phi.Block() != r.c.head {
		return r.greatest(phi.Edges, phi, fr, round)
	}
	if first, step, ok := r.c.counts(phi); ok {
		return float64(first + step*round), true
	}
	if round > maxRounds {
		return 0, false
	}
	at := inRound{phi, round}
	if n, ok := r.known[at]; ok {
		return n, true
	}
	var edges []ssa.Value
	for i, edge := range phi.Edges {
		if again := r.c.blocks[phi.Block().Preds[i]]; again == (round > 0) {
			edges = append(edges, edge)
		}
	}
	n, ok := r.greatest(edges, phi, fr, max(round-1, 0))
	if ok {
		r.known[at] = n
	}
	return n, ok
}

// ceiling returns the constant that is one of several values where another one would be more: if d > most { d = most }. It
// reports false if there is none.
func ceiling(v ssa.Value, vs []ssa.Value) (most int64, ok bool) {
	if v.Referrers() == nil {
		return 0, false
	}
	for _, ref := range *v.Referrers() {
		cmp, isCmp := ref.(*ssa.BinOp)
		if !isCmp || cmp.X != v || cmp.Op != token.GTR && cmp.Op != token.GEQ {
			continue
		}
		limit, isConst := flow.ConstInt(cmp.Y)
		if isConst && slices.ContainsFunc(vs, func(other ssa.Value) bool { n, set := flow.ConstInt(other); return set && n <= limit }) {
			return limit, true
		}
	}
	return 0, false
}

// caps reports whether a constant is what another one of several values is where it would be more.
func caps(v ssa.Value, vs []ssa.Value) bool {
	return slices.ContainsFunc(vs, func(other ssa.Value) bool { _, ok := ceiling(other, []ssa.Value{v}); return ok })
}

// greatest returns the greatest of several values. Of those that are set before the loop, the ones that are known count:
// they are defaults.
func (r *rounds) greatest(vs []ssa.Value, phi *ssa.Phi, fr *frame, round int64) (most float64, ok bool) {
	for _, v := range vs {
		if _, isConst := v.(*ssa.Const); v == phi || isConst && caps(v, vs) {
			continue
		}
		n, known := r.number(v, fr, round)
		if limit, ok := ceiling(v, vs); ok {
			n = min(n, float64(limit))
		}
		if !known && (fr != nil || r.c.defines(phi) && phi.Block() != r.c.head || r.c.defines(v)) {
			return 0, false
		}
		if known {
			most, ok = max(most, n), true
		}
	}
	return most, ok
}

// call returns what a function returns: one of the package, or one that is known.
func (r *rounds) call(call *ssa.Call, fr *frame, round int64) (float64, bool) {
	name := calledName(call)
	var args []float64
	known := len(call.Call.Args) > 0
	for _, arg := range call.Call.Args {
		if !isNumeric(arg.Type()) {
			continue // a source of random numbers
		}
		n, ok := r.number(arg, fr, round)
		if ok {
			args = append(args, n)
		}
		known = known && ok
	}
	switch {
	case name == "min" || name == "math.Min":
		if len(args) > 0 {
			return slices.Min(args), true
		}
	case isRandom(name):
		return atMost(name[strings.LastIndexByte(name, '.')+1:], args, known)
	case !known || len(args) == 0:
	case name == "max" || name == "math.Max":
		return slices.Max(args), true
	case name == "math.Pow" && len(args) == 2:
		return math.Pow(args[0], args[1]), true
	case name == "math.Exp2":
		return math.Exp2(args[0]), true
	case passing[name]:
		return args[0] / float64(max(units[name[strings.LastIndexByte(name, '.')+1:]], 1)), true
	}
	fn := r.c.f.g.Callee(call)
	if fn == nil || fr.depth() >= 4 {
		return 0, false
	}
	return r.greatest(returned(fn, 0), nil, &frame{call, fn, fr}, round)
}

// units are what the methods of a duration count in.
var units = map[string]time.Duration{
	"Seconds": time.Second, "Milliseconds": time.Millisecond, "Microseconds": time.Microsecond, "Minutes": time.Minute,
}

// atMost returns the greatest number that a function for random ones returns.
func atMost(name string, args []float64, known bool) (float64, bool) {
	switch {
	case name == "Float64" || name == "Float32":
		return 1, true
	case name == "Jitter" && known && len(args) == 2: // of k8s.io/apimachinery/pkg/util/wait
		return args[0] * (1 + args[1]), true
	case known && len(args) == 1 && (strings.HasSuffix(name, "n") || strings.HasSuffix(name, "N")):
		return args[0], true
	}
	return 0, false
}

func computed(op token.Token, x, y float64) (float64, bool) {
	switch op {
	case token.ADD:
		return x + y, true
	case token.SUB:
		return x - y, true
	case token.MUL:
		return x * y, true
	case token.QUO:
		return x / y, y != 0
	case token.SHL:
		return x * math.Pow(2, y), y >= 0
	}
	return 0, false
}
