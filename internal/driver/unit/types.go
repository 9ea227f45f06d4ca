package unit

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"slices"
	"strconv"

	"golang.org/x/mod/module"
	"golang.org/x/tools/go/gcexportdata"
)

// A source is a package from its source, and what it imports.
type source struct {
	cfg     *Config
	fset    *token.FileSet
	sizes   types.Sizes
	files   []*ast.File
	pkg     *types.Package
	info    *types.Info
	imports map[string]*types.Package // by path; some are incomplete, and known through others alone
	vetx    map[string]vetx           // by path; filled when needed
}

func newSource(c *Config) *source {
	return &source{
		cfg:     c,
		fset:    token.NewFileSet(),
		sizes:   types.SizesFor("gc", build.Default.GOARCH),
		imports: make(map[string]*types.Package),
		vetx:    make(map[string]vetx),
	}
}

// parse parses the given files.
func (s *source) parse(names []string, mode parser.Mode) error {
	for _, name := range names {
		f, err := parser.ParseFile(s.fset, name, nil, mode|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s.files = append(s.files, f)
	}
	return nil
}

// check type-checks the package.
func (s *source) check(conf *types.Config, info *types.Info) (err error) {
	s.configure(conf)
	s.info = info
	s.pkg, err = conf.Check(s.cfg.ImportPath, s.fset, s.files, info)
	return err
}

func (s *source) configure(conf *types.Config) {
	conf.Importer, conf.Sizes, conf.GoVersion = s, s.sizes, s.cfg.GoVersion
}

// errNoImport is the failure to import a package that the unit did not import when the go
// command described it.
var errNoImport = errors.New("not imported before")

// Import implements [types.Importer].
func (s *source) Import(path string) (*types.Package, error) {
	path, ok := s.cfg.ImportMap[path] // resolves vendoring
	if !ok {
		return nil, errNoImport
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := s.imports[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	if name := s.cfg.PackageFile[path]; name != "" {
		return s.importCompiled(name, path)
	}
	known, err := s.known(path)
	if err != nil {
		return nil, err
	}
	if len(known.types) == 0 {
		return nil, fmt.Errorf("no types of %s", path)
	}
	return gcexportdata.Read(bytes.NewReader(known.types), s.fset, s.imports, path)
}

func (s *source) importCompiled(name, path string) (*types.Package, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	// The file is an archive, or, from Go 1.28 on, plain export data.
	//nolint:staticcheck // archives are what go commands before 1.28 list
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading export data of %s: %w", path, err)
	}
	return gcexportdata.Read(r, s.fset, s.imports, path)
}

// known returns what was handed on by the package with the given path.
func (s *source) known(path string) (vetx, error) {
	if v, ok := s.vetx[path]; ok {
		return v, nil
	}
	v, err := readVetx(s.cfg.PackageVetx[path])
	if err == nil {
		s.vetx[path] = v
	}
	return v, err
}

// exported returns the types for importers.
func (s *source) exported() ([]byte, error) {
	var buf bytes.Buffer
	err := gcexportdata.Write(&buf, s.fset, s.pkg)
	return buf.Bytes(), err
}

// outside hands on the types of a package outside the main module, if the go command has none.
func outside(c *Config) error {
	if c.compiled() || len(c.files()) == 0 {
		return vetx{}.write(c.VetxOutput)
	}
	s := newSource(c)
	if err := s.parse(c.files(), 0); err != nil {
		return err
	}
	if err := s.check(&types.Config{IgnoreFuncBodies: true, Error: func(error) {}}, nil); s.pkg == nil {
		return err
	}
	exported, err := s.exported()
	if err != nil {
		return err
	}
	return vetx{types: exported}.write(c.VetxOutput)
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		FileVersions: make(map[*ast.File]string),
	}
}

// recheck type-checks the package with new contents of some of its files, and returns the positions
// of the imports in these that are not used, which are no error. Nor are errors that can come of an
// import that the package did not have before: its types are not at hand.
func (s *source) recheck(contents map[string][]byte) (unused []token.Position, err error) {
	var files, changed []*ast.File
	for _, f := range s.files {
		name := s.fset.PositionFor(f.FileStart, false).Filename
		if src, ok := contents[name]; ok {
			if f, err = parser.ParseFile(s.fset, name, src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
				return nil, err
			}
			s.nameImports(f)
			changed = append(changed, f)
		}
		files = append(files, f)
	}
	var first error
	conf := &types.Config{DisableUnusedImportCheck: true, Error: func(err error) {
		if first == nil && !s.missing(err, changed) {
			first = err
		}
	}}
	s.configure(conf)
	info := newInfo()
	_, _ = conf.Check(s.cfg.ImportPath, s.fset, files, info)
	if first != nil {
		return nil, first
	}
	used := make(map[types.Object]bool)
	for _, obj := range info.Uses {
		used[obj] = true
	}
	for _, f := range changed {
		for _, spec := range f.Imports {
			if obj := info.PkgNameOf(spec); obj != nil && !used[obj] && obj.Name() != "_" && obj.Name() != "." {
				unused = append(unused, s.fset.PositionFor(spec.Pos(), false))
			}
		}
	}
	return unused, nil
}

// nameImports writes the names of packages of which no types are at hand into a file's imports: the
// type checker would take the last part of the path, which may be a version.
func (s *source) nameImports(f *ast.File) {
	for _, spec := range f.Imports {
		p := importPath(spec)
		if _, known := s.cfg.ImportMap[p]; known || spec.Name != nil {
			continue
		}
		if prefix, _, ok := module.SplitPathVersion(p); ok {
			p = prefix
		}
		spec.Name = &ast.Ident{NamePos: spec.Path.Pos(), Name: path.Base(p)}
	}
}

// missing reports whether an error is about an import of which no types are at hand. The type
// checker says nothing of what is used of it.
func (s *source) missing(err error, files []*ast.File) bool {
	typeError, ok := errors.AsType[types.Error](err)
	return ok && slices.ContainsFunc(files, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool {
			if typeError.Pos != spec.Path.Pos() {
				return false
			}
			_, known := s.cfg.ImportMap[importPath(spec)]
			return !known
		})
	})
}

func importPath(spec *ast.ImportSpec) string {
	path, _ := strconv.Unquote(spec.Path.Value) // the parser has checked it
	return path
}
