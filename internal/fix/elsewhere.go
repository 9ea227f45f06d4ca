package fix

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"weak"

	"github.com/resilint/resilint/internal/scope"
)

// Elsewhere reports whether a file of the package that is not compiled here declares a name: one for
// another system, or a test. Neither the package nor an import of one of its files can have that name
// too.
func (b *Builder) Elsewhere(name string) bool {
	key := weak.Make(b.Pass.Pkg)
	names, ok := elsewhere.Load(key)
	if !ok {
		names, _ = elsewhere.LoadOrStore(key, b.namesElsewhere())
	}
	return names.(map[string]bool)[name]
}

// elsewhere holds the names that namesElsewhere has found, by package. Every finding of a package
// asks, from another rule, or from the same one.
var elsewhere sync.Map // weak.Pointer[types.Package] → map[string]bool

// namesElsewhere returns what the files beside those of the package declare in it.
func (b *Builder) namesElsewhere() map[string]bool {
	have := map[string]bool{}
	for _, file := range b.Pass.Files {
		have[scope.Filename(b.Pass.Fset, file.FileStart)] = true
	}
	dir := filepath.Dir(scope.Filename(b.Pass.Fset, b.File.FileStart))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // a driver without the folder has no such files either
	}
	names := map[string]bool{}
	for _, entry := range entries {
		name := filepath.Join(dir, entry.Name())
		if have[name] || !strings.HasSuffix(name, ".go") || !entry.Type().IsRegular() {
			continue
		}
		file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if file == nil || file.Name.Name != b.Pass.Pkg.Name() {
			continue
		}
		for _, decl := range file.Decls {
			declares(decl, names)
		}
	}
	return names
}

// declares adds the names that a declaration adds to its package.
func declares(decl ast.Decl, names map[string]bool) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil {
			names[decl.Name.Name] = true
		}
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, id := range spec.Names {
					names[id.Name] = true
				}
			case *ast.TypeSpec:
				names[spec.Name.Name] = true
			}
		}
	}
}
