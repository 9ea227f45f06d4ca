package picture

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// refs returns where a client comes from: an HTTP client, a connection, a generated stub around one.
func (b *builder) refs(v ssa.Value) []Ref {
	seen := map[ssa.Value]bool{}
	refs := b.refsOf(v, seen)
	slices.SortFunc(refs, compareRefs)
	return slices.Compact(refs)
}

func (b *builder) refsOf(v ssa.Value, seen map[ssa.Value]bool) []Ref {
	if v == nil || seen[v] {
		return nil
	}
	seen[v] = true
	if f := b.emptyField(v); f != "" {
		return []Ref{{Var: f}}
	}
	var refs []Ref
	for _, source := range b.g.Trace(v, nil) {
		refs = append(refs, b.source(source, seen)...)
	}
	return refs
}

// emptyField returns the name of the field that v is the value of, if the package stores nothing there: whoever
// is given its address does.
func (b *builder) emptyField(v ssa.Value) string {
	for {
		switch x := v.(type) {
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		}
		break
	}
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return ""
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok || flow.FieldOf(addr) == nil || len(b.g.FieldStores(flow.FieldOf(addr))) > 0 || isStruct(load.Type()) {
		return ""
	}
	return b.varName(flow.FieldOf(addr))
}

func (b *builder) source(s flow.Source, seen map[ssa.Value]bool) []Ref {
	switch s.Kind {
	case flow.Nil:
		return nil
	case flow.Param:
		return []Ref{{Param: b.paramOf(s.Value.(*ssa.Parameter))}}
	case flow.Result:
		return b.resultOf(s, seen)
	case flow.New:
		if catalog.IsClient(s.Value.Type()) {
			return []Ref{{Client: b.madeAt(s, s.Value.Pos())}}
		}
		if conn := connection(s.Value.Type()); conn != nil {
			var refs []Ref
			for _, setting := range b.g.Settings(s.Origin, conn) {
				refs = append(refs, b.refsOf(setting.Value, seen)...)
			}
			return refs
		}
	case flow.Global:
		global := s.Value.(*ssa.Global)
		switch {
		case catalog.IsDefault(global.Object()):
			return []Ref{{Client: b.standard(s.At)}}
		case global.Pkg == b.g.SSA.Pkg && catalog.IsClient(global.Type()):
			return []Ref{{Client: b.madeAt(s, global.Pos())}} // var client http.Client
		case global.Object() != nil:
			return []Ref{{Var: b.varName(global.Object().(*types.Var))}}
		}
	case flow.Field, flow.Unknown:
		if s.Var == nil {
			return []Ref{{}}
		}
		if s.Var.Pkg() == b.pass.Pkg && catalog.IsClient(s.Var.Type()) && isStruct(s.Var.Type()) {
			return []Ref{{Client: b.madeAt(s, s.Var.Pos())}} // a field that holds the client itself
		}
		if name := b.varName(s.Var); name != "" {
			return []Ref{{Var: name}}
		}
	}
	return []Ref{{}}
}

// connection returns the field of a generated stub that is the connection which it works through, or nil.
func connection(t types.Type) *types.Var {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || s.NumFields() != 1 || !isConnection(s.Field(0).Type()) {
		return nil
	}
	return s.Field(0).Origin()
}

func isConnection(t types.Type) bool {
	switch catalog.TypeName(t) {
	case "google.golang.org/grpc.ClientConnInterface", "google.golang.org/grpc.ClientConn":
		return true
	}
	return false
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// resultOf returns where a client comes from that a function returns.
func (b *builder) resultOf(s flow.Source, seen map[ssa.Value]bool) []Ref {
	call := s.Value.(*ssa.Call)
	callee := flow.CalleeObject(call)
	if callee == nil {
		return []Ref{{}}
	}
	if shield := catalog.ShieldOf(callee); shield != nil {
		key := b.madeAt(s, call.Pos())
		b.clients[key].Protection |= shield.Gives
		return []Ref{{Client: key}}
	}
	if conn := stubOver(callee.Signature()); conn >= 0 {
		return b.refsOf(call.Call.Args[conn], seen)
	}
	peer := catalog.PeerOf(callee)
	maker := catalog.MakerOf(callee)
	switch {
	case catalog.DialsPeer(callee) != nil,
		peer != nil && peer.Kind == catalog.SaaSPeer && callee.Signature().Recv() == nil,
		maker != nil && maker.Base == catalog.None && catalog.IsClient(callee.Signature().Results().At(0).Type()):
		return []Ref{{Client: b.madeAt(s, call.Pos())}}
	case maker != nil && maker.Base != catalog.None:
		return b.refsOf(flow.Operand(call, maker.Base), seen)
	}
	if name := b.calleeOf(call); name != "" {
		return []Ref{{Result: Param{name, s.Index}}}
	}
	return []Ref{{}}
}

// stubOver returns the index of the parameter of a function that is the connection which the client that
// it returns works through, as generated code has it: NewCartClient(conn); -1 for other functions.
func stubOver(sig *types.Signature) int {
	if sig.Recv() != nil || sig.Params().Len() != 1 || sig.Results().Len() != 1 {
		return -1
	}
	if isConnection(sig.Params().At(0).Type()) {
		return 0
	}
	return -1
}

// standard returns the client that http.DefaultClient is, where it is mentioned.
func (b *builder) standard(at ssa.Value) string {
	pos := at.Pos()
	if instr, ok := at.(ssa.Instruction); ok && !pos.IsValid() {
		pos = nearest(instr)
	}
	return b.defaultAt(pos, parentOf(at))
}

func parentOf(v ssa.Value) *ssa.Function {
	if instr, ok := v.(ssa.Instruction); ok {
		return instr.Parent()
	}
	return nil
}

// nearest returns the position of the instruction, or of the first one after it that has one.
func nearest(instr ssa.Instruction) token.Pos {
	instrs := instr.Block().Instrs
	for _, next := range instrs[slices.Index(instrs, instr):] {
		if next.Pos().IsValid() {
			return next.Pos()
		}
	}
	return instr.Parent().Pos()
}

func (b *builder) defaultAt(pos token.Pos, fn *ssa.Function) string {
	key := b.place(pos)
	if b.clients[key] == nil {
		client := &Client{Key: key, Kind: catalog.HTTPPeer, Default: true, Unlimited: true, pos: pos, pkg: b.pass.Pkg}
		if fn != nil {
			client.In = flow.NameOf(fn)
		}
		b.clients[key] = client
	}
	return key
}

// madeAt describes the client that a source is, and returns its key.
func (b *builder) madeAt(s flow.Source, pos token.Pos) string {
	key := b.place(pos)
	if b.clients[key] != nil {
		return key
	}
	c := &Client{Key: key, Kind: catalog.HTTPPeer, pos: pos, pkg: b.pass.Pkg}
	b.clients[key] = c
	if instr, ok := s.Value.(ssa.Instruction); ok {
		c.In = flow.NameOf(instr.Parent())
		if given := flow.InsteadOf(instr); given != nil && carries(given.Type()) {
			c.Spare = b.paramOf(given)
		}
	}
	call, _ := s.Value.(*ssa.Call)
	if call != nil {
		callee := flow.CalleeObject(call)
		if peer := catalog.PeerOf(callee); peer != nil {
			c.Kind, c.Name = peer.Kind, peer.Name
		}
		if peer := catalog.DialsPeer(callee); peer != nil && peer.Kind == catalog.GRPCPeer {
			b.dials(c, call)
			return key
		}
	}
	c.Base = b.baseOf(s)
	if c.Kind == catalog.SaaSPeer {
		b.given(c, call)
		return key
	}
	b.transports(c, s)
	return key
}

// baseOf returns the addresses that are set on a client: client.SetBaseURL(url).
func (b *builder) baseOf(s flow.Source) []Root {
	var roots []Root
	for instr := range b.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		peer := catalog.PeerOf(callee)
		if peer == nil || !slices.Contains(peer.Setters, catalog.Name(callee)) || !b.g.Reach(flow.Operand(call, catalog.Recv))[s.Origin] {
			continue
		}
		roots = append(roots, b.roots(flow.Operand(call, catalog.Arg0))...)
	}
	return roots
}

// given looks at the HTTP client that an SDK's client is made with.
func (b *builder) given(c *Client, call *ssa.Call) {
	if call == nil {
		return
	}
	for _, arg := range call.Call.Args {
		b.givenClient(c, arg)
		slice, ok := arg.(*ssa.Slice)
		if !ok {
			continue
		}
		for i := int64(0); ; i++ { // options
			option := element(slice, i)
			if option == nil {
				break
			}
			if made, ok := option.(*ssa.Call); ok {
				for _, inner := range made.Call.Args {
					b.givenClient(c, inner)
				}
			}
		}
	}
}

// givenClient looks at what an SDK's client is made with, if it is an HTTP client.
func (b *builder) givenClient(c *Client, v ssa.Value) {
	if !catalog.IsClient(v.Type()) && !isDoer(v.Type()) && catalog.TypeName(v.Type()) != "net/http.RoundTripper" {
		return
	}
	for _, source := range b.g.Trace(v, nil) {
		switch source.Kind {
		case flow.Nil:
		case flow.New:
			b.transports(c, source)
		case flow.Result:
			if maker := catalog.MakerOf(flow.CalleeObject(source.Value.(*ssa.Call))); maker == nil {
				c.Opaque = true
			}
		default:
			if source.Kind != flow.Global || !catalog.IsDefault(source.Value.(*ssa.Global).Object()) {
				c.Opaque = true
			}
		}
	}
}

// dials looks at how a connection is made.
func (b *builder) dials(c *Client, call *ssa.Call) {
	target := flow.Operand(call, catalog.Arg0)
	if catalog.TypeName(target.Type()) == "context.Context" {
		target = flow.Operand(call, catalog.Arg1)
	}
	c.Base = b.roots(target)
	if args := call.Call.Args; !b.local(args[len(args)-1], 0) {
		c.Opaque = true // options that are not seen
	}
	outer := call.Parent()
	for outer.Parent() != nil {
		outer = outer.Parent()
	}
	for instr := range flow.InstructionsIn(outer) {
		option, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if name := flow.CalleeName(option); !strings.HasSuffix(name, "Interceptor") || !strings.HasPrefix(name, "With") {
			continue
		}
		b.intercepted(c, option)
	}
}

// local reports whether all elements of a slice of options are made in the function.
func (b *builder) local(v ssa.Value, depth int) bool {
	if depth > 8 {
		return true // around a loop
	}
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.Slice:
		_, ok := v.X.(*ssa.Alloc)
		return ok
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(edge ssa.Value) bool { return !b.local(edge, depth+1) })
	case *ssa.Call:
		if builtin, ok := v.Call.Value.(*ssa.Builtin); ok && builtin.Name() == "append" {
			return b.local(v.Call.Args[0], depth+1) && b.local(v.Call.Args[1], depth+1)
		}
		if fn := b.g.Callee(v); fn != nil {
			for _, block := range fn.Blocks {
				if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && !b.local(ret.Results[0], depth+1) {
					return false
				}
			}
			return true
		}
	case *ssa.UnOp:
		stores := b.g.CellStores(v.X)
		return len(stores) > 0 && !slices.ContainsFunc(stores, func(s *ssa.Store) bool { return !b.local(s.Val, depth+1) })
	}
	return false
}
