package ssabuild_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/ssabuild"
)

// build runs the analyzer. A panic is an error.
func build(pkg *packages.Package) (built *ssabuild.SSA, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	result, err := ssabuild.Analyzer.Run(&analysis.Pass{
		Analyzer: ssabuild.Analyzer, Fset: pkg.Fset, Files: pkg.Syntax, Pkg: pkg.Types, TypesInfo: pkg.TypesInfo, TypesSizes: pkg.TypesSizes,
		Module:            &analysis.Module{Path: evidencetest.Module},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
	})
	built, _ = result.(*ssabuild.SSA)
	return built, err
}

func TestBuilds(t *testing.T) {
	tests := []struct {
		name, source string
		want         bool
	}{
		{"nothing", `package p`, false},
		{"strings", `package p; import _ "strings"`, false},
		{"context", `package p; import _ "context"`, true},
		{"httptest", `package p; import _ "net/http/httptest"`, false},
		{"http", `package p; import _ "net/http"`, true},
		{"renamed", `package p; import web "net/http"; var _ web.Client`, true},
		{"dot", `package p; import . "net/http"; var _ Client`, true},
		{"net", `package p; import "net"; var _ net.Dialer`, true},
		{"tls", `package p; import "crypto/tls"; var _ tls.Dialer`, true},
		{"smtp", `package p; import "net/smtp"; var _ smtp.Client`, true},
		{"inhelper", `package p; import ("net/http"; "testing"); func F(*testing.T) { http.Get("") }`, false},
		{"program", `package main; import ("net/http"; "testing"); func main() { testing.Init(); http.Get("") }`, true},
	}
	files := map[string]string{
		"intest/a.go":      "package p",
		"intest/a_test.go": "package p; import \"net/http\"; func get() { http.Get(\"\") }",
	}
	for _, test := range tests {
		files[test.name+"/a.go"] = test.source
	}
	pkgs := evidencetest.Load(t, files, nil)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			built, err := build(pkgs[test.name])
			require.NoError(t, err)
			assert.Equal(t, test.want, built != nil)
		})
	}
	t.Run("only its tests import a known library", func(t *testing.T) {
		require.Len(t, pkgs["intest"].Syntax, 2)
		built, err := build(pkgs["intest"])
		require.NoError(t, err)
		assert.Nil(t, built)
	})
}

// TestTestFiles checks that go vet's view of a package, with its tests, gives what
// the package alone gives.
func TestTestFiles(t *testing.T) {
	const source = "package p\n\nimport \"net/http\"\n\nvar c = &http.Client{}\n\ntype api struct{}\n\nfunc f(a any) { _, _ = a.(interface{ String() string }); http.Get(\"\") }\n\nfunc init() { f(api{}) }\n"
	tests := []struct {
		name, test string
	}{
		{name: "functions", test: "func helper() { f(nil) }"},
		{name: "methods", test: "func (api) String() string { return \"\" }"},
		{name: "init", test: "func init() { c = nil }"},
		{name: "variables without value", test: "var x int"},
		{name: "variables", test: "var x = f2()\n\nfunc f2() int { return 1 }"},
		{name: "several at once", test: "var x, y = f2()\n\nfunc f2() (int, int) { return 1, 2 }"},
		{name: "blank variables", test: "var _ = f2()\n\nfunc f2() int { return 1 }"},
	}
	files := map[string]string{"alone/a.go": source}
	for _, test := range tests {
		files[test.name+"/a.go"] = source
		files[test.name+"/a_test.go"] = "package p\n\n" + test.test
	}
	pkgs := evidencetest.Load(t, files, nil)
	alone, err := build(pkgs["alone"])
	require.NoError(t, err)
	require.NotNil(t, alone)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := pkgs[test.name]
			require.Len(t, pkg.Syntax, 2)
			built, err := build(pkg)
			require.NoError(t, err)
			assert.Len(t, built.Files, 1)
			assert.Equal(t, code(alone), code(built))
		})
	}
}

// code prints the functions of a package.
func code(built *ssabuild.SSA) string {
	var text strings.Builder
	for _, fn := range built.Funcs {
		fmt.Fprintf(&text, "%s:\n", fn.RelString(built.Pkg.Pkg))
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				fmt.Fprintf(&text, "\t%s\n", strings.ReplaceAll(instr.String(), built.Pkg.Pkg.Path(), "p"))
			}
		}
	}
	return text.String()
}

func TestFuncs(t *testing.T) {
	pkgs := evidencetest.Load(t, map[string]string{
		"p/a.go": `package p

import "net/http"

func f() { func() { func() { http.Get("") }() }(); func() {}() }

func init() {}

type api[T any] struct{}

func (*api[T]) Do(T) { _ = func() {} }

func _() {}

func (api[T]) _() {}

var v = func() int { return 1 }()

func external()

func g[T any](s []T) {
	for range all(s) {
		println()
	}
}
`,
		"p/b.go": `package p

func init() {}

func all[T any](s []T) func(func(T) bool) { return func(func(T) bool) {} }
`,
	}, nil)
	built, err := build(pkgs["p"])
	require.NoError(t, err)
	var names []string
	for _, fn := range built.Funcs {
		names = append(names, fn.Name())
	}
	assert.Equal(t, []string{
		"init", "init$1", // the initializer of v
		"f", "f$1", "f$1$1", "f$2", "init#1", "Do", "Do$1", "external", "g", "g$1",
		"init#2", "all", "all$1",
	}, names)
	again, err := build(pkgs["p"])
	require.NoError(t, err)
	assert.Equal(t, code(built), code(again))
}

// TestNoReturn calls a function and then after(): code that the package has only if the
// function can return.
func TestNoReturn(t *testing.T) {
	tests := []struct {
		name, source string
		returns      bool
	}{
		{name: "Exit", source: `func f() { os.Exit(1); after() }`},
		{name: "log_Fatal", source: `func f() { log.Fatal(); after() }`},
		{name: "Logger_Fatalf", source: `func f() { log.Default().Fatalf(""); after() }`},
		{name: "Goexit", source: `func f() { runtime.Goexit(); after() }`},
		{name: "own", source: `func die() { log.Print(); os.Exit(1) }; func f() { die(); after() }`},
		{name: "own_method", source: `type app struct{}; func (*app) die() { os.Exit(1) }; func f(a *app) { a.die(); after() }`},
		{name: "own_panics", source: `func die() { panic(1) }; func f() { die(); after() }`},
		{name: "own_of_own", source: `func die() { dead() }; func dead() { os.Exit(1) }; func f() { die(); after() }`},
		{name: "own_generic", source: `func die[T any](T) { os.Exit(1) }; func f() { die(1); after() }`},
		{name: "later_in_file", source: `func f() { die(); after() }; func die() { os.Exit(1) }`},
		{name: "literal_returns", source: `func die() { func() int { return 1 }(); os.Exit(1) }; func f() { die(); after() }`},
		{name: "own_with_return", source: `func die(b bool) { if b { return }; os.Exit(1) }; func f() { die(true); after() }`, returns: true},
		{name: "own_conditional", source: `func die(b bool) { if b { os.Exit(1) } }; func f() { die(true); after() }`, returns: true},
		{name: "own_ends_otherwise", source: `func die() { os.Exit(1); log.Print() }; func f() { die(); after() }`, returns: true},
		{name: "deferred", source: `func die() { defer os.Exit(1) }; func f() { die(); after() }`, returns: true},
		{name: "goroutine", source: `func die() { go os.Exit(1) }; func f() { die(); after() }`, returns: true},
		{name: "empty", source: `func die() {}; func f() { die(); after() }`, returns: true},
		{name: "recursion", source: `func a() { b() }; func b() { a() }; func f() { a(); after() }`, returns: true},
		{name: "not_panic", source: `func die(panic func(any)) { panic(1) }; func f() { die(nil); after() }`, returns: true},
		{name: "not_os", source: `type o struct{}; func (o) Exit(int) {}; func f(os o) { os.Exit(1); after() }`, returns: true},
		{name: "function_value", source: `var exit = os.Exit; func f() { exit(1); after() }`, returns: true},
		{name: "recovers", source: `func try() { defer func() { recover() }(); panic(1) }; func f() { try(); after() }`, returns: true},
	}
	files := map[string]string{}
	for _, test := range tests {
		files[test.name+"/a.go"] = "package p\n\nimport (\"log\"; \"net/http\"; \"os\"; \"runtime\")\n\nvar (_ http.Client; _ = os.Args; _ = log.Flags; _ = runtime.GOOS)\n\n" +
			test.source + "\n\nfunc after() {}\n"
	}
	pkgs := evidencetest.Load(t, files, nil)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			built, err := build(pkgs[test.name])
			require.NoError(t, err)
			returns := false
			for _, fn := range built.Funcs {
				for _, block := range fn.Blocks {
					for _, instr := range block.Instrs {
						if call, ok := instr.(*ssa.Call); ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().Name() == "after" {
							returns = true
						}
					}
				}
			}
			assert.Equal(t, test.returns, returns)
		})
	}
}

// TestLarge: a function in which a generator has written a program is left out, and that is said. What
// stands beside and inside of it is not.
func TestLarge(t *testing.T) {
	large := "package p\n\nimport \"net/http\"\n\nfunc Small() { http.Get(\"\"); Large() }\n\nfunc Large() {\n" +
		"\tf := func() { http.Get(\"\") }\n" + strings.Repeat("\tf()\n", 5000) + "}\n"
	pkg := evidencetest.Load(t, map[string]string{"large/a.go": large}, nil)["large"]
	built, err := build(pkg)
	require.NoError(t, err)
	var names []string
	for _, fn := range built.Funcs {
		names = append(names, fn.Name())
	}
	assert.Equal(t, []string{"init", "Small", "Large$1"}, names)
	assert.Empty(t, built.Pkg.Func("Large").Blocks, "found through a call")
	notes := built.Notes()
	require.Len(t, notes, 1)
	assert.Equal(t, "Large is too large to be analyzed, and is left out", notes[0].Message)
	assert.Equal(t, 7, pkg.Fset.Position(notes[0].Pos).Line)

	assert.Empty(t, (*ssabuild.SSA)(nil).Notes())
}

// TestBrokenImport builds a package that has no errors of its own, and uses what an import could not say the type of.
func TestBrokenImport(t *testing.T) {
	known := map[string]*types.Package{}
	for _, imported := range evidencetest.Load(t, map[string]string{"h/a.go": `package h; import _ "net/http"`}, nil)["h"].Types.Imports() {
		known[imported.Path()] = imported
	}
	fset := token.NewFileSet()
	check := func(path, source string) (*packages.Package, []error) {
		file, err := parser.ParseFile(fset, path+".go", source, parser.SkipObjectResolution)
		require.NoError(t, err)
		pkg := &packages.Package{Fset: fset, Syntax: []*ast.File{file}, TypesSizes: types.SizesFor("gc", "amd64"), TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}, Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
			Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
		}}
		var errs []error
		config := types.Config{Importer: importer(known), Error: func(err error) { errs = append(errs, err) }}
		pkg.Types, _ = config.Check(path, fset, pkg.Syntax, pkg.TypesInfo)
		known[path] = pkg.Types
		return pkg, errs
	}
	_, errs := check("q", `package q; func F() gone.T { panic("q") }; type S struct{ T gone.T }`)
	require.NotEmpty(t, errs)
	p, errs := check("p", `package p

import (
	"net/http"
	"q"
)

func Get(s q.S) {
	http.Get("")
	var e error = s.T
	_ = map[string]any{"a": s.T, "b": q.F().X, "e": e}
}
`)
	require.Empty(t, errs)
	built, err := build(p)
	assert.Nil(t, built)
	require.ErrorContains(t, err, "cannot be analyzed")
}

type importer map[string]*types.Package

func (known importer) Import(path string) (*types.Package, error) {
	if pkg := known[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("no package %s", path)
}
