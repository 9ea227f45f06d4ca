package load

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
)

// PackageOf returns the ID of the package among prog.Packages that the source
// file is part of, or "".
func (prog *Program) PackageOf(filename string) string {
	for _, p := range prog.Packages {
		if slices.Contains(p.GoFiles, filename) {
			return p.ID
		}
	}
	return ""
}

// ReadFile returns the contents of a source file that were loaded.
func (prog *Program) ReadFile(filename string) ([]byte, error) {
	if src, ok := prog.loader.cfg.Overlay[filename]; ok {
		return src, nil
	}
	return os.ReadFile(filename)
}

// Check type-checks one of prog.Packages with new contents of some of its
// files. It returns the positions of the imports in these that are not used,
// which are no error to it.
//
// The packages imported are those already loaded, whatever else was changed
// in them since. What the new contents import beyond that is loaded now.
func (prog *Program) Check(id string, contents map[string][]byte) (unused []token.Position, err error) {
	l, old := prog.loader, prog.loader.nodes[id]
	n := &node{Package: old.Package, imports: maps.Clone(old.imports)}
	var changed []*ast.File
	for _, f := range old.syntax {
		name := l.fset.PositionFor(f.Package, false).Filename
		if src, ok := contents[name]; ok {
			if f, err = parser.ParseFile(l.fset, name, src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
				return nil, message(err)
			}
			changed = append(changed, f)
		}
		n.syntax = append(n.syntax, f)
	}
	added, err := l.extend(n, changed)
	if err != nil {
		return nil, err
	}
	if err := l.complete(added); err != nil {
		return nil, err
	}

	info := newInfo()
	conf := l.config(n)
	conf.DisableUnusedImportCheck = true
	if _, err := conf.Check(n.PkgPath, l.fset, n.syntax, info); err != nil {
		return nil, message(err)
	}
	used := make(map[types.Object]bool)
	for _, obj := range info.Uses {
		used[obj] = true
	}
	for _, f := range changed {
		for _, spec := range f.Imports {
			obj := info.PkgNameOf(spec)
			if obj != nil && !used[obj] && obj.Name() != "_" && obj.Name() != "." {
				unused = append(unused, l.fset.PositionFor(spec.Pos(), false))
			}
		}
	}
	return unused, nil
}

// message returns an error without its position, which would be one in a file
// that nobody sees.
func message(err error) error {
	n := new(node)
	n.failure(err)
	return errors.New(n.problem.Msg)
}
