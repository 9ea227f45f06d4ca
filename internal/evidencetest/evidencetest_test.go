package evidencetest_test

import (
	"go/ast"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/evidencetest"
)

type mark struct{ Module string }

func (*mark) AFact() {}

// marks makes every function a fact, and reports the facts of the functions that are used.
var marks = &analysis.Analyzer{
	Name: "marks", Doc: "mark functions", FactTypes: []analysis.Fact{(*mark)(nil)},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok {
					return true
				}
				if def := pass.TypesInfo.Defs[id]; def != nil && def.Parent() == pass.Pkg.Scope() {
					pass.ExportObjectFact(def, &mark{pass.Module.Path + " " + pass.Module.Version})
				}
				if used, fact := pass.TypesInfo.Uses[id], new(mark); used != nil && used.Pkg() != pass.Pkg && pass.ImportObjectFact(used, fact) {
					pass.Reportf(id.Pos(), "%s", fact.Module)
				}
				return true
			})
		}
		return nil, nil
	},
}

func TestLoad(t *testing.T) {
	pkgs := evidencetest.Load(t, map[string]string{
		"app/a.go":        `package app; import ("example.org/m/app/store"; "net/http"); var _ http.Client; func F() { store.Load() }`,
		"app/a_test.go":   `package app; func test() { F() }`,
		"app/store/db.go": `package store; import "google.golang.org/grpc"; func Load() { grpc.Dial() }`,
	}, map[string]string{
		"google.golang.org/grpc/grpc.go": `package grpc; func Dial() {}`,
	})
	require.Len(t, pkgs, 2)
	assert.Equal(t, "example.org/m/app", pkgs["app"].PkgPath)
	assert.Len(t, pkgs["app"].Syntax, 2)
	graph, err := checker.Analyze([]*analysis.Analyzer{marks}, []*packages.Package{pkgs["app"], pkgs["app/store"]}, nil)
	require.NoError(t, err)
	var got []string
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			got = append(got, action.Package.Fset.Position(d.Pos).Filename+": "+d.Message)
		}
	}
	assert.Equal(t, []string{
		"app/a.go: example.org/m ",
		"app/store/db.go: google.golang.org/grpc v1.2.3",
	}, got)
}
