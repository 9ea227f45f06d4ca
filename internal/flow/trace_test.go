package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/resilint/resilint/internal/flow"
)

// A traceTest is one way for a value to come to a probe.
type traceTest struct {
	name, source string
	want         []string
}

var traceTests = []traceTest{
	// Objects.
	{name: "literal", source: `func f() { probe(&http.Client{Timeout: 1}) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "new", source: `func f() { probe(new(http.Client)) }`, want: []string{"new new(http.Client)"}},
	{name: "var", source: `func f() { var c http.Client; probe(&c) }`, want: []string{"new c http.Client"}},
	{name: "var among others", source: `func f() { var b, c http.Client; _ = b; probe(&c) }`, want: []string{"new c"}},
	{name: "var with literal", source: `func f() { c := http.Client{Timeout: 1}; probe(&c) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "copy", source: `func f(p *http.Client) { c := *p; probe(&c) }`, want: []string{"new c"}},
	{name: "nil", source: `func f() { probe((*http.Client)(nil)) }`, want: []string{"nil"}},
	{name: "var left nil", source: `func f() { var c *http.Client; func() { c = c }(); probe(c) }`, want: []string{}},

	// Control flow.
	{name: "branches", source: `func f(b bool) { c := &http.Client{Timeout: 1}; if b { c = &http.Client{Timeout: 2} }; probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}", "new http.Client{Timeout: 2}"}},
	{name: "switch", source: `func f(n int) { var c *http.Client; switch n { case 1: c = &http.Client{Timeout: 1}; case 2: c = http.DefaultClient }; probe(c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}", "nil"}},
	{name: "loop", source: `func f(n int) { c := &http.Client{Timeout: 1}; for range n { probe(c); c = &http.Client{Timeout: 2} } }`,
		want: []string{"new http.Client{Timeout: 1}", "new http.Client{Timeout: 2}"}},
	{name: "goto", source: `func f(b bool) { c := &http.Client{Timeout: 1}; again: if b { c = &http.Client{Timeout: 2}; goto again }; probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}", "new http.Client{Timeout: 2}"}},

	// Package-level variables.
	{name: "package variable", source: `var c = &http.Client{Timeout: 1}; func f() { probe(c) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "package variable set twice", source: `var c = &http.Client{Timeout: 1}; func init() { c = &http.Client{Timeout: 2} }; func f() { probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}", "new http.Client{Timeout: 2}"}},
	{name: "package variable never set", source: `var c *http.Client; func f() { probe(c) }`, want: []string{"nil"}},
	{name: "package variable itself", source: `var c http.Client; func f() { probe(&c) }`, want: []string{"global p.c at c http.Client"}},
	{name: "initialized later in the file", source: `var a = b; var b = &http.Client{Timeout: 1}; func f() { probe(a) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "initialized together", source: `var c, err = make2(); func make2() (*http.Client, error) { return &http.Client{Timeout: 1}, nil }; func f() { probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "other package's variable", source: `func f() { probe(http.DefaultClient) }`, want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "other package's variable replaced", source: `func init() { http.DefaultClient = &http.Client{Timeout: 1} }; func f() { probe(http.DefaultClient) }`,
		want: []string{"new http.Client{Timeout: 1}"}},

	// Fields.
	{name: "field set in a literal", source: `type api struct { c *http.Client }; func make1() *api { return &api{c: &http.Client{Timeout: 1}} }; func (a *api) f() { probe(a.c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "field set by a method", source: `type api struct { c *http.Client }; func (a *api) set() { a.c = http.DefaultClient }; func (a *api) f() { probe(a.c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "field of a value", source: `type api struct { c *http.Client }; func make1() api { return api{&http.Client{Timeout: 1}} }; func f() { probe(make1().c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "field never set", source: `type api struct { c *http.Client }; func (a *api) f() { probe(a.c) }`, want: []string{"nil"}},
	{name: "exported field never set", source: `type API struct { C *http.Client }; func (a *API) f() { probe(a.C) }`, want: []string{"unknown"}},
	{name: "field that is the object", source: `type api struct { c http.Client }; func (a *api) f() { probe(&a.c) }`, want: []string{"field c"}},
	{name: "embedded pointer", source: `type api struct { *http.Client }; func f() { a := api{&http.Client{Timeout: 1}}; probe(a.Client) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "embedded twice", source: `type in struct { *http.Client }; type out struct { in }; func f() { o := out{in{&http.Client{Timeout: 1}}}; probe(o.Client) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "field of a generic struct", source: `type box[T any] struct { v T }; func f() { b := &box[*http.Client]{&http.Client{Timeout: 1}}; probe(b.v) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "field of another package", source: `import "example.org/lib"; func f(c *lib.Config) { probe(c.Client) }`, want: []string{"field Client"}},
	{name: "default when nil", source: `type API struct { C *http.Client }; func (a *API) client() *http.Client { if a.C != nil { return a.C }; return http.DefaultClient }; func (a *API) f() { probe(a.client()) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "unknown"}},

	// Functions.
	{name: "parameter", source: `func f(c *http.Client) { probe(c) }`, want: []string{"parameter c"}},
	{name: "result", source: `func make1(b bool) *http.Client { if b { return http.DefaultClient }; return &http.Client{Timeout: 1} }; func f() { probe(make1(true)) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}"}},
	{name: "named result", source: `func make1() (c *http.Client, err error) { defer func() { err = nil }(); c = &http.Client{Timeout: 1}; return }; func f() { c, _ := make1(); probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "second result", source: `func make2() (error, *http.Client) { return nil, &http.Client{Timeout: 1} }; func f() { _, c := make2(); probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "through a parameter and back", source: `func or(c *http.Client) *http.Client { if c == nil { return http.DefaultClient }; return c }; func f() { probe(or(&http.Client{Timeout: 1})) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}"}},
	{name: "each call its own argument", source: `func id(c *http.Client) *http.Client { return c }; func g() { id(&http.Client{Timeout: 2}) }; func f() { probe(id(&http.Client{Timeout: 1})) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "method", source: `type api struct { c *http.Client }; func (a *api) client() *http.Client { return a.c }; func f() { a := &api{&http.Client{Timeout: 1}}; probe(a.client()) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "other package's function", source: `import "example.org/lib"; func f() { probe(lib.New()) }`, want: []string{"result 0 of New"}},
	{name: "other package's second result", source: `func f() { r, _ := http.NewRequest("", "", nil); probe(r) }`, want: []string{"result 0 of NewRequest"}},
	{name: "function variable", source: `func f(make1 func() *http.Client) { probe(make1()) }`, want: []string{"result 0 of something"}},
	{name: "interface method", source: `type maker interface { Make() *http.Client }; func f(m maker) { probe(m.Make()) }`, want: []string{"result 0 of Make"}},
	{name: "generic function", source: `func id[T any](v T) T { return v }; func f() { probe(id(&http.Client{Timeout: 1})) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "generic function in a generic function", source: `func id[T any](v T) T { return v }; func twice[T any](v T) T { return id(id(v)) }; func f() { probe(twice(http.DefaultClient)) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "generic method", source: `type box[T any] struct { v T }; func (b *box[T]) get() T { return b.v }; func f() { b := &box[*http.Client]{http.DefaultClient}; probe(b.get()) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "recursion", source: `func make1(n int) *http.Client { if n == 0 { return &http.Client{Timeout: 1} }; return make1(n - 1) }; func f() { probe(make1(3)) }`,
		want: []string{"new http.Client{Timeout: 1}", "unknown"}},
	{name: "mutual recursion", source: `func a(n int) *http.Client { if n == 0 { return &http.Client{Timeout: 1} }; return b(n) }; func b(n int) *http.Client { if n == 1 { return http.DefaultClient }; return a(n - 1) }; func f() { probe(a(3)) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}", "unknown"}},
	{name: "deeper than traces go", source: `func f() { probe(f1()) }
		func f1() *http.Client { return f2() }; func f2() *http.Client { return f3() }; func f3() *http.Client { return f4() }
		func f4() *http.Client { return f5() }; func f5() *http.Client { return f6() }; func f6() *http.Client { return f7() }
		func f7() *http.Client { return f8() }; func f8() *http.Client { return f9() }; func f9() *http.Client { return http.DefaultClient }`,
		want: []string{"unknown"}},

	// Closures.
	{name: "captured", source: `func f() { c := &http.Client{Timeout: 1}; func() { probe(c) }() }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "captured and set", source: `func f() { var c *http.Client; set := func() { c = &http.Client{Timeout: 1} }; set(); probe(c) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "captured by two levels", source: `func f() { c := &http.Client{Timeout: 1}; go func() { defer func() { probe(c) }() }(); c = http.DefaultClient }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}"}},
	{name: "captured object", source: `func f() { var c http.Client; func() { probe(&c) }() }`, want: []string{"new c http.Client"}},
	{name: "captured parameter", source: `func f(c *http.Client) { func() { probe(c) }() }`, want: []string{"parameter c"}},
	{name: "returned by a literal", source: `func f() { make1 := func() *http.Client { return &http.Client{Timeout: 1} }; probe(make1()) }`, want: []string{"new http.Client{Timeout: 1}"}},
	{name: "parameter of a literal", source: `func f() { func(c *http.Client) { probe(c) }(http.DefaultClient) }`, want: []string{"parameter c"}},
	{name: "range over a function", source: `func all(yield func(*http.Client) bool) { yield(&http.Client{Timeout: 1}) }; func f() { for c := range all { probe(c) } }`,
		want: []string{"parameter arg0"}}, // of the loop's body, which is a function
	{name: "method value", source: `type api struct { c *http.Client }; func (a *api) client() *http.Client { return http.DefaultClient }; func f(a *api) { get := a.client; probe(get()) }`,
		want: []string{"result 0 of client"}},

	// Containers, of which no element is known.
	{name: "map", source: `func f(m map[string]*http.Client) { m["a"] = http.DefaultClient; probe(m["a"]) }`, want: []string{"unknown"}},
	{name: "map with ok", source: `func f(m map[string]*http.Client) { c, _ := m["a"]; probe(c) }`, want: []string{"unknown"}},
	{name: "slice", source: `func f() { s := []*http.Client{http.DefaultClient}; probe(s[0]) }`, want: []string{"unknown"}},
	{name: "range", source: `func f(s []*http.Client) { for _, c := range s { probe(c) } }`, want: []string{"unknown"}},
	{name: "channel", source: `func f(ch chan *http.Client) { probe(<-ch) }`, want: []string{"unknown"}},
	{name: "pointer to a pointer", source: `func f(pc **http.Client) { probe(*pc) }`, want: []string{"unknown"}},

	// Interfaces.
	{name: "interface", source: `type doer interface { Do(*http.Request) (*http.Response, error) }; func f() { var d doer = &http.Client{Timeout: 1}; probe(d) }`,
		want: []string{"new http.Client{Timeout: 1}"}},
	{name: "assertion", source: `func f() { var v any = http.DefaultClient; probe(v.(*http.Client)) }`, want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "assertion with ok", source: `func f() { var v any = http.DefaultClient; c, ok := v.(*http.Client); _ = ok; probe(c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient"}},
	{name: "type switch", source: `func f(v any) { switch v := v.(type) { case *http.Client: probe(v) } }`, want: []string{"parameter v"}},
	{name: "struct in an interface", source: `func f() { c := http.Client{Timeout: 1}; probe(c) }`, want: []string{"unknown"}},

	// Addresses.
	{name: "address passed on", source: `func set(pc **http.Client) {}; func f() { c := http.DefaultClient; set(&c); probe(c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "unknown"}},
	{name: "address passed on as any", source: `import "example.org/lib"; func f() { c := http.DefaultClient; lib.Register(&c); probe(c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "unknown"}},
	{name: "set through its address", source: `func f() { c := http.DefaultClient; pc := &c; *pc = &http.Client{Timeout: 1}; probe(c) }`,
		want: []string{"global http.DefaultClient at http.DefaultClient", "new http.Client{Timeout: 1}"}},
}

func TestTrace(t *testing.T) {
	sources := map[string]string{}
	for _, test := range traceTests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range traceTests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			require.NotNil(t, f)
			require.Len(t, f.probe, 1)
			got := f.describeAll(f.Trace(f.probe[0], nil))
			assert.ElementsMatch(t, test.want, got)
		})
	}
}

// textTests are ways for a string to come to a probe: constants are in quotes.
var textTests = []traceTest{
	{name: "constant", source: `const host = "a"; func f() { probe(host + ":80") }`, want: []string{`"a:80"`}},
	{name: "beginning of a sum", source: `func f(port string) { probe("a:" + port + "/") }`, want: []string{`"a:"`}},
	{name: "end of a sum", source: `func f(host string) { probe(host + ":80") }`, want: []string{"parameter host"}},
	{name: "format", source: `import "fmt"; func f(port int) { probe(fmt.Sprintf("a:%d", port)) }`, want: []string{`"a:%d"`}},
	{name: "format that begins with something else", source: `import "fmt"; func f(host string) { probe(fmt.Sprintf("%s:80", host)) }`, want: []string{"result 0 of Sprintf"}},
	{name: "host and port", source: `import "net"; func f(host, port string) { probe(net.JoinHostPort(host, port)) }`, want: []string{"parameter host"}},
	{name: "branches", source: `func f(host string) { s := "a"; if host != "" { s = host }; probe(s) }`, want: []string{`"a"`, "parameter host"}},
	{name: "from a function of the package", source: `func at(host string) string { return host + ":80" }; func f() { probe(at("a")) }`, want: []string{`"a"`}},
	{name: "from another function", source: `import "os"; func f() { probe(os.Getenv("A")) }`, want: []string{"result 0 of Getenv"}},
	{name: "field", source: `type c struct { s string }; func f() { x := &c{"a"}; g(x) }; func g(x *c) { probe(x.s) }`, want: []string{`"a"`}},
	{name: "exported field", source: `type c struct { S string }; func f() { x := &c{"a"}; g(x) }; func g(x *c) { probe(x.S) }`, want: []string{"unknown"}},
	{name: "field of a flag", source: `import "flag"; type c struct { s string }; func f(x *c) { x.s = "a"; flag.StringVar(&x.s, "s", x.s, ""); probe(x.s) }`, want: []string{"unknown"}},
	{name: "variable", source: `var s = "a"; func f() { probe(s) }`, want: []string{`"a"`}},
	{name: "exported variable", source: `var S = "a"; func f() { probe(S) }`, want: []string{"unknown"}},
	{name: "variable of a flag", source: `import "flag"; var s = "a"; func init() { flag.StringVar(&s, "s", s, "") }; func f() { probe(s) }`, want: []string{"unknown"}},
	{name: "variable whose address is kept", source: `var s = "a"; var p *string; func init() { p = &s }; func f() { probe(s) }`, want: []string{"unknown"}},
	{name: "variable scanned", source: `import "fmt"; var s = "a"; func init() { fmt.Scan(&s) }; func f() { probe(s) }`, want: []string{"unknown"}},
	{name: "local variable of a flag", source: `import "flag"; func f() { s := "a"; flag.StringVar(&s, "s", s, ""); probe(s) }`, want: []string{`"a"`, "unknown"}},
	{name: "captured variable", source: `func f() { s := "a"; func() { s = "b" }(); probe(s) }`, want: []string{`"a"`, `"b"`}},
	{name: "element", source: `func f(s []string) { probe(s[0]) }`, want: []string{"unknown"}},
}

func TestTraceText(t *testing.T) {
	sources := map[string]string{}
	for _, test := range textTests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range textTests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			require.NotNil(t, f)
			require.Len(t, f.probe, 1)
			var got []string
			for _, s := range f.TraceText(f.probe[0], nil) {
				if text, ok := flow.ConstString(s.At); ok {
					got = append(got, fmt.Sprintf("%q", text))
				} else {
					got = append(got, f.describe(s))
				}
			}
			assert.ElementsMatch(t, test.want, got)
		})
	}
}

// TestDeterminism traces everything 20 times, through a new index each time.
func TestDeterminism(t *testing.T) {
	sources := map[string]string{}
	for _, test := range traceTests {
		sources[test.name] = test.source
	}
	pkgs := loadPackages(t, sources)
	var first string
	for i := range 20 {
		graph, err := checker.Analyze([]*analysis.Analyzer{flow.Analyzer}, pkgs, nil)
		require.NoError(t, err)
		results := map[string]string{}
		for _, action := range graph.Roots {
			g := action.Result.(*flow.Graph)
			if g == nil {
				continue
			}
			f := &fixture{Graph: g, info: action.Package.TypesInfo}
			var all strings.Builder
			for instr := range g.Instructions() {
				for _, operand := range instr.Operands(nil) {
					if *operand == nil || !strings.HasSuffix((*operand).Type().String(), "http.Client") {
						continue
					}
					for _, s := range g.Trace(*operand, nil) {
						all.WriteString(f.describe(s) + "\n")
					}
				}
			}
			results[name(action.Package)] = all.String()
		}
		all := fmt.Sprint(results) // maps are printed in order
		if i == 0 {
			first = all
		}
		require.Equal(t, first, all, "run %d", i)
	}
}

// TestEffort gives flow what would take for ever without its limits.
func TestEffort(t *testing.T) {
	var branches strings.Builder
	branches.WriteString("func make1(n int) *http.Client {\nc := http.DefaultClient\n")
	for i := range 500 {
		fmt.Fprintf(&branches, "if n == %d { c = &http.Client{Timeout: %d}; probe(c) }\n", i, i)
	}
	branches.WriteString("return c\n}\n\nfunc f(n int) { probe(make1(n)) }")

	var web strings.Builder // every phi depends on every other
	web.WriteString("func f(n int) {\na, b, c := &http.Client{Timeout: 1}, &http.Client{Timeout: 2}, http.DefaultClient\nfor {\n")
	for i := range 500 {
		fmt.Fprintf(&web, "if n == %d { a, b, c = b, c, a }\n", i)
	}
	web.WriteString("if n < 0 { break }\n}\nprobe(a)\n}")

	var calls strings.Builder // ten calls a level: 10^8 ways down
	for i := range 8 {
		fmt.Fprintf(&calls, "func f%d(n int) *http.Client {\nswitch n {\n", i)
		for j := range 10 {
			fmt.Fprintf(&calls, "case %d: return f%d(n + %d)\n", j, i+1, j)
		}
		calls.WriteString("}\nreturn nil\n}\n")
	}
	calls.WriteString("func f8(n int) *http.Client { return http.DefaultClient }\nfunc f(n int) { probe(f0(n)) }")

	var callers strings.Builder // a parameter with 10^4 ways up
	callers.WriteString("func f0(c *http.Client) { probe(c) }\n")
	for i := range 4 {
		for j := range 10 {
			fmt.Fprintf(&callers, "func g%d_%d(c *http.Client) { f%d(c) }\n", i, j, i)
		}
		fmt.Fprintf(&callers, "func f%d(c *http.Client) {\n", i+1)
		for j := range 10 {
			fmt.Fprintf(&callers, "g%d_%d(c)\n", i, j)
		}
		callers.WriteString("}\n")
	}
	callers.WriteString("func f() { f4(&http.Client{Timeout: 1}) }")

	tests := []struct {
		name, source string
		want         string // among the origins that are reached
	}{
		{"500 branches", branches.String(), "new http.Client{Timeout: 499}"},
		{"web of phis", web.String(), "new http.Client{Timeout: 2}"},
		{"calls", calls.String(), "unknown"},
		{"callers", callers.String(), "new http.Client{Timeout: 1}"},
		{"mutual recursion of parameters", `
			func a(c *http.Client, n int) { if n > 0 { b(c, n - 1) }; probe(c) }
			func b(c *http.Client, n int) { a(c, n); a(&http.Client{Timeout: 1}, n) }
			func f() { b(http.DefaultClient, 3) }`, "new http.Client{Timeout: 1}"},
		{"a client that is its own origin", `func f(n int) { var c, d *http.Client; for range n { c = d; d = c }; probe(c) }`, "nil"},
		{"a field that is its own origin", `type api struct { c *http.Client }; func (a *api) f() { a.c = a.c; b := &api{}; b.c = a.c; probe(b.c) }`, ""},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			var got []string
			for _, probe := range f.probe {
				got = append(got, f.reached(probe)...)
			}
			if test.want == "" {
				assert.Empty(t, got)
			} else {
				assert.Contains(t, got, test.want)
			}
		})
	}
}

// TestTypeParameterLiteral makes a struct that is only known by its constraint.
func TestTypeParameterLiteral(t *testing.T) {
	f := load(t, map[string]string{"literal": `
		func make1[T ~struct{ C *http.Client }]() T { return T{C: http.DefaultClient} }
		type api struct { C *http.Client }
		func f() { probe(make1[api]().C) }`})["literal"]
	require.Len(t, f.probe, 1)
	assert.NotEmpty(t, f.Trace(f.probe[0], nil), "any answer will do")
}
