package remote

import (
	"go/types"
	"net/url"
	"strings"

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
}

// none reports whether there is no deadline, whoever calls.
func (l limit) none() bool { return !l.undecided && !l.bounded && len(l.requests) == 0 }

func (l *limit) join(other limit) {
	l.undecided = l.undecided || other.undecided
	l.bounded = l.bounded || other.bounded
	l.requests = append(l.requests, other.requests...)
}

// limit returns the deadline that u is made under. A use that takes neither a request nor
// a context has none.
func (f *finder) limit(u *use, frame *flow.Frame) limit {
	var l limit
	seen := map[visited]bool{}
	if u.request != nil {
		l.join(f.deadline(u.request, frame, seen))
	}
	if u.context != nil {
		l.join(f.deadline(u.context, frame, seen))
	}
	return l
}

// visited is a value whose deadline is being asked for: contexts derived in a loop derive
// from themselves.
type visited struct {
	v     ssa.Value
	frame *flow.Frame
}

// deadline returns what is known of the deadline of v, a context or a request.
func (f *finder) deadline(v ssa.Value, frame *flow.Frame, seen map[visited]bool) limit {
	var l limit
	if seen[visited{v, frame}] {
		return l
	}
	seen[visited{v, frame}] = true
	for _, source := range f.g.Trace(v, frame) {
		switch source.Kind {
		case flow.Nil: // not a value that is sent
		case flow.New:
			// &http.Request{…} has the background context.
			l.undecided = l.undecided || !isRequest(source.Value)
		case flow.Param:
			p := source.Value.(*ssa.Parameter)
			if isRequest(p) {
				l.requests = append(l.requests, p)
			} else {
				l.undecided = true // a context: the caller's business
			}
		case flow.Result:
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
		return limit{undecided: true}
	}
	var l limit
	switch {
	case hand.Effect == catalog.Sets || f.cancelledByTimer(call):
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

// givenLater returns the deadline that a request is given in place after it was made
// (req.SetContext(ctx)).
func (f *finder) givenLater(request flow.Source, seen map[visited]bool) limit {
	var l limit
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || call.Value() == request.Value {
			continue
		}
		fn := flow.CalleeObject(call)
		if fn == nil {
			continue
		}
		if hand := catalog.HandoverOf(fn); hand != nil && hand.InPlace && f.g.Reach(flow.Operand(call, catalog.Recv))[request.Origin] {
			l.join(f.deadline(flow.Operand(call, hand.Parent), nil, seen))
		}
	}
	return l
}

// cancelledByTimer reports whether the cancel function that call returns beside its context
// is run by a timer: time.AfterFunc(d, cancel).
func (f *finder) cancelledByTimer(call *ssa.Call) bool {
	for _, ref := range *call.Referrers() {
		cancel, ok := ref.(*ssa.Extract)
		if !ok || cancel.Index != 1 {
			continue
		}
		for _, use := range *cancel.Referrers() {
			if change, ok := use.(*ssa.ChangeType); ok {
				for _, use := range *change.Referrers() {
					if isAfterFunc(use) {
						return true
					}
				}
			}
			if isAfterFunc(use) {
				return true
			}
		}
	}
	return false
}

func isAfterFunc(instr ssa.Instruction) bool {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	fn := flow.CalleeObject(call)
	return fn != nil && catalog.Name(fn) == "time.AfterFunc"
}

func isRequest(v ssa.Value) bool {
	switch catalog.TypeName(v.Type()) {
	case "net/http.Request", "github.com/hashicorp/go-retryablehttp.Request":
		return true
	}
	return false
}

// bypassed reports whether u is none of the calls that the rules are about: a connection
// within the machine, one that gets its deadline right after, one made on behalf of a
// client that bounds it, or a stream, which lives as long as it lives.
func (f *finder) bypassed(u *use, frame *flow.Frame) bool {
	switch u.api.Kind {
	case catalog.Dial:
		return f.local(u, frame) || isDialHook(u.fn, f.g) || f.deadlineFollows(u)
	case catalog.Exchange:
		for fr := frame; fr != nil; fr = fr.Up {
			if isStream(fr.Call.Parent()) {
				return true
			}
		}
		return isStream(u.fn)
	}
	return false
}

// local reports whether the network, a constant, has no connection to wait for.
func (f *finder) local(u *use, frame *flow.Frame) bool {
	if u.network == nil {
		return false
	}
	network, ok := flow.ConstString(u.network)
	if !ok {
		return false
	}
	return strings.HasPrefix(network, "unix") || strings.HasPrefix(network, "udp") || strings.HasPrefix(network, "ip")
}

// isDialHook reports whether fn dials for someone else: it returns a net.Conn and is used
// as a value (http.Transport.DialContext) or has the signature of a Dial method. Whoever
// calls it bounds it.
func isDialHook(fn *ssa.Function, g *flow.Graph) bool {
	results := fn.Signature.Results()
	if results.Len() == 0 || catalog.TypeName(results.At(0).Type()) != "net.Conn" {
		return false
	}
	if fn.Parent() != nil || g.UsedAsValue(fn) {
		return true
	}
	params := fn.Signature.Params()
	n := params.Len()
	return n >= 2 && isString(params.At(n-1).Type()) && isString(params.At(n-2).Type()) && fn.Signature.Recv() != nil
}

// deadlineFollows reports whether the function sets a deadline on the connection it opens.
// Opening it is then bounded by the operating system, and the rest by the deadline.
func (f *finder) deadlineFollows(u *use) bool {
	if u.conn == nil {
		return false
	}
	for _, block := range u.fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !setsDeadline(call) || clearsDeadline(call) {
				continue
			}
			for _, source := range f.g.Trace(flow.Operand(call, catalog.Recv), nil) {
				if source.Value == u.conn {
					return true
				}
			}
		}
	}
	return false
}

func setsDeadline(call ssa.CallInstruction) bool {
	fn := flow.CalleeObject(call)
	if fn == nil || fn.Signature().Recv() == nil {
		return false
	}
	switch fn.Name() {
	case "SetDeadline", "SetReadDeadline":
		return true
	}
	return false
}

// clearsDeadline reports whether the deadline is the zero time.
func clearsDeadline(call ssa.CallInstruction) bool {
	c, ok := flow.Operand(call, catalog.Arg0).(*ssa.Const)
	return ok && c.Value == nil
}

// isStream reports whether fn asks for a response that does not end: it names the media
// type of server-sent events.
func isStream(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			var operands [8]*ssa.Value
			for _, operand := range instr.Operands(operands[:0]) {
				if s, ok := flow.ConstString(*operand); ok && strings.HasPrefix(s, "text/event-stream") {
					return true
				}
			}
		}
	}
	return false
}

// request returns the call that made u's request, if there is just one.
func (f *finder) request(u *use) *ssa.Call {
	if u.request == nil {
		return nil
	}
	sources := f.g.Trace(u.request, nil)
	if len(sources) != 1 || sources[0].Kind != flow.Result {
		return nil
	}
	return sources[0].Value.(*ssa.Call)
}

// peer returns the name of the host that u talks to, if the source shows it.
func (f *finder) peer(u *use) string {
	v := u.peer
	if request := f.request(u); v == nil && request != nil {
		switch catalog.Name(flow.CalleeObject(request)) {
		case "net/http.NewRequest":
			v = flow.Operand(request, catalog.Arg1)
		case "net/http.NewRequestWithContext":
			v = flow.Operand(request, catalog.Arg2)
		}
	}
	return hostIn(prefix(v))
}

// prefix returns the constant that the string v begins with.
func prefix(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		s, _ := flow.ConstString(v)
		return s
	case *ssa.BinOp:
		return prefix(v.X)
	case *ssa.Call:
		if fn := flow.CalleeObject(v); fn != nil && catalog.Name(fn) == "fmt.Sprintf" {
			return prefix(v.Call.Args[0])
		}
	}
	return ""
}

// hostIn returns the host of a URL that s begins with, without port; "" if it is cut off.
func hostIn(s string) string {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return ""
	}
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		return ""
	}
	u, err := url.Parse(scheme + "://" + rest[:end])
	if err != nil || strings.Contains(u.Host, "%") {
		return ""
	}
	return u.Hostname()
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.String
}
