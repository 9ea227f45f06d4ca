package flow_test

import (
	"bytes"
	"go/format"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// settings returns what is stored into a field of the objects that a probed value can be.
func (f *fixture) settings(v ssa.Value, field string) []string {
	all := []string{}
	for _, s := range f.Trace(v, nil) {
		for _, setting := range f.Settings(s.Origin, flow.FieldNamed(v.Type(), field)) {
			text := setting.Value.Name()
			if expr := f.StoredAt(setting.Store); expr != nil {
				var b bytes.Buffer
				if err := format.Node(&b, f.SSA.Pkg.Prog.Fset, expr); err != nil {
					panic(err)
				}
				text = b.String()
			}
			all = append(all, text)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name, source string // client(p), not probe: its parameter keeps the type
		want         []string
	}{
		{name: "literal", source: `func f() { client(&http.Client{Timeout: 1}) }`, want: []string{"1"}},
		{name: "literal without keys", source: `func f() { client(&http.Client{nil, nil, nil, 1}) }`, want: []string{"1"}},
		{name: "left alone", source: `func f() { client(&http.Client{Jar: nil}) }`, want: []string{}},
		{name: "after construction", source: `func f() { c := &http.Client{}; c.Timeout = 1; client(c) }`, want: []string{"1"}},
		{name: "of several at once", source: `func f() { c := &http.Client{}; c.Timeout, c.Jar = 1, nil; client(c) }`, want: []string{"1"}},
		{name: "order does not matter", source: `func f() { c := &http.Client{}; client(c); c.Timeout = 1 }`, want: []string{"1"}},
		{name: "on one path", source: `func f(b bool) { c := &http.Client{}; if b { c.Timeout = 1 }; client(c) }`, want: []string{"1"}},
		{name: "through an alias", source: `func f() { c := &http.Client{}; d := c; d.Timeout = 1; client(c) }`, want: []string{"1"}},
		{name: "through a parameter", source: `func set(c *http.Client) { c.Timeout = 1 }; func f() { c := &http.Client{}; set(c); client(c) }`, want: []string{"1"}},
		{name: "through two parameters", source: `func set(c *http.Client) { c.Timeout = 1 }; func config(c *http.Client) { set(c) }; func f() { c := &http.Client{}; config(c); client(c) }`,
			want: []string{"1"}},
		{name: "of another client", source: `func set(c *http.Client) { c.Timeout = 1 }; func f() { set(&http.Client{}); client(&http.Client{}) }`, want: []string{}},
		{name: "in a closure", source: `func f() { c := &http.Client{}; func() { c.Timeout = 1 }(); client(c) }`, want: []string{"1"}},
		{name: "in a goroutine", source: `func set(c *http.Client) { c.Timeout = 1 }; func f() { c := &http.Client{}; go set(c); defer set(c); client(c) }`, want: []string{"1"}},
		{name: "by an accessor's caller", source: `var c = &http.Client{}; func get() *http.Client { return c }; func init() { get().Timeout = 1 }; func f() { client(c) }`,
			want: []string{"1"}},
		{name: "of a package variable", source: `var c http.Client; func init() { c.Timeout = 1 }; func f() { client(&c) }`, want: []string{"1"}},
		{name: "of DefaultClient", source: `func init() { http.DefaultClient.Timeout = 1 }; func f() { client(http.DefaultClient) }`, want: []string{"1"}},
		{name: "through a field", source: `type api struct { c *http.Client }; func (a *api) set() { a.c.Timeout = 1 }; func f() { a := &api{&http.Client{}}; client(a.c) }`, want: []string{"1"}},
		{name: "of a field that is a client", source: `type api struct { c http.Client }; func (a *api) set() { a.c.Timeout = 1 }; func f(a *api) { client(&a.c) }`, want: []string{"1"}},
		{name: "of an embedded client", source: `type api struct { http.Client }; func (a *api) set() { a.Timeout = 1 }; func f(a *api) { client(&a.Client) }`, want: []string{"1"}},
		{name: "literal in a literal", source: `type api struct { c http.Client }; func f() { a := api{c: http.Client{Timeout: 1}}; client(&a.c) }`, want: []string{"1"}},
		{name: "field from a variable", source: `type api struct { c http.Client }; func f() { c := http.Client{Timeout: 1}; a := api{c: c}; client(&a.c) }`, want: []string{"1"}},
		{name: "copied", source: `func f() { c := &http.Client{Timeout: 1}; d := *c; client(&d) }`, want: []string{"1"}},
		{name: "copied and set", source: `func f() { d := *http.DefaultClient; d.Timeout = 1; client(&d) }`, want: []string{"1"}},
		{name: "a copy of a copy", source: `func f() { c := http.Client{Timeout: 1}; d := c; e := d; client(&e) }`, want: []string{"1"}},
		{name: "copied from two", source: `func f(b bool) { c := &http.Client{Timeout: 1}; if b { c = &http.Client{Timeout: 2} }; d := *c; client(&d) }`, want: []string{"1", "2"}},
		{name: "a copy does not set the original", source: `func f() { c := &http.Client{}; d := *c; d.Timeout = 1; client(c) }`, want: []string{}},
		{name: "copies in a circle", source: `func f(n int) { var c, d http.Client; for range n { c = d; d = c }; c.Timeout = 1; client(&d) }`, want: []string{"1"}},
		{name: "in a slice", source: `func f() { c := &http.Client{}; for _, d := range []*http.Client{c} { d.Timeout = 1 }; client(c) }`, want: []string{"1"}},
		{name: "in a map", source: `func f(m map[int]*http.Client) { c := &http.Client{}; m[0] = c; m[1].Timeout = 1; client(c) }`, want: []string{"1"}},
		{name: "in a channel", source: `func f(ch chan *http.Client) { c := &http.Client{}; ch <- c; (<-ch).Timeout = 1; client(c) }`, want: []string{"1"}},
		{name: "not in that slice", source: `func f(s []*http.Client) { s[0].Timeout = 1; client(&http.Client{}) }`, want: []string{}},
		{name: "by an assertion", source: `func f(b bool) { c := &http.Client{}; var v any = c; if d, ok := v.(*http.Client); ok { d.Timeout = 1 }; client(c) }`, want: []string{"1"}},
		{name: "by a generic function", source: `func with[T any](v T, set func(T)) T { return v }; func f() { c := &http.Client{}; with(c, nil).Timeout = 1; client(c) }`, want: []string{"1"}},
		{name: "by a method of a generic type", source: `type box[T any] struct { c *http.Client }; func (b *box[T]) set() { b.c.Timeout = 1 }; func f() { b := box[int]{&http.Client{}}; client(b.c) }`,
			want: []string{"1"}},
		{name: "by recursion", source: `func set(c *http.Client, n int) { if n > 0 { set(c, n-1) } else { c.Timeout = 1 } }; func f() { c := &http.Client{}; set(c, 3); client(c) }`,
			want: []string{"1"}},
		{name: "overwritten as a whole", source: `func f() { var c http.Client; c = http.Client{Timeout: 1}; client(&c) }`, want: []string{"1"}},
		{name: "overwritten through a pointer", source: `func set(c *http.Client) { *c = http.Client{Timeout: 1} }; func f() { c := &http.Client{}; set(c); client(c) }`, want: []string{"1"}},
		{name: "DefaultClient overwritten", source: `func init() { *http.DefaultClient = http.Client{Timeout: 1} }; func f() { client(http.DefaultClient) }`, want: []string{"1"}},
		{name: "through the field's address", source: `func f() { c := &http.Client{}; d := &c.Timeout; *d = 1; client(c) }`, want: []string{"1"}},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source + "\n\nfunc client(c *http.Client) { probe(c) }"
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			got := f.settings(f.argument(t, "client"), "Timeout")
			assert.Equal(t, test.want, got)
		})
	}
}

// argument returns the argument of the last call of a function.
func (f *fixture) argument(t *testing.T, callee string) ssa.Value {
	t.Helper()
	var arg ssa.Value
	for instr := range f.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if fn := call.Common().StaticCallee(); fn != nil && fn.Name() == callee {
				arg = call.Common().Args[0]
			}
		}
	}
	require.NotNil(t, arg)
	return arg
}

func TestOpen(t *testing.T) {
	const imports = "import (\"example.org/lib\"; \"flag\"; \"fmt\"; \"encoding/json\")\nvar _ = lib.Client\nvar _ = flag.Args\nvar _ = fmt.Sprint\nvar _ = json.Marshal\n"
	tests := []struct {
		name, source string
		want         bool
	}{
		{name: "literal", source: `func f() { client(&http.Client{}) }`},
		{name: "handed to the package's own function", source: `func own(c *http.Client) {}; func f() { c := &http.Client{}; own(c); client(c) }`},
		{name: "handed to another package's function", source: `func f() { c := &http.Client{}; lib.Apply(c); client(c) }`, want: true},
		{name: "another handed", source: `func f() { lib.Apply(&http.Client{}); client(&http.Client{}) }`},
		{name: "handed on through the package's own function", source: `func own(c *http.Client) { lib.Apply(c) }; func f() { c := &http.Client{}; own(c); client(c) }`, want: true},
		{name: "handed to a function value", source: `func f(option func(*http.Client)) { c := &http.Client{}; option(c); client(c) }`, want: true},
		{name: "handed to an interface's method", source: `type option interface { Set(*http.Client) }; func f(o option) { c := &http.Client{}; o.Set(c); client(c) }`, want: true},
		{name: "handed to a goroutine", source: `func f() { c := &http.Client{}; go lib.Apply(c); client(c) }`, want: true},
		{name: "its own methods", source: `func f() { c := &http.Client{}; c.CloseIdleConnections(); client(c) }`},
		{name: "printed", source: `func f() { c := &http.Client{}; fmt.Println(c); client(c) }`},
		{name: "a field handed", source: `type api struct { c http.Client }; func (a *api) set() { lib.Apply(&a.c) }; func f(a *api) { client(&a.c) }`, want: true},
		{name: "a package variable handed", source: `var c http.Client; func init() { lib.Apply(&c) }; func f() { client(&c) }`, want: true},
		{name: "a variable of a pointer handed", source: `var c = &http.Client{}; func init() { lib.Apply(c) }; func f() { client(c) }`, want: true},
		{name: "DefaultClient handed", source: `func init() { lib.Apply(http.DefaultClient) }; func f() { client(http.DefaultClient) }`},
		{name: "copy of DefaultClient", source: `func f() { c := *http.DefaultClient; client(&c) }`},
		{name: "copy of another package's variable", source: `func f() { c := *lib.Client; client(&c) }`, want: true},
		{name: "copy of a parameter", source: `func f(p *http.Client) { c := *p; client(&c) }`, want: true},
		{name: "copy of a result", source: `func f() { c := *lib.New(); client(&c) }`, want: true},
		{name: "a parameter by value", source: `func f(c http.Client) { client(&c) }`, want: true},
		{name: "of another package's field", source: `func f(conf lib.Config) { c := conf.Value; client(&c) }`, want: true},
		{name: "handed to a method of another package", source: `func f(conf lib.Config) { c := &http.Client{}; conf.Apply(c); client(c) }`, want: true},
		{name: "handed as any", source: `func f() { c := &http.Client{}; lib.Register(c); client(c) }`, want: true},
		{name: "decoded", source: `func f(b []byte) { c := &http.Client{}; json.Unmarshal(b, c); client(c) }`, want: true},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = imports + test.source + "\n\nfunc client(c *http.Client) {}"
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			got := false
			for _, s := range f.Trace(f.argument(t, "client"), nil) {
				got = got || f.Open(s.Origin)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func TestReach(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"no callers", `func f(c *http.Client) { probe(c) }`, []string{"parameter c"}},
		{"callers", `func f(c *http.Client) { probe(c) }; func g() { f(&http.Client{Timeout: 1}); f(nil) }`, []string{"new http.Client{Timeout: 1}", "nil", "parameter c"}},
		{"callers' callers", `func f(c *http.Client) { probe(c) }; func g(d *http.Client) { f(d) }; func h() { g(&http.Client{Timeout: 1}) }`,
			[]string{"new http.Client{Timeout: 1}", "parameter c", "parameter d"}},
		{"methods", `type api struct{}; func (api) f(c *http.Client) { probe(c) }; func g() { api{}.f(&http.Client{Timeout: 1}) }`, []string{"new http.Client{Timeout: 1}", "parameter c"}},
		{"go and defer", `func f(c *http.Client) { probe(c) }; func g() { go f(&http.Client{Timeout: 1}); defer f(&http.Client{Timeout: 2}) }`,
			[]string{"new http.Client{Timeout: 1}", "new http.Client{Timeout: 2}", "parameter c"}},
		{"literals", `func g() { f := func(c *http.Client) { probe(c) }; f(&http.Client{Timeout: 1}) }`, []string{"new http.Client{Timeout: 1}", "parameter c"}},
		{"recursion", `func f(c *http.Client, n int) { f(c, n); probe(c) }; func g() { f(&http.Client{Timeout: 1}, 2) }`, []string{"new http.Client{Timeout: 1}", "parameter c"}},
		{"generic functions", `func f[T any](c T) { probe(c) }; func g() { f(&http.Client{Timeout: 1}) }`, []string{"new http.Client{Timeout: 1}", "parameter c"}},
		{"interfaces are unknown callers", `type fer interface { f(*http.Client) }; type api struct{}; func (api) f(c *http.Client) { probe(c) }; func g() { var x fer = api{}; x.f(&http.Client{}) }`,
			[]string{"parameter c"}},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			assert.Equal(t, test.want, f.reached(f.probe[0]))
			assert.Equal(t, test.want, f.reached(f.probe[0]), "the second answer is remembered")
		})
	}
}

func TestThrough(t *testing.T) {
	f := load(t, map[string]string{"through": `
		type api struct { outer *http.Server }
		func f() { s := &http.Server{}; s.Handler = nil; x := &http.Server{}; x.TLSConfig.MinVersion = 1; client(s); client(x) }
		func client(s *http.Server) {}`})["through"]
	tlsConfig := flow.FieldNamed(f.argument(t, "client").Type(), "TLSConfig")
	minVersion := flow.FieldNamed(tlsConfig.Type(), "MinVersion")
	var got []int
	for instr := range f.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() != nil && call.Common().StaticCallee().Name() == "client" {
			for _, s := range f.Trace(call.Common().Args[0], nil) {
				got = append(got, len(f.Through(s.Origin, tlsConfig, minVersion)))
			}
		}
	}
	assert.Equal(t, []int{0, 1}, got, "only the second server's field is set")
}

func TestUsedAsValue(t *testing.T) {
	f := load(t, map[string]string{"values": `
		func called() {}
		func calledLater() {}
		func stored() {}
		func passed() {}
		func returned() {}
		type api struct{}
		func (api) bound() {}
		func (*api) viaPointer() {}
		var v = stored
		func f(a api) func() { called(); go calledLater(); defer calledLater(); g(passed); g(a.bound); return returned }
		func g(func()) {}`})["values"]
	got := map[string]bool{}
	for _, fn := range f.SSA.Funcs {
		if f.UsedAsValue(fn) {
			got[fn.Name()] = true
		}
	}
	// A bound method is not among them: the value is a wrapper's.
	assert.Equal(t, map[string]bool{"stored": true, "passed": true, "returned": true}, got)
}

func TestOperand(t *testing.T) {
	tests := []struct {
		name, source     string
		recv, arg0, arg1 string // names of the variables expected
	}{
		{name: "function", source: `func f(a, b string) { probe2(a, b) }`, arg0: "a", arg1: "b"},
		{name: "method", source: `func f(c *http.Client, a string) { c.Get(a) }`, recv: "c", arg0: "a"},
		{name: "interface method", source: `type doer interface { Do(*http.Request) (*http.Response, error) }; func f(c doer, a *http.Request) { c.Do(a) }`, recv: "c", arg0: "a"},
		{name: "go", source: `func f(c *http.Client, a string) { go c.Get(a) }`, recv: "c", arg0: "a"},
		{name: "defer", source: `func f(c *http.Client, a string) { defer c.Get(a) }`, recv: "c", arg0: "a"},
		{name: "generic", source: `type box[T any] struct{}; func (*box[T]) Get(T) {}; func f(c *box[string], a string) { c.Get(a) }`, recv: "c", arg0: "a"},
		{name: "method value", source: `func f(c *http.Client, a string) { get := c.Get; get(a) }`, recv: "c", arg0: "a"},
		{name: "method expression", source: `func f(c *http.Client, a string) { (*http.Client).Get(c, a) }`, recv: "c", arg0: "a"},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source + "\n\nfunc probe2(a, b string) {}"
	}
	fixtures := load(t, sources)
	operand := func(call ssa.CallInstruction, op catalog.Operand) string {
		if v := flow.Operand(call, op); v != nil {
			return v.Name()
		}
		return ""
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var call ssa.CallInstruction
			for instr := range fixtures[test.name].Instructions() {
				if c, ok := instr.(ssa.CallInstruction); ok && c.Parent().Name() == "f" {
					call = c
				}
			}
			require.NotNil(t, flow.CalleeObject(call))
			assert.Empty(t, operand(call, catalog.None))
			got := []string{operand(call, catalog.Recv), operand(call, catalog.Arg0), operand(call, catalog.Arg1)}
			want := []string{test.recv, test.arg0, test.arg1}
			assert.Equal(t, want, got)
		})
	}
}

func TestConstants(t *testing.T) {
	f := load(t, map[string]string{"constants": `
		const c = 1 << 40
		func f(n int, s string) { ints(1); ints(c); ints(-1); ints(n); strs("a"); strs(s); strs("a" + "b") }
		func ints(int) {}
		func strs(string) {}`})["constants"]
	var ints []int64
	var strs []string
	for instr := range f.Instructions() {
		if call, ok := instr.(ssa.CallInstruction); ok && len(call.Common().Args) == 1 {
			if n, ok := flow.ConstInt(call.Common().Args[0]); ok {
				ints = append(ints, n)
			}
			if s, ok := flow.ConstString(call.Common().Args[0]); ok {
				strs = append(strs, s)
			}
		}
	}
	assert.Equal(t, []int64{1, 1 << 40, -1}, ints)
	assert.Equal(t, []string{"a", "ab"}, strs)
}

// TestFieldLiteral checks the syntax of an object that is a field.
func TestFieldLiteral(t *testing.T) {
	tests := []struct {
		name, source, want string
	}{
		{"keyed", `type api struct { c http.Client }; func f(a *api) { probe(&a.c); g(api{c: http.Client{Timeout: 1}}) }; func g(api) {}`, "http.Client{Timeout: 1}"},
		{"assigned", `type api struct { c http.Client }; func f(a *api) { probe(&a.c); a.c = http.Client{Timeout: 1} }`, "http.Client{Timeout: 1}"},
		{"in parentheses", `type api struct { c http.Client }; func f(a *api) { probe(&a.c); a.c = (http.Client{Timeout: 1}) }`, "http.Client{Timeout: 1}"},
		{"of a generic type", `type api[T any] struct { c http.Client }; func f(a *api[int]) { probe(&a.c); a.c = http.Client{Timeout: 1} }`, "http.Client{Timeout: 1}"},
		{"another field of the name", `type api struct { c http.Client }; type other struct { c http.Client }; func f(a *api) { probe(&a.c); o := other{c: http.Client{}}; _ = o }`, "no syntax"},
		{"left alone", `type api struct { c http.Client }; func f(a *api) { probe(&a.c) }`, "no syntax"},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			sources := f.Trace(f.probe[0], nil)
			require.Len(t, sources, 1)
			require.Equal(t, flow.Field, sources[0].Kind)
			assert.Equal(t, test.want, f.syntax(sources[0]))
		})
	}
}
