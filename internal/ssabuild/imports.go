package ssabuild

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// createImports creates the packages that a package imports, with no more functions and methods than it
// uses. Each package has a program of its own, and to create all that the imports declare, for every one
// of them anew, takes more memory than its own code: 430 MB of 990 in a module of 369 packages.
func createImports(prog *ssa.Program, pass *analysis.Pass) {
	used := make(map[*types.Package][]types.Object)
	seen := make(map[types.Object]bool)
	for _, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == pass.Pkg {
			continue
		}
		if fn = fn.Origin(); declared(fn) && !seen[fn] {
			seen[fn] = true
			used[fn.Pkg()] = append(used[fn.Pkg()], fn)
		}
	}
	for _, imported := range pass.Pkg.Imports() {
		scope := imported.Scope()
		for _, name := range scope.Names() {
			// Passes ask for variables that the package does not name itself.
			if v, ok := scope.Lookup(name).(*types.Var); ok {
				used[imported] = append(used[imported], v)
			}
		}
		create(prog, imported, used[imported])
	}
}

// declared reports whether a function stands in the source of its package, by itself or as the method of a
// named type: those of interfaces are called by no other way than through a value.
func declared(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	recv := fn.Signature().Recv()
	return recv == nil || !types.IsInterface(recv.Type())
}

// create creates a package with the given members, as if they were all that export data had of it. That is
// what go/ssa makes of a constant declaration, which it takes to be about objects without syntax.
func create(prog *ssa.Program, pkg *types.Package, members []types.Object) {
	spec := &ast.ValueSpec{}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	for _, member := range members {
		id := ast.NewIdent(member.Name())
		spec.Names = append(spec.Names, id)
		info.Defs[id] = member
	}
	file := &ast.File{Decls: []ast.Decl{&ast.GenDecl{Tok: token.CONST, Specs: []ast.Spec{spec}}}}
	prog.CreatePackage(pkg, []*ast.File{file}, info, true)
}
