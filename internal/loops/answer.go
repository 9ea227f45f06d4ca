package loops

import (
	"go/token"
	"go/types"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// asksForState reports whether a function that is called again while it returns an error asks for a
// state: where all that it calls has succeeded, it can still return an error, one that it makes of
// the answer (not there yet, still running). Whoever calls it again waits for something.
func (f *finder) asksForState(fn *ssa.Function) bool {
	if asks, known := f.asks[fn]; known {
		return asks
	}
	f.asks[fn] = false // a function that calls itself
	f.asks[fn] = f.asksIn(fn)
	return f.asks[fn]
}

func (f *finder) asksIn(fn *ssa.Function) bool {
	all := whole(fn)
	if all == nil {
		return false
	}
	failed := map[edge]bool{}
	for _, o := range f.outcomes(all) {
		failed[o.failed] = true
	}
	for instr := range all.instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok || isCleanup(call) || f.leaves(call) == local {
			continue
		}
		reached := all.feasible(edgesOf(call.Block()), failed)
		for b := range reached {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && madeOfAnswer(ret, reached) {
				return true
			}
		}
		if inner := f.g.Callee(call); inner != nil && f.isReturned(all, call) && f.asksForState(inner) {
			return true
		}
	}
	return false
}

// whole returns a function as a region: all of its blocks.
func whole(fn *ssa.Function) *region {
	if len(fn.Blocks) == 0 {
		return nil
	}
	all := &region{fn: fn, head: fn.Blocks[0], blocks: map[*ssa.BasicBlock]bool{}, fatal: fatalBlocks(fn)}
	for _, b := range fn.Blocks {
		all.blocks[b] = true
	}
	return all
}

// isReturned reports whether a function returns the error of a call.
func (f *finder) isReturned(all *region, call *ssa.Call) bool {
	for _, b := range all.fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		calls := map[*ssa.Call]bool{}
		f.failing(all, ret.Results[len(ret.Results)-1], calls, nil)
		if calls[call] {
			return true
		}
	}
	return false
}

// madeOfAnswer reports whether a function returns an error of its own making where control can get
// to the given blocks, and no word of the question before it is about success or a code: an answer
// that says it has failed is a failure.
func madeOfAnswer(ret *ssa.Return, reached map[*ssa.BasicBlock]bool) bool {
	if len(ret.Results) == 0 {
		return false
	}
	err := ret.Results[len(ret.Results)-1]
	if !isError(err.Type()) {
		return false
	}
	if phi, ok := err.(*ssa.Phi); ok {
		for i, incoming := range phi.Edges {
			pred := phi.Block().Preds[i]
			if reached[pred] && isOwn(incoming) && isQuestion(pred) {
				return true
			}
		}
		return false
	}
	return isOwn(err) && isQuestion(ret.Block())
}

// isOwn reports whether an error is one that the program makes itself, and of no other error.
func isOwn(err ssa.Value) bool {
	switch err := err.(type) {
	case *ssa.UnOp:
		global, ok := err.X.(*ssa.Global)
		return ok && err.Op == token.MUL && isError(err.Type()) && !troubles.MatchString(global.Name())
	case *ssa.Call:
		switch catalog.Name(flow.CalleeObject(err)) {
		case "errors.New", "github.com/pkg/errors.New":
			return !isTrouble(err.Call.Args[0])
		case "fmt.Errorf", "github.com/pkg/errors.Errorf", "golang.org/x/xerrors.Errorf":
			return !isTrouble(err.Call.Args[0]) && !tellsError(err.Call.Args[len(err.Call.Args)-1])
		}
		return speaksOfAbsence.MatchString(flow.CalleeName(err)) && !takesError(err)
	}
	return false
}

// speaksOfAbsence are names of functions that make an error which says that something is not there.
var speaksOfAbsence = regexp.MustCompile(`NotFound|NotExist|NotReady|NotYet|Pending`)

func takesError(call *ssa.Call) bool {
	for _, arg := range call.Call.Args {
		if isError(arg.Type()) {
			return true
		}
	}
	return false
}

// malformed is what messages say of an answer that is not what it should be.
var malformed = regexp.MustCompile(`(?i)parse|invalid|malformed|unexpected|missing|response|decode|mismatch|bad |wrong|refus|reject|denied|fail|error|status`)

// isTrouble reports whether a text is known, and says that a dependency is in trouble, or that its
// answer is not one.
func isTrouble(text ssa.Value) bool {
	t, ok := constantText(text)
	return ok && (troubleTexts.MatchString(t) || malformed.MatchString(t))
}

// tellsError reports whether one of the values that a text is made of is an error.
func tellsError(values ssa.Value) bool {
	list, ok := values.(*ssa.Slice)
	if !ok {
		return false
	}
	for _, ref := range *list.X.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *addr.Referrers() {
			store, ok := ref.(*ssa.Store)
			if !ok {
				continue
			}
			switch v := store.Val.(type) {
			case *ssa.ChangeInterface:
				if isError(v.X.Type()) {
					return true
				}
			case *ssa.MakeInterface:
				if types.Implements(v.X.Type(), errorType.Underlying().(*types.Interface)) || textOf(v.X) != nil {
					return true
				}
			}
		}
	}
	return false
}

// verdicts are names of what an answer says of the request itself: whether it has failed.
var verdicts = regexp.MustCompile(`(?i)code|err|success|succeed|^ok$|isok|valid|fail|fault|message`)

// isQuestion reports whether the branch that leads to a block is about a state, and not about whether
// a request has failed.
func isQuestion(b *ssa.BasicBlock) bool {
	for b.Idom() != nil {
		b = b.Idom()
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		failure := false
		inspect(branch.Cond, func(v ssa.Value) bool {
			switch v := v.(type) {
			case *ssa.FieldAddr:
				failure = failure || flow.FieldOf(v) != nil && verdicts.MatchString(flow.FieldOf(v).Name())
			case *ssa.Field:
				failure = failure || verdicts.MatchString(structField(v))
			case *ssa.Call:
				failure = failure || verdicts.MatchString(flow.CalleeName(v))
				return false
			}
			return !failure
		})
		return !failure
	}
	return false
}

func structField(v *ssa.Field) string {
	s, ok := v.X.Type().Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	return s.Field(v.Field).Name()
}

// searches reports whether what a branch learns is that a function of the package has not found
// something in the answer of a call: it is given the answer, it does not leave the process, and its
// errors are its own.
func (c *cycle) searches(o *outcome, op *ssa.Call) bool {
	if len(o.calls) == 0 || o.calls[op] {
		return false
	}
	for call := range o.calls {
		fn := c.f.g.Callee(call)
		if fn == nil || c.f.leaves(call) > local || !fails(fn.Signature) || !onlyOwnErrors(fn) {
			return false
		}
		given := false
		for _, arg := range call.Call.Args {
			if catalog.TypeName(arg.Type()) == "net/http.Response" {
				return false // it is looked at as a whole: whether it is a failure
			}
			given = given || depends(arg, op)
		}
		if !given {
			return false
		}
	}
	return true
}

// onlyOwnErrors reports whether all errors that a function returns are made by itself.
func onlyOwnErrors(fn *ssa.Function) bool {
	found := false
	var own func(v ssa.Value, depth int) bool
	own = func(v ssa.Value, depth int) bool {
		if phi, ok := v.(*ssa.Phi); ok && depth < 4 {
			for _, incoming := range phi.Edges {
				if !own(incoming, depth+1) {
					return false
				}
			}
			return true
		}
		found = found || isOwn(v)
		return isNil(v) || isOwn(v)
	}
	for _, err := range returned(fn, fn.Signature.Results().Len()-1) {
		if !own(err, 0) {
			return false
		}
	}
	return found
}
