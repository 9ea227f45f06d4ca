package noshutdown

import (
	"cmp"
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
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
		pass: pass, own: own, module: module,
		g: pass.ResultOf[flow.Analyzer].(*flow.Graph), programs: module.Programs(own),
	}
	r.starts()
	r.shutdowns()
	r.notifys()
	slices.SortStableFunc(r.found, func(x, y analysis.Diagnostic) int {
		px, py := pass.Fset.Position(x.Pos), pass.Fset.Position(y.Pos)
		return cmp.Or(strings.Compare(px.Filename, py.Filename), cmp.Compare(px.Offset, py.Offset))
	})
	for _, diag := range r.found {
		pass.Report(diag)
	}
	return nil, nil
}

type reporter struct {
	pass     *analysis.Pass
	own      *serving.Result
	module   *whole.Module
	g        *flow.Graph
	programs []*serving.Program
	found    []analysis.Diagnostic
}

// served returns the programs that serve clients, and are no toys.
func (r *reporter) served() []*serving.Program {
	return slices.DeleteFunc(slices.Clone(r.programs), func(p *serving.Program) bool {
		return p.IsToy() || len(p.Starts()) == 0
	})
}

// starts reports servers that nothing shuts down, and those that end the process when something does.
func (r *reporter) starts() {
	reported := map[string]int{} // kind of servers: the finding about it
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
		if !slices.ContainsFunc(serve, func(p *serving.Program) bool { return !p.IsToy() }) {
			continue
		}
		node := r.nodeAt(s.Pos())
		if node == nil || !scope.Reportable(r.pass, node.Pos()) {
			continue
		}
		if i, ok := reported[s.Servers]; ok {
			r.found[i].Related = append(r.found[i].Related, analysis.RelatedInformation{Pos: node.Pos(), End: node.End(), Message: "and this one"})
			continue
		}
		reported[s.Servers] = len(r.found)
		awaits := slices.ContainsFunc(serve, (*serving.Program).Awaits)
		r.add(node, nil, codeNever, neverMessage(s, awaits), nil)
	}
}

func (r *reporter) fatal(s *serving.Start) {
	if s.Fatal == nil || !s.Fatal.Same {
		return
	}
	r.add(s.Fatal.Call().Fun, s.Func(), codeFatal, fatalMessage(s), r.ignoreClosed(s.Fatal))
}

func (r *reporter) shutdowns() {
	awaits := slices.ContainsFunc(r.served(), (*serving.Program).Awaits)
	for _, s := range r.own.Shutdowns {
		serves := slices.ContainsFunc(r.served(), func(p *serving.Program) bool {
			return slices.ContainsFunc(p.Starts(), func(start *serving.Start) bool { return start.Servers == s.Servers })
		})
		if awaits && serves {
			r.add(s.Call, s.Func(), codeUnbounded, unboundedMessage(s), r.bound(s))
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
			r.add(n.Call(), n.Func(), codeInterruptOnly, interruptMessage(), r.terminate(n))
		}
	}
}

// add reports a finding in a function, once for each place.
func (r *reporter) add(node ast.Node, fn *types.Func, code, message string, fix *analysis.SuggestedFix) {
	if node == nil || !scope.Reportable(r.pass, node.Pos()) || r.module.Dead(fn) {
		return
	}
	pos, end := node.Pos(), node.End()
	if call, ok := node.(*ast.CallExpr); ok {
		pos, end = call.Fun.Pos(), call.Fun.End()
	}
	if slices.ContainsFunc(r.found, func(d analysis.Diagnostic) bool { return d.Pos == pos }) {
		return
	}
	diag := analysis.Diagnostic{Pos: pos, End: end, Category: code, URL: page + "#" + code, Message: message}
	if fix != nil {
		diag.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	r.found = append(r.found, diag)
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
