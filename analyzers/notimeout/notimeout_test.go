package notimeout_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers/notimeout"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), notimeout.Analyzer, fixtures(t, "*")...)
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), notimeout.Analyzer, fixtures(t, "fix*")...)
}

// fixtures returns the fixture packages, one folder a hazard. One call of Run loads them
// all: the standard library is type-checked once.
func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(analysistest.TestData(), "src", pattern))
	require.NoError(t, err)
	var names []string
	for _, dir := range dirs {
		name := filepath.Base(dir)
		listed := slices.ContainsFunc(slices.Concat(contextFolders, acrossFolders), func(f folder) bool { return f.name == name })
		if !listed && !strings.Contains(name, ".") { // stubs have a domain
			names = append(names, name)
		}
	}
	require.NotEmpty(t, names)
	return names
}

// TestFixedCode checks that the fixed fixtures compile, and that a second run has nothing
// left to fix in them.
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
	graph, err := checker.Analyze([]*analysis.Analyzer{notimeout.Analyzer}, pkgs, nil)
	require.NoError(t, err)
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			assert.Empty(t, d.SuggestedFixes, "%v: %s", action.Package.Fset.Position(d.Pos), d.Message)
		}
	}
}
