package nonidempotent

import (
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
)

// retry reports what a retry must not do twice, and keys that are another one for each attempt.
func (r *reporter) retry(retry *loops.Retry) {
	if retry.Spins {
		return
	}
	for _, op := range retry.Ops {
		if op.Call.Parent() == nil || r.fresh(retry, op) {
			continue
		}
		deed := r.repeated(op, retry.Client)
		if deed == nil || r.refused(retry) || r.asked(retry) || r.keyed(retry, op) {
			continue
		}
		if call := r.callAt(op.Call.Pos()); call != nil {
			related := r.path(deed)
			if !retry.Client {
				related = append([]analysis.RelatedInformation{{Pos: retry.Node.Pos(), Message: "the attempts are made here"}}, related...)
			}
			r.add(call, codeUnsafeRetry, unsafeMessage(retry, op, deed), related,
				func() *analysis.SuggestedFix { return r.stamp(retry, op) })
		}
	}
}

// repeated returns what an operation does that must not be done twice, or nil.
func (r *reporter) repeated(op loops.Op, client bool) *effect.Done {
	in := flow.NameOf(op.Call.Parent())
	around := r.net.Reach(in, func(step *effect.Step) bool { return step.Kind == effect.Calls })
	if len(around.Keys) > 0 || len(around.Guards) > 0 {
		return nil
	}
	steps := r.effects.StepsOf(op.Call)
	if len(steps) == 0 {
		steps = r.request(op.Call)
	}
	for _, step := range steps {
		found := r.net.Follow(in, step)
		if found.Open || len(found.Keys) > 0 || len(found.Guards) > 0 {
			continue
		}
		for _, deed := range found.Deeds {
			switch deed.Deed {
			case catalog.Pays:
				return deed
			case catalog.Posts:
				if !r.notifies(deed, in) {
					return deed
				}
			case catalog.Inserts, catalog.Adds:
				if !client && committing.MatchString(deed.Name) {
					return deed
				}
			}
		}
	}
	return nil
}

// notifications are names of functions, and words of URLs, that tell others of what has happened. Who is told
// twice knows it by what the message says: at least once is how this is promised.
var notifications = regexp.MustCompile(`(?i)web_?hook|call_?back|notif|alert|slack|discord|telegram|event|push|deliver`)

// notifies reports whether a POST tells others of something.
func (r *reporter) notifies(deed *effect.Done, in string) bool {
	return notifications.MatchString(deed.URL) || notifications.MatchString(deed.In) || notifications.MatchString(in[strings.LastIndexAny(in, "./")+1:]) ||
		slices.ContainsFunc(deed.Path, func(h effect.Hop) bool { return notifications.MatchString(h.Name) })
}

// committing are the calls that commit what they change themselves. Of a transaction that is attempted again
// only the last step, the commit, can have been done when it seems to have failed.
var committing = regexp.MustCompile(`^(sql|sqlx)\.DB\.|^pgxpool\.Pool\.`)

// refusals are names of questions about an error which say, where the answer is yes, that the request was
// refused, or what it did undone: nothing was done.
var refusals = regexp.MustCompile(`(?i)unauthori[sz]ed|forbidden|expired|rate_?limit|too_?many|throttl|deadlock|serializ|\block|locked|busy|conflict|refused|not_?ready|not_?leader|retr(y|i)able_?tx`)

// refused reports whether what is attempted again is only what was refused.
func (r *reporter) refused(retry *loops.Retry) bool {
	if retry.Client || retry.Func == nil {
		return false
	}
	for _, fn := range append([]*ssa.Function{retry.Func}, retry.Func.AnonFuncs...) {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok || call.Pos() < retry.Node.Pos() || call.Pos() >= retry.Node.End() || !asksRefusal(call) {
					continue
				}
				branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
				if !ok || branch.Cond != call || !leaves(block.Succs[0]) {
					return true
				}
			}
		}
	}
	return false
}

// keyed reports whether the function that attempts, the one that is attempted, or one that these call, names an idempotency key:
// who knows what it is for sends it, in whatever way.
func (r *reporter) keyed(retry *loops.Retry, op loops.Op) bool {
	seen := map[*ssa.Function]bool{}
	var names func(fn *ssa.Function, depth int) bool
	names = func(fn *ssa.Function, depth int) bool {
		if fn == nil || seen[fn] {
			return false
		}
		seen[fn] = true
		for instr := range flow.InstructionsIn(fn) {
			var operands [10]*ssa.Value
			for _, operand := range instr.Operands(operands[:0]) {
				if *operand == nil {
					continue
				}
				if text, ok := flow.ConstString(*operand); ok && keyTexts.MatchString(text) {
					return true
				}
			}
			if call, ok := instr.(ssa.CallInstruction); ok && depth > 0 && names(r.g.Callee(call), depth-1) {
				return true
			}
		}
		return slices.ContainsFunc(fn.AnonFuncs, func(literal *ssa.Function) bool { return names(literal, depth) })
	}
	return names(flow.Outermost(retry.Func), 2) || names(flow.Outermost(op.Call.Parent()), 2)
}

var keyTexts = regexp.MustCompile(`(?i)^[\w-]*idempoten(t|cy)[-_]?(key|token|id)$`)

// asked reports whether a predicate of the program's says what a client or a library attempts again: it may know what must not be
// sent twice.
func (r *reporter) asked(retry *loops.Retry) bool {
	if retry.Library == "" {
		return false
	}
	for instr := range r.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.Store:
			addr, ok := instr.Addr.(*ssa.FieldAddr)
			if !ok || flow.FieldOf(addr) == nil || flow.FieldOf(addr).Name() != "CheckRetry" {
				continue
			}
			if fn, ok := instr.Val.(*ssa.Function); !ok || fn.Pkg == r.g.SSA.Pkg || fn.Blocks != nil && fn.Parent() != nil {
				return true
			}
		case ssa.CallInstruction:
			obj := flow.CalleeObject(instr)
			if obj == nil || obj.Pkg() == nil || !choosers.MatchString(obj.Name()) || !libraries.MatchString(obj.Pkg().Path()) {
				continue
			}
			if retry.Client || flow.Outermost(instr.Parent()) == flow.Outermost(retry.Func) {
				return true
			}
		}
	}
	return false
}

var (
	// choosers are functions of libraries by which a program says what is attempted again.
	choosers = regexp.MustCompile(`^(RetryIf|AbortIf|HandleIf|HandleErrors|HandleErrorTypes|HandleResult|(Add|Set)RetryConditions?|RetryableError)$`)
	// libraries are such that attempt again.
	libraries = regexp.MustCompile(`retry|resty|failsafe|backoff`)
)

// asksRefusal reports whether a call asks of an error whether it says that the request was refused.
func asksRefusal(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	if results.Len() != 1 || results.At(0).Type().String() != "bool" {
		return false
	}
	if refusals.MatchString(callee(call)) {
		return true
	}
	for _, arg := range call.Call.Args { // strings.Contains(err.Error(), "deadlock")
		if text, ok := flow.ConstString(arg); ok && refusals.MatchString(text) {
			return true
		}
		if load, ok := arg.(*ssa.UnOp); ok { // errors.Is(err, ErrLocked)
			if global, ok := load.X.(*ssa.Global); ok && refusals.MatchString(global.Name()) {
				return true
			}
		}
	}
	return false
}

// leaves reports whether a block ends its function.
func leaves(b *ssa.BasicBlock) bool {
	_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	return ok
}

// request returns the steps that make the request which a call sends, if the function makes it itself.
func (r *reporter) request(call ssa.CallInstruction) []*effect.Step {
	api := catalog.CallOf(flow.CalleeObject(call))
	if api == nil || api.Request == catalog.None {
		return nil
	}
	var steps []*effect.Step
	for _, source := range r.g.Trace(flow.Operand(call, api.Request), nil) {
		if made, ok := source.Value.(*ssa.Call); ok && source.Kind == flow.Result && made.Parent() == call.Parent() {
			steps = append(steps, r.effects.StepsOf(made)...)
		}
	}
	return steps
}

// idempotency are the headers that carry an idempotency key, and nothing else.
var idempotency = regexp.MustCompile(`(?i)idempoten|dedup|^nats-msg-id$`)

// fresh reports a key that is made anew for each attempt at an operation.
func (r *reporter) fresh(retry *loops.Retry, op loops.Op) bool {
	in := flow.NameOf(op.Call.Parent())
	own := r.net.Reach(in, func(step *effect.Step) bool { return step.Kind != effect.Keys })
	for _, key := range own.Keys {
		if key.Fresh && idempotency.MatchString(key.Name) && within(retry, op, key.Made()) {
			return r.freshKey(retry, op, key.Pos(), key)
		}
	}
	for _, step := range r.effects.StepsOf(op.Call) {
		if step.Kind != effect.Calls {
			continue
		}
		for _, key := range r.net.Follow(in, step).Keys {
			if key.Fresh && idempotency.MatchString(key.Name) && !retry.Client {
				pos := key.Pos()
				if r.g.FileOf(pos) == nil {
					pos = op.Call.Pos()
				}
				return r.freshKey(retry, op, pos, key)
			}
		}
	}
	return false
}

func (r *reporter) freshKey(retry *loops.Retry, op loops.Op, pos token.Pos, key *effect.Done) bool {
	call := r.callAt(pos)
	if call == nil {
		return false
	}
	r.add(call, codeFreshKey, freshMessage(retry, key), []analysis.RelatedInformation{
		{Pos: retry.Node.Pos(), Message: "the attempts are made here"},
	}, func() *analysis.SuggestedFix { return r.hoist(retry, op, key) })
	return true
}

// within reports whether a place is one of those that an attempt passes.
func within(retry *loops.Retry, op loops.Op, pos token.Pos) bool {
	if retry.Client {
		return false
	}
	if retry.Form == loops.Library {
		literal := op.Call.Parent().Syntax()
		return literal != nil && op.Call.Parent() != retry.Func && literal.Pos() <= pos && pos < literal.End()
	}
	return retry.Node.Pos() <= pos && pos < retry.Node.End()
}
