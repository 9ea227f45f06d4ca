// Package recovered keeps an analyzer that fails on a package from costing more than that
// package, under drivers that are not ours: go vet and golangci-lint. (The standalone driver has
// its own guard, which also knows failures from findings when it exits.)
//
// A panic ends the process of either: go vet then has no facts of the package, and analyzes
// none of its importers. An error is kinder and no better: under go vet it takes the place of
// what other rules found in the package, and on packages that are analyzed only for their facts
// nobody is told.
//
// So a failure is a line on stderr, and to the driver a pass that found nothing. The go command
// does not repeat that line when it takes the result of a pass from its cache.
package recovered

import (
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// Wrap returns copies of the rules, and of all analyzers that they require, that never fail.
// They call note with a line for each failure, perhaps at the same time. A failed pass reports
// nothing and has a zero result, which nobody sees: passes on the same package that require it
// do nothing. Passes on importing packages go on without its facts, or with some of them.
//
// The copies share the flags of the originals. The original analyzers run as if they were not
// copied: they see themselves and each other in [analysis.Pass].
func Wrap(rules []*analysis.Analyzer, note func(line string)) []*analysis.Analyzer {
	g := &graph{
		note:   note,
		copies: make(map[*analysis.Analyzer]*analysis.Analyzer),
		failed: make(map[action]bool),
	}
	var wrapped []*analysis.Analyzer
	for _, rule := range rules {
		wrapped = append(wrapped, g.copy(rule))
	}
	return wrapped
}

// A graph is the analyzers of one call of Wrap.
type graph struct {
	note   func(line string)
	copies map[*analysis.Analyzer]*analysis.Analyzer // by original; not changed after Wrap

	mu     sync.Mutex
	failed map[action]bool
}

// An action is an analyzer on a package. A package and its variant for a test have one path, but
// are two packages here.
type action struct {
	analyzer *analysis.Analyzer // the original
	pkg      *types.Package
}

// errPrerequisite is the failure of a pass that requires a failed one, which was noted.
var errPrerequisite = errors.New("a required analyzer failed")

func (g *graph) copy(a *analysis.Analyzer) *analysis.Analyzer {
	if c := g.copies[a]; c != nil {
		return c
	}
	c := *a
	c.Requires = nil
	for _, req := range a.Requires {
		c.Requires = append(c.Requires, g.copy(req))
	}
	c.Run = func(pass *analysis.Pass) (any, error) {
		var found []analysis.Diagnostic
		result, err := g.run(a, pass, &found)
		if err != nil {
			g.fail(action{a, pass.Pkg}, err)
			return zero(a.ResultType), nil
		}
		for _, d := range found {
			pass.Report(d)
		}
		return result, nil
	}
	g.copies[a] = &c
	return &c
}

// run runs the original analyzer. What it reports goes to found: it may fail after.
func (g *graph) run(a *analysis.Analyzer, pass *analysis.Pass, found *[]analysis.Diagnostic) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v%s", v, Site())
		}
	}()
	own := *pass
	own.Analyzer = a
	own.Report = func(d analysis.Diagnostic) { *found = append(*found, d) }
	own.ResultOf = make(map[*analysis.Analyzer]any)
	for _, req := range a.Requires {
		if g.hasFailed(action{req, pass.Pkg}) {
			return nil, errPrerequisite
		}
		own.ResultOf[req] = pass.ResultOf[g.copies[req]]
	}
	result, err = a.Run(&own)
	if err == nil && reflect.TypeOf(result) != a.ResultType {
		err = fmt.Errorf("result is a %T, not a %v", result, a.ResultType)
	}
	return result, err
}

func (g *graph) hasFailed(act action) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.failed[act]
}

func (g *graph) fail(act action, err error) {
	g.mu.Lock()
	g.failed[act] = true
	g.mu.Unlock()
	if !errors.Is(err, errPrerequisite) {
		line := fmt.Sprintf("resilint: rule %s failed on package %s: %v", act.analyzer.Name, act.pkg.Path(), err)
		g.note(strings.ReplaceAll(line, "\n", " "))
	}
}

// zero returns a result that drivers accept for one of type t.
func zero(t reflect.Type) any {
	if t == nil {
		return nil
	}
	return reflect.Zero(t).Interface()
}
