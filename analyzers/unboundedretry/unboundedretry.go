package unboundedretry

import (
	"cmp"
	_ "embed"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/scope"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/unboundedretry.md"

//go:embed doc.go
var manual string

// Analyzer reports retries that can become a storm.
var Analyzer = &analysis.Analyzer{
	Name:     "unboundedretry",
	Doc:      doc.Extract(manual, "unboundedretry"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, loops.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeNoCap          = "no-cap"
	codeNoDelay        = "no-delay"
	codeConstantDelay  = "constant-delay"
	codeNoJitter       = "no-jitter"
	codeOverflow       = "overflow"
	codeIgnoresContext = "ignores-context"
	codePermanentError = "permanent-error"
	codeBodyReuse      = "body-reuse"
	codeRequeue        = "requeue"
	codeNested         = "nested"
)

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	result := pass.ResultOf[loops.Analyzer].(*loops.Result)
	if g == nil || result == nil {
		return nil, nil
	}
	r := &reporter{pass: pass, g: g}
	for _, retry := range result.Retries {
		r.retry(retry)
	}
	for _, requeue := range result.Requeues {
		r.requeue(requeue)
	}
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
	pass  *analysis.Pass
	g     *flow.Graph
	found []analysis.Diagnostic
}

// add reports a finding, with the one edit that mends it if there is one.
func (r *reporter) add(pos, end token.Pos, code, message string, related []analysis.RelatedInformation, fix *analysis.SuggestedFix) {
	if !scope.Reportable(r.pass, pos) {
		return
	}
	diag := analysis.Diagnostic{
		Pos: pos, End: end, Category: code, URL: page + "#" + code, Message: message, Related: related,
	}
	if fix != nil {
		diag.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	r.found = append(r.found, diag)
}

// retry reports all that is wrong with a retry as one finding, under the code of the worst.
func (r *reporter) retry(retry *loops.Retry) {
	r.body(retry)
	faults := faultsOf(retry)
	if len(faults) == 0 {
		return
	}
	pos, end := span(retry.Node)
	r.add(pos, end, faults[0], message(retry, faults), nil, r.fix(retry, faults))
}

// body reports a request that is sent again without its body, where it is sent.
func (r *reporter) body(retry *loops.Retry) {
	if retry.Body == nil {
		return
	}
	if call := r.g.CallAt(retry.Body.Send.Pos()); call != nil {
		pos, end := span(call)
		r.add(pos, end, codeBodyReuse, bodyMessage(retry), []analysis.RelatedInformation{
			{Pos: retry.Body.Made, Message: "it is made once, here"},
		}, r.rewind(retry, call))
	}
}

// requeue reports a message that is put back at once, where it is.
func (r *reporter) requeue(requeue *loops.Requeue) {
	if call := r.g.CallAt(requeue.Call.Pos()); call != nil {
		pos, end := span(call)
		r.add(pos, end, codeRequeue, requeueMessage, nil, nil)
	}
}

// span returns the part of a retry that a finding stands at: the header of a loop, the function
// of a call.
func span(node ast.Node) (pos, end token.Pos) {
	switch node := node.(type) {
	case *ast.ForStmt:
		return node.For, node.Body.Lbrace
	case *ast.RangeStmt:
		return node.For, node.Body.Lbrace
	case *ast.LabeledStmt:
		return node.Pos(), node.Colon
	case *ast.CallExpr:
		return node.Fun.Pos(), node.Fun.End()
	}
	return node.Pos(), node.End()
}
