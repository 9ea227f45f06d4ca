package nonidempotent_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/nonidempotent"
	"github.com/resilint/resilint/internal/ruletest"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), nonidempotent.Analyzer, fixtures(t, "*")...)
}

// TestLayers looks at a package whose path has words in it that are about goods elsewhere.
func TestLayers(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), nonidempotent.Analyzer, "ticketing/delivery/web")
}

// TestUniqueKeys looks at a module whose migrations say of which rows there is no second.
func TestUniqueKeys(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(analysistest.TestData())))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "src", "uniquekeys", "go.mod"), []byte("module uniquekeys\n"), 0o600))
	analysistest.Run(t, dir, nonidempotent.Analyzer, "uniquekeys/orders")
}

func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), nonidempotent.Analyzer, fixtures(t, "fix*")...)
}

func TestFixedCode(t *testing.T) {
	ruletest.FixedCode(t, nonidempotent.Analyzer, analysistest.TestData(), fixtures(t, "fix*"))
}

// TestUnsafeFixes checks the fixes that a flag asks for, and that there are none without it.
func TestUnsafeFixes(t *testing.T) {
	names := fixtures(t, "unsafe*")
	ruletest.Unfixed(t, nonidempotent.Analyzer, analysistest.TestData(), names)

	ruletest.SetFlag(t, nonidempotent.Analyzer, "unsafe-fixes", "true")
	ruletest.SetFlag(t, nonidempotent.Analyzer, "fixstyle", "runtime")
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), nonidempotent.Analyzer, names...)
	ruletest.FixedCode(t, nonidempotent.Analyzer, analysistest.TestData(), names)
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
