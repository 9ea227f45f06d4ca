package remote

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// bypassed reports whether u is none of the calls that the rules are about: one within the
// machine, one that gets its deadline right after, one made on behalf of a client that bounds
// it, one that is meant to wait, or a stream, which lives as long as it lives.
func (f *finder) bypassed(u *use) bool {
	switch u.api.Kind {
	case catalog.Dial:
		return u.peer != nil && (isOwnAddr(u.peer) || isLoopback(prefix(u.peer))) || isDialHook(u.fn, f.g) || f.deadlineFollows(u) ||
			f.configured(u)
	case catalog.Serve:
		u.reach = f.serving(u.listener)
		return u.reach.isNear()
	case catalog.Exchange:
		return f.streams(u)
	case catalog.Query:
		return u.inner == nil && waits(u)
	}
	return false
}

// configured reports whether the settings that u connects by bound it, or are not all seen.
func (f *finder) configured(u *use) bool {
	call, ok := u.instr.(ssa.CallInstruction)
	if !ok || u.api.DSN == catalog.None || u.inner != nil {
		return false
	}
	return slices.ContainsFunc(f.g.Trace(flow.Operand(call, u.api.DSN), nil), func(source flow.Source) bool {
		dsn := prefix(source.At)
		return dsn == "" || slices.ContainsFunc(u.api.Bounded, func(word string) bool { return strings.Contains(dsn, word) })
	})
}

// waits reports whether u asks for something that takes as long as it takes.
func waits(u *use) bool {
	call, ok := u.instr.(ssa.CallInstruction)
	return ok && slices.ContainsFunc(call.Common().Args, func(arg ssa.Value) bool {
		return isString(arg.Type()) && u.api.Waiting(prefix(arg))
	})
}

// network reports whether u dials over a network on which it may have to wait: one that a
// constant names and that has a handshake with another machine. Where u's function is given
// the network, its callers decide.
func (f *finder) network(u *use) (waits bool, decides *ssa.Parameter) {
	if u.network == nil {
		return true, nil
	}
	for _, source := range f.g.Trace(u.network, nil) {
		switch {
		case source.Kind == flow.Param && source.Value.Parent() == u.fn && decides == nil:
			decides = source.Value.(*ssa.Parameter)
		case !isConst(source.At) || isLocal(source.At):
			return false, nil
		}
	}
	return true, decides
}

func isConst(v ssa.Value) bool {
	_, ok := flow.ConstString(v)
	return ok
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

// isLoopback reports whether an address, or what is known of its beginning, is of the machine
// itself: its kernel refuses or accepts at once.
func isLoopback(addr string) bool {
	for _, own := range []string{":", "127.", "localhost:", "[::1]:"} {
		if strings.HasPrefix(addr, own) {
			return true
		}
	}
	return false
}

// paramIn returns the index of the parameter of u's function that v is, or noParam.
func (f *finder) paramIn(u *use, v ssa.Value) int {
	if p, ok := v.(*ssa.Parameter); ok && p.Parent() == u.fn {
		return indexOf(p)
	}
	if v == nil || !types.IsInterface(v.Type()) {
		return noParam // an address that is made up of more than the parameter
	}
	sources := f.g.Trace(v, nil)
	if len(sources) != 1 || sources[0].Kind != flow.Param || sources[0].Value.Parent() != u.fn {
		return noParam
	}
	return indexOf(sources[0].Value.(*ssa.Parameter))
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

// deadlineFollows reports whether the package sets a deadline on the connection that u opens.
// Opening it is then bounded by the operating system, and the rest by the deadline; not so a
// handshake that is part of opening it.
func (f *finder) deadlineFollows(u *use) bool {
	return !u.api.Handshake && f.hasDeadline(u)
}

func (f *finder) hasDeadline(u *use) bool {
	if u.conn == nil {
		return false
	}
	set := map[string]bool{}
	for _, call := range f.deadlines {
		if f.isConn(flow.Operand(call, catalog.Recv), u.conn, map[ssa.Value]bool{}) {
			set[flow.CalleeObject(call).Name()] = true
		}
	}
	return set["SetDeadline"] || set["SetReadDeadline"] && set["SetWriteDeadline"]
}

// talker returns the function that waits to hear from the peer of the connection that u opens, if
// the connection has no deadline.
func (f *finder) talker(u *use) *types.Func {
	if u.api.Kind != catalog.Dial || u.conn == nil || f.hasDeadline(u) {
		return nil
	}
	for _, call := range f.talks {
		if f.isConn(flow.Operand(call, catalog.Arg0), u.conn, map[ssa.Value]bool{}) {
			return flow.CalleeObject(call)
		}
	}
	return nil
}

// isConn reports whether v can be the connection that dial returns, or TLS spoken over it.
func (f *finder) isConn(v ssa.Value, dial *ssa.Call, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false // c.conn = tls.Client(c.conn, …)
	}
	seen[v] = true
	if embedded, ok := v.(*ssa.FieldAddr); ok {
		v = embedded.X // net.TCPConn has its methods from an embedded field
	}
	for _, o := range f.g.Objects(v) {
		call, ok := o.Value.(*ssa.Call)
		if !ok || o.Kind != flow.Result {
			continue
		}
		if call == dial {
			return true
		}
		if catalog.Name(flow.CalleeObject(call)) == "crypto/tls.Client" && f.isConn(flow.Operand(call, catalog.Arg0), dial, seen) {
			return true
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

// streams reports whether u asks for a response that does not end: the function that makes
// the request, sends it or reads the response, or one of its callers, says so.
func (f *finder) streams(u *use) bool {
	if request := f.request(u); request != nil && f.isStream(request.Parent()) {
		return true
	}
	return f.isStream(u.fn) || u.conn != nil && slices.ContainsFunc(f.readers(u.conn), f.isStream)
}

// readers returns the functions of the package that the first result of a call is passed to.
func (f *finder) readers(call *ssa.Call) []*ssa.Function {
	var fns []*ssa.Function
	for _, ref := range *call.Referrers() {
		result, ok := ref.(*ssa.Extract)
		if !ok || result.Index != 0 {
			continue
		}
		for _, use := range *result.Referrers() {
			if call, ok := use.(ssa.CallInstruction); ok {
				if fn := f.g.Callee(call); fn != nil {
					fns = append(fns, fn)
				}
			}
		}
	}
	return fns
}

// isStream is [isStream], asked once of each function: a long one may make a thousand calls.
func (f *finder) isStream(fn *ssa.Function) bool {
	is, known := f.streaming[fn]
	if !known {
		is = isStream(fn)
		f.streaming[fn] = is
	}
	return is
}

// isStream reports whether fn names the media type of server-sent events, or a URL that asks to
// watch or follow, or reads piece by piece and sends what it reads to a channel.
func isStream(fn *ssa.Function) bool {
	reads, sends := false, false
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Send:
				sends = true
			case *ssa.Select:
				sends = sends || slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.SendOnly })
			case *ssa.Call:
				reads = reads || readsPieces[catalog.Name(flow.CalleeObject(instr))] && flow.InLoop(block)
			}
			if reads && sends {
				return true
			}
			var operands [8]*ssa.Value
			for _, operand := range instr.Operands(operands[:0]) {
				if s, ok := flow.ConstString(*operand); ok && namesStream(s) {
					return true
				}
			}
		}
	}
	return false
}

// readsPieces are what reads one message after the other.
var readsPieces = map[string]bool{
	"bufio.Scanner.Scan": true, "bufio.Reader.ReadBytes": true, "bufio.Reader.ReadString": true, "bufio.Reader.ReadLine": true,
	"encoding/json.Decoder.Decode": true,
}

func namesStream(s string) bool {
	return strings.HasPrefix(s, "text/event-stream") ||
		strings.Contains(s, "watch=true") || strings.Contains(s, "watch=1") || strings.Contains(s, "follow=true")
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.String
}
