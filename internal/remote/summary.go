package remote

import (
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Summary is the fact that says of a function what the catalogue says of a library's: the
// remote calls it makes that its arguments alone bound, and what its results are. A function
// without one is unknown.
type Summary struct {
	Exposes []Exposure
	Lives   []int // parameters whose context lives on

	// Addresses are the parameters by which it decides who can connect to a server that waits
	// for slow clients. Listens says the same of the listeners among its results.
	Addresses []int
	Listens   []Listening

	Choosy bool // the object that it makes is for calls without an option that replaces it

	Results []Product // by result; nil if nothing is known of any
}

// AFact makes Summary a fact.
func (*Summary) AFact() {}

// String says the fact in words, as docs/evidence.md shows it.
func (s *Summary) String() string {
	var words []string
	for _, e := range s.Exposes {
		words = append(words, fmt.Sprintf("%s in %s is bounded by %s alone", e.API, e.Leaf.In, e.Params))
	}
	for _, i := range s.Lives {
		words = append(words, fmt.Sprintf("context %d lives on", i))
	}
	for _, i := range s.Addresses {
		words = append(words, fmt.Sprintf("who can connect to its server is decided by parameter %d", i))
	}
	for _, l := range s.Listens {
		if len(l.Params) == 0 {
			words = append(words, fmt.Sprintf("result %d accepts from the machine alone", l.Result))
		}
		for _, i := range l.Params {
			words = append(words, fmt.Sprintf("result %d accepts where parameter %d says", l.Result, i))
		}
	}
	if s.Choosy {
		words = append(words, "what it makes is replaced by an option")
	}
	for i, product := range s.Results {
		if product.known() {
			words = append(words, fmt.Sprintf("result %d %s", i, product))
		}
	}
	return strings.Join(words, "; ")
}

// String names the parameters that decide.
func (p Params) String() string {
	var words []string
	for _, param := range []struct {
		name  string
		index int
	}{{"context", p.Context}, {"request", p.Request}, {"object", p.Object}, {"network", p.Network}} {
		if param.index != noParam {
			words = append(words, fmt.Sprintf("%s %d", param.name, param.index))
		}
	}
	return strings.Join(words, " and ")
}

// An Exposure is a remote call that a function makes bounded by what it is given: for the
// call to hang, each of the parameters must lack a bound.
type Exposure struct {
	Leaf Leaf
	API  string
	Params
	Keys []string // of the function's own objects that have no bound
}

func onlyContext(i int) Params { return Params{i, noParam, noParam, noParam, noParam, noParam} }

func (e *Exposure) onlyContext() bool {
	return e.Context != noParam && e.Params == onlyContext(e.Context)
}

// A Product is what a function returns or a variable holds: a context or request with an
// effect on the deadline, or an object that bounds nothing, or does so as far as another.
type Product struct {
	Effect catalog.Effect
	Type   string // of an object
	Bound  Bound
	Keys   []string // where it is made
	Param  int      // the parameter that it takes its deadline or its bounds from
}

func (p Product) String() string {
	switch p.Effect {
	case catalog.Sets:
		return "has a deadline"
	case catalog.Drops:
		return "has no deadline"
	case catalog.Keeps:
		return fmt.Sprintf("has the deadline of parameter %d", p.Param)
	}
	return fmt.Sprintf("is a %s without a bound", p.Type)
}

// Held is the fact that says what a package-level variable or a field of a struct holds.
type Held struct{ Product }

// AFact makes Held a fact.
func (*Held) AFact() {}

func (h *Held) String() string { return h.Product.String() }

// Left is the fact that calls made with what an exported field of a struct holds are bounded by
// nothing else: who sets the field decides.
type Left struct{ Leaf }

// AFact makes Left a fact.
func (*Left) AFact() {}

func (l *Left) String() string { return fmt.Sprintf("%s in %s is bounded by it alone", l.API, l.In) }

// leaveTo exports that a field decides. The first call that says so is the one that is told.
func (f *finder) leaveTo(field *types.Var, leaf Leaf) {
	if !f.pass.ImportObjectFact(field, new(Left)) {
		f.pass.ExportObjectFact(field, &Left{leaf})
	}
}

// settings judges what the package gives to fields of other packages' structs that decide.
func (f *finder) settings() {
	for instr := range f.g.Instructions() {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		addr, ok := store.Addr.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		field, fact := flow.FieldOf(addr), new(Left)
		if field == nil || field.Pkg() == f.g.SSA.Pkg.Pkg || !f.pass.ImportObjectFact(field, fact) {
			continue
		}
		api := catalog.CallNamed(fact.API)
		if api == nil {
			continue
		}
		v := &verdict{f: f, u: &use{api: api, pos: store.Pos(), fn: store.Parent(), instr: store, download: fact.Download}}
		for _, source := range f.g.Trace(store.Val, nil) {
			if source.Kind != flow.Param {
				v.judgeObject(source, 0)
			}
		}
		f.hangs = append(f.hangs, v.hangs...)
		f.evidence.Foreign = append(f.evidence.Foreign, v.foreign...)
	}
}

// summary returns the fact of a function of another package, or nil.
func (f *finder) summary(fn *types.Func) *Summary {
	if fn.Pkg() == nil || fn.Pkg() == f.g.SSA.Pkg.Pkg || catalog.Lists(fn) {
		return nil // the catalogue knows better
	}
	fact := new(Summary)
	if !f.pass.ImportObjectFact(fn, fact) {
		return nil
	}
	return fact
}

// result returns what is known of a result of a function of another package, or nil.
func (f *finder) result(fn *types.Func, i int) *Product {
	if s := f.summary(fn); s != nil && i < len(s.Results) && s.Results[i].known() {
		return &s.Results[i]
	}
	return nil
}

func (p *Product) known() bool { return p.Effect != 0 || p.Type != "" }

// product returns what is known of an object that another package makes, or nil.
func (f *finder) product(o flow.Origin) *Product {
	var product *Product
	switch o.Kind {
	case flow.Result:
		if fn := flow.CalleeObject(o.Value.(*ssa.Call)); fn != nil {
			product = f.result(fn, o.Index)
		}
	case flow.Global:
		product = f.held(o.Value.(*ssa.Global).Object())
	case flow.Field:
		product = f.held(o.Var)
	}
	if product == nil || product.Type == "" {
		return nil
	}
	return product
}

func (f *finder) held(v types.Object) *Product {
	if v == nil || v.Pkg() == nil || v.Pkg() == f.g.SSA.Pkg.Pkg {
		return nil
	}
	fact := new(Held)
	if !f.pass.ImportObjectFact(v, fact) {
		return nil
	}
	return &fact.Product
}

// callees returns the functions of other packages that contexts are passed to.
func (f *finder) callees() []*types.Func {
	seen := map[*types.Func]bool{}
	var fns []*types.Func
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		if fn := flow.CalleeObject(call); fn != nil && !seen[fn] && fn.Pkg() != f.g.SSA.Pkg.Pkg && takesContext(fn) {
			seen[fn] = true
			fns = append(fns, fn)
		}
	}
	return fns
}

// export exports the summaries of the package's functions.
func (f *finder) export(net *Net) {
	summaries := map[*ssa.Function]*Summary{}
	for _, fn := range f.g.SSA.Funcs {
		if obj := fn.Object(); obj != nil && obj.Exported() {
			// What they are decides about the parameters of other functions.
			summaries[fn] = &Summary{Results: f.products(fn), Listens: f.listens(fn)}
		}
	}
	for _, fn := range f.g.SSA.Funcs {
		summary := summaries[fn]
		obj, ok := fn.Object().(*types.Func)
		if !ok || summary == nil {
			continue
		}
		for i, param := range fn.Params {
			p := Param{obj.FullName(), i}
			if f.decides[p] {
				summary.Addresses = append(summary.Addresses, i)
			}
			if !isContext(param.Type()) {
				continue
			}
			if net.lives[p] {
				summary.Lives = append(summary.Lives, i)
			} else if leaf, ok := net.leaves[p]; ok {
				summary.Exposes = append(summary.Exposes, Exposure{Leaf: leaf, API: leaf.API, Params: onlyContext(i)})
			}
		}
		for _, e := range f.exposed[fn] {
			if exposure, ok := f.exported(e); ok {
				summary.Exposes = append(summary.Exposes, exposure)
			}
		}
		summary.Choosy = f.choosy[fn]
		if summary.Choosy || len(summary.Exposes)+len(summary.Lives)+len(summary.Addresses)+len(summary.Listens)+len(summary.Results) > 0 {
			f.pass.ExportObjectFact(obj, summary)
		}
	}
}

// exported returns an exposure as a fact.
func (f *finder) exported(e *exposure) (Exposure, bool) {
	fact := Exposure{Leaf: e.leaf, API: e.api.Name, Params: e.Params}
	for _, h := range e.hangs {
		if h.Object == nil {
			continue // the library's own: http.Get
		}
		key := f.key(*h.Object)
		if key == "" {
			return fact, false
		}
		f.evidence.Made[key] = h
		fact.Keys = append(fact.Keys, key)
	}
	for _, foreign := range e.foreign {
		fact.Keys = append(fact.Keys, foreign.Key)
	}
	slices.Sort(fact.Keys)
	fact.Keys = slices.Compact(fact.Keys)
	return fact, true
}

// place names a position for other packages, whatever machine they are analyzed on.
func (f *finder) place(pos token.Pos) string {
	at := f.pass.Fset.PositionFor(pos, false)
	return fmt.Sprintf("%s/%s:%d", f.g.SSA.Pkg.Pkg.Path(), filepath.Base(at.Filename), at.Offset)
}
