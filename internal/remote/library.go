package remote

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// What a program does with a library as a whole: it bounds all of its calls, or shows what they
// work through.

// sets notes the libraries whose calls a string in instr bounds: an argument, a part of a
// longer one, a key.
func (f *finder) sets(instr ssa.Instruction) {
	switch instr.(type) {
	case ssa.CallInstruction, *ssa.BinOp, *ssa.MapUpdate, *ssa.Store:
	default:
		return
	}
	if store, ok := instr.(*ssa.Store); ok {
		f.setsField(store)
	}
	var operands [8]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if text, ok := flow.ConstString(*operand); ok {
			for _, lib := range catalog.SetBy(text) {
				f.evidence.Touched[lib] = true
			}
		}
	}
}

// intercepts notes the libraries whose calls the package bounds on their way.
func (f *finder) intercepts() {
	for _, fn := range f.g.SSA.Funcs {
		if lib := catalog.Intercepts(fn.Signature); lib != "" && f.callsAny(fn, isTimer, 3) {
			f.evidence.Touched[lib] = true
		}
	}
}

// setsField notes the library whose calls a store into a field of its options bounds.
func (f *finder) setsField(store *ssa.Store) {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	pointer, ok := addr.X.Type().Underlying().(*types.Pointer) // of a named type: type Bundle *Info
	if !ok {
		return
	}
	owner := pointer.Elem()
	s, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for _, lib := range catalog.BoundedByField(owner, s.Field(addr.Field)) {
		f.evidence.Touched[lib] = true
	}
}

// brokers notes the libraries whose calls in the package go to processes on the machine: it
// mentions the type by which it is connected with them.
func (f *finder) brokers() {
	if !slices.ContainsFunc(f.g.SSA.Pkg.Pkg.Imports(), func(p *types.Package) bool { return catalog.HasBrokers(p.Path()) }) {
		return
	}
	for _, file := range f.g.SSA.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if ident, ok := n.(*ast.Ident); ok {
				if name, ok := f.pass.TypesInfo.Uses[ident].(*types.TypeName); ok {
					for _, lib := range catalog.BrokeredBy(name.Type()) {
						f.local[lib] = true
					}
				}
			}
			return true
		})
	}
}

// equips notes the libraries whose calls leave the process through a driver that the package
// imports, or through a client that nothing bounds. A client that may bound them bounds them
// all.
func (f *finder) equips() {
	for _, file := range f.g.SSA.Files { // tests have drivers of their own
		for _, spec := range file.Imports {
			name := f.pass.TypesInfo.PkgNameOf(spec)
			if name == nil {
				continue
			}
			for _, lib := range catalog.Drives(name.Imported().Path()) {
				f.evidence.Equipped[lib] = true
			}
		}
	}
	for instr := range f.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			continue
		}
		callee := flow.CalleeObject(call)
		if callee == nil {
			continue
		}
		lib, operand := catalog.Equips(callee)
		if lib == "" {
			continue
		}
		client := flow.Operand(call, operand)
		if client != nil && f.wrapped(client, nil) != Nothing {
			f.evidence.Touched[lib] = true
			continue
		}
		f.evidence.Equipped[lib] = true
	}
}
