// Package budget says how long calls may take, as far as constants tell, and which calls take no
// notice of how long their caller has.
//
// It is about the numbers themselves: that there is a bound at all is package remote's business.
// What is not a constant, or comes from more than one place, has no number here, and says nothing.
package budget

import (
	"go/token"
	"reflect"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// Analyzer compares the durations of a package, and finds the contexts that its calls leave out.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintbudget",
	Doc:        "compare the timeouts that bound the same call, and find the contexts that calls leave out",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, remote.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Sends)(nil)},
}

// A Result is what is known of a package's budgets.
type Result struct {
	Inversions  []*Inversion
	Retries     []*Retry
	Detachments []*Detachment
	Ignored     []*Ignored
}

// A Span is a duration that the source sets.
type Span struct {
	D  time.Duration
	At token.Pos // within the expression that says how long, or within the call that takes it

	Call  ssa.CallInstruction // context.WithTimeout(…)
	Store *ssa.Store          // client.Timeout = …
}

// An Inversion is a timeout that is longer than the one around it.
type Inversion struct {
	Inner, Outer Span

	// Handler is the function that serves, where Outer is the time it has for its answer: its
	// server drops the connection then, or, if Replaced, something answers in its place.
	Handler  *ssa.Function
	Replaced bool
	Call     *remote.Call // that Inner bounds, of a handler
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	calls := pass.ResultOf[remote.Analyzer].(*remote.Result)
	if g == nil || calls == nil {
		return (*Result)(nil), nil
	}
	f := &finder{g: g, pass: pass, calls: calls, result: &Result{}, sends: map[*ssa.Parameter]Leaf{}}
	f.findSends()
	f.exportSends()
	f.nested()
	f.clients()
	f.served()
	f.retries()
	f.detached()
	f.ignored()
	return f.result, nil
}

// A finder is the work on one package.
type finder struct {
	g      *flow.Graph
	pass   *analysis.Pass
	calls  *remote.Result
	result *Result

	sends map[*ssa.Parameter]Leaf // contexts and requests that remote calls are made under
}
