package notimeout_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/analyzers/notimeout"
	"github.com/resilint/resilint/internal/ruletest"
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
	ruletest.FixedCode(t, notimeout.Analyzer, analysistest.TestData(), fixtures(t, "fix*"))
}

// TestFixesCompile checks that all fixes of all fixtures compile together, whatever they are about.
func TestFixesCompile(t *testing.T) {
	ruletest.FixesCompile(t, notimeout.Analyzer, analysistest.TestData(), fixtures(t, "*"), 21)
}

// TestUnsafeFixes checks the fixes that a flag asks for, and that there are none without it.
func TestUnsafeFixes(t *testing.T) {
	names := fixtures(t, "unsafe*")
	ruletest.Unfixed(t, notimeout.Analyzer, analysistest.TestData(), names)

	ruletest.SetFlag(t, notimeout.Analyzer, "unsafe-fixes", "true")
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), notimeout.Analyzer, names...)
	ruletest.FixedCode(t, notimeout.Analyzer, analysistest.TestData(), names)
}
