package loops

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// runPrograms finds the fields, and the types of functions, of the package that hold a function of it which
// runs a program, and none that makes a remote call: a subprocess is none, whatever it is given.
func (f *finder) runPrograms() {
	f.programs = map[types.Object]bool{}
	remote := map[types.Object]bool{}
	note := func(holder types.Object, v ssa.Value) {
		for _, fn := range f.functions(v) {
			remote[holder] = remote[holder] || f.operates[fn] > local
			f.programs[holder] = f.programs[holder] || f.startsProgram(fn, 0)
		}
	}
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.ChangeType:
			if named := f.functionType(instr.Type()); named != nil {
				note(named, instr.X)
			}
		case *ssa.Store:
			if addr, ok := instr.Addr.(*ssa.FieldAddr); ok && isFunction(instr.Val.Type()) && flow.FieldOf(addr) != nil {
				note(flow.FieldOf(addr), instr.Val)
			}
		}
	}
	f.offered(note)
	maps.DeleteFunc(f.programs, func(holder types.Object, runs bool) bool { return !runs || remote[holder] })
}

// offered notes the functions that the package declares beside a type of functions for others to use as one: it calls
// none of them itself, and they have the parameters of a command.
func (f *finder) offered(note func(types.Object, ssa.Value)) {
	scope := f.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		decl, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || decl.IsAlias() || f.functionType(decl.Type()) == nil || !takesCommand(decl.Type()) {
			continue
		}
		for _, fn := range f.g.SSA.Funcs {
			if fn.Parent() == nil && fn.Signature.Recv() == nil && len(f.g.Callers(fn)) == 0 && types.Identical(fn.Signature, decl.Type().Underlying()) {
				note(decl, fn)
			}
		}
	}
}

// takesCommand reports whether the last parameter of functions of a type is a list of strings, as the arguments of a
// command are.
func takesCommand(t types.Type) bool {
	params := t.Underlying().(*types.Signature).Params()
	if params.Len() == 0 {
		return false
	}
	list, ok := params.At(params.Len() - 1).Type().(*types.Slice)
	return ok && types.Identical(list.Elem(), types.Typ[types.String])
}

// functions returns the functions of the package that a function value may be, as far as they are seen.
func (f *finder) functions(v ssa.Value) []*ssa.Function {
	if fn := closureOf(v); fn != nil {
		if fn = f.defined(fn); fn == nil {
			return nil
		}
		return []*ssa.Function{fn}
	}
	var fns []*ssa.Function
	for _, source := range f.g.Trace(v, nil) {
		if at, ok := source.At.(ssa.Value); ok && closureOf(at) != nil {
			if fn := f.defined(closureOf(at)); fn != nil {
				fns = append(fns, fn)
			}
		}
	}
	return fns
}

// startsProgram reports whether a function runs a program, itself or in another one of the package.
func (f *finder) startsProgram(fn *ssa.Function, depth int) bool {
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if own := f.g.Callee(call); own != nil {
			if depth < 3 && f.startsProgram(own, depth+1) {
				return true
			}
			continue
		}
		callee := flow.CalleeObject(call)
		if callee != nil && callee.Pkg() != nil && (callee.Pkg().Path() == "os/exec" && callee.Name() != "LookPath" || catalog.RunsPrograms(callee.Pkg().Path())) {
			return true
		}
	}
	return false
}

// isProgram reports whether a function value is one that runs a program, by what the package stores in the field that it
// is read from, or makes of its type.
func (f *finder) isProgram(fn ssa.Value) bool {
	if named := f.functionType(fn.Type()); named != nil && f.programs[named] {
		return true
	}
	load, ok := fn.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	return ok && flow.FieldOf(addr) != nil && f.programs[flow.FieldOf(addr)]
}

// functionType returns the name of a type of functions that the package declares, or nil.
func (f *finder) functionType(t types.Type) *types.TypeName {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !isFunction(named) || named.Obj().Pkg() != f.pass.Pkg {
		return nil
	}
	return named.Obj()
}

func isFunction(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}
