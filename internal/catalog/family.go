package catalog

import (
	"go/types"
	"slices"
	"strings"
)

// familyOf returns the family of a package, or nil.
func familyOf(path string) *Family {
	for _, f := range families {
		if path == f.Path || f.Deep && strings.HasPrefix(path, f.Path+"/") {
			return f
		}
	}
	return nil
}

// has reports whether fn, of the family's package, has its form.
func (f *Family) has(fn *types.Func) bool {
	sig := fn.Signature()
	results := sig.Results()
	return fn.Exported() && sig.Params().Len() > 0 && results.Len() > 0 &&
		TypeName(sig.Params().At(0).Type()) == "context.Context" &&
		results.At(results.Len()-1).Type().String() == "error" &&
		(sig.Recv() != nil || f.Functions) &&
		!slices.Contains(f.Except, fn.Name())
}

// LibraryOf returns the path of the library that declares a call, or "".
func LibraryOf(call *Call) string {
	if lib := owners[call]; lib != nil {
		return lib.Path
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
	text = strings.ToLower(strings.TrimSpace(text))
	return slices.ContainsFunc(c.Waits, func(words string) bool {
		words = strings.ToLower(words)
		return strings.HasPrefix(text, words) || strings.HasSuffix(words, "(") && strings.Contains(text, words)
	})
}

// packageOf returns the import path in the name of a function: "net/http" of "net/http.Get".
func packageOf(name string) string {
	dir := strings.LastIndexByte(name, '/') + 1
	return name[:dir+strings.IndexByte(name[dir:], '.')]
}
