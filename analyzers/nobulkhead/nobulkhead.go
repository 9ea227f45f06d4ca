package nobulkhead

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/fanout"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/nobulkhead.md"

//go:embed doc.go
var manual string

// Analyzer reports what one dependency can take all of.
var Analyzer = &analysis.Analyzer{
	Name: "nobulkhead",
	Doc:  doc.Extract(manual, "nobulkhead"),
	URL:  page,
	Requires: []*analysis.Analyzer{
		flow.Analyzer, remote.Analyzer, effect.Analyzer, picture.Analyzer, fanout.Analyzer, serving.Analyzer, whole.Analyzer,
	},
	Run: run,
}

// The codes of the rule's findings.
const (
	codeGoroutines = "goroutine-per-item"
	codePool       = "pool-unlimited"
	codeShared     = "shared-client"
)

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	effects := pass.ResultOf[effect.Analyzer].(*effect.Result)
	if g == nil || effects == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{pass: pass, g: g, module: module, list: &finding.List{Pass: pass, Page: page, Module: module}}
	if fans := pass.ResultOf[fanout.Analyzer].(*fanout.Result); fans != nil {
		for _, fan := range fans.Fans {
			r.fan(fan)
		}
	}
	if own := pass.ResultOf[picture.Analyzer].(*picture.Result); own != nil {
		whole := r.module.Picture(own, effects)
		(&pools{r, whole, r.module.Effects(effects), pass.ResultOf[serving.Analyzer].(*serving.Result)}).report(own)
		r.shared(own, whole)
	}
	r.list.Report()
	return nil, nil
}

type reporter struct {
	pass   *analysis.Pass
	g      *flow.Graph
	module *whole.Module
	list   *finding.List

	declared map[declared]bool // what fixes declare
}

// add reports a finding. mend makes its fix, if it has one.
func (r *reporter) add(node ast.Node, code, message string, related []analysis.RelatedInformation, mend func() *analysis.SuggestedFix) {
	d := r.list.Add(node, code, message)
	if d == nil {
		return
	}
	d.Related = related
	if mend != nil && bool(unsafe) {
		finding.Fix(d, mend())
	}
}

// fan reports a goroutine for each item.
func (r *reporter) fan(fan *fanout.Fan) {
	related := []analysis.RelatedInformation{{Pos: fan.Loop.Pos(), Message: "once for each item"}}
	if pos := fan.Op.Call.Pos(); pos.IsValid() {
		related = append(related, analysis.RelatedInformation{Pos: pos, Message: "each calls this"})
	}
	r.add(fan.Node, codeGoroutines, goroutinesMessage(fan, types.ExprString(fan.Over)), related, func() *analysis.SuggestedFix { return r.limitFan(fan) })
}

// shared reports clients that stand between requests and several services.
func (r *reporter) shared(own *picture.Result, whole *picture.Picture) {
	for _, dep := range whole.Dependencies {
		c := dep.Client
		if r.g.FileOf(c.Pos()) == nil || c.Kind != catalog.HTTPPeer || c.Default || c.Opaque || !c.Unlimited || c.Protection.Has(catalog.WithBulkhead) {
			continue
		}
		hosts := own.Hosts(c)
		if !several(hosts) {
			continue
		}
		for _, edge := range dep.Unprotected() {
			if edge.Protection.Has(catalog.WithBulkhead) {
				continue
			}
			r.add(r.construction(c), codeShared, sharedMessage(hosts), nil, nil)
			break
		}
	}
}

func (r *reporter) construction(c *picture.Client) ast.Node {
	for _, node := range r.g.Path(c.Pos()) {
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
		}
	}
	return nil
}

// several reports whether hosts are of two services at least: eu.example.org and us.example.org are of one.
func several(hosts []string) bool {
	domains := map[string]bool{}
	for _, host := range hosts {
		parts := strings.Split(host, ".")
		domains[strings.Join(parts[max(0, len(parts)-2):], ".")] = true
	}
	return len(domains) > 1
}
