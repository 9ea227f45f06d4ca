package remote

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// bypassed reports whether u is none of the calls that the rules are about: a connection
// within the machine, one that gets its deadline right after, one made on behalf of a
// client that bounds it, or a stream, which lives as long as it lives.
func (f *finder) bypassed(u *use, frame *flow.Frame) bool {
	switch u.api.Kind {
	case catalog.Dial:
		return f.local(u) || isDialHook(u.fn, f.g) || f.deadlineFollows(u)
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
func (f *finder) local(u *use) bool {
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
