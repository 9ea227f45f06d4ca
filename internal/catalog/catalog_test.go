package catalog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/catalog"
)

func TestPath(t *testing.T) {
	tests := []struct {
		name, path, want string
	}{
		{"standard library", "net/http", "net/http"},
		{"no major version", "github.com/hashicorp/go-retryablehttp", "github.com/hashicorp/go-retryablehttp"},
		{"major version at the end", "github.com/go-resty/resty/v2", "github.com/go-resty/resty"},
		{"major version with two digits", "example.org/api/v12", "example.org/api"},
		{"major version before a folder", "github.com/cenkalti/backoff/v4/internal", "github.com/cenkalti/backoff/internal"},
		{"gopkg.in", "gopkg.in/resty.v1", "gopkg.in/resty"},
		{"gopkg.in with an owner", "gopkg.in/natefinch/lumberjack.v2", "gopkg.in/natefinch/lumberjack"},
		{"beta is a name", "k8s.io/api/apps/v1beta1", "k8s.io/api/apps/v1beta1"},
		{"v in a name", "github.com/v2fly/v2ray/common", "github.com/v2fly/v2ray/common"},
		{"vendored", "example.org/shop/vendor/golang.org/x/oauth2", "golang.org/x/oauth2"},
		{"vendored with a major version", "example.org/shop/vendor/k8s.io/klog/v2", "k8s.io/klog"},
		{"vendor in a name", "example.org/vendors/list", "example.org/vendors/list"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, catalog.Path(test.path))
			assert.Equal(t, test.want, catalog.Path(test.want), "a catalogue path stays as it is")
		})
	}
}

// names is a package that mentions one function on each line that has a comment, which is
// the catalogue's name of it.
const names = `package names

import (
	"context"
	"io"
	"net/http"
)

type Alias = http.Client

type AliasPointer = *http.Client

type Embedded struct{ *http.Client }

type EmbeddedValue struct{ http.Client }

type Twice struct{ Embedded }

type Own http.Client

func (Own) Value()    {}
func (*Own) Pointer() {}

type Box[T any] struct{ v T }

func (Box[T]) Value()    {}
func (*Box[T]) Pointer() {}

type IntBox = Box[int]

type AliasBox[T any] = Box[T]

type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

type BigDoer interface{ Doer }

type Set[E any] interface{ Add(E) }

func Func[T any](T) {}

func mention(c http.Client, p *http.Client, a Alias, ap AliasPointer, e Embedded, v *EmbeddedValue, w Twice, o Own,
	b Box[string], i IntBox, ab AliasBox[int], d Doer, big BigDoer, s Set[int], l interface{ Do() }, err error) {
	_ = http.Get // net/http.Get
	_ = c.Get    // net/http.Client.Get
	_ = p.Get    // net/http.Client.Get
	_ = a.Get    // net/http.Client.Get
	_ = ap.Get   // net/http.Client.Get
	_ = e.Get    // net/http.Client.Get
	_ = v.Get    // net/http.Client.Get
	_ = w.Get    // net/http.Client.Get
	_ = (*http.Client).Get // net/http.Client.Get
	_ = o.Value   // example.org/names.Own.Value
	_ = o.Pointer // example.org/names.Own.Pointer
	_ = b.Value   // example.org/names.Box.Value
	_ = b.Pointer // example.org/names.Box.Pointer
	_ = i.Value   // example.org/names.Box.Value
	_ = ab.Value  // example.org/names.Box.Value
	_ = d.Do      // example.org/names.Doer.Do
	_ = big.Do    // example.org/names.Doer.Do
	_ = s.Add     // example.org/names.Set.Add
	_ = l.Do      //
	_ = err.Error //
	_ = context.Background // context.Background
	_ = io.Reader.Read     // io.Reader.Read
	_ = Func[int]          // example.org/names.Func
}

func constrained[T io.Reader](r T) {
	_ = r.Read // io.Reader.Read
}
`

func TestName(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "names.go", names, parser.ParseComments)
	require.NoError(t, err)
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: importerFunc(func(path string) (*types.Package, error) { return std(t, path), nil })}
	_, err = conf.Check("example.org/names/v2", fset, []*ast.File{file}, info)
	require.NoError(t, err)

	want := map[int]string{}
	for _, group := range file.Comments {
		want[fset.Position(group.Pos()).Line] = strings.TrimSpace(group.Text())
	}
	got := map[int]string{}
	for id, obj := range info.Uses {
		line := fset.Position(id.Pos()).Line
		if fn, ok := obj.(*types.Func); ok {
			got[line] = catalog.Name(fn)
		}
	}
	assert.Equal(t, want, got)
	assert.Empty(t, catalog.Name(nil))
}

func TestTypeName(t *testing.T) {
	client := std(t, "net/http").Scope().Lookup("Client").Type()
	pointer := types.NewPointer(client)
	alias := types.NewAlias(types.NewTypeName(token.NoPos, nil, "Alias", nil), client)
	tests := []struct {
		name string
		typ  types.Type
		want string
	}{
		{"named", client, "net/http.Client"},
		{"pointer", pointer, "net/http.Client"},
		{"alias", alias, "net/http.Client"},
		{"pointer to an alias", types.NewPointer(alias), "net/http.Client"},
		{"pointer to a pointer", types.NewPointer(pointer), ""},
		{"slice", types.NewSlice(client), ""},
		{"struct", client.Underlying(), ""},
		{"basic", types.Typ[types.Int], ""},
		{"error", types.Universe.Lookup("error").Type(), ""},
		{"any", types.Universe.Lookup("any").Type(), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, catalog.TypeName(test.typ))
		})
	}
}

// qualified is a catalogue name: a package path, perhaps a type, and a function or type.
var qualified = regexp.MustCompile(`^[a-z0-9][a-zA-Z0-9.\-]*(/[a-zA-Z0-9.\-_]+)*(\.[A-Z][A-Za-z0-9]*){1,2}$`)

// split cuts a catalogue name into package path, type (if any) and name.
func split(name string) (pkg, typ, fn string) {
	dir := strings.LastIndexByte(name, '/') + 1
	parts := strings.Split(name[dir:], ".")
	i := 0
	for i < len(parts) && (parts[i] == "" || parts[i][0] < 'A' || parts[i][0] > 'Z') {
		i++ // "go-retryablehttp"
	}
	pkg, parts = name[:dir]+strings.Join(parts[:i], "."), parts[i:]
	if len(parts) == 2 {
		return pkg, parts[0], parts[1]
	}
	return pkg, "", strings.Join(parts, ".")
}

// TestRows checks what can be checked of the rows without the libraries: the names, and
// that rows which refer to each other do.
func TestRows(t *testing.T) {
	globals := map[string]bool{}
	for _, lib := range catalog.Libraries() {
		for _, name := range lib.Globals {
			globals[name] = true
		}
	}
	seen := map[string]string{}
	unique := func(t *testing.T, table, name string) {
		assert.Regexp(t, qualified, name)
		pkg, _, _ := split(name)
		assert.Equal(t, catalog.Path(pkg), pkg, "%s: the name of a row has no major version", name)
		assert.Empty(t, seen[table+name], "%s is listed twice as a %s", name, table)
		seen[table+name] = name
	}
	paths := map[string]bool{}
	for _, lib := range catalog.Libraries() {
		t.Run(lib.Path, func(t *testing.T) {
			assert.False(t, paths[lib.Path], "listed twice")
			paths[lib.Path] = true
			assert.NotEmpty(t, lib.Version, "the release the rows were read in")
			if len(lib.Calls)+len(lib.Families) > 0 {
				assert.NotEmpty(t, lib.Source, "where in it")
				assert.NotEmpty(t, lib.Default, "how long calls wait if nothing is set")
			}

			for _, call := range lib.Calls {
				unique(t, "call", call.Name)
				pkg, typ, _ := split(call.Name)
				assert.Equal(t, lib.Path, pkg, "%s: SSA is built for importers of the library's own path", call.Name)
				assert.NotZero(t, call.Kind, call.Name)
				if call.Kind == catalog.Query {
					assert.True(t, call.Context != catalog.None || call.Request != catalog.None || call.Once,
						"%s: a query is bounded by its context, or else there are many like it", call.Name)
					assert.NotEmpty(t, call.Advice, "%s: who else might bound it", call.Name)
					continue
				}
				if call.Kind != catalog.Serve { // a router's methods serve with servers of their own
					assert.Equal(t, typ != "", call.Object == catalog.Recv, "%s: the receiver of a method is its object", call.Name)
				}
				if call.Global != "" {
					assert.True(t, globals[call.Global], "%s: %s is no library's global", call.Name, call.Global)
				}
				if call.Object == catalog.Recv {
					_, made := makers()[pkg+"."+typ]
					assert.True(t, catalog.TypeNamed(pkg+"."+typ) != nil || made, "%s: its receiver is not catalogued", call.Name)
				}
				bounded := call.Object != catalog.None || call.Global != "" || call.Context != catalog.None ||
					call.Request != catalog.None || call.Options != catalog.None || call.Timeout != catalog.None
				assert.True(t, bounded || call.Advice != "" || call.Kind == catalog.Serve, "%s: nothing bounds it, and no advice", call.Name)
			}
			for _, typ := range lib.Types {
				unique(t, "type", typ.Name)
				assert.Same(t, &lib.Types[indexOf(lib.Types, typ.Name)], catalog.TypeNamed(typ.Name))
			}
			for _, maker := range lib.Makers {
				unique(t, "maker", maker.Name)
				pkg, _, _ := split(maker.Name)
				assert.Equal(t, lib.Path, pkg, maker.Name)
				if maker.Type == "" {
					assert.NotZero(t, maker.Base, "%s makes nothing out of nothing", maker.Name)
				} else {
					assert.NotNil(t, catalog.TypeNamed(maker.Type), "%s makes a %s, which is not catalogued", maker.Name, maker.Type)
				}
			}
			for _, hand := range lib.Hands {
				unique(t, "handover", hand.Name)
				assert.NotZero(t, hand.Effect, hand.Name)
				if hand.Effect == catalog.Keeps {
					assert.NotZero(t, hand.Parent, "%s: from what is the deadline kept?", hand.Name)
				}
				if hand.Timeout != catalog.None || hand.Deadline != catalog.None {
					assert.Equal(t, catalog.Sets, hand.Effect, "%s: a duration is for a deadline", hand.Name)
				}
			}
			for _, l := range lib.Listeners {
				unique(t, "listener", l.Name)
				assert.NotEqual(t, l.Address == catalog.None, l.Base == catalog.None, "%s: it listens on an address, or has another accept", l.Name)
			}
			for _, l := range lib.Limiters {
				unique(t, "limiter", l.Name)
				assert.NotZero(t, l.Handler, l.Name)
				assert.NotZero(t, l.Timeout, l.Name)
			}
			for _, name := range lib.Near {
				unique(t, "near", name)
			}
			for _, name := range lib.Talkers {
				unique(t, "talker", name)
			}
			if lib.Over != "" {
				assert.True(t, catalog.Knows(lib.Over), "%s is a layer over nothing", lib.Path)
			}
			for _, name := range lib.Globals {
				unique(t, "global", name)
			}
			for _, name := range lib.Exits {
				unique(t, "exit", name)
			}
			for i := range lib.Families {
				family := &lib.Families[i]
				assert.Equal(t, catalog.Path(family.Path), family.Path, "%s: the path of a family has no major version", family.Path)
				assert.Empty(t, seen["family"+family.Path], "%s is a family twice", family.Path)
				seen["family"+family.Path] = family.Path
				assert.True(t, catalog.Knows(family.Path), family.Path)
				assert.NotZero(t, family.Call.Context, "%s: the first parameter is the context", family.Path)
				assert.NotEmpty(t, family.Call.Advice, "%s: who else might bound it", family.Path)
				if family.Twin != nil {
					unique(t, "twin", family.Path+".Twin")
					assert.True(t, family.Twin.Once && family.Twin.Context == catalog.None, "%s: a twin takes no context", family.Path)
				}
			}
			for _, equipper := range lib.Equippers {
				unique(t, "equipper", equipper.Name)
			}
			for _, path := range lib.Drivers {
				assert.Equal(t, catalog.Path(path), path, "the path of a driver has no major version")
				assert.Contains(t, catalog.Drives(path), lib.Path)
			}
			assert.Equal(t, len(lib.Brokers) > 0, len(lib.Local) > 0, "what is brokered by what?")
			for _, path := range lib.Local {
				assert.True(t, catalog.Knows(path), path)
			}
			for _, name := range lib.Brokers {
				pkg, _, _ := split(name)
				assert.True(t, catalog.HasBrokers(pkg+"/v2"), name)
			}
			for _, names := range [][]string{lib.Bounders, lib.Fields, lib.Brokers} {
				for _, name := range names {
					assert.Regexp(t, qualified, name)
					assert.Equal(t, catalog.Path(name), name, "the name of a row has no major version")
				}
			}
			if len(lib.Drivers)+len(lib.Equippers) > 0 {
				assert.NotZero(t, len(lib.Calls)+len(lib.Families), "calls that are known to hang under a condition")
			}
		})
	}
}

func indexOf(list []catalog.Type, name string) int {
	for i := range list {
		if list[i].Name == name {
			return i
		}
	}
	return -1
}

// makers returns the types that makers and builders hand out.
func makers() map[string]bool {
	types := map[string]bool{}
	for _, lib := range catalog.Libraries() {
		for _, maker := range lib.Makers {
			types[maker.Type] = true
		}
	}
	return types
}

// TestStandardLibrary checks every row that is about the standard library against it: a row
// that names no function, or the wrong argument, is silent for ever.
func TestStandardLibrary(t *testing.T) {
	for _, lib := range catalog.Libraries() {
		for _, call := range lib.Calls {
			stdRow(t, call.Name, func(t *testing.T, fn *types.Func) {
				checkCall(t, &call, fn)
			})
		}
		for _, typ := range lib.Types {
			pkg, _, name := split(typ.Name)
			if isStd(pkg) {
				t.Run(typ.Name, func(t *testing.T) { checkType(t, &typ, std(t, pkg).Scope().Lookup(name)) })
			}
		}
		for _, maker := range lib.Makers {
			stdRow(t, maker.Name, func(t *testing.T, fn *types.Func) {
				assert.Equal(t, maker.Type, catalog.TypeName(fn.Signature().Results().At(0).Type()))
				require.NotNil(t, catalog.MakerOf(fn))
				assert.Equal(t, maker, *catalog.MakerOf(fn))
				if maker.Base != catalog.None {
					assert.NotNil(t, operand(fn, maker.Base), "base")
				}
				if maker.Context != catalog.None {
					assert.Equal(t, "context.Context", catalog.TypeName(operand(fn, maker.Context)))
				}
			})
		}
		for _, hand := range lib.Hands {
			stdRow(t, hand.Name, func(t *testing.T, fn *types.Func) {
				carriers := []string{"context.Context", "net/http.Request"}
				assert.Contains(t, carriers, catalog.TypeName(fn.Signature().Results().At(0).Type()), "first result")
				if hand.Parent != catalog.None {
					assert.Contains(t, carriers, catalog.TypeName(operand(fn, hand.Parent)), "parent")
				}
				require.NotNil(t, catalog.HandoverOf(fn))
				assert.Equal(t, hand, *catalog.HandoverOf(fn))
			})
		}
		for _, l := range lib.Listeners {
			stdRow(t, l.Name, func(t *testing.T, fn *types.Func) {
				require.NotNil(t, catalog.ListenerOf(fn))
				assert.Equal(t, l, *catalog.ListenerOf(fn))
				assert.Equal(t, "net.Listener", types.TypeString(fn.Signature().Results().At(0).Type(), nil))
				for op, want := range map[catalog.Operand]string{l.Network: "string", l.Address: "string", l.Base: "net.Listener"} {
					if op != catalog.None {
						assert.Equal(t, want, types.TypeString(operand(fn, op), nil))
					}
				}
			})
		}
		for _, name := range lib.Talkers {
			stdRow(t, name, func(t *testing.T, fn *types.Func) {
				assert.True(t, catalog.WaitsToHear(fn))
				assert.Contains(t, []string{"net.Conn", "io.ReadWriteCloser"}, types.TypeString(operand(fn, catalog.Arg0), nil))
			})
		}
		for _, name := range lib.Near {
			if pkg, _, typ := split(name); isStd(pkg) {
				obj := std(t, pkg).Scope().Lookup(typ)
				require.NotNil(t, obj, name)
				assert.True(t, catalog.IsNear(types.NewPointer(obj.Type())), name)
			}
		}
		for _, name := range lib.Globals {
			pkg, _, v := split(name)
			if isStd(pkg) {
				obj := std(t, pkg).Scope().Lookup(v)
				require.IsType(t, (*types.Var)(nil), obj, name)
				assert.True(t, catalog.IsDefault(obj), name)
			}
		}
		for _, name := range lib.Exits {
			stdRow(t, name, func(t *testing.T, fn *types.Func) {
				assert.True(t, catalog.NeverReturns(fn))
				assert.Zero(t, fn.Signature().Results().Len(), "a function with results returns")
			})
		}
	}
}

// stdRow runs a test on the function that a row is about, if that is of the standard library.
func stdRow(t *testing.T, name string, test func(t *testing.T, fn *types.Func)) {
	t.Helper()
	pkg, typ, fn := split(name)
	if !isStd(pkg) {
		return
	}
	t.Run(name, func(t *testing.T) {
		var obj types.Object
		if typ == "" {
			obj = std(t, pkg).Scope().Lookup(fn)
		} else {
			named := std(t, pkg).Scope().Lookup(typ)
			require.NotNil(t, named, "no such type")
			obj, _, _ = types.LookupFieldOrMethod(named.Type(), true, named.Pkg(), fn)
		}
		require.IsType(t, (*types.Func)(nil), obj, "no such function")
		require.Equal(t, name, catalog.Name(obj.(*types.Func)), "the function is declared elsewhere")
		test(t, obj.(*types.Func))
	})
}

func checkCall(t *testing.T, call *catalog.Call, fn *types.Func) {
	require.NotNil(t, catalog.CallOf(fn))
	assert.Equal(t, *call, *catalog.CallOf(fn))
	for what, want := range map[string]struct {
		op  catalog.Operand
		typ string
	}{
		"Request": {call.Request, "*net/http.Request"},
		"Context": {call.Context, "context.Context"},
		"Timeout": {call.Timeout, "time.Duration"},
		"Network": {call.Network, "string"},
		"Peer":    {call.Peer, "string"},
	} {
		if want.op != catalog.None {
			got := operand(fn, want.op)
			if assert.NotNil(t, got, "%s: no such operand", what) {
				assert.Equal(t, want.typ, types.TypeString(got, nil), what)
			}
		}
	}
	for what, op := range map[string]catalog.Operand{"Object": call.Object, "Options": call.Options} {
		if op != catalog.None {
			got := operand(fn, op)
			if assert.NotNil(t, got, "%s: no such operand", what) {
				assert.NotNil(t, catalog.TypeOf(got), "%s: %s is not catalogued", what, got)
			}
		}
	}
	if call.Listener != catalog.None {
		assert.Contains(t, []string{"net.Listener", "string"}, types.TypeString(operand(fn, call.Listener), nil), "listener or address")
	}
	if call.Global != "" {
		pkg, _, name := split(call.Global)
		assert.NotNil(t, std(t, pkg).Scope().Lookup(name), "global")
	}
	// What could bound the call must not be left out of its row.
	for param := range fn.Signature().Params().Variables() {
		switch types.TypeString(param.Type(), nil) {
		case "context.Context":
			assert.NotZero(t, call.Context, "it takes a context")
		case "*net/http.Request":
			assert.NotZero(t, call.Request, "it takes a request")
		case "time.Duration":
			assert.NotZero(t, call.Timeout, "it takes a duration")
		case "net.Listener":
			assert.NotZero(t, call.Listener, "it takes a listener")
		}
	}
}

func checkType(t *testing.T, typ *catalog.Type, obj types.Object) {
	require.IsType(t, (*types.TypeName)(nil), obj, "no such type")
	assert.Equal(t, typ.Name, catalog.TypeOf(obj.Type()).Name)
	assert.Equal(t, typ.Name, catalog.TypeOf(types.NewPointer(obj.Type())).Name)
	field := func(name string) types.Type {
		for f := range obj.Type().Underlying().(*types.Struct).Fields() {
			if f.Name() == name {
				return f.Type()
			}
		}
		t.Errorf("no field %s", name)
		return types.Typ[types.Invalid]
	}
	for _, name := range typ.Bounds {
		assert.Contains(t, []string{"time.Duration", "time.Time"}, types.TypeString(field(name), nil), name)
	}
	for _, name := range typ.Phases {
		assert.Equal(t, "time.Duration", types.TypeString(field(name), nil), name)
	}
	if typ.Handshake != "" {
		assert.Equal(t, "time.Duration", types.TypeString(field(typ.Handshake), nil), "handshake")
	}
	for _, name := range typ.Hooks {
		assert.IsType(t, (*types.Signature)(nil), field(name), name)
	}
	for _, name := range typ.Inner {
		inner := field(name)
		_, isInterface := inner.Underlying().(*types.Interface)
		assert.True(t, isInterface || catalog.TypeOf(inner) != nil, "%s: a %s bounds nothing", name, inner)
	}
	if typ.Address != "" {
		assert.Equal(t, "string", types.TypeString(field(typ.Address), nil), "address")
	}
	for _, setter := range typ.Setters {
		method, _, _ := types.LookupFieldOrMethod(obj.Type(), true, obj.Pkg(), setter.Name)
		if assert.IsType(t, (*types.Func)(nil), method, setter.Name) {
			assert.Equal(t, "time.Duration", types.TypeString(operand(method.(*types.Func), setter.Value), nil))
		}
	}
}

// operand returns the type of an operand of fn, or nil if there is none.
func operand(fn *types.Func, op catalog.Operand) types.Type {
	if op == catalog.Recv {
		if recv := fn.Signature().Recv(); recv != nil {
			return recv.Type()
		}
		return nil
	}
	if i := int(op - catalog.Arg0); i < fn.Signature().Params().Len() {
		return fn.Signature().Params().At(i).Type()
	}
	return nil
}

// TestComplete checks that new functions of the standard library are noticed: whatever
// dials, serves or exchanges is catalogued, or listed here with the reason why not.
func TestComplete(t *testing.T) {
	verb := regexp.MustCompile(`^(Dial.*|Get|Head|Post|PostForm|Do|ListenAndServe(TLS)?|Serve(TLS)?|SendMail)$`)
	except := map[string]string{
		"net.DialIP":          "no connection to wait for",
		"net.DialUDP":         "no connection to wait for",
		"net.DialUnix":        "within the machine",
		"net.Dialer.DialIP":   "no connection to wait for",
		"net.Dialer.DialUDP":  "no connection to wait for",
		"net.Dialer.DialUnix": "within the machine",
		"net.Dialer.DialTCP":  "new in Go 1.26",
	}
	found := map[string]bool{}
	for _, path := range []string{"net", "net/http", "crypto/tls", "net/smtp"} {
		scope := std(t, path).Scope()
		for _, name := range scope.Names() {
			obj := scope.Lookup(name)
			if !obj.Exported() {
				continue
			}
			funcs := []types.Object{obj}
			if typ, ok := obj.(*types.TypeName); ok && !types.IsInterface(typ.Type()) {
				for method := range types.NewMethodSet(types.NewPointer(typ.Type())).Methods() {
					funcs = append(funcs, method.Obj())
				}
			}
			for _, obj := range funcs {
				fn, ok := obj.(*types.Func)
				if !ok || !verb.MatchString(fn.Name()) || catalog.Name(fn) == "net/http.Header.Get" {
					continue
				}
				name := catalog.Name(fn)
				found[name] = true
				if catalog.CallOf(fn) == nil {
					assert.NotEmpty(t, except[name], "%s is not catalogued", name)
				}
			}
		}
	}
	for name := range except {
		assert.True(t, found[name], "%s does not exist", name)
	}
}

func TestKnows(t *testing.T) {
	tests := []struct {
		name, path string
		want       bool
	}{
		{"a library with calls", "net/http", true},
		{"with a major version", "github.com/go-resty/resty/v2", true},
		{"vendored", "example.org/shop/vendor/github.com/gorilla/websocket", true},
		{"a library that only makes clients", "github.com/hashicorp/go-cleanhttp", true},
		{"a library that only hands contexts on", "context", false},
		{"a library that only exits", "go.uber.org/zap", false},
		{"a folder of a library", "net/http/httptest", false},
		{"unknown", "example.org/unknown", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, catalog.Knows(test.path))
		})
	}
}

func TestCallLike(t *testing.T) {
	const src = `package p
import "net/http"
type (
	Doer     interface{ Do(*http.Request) (*http.Response, error) }
	Value    interface{ Do(http.Request) (http.Response, error) } // nobody does
	NoError  interface{ Do(*http.Request) *http.Response }
	TwoArgs  interface{ Do(string, *http.Request) (*http.Response, error) }
	Other    interface{ Send(*http.Request) (*http.Response, error) }
	Unrelated interface{ Do(int) (int, error) }
	Generic[T any] interface{ Do(T) (*http.Response, error) }
)`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	require.NoError(t, err)
	conf := types.Config{Importer: importerFunc(func(path string) (*types.Package, error) { return std(t, path), nil })}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, nil)
	require.NoError(t, err)
	for name, want := range map[string]bool{
		"Doer": true, "NoError": false, "TwoArgs": false, "Other": false, "Unrelated": false, "Generic": false,
	} {
		t.Run(name, func(t *testing.T) {
			method := pkg.Scope().Lookup(name).Type().Underlying().(*types.Interface).Method(0)
			call := catalog.CallLike(method)
			assert.Equal(t, want, call != nil)
			if want {
				assert.Equal(t, "net/http.Client.Do", call.Name)
			}
		})
	}
}

func TestVarName(t *testing.T) {
	assert.Equal(t, "net/http.DefaultClient", catalog.VarName(std(t, "net/http").Scope().Lookup("DefaultClient")))
	assert.Empty(t, catalog.VarName(nil))
	assert.Empty(t, catalog.VarName(types.Universe.Lookup("nil")))
	assert.False(t, catalog.IsDefault(std(t, "net/http").Scope().Lookup("DefaultServeMux")))
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

func isStd(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".")
}

// std returns a package of the standard library.
func std(t *testing.T, path string) *types.Package {
	t.Helper()
	pkgs, err := stdPackages()
	require.NoError(t, err)
	require.NotNil(t, pkgs[path], path)
	return pkgs[path]
}

var stdPackages = sync.OnceValues(func() (map[string]*types.Package, error) {
	wanted := map[string]bool{"context": true, "io": true, "net/http": true}
	for _, lib := range catalog.Libraries() {
		for _, name := range rowNames(lib) {
			if pkg, _, _ := split(name); isStd(pkg) {
				wanted[pkg] = true
			}
		}
	}
	var patterns []string
	for path := range wanted {
		patterns = append(patterns, path)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes}, patterns...)
	loaded := map[string]*types.Package{}
	for _, pkg := range pkgs {
		loaded[pkg.PkgPath] = pkg.Types
	}
	return loaded, err
})

func rowNames(lib *catalog.Library) []string {
	names := append(append([]string{}, lib.Globals...), lib.Exits...)
	for _, row := range lib.Calls {
		names = append(names, row.Name)
	}
	for _, row := range lib.Types {
		names = append(names, row.Name)
	}
	for _, row := range lib.Makers {
		names = append(names, row.Name)
	}
	for _, row := range lib.Hands {
		names = append(names, row.Name)
	}
	for _, row := range lib.Listeners {
		names = append(names, row.Name)
	}
	names = append(append(names, lib.Near...), lib.Talkers...)
	return names
}

// TestFinite checks that libraries that give up by themselves are not listed.
func TestFinite(t *testing.T) {
	for _, f := range catalog.FiniteDefaults() {
		assert.Equal(t, catalog.Path(f.Path), f.Path, "no major version")
		for _, lib := range catalog.Libraries() {
			for _, call := range lib.Calls {
				assert.False(t, strings.HasPrefix(call.Name, f.Path+"."), call.Name)
			}
		}
		assert.NotEmpty(t, f.Version, f.Path)
		assert.NotEmpty(t, f.Source, f.Path)
		assert.NotEmpty(t, f.Default, f.Path)
	}
}
