package remote

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// bypassed reports whether u is none of the calls that the rules are about: one within the
// machine, one that gets its deadline right after, one made on behalf of a
// client that bounds it, or a stream, which lives as long as it lives.
func (f *finder) bypassed(u *use, frame *flow.Frame) bool {
	switch u.api.Kind {
	case catalog.Dial:
		return f.local(u) || isDialHook(u.fn, f.g) || f.deadlineFollows(u)
	case catalog.Serve:
		return f.servesLocally(u, frame)
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

// local reports whether u opens a connection that it need not wait for: over a network,
// named by a constant, that has no handshake or does not leave the machine, or to a listener
// of the program's own.
func (f *finder) local(u *use) bool {
	if u.network != nil && isLocal(u.network) {
		return true
	}
	if u.peer == nil {
		return false
	}
	return isOwnAddr(u.peer)
}

func isLocal(network ssa.Value) bool {
	name, ok := flow.ConstString(network)
	return ok && (strings.HasPrefix(name, "unix") || strings.HasPrefix(name, "udp") || strings.HasPrefix(name, "ip"))
}

// isOwnAddr reports whether addr is listener.Addr().String().
func isOwnAddr(addr ssa.Value) bool {
	call, ok := addr.(*ssa.Call)
	if !ok || !call.Call.IsInvoke() || catalog.Name(call.Call.Method) != "net.Addr.String" {
		return false
	}
	from, ok := call.Call.Value.(*ssa.Call)
	if !ok {
		return false
	}
	switch catalog.Name(flow.CalleeObject(from)) {
	case "net.Listener.Addr", "net.TCPListener.Addr":
		return true
	}
	return false
}

// servesLocally reports whether the listener that u serves is a Unix socket: its clients are
// on the machine.
func (f *finder) servesLocally(u *use, frame *flow.Frame) bool {
	if u.listener == nil {
		return false
	}
	for _, source := range f.g.Trace(u.listener, frame) {
		call, ok := source.Value.(*ssa.Call)
		if !ok || source.Kind != flow.Result {
			return false
		}
		switch catalog.Name(flow.CalleeObject(call)) {
		case "net.ListenUnix":
		case "net.Listen":
			if !isLocal(flow.Operand(call, catalog.Arg0)) {
				return false
			}
		default:
			return false
		}
	}
	return true
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
	set := map[string]bool{}
	for _, block := range u.fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !setsDeadline(call) || clearsDeadline(call) {
				continue
			}
			for _, source := range f.g.Trace(flow.Operand(call, catalog.Recv), nil) {
				if source.Value == u.conn {
					set[flow.CalleeObject(call).Name()] = true
				}
			}
		}
	}
	return set["SetDeadline"] || set["SetReadDeadline"] && set["SetWriteDeadline"]
}

func setsDeadline(call ssa.CallInstruction) bool {
	fn := flow.CalleeObject(call)
	if fn == nil || fn.Signature().Recv() == nil {
		return false
	}
	switch fn.Name() {
	case "SetDeadline", "SetReadDeadline", "SetWriteDeadline":
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

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.String
}
