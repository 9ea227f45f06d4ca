package loops

import (
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

// Keeps is the fact about an interface that some type of its package has it without leaving the process,
// in these methods: a store in memory or on the disk.
type Keeps struct{ Methods []string }

// AFact makes Keeps a fact.
func (*Keeps) AFact() {}

func (k *Keeps) String() string { return "may stay in the process" }

// standIns are names of types that do nothing, or are for tests: they say nothing of what an interface is
// there for.
var standIns = regexp.MustCompile(`(?i)mock|fake|stub|no_?op|nop|null|discard|dummy|empty|unimplemented|test`)

// keep finds the interfaces of the package that one of its types has without leaving the process.
func (f *finder) keep() {
	f.keeps = map[string]bool{}
	scope := f.pass.Pkg.Scope()
	var interfaces, concrete []*types.TypeName
	for _, name := range scope.Names() {
		decl, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || decl.IsAlias() {
			continue
		}
		if named, ok := decl.Type().(*types.Named); !ok || named.TypeParams().Len() > 0 {
			continue
		}
		if types.IsInterface(decl.Type()) {
			interfaces = append(interfaces, decl)
		} else if !standIns.MatchString(name) {
			concrete = append(concrete, decl)
		}
	}
	for _, decl := range interfaces {
		iface := decl.Type().Underlying().(*types.Interface)
		if iface.NumMethods() == 0 {
			continue
		}
		var methods []string
		for _, impl := range concrete {
			ptr := types.NewPointer(impl.Type())
			if !types.Implements(ptr, iface) {
				continue
			}
			for method := range iface.Methods() {
				if f.staysIn(ptr, method) && !slices.Contains(methods, method.Name()) {
					methods = append(methods, method.Name())
					f.keeps[kept(decl, method.Name())] = true
				}
			}
		}
		if len(methods) > 0 && decl.Exported() {
			slices.Sort(methods)
			f.pass.ExportObjectFact(decl, &Keeps{methods})
		}
	}
}

func kept(iface *types.TypeName, method string) string { return iface.Name() + "." + method }

// staysIn reports whether a type does in a method what it is there for with what it holds itself.
func (f *finder) staysIn(t types.Type, method *types.Func) bool {
	if !takesContext(method.Signature()) || !fails(method.Signature()) {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, f.pass.Pkg, method.Name())
	own, ok := obj.(*types.Func)
	if !ok || own.Pkg() != f.pass.Pkg {
		return false
	}
	i := slices.IndexFunc(f.g.SSA.Funcs, func(fn *ssa.Function) bool { return fn.Object() == own })
	if i < 0 {
		return false
	}
	fn := f.g.SSA.Funcs[i]
	return f.operates[fn] == local && len(*fn.Params[0].Referrers()) > 0 && f.holds(fn, 0)
}

// holds reports whether a function reads or writes a map, a slice or a file of its receiver's, or runs a program, itself
// or in another function of the package, and hands nothing on that may leave the process.
func (f *finder) holds(fn *ssa.Function, depth int) bool {
	found := false
	for instr := range flow.InstructionsIn(fn) {
		switch instr := instr.(type) {
		case *ssa.Go, *ssa.Send, *ssa.Select:
			return false // somebody else does it
		case *ssa.MapUpdate, *ssa.Lookup, *ssa.Range:
			found = true
		case *ssa.Call:
			callee := flow.CalleeObject(instr)
			if own := f.g.Callee(instr); own != nil && depth < 3 {
				found = found || f.holds(own, depth+1)
			} else if callee != nil && callee.Pkg() != nil {
				switch callee.Pkg().Path() {
				case "os", "io/ioutil", "os/exec":
					found = true
				}
			}
			if f.isEmbedded(instr) {
				found = true
			}
		}
	}
	return found
}

// isKept reports whether a call is one behind an interface that some type has without leaving the process.
func (f *finder) isKept(call ssa.CallInstruction) bool {
	if !call.Common().IsInvoke() {
		return false
	}
	named, ok := types.Unalias(call.Common().Value.Type()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	method := call.Common().Method.Name()
	if named.Obj().Pkg() == f.pass.Pkg {
		return f.keeps[kept(named.Obj(), method)]
	}
	fact := new(Keeps)
	return f.pass.ImportObjectFact(named.Obj(), fact) && slices.Contains(fact.Methods, method)
}
