package score

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/fanout"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// Analyzer sketches a package. It is run as rules are, with the evidence of the whole module, and reports nothing.
var Analyzer = &analysis.Analyzer{
	Name: "resilintscore",
	Doc:  "note what of a package can be protected",
	Requires: []*analysis.Analyzer{
		flow.Analyzer, remote.Analyzer, loops.Analyzer, effect.Analyzer, entry.Analyzer, picture.Analyzer, fanout.Analyzer,
		serving.Analyzer, whole.Analyzer,
	},
	ResultType: reflect.TypeFor[*Sketch](),
	Run:        run,
}

// A Sketch is what a package shows that can be protected.
type Sketch struct {
	Path    string
	Calls   []*Subject // that leave the process
	Servers []*Subject
	Hung    []token.Position // calls of any package that can hang, as this one shows
	Leaves  map[string]bool  // "API in Func": calls that hang under the contexts of this package

	Retries  []*Subject
	Pools    []*Subject // with a limit
	Fans     []*Subject // with a limit
	Handlers []*Subject // of what comes twice, which are guarded

	Depends []*Depend
	Program *Program // nil if the package is none that serves
	Routes  []Route
	RPCs    bool // it registers gRPC's health service
	Drains  []Drain
}

// A Subject is a thing that can be protected.
type Subject struct {
	What string
	Pos  token.Position
	Key  string // of a call: "API in Func"
	Why  string
	Ops  []token.Position // of a retry: the calls that it makes again
}

// A Route is a path, and what answers there.
type Route struct {
	Path, Handler string
	Far           string // what the handler calls outside of the process; "" if nothing
	Pos           token.Position
}

// A Drain is a call that shuts servers down, and how long it waits for their requests.
type Drain struct {
	Kind  string // of the servers
	Limit time.Duration
	Pos   token.Position
}

// A Program is one that serves clients.
type Program struct {
	Path, Name string
	Packages   []string
	Servers    []*Server
	Pos        token.Position // of its first server
	Health     bool           // it answers probes, or may do so
	Opaque     bool           // who ends or probes it is another one's business
	Awaits     bool           // it listens to signals
	Looked     bool           // someone may look after it: see serving.Module.Orchestrates
}

// A Server is one of a program's.
type Server struct {
	Name  string
	Kind  string
	Pos   token.Position
	Stops bool // something stops it
	Told  bool // it may be SIGTERM that has it stopped
}

type sketcher struct {
	pass   *analysis.Pass
	g      *flow.Graph
	module *whole.Module
	*Sketch

	effects *effect.Result
	entries map[string]bool         // functions that serve, by their names there
	sites   map[token.Pos]*ssa.Call // of the package; see goesOn
}

func run(pass *analysis.Pass) (any, error) {
	s := &sketcher{
		pass: pass, g: pass.ResultOf[flow.Analyzer].(*flow.Graph), module: pass.ResultOf[whole.Analyzer].(*whole.Module),
		Sketch: &Sketch{Path: pass.Pkg.Path(), Leaves: map[string]bool{}},
	}
	if own, _ := pass.ResultOf[serving.Analyzer].(*serving.Result); own != nil {
		s.servers(own)
		s.program(own)
	}
	if s.g == nil {
		return s.Sketch, nil
	}
	if calls, _ := pass.ResultOf[remote.Analyzer].(*remote.Result); calls != nil {
		s.calls(calls)
	}
	if retries, _ := pass.ResultOf[loops.Analyzer].(*loops.Result); retries != nil {
		for _, r := range retries.Retries {
			if r.Spins {
				continue
			}
			if subject := s.add(&s.Retries, r.Node.Pos(), retryName(r)); subject != nil {
				for _, op := range r.Ops {
					subject.Ops = append(subject.Ops, s.at(op.Call.Pos()))
				}
			}
		}
	}
	if fans, _ := pass.ResultOf[fanout.Analyzer].(*fanout.Result); fans != nil {
		for _, pos := range fans.Limited {
			s.add(&s.Fans, pos, "goroutines with a limit")
		}
	}
	effects, _ := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if own, _ := pass.ResultOf[picture.Analyzer].(*picture.Result); own != nil && effects != nil {
		for _, pos := range own.Limited {
			s.add(&s.Pools, pos, "a pool of connections with a limit")
		}
		s.effects, s.entries = effects, map[string]bool{}
		for _, e := range own.Entries {
			s.entries[e.Name] = true
		}
		s.depends(own, effects)
	}
	if entries, _ := pass.ResultOf[entry.Analyzer].(*entry.Result); entries != nil && effects != nil {
		s.handlers(entries, effects)
	}
	return s.Sketch, nil
}

// add notes a subject, unless nothing is reported where it stands.
func (s *sketcher) add(list *[]*Subject, pos token.Pos, what string) *Subject {
	if !s.counts(pos) {
		return nil
	}
	subject := &Subject{What: what, Pos: s.at(pos)}
	*list = append(*list, subject)
	return subject
}

// counts reports whether what stands at pos is part of the program: not in a test, nor generated, nor dead.
func (s *sketcher) counts(pos token.Pos) bool {
	return pos.IsValid() && scope.Reportable(s.pass, pos) && !s.module.Dead(s.declared(pos))
}

func (s *sketcher) at(pos token.Pos) token.Position { return s.pass.Fset.Position(pos) }

// declared returns the declared function around a place, or nil.
func (s *sketcher) declared(pos token.Pos) *types.Func {
	for _, file := range s.pass.Files {
		if file.FileStart > pos || pos > file.FileEnd {
			continue
		}
		if decl := functionAt(file, pos); decl != nil {
			fn, _ := s.pass.TypesInfo.Defs[decl.Name].(*types.Func)
			return fn
		}
	}
	return nil
}

func (s *sketcher) calls(calls *remote.Result) {
	for _, call := range calls.Calls {
		in := remote.ShortName(call.Instr.Parent())
		what := short(call.API.Name) + " in " + in
		if subject := s.add(&s.Calls, call.Instr.Common().Pos(), what); subject != nil {
			subject.Key = call.API.Name + " in " + in
		}
	}
	for _, hang := range s.module.Hangs(s.Path, calls) {
		s.Hung = append(s.Hung, s.at(hang.At))
		if hang.Pass != nil {
			s.Leaves[hang.Leaf.API+" in "+hang.Leaf.In] = true
		}
	}
}

// handlers notes the functions that may be called twice, and are protected: what they do is kept from being done twice
// by something.
func (s *sketcher) handlers(entries *entry.Result, effects *effect.Result) {
	own, net := slices.Clone(entries.Own), s.module.Effects(effects)
	for _, fn := range s.g.SSA.Funcs { // and those that another package hands over
		name := flow.NameOf(fn)
		if handed := s.module.Entry(name); handed != nil && !slices.ContainsFunc(own, func(e *entry.Entry) bool { return e.Name == name }) {
			own = append(own, &entry.Entry{Kind: handed.Kind, Name: name, Func: fn, From: handed.From})
		}
	}
	for _, e := range own {
		found := net.Reach(e.Name, func(*effect.Step) bool { return false })
		if why := guarded(e, found); why != "" {
			if subject := s.add(&s.Handlers, e.Func.Pos(), remote.ShortName(e.Func)); subject != nil {
				subject.Why = why
			}
		}
	}
}

// guarded says what keeps an entry from doing something twice; "" if nothing does, or it does nothing that shows.
func guarded(e *entry.Entry, found *effect.Found) string {
	for _, deed := range found.Deeds {
		switch {
		case e.Kind == entry.Create && deed.Deed != catalog.Pays && deed.Deed != catalog.Publishes:
		case deed.Guarded():
			return "something that looks, or fails the second time, stands before what it does"
		case (deed.Deed == catalog.Posts || deed.Deed == catalog.Pays) && found.Keyed(deed, e.Kind != entry.Create):
			return "it sends a key along"
		}
	}
	if e.Kind != entry.Create && len(found.Deeds) == 0 && len(found.Guards) > 0 {
		return "what it does is the same the second time"
	}
	return ""
}

func retryName(r *loops.Retry) string {
	what := "a retry"
	if r.Library != "" {
		what = "a retry by " + r.Library
	}
	if len(r.Ops) > 0 {
		what += " of " + r.Ops[0].Name
	}
	return what
}

// short names a function without the path of its package, but for the last element.
func short(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
