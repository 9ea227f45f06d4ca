package unboundedretry_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/unboundedretry"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), unboundedretry.Analyzer, fixtures(t, "*")...)
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
		if !seen[name] && !strings.Contains(name, ".") { // stubs of libraries

			seen[name] = true
			names = append(names, filepath.ToSlash(name))
		}
	}
	require.NotEmpty(t, names)
	return names
}
