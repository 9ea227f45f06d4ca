package driver

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/driver/unit"
	"github.com/resilint/resilint/internal/recovered"
	"github.com/resilint/resilint/internal/report"
)

// A guard runs analyzers in two steps: first, on the whole module, the passes that gather
// evidence, then, on the packages asked for, the rules, which get the evidence as if they ran
// beside it. In between the driver knows the module ([guard.set]).
//
// It also keeps an analyzer that fails on one package from affecting other
// packages. Package checker does not: a panic ends the process, and an error
// is passed on to the same analyzer on all importing packages.
//
// It does so by analyzers that stand for the real ones. A stand-in never
// fails: the guard remembers that it did, and its importers go on without
// the facts. The real analyzers are not changed, and when they run they see
// themselves, not their stand-ins, in [analysis.Pass].
type guard struct {
	standIns map[*analysis.Analyzer]*analysis.Analyzer

	mu      sync.Mutex
	failed  map[failureKey]error
	results map[failureKey]any                        // of the evidence passes
	given   map[*analysis.Analyzer]any                // results that the driver supplies
	rules   map[*analysis.Analyzer]bool               // stand-ins of rules
	real    map[*analysis.Analyzer]*analysis.Analyzer // by stand-in
}

type failureKey struct {
	pkg     string // path
	standIn *analysis.Analyzer
}

// errPrerequisite is the failure of an analyzer that did not run because one
// that it requires failed.
var errPrerequisite = errors.New("a required analyzer failed")

func newGuard() *guard {
	return &guard{
		standIns: make(map[*analysis.Analyzer]*analysis.Analyzer),
		failed:   make(map[failureKey]error),
		results:  make(map[failureKey]any),
		given:    make(map[*analysis.Analyzer]any),
		rules:    make(map[*analysis.Analyzer]bool),
		real:     make(map[*analysis.Analyzer]*analysis.Analyzer),
	}
}

// evidence returns the stand-ins of the passes that rules require.
func (g *guard) evidence(rules []*analysis.Analyzer) []*analysis.Analyzer {
	var passes []*analysis.Analyzer
	for _, rule := range rules {
		for _, req := range rule.Requires {
			if s := g.standIn(req); !slices.Contains(passes, s) {
				passes = append(passes, s)
			}
		}
	}
	return passes
}

// rule returns the stand-in for a rule. It requires nothing: what the rule requires has been
// run.
func (g *guard) rule(a *analysis.Analyzer) *analysis.Analyzer {
	for _, req := range a.Requires {
		g.standIn(req)
	}
	s := g.newStandIn(a)
	g.rules[s] = true
	return s
}

// result returns the result of an evidence pass on a package.
func (g *guard) result(pkg string, a *analysis.Analyzer) any { return g.resultOf(pkg, g.standIns[a]) }

// resultOf returns the result of the analyzer behind a stand-in on a package, or nil.
func (g *guard) resultOf(pkg string, standIn *analysis.Analyzer) any {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.results[failureKey{pkg, standIn}]
}

// set makes result the result of a on every package.
func (g *guard) set(a *analysis.Analyzer, result any) { g.given[a] = result }

// standIn returns the stand-in for an evidence pass, whose prerequisites are stand-ins too.
func (g *guard) standIn(a *analysis.Analyzer) *analysis.Analyzer {
	if s := g.standIns[a]; s != nil {
		return s
	}
	s := g.newStandIn(a)
	for _, req := range a.Requires {
		s.Requires = append(s.Requires, g.standIn(req))
	}
	g.standIns[a] = s
	return s
}

func (g *guard) newStandIn(a *analysis.Analyzer) *analysis.Analyzer {
	s := &analysis.Analyzer{
		Name:             a.Name,
		Doc:              a.Doc,
		URL:              a.URL,
		RunDespiteErrors: a.RunDespiteErrors,
		ResultType:       a.ResultType,
		FactTypes:        a.FactTypes,
	}
	s.Run = func(pass *analysis.Pass) (any, error) {
		result, err := g.run(a, pass)
		g.mu.Lock()
		defer g.mu.Unlock()
		if err == nil {
			g.results[failureKey{pass.Pkg.Path(), s}] = result
		} else {
			g.failed[failureKey{pass.Pkg.Path(), s}] = err
			result = nil
			if a.ResultType != nil {
				result = reflect.Zero(a.ResultType).Interface() // nobody will look at it
			}
		}
		return result, nil
	}
	g.real[s] = a
	return s
}

// run runs the real analyzer.
func (g *guard) run(a *analysis.Analyzer, pass *analysis.Pass) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v%s", v, recovered.Site())
		}
	}()
	real := *pass
	real.Analyzer = a
	real.ResultOf = make(map[*analysis.Analyzer]any)
	for _, req := range a.Requires {
		s := g.standIns[req]
		if g.failure(pass.Pkg.Path(), s) != nil {
			return nil, errPrerequisite
		}
		if given, ok := g.given[req]; ok {
			real.ResultOf[req] = given
		} else if g.rules[pass.Analyzer] {
			real.ResultOf[req] = g.result(pass.Pkg.Path(), req)
		} else {
			real.ResultOf[req] = pass.ResultOf[s]
		}
	}
	result, err = a.Run(&real)
	if err == nil && reflect.TypeOf(result) != a.ResultType {
		err = fmt.Errorf("result is a %T, not a %v", result, a.ResultType)
	}
	return result, err
}

// failure returns why the analyzer behind a stand-in failed on a package, or
// nil.
func (g *guard) failure(pkg string, standIn *analysis.Analyzer) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.failed[failureKey{pkg, standIn}]
}

// notes returns what the results of passes have to say to people, as lines, sorted.
func (g *guard) notes(format func(token.Pos, string) string) []string {
	var lines []string
	for _, result := range g.results {
		if result, ok := result.(unit.Noter); ok {
			for _, d := range result.Notes() {
				lines = append(lines, format(d.Pos, d.Message))
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// failures returns the failures that have no other failure as their cause.
func (g *guard) failures() []report.Failure {
	var res []report.Failure
	for key, err := range g.failed {
		if s := g.standIns[g.real[key.standIn]]; g.rules[key.standIn] && s != nil && g.failed[failureKey{key.pkg, s}] != nil {
			continue // required by another rule, it has failed once already
		}
		if !errors.Is(err, errPrerequisite) {
			res = append(res, report.Failure{Package: key.pkg, Rule: key.standIn.Name, Err: err})
		}
	}
	slices.SortFunc(res, func(x, y report.Failure) int {
		return cmp.Or(cmp.Compare(x.Package, y.Package), cmp.Compare(x.Rule, y.Rule))
	})
	return res
}
