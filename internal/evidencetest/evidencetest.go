// Package evidencetest type-checks packages for tests of the evidence, from sources in the
// test itself. The go command runs once, for the standard library.
package evidencetest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// Module is the module that the packages are of.
const Module = "example.org/m"

// Load returns the packages that files make up, as go/packages would load them: by folder,
// with the folder's name relative to the module. The files are given by folder and name,
// and may import each other as example.org/m/folder. Tests are part of their package, as
// under go vet.
//
// Stubs of libraries are files as well, whose folder is their whole path:
// "google.golang.org/grpc/grpc.go". They are of another module, of a version.
func Load(t testing.TB, files, libraries map[string]string) map[string]*packages.Package {
	t.Helper()
	imports, err := std()
	require.NoError(t, err)
	l := &loader{fset: token.NewFileSet(), std: imports, folders: map[string]*folder{}}
	for name, content := range files {
		l.add(path.Join(Module, path.Dir(name)), &packages.Module{Path: Module, Main: true}, name, content)
	}
	for name, content := range libraries {
		l.add(path.Dir(name), &packages.Module{Path: path.Dir(name), Version: "v1.2.3"}, name, content)
	}
	for _, pkgPath := range slices.Sorted(maps.Keys(l.folders)) { // for equal positions every time
		_, err := l.load(pkgPath)
		require.NoError(t, err, pkgPath)
	}
	pkgs := map[string]*packages.Package{}
	for name := range files {
		pkgs[path.Dir(name)] = l.folders[path.Join(Module, path.Dir(name))].pkg
	}
	return pkgs
}

// Compiles reports whether the packages that files make up compile.
func Compiles(t testing.TB, files map[string]string) bool {
	t.Helper()
	imports, err := std()
	require.NoError(t, err)
	l := &loader{fset: token.NewFileSet(), std: imports, folders: map[string]*folder{}}
	for name, content := range files {
		l.add(path.Join(Module, path.Dir(name)), &packages.Module{Path: Module, Main: true}, name, content)
	}
	for pkgPath := range l.folders {
		if _, err := l.load(pkgPath); err != nil {
			return false
		}
	}
	return true
}

// std returns the types of the packages that sources may import: of the standard library, and of the runtime module, which
// requires no other.
var std = sync.OnceValues(func() (map[string]*types.Package, error) {
	_, self, _, _ := runtime.Caller(0)
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes, Dir: filepath.Join(filepath.Dir(self), "../../runtime")},
		"./breaker", "./bulkhead", "./fallback", "./httpclient", "./retry", "./serve",
		"bufio", "context", "crypto/tls", "database/sql", "encoding/json", "errors", "flag", "fmt", "io", "log", "math/rand/v2", "net",
		"net/http", "net/http/httptest", "net/smtp", "os", "os/signal", "runtime", "strings", "sync", "syscall", "testing", "time")
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		loaded[pkg.PkgPath] = pkg.Types
	}
	return loaded, err
})

type loader struct {
	fset    *token.FileSet
	std     map[string]*types.Package
	folders map[string]*folder // by package path
}

type folder struct {
	module  *packages.Module
	files   map[string]string
	loading bool
	pkg     *packages.Package
}

func (l *loader) add(pkgPath string, module *packages.Module, name, content string) {
	if l.folders[pkgPath] == nil {
		l.folders[pkgPath] = &folder{module: module, files: map[string]string{}}
	}
	l.folders[pkgPath].files[name] = content
}

// load type-checks a package, after those of its imports that are given as sources.
func (l *loader) load(pkgPath string) (*packages.Package, error) {
	f := l.folders[pkgPath]
	if f == nil {
		return nil, errors.New("neither given nor in the list of std")
	}
	if f.pkg != nil {
		return f.pkg, nil
	}
	if f.loading {
		return nil, errors.New("imports itself")
	}
	f.loading = true
	pkg := &packages.Package{
		ID: pkgPath, PkgPath: pkgPath, Module: f.module, Fset: l.fset,
		Imports: map[string]*packages.Package{}, // where x/tools' checker finds those whose facts there are
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
		},
		TypesSizes: types.SizesFor("gc", "amd64"),
	}
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		file, err := parser.ParseFile(l.fset, name, f.files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		pkg.Syntax = append(pkg.Syntax, file)
	}
	conf := types.Config{Sizes: pkg.TypesSizes, Importer: importer(func(path string) (*types.Package, error) {
		if known := l.std[path]; known != nil {
			return known, nil
		}
		imported, err := l.load(path)
		if err != nil {
			return nil, fmt.Errorf("importing %s: %w", path, err)
		}
		pkg.Imports[path] = imported
		return imported.Types, nil
	})}
	var err error
	pkg.Types, err = conf.Check(pkgPath, l.fset, pkg.Syntax, pkg.TypesInfo)
	if err != nil {
		return nil, err
	}
	pkg.Name = pkg.Types.Name()
	f.pkg = pkg
	return pkg, nil
}

type importer func(path string) (*types.Package, error)

func (f importer) Import(path string) (*types.Package, error) { return f(path) }
