package notimeout

import (
	"cmp"
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/directive"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/notimeout.md"

//go:embed doc.go
var manual string

// Analyzer reports remote calls that can block for ever.
var Analyzer = &analysis.Analyzer{
	Name:     "notimeout",
	Doc:      doc.Extract(manual, "notimeout"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, remote.Analyzer, whole.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeClient  = "client"
	codeZero    = "zero"
	codePartial = "partial"
	codeContext = "context"
	codeCall    = "call"
	codeDial    = "dial"
	codeServer  = "server"
)

// A finding is one cause: a client, dialer or server to change, or a call that has none.
type finding struct {
	node  ast.Node // what has to change
	code  string
	hangs []*remote.Hang // the calls that hang because of it
}

// downloads reports whether one of the calls receives what may take long to read.
func (f *finding) downloads() bool {
	return slices.ContainsFunc(f.hangs, func(h *remote.Hang) bool { return h.Download })
}

// unread reports whether none of the calls reads what is answered.
func (f *finding) unread() bool {
	return !slices.ContainsFunc(f.hangs, func(h *remote.Hang) bool { return !h.Unread })
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	result := pass.ResultOf[remote.Analyzer].(*remote.Result)
	if g == nil {
		return nil, nil
	}
	r := &reporter{pass: pass, g: g, fixer: newFixer(pass, g)}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	for _, f := range r.collect(module.Hangs(pass.Pkg.Path(), result)) {
		r.report(f)
	}
	for _, slip := range result.Slips {
		r.reportSlip(slip)
	}
	return nil, nil
}

type reporter struct {
	pass  *analysis.Pass
	g     *flow.Graph
	fixer *fixer
}

// collect groups the calls that can hang by what has to change, in source order.
func (r *reporter) collect(hangs []*remote.Hang) []*finding {
	type cause struct{ pos, end token.Pos }
	byCause := map[any]*finding{}
	var findings []*finding
	for _, h := range hangs {
		if defaultClient == bounded && h.UsesDefaultClient() {
			continue
		}
		node, code := r.cause(h)
		if node == nil || !scope.Reportable(r.pass, node.Pos()) || directive.Declined(r.pass, node) {
			continue
		}
		var key any = cause{node.Pos(), node.End()}
		if h.Object != nil && h.Object.Kind == flow.Field && node == r.callSyntax(h) {
			key = h.Object.Origin // a field left at its zero value: one cause, many calls
		}
		if h.Pass == nil && h.API.Once {
			key = catalog.GroupOf(h.API) // a package full of them
		}
		f := byCause[key]
		if f == nil {
			f = &finding{node: node, code: code}
			byCause[key] = f
			findings = append(findings, f)
		}
		f.hangs = append(f.hangs, h)
	}
	for _, f := range findings {
		slices.SortStableFunc(f.hangs, func(x, y *remote.Hang) int { return r.compare(x.At, y.At) })
		r.pickOne(f)
	}
	slices.SortStableFunc(findings, func(x, y *finding) int { return r.compare(x.node.Pos(), y.node.Pos()) })
	return findings
}

// pickOne chooses the call at which a finding stands that is about all calls of their kind: a
// ping, since a health check that hangs is the one that nobody hears of, or else the first.
func (r *reporter) pickOne(f *finding) {
	if h := f.hangs[0]; h.Pass != nil || !h.API.Once {
		return
	}
	i := max(0, slices.IndexFunc(f.hangs, func(h *remote.Hang) bool { return strings.HasSuffix(h.API.Name, ".Ping") }))
	picked := f.hangs[i]
	f.hangs = slices.Insert(slices.Delete(f.hangs, i, i+1), 0, picked)
	f.node, _ = r.cause(picked)
}

// compare orders positions by file name first: drivers parse files in parallel, and which of
// them comes first in the file set is chance.
func (r *reporter) compare(x, y token.Pos) int {
	px, py := r.pass.Fset.Position(x), r.pass.Fset.Position(y)
	return cmp.Or(strings.Compare(px.Filename, py.Filename), cmp.Compare(px.Offset, py.Offset))
}

// cause returns the place that has to change for h, and the code it is reported under.
func (r *reporter) cause(h *remote.Hang) (ast.Node, string) {
	if h.Zero != nil {
		if value := r.zeroSyntax(h); value != nil {
			return value, codeZero
		}
	}
	call := r.callSyntax(h)
	if h.Pass != nil {
		if arg := r.argument(call, h.Pass); arg != nil {
			return arg, codeContext
		}
		return call, codeContext
	}
	if h.Object == nil {
		return call, kindCode(h)
	}
	node := r.g.Syntax(*h.Object, r.pass.TypesInfo)
	if h.API.Kind == catalog.Serve && h.Type != nil && h.Type.Knob != "" {
		node = call // the server is part of what was made
	}
	if node == nil {
		node = call // a field left at its zero value
	}
	if h.Bound == remote.Headers || h.Bound == remote.Opened {
		return node, codePartial
	}
	return node, kindCode(h)
}

// zeroSyntax returns the constant that switches the bound off.
func (r *reporter) zeroSyntax(h *remote.Hang) ast.Expr {
	if h.Zero.Store != nil {
		return r.g.StoredAt(h.Zero.Store)
	}
	if call, ok := r.callSyntax(h).(*ast.CallExpr); ok && h.API.Timeout != catalog.None {
		if i := int(h.API.Timeout - catalog.Arg0); i < len(call.Args) {
			return call.Args[i]
		}
	}
	return nil
}

func kindCode(h *remote.Hang) string {
	switch {
	case h.API.Kind == catalog.Serve:
		return codeServer
	case h.API.Kind == catalog.Query:
		return codeCall
	case h.API.Kind == catalog.Dial || strings.HasPrefix(h.API.Name, "net/smtp."):
		return codeDial
	}
	return codeClient
}

// argument returns the expression of the context that is passed.
func (r *reporter) argument(node ast.Node, pass *remote.Pass) ast.Expr {
	call, ok := node.(*ast.CallExpr)
	if !ok {
		return nil
	}
	i := pass.Index
	if pass.Callee != nil && pass.Callee.Signature().Recv() != nil {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || r.pass.TypesInfo.Selections[sel] == nil || r.pass.TypesInfo.Selections[sel].Kind() != types.MethodExpr {
			i-- // the receiver
		}
	}
	if i < 0 || i >= len(call.Args) {
		return nil
	}
	return call.Args[i]
}

// callSyntax returns the call expression of h, or the method value it is made through.
func (r *reporter) callSyntax(h *remote.Hang) ast.Node {
	for _, node := range r.g.Path(h.At) {
		switch node := node.(type) {
		case *ast.CallExpr:
			return node
		case *ast.GoStmt:
			return node.Call
		case *ast.DeferStmt:
			return node.Call
		case *ast.SelectorExpr:
			if node.Sel.Pos() == h.At {
				return node
			}
		}
	}
	return nil
}

func (r *reporter) report(f *finding) {
	first := f.hangs[0]
	pos, end := shortRange(f.node)
	diag := analysis.Diagnostic{
		Pos: pos, End: end,
		Category: f.code,
		URL:      page + "#" + f.code,
		Message:  message(f, r.pass),
	}
	if first.Object != nil || first.API.Once {
		seen := map[token.Pos]bool{}
		for _, h := range f.hangs {
			if !seen[h.At] && (h.At < f.node.Pos() || h.At > f.node.End()) && len(diag.Related) < 5 {
				seen[h.At] = true
				diag.Related = append(diag.Related, analysis.RelatedInformation{Pos: h.At, Message: relatedMessage(h)})
			}
		}
	}
	if made := madeAt(first); made.IsValid() && (made < f.node.Pos() || made > f.node.End()) {
		diag.Related = append(diag.Related, analysis.RelatedInformation{Pos: made, Message: "the context is made here, without a deadline"})
	}
	if fix := r.fixer.fix(f); fix != nil {
		diag.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	r.pass.Report(diag)
}

// madeAt returns where the context is made that a call passes.
func madeAt(h *remote.Hang) token.Pos {
	if h.Pass == nil || h.Pass.Made == nil {
		return token.NoPos
	}
	return h.Pass.Made.Pos()
}

// shortRange returns the shortest range that shows what a finding is about: the type of a
// literal rather than all of its fields, the function of a call rather than its arguments.
func shortRange(node ast.Node) (pos, end token.Pos) {
	switch node := node.(type) {
	case *ast.CompositeLit:
		if node.Type != nil {
			return node.Type.Pos(), node.Type.End()
		}
	case *ast.CallExpr:
		return node.Fun.Pos(), node.Fun.End()
	}
	return node.Pos(), node.End()
}

func (r *reporter) reportSlip(slip *remote.Slip) {
	value := r.g.StoredAt(slip.Store)
	if value == nil || !scope.Reportable(r.pass, value.Pos()) {
		return
	}
	text := fmt.Sprintf("%d means no timeout here: if the server hangs, what waits for it hangs too, for ever; leave %s out for the library's default, or set a positive duration",
		slip.Value, slip.Field.Name())
	if !slip.Off {
		if !countsUnits(value, r.pass) {
			return // hours on purpose
		}
		text = fmt.Sprintf("%s of %v is a timeout of hours, as good as none: a number of milliseconds times time.Second? Check the unit",
			slip.Field.Name(), slip.Value)
	}
	r.pass.Report(analysis.Diagnostic{
		Pos: value.Pos(), End: value.End(),
		Category: codeZero,
		URL:      page + "#" + codeZero,
		Message:  text,
	})
}
