package picture

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
)

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func compareParams(x, y Param) int {
	return cmp.Or(strings.Compare(x.Func, y.Func), cmp.Compare(x.Index, y.Index))
}

func compareRefs(x, y Ref) int {
	return cmp.Or(
		strings.Compare(x.Client, y.Client), strings.Compare(x.Var, y.Var),
		compareParams(x.Param, y.Param), compareParams(x.Result, y.Result),
	)
}

// place names a position for other packages, whatever machine they are analyzed on.
func (b *builder) place(pos token.Pos) string {
	at := b.pass.Fset.PositionFor(pos, false)
	return fmt.Sprintf("%s/%s:%d", b.pass.Pkg.Path(), filepath.Base(at.Filename), at.Offset)
}

// varName names a package-level variable, or a field of a named struct, for all packages; it is empty for
// those of structs without a name.
func (b *builder) varName(v *types.Var) string {
	if v == nil || v.Pkg() == nil {
		return ""
	}
	if !v.IsField() {
		return v.Pkg().Path() + "." + v.Name()
	}
	names := b.fields[v.Pkg()]
	if names == nil {
		names = map[*types.Var]string{}
		scope := v.Pkg().Scope()
		for _, name := range scope.Names() {
			decl, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || decl.IsAlias() {
				continue
			}
			if s, ok := decl.Type().Underlying().(*types.Struct); ok {
				for f := range s.Fields() {
					if names[f.Origin()] == "" {
						names[f.Origin()] = v.Pkg().Path() + "." + name + "." + f.Name()
					}
				}
			}
		}
		b.fields[v.Pkg()] = names
	}
	return names[v.Origin()]
}

// paramOf names a parameter of a function.
func (b *builder) paramOf(p *ssa.Parameter) Param {
	return Param{flow.NameOf(p.Parent()), slices.Index(p.Parent().Params, p)}
}

// calleeOf names the function that a call runs, as far as it is one that sketches may tell of: of the
// package, or of one that it imports.
func (b *builder) calleeOf(call ssa.CallInstruction) string {
	if obj := flow.CalleeObject(call); obj != nil {
		if obj.Pkg() == nil || call.Common().IsInvoke() {
			return ""
		}
		if obj.Pkg() == b.pass.Pkg || b.pass.ImportPackageFact(obj.Pkg(), new(Sketch)) {
			return flow.FullName(obj)
		}
		return ""
	}
	if fn := b.g.Callee(call); fn != nil {
		return flow.NameOf(fn)
	}
	return ""
}
