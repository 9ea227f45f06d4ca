package notimeout_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/notimeout"
)

// fixtures returns the fixture packages, one folder a hazard. One call of Run loads them
// all: the standard library is type-checked once.
func fixtures(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(analysistest.TestData(), "src"))
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) == "" {
			names = append(names, entry.Name())
		}
	}
	require.NotEmpty(t, names)
	return names
}

func TestFindings(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), notimeout.Analyzer, fixtures(t)...)
}
