// Package ruletest is what the tests of all rules need.
package ruletest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// FixedCode checks that fixtures, packages below testdata/src, compile once they are fixed, and
// that a second run of the rule has nothing left to fix in them. Their goldens say what they are
// then.
func FixedCode(t *testing.T, rule *analysis.Analyzer, testdata string, fixtures []string) {
	t.Helper()
	overlay := map[string][]byte{}
	goldens, err := filepath.Glob(filepath.Join(testdata, "src", "fix*", "*.golden"))
	require.NoError(t, err)
	for _, golden := range goldens {
		content, err := os.ReadFile(golden)
		require.NoError(t, err)
		overlay[strings.TrimSuffix(golden, ".golden")] = content
	}
	require.NotEmpty(t, overlay)

	pkgs, err := packages.Load(&packages.Config{
		Mode:    packages.LoadAllSyntax,
		Dir:     filepath.Join(testdata, "src"),
		Env:     append(os.Environ(), "GO111MODULE=off", "GOPATH="+testdata, "GOFLAGS=", "GOPROXY=off"),
		Overlay: overlay,
	}, fixtures...)
	require.NoError(t, err)
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("%s does not compile after its fixes: %v", pkg.ID, err)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{rule}, pkgs, nil)
	require.NoError(t, err)
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			assert.Empty(t, d.SuggestedFixes, "%v: %s", action.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}
