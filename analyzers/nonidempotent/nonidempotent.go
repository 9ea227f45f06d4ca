package nonidempotent

import (
	_ "embed"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/nonidempotent.md"

//go:embed doc.go
var manual string

// Analyzer reports what may run twice and must not.
var Analyzer = &analysis.Analyzer{
	Name: "nonidempotent",
	Doc:  doc.Extract(manual, "nonidempotent"),
	URL:  page,
	Requires: []*analysis.Analyzer{
		flow.Analyzer, remote.Analyzer, loops.Analyzer, effect.Analyzer, entry.Analyzer, whole.Analyzer,
	},
	Run: run,
}

// The codes of the rule's findings.
const (
	codeRedelivered = "redelivered-message"
	codeWebhook     = "webhook"
	codeCreate      = "create-handler"
	codeUnsafeRetry = "unsafe-retry"
	codeFreshKey    = "fresh-key"
	codeEarlyAck    = "early-ack"
)

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if g == nil || effects == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{
		pass: pass, g: g, module: module, effects: effects, net: module.Effects(effects),
		list: &finding.List{Pass: pass, Page: page, Module: module, Once: true},
	}
	if entries := pass.ResultOf[entry.Analyzer].(*entry.Result); entries != nil {
		r.entries(entries)
	}
	if retries := pass.ResultOf[loops.Analyzer].(*loops.Result); retries != nil {
		for _, retry := range retries.Retries {
			r.retry(retry)
		}
	}
	r.list.Report()
	return nil, nil
}

type reporter struct {
	pass    *analysis.Pass
	g       *flow.Graph
	module  *whole.Module
	effects *effect.Result
	net     *effect.Net
	list    *finding.List
	names   map[string]bool // that fixes declare, by function
}

// add reports a finding, once for each place. mend makes its fix, if it has one.
func (r *reporter) add(node ast.Node, code, message string, related []analysis.RelatedInformation, mend func() *analysis.SuggestedFix) {
	d := r.list.Add(node, code, message)
	if d == nil {
		return
	}
	d.Related = related
	if mend != nil {
		finding.Fix(d, mend())
	}
}

// handler returns where a finding about a handler stands: the name of a function, or a literal.
func (r *reporter) handler(fn *ssa.Function) ast.Node {
	switch node := fn.Syntax().(type) {
	case *ast.FuncDecl:
		return node.Name
	case *ast.FuncLit:
		return node
	}
	return nil
}

func (r *reporter) callAt(pos token.Pos) *ast.CallExpr {
	for _, node := range r.g.Path(pos) {
		if call, ok := node.(*ast.CallExpr); ok && call.Lparen == pos {
			return call
		}
	}
	return nil
}

// path returns the calls that lead to what is done, as far as they are in the package.
func (r *reporter) path(done *effect.Done) []analysis.RelatedInformation {
	var related []analysis.RelatedInformation
	for _, hop := range done.Path {
		if r.g.FileOf(hop.Pos) == nil {
			return related
		}
		related = append(related, analysis.RelatedInformation{Pos: hop.Pos, Message: "by " + hop.Name})
	}
	if r.g.FileOf(done.Pos()) != nil {
		related = append(related, analysis.RelatedInformation{Pos: done.Pos(), Message: "this is done again"})
	}
	return related
}
