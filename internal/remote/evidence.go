package remote

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Evidence is what a package shows that only its importers, or the whole module, can make
// use of. Names of functions are those of [types.Func.FullName].
type Evidence struct {
	Leaves map[Param]Leaf    // contexts that alone bound a remote call of the function itself
	Lives  map[Param]bool    // contexts that live on: no caller sets a deadline for them
	Links  map[Param][]Param // where the contexts that functions are given go
	Passes []*Pass           // calls that pass a context without a deadline

	Implements []Implementation
	Foreign    []*Foreign       // calls that hang by objects that other packages make
	Made       map[string]*Hang // by key: the objects that others may use, as causes
	Touched    map[string]bool  // keys of the objects of other packages that are set here
	Equipped   map[string]bool  // libraries whose calls are seen to work through something unbounded

	// LeftOut are fields of other packages' structs that it does not set in all that it makes.
	LeftOut map[string]bool

	// Chosen are the options that the package passes to constructors, a list for each call, whose
	// objects some of their options replace.
	Chosen map[string][][]string

	// Given is what the package passes for parameters by which functions decide where they
	// listen; those that it passes nothing for are not in it.
	Given map[Param]*Given
}

func newEvidence() *Evidence {
	return &Evidence{
		Leaves: map[Param]Leaf{}, Lives: map[Param]bool{}, Links: map[Param][]Param{},
		Made: map[string]*Hang{}, Touched: map[string]bool{}, Equipped: map[string]bool{}, Given: map[Param]*Given{},
		LeftOut: map[string]bool{}, Chosen: map[string][][]string{},
	}
}

// A Param is a parameter of a function; a method's receiver is parameter 0.
type Param struct {
	Func  string
	Index int
}

// A Leaf is a remote call at the end of a chain of calls.
type Leaf struct {
	API  string // as the catalogue names it
	In   string // the function that makes it: "store.Store.Load"
	Peer string // its host, where that is a constant

	// Default says that it is made with http.DefaultClient, which main may bound.
	Default bool

	Download bool // its response may be read for as long as it takes
	Unread   bool // its response's body is not read

	// Once says that it is all that the function uses the context for, and is made once each time: who bounds it
	// bounds nothing else.
	Once bool
}

// A Pass is a call that passes a context without a deadline.
type Pass struct {
	Call   ssa.CallInstruction
	Index  int // of the parameter it is passed for
	To     Param
	Callee *types.Func // nil for a function literal
	Made   *ssa.Call   // that made the context, if it is one call
}

// An Implementation says that a method of an interface can be a method of a type: a value of
// the type is put into the interface.
type Implementation struct{ Interface, Method string }

// A Foreign is a call that can hang because of an object that another package makes.
type Foreign struct {
	Key  string // of the object
	API  *catalog.Call
	At   token.Pos
	Peer string

	Reach    Reach // of a server that is given a listener
	Download bool
	Unread   bool
	In       *types.Func // that makes the call
	Spare    *Spare
}

func paramOf(p *ssa.Parameter) Param { return Param{funcName(p.Parent()), indexOf(p)} }

// funcName returns the name of a function, or of a literal by the function around it.
func funcName(fn *ssa.Function) string {
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.FullName()
	}
	return fn.String()
}

func (e *Evidence) leaf(p Param, leaf Leaf) {
	if first, ok := e.Leaves[p]; ok {
		leaf = first
		leaf.Once = false
	}
	e.Leaves[p] = leaf
}

func (e *Evidence) link(from, to Param) {
	if !slices.Contains(e.Links[from], to) {
		e.Links[from] = append(e.Links[from], to)
	}
}

// leafOf returns the remote call at the end of u.
func (f *finder) leafOf(u *use, v *verdict) Leaf {
	if u.inner != nil {
		leaf := u.inner.leaf
		leaf.Download = leaf.Download || f.downloads(u, false)
		leaf.Default = leaf.Default || slices.ContainsFunc(v.hangs, (*Hang).UsesDefaultClient)
		leaf.Once = leaf.Once && !flow.InLoop(u.instr.Block())
		if leaf.Peer == "" {
			leaf.Peer = f.peer(u)
		}
		return leaf
	}
	return Leaf{
		API: u.api.Name, In: shortName(u.fn), Peer: f.peer(u), Download: f.downloads(u, false), Unread: f.unread(u),
		Default: slices.ContainsFunc(v.hangs, (*Hang).UsesDefaultClient), Once: !flow.InLoop(u.instr.Block()),
	}
}

// UsesDefaultClient reports whether the call is made with http.DefaultClient.
func (h *Hang) UsesDefaultClient() bool {
	if h.Pass != nil {
		return h.Leaf.Default
	}
	return h.API != nil && h.API.Global != "" || h.Object != nil && h.Object.Kind == flow.Global &&
		catalog.VarName(h.Object.Global()) == "net/http.DefaultClient"
}

// shortName names a function as its callers write it: "store.Load", "Store.Load".
func shortName(fn *ssa.Function) string {
	obj := declared(fn)
	if obj == nil {
		return fn.Name()
	}
	if recv := obj.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
		}
		if named, ok := t.(*types.Named); ok {
			return named.Obj().Name() + "." + obj.Name()
		}
	}
	return obj.Pkg().Name() + "." + obj.Name()
}

// assigns notes which types of the module the interfaces of the module hold.
func (f *finder) assigns() {
	seen := map[Implementation]bool{}
	for instr := range f.g.Instructions() {
		made, ok := instr.(*ssa.MakeInterface)
		if !ok || IsDouble(made.X.Type()) {
			continue
		}
		named, ok := types.Unalias(made.Type()).(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			continue
		}
		iface := named.Underlying().(*types.Interface)
		for method := range iface.Methods() {
			if !takesContext(method) {
				continue
			}
			obj, _, _ := types.LookupFieldOrMethod(made.X.Type(), true, method.Pkg(), method.Name())
			if impl, ok := obj.(*types.Func); ok {
				pair := Implementation{method.FullName(), impl.Origin().FullName()}
				if !seen[pair] {
					seen[pair] = true
					f.evidence.Implements = append(f.evidence.Implements, pair)
				}
			}
		}
	}
}

func takesContext(fn *types.Func) bool {
	for param := range fn.Signature().Params().Variables() {
		if isContext(param.Type()) {
			return true
		}
	}
	return false
}

// share says whether other packages can set what h would have changed.
func (f *finder) share(h *Hang) {
	if h.Object == nil {
		return
	}
	key := f.key(*h.Object)
	if held, ok := f.evidence.Made[key]; ok {
		h.Key, h.Shared = key, held.Shared
	}
}

// Because returns the hang that a call of another package is because of h's object.
func (h *Hang) Because(use *Foreign) *Hang {
	hang := *h
	hang.API, hang.At, hang.Func, hang.Peer, hang.Key = use.API, use.At, nil, use.Peer, use.Key
	hang.Download, hang.Unread, hang.in = use.Download, use.Unread, use.In
	if use.Spare != nil {
		hang.Spare = use.Spare
	}
	if use.API.Listener != catalog.None {
		hang.Reach = use.Reach
	}
	return &hang
}

// In returns the declared function in which the call is made, or nil.
func (h *Hang) In() *types.Func {
	if h.Func == nil {
		return h.in
	}
	return declared(h.Func)
}

// declared returns the function that fn is, or is a literal in, or nil.
func declared(fn *ssa.Function) *types.Func {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	obj, _ := fn.Object().(*types.Func)
	return obj
}

// key names an object in evidence, for other packages: the place where it is made.
func (f *finder) key(source flow.Source) string {
	at := source.Value
	if source.Kind == flow.Global && source.At != nil && source.At.Pos().IsValid() {
		at = source.At
	}
	if at == nil || !at.Pos().IsValid() {
		return ""
	}
	return f.place(at.Pos())
}
