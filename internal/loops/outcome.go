package loops

import (
	"go/constant"
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// An outcome is what a branch in a loop learns of calls that were made in it: whether they
// failed.
type outcome struct {
	calls  map[*ssa.Call]bool // of which it tells
	failed edge               // is taken if they have

	// gate is a test of what kind of failure it is, and kind what it tells them by: the name of
	// a predicate or of an error. An ordinary comparison with nil is none.
	gate     bool
	kind     string
	sentinel bool // kind is the name of a variable that holds an error, or of a type of the package's
	text     bool // kind is a text that the error's message holds
	asked    bool // it is a function of the program's, or a library's, that tells
}

// outcomes returns what the branches of a loop learn of the calls in it.
func (f *finder) outcomes(r *region) []*outcome {
	var all []*outcome
	for _, b := range r.fn.Blocks {
		if !r.blocks[b] || len(b.Instrs) == 0 {
			continue
		}
		if branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
			if o := f.outcome(r, branch); o != nil {
				all = append(all, o)
			}
		}
	}
	return all
}

// outcome returns what a branch learns, or nil.
func (f *finder) outcome(r *region, branch *ssa.If) *outcome {
	cond, yes, no := branch.Cond, 0, 1
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, yes, no = not.X, no, yes
	}
	b := branch.Block()
	o := &outcome{calls: map[*ssa.Call]bool{}}
	switch cond := cond.(type) {
	case *ssa.BinOp:
		if cond.Op == token.NEQ {
			yes, no = no, yes // from here on, as if it said ==
		}
		switch x, y := operands(cond); {
		case isNil(y) && isError(x.Type()):
			o.failed = edge{b, no}
			f.failing(r, x, o.calls, nil)
		case cond.Op == token.EQL || cond.Op == token.NEQ:
			f.code(r, o, x, y, edge{b, yes}, edge{b, no})
			if len(o.calls) == 0 {
				f.status(r, o, branch)
			}
		default:
			f.status(r, o, branch)
		}
	case *ssa.Call:
		f.predicate(r, o, cond, edge{b, yes})
	case *ssa.Extract:
		// e, ok := err.(*Error)
		if assert, ok := cond.Tuple.(*ssa.TypeAssert); ok && cond.Index == 1 && isError(assert.X.Type()) {
			o.failed, o.gate, o.kind = edge{b, yes}, true, catalog.TypeName(assert.AssertedType)
			o.sentinel = f.isOwnType(assert.AssertedType)
			f.failing(r, assert.X, o.calls, nil)
		}
		// again, err := insert(code)
		if call, ok := cond.Tuple.(*ssa.Call); ok && r.has(call) {
			f.again(r, o, call, edge{b, yes}, edge{b, no})
		}
	}
	if len(o.calls) == 0 {
		return nil
	}
	return o
}

// again is about functions of the package that say themselves, beside their error, whether another transaction came
// between.
func (f *finder) again(r *region, o *outcome, call *ssa.Call, yes, no edge) {
	fn := f.g.Callee(call)
	if fn == nil || !f.tellsContention(fn, 0) {
		return
	}
	o.calls[call] = true
	for _, arg := range call.Call.Args { // why, again := retryable(err)
		if isError(arg.Type()) {
			f.failing(r, arg, o.calls, nil)
		}
	}
	o.failed, o.gate, o.kind = yes, true, "conflict "+flow.CalleeName(call)
	if !r.blocks[target(yes)] {
		o.failed = no
	}
}

// operands returns those of a comparison, a constant last.
func operands(cmp *ssa.BinOp) (x, y ssa.Value) {
	if _, ok := cmp.X.(*ssa.Const); ok {
		return cmp.Y, cmp.X
	}
	return cmp.X, cmp.Y
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

// code is about comparisons of an error, or of what a function makes of one, with a value other
// than nil: err == sql.ErrNoRows, status.Code(err) == codes.Unavailable.
func (f *finder) code(r *region, o *outcome, x, y ssa.Value, equal, other edge) {
	if err := textOf(x); err != nil { // err.Error() == "locked"
		f.failing(r, err, o.calls, nil)
		o.gate, o.failed = true, equal
		o.kind, o.text = constantText(y)
		return
	}
	call, ok := x.(*ssa.Call)
	if part, isPart := x.(*ssa.Extract); isPart { // status, _ := statusOf(err); status == 409
		call, ok = part.Tuple.(*ssa.Call)
		ok = ok && takesError(call)
	}
	if ok && !isError(x.Type()) {
		for _, arg := range call.Call.Args {
			if isError(arg.Type()) {
				f.failing(r, arg, o.calls, nil)
			}
		}
		o.gate, o.failed = true, equal
		o.kind = flow.CalleeName(call)
		if fn := f.g.Callee(call); isConflictCode(y) || isStanding(y) || isRefusal(y) || fn != nil && f.tellsContention(fn, 0) {
			o.kind = "conflict " + o.kind
		}
		if code, ok := flow.ConstInt(y); ok && code == 0 { // codes.OK
			o.failed = other
		}
		return
	}
	if isError(x.Type()) {
		f.failing(r, x, o.calls, nil)
		o.gate, o.failed, o.kind = true, equal, valueName(y)
		o.sentinel = o.kind != ""
		return
	}
	if err, field := detail(x); err != nil {
		f.failing(r, err, o.calls, nil)
		o.gate, o.failed, o.kind = true, equal, field
		switch text, ok := constantText(y); {
		case isStanding(y) || isRefusal(y):
			o.kind = "conflict " + field
		case ok && isText(y):
			o.kind, o.text = text, true
		}
	}
}

// predicate is about functions that tell one kind of failure from others: errors.Is,
// isRetryable(err).
func (f *finder) predicate(r *region, o *outcome, call *ssa.Call, yes edge) {
	o.failed, o.gate, o.kind = yes, true, flow.CalleeName(call)
	if call.Call.IsInvoke() {
		if err := takenOut(call.Call.Value); err != nil { // var d interface{ Deadlock() bool }
			f.failing(r, err, o.calls, nil)
		}
	}
	for i, arg := range call.Call.Args {
		if isError(arg.Type()) {
			f.failing(r, arg, o.calls, nil)
			break
		}
		if err := takenOut(arg); err != nil { // failure.Stale()
			f.failing(r, err, o.calls, nil)
			break
		}
		if err := textOf(arg); err != nil { // strings.Contains(err.Error(), "locked")
			f.failing(r, err, o.calls, nil)
			if i == 0 && len(call.Call.Args) > 1 {
				o.kind, o.text = constantText(call.Call.Args[1])
			}
			if name := valueName(call.Call.Args[0]); i == 1 && name != "" { // contention.MatchString(err.Error())
				o.kind = name
				return
			}
			break
		}
	}
	if len(o.calls) == 0 && transient.MatchString(o.kind) { // isRetryable(resp.StatusCode)
		for _, arg := range call.Call.Args {
			if load := statusLoad(arg); load != nil {
				f.sources(r, load.X.(*ssa.FieldAddr).X, o.calls, nil)
			}
		}
	}
	if o.text {
		return
	}
	switch catalog.Name(flow.CalleeObject(call)) {
	case "errors.Is":
		o.kind = valueName(call.Call.Args[1])
		o.sentinel = o.kind != ""
	case "errors.As":
		o.kind = targetName(call.Call.Args[1])
		o.sentinel = f.isOwnType(call.Call.Args[1].Type())
	default:
		o.asked = true
		if fn := f.g.Callee(call); fn != nil && !conflicts.MatchString(o.kind) {
			if inner, all := testedIn(fn); all {
				o.kind = inner
			}
		}
		if f.isContention(call) {
			o.kind = "conflict " + o.kind
		}
	}
}

// transient are names of functions that say which status is worth another attempt.
var transient = regexp.MustCompile(`(?i)retr(y|i)|transient|temporary|unavailable|throttle|serverError`)

// textOf returns the error whose message v is, or nil.
func textOf(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if ok && catalog.Name(flow.CalleeObject(call)) == "strings.ToLower" {
		return textOf(call.Call.Args[0])
	}
	if ok && call.Call.IsInvoke() && call.Call.Method.Name() == "Error" && isError(call.Call.Value.Type()) {
		return call.Call.Value
	}
	return nil
}

// overload are the statuses below 500 that a dependency in trouble sends. A loop that goes on for others
// alone knows what it waits for: that something is there, that nothing refers to it any more, that
// somebody else is done. Where a redirection leads is another place.
var overload = map[int64]bool{408: true, 425: true, 429: true}

// status is about the status code of a response: the way that a 2xx does not take is the failure.
func (f *finder) status(r *region, o *outcome, branch *ssa.If) {
	test := statusTestOf(branch.Cond)
	if test == nil {
		return
	}
	responses := map[*ssa.Call]bool{}
	f.sources(r, test.load.X.(*ssa.FieldAddr).X, responses, nil)
	if len(responses) == 0 {
		return
	}
	taken := [2]struct{ good, bad, other bool }{}
	for _, code := range []int64{200, 201, 202, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 407, 408, 409, 412, 422, 423, 429, 500, 502, 503, 504} {
		succ := 1
		if test.holds(code) {
			succ = 0
		}
		if code < 300 {
			taken[succ].good = true
		} else {
			taken[succ].bad = true
			taken[succ].other = taken[succ].other || code >= 500 || overload[code]
		}
	}
	for succ := range taken {
		other := taken[1-succ]
		if taken[succ].bad && (!taken[succ].good || other.good && !other.bad) {
			o.calls, o.failed = responses, edge{branch.Block(), succ}
			if !taken[succ].other {
				o.gate, o.kind = true, "conflict"
			}
		}
	}
}

// A statusTest is a comparison of a status code with a constant: resp.StatusCode/100 != 2.
type statusTest struct {
	cmp  *ssa.BinOp
	load *ssa.UnOp // of the code
	by   int64     // that it is divided by first, or 1
}

// statusTestOf returns the test that v is, or nil.
func statusTestOf(v ssa.Value) *statusTest {
	cmp, ok := v.(*ssa.BinOp)
	if !ok {
		return nil
	}
	x, y := operands(cmp)
	if _, ok := flow.ConstInt(y); !ok {
		return nil
	}
	by := int64(1)
	if quotient, ok := x.(*ssa.BinOp); ok && quotient.Op == token.QUO {
		if by, ok = flow.ConstInt(quotient.Y); !ok || by == 0 {
			return nil
		}
		x = quotient.X
	}
	if load := statusLoad(x); load != nil {
		return &statusTest{cmp, load, by}
	}
	return nil
}

// statusLoad returns v if it is the status code of a response, or nil.
func statusLoad(v ssa.Value) *ssa.UnOp {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok || flow.FieldOf(addr) == nil || flow.FieldOf(addr).Name() != "StatusCode" {
		return nil
	}
	return load
}

// holds reports whether a test of a status code is true of one.
func (t *statusTest) holds(code int64) bool {
	code /= t.by
	x, y := constant.MakeInt64(code), constant.MakeInt64(code)
	if c, ok := flow.ConstInt(t.cmp.X); ok {
		x = constant.MakeInt64(c)
	} else if c, ok := flow.ConstInt(t.cmp.Y); ok {
		y = constant.MakeInt64(c)
	}
	return constant.Compare(x, t.cmp.Op, y)
}

// failing adds the calls of the loop that an error can come from.
func (f *finder) failing(r *region, v ssa.Value, calls map[*ssa.Call]bool, seen map[ssa.Value]bool) {
	f.from(r, v, true, calls, seen)
}

// sources adds the calls of the loop that a value can come from.
func (f *finder) sources(r *region, v ssa.Value, calls map[*ssa.Call]bool, seen map[ssa.Value]bool) {
	f.from(r, v, false, calls, seen)
}

func (f *finder) from(r *region, v ssa.Value, errs bool, calls map[*ssa.Call]bool, seen map[ssa.Value]bool) {
	if seen == nil {
		seen = map[ssa.Value]bool{}
	}
	if seen[v] {
		return
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Call:
		if !r.has(v) {
			return
		}
		calls[v] = true
		for _, arg := range v.Call.Args { // errors.Wrap(err, …)
			if errs && isError(arg.Type()) || !errs && types.Identical(arg.Type(), v.Type()) {
				f.from(r, arg, errs, calls, seen)
			}
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			f.from(r, call, errs, calls, seen)
		}
		if assert, ok := v.Tuple.(*ssa.TypeAssert); ok {
			f.from(r, assert.X, errs, calls, seen)
		}
	case *ssa.Phi:
		for _, incoming := range v.Edges {
			f.from(r, incoming, errs, calls, seen)
		}
	case *ssa.ChangeInterface:
		f.from(r, v.X, errs, calls, seen)
	case *ssa.ChangeType:
		f.from(r, v.X, errs, calls, seen)
	case *ssa.MakeInterface:
		f.from(r, v.X, errs, calls, seen)
	case *ssa.TypeAssert:
		f.from(r, v.X, errs, calls, seen)
	case *ssa.FieldAddr:
		f.from(r, v.X, errs, calls, seen)
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return
		}
		if addr, ok := v.X.(*ssa.FieldAddr); ok && !errs {
			f.from(r, addr.X, errs, calls, seen) // response.Response.StatusCode
		}
		for _, store := range append(f.stores(v.X), fieldStores(v.X)...) {
			if r.has(store) {
				f.from(r, store.Val, errs, calls, seen)
			} else if literal := store.Parent(); literal.Parent() == r.fn {
				f.stored(r, literal, calls)
			}
		}
	case *ssa.Alloc:
		for _, store := range f.stores(v) {
			if r.has(store) {
				f.from(r, store.Val, errs, calls, seen)
			}
		}
		if !errs {
			f.wrapped(r, v, calls, seen)
		}
	}
}

// stored adds the calls of the loop that run a literal, or are given it, which stores into a
// variable of the function around it.
func (f *finder) stored(r *region, literal *ssa.Function, calls map[*ssa.Call]bool) {
	for instr := range r.instructions() {
		closure, ok := instr.(*ssa.MakeClosure)
		if !ok || closure.Fn != literal {
			continue
		}
		for _, ref := range *closure.Referrers() {
			if call, ok := ref.(*ssa.Call); ok {
				calls[call] = true
			}
		}
	}
}

// wrapped follows the fields of a struct that the loop makes: &Response{Response: resp}.
func (f *finder) wrapped(r *region, v *ssa.Alloc, calls map[*ssa.Call]bool, seen map[ssa.Value]bool) {
	for _, ref := range *v.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, ref := range *addr.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == addr && r.has(store) {
				f.from(r, store.Val, false, calls, seen)
			}
		}
	}
}

// fieldStores returns the stores to the same field of the same struct, if addr is that of a field.
func fieldStores(addr ssa.Value) []*ssa.Store {
	field, ok := addr.(*ssa.FieldAddr)
	if !ok || field.X.Referrers() == nil {
		return nil
	}
	var stores []*ssa.Store
	for _, ref := range *field.X.Referrers() {
		same, ok := ref.(*ssa.FieldAddr)
		if !ok || same.Field != field.Field {
			continue
		}
		for _, ref := range *same.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == same {
				stores = append(stores, store)
			}
		}
	}
	return stores
}

// loaded returns what the package stores where a value is loaded from: a variable, or that field of any struct.
func (f *finder) loaded(load *ssa.UnOp) []*ssa.Store {
	if addr, ok := load.X.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil {
		return f.g.FieldStores(flow.FieldOf(addr))
	}
	return f.stores(load.X)
}

// stores returns the stores to the variable that addr is the address of.
func (f *finder) stores(addr ssa.Value) []*ssa.Store { return f.g.CellStores(addr) }

// isOwnType reports whether a type of errors is one of the package that is looked at: what it says, the package
// has made of an answer.
func (f *finder) isOwnType(t types.Type) bool {
	for {
		ptr, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			break
		}
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() == f.pass.Pkg
}
