package picture

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// use notes a call of another service.
func (b *builder) use(call *remote.Call) {
	peer := catalog.PeerNamed(call.API.Name)
	if peer == nil || call.API.Kind == catalog.Serve || call.API.Kind == catalog.Dial {
		return
	}
	fn := call.Instr.Parent()
	u := &Use{
		In: flow.NameOf(fn), Title: remote.ShortName(flow.Outermost(fn)), API: call.API.Name, Kind: peer.Kind, pos: call.Instr.Pos(),
	}
	if taker := b.takers[fn]; taker != nil {
		u.Early = !taker.Follows(call.Instr)
	}
	u.Brief = b.isBrief(call.Instr) && goesOn(call.Instr)
	switch peer.Kind {
	case catalog.HTTPPeer:
		u.File = namesFile(address(call))
		u.To = b.roots(address(call))
		if delivers(fn) {
			u.To = append(u.To, Root{Kind: Data})
		}
		if call.Object != nil {
			u.By = b.refs(call.Object)
		} else {
			u.By = []Ref{{Client: b.defaultAt(call.Instr.Pos(), fn)}}
		}
	case catalog.GRPCPeer:
		if stub := flow.Operand(call.Instr, catalog.Recv); stub != nil {
			u.By = b.refs(stub)
		}
	case catalog.SaaSPeer:
		u.By = b.kit(call, peer)
	}
	b.result.Uses = append(b.result.Uses, u)
}

// deliveries are names of functions, their types and packages, that call whomever users tell them to.
var deliveries = regexp.MustCompile(`(?i)web_?hook|hooks?(http)?(\.|$)|callback|scrap|crawl|proxy|prob(e|ing)|monitor|fetchurl|url_?fetch|download|pinger|health_?check`)

// delivers reports whether a function, by its name or where it is declared, calls whomever it is told to.
func delivers(fn *ssa.Function) bool {
	fn = flow.Outermost(fn)
	path := fn.Pkg.Pkg.Path()
	return deliveries.MatchString(path[strings.LastIndexByte(path, '/')+1:] + "." + remote.ShortName(fn))
}

// address returns what says where a call goes: a URL, or a request.
func address(call *remote.Call) ssa.Value {
	if v := flow.Operand(call.Instr, call.API.Peer); v != nil {
		return v
	}
	if call.Request != nil && call.Request != call.Object {
		return call.Request
	}
	return nil
}

// kit returns the client of an SDK that a call is made by: what the service is a field of, that the call is
// a method of.
func (b *builder) kit(call *remote.Call, peer *catalog.Peer) []Ref {
	v := flow.Operand(call.Instr, catalog.Recv)
	if v == nil {
		return []Ref{{Client: b.packaged(call, peer)}}
	}
	for range 6 {
		load, ok := v.(*ssa.UnOp)
		if !ok {
			break
		}
		addr, ok := load.X.(*ssa.FieldAddr)
		if !ok || !b.isOf(addr.X.Type(), peer) {
			break
		}
		v = addr.X
	}
	return b.refs(v)
}

// packaged returns what stands for the client of an SDK whose functions need none, once a package.
func (b *builder) packaged(call *remote.Call, peer *catalog.Peer) string {
	for _, c := range b.clients {
		if c.Default && c.Name == peer.Name {
			return c.Key
		}
	}
	key := b.defaultAt(call.Instr.Pos(), call.Instr.Parent())
	b.clients[key].Kind, b.clients[key].Name, b.clients[key].Unlimited = peer.Kind, peer.Name, false
	return key
}

// isOf reports whether a type, or what it points to, is one of a library.
func (b *builder) isOf(t types.Type, peer *catalog.Peer) bool {
	name := catalog.TypeName(t)
	return strings.HasPrefix(name, peer.Path+".") || strings.HasPrefix(name, peer.Path+"/")
}

// flow notes where clients go: into variables, through parameters, out of functions.
func (b *builder) flow() {
	for _, fn := range b.g.SSA.Funcs {
		b.returns(fn)
	}
	for instr := range b.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.Store:
			b.stores(instr)
		case ssa.CallInstruction:
			b.passes(instr)
		}
	}
}

// carries reports whether a value of that type may be a client, or a stub around one.
func carries(t types.Type) bool {
	if catalog.IsClient(t) || isDoer(t) || isStub(t) {
		return true
	}
	peer := catalog.PeerNamed(orDot(catalog.TypeName(t)))
	return peer != nil && peer.Kind == catalog.SaaSPeer
}

func orDot(name string) string {
	if !strings.Contains(name, ".") {
		return ""
	}
	return name
}

// isDoer reports whether a type is an interface that an HTTP client has.
func isDoer(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok || iface.NumMethods() == 0 {
		return false
	}
	for method := range iface.Methods() {
		if api := catalog.CallLike(method); api != nil {
			return true
		}
	}
	return false
}

// isStub reports whether a type is that of a generated client, or of the connection that it works through.
func isStub(t types.Type) bool {
	return catalog.TypeName(t) == "google.golang.org/grpc.ClientConnInterface"
}

func (b *builder) returns(fn *ssa.Function) {
	results := fn.Signature.Results()
	for i := range results.Len() {
		if !carries(results.At(i).Type()) {
			continue
		}
		to := Ref{Result: Param{flow.NameOf(fn), i}}
		for _, block := range fn.Blocks {
			if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
				b.flows[to] = append(b.flows[to], b.refs(ret.Results[i])...)
			}
		}
	}
}

func (b *builder) stores(store *ssa.Store) {
	if !carries(store.Val.Type()) {
		return
	}
	switch addr := store.Addr.(type) {
	case *ssa.FieldAddr:
		if name := b.varName(flow.FieldOf(addr)); name != "" {
			b.flows[Ref{Var: name}] = append(b.flows[Ref{Var: name}], b.refs(store.Val)...)
		}
	case *ssa.Global:
		if v, ok := addr.Object().(*types.Var); ok {
			b.flows[Ref{Var: b.varName(v)}] = append(b.flows[Ref{Var: b.varName(v)}], b.refs(store.Val)...)
		}
	}
}

// passes notes the clients that a call is given. One that is given the address of a variable may store one
// there: connect(&s.billing, addr).
func (b *builder) passes(call ssa.CallInstruction) {
	callee := b.calleeOf(call)
	fn := b.g.Callee(call)
	for i := 0; ; i++ {
		arg := flow.Argument(call, i)
		if arg == nil {
			return
		}
		if callee != "" && carries(arg.Type()) {
			to := Ref{Param: Param{callee, i}}
			b.flows[to] = append(b.flows[to], b.refs(arg)...)
			if slices.ContainsFunc(b.g.Trace(arg, nil), func(s flow.Source) bool { return s.Kind == flow.Nil }) {
				b.result.Nils = append(b.result.Nils, to.Param)
			}
		}
		addr, ok := arg.(*ssa.FieldAddr)
		if !ok || fn == nil || i >= len(fn.Params) {
			continue
		}
		if ptr, ok := addr.Type().(*types.Pointer); !ok || !carries(ptr.Elem()) {
			continue
		}
		name := b.varName(flow.FieldOf(addr))
		for _, ref := range *fn.Params[i].Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == fn.Params[i] && name != "" {
				b.flows[Ref{Var: name}] = append(b.flows[Ref{Var: name}], b.refs(store.Val)...)
			}
		}
	}
}

// tell notes what is passed for the parameters that addresses begin with: of functions of the package, and
// of those that it imports.
func (b *builder) tell() {
	done := map[ssa.CallInstruction]bool{}
	for changed := true; changed; {
		changed = false
		for instr := range b.g.Instructions() {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || done[call] {
				continue
			}
			callee := b.calleeOf(call)
			if callee == "" {
				continue
			}
			for i := 0; ; i++ {
				arg := flow.Argument(call, i)
				if arg == nil {
					break
				}
				if p := (Param{callee, i}); b.asked[p] || b.abroad[p] {
					done[call], changed = true, true
					b.result.Told = append(b.result.Told, Told{p, b.roots(arg)})
				}
			}
		}
	}
}
