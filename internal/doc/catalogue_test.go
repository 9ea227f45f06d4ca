package doc_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
)

// A row is the calls of a library that the same things bound.
type row struct {
	calls  []string // as code of the library would put them
	extra  string   // what there is to say of them besides
	bounds string
}

// catalogueTable says which calls are known, and what bounds them.
func catalogueTable() string {
	var table strings.Builder
	table.WriteString("## Catalogue\n\n" +
		"The calls that are known to leave the process, what bounds each of them, and how long it waits " +
		"if nothing does. What is not listed is unknown, and unknown is silent. Major versions are left out of import paths. " +
		"Your own clients, and what you know of these, are entries of [.resilint.yml](../config.md).\n\n" +
		"| library | calls | bounded by | otherwise | read in |\n|---|---|---|---|---|\n")
	for _, lib := range libraries() {
		for i, r := range rows(lib) {
			name, otherwise, source := "", "", ""
			if i == 0 {
				name, otherwise, source = "`"+lib.Path+"`", lib.Default, lib.Version+": "+lib.Source
			}
			fmt.Fprintf(&table, "| %s | %s%s | %s | %s | %s |\n", name, byType(r.calls), r.extra, r.bounds, otherwise, source)
		}
	}
	table.WriteString("\n" + conditionTable() + "\n" + finiteTable())
	return table.String()
}

// libraries returns the catalogue: the standard library first, then by path.
func libraries() []*catalog.Library {
	libs := slices.Clone(catalog.Libraries())
	slices.SortFunc(libs, func(x, y *catalog.Library) int {
		return cmp.Or(cmp.Compare(external(x.Path), external(y.Path)), cmp.Compare(x.Path, y.Path))
	})
	return libs
}

// external is 1 for libraries other than the standard library.
func external(path string) int {
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		return 1
	}
	return 0
}

// rows describes a library's calls, and its constructors of other libraries' clients.
func rows(lib *catalog.Library) []*row {
	var rows []*row
	add := func(call, bounds, extra string) {
		i := slices.IndexFunc(rows, func(r *row) bool { return r.bounds == bounds && r.extra == extra })
		if i < 0 {
			i = len(rows)
			rows = append(rows, &row{bounds: bounds, extra: extra})
		}
		rows[i].calls = append(rows[i].calls, call)
	}
	for i := range lib.Calls {
		call := &lib.Calls[i]
		add(within(lib, call.Name), callBounds(lib, call), once(call))
	}
	for i := range lib.Families {
		family := &lib.Families[i]
		rows = append(rows, &row{extra: familyCalls(lib, family), bounds: callBounds(lib, &family.Call)})
		if family.Twin != nil {
			rows = append(rows, &row{extra: "their twins without a context" + once(family.Twin), bounds: callBounds(lib, family.Twin)})
		}
	}
	for i := range lib.Makers {
		maker := &lib.Makers[i]
		if t := catalog.TypeNamed(maker.Type); t != nil && len(t.Bounds) > 0 && !strings.HasPrefix(t.Name, lib.Path+".") {
			add("through `"+within(lib, maker.Name)+"()`", makerBounds(maker, t), "")
		}
	}
	return rows
}

// once says how calls are reported of which a package's are one finding.
func once(call *catalog.Call) string {
	if call.Once {
		return " (one finding a package)"
	}
	return ""
}

// familyCalls says which calls are a family.
func familyCalls(lib *catalog.Library, family *catalog.Family) string {
	what := "methods"
	if family.Functions {
		what = "functions and methods"
	}
	where := ""
	if family.Path != lib.Path {
		where = " of `" + strings.TrimPrefix(family.Path, lib.Path+"/") + "`"
	}
	if family.Deep {
		where += ", in packages below too,"
	}
	text := "all " + what + where + " that take a context and return an error"
	if len(family.Except) > 0 {
		text += ", except " + code(family.Except)
	}
	return text
}

// byType lists calls, the methods of a type together.
func byType(calls []string) string {
	var types []string
	methods := map[string][]string{}
	for _, call := range calls {
		typ, method, ok := strings.Cut(call, ".")
		if strings.HasPrefix(call, "through ") || !ok {
			typ, method = "", call
		}
		if methods[typ] == nil {
			types = append(types, typ)
		}
		methods[typ] = append(methods[typ], method)
	}
	var parts []string
	for _, typ := range types {
		switch {
		case typ != "":
			parts = append(parts, "`"+typ+"`: "+strings.Join(methods[typ], ", "))
		case strings.HasPrefix(methods[typ][0], "through "):
			parts = append(parts, strings.Join(methods[typ], ", "))
		default:
			parts = append(parts, code(methods[typ]))
		}
	}
	return strings.Join(parts, "; ")
}

// conditionTable says in which programs calls are reported, and what bounds all of a library's.
func conditionTable() string {
	var table strings.Builder
	table.WriteString("Of these libraries a program shows as a whole what their calls work through, or what bounds them all, " +
		"wherever in the module that is:\n\n" +
		"| library | reported in programs that | all calls bounded by |\n|---|---|---|\n")
	for _, lib := range libraries() {
		if len(lib.Calls)+len(lib.Families) == 0 {
			continue
		}
		if bounds := libraryBounds(lib); bounds != "nothing" || len(lib.Drivers)+len(lib.Equippers) > 0 {
			fmt.Fprintf(&table, "| `%s` | %s | %s |\n", lib.Path, condition(lib), bounds)
		}
	}
	return table.String()
}

func condition(lib *catalog.Library) string {
	var plain, given []string
	for _, e := range lib.Equippers {
		if e.Client == catalog.None {
			plain = append(plain, outside(lib, e.Name))
		} else {
			given = append(given, outside(lib, e.Name))
		}
	}
	var conditions []string
	if len(lib.Drivers) > 0 {
		conditions = append(conditions, "import "+or(quoted(lib.Drivers)))
	}
	if len(plain) > 0 {
		conditions = append(conditions, "call "+or(quoted(plain)))
	}
	if len(given) > 0 {
		conditions = append(conditions, "give "+or(quoted(given))+" an HTTP client without a timeout, or nil")
	}
	if len(conditions) == 0 {
		return "use it"
	}
	return or(conditions)
}

func libraryBounds(lib *catalog.Library) string {
	var bounds []string
	for _, name := range lib.Bounders {
		bounds = append(bounds, "`"+outside(lib, name)+"`")
	}
	for _, name := range lib.Fields {
		bounds = append(bounds, "`"+outside(lib, name)+"`")
	}
	for _, word := range lib.Settings {
		bounds = append(bounds, "`"+word+"` in a string")
	}
	if lib.Invoker != "" {
		bounds = append(bounds, "a function with a timer that takes a `"+short(lib.Invoker)+"`")
	}
	var given []string
	for _, e := range lib.Equippers {
		if e.Client != catalog.None {
			given = append(given, outside(lib, e.Name))
		}
	}
	if len(given) > 0 {
		bounds = append(bounds, "another HTTP client for "+or(quoted(given)))
	}
	if len(bounds) == 0 {
		return "nothing"
	}
	return or(slices.Compact(bounds))
}

// finiteTable lists libraries that need no entry.
func finiteTable() string {
	var table strings.Builder
	table.WriteString("These have a finite default, and their calls do not hang:\n\n" +
		"| library | gives up after | read in |\n|---|---|---|\n")
	for _, f := range catalog.FiniteDefaults() {
		fmt.Fprintf(&table, "| `%s` | %s | %s: %s |\n", f.Path, f.Default, f.Version, f.Source)
	}
	return table.String()
}

func code(names []string) string { return strings.Join(quoted(names), ", ") }

func quoted(names []string) []string {
	var q []string
	for _, name := range names {
		q = append(q, "`"+name+"`")
	}
	return q
}

// within returns a catalogue name as code in the library itself would put it.
func within(lib *catalog.Library, name string) string { return strings.TrimPrefix(name, lib.Path+".") }

// outside returns it as code that uses the library would: without the package where it is its own.
func outside(lib *catalog.Library, name string) string {
	if own := within(lib, name); own != name {
		return own
	}
	return short(name)
}

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
	if call.DSN != catalog.None {
		bounds = append(bounds, or(quoted(call.Bounded))+" in its connection string, or one that is not seen")
	}
	switch {
	case call.Context != catalog.None:
		bounds = append(bounds, "a deadline of its context")
	case call.Request == catalog.Recv && call.Object == catalog.None:
		bounds = append(bounds, "a deadline of the context that its receiver has")
	case call.Request != catalog.None:
		bounds = append(bounds, "a deadline of the request's context")
	}
	if len(bounds) == 0 && call.Once {
		return "nothing of its own"
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
