package config

import (
	"go/types"
	"iter"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
)

// Check compares the catalogue of the file with the packages that it is about, as far as they
// are among those given, and returns what they contradict: a name that does not exist, an
// argument that is no context. Such an entry would otherwise be of no effect, for ever.
func (c *Config) Check(packages iter.Seq[*types.Package]) Errors {
	d := &decoder{file: c.File}
	byPath := map[string][]*types.Package{}
	for pkg := range packages {
		if path := catalog.Path(pkg.Path()); !slices.Contains(byPath[path], pkg) {
			byPath[path] = append(byPath[path], pkg)
		}
	}
	for i := range c.Catalog {
		lib := &c.Catalog[i]
		if versions := byPath[lib.Path.Value]; len(versions) > 0 {
			(&comparison{d, lib, versions}).run()
		}
	}
	return d.errs.sorted()
}

// A comparison is one of a library's entries with its packages: there may be several major
// versions of it, one of which has to have what is listed.
type comparison struct {
	*decoder
	lib      *Library
	versions []*types.Package
}

func (c *comparison) run() {
	for i := range c.lib.Calls {
		call := &c.lib.Calls[i]
		c.function(call.Name, func(fn *types.Func) string { return misfit(call, fn) })
	}
	for _, name := range c.lib.Bounded {
		c.function(name, func(*types.Func) string { return "" })
	}
	for _, maker := range c.lib.Makers {
		c.function(maker.Name, func(fn *types.Func) string {
			results := fn.Signature().Results()
			if want := c.lib.typeName(maker.Type); maker.Type.Value != "" && (results.Len() == 0 || catalog.TypeName(results.At(0).Type()) != want) {
				return "its first result is not a " + want
			}
			return wrongOperand(fn, "context", maker.Context, isNamed("context.Context"))
		})
	}
	for _, ctx := range c.lib.Contexts {
		c.function(ctx.Name, func(fn *types.Func) string {
			return wrongOperand(fn, "context or request", ctx.From, func(t types.Type) bool { return catalog.TypeName(t) != "" }) // requests of libraries, too
		})
	}
	for i := range c.lib.Types {
		c.object(&c.lib.Types[i])
	}
}

// function reports that no version has a function of that name, or that all of them have one
// that something is wrong with.
func (c *comparison) function(name Text, wrong func(fn *types.Func) string) {
	var reason string
	var there []string
	for _, pkg := range c.versions {
		fn := lookup(pkg, name.Value)
		if fn == nil {
			there = append(there, functions(pkg)...)
			continue
		}
		if listed := catalog.Name(fn); listed != c.lib.name(name) {
			reason = "it is " + listed + ", which is the one to list"
		} else if reason = wrong(fn); reason == "" {
			return
		}
	}
	if reason == "" {
		c.errorf(name.place, "%s has no %s%s", c.lib.Path.Value, name.Value, didYouMean(name.Value, there))
	} else {
		c.errorf(name.place, "%s of %s: %s", name.Value, c.lib.Path.Value, reason)
	}
}

// lookup returns the function, or the method of a type, of that name.
func lookup(pkg *types.Package, name string) *types.Func {
	typ, method, isMethod := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(typ)
	if isMethod {
		if obj == nil || !isType(obj) {
			return nil
		}
		obj, _, _ = types.LookupFieldOrMethod(obj.Type(), true, pkg, method)
	}
	fn, _ := obj.(*types.Func)
	return fn
}

func isType(obj types.Object) bool { _, ok := obj.(*types.TypeName); return ok }

// functions returns the names of a package's exported functions and methods.
func functions(pkg *types.Package) []string {
	var names []string
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		switch {
		case !obj.Exported():
		case isType(obj):
			for method := range types.NewMethodSet(types.NewPointer(obj.Type())).Methods() {
				names = append(names, name+"."+method.Obj().Name())
			}
			if iface, ok := obj.Type().Underlying().(*types.Interface); ok {
				for method := range iface.Methods() {
					names = append(names, name+"."+method.Name())
				}
			}
		default:
			if _, ok := obj.(*types.Func); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// misfit says what is wrong with the operands of a call.
func misfit(call *Call, fn *types.Func) string {
	is := map[string]func(types.Type) bool{
		"client":   func(t types.Type) bool { return catalog.TypeOf(t) != nil || types.IsInterface(t) },
		"context":  isNamed("context.Context"),
		"request":  isNamed("net/http.Request"),
		"timeout":  isNamed("time.Duration"),
		"listener": func(t types.Type) bool { return types.IsInterface(t) || isString(t) },
		"network":  isString,
		"address":  isString,
	}
	if t := call.Client.of(fn); t != nil && !is["client"](t) {
		return "nothing says what bounds its client, a " + types.TypeString(t, (*types.Package).Name) + ": want that among types"
	}
	for _, op := range call.operands() {
		if wrong := wrongOperand(fn, op.key, op.Operand, is[op.key]); wrong != "" {
			return wrong
		}
	}
	return ""
}

// wrongOperand says that fn does not have an operand, or that it is not what it has to be.
func wrongOperand(fn *types.Func, what string, op Operand, is func(types.Type) bool) string {
	if op == 0 {
		return ""
	}
	t := op.of(fn)
	switch {
	case t == nil:
		return "there is no such " + what + " in func" + strings.TrimPrefix(types.TypeString(fn.Signature(), types.RelativeTo(fn.Pkg())), "func")
	case !is(t):
		return "a " + types.TypeString(t, (*types.Package).Name) + " is no " + what
	}
	return ""
}

// of returns the type of an operand of fn, or nil if there is none.
func (o Operand) of(fn *types.Func) types.Type {
	sig, i := fn.Signature(), int(o)-int(catalog.Arg0)
	switch {
	case o == Operand(catalog.Recv) && sig.Recv() != nil:
		return sig.Recv().Type()
	case i >= 0 && i < sig.Params().Len():
		return sig.Params().At(i).Type()
	}
	return nil
}

// isNamed tells a type, or a pointer to it, by its name in the catalogue.
func isNamed(name string) func(types.Type) bool {
	return func(t types.Type) bool { return catalog.TypeName(t) == name }
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// object reports that no version has a type, or what of it is in none.
func (c *comparison) object(t *Type) {
	var there, fields, methods []string
	found := false
	for _, pkg := range c.versions {
		there = append(there, typesOf(pkg)...)
		obj := pkg.Scope().Lookup(t.Name.Value)
		if obj == nil || !isType(obj) {
			continue
		}
		found = true
		fields = append(fields, fieldsOf(obj.Type())...)
		for _, setter := range t.Setters {
			fn := lookup(pkg, t.Name.Value+"."+setter.Name.Value)
			if fn != nil && max(setter.Argument, Operand(catalog.Arg0)).of(fn) != nil {
				methods = append(methods, setter.Name.Value)
			}
		}
	}
	if !found {
		c.errorf(t.Name.place, "%s has no type %s%s", c.lib.Path.Value, t.Name.Value, didYouMean(t.Name.Value, there))
		return
	}
	for _, name := range slices.Concat(t.Bounds, t.Phases, t.Inner) {
		if !slices.Contains(fields, name.Value) {
			c.errorf(name.place, "%s has no field %s%s", t.Name.Value, name.Value, didYouMean(name.Value, fields))
		}
	}
	for _, setter := range t.Setters {
		if !slices.Contains(methods, setter.Name.Value) {
			c.errorf(setter.Name.place, "%s has no method %s with such an argument", t.Name.Value, setter.Name.Value)
		}
	}
}

// typesOf returns the names of a package's exported types.
func typesOf(pkg *types.Package) []string {
	var names []string
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); isType(obj) && obj.Exported() {
			names = append(names, name)
		}
	}
	return names
}

func fieldsOf(t types.Type) []string {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	var names []string
	for field := range s.Fields() {
		names = append(names, field.Name())
	}
	return names
}
