package unit

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// facts are what is known of a package and of what it imports. Passes use them one after the other.
type facts struct {
	pkg *types.Package
	m   map[subject]analysis.Fact
}

// A subject is what a fact of some type is about: an object or, if obj is nil, a package.
type subject struct {
	pkg  *types.Package
	obj  types.Object
	kind reflect.Type
}

// A record is a fact in a file.
type record struct {
	Package string
	Object  objectpath.Path // "" if it is about the package
	Fact    analysis.Fact
}

// register tells package gob of the types of facts of all analyzers, run or not: a file may hold them.
func register(analyzers []*analysis.Analyzer) {
	seen := make(map[*analysis.Analyzer]bool)
	var visit func([]*analysis.Analyzer)
	visit = func(list []*analysis.Analyzer) {
		for _, a := range list {
			if seen[a] {
				continue
			}
			seen[a] = true
			for _, fact := range a.FactTypes {
				gob.Register(fact)
			}
			visit(a.Requires)
		}
	}
	visit(analyzers)
}

// newFacts returns the facts that the imports of the package hand on.
func newFacts(s *source) (*facts, error) {
	f := &facts{pkg: s.pkg, m: make(map[subject]analysis.Fact)}
	for _, imported := range s.pkg.Imports() {
		known, err := s.known(imported.Path())
		if err != nil {
			return nil, err
		}
		if len(known.facts) == 0 {
			continue
		}
		var records []record
		if err := gob.NewDecoder(bytes.NewReader(known.facts)).Decode(&records); err != nil {
			return nil, fmt.Errorf("facts of %s: %w", imported.Path(), err)
		}
		for _, r := range records {
			if pkg := s.imports[r.Package]; pkg != nil {
				f.add(pkg, r)
			}
		}
	}
	return f, nil
}

// add adds a fact, unless it is about an object that pkg is not known to have: what is not
// mentioned by the types of the imports is of no use here.
func (f *facts) add(pkg *types.Package, r record) {
	about := subject{pkg: pkg, kind: reflect.TypeOf(r.Fact)}
	if r.Object != "" {
		obj, err := objectpath.Object(pkg, r.Object)
		if err != nil {
			return
		}
		about.obj = obj
	}
	f.m[about] = r.Fact
}

// encode returns the facts for importers: those of the package itself, and of imported ones those
// about types, fields and methods, which the package's own types may mention. Importers that name
// something else of an imported package import that one as well.
func (f *facts) encode() ([]byte, error) {
	var records []record
	paths := new(objectpath.Encoder)
	for about, fact := range f.m {
		r := record{Package: about.pkg.Path(), Fact: fact}
		if about.obj == nil {
			if about.pkg != f.pkg {
				continue
			}
		} else {
			_, isType := about.obj.(*types.TypeName)
			if about.pkg != f.pkg && !isType && about.obj.Parent() == about.pkg.Scope() {
				continue
			}
			path, err := paths.For(about.obj)
			if err != nil {
				continue // importers cannot name it
			}
			r.Object = path
		}
		records = append(records, r)
	}
	if len(records) == 0 {
		return nil, nil
	}
	slices.SortFunc(records, func(x, y record) int {
		return cmp.Or(cmp.Compare(x.Package, y.Package), cmp.Compare(x.Object, y.Object),
			cmp.Compare(reflect.TypeOf(x.Fact).String(), reflect.TypeOf(y.Fact).String()))
	})
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(records)
	return buf.Bytes(), err
}

// give makes the facts those of a pass.
func (f *facts) give(pass *analysis.Pass) {
	kinds := make(map[reflect.Type]bool)
	for _, fact := range pass.Analyzer.FactTypes {
		kinds[reflect.TypeOf(fact)] = true
	}
	pass.ImportObjectFact = func(obj types.Object, fact analysis.Fact) bool {
		return f.get(subject{obj.Pkg(), obj, reflect.TypeOf(fact)}, fact)
	}
	pass.ImportPackageFact = func(pkg *types.Package, fact analysis.Fact) bool {
		return f.get(subject{pkg: pkg, kind: reflect.TypeOf(fact)}, fact)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		if obj.Pkg() != f.pkg {
			panic(fmt.Sprintf("fact %T about %s, which is of another package", fact, obj))
		}
		f.m[subject{f.pkg, obj, reflect.TypeOf(fact)}] = fact
	}
	pass.ExportPackageFact = func(fact analysis.Fact) {
		f.m[subject{pkg: f.pkg, kind: reflect.TypeOf(fact)}] = fact
	}
	pass.AllObjectFacts = func() (all []analysis.ObjectFact) {
		for about, fact := range f.m {
			if about.obj != nil && kinds[about.kind] {
				all = append(all, analysis.ObjectFact{Object: about.obj, Fact: fact})
			}
		}
		return all
	}
	pass.AllPackageFacts = func() (all []analysis.PackageFact) {
		for about, fact := range f.m {
			if about.obj == nil && kinds[about.kind] {
				all = append(all, analysis.PackageFact{Package: about.pkg, Fact: fact})
			}
		}
		return all
	}
}

// get copies a fact to where fact points, and reports whether there is one.
func (f *facts) get(about subject, fact analysis.Fact) bool {
	known, ok := f.m[about]
	if ok {
		reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(known).Elem())
	}
	return ok
}
