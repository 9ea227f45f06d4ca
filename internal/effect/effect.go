// Package effect finds what functions do outside of the process that shows if it is done twice: rows,
// messages, requests, mails, payments. And what they do against it: conflict clauses, looks at what is
// there already, keys.
//
// A package is a [Graph] of its functions, each a list of steps in the order of the source. What a
// function comes to with all that it calls is asked of a [Net], which joins the graphs of a package
// and of those that it imports, by facts; where the whole module is loaded, of all of its packages,
// with the types behind interfaces.
package effect

import (
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// Analyzer describes the functions of a package.
var Analyzer = &analysis.Analyzer{
	Name:       "resilinteffect",
	Doc:        "find what functions do that shows if it is done twice, and what they do against it",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Graph)(nil)},
}

// A Graph is the fact that says what the functions of a package do, in the order of their names.
type Graph struct {
	Names []string
	Funcs []*Func
}

// find returns the function of that name, or nil.
func (g *Graph) find(name string) *Func {
	if i, ok := slices.BinarySearch(g.Names, name); ok {
		return g.Funcs[i]
	}
	return nil
}

// AFact makes Graph a fact.
func (*Graph) AFact() {}

func (*Graph) String() string { return "effects" }

// A Func is what a function does.
type Func struct {
	Name  string // as its callers write it: "Store.Save"
	Steps []*Step
	Makes []string // structs with a lock, by their names
	Keeps []int    // parameters that it only puts aside: functions that are passed for them run later
}

// A Kind says what a step is.
type Kind uint8

const (
	Calls   Kind = iota + 1 // a function of the module
	Does                    // something that shows if it is done twice
	Runs                    // a statement: what it does, its text says
	Guards                  // looks whether it has been done, or does it so that it can be repeated
	Keys                    // gives a request a key
	Mints                   // makes a new id
	Settles                 // acknowledges a message
)

// A Step is a thing that a function does.
type Step struct {
	Kind Kind
	Name string // of what is called: "sarama.SyncProducer.SendMessage"; of a guard, what it is

	Callee string // of Calls: the function, or the method of an interface
	Behind bool   // of Calls: through an interface
	Passes []Passed

	Deed    catalog.DeedKind
	Text    Text // of Runs: the statement; of Posts: the method
	URL     Text
	Table   string // of Does: that it changes
	Named   bool   // of a row: the program gives it its id
	Queue   string // of Does: the library of jobs in whose queue it puts one, or ""
	For     int    // of Mints: 1 + the parameter that is given the id if it has none, or 0
	Later   bool   // of Does: the job is done at another time: it is a timer
	Task    bool   // of a row: it is work for somebody, with a priority or an assignee
	Fresh   bool   // of Keys: the key is made anew
	Subject bool   // of Keys: it is no key, but the id of what the request is about

	Failing bool   // it is done because something else has failed
	Unread  bool   // it is done because a message could not be read
	Settled bool   // the function has acknowledged the message before
	Fact    bool   // it hands on how what the message is about stands, by its id: told twice, it is the same
	Apart   bool   // of Calls: as a goroutine, or by someone else later, and nobody waits for it
	Many    bool   // of Calls: for each turn of a loop, and the loop does not wait for one before it starts the next
	Under   string // of Calls: the lock that the function holds meanwhile, if there is one that has a name
	Returns bool   // of Guards: what is found is what the function returns; that alone keeps nothing from being done
	Repeats bool   // of Guards: only what it does itself can be repeated; it looks at nothing
	Built   bool   // of Guards: it is part of a statement that a builder makes, and is run by another step
	Refuses bool   // of Guards: what is done a second time fails, and takes with it what was done before in its transaction
	Ignored bool   // of Runs: nobody looks at what the statement says, but for its error
	Unique  bool   // of Runs: it adds a row that the table refuses a second time, as the module's files say

	// Then says which steps of the function can come after this one, by their indexes, before the next turn
	// of a loop around both; nil where that was not found out, and any may.
	Then Set

	call ssa.CallInstruction
	pos  token.Pos
	made token.Pos
}

// Made returns where the key that the step gives a request is made anew.
func (s *Step) Made() token.Pos { return s.made }

// Pos returns where the step is, in the process that has analyzed its package.
func (s *Step) Pos() token.Pos { return s.pos }

// Call returns the call that the step is, if its package is under analysis, or nil.
func (s *Step) Call() ssa.CallInstruction { return s.call }

// Deferred reports whether the step is done when its function returns, if its package is under analysis.
func (s *Step) Deferred() bool {
	_, ok := s.call.(*ssa.Defer)
	return ok
}

// A Text is what is known of a string.
type Text struct {
	Const string // with %s for each part that is not known
	Known bool
	Param int // otherwise: 1 + the parameter that it is, or for a captured variable a negative number
}

// A Passed is a text that is passed for a parameter, which captured variables are with negative indexes.
type Passed struct {
	Index int
	Text  Text
}

// A Result is what is known of a package's effects.
type Result struct {
	*Graph
	Path       string
	Implements []remote.Implementation

	imported []*Graph
	steps    map[ssa.CallInstruction][]*Step
}

// StepsOf returns what a call of the package does.
func (r *Result) StepsOf(call ssa.CallInstruction) []*Step { return r.steps[call] }

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	if g == nil {
		return (*Result)(nil), nil
	}
	r := &Result{Graph: &Graph{}, Path: pass.Pkg.Path(), steps: map[ssa.CallInstruction][]*Step{}}
	for _, fact := range pass.AllPackageFacts() {
		if graph, ok := fact.Fact.(*Graph); ok && fact.Package != pass.Pkg {
			r.imported = append(r.imported, graph)
		}
	}
	b := &builder{g: g, pass: pass, result: r}
	funcs := map[string]*Func{}
	for _, fn := range g.SSA.Funcs {
		if f := b.describe(fn); len(f.Steps)+len(f.Keeps)+len(f.Makes) > 0 {
			funcs[flow.NameOf(fn)] = f
		}
	}
	for _, name := range slices.Sorted(maps.Keys(funcs)) {
		r.Names, r.Funcs = append(r.Names, name), append(r.Funcs, funcs[name])
	}
	b.implements()
	pass.ExportPackageFact(r.Graph)
	return r, nil
}

// Declared returns the name of the function that is declared around the one of that name in a graph, or is it.
func Declared(name string) string {
	base := name[strings.LastIndexByte(name, '.')+1:]
	outer, _, literal := strings.Cut(base, "/")
	if !literal {
		return name
	}
	return name[:len(name)-len(base)] + outer
}

// callName names what a call calls as its callers write it: "sarama.SyncProducer.SendMessage".
func callName(fn *types.Func) string {
	name := catalog.Name(fn)
	if name == "" {
		return fn.Name()
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}

// standsIn are names of types that do nothing, or only show what would be done.
var standsIn = regexp.MustCompile(`(?i)\.\w*(demo|noop|no_op|inmem|discard|dryrun)\w*$`)

// implements notes which types of the module the interfaces of the module hold.
func (b *builder) implements() {
	seen := map[remote.Implementation]bool{}
	add := func(iface types.Type, t types.Type) {
		named, ok := types.Unalias(iface).(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			return
		}
		under, ok := named.Underlying().(*types.Interface)
		if !ok {
			return
		}
		for method := range under.Methods() {
			obj, _, _ := types.LookupFieldOrMethod(t, true, method.Pkg(), method.Name())
			impl, ok := obj.(*types.Func)
			if !ok || impl == method {
				continue
			}
			pair := remote.Implementation{Interface: flow.FullName(method), Method: flow.FullName(impl)}
			if !seen[pair] {
				seen[pair] = true
				b.result.Implements = append(b.result.Implements, pair)
			}
		}
	}
	for instr := range b.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.MakeInterface:
			if t := instr.X.Type(); !remote.IsDouble(t) && !standsIn.MatchString(catalog.TypeName(t)) {
				add(instr.Type(), instr.X.Type())
			}
		case *ssa.ChangeInterface:
			add(instr.Type(), instr.X.Type())
		}
	}
}
