package catalog

import (
	"go/types"
	"slices"
	"strings"
	"sync"
)

// familyOf returns the family of a package, or nil.
func familyOf(path string) *Family {
	if known, ok := familyPaths.Load(path); ok {
		return known.(*Family)
	}
	var family *Family
	for _, f := range families {
		if path == f.Path || f.Deep && strings.HasPrefix(path, f.Path+"/") {
			family = f
			break
		}
	}
	familyPaths.Store(path, family)
	return family
}

// familyPaths holds what familyOf has returned.
var familyPaths sync.Map

// call returns what fn, of the family's package, means as one of it, or nil.
func (f *Family) call(fn *types.Func) *Call {
	sig := fn.Signature()
	if !fn.Exported() || !fails(sig) || sig.Recv() == nil && !f.Functions || slices.Contains(f.Except, fn.Name()) {
		return nil
	}
	switch {
	case takesContext(sig):
		return &f.Call
	case f.Twin != nil && sig.Recv() != nil:
		obj, _, _ := types.LookupFieldOrMethod(sig.Recv().Type(), true, fn.Pkg(), fn.Name()+"Context")
		if twin, ok := obj.(*types.Func); ok && takesContext(twin.Signature()) {
			return f.Twin
		}
	}
	return nil
}

// takesContext reports whether the first parameter is a context.
func takesContext(sig *types.Signature) bool {
	return sig.Params().Len() > 0 && TypeName(sig.Params().At(0).Type()) == "context.Context"
}

// fails reports whether the last result is an error.
func fails(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && sig.Results().At(n-1).Type().String() == "error"
}

// LibraryOf returns the path of the library that declares a call, or "".
func LibraryOf(call *Call) string {
	if lib := owners[call]; lib != nil {
		return lib.Path
	}
	return ""
}

// GroupOf returns the path of the library with whose calls a package's calls like it are one
// finding: its own, or the one that this is a layer over.
func GroupOf(call *Call) string {
	if lib := owners[call]; lib != nil && lib.Over != "" {
		return lib.Over
	}
	return LibraryOf(call)
}

// LibraryOfType returns the path of the library that declares a type, or "".
func LibraryOfType(t *Type) string {
	for _, lib := range libraries {
		for i := range lib.Types {
			if t == &lib.Types[i] {
				return lib.Path
			}
		}
	}
	return ""
}

// Conditional reports whether a call is known to hang only in a program that shows what it
// works through: see [Equips] and [Drives].
func Conditional(call *Call) bool {
	lib := owners[call]
	return lib != nil && len(lib.Drivers)+len(lib.Equippers) > 0
}

// Drives returns the paths of the libraries whose calls leave the machine in a program that
// imports path: of database/sql, for a driver.
func Drives(path string) []string {
	var paths []string
	for _, lib := range drivers[Path(path)] {
		paths = append(paths, lib.Path)
	}
	return paths
}

// Equips returns the path of the library whose clients fn makes, and what it is given for them
// to work through, or "".
func Equips(fn *types.Func) (path string, client Operand) {
	name := Name(fn)
	if e := equips[name]; e != nil {
		return equippers[name].Path, e.Client
	}
	return "", None
}

// BoundedByField returns the paths of the libraries all of whose calls a store into a field may
// bound.
func BoundedByField(owner types.Type, field *types.Var) []string {
	var paths []string
	if name := TypeName(owner); name != "" {
		for _, lib := range fields[name+"."+field.Name()] {
			paths = append(paths, lib.Path)
		}
	}
	return paths
}

// Waiting reports whether a string by which the call asks for something, or what is known of its
// beginning, says that this takes as long as it takes.
func (c *Call) Waiting(text string) bool {
	text = strings.ToLower(uncommented(text))
	return slices.ContainsFunc(c.Waits, func(words string) bool {
		words = strings.ToLower(words)
		return strings.HasPrefix(text, words) || strings.HasSuffix(words, "(") && strings.Contains(text, words)
	})
}

// uncommented returns a statement without the white space and the comments before it: -- to the end of a line.
func uncommented(text string) string {
	for {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "--") {
			return text
		}
		_, text, _ = strings.Cut(text, "\n")
	}
}

// packageOf returns the import path in the name of a function: "net/http" of "net/http.Get".
func packageOf(name string) string {
	dir := strings.LastIndexByte(name, '/') + 1
	return name[:dir+strings.IndexByte(name[dir:], '.')]
}
