package unboundedretry

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
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
	Requires: []*analysis.Analyzer{flow.Analyzer, loops.Analyzer, effect.Analyzer, picture.Analyzer, serving.Analyzer, whole.Analyzer},
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
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{pass: pass, g: g, module: module, list: &finding.List{Pass: pass, Page: page, Module: module}}
	for _, retry := range result.Retries {
		r.retry(started(retry, module))
	}
	for _, requeue := range result.Requeues {
		r.requeue(requeue)
	}
	r.list.Report()
	return nil, nil
}

// started returns a retry with what the whole module shows of it: that it is made once, when a program starts. Where a
// library attempts again, that takes an option to mend, and a command may be run on many machines at once.
func started(retry *loops.Retry, module *whole.Module) *loops.Retry {
	elsewhere := func(name string) bool { return !module.RunsOnce(name) }
	if retry.Startup || retry.Form == loops.Library || len(retry.IfOnce) == 0 || slices.ContainsFunc(retry.IfOnce, elsewhere) {
		return retry
	}
	known := *retry
	known.Startup = true
	return &known
}

type reporter struct {
	pass   *analysis.Pass
	g      *flow.Graph
	module *whole.Module
	list   *finding.List

	names map[declared]bool // what fixes declare
}

// many reports whether those who fail together in a retry are many: a loop starts them side by side, they are requests, or
// whoever uses a library decides how many they are. One worker, for all that is seen, is not.
func (r *reporter) many(retry *loops.Retry) bool {
	if retry.Many || r.isLibrary() {
		return true
	}
	effects, _ := r.pass.ResultOf[effect.Analyzer].(*effect.Result)
	own, _ := r.pass.ResultOf[picture.Analyzer].(*picture.Result)
	return effects != nil && own != nil &&
		r.module.Picture(own, effects).Crowds(r.module.Effects(effects), flow.NameOf(retry.Func))
}

// isLibrary reports whether others decide how many use the package: they can import it, and no program of its module,
// as far as that is seen, is made of it.
func (r *reporter) isLibrary() bool {
	if r.pass.Pkg.Name() == "main" || strings.Contains("/"+r.pass.Pkg.Path()+"/", "/internal/") {
		return false
	}
	served, _ := r.pass.ResultOf[serving.Analyzer].(*serving.Result)
	return served == nil || len(r.module.Programs(served)) == 0
}

// retry reports all that is wrong with a retry as one finding, under the code of the worst.
func (r *reporter) retry(retry *loops.Retry) {
	r.body(retry)
	many := r.many(retry)
	if retry.Connects && !many { // a worker's own connection: it may be one of a daemon's, in two functions
		known := *retry
		known.Reconnects = true
		retry = &known
	}
	faults := faultsOf(retry, many)
	if len(faults) == 0 {
		return
	}
	finding.Fix(r.list.Add(retry.Node, faults[0], message(retry, faults)), r.fix(retry, faults))
}

// body reports a request that is sent again without its body, where it is sent.
func (r *reporter) body(retry *loops.Retry) {
	if retry.Body == nil {
		return
	}
	if call := r.g.CallAt(retry.Body.Send.Pos()); call != nil {
		if d := r.list.Add(call, codeBodyReuse, bodyMessage(retry)); d != nil {
			d.Related = []analysis.RelatedInformation{{Pos: retry.Body.Made, Message: "it is made once, here"}}
			finding.Fix(d, r.rewind(retry, call))
		}
	}
}

// requeue reports a message that is put back at once, where it is.
func (r *reporter) requeue(requeue *loops.Requeue) {
	if call := r.g.CallAt(requeue.Call.Pos()); call != nil {
		r.list.Add(call, codeRequeue, requeueMessage)
	}
}
