package plan

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/scope"
)

// A checker type-checks the package of a pass with changes. It implements [apply.Checker].
//
// A pass has the types of what its package imports, and of nothing else. What fixes import beside
// that is unknown: uses of it are taken to be right.
type checker struct {
	pass    *analysis.Pass
	imports map[string]*types.Package // by the path that stands in the source
	files   map[string]*ast.File
	broken  bool // the package does not type-check as it is, so that nothing follows from errors
}

func newChecker(pass *analysis.Pass) *checker {
	c := &checker{pass: pass, imports: map[string]*types.Package{}, files: map[string]*ast.File{}}
	for _, file := range pass.Files {
		c.files[scope.Filename(pass.Fset, file.FileStart)] = file
		for _, spec := range file.Imports {
			if name := pass.TypesInfo.PkgNameOf(spec); name != nil {
				c.imports[importPath(spec)] = name.Imported()
			}
		}
	}
	_, err := c.Check("", nil)
	c.broken = err != nil
	return c
}

func importPath(spec *ast.ImportSpec) string { return strings.Trim(spec.Path.Value, "`\"") }

// ReadFile returns the contents of a file of the package.
func (c *checker) ReadFile(filename string) ([]byte, error) { return c.pass.ReadFile(filename) }

// PackageOf returns the path of the package, or "" for a file that is none of it.
func (c *checker) PackageOf(filename string) string {
	if c.files[filename] == nil {
		return ""
	}
	return c.pass.Pkg.Path()
}

// Check type-checks the package with new contents of some of its files.
func (c *checker) Check(_ string, contents map[string][]byte) (unused []token.Position, err error) {
	fset := c.pass.Fset
	var files, changed []*ast.File
	for _, file := range c.pass.Files {
		name := scope.Filename(fset, file.FileStart)
		if src, ok := contents[name]; ok {
			if file, err = parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
				return nil, err
			}
			c.nameUnknown(file)
			changed = append(changed, file)
		}
		files = append(files, file)
	}
	var first error
	conf := &types.Config{
		Sizes:                    c.pass.TypesSizes,
		Importer:                 importer(c.imports),
		DisableUnusedImportCheck: true,
		FakeImportC:              true,
		Error: func(err error) {
			e, ok := errors.AsType[types.Error](err)
			if first == nil && !(ok && strings.HasPrefix(e.Msg, unknown)) {
				first = err
				if ok {
					first = errors.New(e.Msg)
				}
			}
		},
	}
	info := &types.Info{
		Uses:      make(map[*ast.Ident]types.Object),
		Defs:      make(map[*ast.Ident]types.Object),
		Implicits: make(map[ast.Node]types.Object),
	}
	conf.Check(c.pass.Pkg.Path(), fset, files, info) //nolint:errcheck // see Error
	if first != nil && !c.broken {
		return nil, first
	}
	used := make(map[types.Object]bool)
	for _, obj := range info.Uses {
		used[obj] = true
	}
	for _, file := range changed {
		for _, spec := range file.Imports {
			obj := info.PkgNameOf(spec)
			if obj != nil && !used[obj] && obj.Name() != "_" && obj.Name() != "." && importPath(spec) != "C" {
				unused = append(unused, fset.PositionFor(spec.Pos(), false))
			}
		}
	}
	return unused, nil
}

// nameUnknown gives imports of packages of which nothing is known the names that they are likely to
// have: the type checker would take v2 for that of math/rand/v2.
func (c *checker) nameUnknown(file *ast.File) {
	for _, spec := range file.Imports {
		if path := importPath(spec); spec.Name == nil && c.imports[path] == nil {
			spec.Name = &ast.Ident{NamePos: spec.Path.Pos(), Name: fix.PackageName(path)}
		}
	}
}

// unknown is how go/types begins to say that an import is not to be had.
const unknown = "could not import "

// An importer has the packages that a package imports already.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := i[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("nothing is known of %s", path)
}
