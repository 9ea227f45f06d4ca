// Package dead tells which functions of a module nothing in it runs, so that nobody is paged for
// what they do, and which run once, when a program starts.
//
// It needs the whole module, and errs on the side of life: a function is dead only if no other
// code mentions it, or dead code alone does; if nobody outside of the module can; and, of a method,
// if no interface has one of its name, and no value of its receiver's type gets to reflection or to
// other modules; or no value of that type is ever made, but by dead code.
package dead

import (
	"go/ast"
	"go/types"
	"os"
	"slices"
	"strings"
	"sync"
)

// A Package is one of the module.
type Package struct {
	// Module is the path of its module. What lies in an internal folder that is above the module
	// is for other modules, too: example.org/shop/internal/common.
	Module string

	Types *types.Package
	Info  *types.Info
	Files []*ast.File // no tests

	// Others are the names of files that are not built here (for other systems, with other tags)
	// or are not Go. What they mention lives.
	Others []string
}

// Code is that of a module. A nil Code has no dead functions.
type Code struct {
	dead     func() map[string]bool // by FullName
	idle     func() map[string]bool // likewise: see Idle
	once     func() map[string]bool // likewise: see RunsOnce
	internal map[string]bool        // packages that no other module can import
}

// New returns the code of the packages of a module: all of them, without errors.
func New(packages []Package) *Code {
	internal, own := map[string]bool{}, map[string]bool{}
	for _, pkg := range packages {
		internal[pkg.Types.Path()] = pkg.isInternal()
		own[pkg.Types.Path()] = true
	}
	return &Code{
		dead:     sync.OnceValue(func() map[string]bool { return find(packages, internal) }),
		idle:     sync.OnceValue(func() map[string]bool { return find(packages, own) }),
		once:     sync.OnceValue(func() map[string]bool { return findOnce(packages) }),
		internal: internal,
	}
}

// Has reports whether fn is dead.
func (c *Code) Has(fn *types.Func) bool {
	return c != nil && fn != nil && private(fn, c.internal) && c.dead()[fn.Origin().FullName()]
}

// Idle reports whether no program of the module runs the function of that name, a FullName: it is dead, or for other
// modules alone.
func (c *Code) Idle(name string) bool { return c != nil && c.idle()[name] }

// private reports whether no other module can mention fn.
func private(fn *types.Func, internal map[string]bool) bool {
	pkg := fn.Pkg()
	if pkg == nil || fn.Signature().Recv() == nil && (fn.Name() == "init" || fn.Name() == "main" || fn.Name() == "_") {
		return false
	}
	return !fn.Exported() || pkg.Name() == "main" || internal[pkg.Path()]
}

func (p *Package) isInternal() bool {
	path := p.Types.Path()
	if rest, ok := strings.CutPrefix(path, p.Module); ok && p.Module != "" {
		path = rest
	}
	return strings.Contains("/"+path+"/", "/internal/")
}

// A finder is the work on one module.
type finder struct {
	packages []Package
	internal map[string]bool
	mentions map[string][]string    // by function or type: those that it mentions
	doubtful map[string]*types.Func // not known to live
	named    map[string]bool        // what directives name
	made     map[string]bool        // types that live code may have values of
}

// find returns the dead functions of a module.
func find(packages []Package, internal map[string]bool) map[string]bool {
	f := &finder{packages: packages, internal: internal, mentions: map[string][]string{}, doubtful: map[string]*types.Func{}, named: map[string]bool{}, made: map[string]bool{}}
	var alive []string
	for _, pkg := range packages {
		for _, file := range pkg.Files {
			alive = append(alive, f.file(pkg, file)...)
		}
	}
	for name, fn := range f.doubtful {
		if f.named[fn.Name()] {
			alive = append(alive, name)
		}
	}
	f.live(append(alive, f.elsewhere()...))
	called := append(f.behindInterfaces(), f.reflected()...)
	for before := -1; before != len(f.doubtful); {
		before = len(f.doubtful)
		for _, name := range called {
			if fn := f.doubtful[name]; fn != nil && f.made[receiver(fn)] {
				f.live([]string{name})
			}
		}
	}
	dead := map[string]bool{}
	for name := range f.doubtful {
		dead[name] = true
	}
	return dead
}

// live strikes functions off the doubtful ones, and what they mention, and notes the types that are made.
func (f *finder) live(work []string) {
	for len(work) > 0 {
		name := work[len(work)-1]
		work = work[:len(work)-1]
		if strings.HasPrefix(name, typePrefix) {
			f.made[name] = true
		}
		delete(f.doubtful, name)
		work = append(work, f.mentions[name]...)
		delete(f.mentions, name)
	}
}

// file notes what the declarations of a file mention. It returns those that live in any case, and what these mention.
func (f *finder) file(pkg Package, file *ast.File) []string {
	var alive []string
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			obj, _ := pkg.Info.Defs[decl.Name].(*types.Func)
			if obj == nil {
				continue
			}
			from := obj.FullName()
			if private(obj, f.internal) && !isPlugin(pkg, obj) {
				f.doubtful[from] = obj
			} else {
				alive = append(alive, from)
			}
			f.mention(pkg, from, decl.Type.Results)
			if decl.Body != nil {
				f.mention(pkg, from, decl.Body)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if from := f.spec(pkg, spec); from != "" {
					alive = append(alive, from)
				}
			}
		}
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			f.directive(comment.Text)
		}
	}
	return alive
}

// anybody stands for declarations that are no functions: what they mention lives.
const anybody = "anybody"

// spec notes what the declaration of a type or of variables mentions, and returns who lives by it. That a type has the
// methods of an interface (var _ Store = (*memory)(nil)) makes none of it.
func (f *finder) spec(pkg Package, spec ast.Spec) string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		obj, _ := pkg.Info.Defs[spec.Name].(*types.TypeName)
		if obj == nil {
			return ""
		}
		from := typePrefix + pkg.Types.Path() + "." + obj.Name()
		f.mention(pkg, from, spec.Type)
		if obj.Exported() && pkg.Types.Name() != "main" && !f.internal[pkg.Types.Path()] {
			return from
		}
	case *ast.ValueSpec:
		if !slices.ContainsFunc(spec.Names, func(id *ast.Ident) bool { return id.Name != "_" }) {
			f.functions(pkg, anybody, spec)
			return anybody
		}
		f.mention(pkg, anybody, spec)
		return anybody
	}
	return ""
}

// mention notes the functions and types that a node mentions.
func (f *finder) mention(pkg Package, from string, node ast.Node) {
	f.functions(pkg, from, node)
	f.uses(pkg, node, func(obj types.Object) {
		if obj, ok := obj.(*types.TypeName); ok {
			if named, ok := types.Unalias(obj.Type()).(*types.Named); ok && named.Obj().Pkg() != nil {
				f.mentions[from] = append(f.mentions[from], typeName(named))
			}
		}
	})
}

// functions notes the functions that a node mentions.
func (f *finder) functions(pkg Package, from string, node ast.Node) {
	f.uses(pkg, node, func(obj types.Object) {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil {
			if to := fn.Origin().FullName(); to != from {
				f.mentions[from] = append(f.mentions[from], to)
			}
		}
	})
}

func (f *finder) uses(pkg Package, node ast.Node, use func(types.Object)) {
	if list, ok := node.(*ast.FieldList); ok && list == nil {
		return
	}
	ast.Inspect(node, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && pkg.Info.Uses[id] != nil {
			use(pkg.Info.Uses[id])
		}
		return true
	})
}

// typePrefix tells types from functions.
const typePrefix = "type "

func typeName(named *types.Named) string {
	obj := named.Origin().Obj()
	return typePrefix + obj.Pkg().Path() + "." + obj.Name()
}

// receiver returns the type that a method belongs to.
func receiver(fn *types.Func) string {
	t := types.Unalias(fn.Signature().Recv().Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return typeName(named)
	}
	return ""
}

// directive notes the functions that a directive makes known to others by name.
func (f *finder) directive(text string) {
	for _, prefix := range []string{"//go:linkname ", "//export ", "//go:wasmexport "} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			for _, name := range strings.Fields(rest) {
				f.named[name[strings.LastIndexByte(name, '.')+1:]] = true
			}
		}
	}
}

// isPlugin reports whether fn is exported by a program that does nothing in main: a plugin, whose
// host looks for it by name.
func isPlugin(pkg Package, fn *types.Func) bool {
	if pkg.Types.Name() != "main" || !fn.Exported() {
		return false
	}
	for _, file := range pkg.Files {
		for _, decl := range file.Decls {
			if main, ok := decl.(*ast.FuncDecl); ok && main.Recv == nil && main.Name.Name == "main" {
				return main.Body == nil || len(main.Body.List) == 0
			}
		}
	}
	return true
}

// A form is what is compared of methods: types differ between packages, and for type parameters.
type form struct {
	name            string
	params, results int
	variadic        bool
}

func formOf(method *types.Func) form {
	sig := method.Signature()
	return form{method.Name(), sig.Params().Len(), sig.Results().Len(), sig.Variadic()}
}

// behindInterfaces returns the doubtful methods that have the name, and as many parameters and results, of a method of an
// interface: one of the module, or of a package that it imports, directly or not.
func (f *finder) behindInterfaces() []string {
	wanted := map[form][]string{}
	for name, fn := range f.doubtful {
		if fn.Signature().Recv() != nil {
			wanted[formOf(fn)] = append(wanted[formOf(fn)], name)
		}
	}
	var alive []string
	find := func(t types.Type) {
		iface, ok := t.Underlying().(*types.Interface)
		if !ok || len(wanted) == 0 {
			return
		}
		for method := range iface.Methods() {
			alive = append(alive, wanted[formOf(method)]...)
			delete(wanted, formOf(method))
		}
	}
	seen := map[*types.Package]bool{}
	var visit func(pkg *types.Package)
	visit = func(pkg *types.Package) {
		if seen[pkg] || len(wanted) == 0 {
			return
		}
		seen[pkg] = true
		for _, name := range pkg.Scope().Names() {
			if t, ok := pkg.Scope().Lookup(name).(*types.TypeName); ok {
				find(t.Type())
			}
		}
		for _, imported := range pkg.Imports() {
			visit(imported)
		}
	}
	for _, pkg := range f.packages {
		for expr, tv := range pkg.Info.Types {
			if _, ok := expr.(*ast.InterfaceType); ok {
				find(tv.Type)
			}
		}
	}
	for _, pkg := range f.packages {
		visit(pkg.Types)
	}
	return alive
}

// elsewhere returns the doubtful functions that files which are not built here may mention, and the types of methods.
func (f *finder) elsewhere() []string {
	var alive []string
	for _, pkg := range f.packages {
		if len(f.doubtful) == 0 {
			break
		}
		for _, file := range pkg.Others {
			content, err := os.ReadFile(file)
			if err != nil {
				continue
			}
			for name, fn := range f.doubtful {
				if strings.Contains(string(content), fn.Name()) {
					alive = append(alive, name)
				}
				if fn.Signature().Recv() == nil {
					continue
				}
				if of := receiver(fn); strings.Contains(string(content), of[strings.LastIndexByte(of, '.')+1:]) {
					alive = append(alive, of)
				}
			}
		}
	}
	return alive
}
