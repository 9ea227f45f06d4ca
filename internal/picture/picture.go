// Package picture draws what serves requests and what that depends on: entry points, the functions they
// come to, the clients by which these call other services, and what stands in between.
//
// A package contributes a [Sketch] of itself, as a fact. [Join] makes a [Picture] of sketches, those of a
// package and of the ones that it imports, or of a whole module, over the graph of calls that package
// effect has: its nodes are functions by their names there. A picture has a [Dependency] for each client by
// which an entry point calls another service, however many calls there are, and for each an [Edge] from each
// entry point, with the protections on the way.
//
// Databases, caches and brokers are no dependencies here: they belong to the service itself. What cannot be
// followed, a client out of a map, an interface with several types behind it, a transport of a library that
// is not known, is not in the picture, or says that it is [Client.Opaque].
package picture

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// Analyzer sketches a package.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintpicture",
	Doc:        "find what serves requests, the clients that it calls other services by, and what protects it from them",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, remote.Analyzer, effect.Analyzer, entry.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Sketch)(nil)},
}

// A Sketch is what a package contributes to a picture. Functions have the names that they have in the graph
// of effects; lists are sorted, so that the fact is the same each time.
type Sketch struct {
	Path    string // of the package
	Entries []*Entry
	Clients []*Client
	Uses    []*Use

	Flows   []Flow   // where clients go
	Shields []Shield // functions that protect what they call
	Asked   []Param  // parameters that the addresses of uses begin with
	Nils    []Param  // parameters that may be clients, for which nil is passed
	Told    []Told   // what is passed for those of other packages
	Limits  bool     // it limits a pool of connections to a database, and which one is not seen
	Closers []string // functions that close one

	Commands []string // functions that a command of a command line runs
}

// AFact makes Sketch a fact.
func (*Sketch) AFact() {}

func (*Sketch) String() string { return "picture" }

// A Kind says what calls an entry point.
type Kind uint8

const (
	HTTP    Kind = iota + 1 // a client, by HTTP
	RPC                     // a client, by gRPC or what is like it
	Message                 // a broker
	Job                     // a queue of the program's own, or a schedule
)

// An Entry is a function that serves requests or messages.
type Entry struct {
	Kind  Kind
	Name  string // in the graph
	Title string // as its callers write it: "Handler.Create"
	// Sequential says that it is a loop that takes messages, and is done with one before it takes the next.
	Sequential bool
	// Alone says that it is the only one to do so, as far as the picture shows: no loop starts several of them.
	Alone bool
	// Before are the functions that it only calls before it takes the first message, as its calls name them.
	Before []string

	pos token.Pos
}

// Pos returns where the entry is declared, in the process that has analyzed its package.
func (e *Entry) Pos() token.Pos { return e.pos }

// A Client is what a program calls another service by, by the place where it is made.
type Client struct {
	Key  string // the place, for other packages
	Kind catalog.PeerKind
	Name string // of the service, of an SDK
	In   string // the function that makes it

	// Protection is what it brings itself: its transport, its interceptors, its timeout.
	Protection catalog.Protection
	// Opaque says that it works through something that is not known.
	Opaque bool
	// Default says that nothing is made: it is http.DefaultClient, where it is called or mentioned.
	Default bool
	// Unlimited says that it opens as many connections to a host as there are calls.
	Unlimited bool
	// Spare is the parameter that it takes the place of where that is nil, if it is there for that.
	Spare Param
	// Base is where it is told that the service is.
	Base []Root

	pos token.Pos
	pkg *types.Package
}

// Pos returns where the client is made, in the process that has analyzed its package.
func (c *Client) Pos() token.Pos { return c.pos }

// A Use is a call of another service.
type Use struct {
	In    string // the function that makes it
	Title string // of that
	API   string // as the catalogue names it
	Kind  catalog.PeerKind
	By    []Ref  // the clients that it may be made by
	To    []Root // what its address begins with
	// Early says that the function takes messages, and makes the call once, before the first one.
	Early bool
	// Brief says that it takes no longer than maxBrief, and that its function goes on without it where it fails.
	Brief bool
	// File says that its address is that of one file, which the program was written with.
	File bool

	pos token.Pos
}

// Pos returns where the call is, in the process that has analyzed its package.
func (u *Use) Pos() token.Pos { return u.pos }

// A Param is a parameter of a function; a method's receiver is parameter 0.
type Param struct {
	Func  string
	Index int
}

// A Ref says where a client comes from: one of its fields is set, or none where that is not known.
type Ref struct {
	Client string // the client made at that place
	Var    string // the field or variable of that name
	Param  Param  // what is passed for it
	Result Param  // what the function returns as its result of that index
}

// A Flow says that what To stands for, a variable, a parameter or a result, may be one of the clients From.
type Flow struct {
	To   Ref
	From []Ref
}

// A Shield is a function that protects what it calls, as far as is seen all of it.
type Shield struct {
	Func  string
	Gives catalog.Protection
}

// A Told is what is passed for a parameter that an address begins with.
type Told struct {
	To    Param
	Roots []Root
}

// A Result is what is known of a package.
type Result struct {
	*Sketch

	imported []*Sketch
	Makes    []*Breaker
	Pools    []*Pool // without a limit, as far as the package shows
	// Limited is where pools with a limit are opened, or limited where the opening is not seen.
	Limited []token.Pos
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	calls := pass.ResultOf[remote.Analyzer].(*remote.Result)
	if g == nil || effects == nil || calls == nil {
		return (*Result)(nil), nil
	}
	r := &Result{Sketch: &Sketch{Path: pass.Pkg.Path()}}
	asked := map[Param]bool{}
	for _, fact := range pass.AllPackageFacts() {
		if sketch, ok := fact.Fact.(*Sketch); ok && fact.Package != pass.Pkg {
			r.imported = append(r.imported, sketch)
			for _, p := range sketch.Asked {
				asked[p] = true
			}
		}
	}
	b := &builder{
		g: g, pass: pass, effects: effects, result: r, abroad: asked,
		clients: map[string]*Client{}, asked: map[Param]bool{}, flows: map[Ref][]Ref{}, fields: map[*types.Package]map[*types.Var]string{},
		shields: map[*ssa.Function]catalog.Protection{}, takers: map[*ssa.Function]*entry.Entry{},
		set: map[*types.Var]bool{},
	}
	for _, fn := range g.SSA.Funcs {
		b.shield(fn)
	}
	entries, _ := pass.ResultOf[entry.Analyzer].(*entry.Result)
	b.entries(entries)
	for _, call := range calls.Calls {
		b.use(call)
	}
	b.flow()
	b.tell()
	b.makes()
	b.pools()
	b.commands()
	b.finish()
	pass.ExportPackageFact(r.Sketch)
	return r, nil
}

// A builder is the work on one package.
type builder struct {
	g       *flow.Graph
	pass    *analysis.Pass
	effects *effect.Result
	result  *Result

	clients map[string]*Client
	flows   map[Ref][]Ref
	asked   map[Param]bool // of the package itself
	abroad  map[Param]bool // of those that it imports
	fields  map[*types.Package]map[*types.Var]string
	shields map[*ssa.Function]catalog.Protection
	takers  map[*ssa.Function]*entry.Entry // functions that take messages by themselves
	set     map[*types.Var]bool            // fields: does a request set it
}

// finish puts what was found in order.
func (b *builder) finish() {
	s := b.result.Sketch
	for _, key := range sortedKeys(b.clients) {
		s.Clients = append(s.Clients, b.clients[key])
	}
	for to, from := range b.flows {
		slices.SortFunc(from, compareRefs)
		s.Flows = append(s.Flows, Flow{to, slices.Compact(from)})
	}
	slices.SortFunc(s.Flows, func(x, y Flow) int { return compareRefs(x.To, y.To) })
	for _, fn := range b.g.SSA.Funcs {
		if gives := b.shields[fn]; gives != 0 {
			s.Shields = append(s.Shields, Shield{flow.NameOf(fn), gives})
		}
	}
	for p := range b.asked {
		s.Asked = append(s.Asked, p)
	}
	slices.SortFunc(s.Asked, compareParams)
	slices.SortFunc(s.Nils, compareParams)
	s.Nils = slices.Compact(s.Nils)
}
