package suppress_test

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

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
