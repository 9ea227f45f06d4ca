package nobreaker_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/nobreaker"
)

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), nobreaker.Analyzer, fixtures(t)...)
}

// fixtures returns the fixture packages, one folder a hazard.
func fixtures(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(analysistest.TestData(), "src", "*", "*.go"))
	require.NoError(t, err)
	var names []string
	for _, file := range folders {
		names = append(names, filepath.Base(filepath.Dir(file)))
	}
	require.NotEmpty(t, names)
	return names
}
