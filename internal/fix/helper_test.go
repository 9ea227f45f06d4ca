package fix_test

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/fix"
)

// A source is a file to edit, with the package that it is part of.
type source struct {
	*fix.Builder
	text string
	mark token.Pos // where the file says /*here*/, or its end
}

// check parses and type-checks a file, and another of the same package if that is not empty.
func check(text, other string) (*source, error) {
	pass := &analysis.Pass{
		Fset: token.NewFileSet(),
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		},
		ReadFile: func(name string) ([]byte, error) {
			if name == "a.go" {
				return []byte(text), nil
			}
			return nil, errors.New("no such file")
		},
	}
	for i, content := range []string{text, other} {
		if content == "" {
			continue
		}
		file, err := parser.ParseFile(pass.Fset, string(rune('a'+i))+".go", content, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		pass.Files = append(pass.Files, file)
	}
	var errs []error
	conf := types.Config{
		FakeImportC: true,
		Importer:    importer{},
		Error: func(err error) {
			// An edit may leave an import without use: the driver removes it.
			if !strings.Contains(err.Error(), "imported and not used") && !strings.Contains(err.Error(), "imported as") {
				errs = append(errs, err)
			}
		},
	}
	pass.Pkg, _ = conf.Check("example.org/p", pass.Fset, pass.Files, pass.TypesInfo)
	s := &source{Builder: &fix.Builder{Pass: pass, File: pass.Files[0]}, text: text, mark: pass.Files[0].FileEnd}
	if i := strings.Index(text, "/*here*/"); i >= 0 {
		s.mark = s.File.FileStart + token.Pos(i)
	}
	return s, errors.Join(errs...)
}

func mustCheck(t *testing.T, text, other string) *source {
	t.Helper()
	s, err := check(text, other)
	require.NoError(t, err)
	return s
}

// apply makes the edits and formats the result.
func (s *source) apply(edits []analysis.TextEdit) (string, error) {
	edited, err := s.edit(edits)
	if err != nil {
		return "", err
	}
	formatted, err := format.Source([]byte(edited))
	if err != nil {
		return "", fmt.Errorf("%w in:\n%s", err, edited)
	}
	return string(formatted), nil
}

// edit makes the edits.
func (s *source) edit(edits []analysis.TextEdit) (string, error) {
	file := s.Pass.Fset.File(s.File.FileStart)
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(x, y analysis.TextEdit) int { return cmp.Compare(x.Pos, y.Pos) })
	var out strings.Builder
	at := 0
	for _, edit := range edits {
		from, to := file.Offset(edit.Pos), file.Offset(edit.End)
		if from < at || to < from || to > len(s.text) {
			return "", fmt.Errorf("edits overlap, or lie outside the file: [%d, %d) after %d", from, to, at)
		}
		out.WriteString(s.text[at:from])
		out.Write(edit.NewText)
		at = to
	}
	out.WriteString(s.text[at:])
	return out.String(), nil
}

// literal returns the first composite literal of the file, or nil.
func (s *source) literal() *ast.CompositeLit {
	var found *ast.CompositeLit
	ast.Inspect(s.File, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok && found == nil {
			found = lit
		}
		return found == nil
	})
	return found
}

type importer struct{}

func (importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	pkgs, err := std()
	if err != nil {
		return nil, err
	}
	if pkgs[path] == nil {
		return nil, fmt.Errorf("not loaded: %s", path)
	}
	return pkgs[path], nil
}

// std returns the types of the standard library's packages that sources import.
var std = sync.OnceValues(func() (map[string]*types.Package, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes}, "embed", "fmt", "io", "net/http", "os", "time")
	types := map[string]*types.Package{}
	for _, pkg := range pkgs {
		types[pkg.PkgPath] = pkg.Types
	}
	return types, err
})
