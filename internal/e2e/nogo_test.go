package e2e

import (
	"go/token"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers"
)

// TestAlone: each analyzer does alone what it does beside the others, as the analyzers of a nogo must,
// and its facts survive gob, always as the same bytes.
func TestAlone(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: musiccorp, Env: append(os.Environ(), "GOFLAGS=", "GOWORK=off"),
	}, "./...")
	require.NoError(t, err)
	require.Zero(t, packages.PrintErrors(pkgs))
	report := func(rules ...*analysis.Analyzer) map[*analysis.Analyzer][]token.Position {
		graph, err := checker.Analyze(rules, pkgs, &checker.Options{SanityCheck: true, Sequential: true})
		require.NoError(t, err)
		found := map[*analysis.Analyzer][]token.Position{}
		for _, act := range graph.Roots {
			require.NoError(t, act.Err)
			for _, d := range act.Diagnostics {
				found[act.Analyzer] = append(found[act.Analyzer], act.Package.Fset.Position(d.Pos))
			}
		}
		return found
	}
	together := report(analyzers.All()...)
	require.NotEmpty(t, together)
	for _, rule := range analyzers.All() {
		assert.ElementsMatch(t, together[rule], report(rule)[rule], rule.Name)
	}
}
