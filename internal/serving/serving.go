// Package serving finds the servers that programs start, what stops them, which signals they listen
// to, and what they answer probes with.
//
// A package is a piece of [Evidence]. A program is a main package with all the packages of the module
// that it is linked from: each package hands the evidence of those that it imports on, as a fact, so
// that a main package knows all of it. Which programs a library is part of only the whole module shows.
package serving

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/scope"
)

// Analyzer finds what a package has to do with serving.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintserving",
	Doc:        "find the servers that a package starts and stops, its signals and its routes",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, remote.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Linked)(nil)},
}

// Evidence is what a package shows.
type Evidence struct {
	Path    string
	Program bool // a main package, of a program that is put to use

	Starts  []*Start
	Managed []*Start // that shut down by themselves: nothing has to stop them
	Stops   []*Stop
	Notifys []*Notify

	Awaits     bool // signals, by itself or through a library
	Lingers    bool // it sleeps for seconds after a signal, while its servers go on
	Terminates bool // SIGTERM may be among them
	Gap        bool // it imports a package of the module that could not be analyzed, and may have to do with servers
	Apart      bool // who ends the program, or probes it, is another one's business: see catalog.EndsServers

	Terminal bool // it reads what someone types at a terminal, or a pipe

	Routes  int  // for clients, as far as they are seen
	Default int  // of those, the ones of package net/http's own router
	Health  bool // it answers probes, or may do so
	Routers bool // it makes something that routes requests, or uses that of package net/http
	Answers bool // it may answer clients by what is no route

	// Mentions are functions of other packages that start servers, by their names.
	Mentions []string

	// Far are the functions that leave the process, themselves or through others.
	Far Distant
}

// Far is a call that leaves the process.
type Far struct {
	API string // as the catalogue names it
	In  string // the function that makes it
}

// A Start is a place where a server begins to serve.
type Start struct {
	Servers string // their kind: see catalog.Service
	Name    string // of the function that serves, as it is written: "http.ListenAndServe"
	In      string // the declared function around it
	Side    bool   // it serves others than clients: metrics, profiles, probes, redirects
	Default bool   // what it serves is registered with package net/http's own router
	Local   bool   // only the machine itself can connect, unless a flag says otherwise
	Reach   remote.Reach

	// Fatal is what ends the process when the server is told to shut down, if something does.
	Fatal *Fatal

	at    token.Pos
	fn    *types.Func
	instr ssa.Instruction
	bound ssa.Value // the server, nil if nobody has it
}

// Pos returns where the start is, in the process that has analyzed its package.
func (s *Start) Pos() token.Pos { return s.at }

// Func returns the declared function around it, likewise.
func (s *Start) Func() *types.Func { return s.fn }

// A Stop is a place that stops servers of a kind, or may do so.
type Stop struct {
	Servers  string
	Deferred bool // until the function that serves has returned
	Unknown  bool // the server goes to someone who may stop it
	Graceful bool // it lets requests finish

	fn   *types.Func
	call *ast.CallExpr
}

// Func returns the declared function around it, in the process that has analyzed its package.
func (s *Stop) Func() *types.Func { return s.fn }

// A Notify is a call by which a program listens to signals.
type Notify struct {
	Interrupt bool // SIGINT is among them
	Terminate bool // SIGTERM is, or may be

	call *ast.CallExpr
	last ast.Expr // that names SIGINT
	fn   *types.Func
}

// Call returns the call, in the process that has analyzed its package.
func (n *Notify) Call() *ast.CallExpr { return n.call }

// Signal returns the argument that is SIGINT.
func (n *Notify) Signal() ast.Expr { return n.last }

// Func returns the declared function around it.
func (n *Notify) Func() *types.Func { return n.fn }

// Linked is the fact that says what a package and all that it imports show.
type Linked struct{ Packages []*Evidence }

// AFact makes Linked a fact.
func (*Linked) AFact() {}

func (l *Linked) String() string {
	var words []string
	for _, e := range l.Packages {
		if n := len(e.Starts); n > 0 {
			words = append(words, e.Path+" serves")
		}
	}
	return strings.Join(words, "; ")
}

// A Result is what is known of a package.
type Result struct {
	*Evidence
	Linked    []*Evidence // the package's own, and those of all that it imports
	Routed    []*Route
	Shutdowns []*Shutdown
	RPCHealth bool // it registers gRPC's health service
	Drains    []Drain
}

func run(pass *analysis.Pass) (any, error) {
	linked, gap := imported(pass)
	files := scope.Files(pass)
	if len(files) == 0 {
		if len(linked) > 0 || gap {
			pass.ExportPackageFact(&Linked{append(linked, &Evidence{Path: pass.Pkg.Path(), Gap: gap})})
		}
		return (*Result)(nil), nil
	}
	f := &finder{
		pass: pass, files: files, g: pass.ResultOf[flow.Analyzer].(*flow.Graph),
		remote:   pass.ResultOf[remote.Analyzer].(*remote.Result),
		imported: linked,
		evidence: &Evidence{Path: pass.Pkg.Path(), Gap: gap, Far: Distant{}},
	}
	f.evidence.Program = pass.Pkg.Name() == "main" && !scope.IsExample(pass) && !f.isTool()
	f.imports()
	for _, file := range files {
		f.file(file)
	}
	if f.g != nil {
		f.routes()
		f.answering()
		f.starts()
		f.runsOwn()
		f.escapes()
		f.far()
		f.evidence.Lingers = f.lingers()
	}
	r := &Result{Evidence: f.evidence, Routed: f.routed, Shutdowns: f.shutdowns(), RPCHealth: f.rpcHealth, Drains: f.drains()}
	r.Linked = append([]*Evidence{f.evidence}, linked...)
	pass.ExportPackageFact(&Linked{r.Linked})
	return r, nil
}

// imported returns the evidence of all packages that a package imports, in the order of their paths.
// There is a gap in it if one of the module could not be analyzed that may have to do with servers.
func imported(pass *analysis.Pass) (linked []*Evidence, gap bool) {
	seen := map[string]bool{}
	for _, pkg := range pass.Pkg.Imports() {
		fact := new(Linked)
		if !pass.ImportPackageFact(pkg, fact) {
			gap = gap || isGap(pass, pkg)
			continue
		}
		for _, e := range fact.Packages {
			if !seen[e.Path] {
				seen[e.Path] = true
				linked = append(linked, e)
			}
		}
	}
	slices.SortFunc(linked, func(x, y *Evidence) int { return strings.Compare(x.Path, y.Path) })
	return linked, gap
}

func isGap(pass *analysis.Pass, pkg *types.Package) bool {
	if pass.Module == nil || pass.Module.Path == "" || !strings.HasPrefix(pkg.Path(), pass.Module.Path+"/") {
		return false
	}
	imports := pkg.Imports()
	return len(imports) == 0 && !pkg.Complete() || slices.ContainsFunc(imports, func(p *types.Package) bool { return catalog.Serves(p.Path()) })
}

// A finder is the work on one package.
type finder struct {
	pass      *analysis.Pass
	files     []*ast.File
	g         *flow.Graph // nil if the package has nothing to do with the network
	remote    *remote.Result
	imported  []*Evidence
	evidence  *Evidence
	routed    []*Route
	rpcHealth bool
	local     map[ssa.Value]bool // flags: see isLocal
}

// isTool reports whether a program stands in for others, or is for developers.
func (f *finder) isTool() bool {
	path := f.pass.Pkg.Path()
	if f.pass.Module != nil {
		path = strings.TrimPrefix(path, f.pass.Module.Path)
	}
	return slices.ContainsFunc(strings.Split(path, "/"), toolFolder.MatchString)
}

var toolFolder = regexp.MustCompile(`(?i)(^|[-_])(mock|fake|stub|dummy|test|tests|testing|e2e|example|examples|demo|sample|tutorial|playground|bench|benchmark|loadgen|simulator|echo-?server)(s|er|server|-?svc|-?service)?($|[-_])`)

// isOutside reports whether a package belongs to another module than the one under analysis, and not
// to the standard library.
func (f *finder) isOutside(pkg *types.Package) bool {
	if pkg == nil {
		return false
	}
	path := pkg.Path()
	first, _, _ := strings.Cut(path, "/")
	switch module := f.pass.Module; {
	case !strings.Contains(first, "."):
		return false
	case module == nil || module.Path == "": // nogo, and fixtures
		return owner(path) != owner(f.pass.Pkg.Path())
	case path == module.Path || strings.HasPrefix(path, module.Path+"/"):
		return false
	}
	return !slices.ContainsFunc(f.imported, func(e *Evidence) bool { return e.Path == path })
}

// owner returns the part of a path that says whose package it is.
func owner(path string) string {
	parts := strings.SplitN(path, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// declared returns the function that pos lies in, or nil.
func (f *finder) declared(file *ast.File, pos token.Pos) *types.Func {
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok && decl.Pos() <= pos && pos < decl.End() {
			fn, _ := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
			return fn
		}
	}
	return nil
}
