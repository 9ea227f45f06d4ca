package noshutdown_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/noshutdown"
	"github.com/resilint/resilint/internal/ruletest"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), noshutdown.Analyzer, fixtures(t, "*")...)
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), noshutdown.Analyzer, fixtures(t, "fix*")...)
}

// TestFixedCode checks that the fixed fixtures compile, and that a second run has nothing left to
// fix in them.
func TestFixedCode(t *testing.T) {
	ruletest.FixedCode(t, noshutdown.Analyzer, analysistest.TestData(), fixtures(t, "fix*"))
}

// TestUnsafeFixes checks the fixes that a flag asks for, and that there are none without it.
func TestUnsafeFixes(t *testing.T) {
	names := fixtures(t, "unsafe*")
	ruletest.Unfixed(t, noshutdown.Analyzer, analysistest.TestData(), names)

	ruletest.SetFlag(t, noshutdown.Analyzer, "unsafe-fixes", "true")
	ruletest.Unfixed(t, noshutdown.Analyzer, analysistest.TestData(), names) // the standard library has no such thing

	ruletest.SetFlag(t, noshutdown.Analyzer, "fixstyle", "runtime")
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), noshutdown.Analyzer, names...)
	ruletest.FixedCode(t, noshutdown.Analyzer, analysistest.TestData(), names)
}

// fixtures returns the fixture packages, one folder a hazard, with those below it.
func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	src := filepath.Join(analysistest.TestData(), "src")
	var names []string
	seen := map[string]bool{}
	for _, depth := range []string{"*.go", "*/*.go", "*/*/*.go"} {
		files, err := filepath.Glob(filepath.Join(src, pattern, filepath.FromSlash(depth)))
		require.NoError(t, err)
		for _, file := range files {
			name, err := filepath.Rel(src, filepath.Dir(file))
			require.NoError(t, err)
			if !seen[name] {
				seen[name] = true
				names = append(names, filepath.ToSlash(name))
			}
		}
	}
	require.NotEmpty(t, names)
	return names
}
