package deadline

import (
	_ "embed"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/budget"
	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/deadline.md"

//go:embed doc.go
var manual string

// Analyzer reports timeouts that contradict each other.
var Analyzer = &analysis.Analyzer{
	Name:     "deadline",
	Doc:      doc.Extract(manual, "deadline"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, remote.Analyzer, budget.Analyzer, whole.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeInverted      = "inverted"
	codeRetriesExceed = "retries-exceed"
	codeDetached      = "detached"
	codeIgnored       = "ignored"
)

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	result := pass.ResultOf[budget.Analyzer].(*budget.Result)
	if g == nil || result == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{pass: pass, g: g, list: &finding.List{Pass: pass, Page: page, Module: module}}
	for _, inversion := range result.Inversions {
		r.inverted(inversion)
	}
	for _, retry := range result.Retries {
		r.retries(retry)
	}
	hangs := hanging(module, pass.Pkg.Path(), pass.ResultOf[remote.Analyzer].(*remote.Result))
	for _, detachment := range result.Detachments {
		if !slices.ContainsFunc(detachment.Calls, func(d budget.Detached) bool { return hangs[d.Instr.Pos()] }) {
			r.detached(detachment)
		}
	}
	for _, ignored := range result.Ignored {
		r.ignored(ignored)
	}
	r.list.Report()
	return nil, nil
}

// hanging returns the calls that notimeout reports where they are made, for want of a deadline of
// the very context that this rule would report. What only the whole module adds is left out: a
// finding that go vet has must not disappear.
func hanging(module *whole.Module, path string, own *remote.Result) map[token.Pos]bool {
	at := map[token.Pos]bool{}
	for _, h := range own.Hangs {
		// A client or dialer without a timeout is another thing to change, in another place.
		if h.Pass != nil || h.Object == nil {
			at[h.At] = true
		}
	}
	if module == nil {
		return at
	}
	left := map[token.Pos]bool{} // it knows which of them are bounded after all
	for _, h := range module.Hangs(path, own) {
		left[h.At] = at[h.At]
	}
	return left
}

type reporter struct {
	pass *analysis.Pass
	g    *flow.Graph
	list *finding.List
}

func (r *reporter) add(node ast.Node, code, message string, related []analysis.RelatedInformation, fix *analysis.SuggestedFix) {
	if d := r.list.Add(node, code, message); d != nil {
		d.Related = related
		finding.Fix(d, fix)
	}
}

func (r *reporter) inverted(i *budget.Inversion) {
	inner, outer := r.value(i.Inner), r.value(i.Outer)
	if inner == nil || outer == nil {
		return
	}
	related := []analysis.RelatedInformation{{Pos: outer.Pos(), End: outer.End(), Message: "the " + span(i.Outer.D) + " around it"}}
	if i.Call != nil {
		related = append(related, analysis.RelatedInformation{Pos: i.Call.Instr.Pos(), Message: "the handler waits here"})
	}
	r.add(inner, codeInverted, invertedMessage(i), related, nil)
}

func (r *reporter) retries(retry *budget.Retry) {
	overall := r.value(retry.Overall)
	if overall == nil {
		return
	}
	if retry.Within != nil {
		related := []analysis.RelatedInformation{{Pos: retry.Loop.Pos(), Message: "the tries are made here"}}
		r.add(overall, codeRetriesExceed, retriesMessage(retry), related, nil)
		return
	}
	related := []analysis.RelatedInformation{{Pos: overall.Pos(), End: overall.End(), Message: "the " + span(retry.Overall.D) + " for all attempts"}}
	if try := r.value(retry.Try); try != nil {
		related = append(related, analysis.RelatedInformation{Pos: try.Pos(), End: try.End(), Message: "the " + span(retry.Try.D) + " for each"})
	}
	r.add(header(retry.Loop), codeRetriesExceed, retriesMessage(retry), related, nil)
}

// header returns the part of a loop that says how often it runs.
func header(loop ast.Node) ast.Node {
	switch loop := loop.(type) {
	case *ast.ForStmt:
		if loop.Cond != nil {
			return loop.Cond
		}
	case *ast.RangeStmt:
		return loop.X
	}
	return loop
}

func (r *reporter) detached(d *budget.Detachment) {
	root := r.g.CallAt(d.Root.Pos())
	if root == nil {
		return
	}
	var related []analysis.RelatedInformation
	for _, call := range d.Calls {
		if at := call.Instr.Pos(); (at < root.Pos() || root.End() <= at) && len(related) < 5 {
			related = append(related, analysis.RelatedInformation{Pos: at, Message: "the call is made under it here"})
		}
	}
	have := given(d.Given)
	r.add(root, codeDetached, detachedMessage(d, root, have), related, r.attach(root, d, have))
}

func (r *reporter) ignored(i *budget.Ignored) {
	node := r.g.Syntax(i.Options, r.pass.TypesInfo)
	if lit, ok := node.(*ast.CompositeLit); ok && lit.Type != nil {
		node = lit.Type
	}
	var related []analysis.RelatedInformation
	for _, call := range i.Calls {
		if len(related) < 5 {
			related = append(related, analysis.RelatedInformation{
				Pos: call.Instr.Pos(), Message: "this call is made under a context that ends after " + span(call.Outer.D),
			})
		}
	}
	r.add(node, codeIgnored, ignoredMessage(i), related, nil)
}

// value returns the expression that says how long a span is.
func (r *reporter) value(s budget.Span) ast.Expr {
	if s.Store != nil {
		return r.g.StoredAt(s.Store)
	}
	call := r.g.CallAt(s.Call.Pos())
	if call == nil {
		return nil
	}
	op := catalog.None
	fn := flow.CalleeObject(s.Call)
	if limiter := catalog.LimiterOf(fn); limiter != nil {
		op = limiter.Timeout
	} else if hand := catalog.HandoverOf(fn); hand != nil {
		op = max(hand.Timeout, hand.Deadline)
	}
	if i := int(op) - int(catalog.Arg0); 0 <= i && i < len(call.Args) {
		return call.Args[i]
	}
	return nil
}

// given returns the expression of the context at hand: a parameter, or that of a handler's request.
func given(p *ssa.Parameter) string {
	if catalog.TypeName(p.Type()) == "net/http.Request" {
		return p.Name() + ".Context()"
	}
	return p.Name()
}
