package remote

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A verdict is what is known of a use whose context carries no deadline: what has to change
// for it to be bounded.
type verdict struct {
	f *finder
	u *use

	hangs   []*Hang
	foreign []*Foreign       // made in other packages
	param   *ssa.Parameter   // the client is the callers'
	stored  []*ssa.Parameter // so is the one that a constructor was given
	fields  []*types.Var     // the users of the package set one of its structs'
	clean   bool             // some of what it may be made with bounds it, or is unknown
}

// unbounded reports whether, whatever the use is made with, nothing bounds it.
func (v *verdict) unbounded() bool {
	return !v.clean && len(v.hangs)+len(v.foreign) > 0 &&
		!slices.ContainsFunc(v.hangs, func(h *Hang) bool { return h.Bound != Nothing })
}

// judge finds the objects that reach the use without a bound of their own.
func (v *verdict) judge() {
	u := v.u
	if u.object == nil && u.inner != nil {
		v.hangs, v.foreign = u.inner.hangs, u.inner.foreign
		return
	}
	if u.object == nil {
		if spare, ok := v.f.fallback(u.instr); ok {
			v.judgeSpare(spare, v.judgeCall)
		} else {
			v.judgeCall()
		}
		return
	}
	for _, source := range v.f.g.Trace(u.object, nil) {
		switch spare, ok := v.f.spare(source, u.fn); {
		case v.f.g.IsPlaceholder(source) && source.At.Parent() != u.fn:
			// What takes its place is judged.
		case ok:
			v.judgeSpare(spare, func() { v.judgeObject(source, 0) })
		case source.Kind != flow.Param:
			v.judgeObject(source, 0)
		case source.Value.Parent() == u.fn && (v.param == nil || v.param == source.Value):
			v.param = source.Value.(*ssa.Parameter)
		default:
			v.judgeStored(source)
		}
	}
}

// judgeCall judges a call that no client, dialer or server is given to.
func (v *verdict) judgeCall() {
	u := v.u
	switch {
	case u.timeout != nil:
		if n, ok := flow.ConstInt(u.timeout); ok && n == 0 {
			v.add(Nothing, nil, nil, &flow.Setting{Value: u.timeout})
		}
		return
	case u.options != nil:
		for _, source := range v.f.g.Trace(u.options, nil) {
			if source.Kind == flow.Nil {
				continue
			}
			t := v.f.typeOf(source.Origin)
			if t == nil {
				return
			}
			if bound, _ := v.f.bound(source.Origin, t, nil); bound != Nothing {
				return
			}
		}
	case u.api.Global != "":
		v.judgeGlobal()
		return
	}
	v.add(Nothing, nil, nil, nil)
}

// judgeGlobal judges a call that is made with a package-level client: http.Get.
func (v *verdict) judgeGlobal() {
	global := v.f.global(v.u.api.Global)
	if global == nil {
		v.add(Nothing, nil, nil, nil) // the package does not import it, and so does not set it
		return
	}
	for _, source := range v.f.g.TraceGlobal(global) {
		if source.Value != global {
			v.judgeObject(source, 0) // http.DefaultClient = …
			continue
		}
		bound, zero := v.f.bound(source.Origin, catalog.TypeOf(global.Object().Type()), nil)
		if v.enough(bound) {
			v.clean = true
		} else {
			v.add(bound, nil, nil, zero)
		}
	}
}

// judgeStored judges what callers pass for a parameter that reaches the use through a field
// or variable (func New(hc *http.Client) *API { return &API{hc} }).
func (v *verdict) judgeStored(param flow.Source) {
	v.clean = true // callers that are not seen decide
	if param.Value.Parent() == v.u.fn {
		return
	}
	v.stored = append(v.stored, param.Value.(*ssa.Parameter))
	seen := map[ssa.Value]bool{}
	work := []ssa.Value{param.Value}
	for len(work) > 0 {
		p := work[0].(*ssa.Parameter)
		work = work[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		for _, arg := range v.f.g.Arguments(p) {
			for _, source := range v.f.g.Trace(arg, nil) {
				if source.Kind == flow.Param {
					work = append(work, source.Value)
				} else {
					v.judgeObject(source, 0)
				}
			}
		}
	}
}

func (v *verdict) judgeObject(source flow.Source, depth int) {
	f := v.f
	if depth > 4 {
		v.clean = true
		return
	}
	if source.Kind == flow.Nil {
		return
	}
	if source.Kind == flow.Field && source.Var.Exported() && source.Var.Pkg() == f.g.SSA.Pkg.Pkg && !f.g.Made(source.Origin) && !f.builtHere(source.At) {
		v.fields = append(v.fields, source.Var)
		v.clean = true // for the users of the package to set
		return
	}
	if source.Kind == flow.Unknown && source.Var != nil {
		v.fields = append(v.fields, source.Var)
	}
	t := f.typeOf(source.Origin)
	inner := f.madeFrom(source)
	if t != nil {
		bound, zero := f.bound(source.Origin, t, nil)
		if v.enough(bound) {
			v.clean = true
			return
		}
		if len(inner) == 0 || zero != nil {
			v.addObject(source, bound, t, zero)
			return
		}
	}
	if len(inner) == 0 {
		v.clean = true
	}
	// What has to change is what the object was made from: the client that a request
	// belongs to, the original of a copy.
	for _, inner := range inner {
		v.judgeObject(inner, depth+1)
	}
}

// enough reports whether nothing more than bound has to be bounded of the use, or may be.
func (v *verdict) enough(bound Bound) bool {
	switch bound {
	case Nothing:
		return false
	case Headers: // to a server that speaks TLS, as far as can be seen
		return v.f.unread(v.u) && !strings.HasPrefix(prefix(v.f.url(v.u)), "https://")
	case Opened:
		return v.f.unread(v.u)
	}
	return true
}

func (v *verdict) addObject(source flow.Source, bound Bound, t *catalog.Type, zero *flow.Setting) {
	product := v.f.product(source.Origin)
	if product == nil {
		reach := v.u.reach
		if v.u.api.Listener == catalog.None && t.Address != "" {
			reach = v.f.addressed(source.Origin, t)
		}
		if reach.isNear() {
			v.clean = true
			return
		}
		v.add(bound, &source, t, zero)
		v.hangs[len(v.hangs)-1].Reach = reach
		return
	}
	for _, key := range product.Keys {
		v.foreign = append(v.foreign, &Foreign{Key: key, API: v.u.api, At: v.u.pos, Peer: v.f.peer(v.u), Reach: v.u.reach, Download: v.f.downloads(v.u, true), Unread: v.f.unread(v.u), In: declared(v.u.fn)})
	}
}

func (v *verdict) add(bound Bound, object *flow.Source, t *catalog.Type, zero *flow.Setting) {
	u := v.u
	v.hangs = append(v.hangs, &Hang{
		API: u.api, At: u.pos, Func: u.fn, Bound: bound,
		Object: object, Type: t, Zero: zero,
		Request: v.f.request(u),
		Peer:    v.f.peer(u),
		Reach:   u.reach,

		Download: v.f.downloads(u, true),
		Unread:   v.f.unread(u),
		Talker:   v.f.talker(u),
	})
}

// builtHere reports whether the struct whose field addr addresses is built in this package.
func (f *finder) builtHere(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && slices.ContainsFunc(f.g.Objects(field.X), func(o flow.Origin) bool {
		global, isGlobal := o.Value.(*ssa.Global)
		return o.Kind == flow.New || isGlobal && global.Pkg == f.g.SSA.Pkg
	})
}

// madeFrom returns the clients that an object works through or is a copy of.
func (f *finder) madeFrom(source flow.Source) []flow.Source {
	var from []flow.Source
	if base := f.base(source.Origin); base != nil && source.At != base {
		from = f.g.Trace(base, source.Frame)
	}
	for _, copied := range f.g.Copies(source.Origin) {
		from = append(from, f.g.Trace(copied, nil)...)
	}
	return from
}
