package doc_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
)

// A row is the calls of a library that the same things bound.
type row struct {
	calls  []string
	bounds string
}

// catalogueTable says which calls are known, and what bounds them.
func catalogueTable() string {
	var table strings.Builder
	table.WriteString("## Catalogue\n\n" +
		"The calls that are known to leave the process, and what bounds each of them. What is not " +
		"listed is unknown, and unknown is silent. Major versions are left out of import paths. Your own " +
		"clients, and what you know of these, are entries of [.resilint.yml](../config.md).\n\n" +
		"| library | read in | calls | bounded by |\n|---|---|---|---|\n")
	for _, lib := range catalog.Libraries() {
		for _, r := range rows(lib) {
			fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", lib.Path, lib.Version, strings.Join(r.calls, ", "), r.bounds)
		}
	}
	return table.String()
}

// rows describes a library's calls, and its constructors of other libraries' clients.
func rows(lib *catalog.Library) []*row {
	var rows []*row
	add := func(call, bounds string) {
		i := slices.IndexFunc(rows, func(r *row) bool { return r.bounds == bounds })
		if i < 0 {
			i = len(rows)
			rows = append(rows, &row{bounds: bounds})
		}
		rows[i].calls = append(rows[i].calls, call)
	}
	for i := range lib.Calls {
		call := &lib.Calls[i]
		add("`"+within(lib, call.Name)+"`", callBounds(lib, call))
	}
	for i := range lib.Makers {
		maker := &lib.Makers[i]
		if t := catalog.TypeNamed(maker.Type); t != nil && len(t.Bounds) > 0 && !strings.HasPrefix(t.Name, lib.Path+".") {
			add("through `"+within(lib, maker.Name)+"()`", makerBounds(maker, t))
		}
	}
	return rows
}

// within returns a catalogue name as code in the library itself would put it.
func within(lib *catalog.Library, name string) string { return strings.TrimPrefix(name, lib.Path+".") }

// short returns a catalogue name as code elsewhere would put it: http.Client.
func short(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func callBounds(lib *catalog.Library, call *catalog.Call) string {
	var bounds []string
	switch {
	case call.Global != "":
		bounds = append(bounds, "what bounds `"+short(call.Global)+"`")
	case call.Object == catalog.Recv:
		bounds = receiverBounds(lib, call)
	case call.Object != catalog.None:
		bounds = append(bounds, argumentBounds(call.Object))
	}
	if call.Options != catalog.None {
		bounds = append(bounds, argumentBounds(call.Options))
	}
	if call.Timeout != catalog.None {
		bounds = append(bounds, "its timeout")
	}
	switch {
	case call.Context != catalog.None:
		bounds = append(bounds, "a deadline of its context")
	case call.Request != catalog.None:
		bounds = append(bounds, "a deadline of the request's context")
	}
	if len(bounds) == 0 {
		return strings.TrimSuffix("nothing; "+call.Advice, "; ")
	}
	return or(bounds)
}

func argumentBounds(arg catalog.Operand) string {
	return "what bounds its " + [...]string{"first", "second", "third", "fourth"}[arg-catalog.Arg0] + " argument"
}

// receiverBounds says what bounds a method's receiver; for a request, the clients of its
// library.
func receiverBounds(lib *catalog.Library, call *catalog.Call) []string {
	t := catalog.TypeNamed(call.Name[:strings.LastIndexByte(call.Name, '.')])
	if bounds := typeBounds(t); len(bounds) > 0 {
		return bounds
	}
	for i := range lib.Types {
		if bounds := typeBounds(&lib.Types[i]); len(bounds) > 0 {
			return bounds
		}
	}
	return nil
}

func typeBounds(t *catalog.Type) []string {
	if t == nil {
		return nil
	}
	name := t.Name[strings.LastIndexByte(t.Name, '.')+1:]
	var bounds []string
	for _, field := range t.Bounds {
		bounds = append(bounds, "`"+name+"."+field+"`")
	}
	for _, setter := range t.Setters {
		bounds = append(bounds, "`"+name+"."+setter.Name+"`")
	}
	if len(bounds) == 0 {
		for _, field := range t.Inner {
			bounds = append(bounds, "what bounds `"+name+"."+field+"`")
		}
	}
	return bounds
}

func makerBounds(maker *catalog.Maker, t *catalog.Type) string {
	bounds := []string{"`" + short(t.Name) + "." + t.Bounds[0] + "`"}
	switch {
	case maker.Context != catalog.None:
		bounds = append(bounds, "what bounds the client in its context")
	case maker.Base != catalog.None:
		bounds = append(bounds, "what bounds the client it is made from")
	}
	return or(bounds)
}

// or joins alternatives: "a, b or c".
func or(s []string) string {
	last := len(s) - 1
	if last == 0 {
		return s[0]
	}
	return strings.Join(s[:last], ", ") + " or " + s[last]
}
