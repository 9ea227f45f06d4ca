// Package ruletest is what the tests of all rules need.
package ruletest

import (
	"cmp"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"slices"
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
	for _, fixture := range fixtures {
		goldens, err := filepath.Glob(filepath.Join(testdata, "src", fixture, "*.golden"))
		require.NoError(t, err)
		for _, golden := range goldens {
			content, err := os.ReadFile(golden)
			require.NoError(t, err)
			overlay[strings.TrimSuffix(golden, ".golden")] = content
		}
	}
	require.NotEmpty(t, overlay)
	unfixed(t, rule, testdata, fixtures, overlay)
}

// FixesCompile checks that all fixes of fixtures compile together, whatever they are about, and that they change
// that many files at least.
func FixesCompile(t *testing.T, rule *analysis.Analyzer, testdata string, fixtures []string, files int) {
	t.Helper()
	conf := &packages.Config{
		Dir: filepath.Join(testdata, "src"),
		Env: append(os.Environ(), "GO111MODULE=off", "GOPATH="+testdata, "GOFLAGS=", "GOPROXY=off"),
	}
	conf.Overlay = Fix(t, rule, conf, fixtures...)
	require.GreaterOrEqual(t, len(conf.Overlay), files)
	pkgs, err := packages.Load(conf, fixtures...)
	require.NoError(t, err)
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("%s does not compile after its fixes: %v", pkg.ID, err)
		}
	}
}

// Unfixed checks that a rule has nothing to fix in fixtures.
func Unfixed(t *testing.T, rule *analysis.Analyzer, testdata string, fixtures []string) {
	t.Helper()
	unfixed(t, rule, testdata, fixtures, nil)
}

// SetFlag sets a flag of a rule until the test ends.
func SetFlag(t *testing.T, rule *analysis.Analyzer, name, value string) {
	t.Helper()
	f := rule.Flags.Lookup(name)
	require.NotNil(t, f, name)
	before := f.Value.String()
	require.NoError(t, f.Value.Set(value))
	t.Cleanup(func() { require.NoError(t, f.Value.Set(before)) })
}

func unfixed(t *testing.T, rule *analysis.Analyzer, testdata string, fixtures []string, overlay map[string][]byte) {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode:    packages.LoadAllSyntax,
		Dir:     filepath.Join(testdata, "src"),
		Env:     append(os.Environ(), "GO111MODULE=off", "GOPATH="+testdata, "GOFLAGS=", "GOPROXY=off"),
		Overlay: overlay,
	}, fixtures...)
	require.NoError(t, err)
	for _, pkg := range pkgs {
		for _, err := range pkg.Errors {
			t.Errorf("%s does not compile: %v", pkg.ID, err)
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

// Fix returns the files of packages as they are once a rule has fixed them, by name: all fixes of a
// file together. Those without findings to fix are not among them.
func Fix(t *testing.T, rule *analysis.Analyzer, conf *packages.Config, patterns ...string) map[string][]byte {
	t.Helper()
	conf.Mode = packages.LoadAllSyntax | packages.NeedModule
	pkgs, err := packages.Load(conf, patterns...)
	require.NoError(t, err)
	require.Zero(t, packages.PrintErrors(pkgs))
	graph, err := checker.Analyze([]*analysis.Analyzer{rule}, pkgs, nil)
	require.NoError(t, err)
	edits := map[string][]analysis.TextEdit{}
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			for _, fix := range d.SuggestedFixes {
				for _, e := range fix.TextEdits {
					name := action.Package.Fset.PositionFor(e.Pos, false).Filename
					same := func(x analysis.TextEdit) bool {
						return x.Pos == e.Pos && x.End == e.End && string(x.NewText) == string(e.NewText)
					}
					if !slices.ContainsFunc(edits[name], same) { // an import that several need
						edits[name] = append(edits[name], e)
					}
				}
			}
		}
	}
	fixed := map[string][]byte{}
	for name, list := range edits {
		fixed[name] = edited(t, pkgs[0].Fset, name, list)
	}
	return fixed
}

// edited returns a file after edits, formatted.
func edited(t *testing.T, fset *token.FileSet, name string, edits []analysis.TextEdit) []byte {
	t.Helper()
	slices.SortStableFunc(edits, func(x, y analysis.TextEdit) int {
		return cmp.Or(cmp.Compare(x.Pos, y.Pos), cmp.Compare(x.End, y.End))
	})
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	var text []byte
	at := 0
	for _, e := range edits {
		from, to := fset.PositionFor(e.Pos, false).Offset, fset.PositionFor(e.End, false).Offset
		require.GreaterOrEqual(t, from, at, "edits of %s overlap at %s", name, fset.Position(e.Pos))
		text = append(append(text, src[at:from]...), e.NewText...)
		at = to
	}
	text, err = format.Source(append(text, src[at:]...))
	require.NoError(t, err)
	return text
}
