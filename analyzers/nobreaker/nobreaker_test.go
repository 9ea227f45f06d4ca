package nobreaker_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/nobreaker"
	"github.com/resilint/resilint/internal/ruletest"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), nobreaker.Analyzer, fixtures(t, "*")...)
}

// TestUnsafeFixes checks the fixes that a flag asks for, and that there are none without it.
func TestUnsafeFixes(t *testing.T) {
	names := fixtures(t, "unsafe*")
	ruletest.Unfixed(t, nobreaker.Analyzer, analysistest.TestData(), names)

	ruletest.SetFlag(t, nobreaker.Analyzer, "unsafe-fixes", "true")
	ruletest.Unfixed(t, nobreaker.Analyzer, analysistest.TestData(), names) // the standard library has no breaker

	ruletest.SetFlag(t, nobreaker.Analyzer, "fixstyle", "runtime")
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), nobreaker.Analyzer, names...)
	ruletest.FixedCode(t, nobreaker.Analyzer, analysistest.TestData(), names)
}

// fixtures returns the fixture packages whose folders, one a hazard, match a pattern.
func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(analysistest.TestData(), "src", pattern, "*.go"))
	require.NoError(t, err)
	var names []string
	for _, file := range folders {
		names = append(names, filepath.Base(filepath.Dir(file)))
	}
	require.NotEmpty(t, names)
	return names
}
