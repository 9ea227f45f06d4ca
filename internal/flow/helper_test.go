package flow_test

import (
	"bytes"
	"fmt"
	"go/format"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/flow"
)

// lib is of another module: unknown, as every package without facts is.
const lib = `package lib

import "net/http"

var Client = &http.Client{Timeout: 1}

type Config struct {
	Client *http.Client
	Value  http.Client
}

func New() *http.Client { return Client }

func Apply(c *http.Client) { c.Timeout = 1 }

func Register(v any) {}

func (Config) Apply(c *http.Client) { c.Timeout = 1 }
`

// A fixture is a package as the flow analyzer sees it.
type fixture struct {
	*flow.Graph
	info  *types.Info
	probe []ssa.Value // the arguments of probe(…), in source order
}

// load returns the fixtures of packages, whose source is given without package clause: it
// has a function probe(any), whose arguments are what a test asks about.
func load(t *testing.T, sources map[string]string) map[string]*fixture {
	t.Helper()
	pkgs := loadPackages(t, sources)
	fixtures := map[string]*fixture{}
	graph, err := checker.Analyze([]*analysis.Analyzer{flow.Analyzer}, pkgs, nil)
	require.NoError(t, err)
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		g := action.Result.(*flow.Graph)
		if g == nil {
			continue
		}
		f := &fixture{Graph: g, info: action.Package.TypesInfo}
		for instr := range g.Instructions() {
			call, ok := instr.(ssa.CallInstruction)
			if ok && call.Common().StaticCallee() != nil && call.Common().StaticCallee().Name() == "probe" {
				f.probe = append(f.probe, call.Common().Args[0])
			}
		}
		fixtures[name(action.Package)] = f
	}
	return fixtures
}

func loadPackages(t *testing.T, sources map[string]string) []*packages.Package {
	t.Helper()
	files := map[string]string{}
	for name, source := range sources {
		files[name+"/a.go"] = "package p\n\nimport \"net/http\"\n\n" + source + "\n\nfunc probe(any) {}\n\nvar _ http.Client\n"
	}
	loaded := evidencetest.Load(t, files, map[string]string{"example.org/lib/lib.go": lib})
	var pkgs []*packages.Package
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		pkgs = append(pkgs, loaded[name])
	}
	return pkgs
}

func name(pkg *packages.Package) string {
	return strings.TrimPrefix(pkg.PkgPath, evidencetest.Module+"/")
}

// describe says where a source comes from, with the syntax that flow finds for it.
func (f *fixture) describe(s flow.Source) string {
	switch s.Kind {
	case flow.New:
		return "new " + f.syntax(s)
	case flow.Global:
		return "global " + s.Global().Pkg().Name() + "." + s.Global().Name() + " at " + f.syntax(s)
	case flow.Field:
		return "field " + s.Var.Name()
	case flow.Result:
		what := "something"
		if fn := flow.CalleeObject(s.Value.(*ssa.Call)); fn != nil {
			what = fn.Name()
		}
		return fmt.Sprintf("result %d of %s", s.Index, what)
	case flow.Param:
		return "parameter " + s.Value.Name()
	case flow.Nil:
		return "nil"
	}
	return "unknown"
}

func (f *fixture) syntax(s flow.Source) string {
	node := f.Syntax(s, f.info)
	if node == nil {
		return "no syntax"
	}
	var text bytes.Buffer
	if err := format.Node(&text, f.SSA.Pkg.Prog.Fset, node); err != nil {
		return err.Error()
	}
	return text.String()
}

// reached describes what a value can stand for.
func (f *fixture) reached(v ssa.Value) []string {
	var sources []flow.Source
	for o := range f.Reach(v) {
		sources = append(sources, flow.Source{Origin: o, At: o.Value})
	}
	return f.describeAll(sources)
}

func (f *fixture) describeAll(sources []flow.Source) []string {
	all := []string{}
	for _, s := range sources {
		all = append(all, f.describe(s))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
