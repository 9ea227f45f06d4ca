package fix_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

func TestStyle(t *testing.T) {
	var style fix.Style
	for _, text := range style.Choices() {
		require.NoError(t, style.Set(text))
		assert.Equal(t, text, style.String())
	}
	assert.EqualError(t, style.Set("fancy"), `"fancy" is neither auto, std nor runtime`)
}

// TestUsesRuntime: the go.mod file that counts is the next one upwards.
func TestUsesRuntime(t *testing.T) {
	const requires = "module m\n\nrequire github.com/resilint/resilint/runtime v0.1.0\n"
	tests := []struct {
		name         string
		outer, inner string
		want         bool // of Auto
	}{
		{name: "it does", inner: requires, want: true},
		{name: "it does not", inner: "module m\n\nrequire github.com/resilint/resilint v0.1.0\n"},
		{name: "the one around it does", outer: requires, want: true},
		{name: "another one does", outer: requires, inner: "module m\n"},
		{name: "it cannot be read", inner: "requires (", outer: requires},
		{name: "there is none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			inner := filepath.Join(dir, "inner")
			require.NoError(t, os.MkdirAll(filepath.Join(inner, "p"), 0o777))
			for at, text := range map[string]string{dir: test.outer, inner: test.inner} {
				if text != "" {
					require.NoError(t, os.WriteFile(filepath.Join(at, "go.mod"), []byte(text), 0o666))
				}
			}
			s := mustCheck(t, "package p\n", "")
			file := s.Pass.Fset.AddFile(filepath.Join(inner, "p", "p.go"), -1, 10)
			s.File.FileStart = file.Pos(0)
			assert.Equal(t, test.want, s.UsesRuntime(fix.Auto))
			assert.True(t, s.UsesRuntime(fix.Runtime))
			assert.False(t, s.UsesRuntime(fix.Std))
		})
	}
}

func TestGoAtLeast(t *testing.T) {
	tests := []struct {
		file, module string
		want         bool // of go1.22
	}{
		{want: true},
		{file: "go1.22", want: true},
		{file: "go1.21", module: "1.24"},
		{module: "1.24.3", want: true},
		{module: "1.21"},
		{module: "go1.21"},
	}
	for _, test := range tests {
		s := mustCheck(t, "package p\n", "")
		s.Pass.TypesInfo.FileVersions = map[*ast.File]string{s.File: test.file}
		s.Pass.Module = &analysis.Module{GoVersion: test.module}
		assert.Equal(t, test.want, s.GoAtLeast("go1.22"), "%+v", test)
	}
}

func TestReturnError(t *testing.T) {
	tests := []struct{ results, want string }{
		{"", "return"},
		{"error", "return err"},
		{"(n int, err error)", "return 0, err"},
		{"(a, b string, _ bool, _ error)", `return "", "", false, err`},
		{"(*T, []T, map[T]T, chan T, func(), any, error)", "return nil, nil, nil, nil, nil, nil, err"},
		{"(T, U, [2]T, struct{ x int }, error)", "return T{}, 0, [2]T{}, struct{ x int }{}, err"},
		{"(G, error)", "return *new(G), err"},
		{"(error, int)", ""},
		{"bool", ""},
		{"(V, error)", ""}, // it is something else where the statement is to stand
	}
	for _, test := range tests {
		s := mustCheck(t, "package p\n\ntype T struct{}\n\ntype U float64\n\ntype V struct{}\n\nfunc f[G any]() "+test.results+" {\n\tV := 1\n\t_ = V\n\tpanic(V)\n}\n", "")
		fn := s.File.Decls[len(s.File.Decls)-1].(*ast.FuncDecl)
		assert.Equal(t, test.want, s.ReturnError(fn.Type, "err", fn.Body.List[2]), test.results)
	}
}
