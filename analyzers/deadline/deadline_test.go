package deadline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers/deadline"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), deadline.Analyzer, fixtures(t, "*")...)
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), deadline.Analyzer, fixtures(t, "fix*")...)
}

// fixtures returns the fixture packages, one folder a hazard, with those below it.
func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	src := filepath.Join(analysistest.TestData(), "src")
	files, err := filepath.Glob(filepath.Join(src, pattern, "*.go"))
	require.NoError(t, err)
	below, err := filepath.Glob(filepath.Join(src, pattern, "*", "*.go"))
	require.NoError(t, err)
	var names []string
	seen := map[string]bool{}
	for _, file := range append(files, below...) {
		name, err := filepath.Rel(src, filepath.Dir(file))
		require.NoError(t, err)
		if !seen[name] {
			seen[name] = true
			names = append(names, filepath.ToSlash(name))
		}
	}
	require.NotEmpty(t, names)
	return names
}

// TestFixedCode checks that the fixed fixtures compile, and that a second run has nothing left to
// fix in them.
func TestFixedCode(t *testing.T) {
	testdata := analysistest.TestData()
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
	}, fixtures(t, "fix*")...)
	require.NoError(t, err)
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("%s does not compile after its fixes: %v", pkg.ID, err)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{deadline.Analyzer}, pkgs, nil)
	require.NoError(t, err)
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			assert.Empty(t, d.SuggestedFixes, "%v: %s", action.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}
