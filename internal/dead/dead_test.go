package dead_test

import (
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/dead"
	"github.com/resilint/resilint/internal/evidencetest"
)

const program = `package main

import "example.org/m/internal/stock"

func main() { stock.Open().Count() }
`

// TestDead checks which functions of example.org/m/internal/stock are dead.
func TestDead(t *testing.T) {
	tests := []struct {
		name  string
		stock string
		files map[string]string // others; by default, the program
		want  []string
	}{
		{name: "method that nobody calls", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`, want: []string{"T.Tail"}},
		{name: "function that nobody calls", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func Tail() {}`, want: []string{"Tail"}},
		{name: "unexported", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func tail() {}`, want: []string{"tail"}},
		{name: "called by dead code alone", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (t *T) Tail() { t.tail(0) }; func (t *T) tail(n int) { if n < 3 { t.tail(n+1); t.more() } }; func (t *T) more() { t.tail(0) }`, want: []string{"T.Tail", "T.more", "T.tail"}},
		{name: "called by live code, too", stock: `type T struct{}; func Open() *T { return &T{} }; func (t *T) Count() { t.tail() }; func (t *T) Tail() { t.tail() }; func (t *T) tail() {}`, want: []string{"T.Tail"}},
		{name: "method value", stock: `type T struct{}; func Open() *T { t := &T{}; run(t.Tail); return t }; func run(func()) {}; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "method expression", stock: `type T struct{}; var tail = (*T).Tail; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "function as a value", stock: `type T struct{}; var tails = map[string]func(){"": Tail}; func Open() *T { return &T{} }; func (*T) Count() {}; func Tail() {}`},
		{name: "promoted", stock: `type base struct{}; type T struct{ *base }; func Open() *T { return &T{} }; func (t *T) Count() { t.Tail() }; func (*base) Tail() {}`},
		{name: "generic", stock: `type G[K any] struct{}; type T struct{ g G[int] }; func Open() *T { return &T{} }; func (t *T) Count() { t.g.Tail(); each[int]() }; func (*G[K]) Tail() {}; func (*G[K]) Head() {}; func each[K any]() {}`, want: []string{"G.Head"}},
		{name: "method of the name of an interface's", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "method of the name of a constraint's", stock: `func all[K interface{ Tail() }]() {}; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`, want: []string{"all"}},
		{name: "method of the name of an imported interface's", stock: `import "io"; var _ io.Reader; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) WriteTo(int) (int, error) { return 0, nil }`},
		{name: "method of the name of an interface's with other parameters", stock: `type tailer interface{ Tail(int) }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}; func (*T) more(...int) {}`, want: []string{"T.Tail", "T.more"}},
		{name: "method of the name of an interface's with other results", stock: `type tailer interface{ Tail() error }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`, want: []string{"T.Tail"}},
		{name: "in an interface without it", stock: `type counter interface{ Count() }; type T struct{}; func Open() counter { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`, want: []string{"T.Tail"}},
		{name: "of a type that dead code makes", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; type U struct{}; func NewU() tailer { return &U{} }; func (u *U) Tail() { u.tail() }; func (*U) tail() {}`, want: []string{"NewU", "U.Tail", "U.tail"}},
		{name: "of a type that nobody makes, with the methods of an interface", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; type U struct{}; var _ tailer = (*U)(nil); func (*U) Tail() {}`, want: []string{"U.Tail"}},
		{name: "of a type that is a part of another", stock: `type tailer interface{ Tail() }; type T struct{ all []*U }; func Open() *T { return &T{} }; func (*T) Count() {}; type U struct{}; func (*U) Tail() {}`},
		{name: "of a type that is a part of one that nobody makes", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; type U struct{}; func (*U) Tail() {}; type all struct{ list []*U; next *all }`, want: []string{"U.Tail"}},
		{name: "of a type that is made by what an interface calls", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() { var t tailer = &U{}; t.Tail() }; type U struct{}; func (*U) Tail() {}`},
		{name: "of a type that is made as a result", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { empty(); return &T{} }; func (*T) Count() {}; type U struct{}; func (U) Tail() {}; func empty() (u U) { return }`},
		{name: "of a type that others can make", stock: `type tailer interface{ Tail() }; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; type U struct{}; func (*U) Tail() {}`,
			files: map[string]string{"main.go": program, "shop/shop.go": `package shop; import "example.org/m/internal/stock"; type U = stock.U`}},
		{name: "in an empty interface", stock: `import "fmt"; type T struct{}; func Open() *T { t := &T{}; fmt.Println(t); return t }; func (*T) Count() {}; func (*T) Tail() {}; func (*T) tail() {}`, want: []string{"T.tail"}},
		{name: "in one through a field", stock: `type T struct{}; type all struct{ T []*T }; var any1 any = all{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one through a result", stock: `type T struct{}; type root struct{}; func (*root) Stock() *T { return nil }; func register(any) {}; func init() { register(&root{}) }; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one through another interface", stock: `type counter interface{ Count() }; type T struct{}; var all []any; func Open() counter { var c counter = &T{}; all = append(all, c); return c }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one by a literal", stock: `type T struct{}; type api struct{ Service any }; var apis = []api{{Service: &T{}}}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one by a return", stock: `type T struct{}; func services() any { return Open() }; var s = services(); func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one by an assignment", stock: `type T struct{}; var s any; func init() { s = Open() }; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "in one by a channel", stock: `type T struct{}; func Open() *T { t := &T{}; make(chan any, 1) <- t; return t }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "type argument", stock: `func register[S any]() {}; type T struct{}; func Open() *T { register[T](); return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`},
		{name: "linkname", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}
			//go:linkname tail
			func tail() {}`},
		{name: "called by a test helper", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`,
			files: map[string]string{"main.go": program, "help/help.go": `package help; import "testing"; import "example.org/m/internal/stock"; func Help(testing.TB) { stock.Open().Tail() }`}},
		{name: "from a package that others can import", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}; type U struct{}; func (*U) Tail() {}`,
			files: map[string]string{"shop/shop.go": `package shop; import "example.org/m/internal/stock"; func Stock() *stock.T { return stock.Open() }`}, want: []string{"U.Tail"}},
		{name: "under a name of a package that others can import", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}; func Tail() {}`,
			files: map[string]string{"shop/shop.go": `package shop; import "example.org/m/internal/stock"; type Stock = stock.T; var Tail = stock.Tail`}, want: []string{"Open"}},
		{name: "of a package that calls it without an import", stock: `type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func (*T) Tail() {}`,
			files: map[string]string{
				"internal/shop/shop.go": `package shop; import "example.org/m/internal/stock"; func Stock() *stock.T { return stock.Open() }`,
				"main.go":               `package main; import "example.org/m/internal/shop"; func main() { shop.Stock().Count(); shop.Stock().Tail() }`,
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := test.files
			if files == nil {
				files = map[string]string{"main.go": program}
			}
			files["internal/stock/stock.go"] = "package stock\n" + test.stock
			assert.Equal(t, test.want, deadOf(t, files, "internal/stock"))
		})
	}
}

func TestDeadOutsideOfInternal(t *testing.T) {
	assert.Equal(t, []string{"tail"}, deadOf(t, map[string]string{"stock/stock.go": `package stock; func Tail() {}; func tail() {}`}, "stock"))
}

// TestIdle checks that what is only there for other modules is idle, and what a program runs is not.
func TestIdle(t *testing.T) {
	const stock = `package stock; type T struct{}; func Open() *T { return &T{} }; func (*T) Count() {}; func Tail() { head() }; func head() {}`
	pkgs := evidencetest.Load(t, map[string]string{
		"stock/stock.go": stock,
		"main.go":        `package main; import "example.org/m/stock"; func main() { stock.Open().Count() }`,
	}, nil)
	var code []dead.Package
	for _, pkg := range pkgs {
		code = append(code, dead.Package{Module: "example.org/m", Types: pkg.Types, Info: pkg.TypesInfo, Files: pkg.Syntax})
	}
	all := dead.New(code)
	for name, idle := range map[string]bool{"stock.Open": false, "stock.Tail": true, "stock.head": true, "stock.None": false} {
		assert.Equal(t, idle, all.Idle("example.org/m/"+name), name)
	}
	assert.False(t, all.Idle("(*example.org/m/stock.T).Count"))
	assert.False(t, (*dead.Code)(nil).Idle("example.org/m/stock.Tail"))
}

// TestDeadInModuleBelowInternal checks a module that lies in an internal folder itself: its
// neighbours can import it.
func TestDeadInModuleBelowInternal(t *testing.T) {
	pkgs := evidencetest.Load(t, map[string]string{"internal/common/stock.go": `package common; func Tail() {}; func tail() {}`}, nil)
	pkg := pkgs["internal/common"]
	code := dead.New([]dead.Package{{Module: "example.org/m/internal/common", Types: pkg.Types, Info: pkg.TypesInfo, Files: pkg.Syntax}})
	assert.False(t, code.Has(pkg.Types.Scope().Lookup("Tail").(*types.Func)))
	assert.True(t, code.Has(pkg.Types.Scope().Lookup("tail").(*types.Func)))
}

func TestDeadInPrograms(t *testing.T) {
	const source = `package main; func init() {}; func Tail() {}; func main() { println() }`
	assert.Equal(t, []string{"Tail"}, deadOf(t, map[string]string{"cmd/main.go": source}, "cmd"))
	const plugin = `package main; func Tail() {}; func main() {}`
	assert.Empty(t, deadOf(t, map[string]string{"cmd/main.go": plugin}, "cmd"), "a plugin")
}

func TestDeadMentionedElsewhere(t *testing.T) {
	name := filepath.Join(t.TempDir(), "main_windows.go")
	require.NoError(t, os.WriteFile(name, []byte("package main\n\nfunc init() { Tail() }\n"), 0o600))
	files := map[string]string{"cmd/main.go": `package main; func Tail() {}; func Head() {}; func main() { println() }`}
	assert.Equal(t, []string{"Head"}, deadOf(t, files, "cmd", name))
}

func TestNoCode(t *testing.T) {
	var code *dead.Code
	assert.False(t, code.Has(types.NewFunc(0, types.NewPackage("example.org/m/internal/p", "p"), "tail", types.NewSignatureType(nil, nil, nil, nil, nil, false))))
	assert.False(t, dead.New(nil).Has(nil))
}

// deadOf returns the dead functions of one folder.
func deadOf(t *testing.T, files map[string]string, folder string, others ...string) []string {
	t.Helper()
	var code []dead.Package
	pkgs := evidencetest.Load(t, files, nil)
	for _, pkg := range pkgs {
		code = append(code, dead.Package{Types: pkg.Types, Info: pkg.TypesInfo, Files: pkg.Syntax, Others: others})
	}
	all := dead.New(code)
	var names []string
	for _, file := range pkgs[folder].Syntax {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			fn := pkgs[folder].TypesInfo.Defs[decl.Name].(*types.Func)
			if all.Has(fn) {
				names = append(names, shortName(fn))
			}
		}
	}
	slices.Sort(names)
	return names
}

// shortName returns T.Tail for a method.
func shortName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t := types.TypeString(recv.Type(), func(*types.Package) string { return "" })
	t, _, _ = strings.Cut(strings.TrimPrefix(t, "*"), "[")
	return t + "." + fn.Name()
}

// TestRunsOnce checks who runs a function how often, through the packages of a module.
func TestRunsOnce(t *testing.T) {
	pkgs := evidencetest.Load(t, map[string]string{
		"cobra/cobra.go": `package cobra; type Command struct { Use string; Run func(); RunE func() error }`,
		"broker/broker.go": `package broker
type Conn struct{}
var shared = Default()
func Default() *Conn { return nil }
func Dial() *Conn { return dial() }
func dial() *Conn { return nil }
func Redial() *Conn { return nil }
func Watch() {}
func Handle() {}
func Migrate() error { return nil }
func Named() error { return nil }
func Tail() {}
func (*Conn) Declare() {}
func (*Conn) Publish() {}
func Round() { Round() }
`,
		"app/app.go": `package app
import "example.org/m/broker"
type publisher interface { Publish() }
type App struct{ p publisher }
func New() *App { c := broker.Dial(); c.Declare(); return &App{c} }
func (a *App) Serve() {
	for { broker.Redial() }
}
func (a *App) Work() { go broker.Watch(); a.p.Publish(); func() { broker.Migrate() }(); each(func() { broker.Tail() }) }
func each(f func()) { f() }
`,
		"main.go": `package main
import ("example.org/m/app"; "example.org/m/broker"; "example.org/m/cobra")
var root = &cobra.Command{Use: "root", Run: func() { a := app.New(); a.Serve(); a.Work() }}
var migrate = cobra.Command{RunE: broker.Named}
func main() { handle(broker.Handle); root.Run(); broker.Round() }
func handle(func()) {}
`,
	}, nil)
	var code []dead.Package
	for _, pkg := range pkgs {
		code = append(code, dead.Package{Module: "example.org/m", Types: pkg.Types, Info: pkg.TypesInfo, Files: pkg.Syntax})
	}
	all := dead.New(code)
	for name, once := range map[string]bool{
		"example.org/m/app.New": true, "(*example.org/m/app.App).Serve": true, "(*example.org/m/app.App).Work": true,
		"example.org/m/broker.Dial": true, "example.org/m/broker.dial": true, "(*example.org/m/broker.Conn).Declare": true,
		"example.org/m/broker.Default":         true,  // for a variable of a package
		"example.org/m/broker.Migrate":         true,  // in a literal that is called where it stands
		"example.org/m/broker.Named":           true,  // a command
		"example.org/m/broker.Redial":          false, // in a loop
		"example.org/m/broker.Watch":           false, // in a goroutine
		"example.org/m/broker.Handle":          false, // as a value
		"example.org/m/broker.Tail":            false, // in a literal that others call
		"example.org/m/broker.Round":           false, // by itself
		"(*example.org/m/broker.Conn).Publish": false, // through an interface
		"example.org/m/broker.None":            false,
	} {
		assert.Equal(t, once, all.RunsOnce(name), name)
	}
	assert.False(t, (*dead.Code)(nil).RunsOnce("example.org/m/app.New"))
}
