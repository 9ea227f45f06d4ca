// Package ssabuild builds the SSA form of a package, for the passes that trace values.
//
// It differs from x/tools' buildssa in three ways. It builds nothing for a package that
// imports neither a catalogued library, nor a package of the module that does, nor context.
// It leaves test files out, so that the evidence does not depend on whether a driver loads
// tests. And it takes the functions that never return from the catalogue instead of x/tools'
// ctrlflow, whose facts would make modular drivers analyze every dependency.
package ssabuild

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/scope"
)

// Analyzer builds the SSA form of packages that import a catalogued library.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintssa",
	Doc:        "build SSA for packages that import a library resilint knows",
	Run:        run,
	ResultType: reflect.TypeFor[*SSA](),
	FactTypes:  []analysis.Fact{(*reaches)(nil)},
}

// reaches is the fact that a package imports a catalogued library itself: its importers may
// use what it makes with it.
type reaches struct{}

func (*reaches) AFact() {}

func (*reaches) String() string { return "reaches" }

// SSA is a package in SSA form.
type SSA struct {
	Pkg   *ssa.Package
	Files []*ast.File     // the files it was built from: no tests
	Funcs []*ssa.Function // functions with source, literals included, in source order

	large []*ssa.Function // left out of Funcs
}

// maxWork bounds the size of a function that is looked at: its instructions times its calls, by which
// the time grows that is spent on it. It comes to seconds with a program that a generator has written into
// one function. The largest of half a million lines that people wrote has a twentieth of it.
//
// There is no limit in seconds: what is found must not depend on the machine.
const maxWork = 20_000_000

func work(fn *ssa.Function) int {
	instrs, calls := 0, 0
	for _, block := range fn.Blocks {
		instrs += len(block.Instrs)
		for _, instr := range block.Instrs {
			if _, ok := instr.(ssa.CallInstruction); ok {
				calls++
			}
		}
	}
	return instrs * calls
}

// Notes says which functions are not looked at, for people, who may want to know.
func (s *SSA) Notes() []analysis.Diagnostic {
	if s == nil {
		return nil
	}
	var notes []analysis.Diagnostic
	for _, fn := range s.large {
		notes = append(notes, analysis.Diagnostic{
			Pos:     fn.Pos(),
			Message: fmt.Sprintf("%s is too large to be analyzed, and is left out", fn.RelString(fn.Pkg.Pkg)),
		})
	}
	return notes
}

func run(pass *analysis.Pass) (any, error) {
	files := scope.Files(pass)
	if len(files) == 0 || !needed(pass, files) {
		return (*SSA)(nil), nil
	}
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	prog.SetNoReturn(noReturn(files, pass.TypesInfo))
	createImports(prog, pass)
	pkg := prog.CreatePackage(pass.Pkg, files, without(pass.TypesInfo, pass.Files, files), false)
	if err := build(pkg, pass.TypesInfo); err != nil {
		return nil, err
	}

	built := &SSA{Pkg: pkg, Files: files}
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		if work(fn) > maxWork {
			built.large = append(built.large, fn)
			fn.Blocks = nil // to whoever comes to it through a call, it is one without source
		} else {
			built.Funcs = append(built.Funcs, fn)
		}
		for _, literal := range fn.AnonFuncs {
			add(literal)
		}
	}
	add(pkg.Func("init")) // the initializers of package-level variables
	for _, file := range files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Name.Name != "_" {
				if fn := prog.FuncValue(pass.TypesInfo.Defs[decl.Name].(*types.Func)); fn != nil {
					add(fn)
				}
			}
		}
	}
	return built, nil
}

// build builds the code of a package. go/ssa relies on types; a package whose imports are broken may have some that nobody
// knows, and no error of its own.
func build(pkg *ssa.Package, info *types.Info) (err error) {
	defer func() {
		if v := recover(); v != nil {
			if !incomplete(info) {
				panic(v)
			}
			err = errors.New("it uses what a package that it imports, and that cannot be analyzed, declares")
		}
	}()
	pkg.Build()
	return nil
}

// incomplete reports whether there are expressions of unknown type.
func incomplete(info *types.Info) bool {
	for _, tv := range info.Types {
		if tv.Type == nil || tv.Type == types.Typ[types.Invalid] {
			return true
		}
	}
	for _, obj := range info.Uses {
		if obj.Type() == types.Typ[types.Invalid] {
			return true
		}
	}
	return false
}

// without returns the type information of the files that are kept out of all: go/ssa runs
// every initializer it is told of, and has no variables for those of the other files.
func without(info *types.Info, all, files []*ast.File) *types.Info {
	if len(all) == len(files) {
		return info
	}
	kept := *info
	kept.InitOrder = slices.DeleteFunc(slices.Clone(info.InitOrder), func(init *types.Initializer) bool {
		return !slices.ContainsFunc(files, func(file *ast.File) bool {
			return file.FileStart <= init.Rhs.Pos() && init.Rhs.Pos() <= file.FileEnd
		})
	})
	return &kept
}

// needed reports whether the package can make a catalogued call: it imports a library that
// the catalogue knows, or a package of the module that does, or it may hand on contexts.
func needed(pass *analysis.Pass, files []*ast.File) bool {
	found := false
	for _, file := range files {
		for _, spec := range file.Imports {
			name := pass.TypesInfo.PkgNameOf(spec)
			switch {
			case name == nil:
			case catalog.Knows(name.Imported().Path()):
				pass.ExportPackageFact(new(reaches))
				return true
			case name.Imported().Path() == "context" || pass.ImportPackageFact(name.Imported(), new(reaches)):
				found = true
			}
		}
	}
	return found
}
