package nobreaker

import (
	"cmp"
	_ "embed"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/regexp"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/nobreaker.md"

//go:embed doc.go
var manual string

// Analyzer reports dependencies that nothing gives up on while they fail.
var Analyzer = &analysis.Analyzer{
	Name:     "nobreaker",
	Doc:      doc.Extract(manual, "nobreaker"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, effect.Analyzer, picture.Analyzer, serving.Analyzer, whole.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeUnprotected  = "unprotected"
	codePerCall      = "per-call"
	codeCountsCaller = "counts-caller"
)

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	own := pass.ResultOf[picture.Analyzer].(*picture.Result)
	if g == nil || effects == nil || own == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{pass: pass, g: g, module: module, own: own, list: &finding.List{Pass: pass, Page: page, Module: module, Once: true}}
	served, _ := pass.ResultOf[serving.Analyzer].(*serving.Result)
	if served == nil || !areTerminals(module.Programs(served)) {
		r.dependencies(r.module.Picture(own, effects))
	}
	for _, made := range own.Makes {
		r.breaker(made)
	}
	r.list.Report()
	return nil, nil
}

// areTerminals reports whether all programs that a package is part of are for one person each: who waits there sees it.
func areTerminals(programs []*serving.Program) bool {
	return len(programs) > 0 && !slices.ContainsFunc(programs, func(p *serving.Program) bool { return !p.IsTerminal() })
}

type reporter struct {
	pass   *analysis.Pass
	g      *flow.Graph
	module *whole.Module
	own    *picture.Result
	list   *finding.List
}

// add reports a finding, and returns it; nil if it is not reported.
func (r *reporter) add(node ast.Node, code, message string, related []analysis.RelatedInformation) *analysis.Diagnostic {
	d := r.list.Add(node, code, message)
	if d != nil {
		d.Related = related
	}
	return d
}

// A group is the clients of the package by which it calls the same dependency, as far as is known.
type group struct {
	first   *picture.Client
	clients []*picture.Client
	labels  []string
	deps    []*picture.Dependency
	perCall bool // the first client is made for each call: so would a breaker around it
}

// dependencies reports the services that the package calls for who it serves, once each.
func (r *reporter) dependencies(p *picture.Picture) {
	labels, alternatives := r.own.Labels(), r.own.Alternatives()
	groups := map[string]*group{}
	for _, c := range r.own.Clients {
		key := c.Key
		switch {
		case len(labels[c.Key]) > 0:
			key = strings.Join(labels[c.Key], "\x00")
		case c.Name != "":
			key = c.Name
		case alternatives[key] != "":
			key = alternatives[key]
		}
		if g := groups[key]; g == nil {
			groups[key] = &group{first: c, labels: labels[c.Key]}
		} else if c.Pos() < g.first.Pos() {
			g.first = c
		}
		groups[key].clients = append(groups[key].clients, c)
		for _, dep := range p.Dependencies {
			if dep.Client.Key == c.Key {
				groups[key].deps = append(groups[key].deps, dep)
			}
		}
	}
	for _, g := range groups {
		r.dependency(g)
	}
}

// dependency reports one that requests depend on with nothing in between.
func (r *reporter) dependency(g *group) {
	names := slices.Clone(g.labels)
	var edges []*picture.Edge
	for _, dep := range g.deps {
		if dep.Client.Opaque || dep.Client.Protection.Has(catalog.WithBreaker) || dep.IsShared() {
			return
		}
		names = append(names, dep.Labels...)
		names = append(names, dep.Client.Name)
		edges = append(edges, dep.Unprotected()...)
	}
	edges = slices.DeleteFunc(edges, func(e *picture.Edge) bool { return !r.meets(e, g.first) })
	if len(edges) == 0 || !catalog.Matters(names) {
		return
	}
	g.perCall = r.own.PerCall(g.first)
	node := r.construction(g.first)
	if d := r.add(node, codeUnprotected, unprotectedMessage(g), r.ways(edges)); d != nil {
		finding.Fix(d, r.wrap(g, node))
	}
}

// examples are parts of the paths of packages that show how others are used.
var examples = regexp.MustCompile(`(^|/)_?examples?(/|$)`)

// meets reports whether requests of a program come to a client of the package: not those that only an example serves, and
// not where the program runs nothing that makes the client.
func (r *reporter) meets(e *picture.Edge, c *picture.Client) bool {
	if examples.MatchString(effect.PackageOf(e.Entry.Name)) && !examples.MatchString(r.pass.Pkg.Path()) {
		return false
	}
	return r.module.Idle(e.Entry.Name) || !r.module.Idle(c.In)
}

// construction returns where a client is made, or called where nothing is.
func (r *reporter) construction(c *picture.Client) ast.Node {
	path := r.g.Path(c.Pos())
	for i, node := range path {
		switch node := node.(type) {
		case *ast.CompositeLit:
			if node.Lbrace == c.Pos() {
				return node
			}
		case *ast.CallExpr:
			if node.Lparen == c.Pos() {
				return node
			}
		case *ast.ValueSpec:
			return node
		case *ast.AssignStmt:
			if node.TokPos == c.Pos() || node.Pos() == c.Pos() {
				return node
			}
		case *ast.SelectorExpr:
			if i < 2 {
				return node
			}
		case *ast.Field:
			return node
		}
	}
	if len(path) > 0 {
		return path[0]
	}
	return nil
}

// maxWays is how many entry points a finding tells of.
const maxWays = 3

// ways returns the entry points that come to a dependency, each with the call that it comes to, the nearest
// ones first.
func (r *reporter) ways(edges []*picture.Edge) []analysis.RelatedInformation {
	slices.SortStableFunc(edges, func(x, y *picture.Edge) int {
		return cmp.Or(cmp.Compare(len(x.Path), len(y.Path)), strings.Compare(x.Entry.Name, y.Entry.Name))
	})
	var related []analysis.RelatedInformation
	seen := map[string]bool{}
	called := map[token.Pos]bool{}
	for _, e := range edges {
		if seen[e.Entry.Name] || len(seen) == maxWays {
			continue
		}
		seen[e.Entry.Name] = true
		if e.Entry.Pos().IsValid() {
			related = append(related, analysis.RelatedInformation{Pos: e.Entry.Pos(), Message: servedBy(e)})
		}
		if e.Use.Pos().IsValid() && !called[e.Use.Pos()] {
			called[e.Use.Pos()] = true
			related = append(related, analysis.RelatedInformation{Pos: e.Use.Pos(), Message: "the call in " + e.Use.Title})
		}
	}
	return related
}

// breaker reports what a breaker does wrong.
func (r *reporter) breaker(made *picture.Breaker) {
	node := r.g.CallAt(made.Call.Pos())
	if node == nil {
		return
	}
	switch {
	case made.PerCall != nil:
		r.add(node, codePerCall, perCallMessage, []analysis.RelatedInformation{{Pos: made.PerCall.Pos(), Message: "the only call that goes through it"}})
	case made.Cancels != nil:
		r.add(node, codeCountsCaller, cancelsMessage, []analysis.RelatedInformation{{Pos: made.Cancels.Instr.Pos(), Message: "this fails when its caller gives up"}})
	case made.Statuses != nil:
		r.add(node, codeCountsCaller, statusesMessage, []analysis.RelatedInformation{{Pos: made.Statuses.Pos(), Message: "a 4xx fails here"}})
	}
}
