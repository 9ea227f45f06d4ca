package remote

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A limit is what is known of the deadline that a context, or a request made with one,
// carries.
//
// A value with several origins is undecided as soon as one of them is, and bounded as soon
// as one is: who sets a deadline under a condition (if timeout > 0) has thought of it.
type limit struct {
	undecided bool
	bounded   bool
	requests  []*ssa.Parameter // requests that callers supply
	contexts  []*ssa.Parameter // contexts that callers supply
}

func (l *limit) join(other limit) {
	l.undecided = l.undecided || other.undecided
	l.bounded = l.bounded || other.bounded
	l.requests = append(l.requests, other.requests...)
	l.contexts = append(l.contexts, other.contexts...)
}

// limit returns the deadline that u is made under. A use that takes neither a request nor
// a context has none.
func (f *finder) limit(u *use) limit {
	var l limit
	seen := map[visited]bool{}
	if u.request != nil {
		l.join(f.deadline(u.request, nil, seen))
	}
	if u.context != nil {
		l.join(f.deadline(u.context, nil, seen))
	}
	return l
}

// visited is a value whose deadline is being asked for, in the function that call called:
// contexts derived in a loop derive from themselves, with a new frame each time round.
type visited struct {
	v    ssa.Value
	call ssa.CallInstruction
}

func visit(v ssa.Value, frame *flow.Frame) visited {
	if frame == nil {
		return visited{v: v}
	}
	return visited{v, frame.Call}
}

// deadline returns what is known of the deadline of v, a context or a request.
func (f *finder) deadline(v ssa.Value, frame *flow.Frame, seen map[visited]bool) limit {
	var l limit
	if seen[visit(v, frame)] {
		return l
	}
	seen[visit(v, frame)] = true
	for _, source := range f.g.Trace(v, frame) {
		switch source.Kind {
		case flow.Nil: // not a value that is sent
		case flow.New:
			// &http.Request{…} has the background context.
			l.undecided = l.undecided || !isRequest(source.Value)
		case flow.Param:
			p := source.Value.(*ssa.Parameter)
			switch {
			case isRequest(p):
				l.requests = append(l.requests, p)
			case isContext(p.Type()):
				l.contexts = append(l.contexts, p)
			default:
				l.undecided = true // a context of a type of its own
			}
		case flow.Result:
			if f.g.Overwritten(source.Origin, source.At) {
				l.undecided = true // *req = *req.WithContext(ctx)
				continue
			}
			l.join(f.handover(source, seen))
		default:
			l.undecided = true
		}
	}
	return l
}

// handover returns the deadline of a context or request that a function returned.
func (f *finder) handover(source flow.Source, seen map[visited]bool) limit {
	call := source.Value.(*ssa.Call)
	fn := flow.CalleeObject(call)
	if fn == nil {
		return limit{undecided: true}
	}
	hand := catalog.HandoverOf(fn)
	if hand == nil {
		return f.ownHandover(source, fn, seen)
	}
	var l limit
	switch {
	case hand.Effect == catalog.Sets || f.cancelledByTimer(call) || carriesClient(call):
		l.bounded = true
	case hand.Effect == catalog.Keeps:
		parent := flow.Operand(call, hand.Parent)
		if parent == nil {
			return limit{undecided: true}
		}
		l = f.deadline(parent, source.Frame, seen)
	}
	l.join(f.givenLater(source, seen))
	return l
}

// carriesClient reports whether a call puts an HTTP client into a context, for oauth2 and its
// users to send their requests by. What bounds that client bounds them.
func carriesClient(call *ssa.Call) bool {
	key := flow.Operand(call, catalog.Arg1)
	if boxed, ok := key.(*ssa.MakeInterface); ok {
		key = boxed.X
	}
	load, ok := key.(*ssa.UnOp)
	if !ok {
		return false
	}
	global, ok := load.X.(*ssa.Global)
	return ok && catalog.VarName(global.Object()) == "golang.org/x/oauth2.HTTPClient"
}

// ownHandover returns the deadline of a context or request that a function of another
// package of the module returned.
func (f *finder) ownHandover(source flow.Source, fn *types.Func, seen map[visited]bool) limit {
	product := f.result(fn, source.Index)
	if product == nil {
		return limit{undecided: true}
	}
	switch product.Effect {
	case catalog.Sets:
		return limit{bounded: true}
	case catalog.Drops:
		return limit{}
	case catalog.Keeps:
		if parent := flow.Argument(source.Value.(*ssa.Call), product.Param); parent != nil {
			return f.deadline(parent, source.Frame, seen)
		}
	}
	return limit{undecided: true}
}

// givenLater returns the deadline that a request is given in place after it was made
// (req.SetContext(ctx)).
func (f *finder) givenLater(request flow.Source, seen map[visited]bool) limit {
	var l limit
	for _, call := range f.given {
		if call.Value() == request.Value || !f.g.Reach(flow.Operand(call, catalog.Recv))[request.Origin] {
			continue
		}
		hand := catalog.HandoverOf(flow.CalleeObject(call))
		l.join(f.deadline(flow.Operand(call, hand.Parent), nil, seen))
	}
	return l
}

func isRequest(v ssa.Value) bool { return isRequestType(v.Type()) }

func isRequestType(t types.Type) bool {
	switch catalog.TypeName(t) {
	case "net/http.Request", "github.com/hashicorp/go-retryablehttp.Request":
		return true
	}
	return false
}
