package noshutdown

import (
	_ "embed"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/noshutdown.md"

//go:embed doc.go
var manual string

// Analyzer reports servers that drop their requests when a deploy stops them.
var Analyzer = &analysis.Analyzer{
	Name:     "noshutdown",
	Doc:      doc.Extract(manual, "noshutdown"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, serving.Analyzer, whole.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeNever         = "never"
	codeUnbounded     = "unbounded"
	codeFatal         = "fatal"
	codeInterruptOnly = "interrupt-only"
)

func run(pass *analysis.Pass) (any, error) {
	own := pass.ResultOf[serving.Analyzer].(*serving.Result)
	if own == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{
		pass: pass, own: own, list: &finding.List{Pass: pass, Page: page, Module: module, Once: true},
		g: pass.ResultOf[flow.Analyzer].(*flow.Graph), programs: module.Programs(own),
	}
	r.starts()
	r.shutdowns()
	r.notifys()
	r.list.Report()
	return nil, nil
}

type reporter struct {
	pass     *analysis.Pass
	own      *serving.Result
	module   *whole.Module
	g        *flow.Graph
	programs []*serving.Program
	list     *finding.List

	declared map[ast.Node][]string // by fixes, in a block
}

// served returns the programs that serve clients, and are no toys.
func (r *reporter) served() []*serving.Program {
	return slices.DeleteFunc(slices.Clone(r.programs), func(p *serving.Program) bool {
		return p.IsToy() || len(p.Starts()) == 0
	})
}

// starts reports servers that nothing shuts down, and those that end the process when something does.
func (r *reporter) starts() {
	reported := map[string]*analysis.Diagnostic{} // kind of servers: the finding about it
	for _, s := range r.own.Starts {
		serve := slices.DeleteFunc(slices.Clone(r.programs), func(p *serving.Program) bool { return !p.Serves(s) })
		if len(serve) == 0 {
			continue
		}
		stops := func(p *serving.Program) bool { return p.Stops(s.Servers) }
		if slices.ContainsFunc(serve, stops) {
			r.fatal(s)
			continue
		}
		if !slices.ContainsFunc(serve, func(p *serving.Program) bool { return !p.IsToy() && !(p.Lingers() && p.Terminates()) }) {
			continue
		}
		node := r.nodeAt(s.Pos())
		if node == nil || !scope.Reportable(r.pass, node.Pos()) {
			continue
		}
		if first := reported[s.Servers]; first != nil {
			first.SuggestedFixes = nil // one of several is not enough
			first.Related = append(first.Related, analysis.RelatedInformation{Pos: node.Pos(), End: node.End(), Message: "and this one"})
			continue
		}
		awaits := slices.ContainsFunc(serve, (*serving.Program).Awaits)
		reported[s.Servers] = r.list.Add(node, codeNever, neverMessage(s, awaits, slices.ContainsFunc(serve, (*serving.Program).Terminates)))
		if !awaits {
			finding.Fix(reported[s.Servers], r.run(s, node))
		}
	}
}

func (r *reporter) fatal(s *serving.Start) {
	if s.Fatal == nil || !s.Fatal.Same {
		return
	}
	finding.Fix(r.list.Add(s.Fatal.Call().Fun, codeFatal, fatalMessage(s)), r.ignoreClosed(s.Fatal))
}

func (r *reporter) shutdowns() {
	awaits := slices.ContainsFunc(r.served(), (*serving.Program).Awaits)
	terminates := slices.ContainsFunc(r.served(), (*serving.Program).Terminates)
	for _, s := range r.own.Shutdowns {
		serves := slices.ContainsFunc(r.served(), func(p *serving.Program) bool {
			return slices.ContainsFunc(p.Starts(), func(start *serving.Start) bool { return start.Servers == s.Servers })
		})
		if awaits && serves {
			finding.Fix(r.list.Add(s.Call, codeUnbounded, unboundedMessage(s, terminates)), r.bound(s))
		}
	}
}

func (r *reporter) notifys() {
	served := slices.DeleteFunc(r.served(), func(p *serving.Program) bool {
		return p.Terminates() || !slices.ContainsFunc(p.Starts(), func(s *serving.Start) bool { return p.ShutsDown(s.Servers) })
	})
	if len(served) == 0 {
		return
	}
	for _, n := range r.own.Notifys {
		if n.Interrupt && !n.Terminate {
			finding.Fix(r.list.Add(n.Call(), codeInterruptOnly, interruptMessage()), r.terminate(n))
		}
	}
}

// nodeAt returns the call, or the method value, by which a server is started.
func (r *reporter) nodeAt(pos token.Pos) ast.Node {
	if call := r.g.CallAt(pos); call != nil {
		return call
	}
	for _, node := range r.g.Path(pos) {
		if sel, ok := node.(*ast.SelectorExpr); ok {
			return sel
		}
	}
	return nil
}
