package nohealth

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/finding"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/serving"
	"github.com/resilint/resilint/internal/whole"
)

// page is where the rule is documented; each code is a section of it.
const page = "https://github.com/resilint/resilint/blob/main/docs/rules/nohealth.md"

//go:embed doc.go
var manual string

// Analyzer reports programs of which an orchestrator cannot tell whether they work.
var Analyzer = &analysis.Analyzer{
	Name:     "nohealth",
	Doc:      doc.Extract(manual, "nohealth"),
	URL:      page,
	Requires: []*analysis.Analyzer{flow.Analyzer, serving.Analyzer, whole.Analyzer},
	Run:      run,
}

// The codes of the rule's findings.
const (
	codeNone           = "none"
	codeLivenessRemote = "liveness-remote"
)

func run(pass *analysis.Pass) (any, error) {
	own := pass.ResultOf[serving.Analyzer].(*serving.Result)
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	if own == nil || g == nil {
		return nil, nil
	}
	module := pass.ResultOf[whole.Analyzer].(*whole.Module)
	r := &reporter{own: own, module: module, g: g, programs: module.Programs(own), list: &finding.List{Pass: pass, Page: page, Module: module}}
	if serves := module.Serving(); serves != nil && !serves.Probed {
		r.none()
	}
	for _, route := range own.Routed {
		r.liveness(route)
	}
	r.list.Report()
	return nil, nil
}

type reporter struct {
	own      *serving.Result
	module   *whole.Module
	g        *flow.Graph
	programs []*serving.Program
	list     *finding.List
}

// none reports the first server that the package starts for clients, if no program that does so
// answers probes.
func (r *reporter) none() {
	for _, s := range r.own.Starts {
		serve := slices.DeleteFunc(slices.Clone(r.programs), func(p *serving.Program) bool { return !p.Serves(s) })
		if len(serve) == 0 || slices.ContainsFunc(serve, (*serving.Program).Healthy) || !slices.ContainsFunc(serve, r.tells(s)) {
			continue
		}
		if s.Local {
			return // whoever started the program is at the machine
		}
		if call := r.g.CallAt(s.Pos()); call != nil && r.list.Add(call, codeNone, noneMessage(s)) != nil {
			return
		}
	}
}

// tells returns a function that reports whether a start is the first of a program that is no toy: a
// program is one finding.
func (r *reporter) tells(s *serving.Start) func(*serving.Program) bool {
	return func(p *serving.Program) bool {
		starts := p.Starts()
		return !p.IsToy() && p.Module.Orchestrates(p) && len(starts) > 0 && starts[0] == s
	}
}

// liveness reports a route for liveness whose handler leaves the process.
func (r *reporter) liveness(route *serving.Route) {
	if len(r.programs) == 0 || !r.isLiveness(route.Path) {
		return
	}
	far, ok := r.own.Leaves(route.Handler)
	call := r.g.CallAt(route.Call().Pos())
	if ok && call != nil {
		r.list.Add(call, codeLivenessRemote, livenessMessage(route, far))
	}
}

// isLiveness reports whether a route is there for liveness: its path says so, or a manifest does.
func (r *reporter) isLiveness(path string) bool {
	if _, plain, ok := strings.Cut(path, " "); ok {
		path = plain // "GET /livez"
	}
	if lively.MatchString(path) {
		return true
	}
	// The path that says nothing may be another program's.
	serves := r.module.Serving()
	return serves != nil && path != "" && path != "/" && slices.Contains(serves.Lively, path)
}

var lively = regexp.MustCompile(`(?i)(^|[/_-])(livez?|liveness|alive)(probe|check|z)?/?$`)

func noneMessage(s *serving.Start) string {
	what := "answer /livez while the process works, and /readyz while it can take requests"
	if s.Servers == "gRPC" {
		what = "register google.golang.org/grpc/health"
	}
	return fmt.Sprintf("nothing tells an orchestrator whether this server works: one that hangs, or is not ready yet, gets requests as long as its port accepts connections; %s", what)
}

func livenessMessage(route *serving.Route, far serving.Far) string {
	return fmt.Sprintf("%s asks another service (%s in %s) whether this process is alive: when that one is down or slow, every instance is restarted; ask it for readiness, and let liveness answer by itself",
		route.Path, far.API[strings.LastIndexByte(far.API, '/')+1:], far.In)
}
