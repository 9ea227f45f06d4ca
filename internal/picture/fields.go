package picture

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// path follows a field by what it is a field of: the receiver of a method, a package-level variable and
// what is called a configuration have addresses that are fixed, anything else is data.
func (r *rooting) path(v ssa.Value, fr *frame) {
	name, base, owner := fieldAt(v)
	if r.b.setByRequest(fieldOf(v)) {
		r.add(Data, "")
		return
	}
	for {
		if isDatum(owner, name) {
			r.add(Data, "")
			return
		}
		if isConfig(owner) {
			r.configured(lastName(owner)+"."+name, base, fr)
			return
		}
		if isURL(owner) { // u.Host, req.URL.Host
			r.value(base, fr)
			return
		}
		next, inner, outer := fieldAt(loaded(base))
		if inner == nil {
			break
		}
		owner, base = outer, inner
		_ = next
	}
	r.base(name, loaded(base), owner, fr)
}

// configured adds what a configuration says. It may be one that a function is passed.
func (r *rooting) configured(label string, config ssa.Value, fr *frame) {
	root := Root{Kind: Fixed, Label: label}
	if param, ok := loaded(config).(*ssa.Parameter); ok && fr == nil && !isReceiver(param) {
		root.Param = r.b.paramOf(param)
	}
	r.roots = append(r.roots, root)
}

// fieldOf returns the field that v is the address or the value of, or nil.
func fieldOf(v ssa.Value) *types.Var {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return flow.FieldOf(v)
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return s.Field(v.Field)
		}
	}
	return nil
}

// setByRequest reports whether a function of the package that serves requests stores something in a field that the
// program does not decide about: whoever sends the request does.
func (b *builder) setByRequest(f *types.Var) bool {
	if f == nil {
		return false
	}
	set, known := b.set[f.Origin()]
	if known {
		return set
	}
	b.set[f.Origin()] = false // what is made of the field itself decides nothing
	for _, store := range b.g.FieldStores(f) {
		fn := store.Parent()
		if !servesHTTP(flow.Outermost(fn).Signature) && !servesHTTP(fn.Signature) && !b.servesRPC(flow.Outermost(fn)) {
			continue
		}
		if _, literal := store.Val.(*ssa.Const); literal {
			continue
		}
		roots := b.roots(store.Val)
		set = set || slices.ContainsFunc(roots, func(r Root) bool { return r.Kind == Data || r.Kind == Unknown })
	}
	b.set[f.Origin()] = set
	return set
}

func isURL(t types.Type) bool {
	switch catalog.TypeName(t) {
	case "net/url.URL", "net/http.Request":
		return true
	}
	return false
}

// loaded returns what a pointer was loaded from, or the value itself.
func loaded(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return v
}

// fieldAt returns the name of the field that v is the address or the value of, and what it is a field of.
func fieldAt(v ssa.Value) (name string, base ssa.Value, owner types.Type) {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		if f := flow.FieldOf(v); f != nil {
			return f.Name(), v.X, v.X.Type()
		}
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return s.Field(v.Field).Name(), v.X, v.X.Type()
		}
	}
	return "", nil, nil
}

// base decides about a field by the value that it is, in the end, a field of.
func (r *rooting) base(name string, base ssa.Value, owner types.Type, fr *frame) {
	switch base := base.(type) {
	case *ssa.Global:
		r.add(Fixed, base.Name()+"."+name)
	case *ssa.Parameter:
		if isReceiver(base) {
			if !agents.MatchString(lastName(owner)) && r.isSubject(base, fr) {
				r.add(Data, "")
				return
			}
			r.add(Fixed, lastName(owner)+"."+name)
			return
		}
		if fr != nil && fr.fn == base.Parent() {
			if arg := flow.Argument(fr.call, slices.Index(base.Parent().Params, base)); arg != nil {
				r.base(name, loaded(arg), owner, fr.up)
				return
			}
		}
		r.add(Data, "")
	case *ssa.FreeVar:
		for _, bound := range r.b.bindings(base) {
			r.base(name, loaded(bound), owner, fr)
		}
	case *ssa.Alloc:
		stores := r.b.g.CellStores(base)
		for _, store := range stores {
			r.base(name, loaded(store.Val), owner, fr)
		}
		if len(stores) == 0 {
			r.filled(name, base, owner, fr)
		}
	default:
		r.add(Data, "")
	}
}

func isReceiver(p *ssa.Parameter) bool {
	return p.Parent().Signature.Recv() != nil && p.Parent().Params[0] == p
}

// isSubject reports whether what a method is called of is what a caller was told to work on: repo.URL(), where repo is
// a parameter.
func (r *rooting) isSubject(p *ssa.Parameter, fr *frame) bool {
	for ; fr != nil && fr.fn == p.Parent(); fr = fr.up {
		arg := flow.Argument(fr.call, slices.Index(p.Parent().Params, p))
		v := loaded(arg)
		if cell, ok := v.(*ssa.Alloc); ok {
			if stores := r.b.g.CellStores(cell); len(stores) == 1 {
				v = loaded(stores[0].Val)
			}
		}
		next, ok := v.(*ssa.Parameter)
		if !ok {
			return false
		}
		if !isReceiver(next) {
			return true
		}
		p = next
	}
	return false
}

// filled follows a field of a struct that is made here: what is stored in it, or what fills it in by its
// address.
func (r *rooting) filled(name string, alloc *ssa.Alloc, owner types.Type, fr *frame) {
	found := false
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || flow.FieldOf(addr) == nil || flow.FieldOf(addr).Name() != name {
			continue
		}
		for _, use := range *addr.Referrers() {
			switch use := use.(type) {
			case *ssa.Store:
				found = true
				r.value(use.Val, fr)
			case ssa.CallInstruction: // mustMapEnv(&s.addr, "ADDR")
				found = true
				r.add(Fixed, lastName(owner)+"."+name)
			}
		}
	}
	if !found {
		r.add(Unknown, "")
	}
}

func lastName(t types.Type) string {
	name := catalog.TypeName(t)
	return name[strings.LastIndexByte(name, '.')+1:]
}

var (
	configs = regexp.MustCompile(`(?i)conf(ig(uration)?)?$|settings?$|opt(ion)?s?$|^env(ironment)?$|^flags$|^(params|parameters|args)$|config`)
	// data are names of fields that hold what users of a program tell it to call, and owners those of structs.
	data   = regexp.MustCompile(`(?i)web_?hook|call_?back|^hook|subscri|feed|target|monitor|probe|notif|alert|recipient|scrape|crawl|site|favicon|avatar|icon|image|download|import|mirror|upstream|backend|proxy|redirect`)
	owners = regexp.MustCompile(`(?i)web_?hook|call_?back|hook$|subscri|feed|target|monitor|probe|scrap|crawl|favicon|proxy`)
	agents = regexp.MustCompile(`(Client|Service|Adapter|Gateway|API|Api|Server|App|Handler|Controller|Repository|Manager)$`)
)

// isConfig reports whether a type is called a configuration of the program.
func isConfig(t types.Type) bool {
	if t == nil {
		return false
	}
	return configs.MatchString(lastName(t))
}

// isDatum reports whether a field, or its struct, is by its name something that users tell the program.
func isDatum(owner types.Type, field string) bool {
	if data.MatchString(field) {
		return true
	}
	name := ""
	if owner != nil {
		name = lastName(owner)
	}
	return owners.MatchString(name) && !agents.MatchString(name)
}
