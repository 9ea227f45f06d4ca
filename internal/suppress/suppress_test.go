package suppress_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/suppress"
)

// calls is a rule that reports the calls of functions named bad, worse and worst.
func calls(name, function string) *analysis.Analyzer {
	return &analysis.Analyzer{Name: name, Doc: "report calls of " + function, Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if fun, ok := call.Fun.(*ast.Ident); ok && fun.Name == function {
						pass.Report(analysis.Diagnostic{Pos: call.Pos(), Category: "call", Message: function + " called"})
					}
				}
				return true
			})
		}
		return nil, nil
	}}
}

func TestWrap(t *testing.T) {
	rules := []*analysis.Analyzer{calls("one", "bad"), calls("two", "worse")}
	tests := []struct {
		fixture string
		opts    suppress.Options
	}{
		{"standalone", suppress.Options{Whole: true, Nolint: true}},
		{"vet", suppress.Options{Nolint: true}},
		{"golangci", suppress.Options{}},
	}
	for _, test := range tests {
		t.Run(test.fixture, func(t *testing.T) {
			wrapped := suppress.Wrap(rules, test.opts)
			all := &analysis.Analyzer{Name: "all", Doc: "run all rules", Run: func(pass *analysis.Pass) (any, error) {
				for _, rule := range wrapped {
					if _, err := rule.Run(pass); err != nil {
						return nil, err
					}
				}
				return nil, nil
			}}
			analysistest.Run(t, analysistest.TestData(), all, test.fixture)
		})
	}
}

// TestURL: what is wrong with a directive is explained in a section that the pages of all rules
// have.
func TestURL(t *testing.T) {
	rule := calls("one", "bad")
	rule.URL = "https://example.org/one.md"
	pkgs := evidencetest.Load(t, map[string]string{
		"p/p.go": "package p\n\n//resilint:ignore one\nvar X int\n",
	}, nil)
	graph, err := checker.Analyze(suppress.Wrap([]*analysis.Analyzer{rule}, suppress.Options{}), []*packages.Package{pkgs["p"]}, nil)
	require.NoError(t, err)
	require.Len(t, graph.Roots, 1)
	require.NoError(t, graph.Roots[0].Err)
	require.Len(t, graph.Roots[0].Diagnostics, 1)
	d := graph.Roots[0].Diagnostics[0]
	assert.Equal(t, "ignore", d.Category)
	assert.Equal(t, "https://example.org/one.md#how-to-silence-it", d.URL)

	pages, err := filepath.Glob("../../docs/rules/*.md")
	require.NoError(t, err)
	for _, page := range pages {
		if filepath.Base(page) == "README.md" {
			continue
		}
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		assert.Contains(t, string(text), "\n## How to silence it\n", page)
	}
}
