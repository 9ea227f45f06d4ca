package recovered_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/recovered"
)

// vetTool is the environment variable that makes this test a tool for go vet, whose rules fail
// in the way that it names.
const vetTool = "RESILINT_RECOVERED_TEST"

func TestMain(m *testing.M) {
	if way := os.Getenv(vetTool); way != "" {
		flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError) // without those of the test
		note := func(line string) { fmt.Fprintln(os.Stderr, line) }
		unitchecker.Main(recovered.Wrap(rules(ways[way]), note)...) // does not return
	}
	os.Exit(m.Run())
}

// The sources of example.org/m: a imports b, b imports c. a uses a method of c that it knows
// through b alone.
var sources = map[string]string{
	"a/a.go": `package a; import "example.org/m/b"; func A() { b.B().M() }`,
	"b/b.go": `package b; import "example.org/m/c"; func B() c.T { return c.T{} }`,
	"c/c.go": `package c; type T struct{}; func (T) M() {}`,
}

// A known is a fact of each function that the rule "base" has seen.
type known struct{}

func (*known) AFact() {}

// ways are those in which "base" ends on b.
var ways = map[string]func() (any, error){
	"panic": func() (any, error) {
		panic("boom") // the site of "panic"
	},
	"runtime panic": func() (any, error) {
		var counts map[string]int
		counts["b"]++ //nolint:staticcheck // the site of "runtime panic"
		return 1, nil
	},
	"panic in a deferred function": func() (any, error) {
		defer func() { panic("boom") }() // the site of "panic in a deferred function"
		return 1, nil
	},
	"error":          func() (any, error) { return 1, errors.New("no\nluck") },
	"another result": func() (any, error) { return "1", nil },
	"no result":      func() (any, error) { return nil, nil },
}

// rules returns three rules: "base" reports the packages it sees and whether what they use is
// known, and ends in the given way on b, having found as much there as elsewhere; "needy"
// requires it, "other" does not. None of them knows that it is wrapped.
func rules(end func() (any, error)) []*analysis.Analyzer {
	base := &analysis.Analyzer{
		Name: "base", Doc: "know functions", FactTypes: []analysis.Fact{(*known)(nil)}, ResultType: reflect.TypeFor[int](),
	}
	base.Run = func(pass *analysis.Pass) (any, error) {
		if pass.Analyzer.Name != "base" || reflect.ValueOf(pass.Analyzer.Run).IsNil() {
			return nil, errors.New("does not see itself")
		}
		pass.Reportf(pass.Files[0].Package, "base sees %s", pass.Pkg.Name())
		for id, used := range pass.TypesInfo.Uses {
			if fun, ok := used.(*types.Func); ok && fun.Pkg() != pass.Pkg {
				pass.Reportf(id.Pos(), "%s is known: %t", fun.Name(), pass.ImportObjectFact(fun, new(known)))
			}
		}
		if pass.Pkg.Name() == "b" {
			return end()
		}
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				if fun, ok := decl.(*ast.FuncDecl); ok {
					pass.ExportObjectFact(pass.TypesInfo.Defs[fun.Name], new(known))
				}
			}
		}
		return 7, nil
	}
	needy := &analysis.Analyzer{Name: "needy", Doc: "require base", Requires: []*analysis.Analyzer{base}}
	needy.Run = func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Package, "needy sees %s: %d", pass.Pkg.Name(), pass.ResultOf[base].(int))
		return nil, nil
	}
	other := &analysis.Analyzer{Name: "other", Doc: "require nothing"}
	other.Run = func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Package, "other sees %s", pass.Pkg.Name())
		return nil, nil
	}
	return []*analysis.Analyzer{base, needy, other}
}

// found is what is left when base fails on b: nothing there but what needs nothing of it,
// everything elsewhere. Facts on what c declares get to a, past b.
var found = []string{
	"a/a.go:1:1: base sees a",
	"a/a.go:1:1: needy sees a: 7",
	"a/a.go:1:1: other sees a",
	"a/a.go:1:51: B is known: false",
	"a/a.go:1:55: M is known: true",
	"b/b.go:1:1: other sees b",
	"c/c.go:1:1: base sees c",
	"c/c.go:1:1: needy sees c: 7",
	"c/c.go:1:1: other sees c",
}

// analyze runs rules on the sources, and returns their findings and what was noted.
func analyze(t *testing.T, rules []*analysis.Analyzer) (findings, notes []string) {
	t.Helper()
	var mu sync.Mutex
	wrapped := recovered.Wrap(rules, func(line string) {
		mu.Lock()
		defer mu.Unlock()
		notes = append(notes, line)
	})
	require.NoError(t, analysis.Validate(wrapped))
	pkgs := evidencetest.Load(t, sources, nil)
	graph, err := checker.Analyze(wrapped, []*packages.Package{pkgs["a"], pkgs["b"], pkgs["c"]}, nil)
	require.NoError(t, err)
	for _, action := range graph.Roots {
		assert.NoError(t, action.Err, action)
		for _, d := range action.Diagnostics {
			findings = append(findings, fmt.Sprintf("%s: %s", action.Package.Fset.Position(d.Pos), d.Message))
		}
	}
	slices.Sort(findings)
	return findings, notes
}

func TestWrap(t *testing.T) {
	const line = "resilint: rule base failed on package example.org/m/b: "
	notes := map[string]string{
		"panic":                        "panic: boom at " + site(t, "panic"),
		"runtime panic":                "panic: assignment to entry in nil map at " + site(t, "runtime panic"),
		"panic in a deferred function": "panic: boom at " + site(t, "panic in a deferred function"),
		"error":                        "no luck",
		"another result":               "result is a string, not a int",
		"no result":                    "result is a <nil>, not a int",
	}
	for way, end := range ways {
		t.Run(way, func(t *testing.T) {
			findings, got := analyze(t, rules(end))
			assert.Equal(t, found, findings)
			require.Len(t, got, 1)
			assert.Equal(t, line+notes[way], nameless(got[0]))
		})
	}
}

// TestWrapIsTransparent: rules that do not fail find what they find unwrapped.
func TestWrapIsTransparent(t *testing.T) {
	findings, notes := analyze(t, rules(func() (any, error) { return 7, nil }))
	assert.Empty(t, notes)
	want := append([]string{"b/b.go:1:1: base sees b", "b/b.go:1:1: needy sees b: 7"}, found...)
	slices.Sort(want)
	assert.Equal(t, want, findings)
}

// TestWrapChain: of a chain of rules, only the one that fails is noted.
func TestWrapChain(t *testing.T) {
	all := rules(ways["error"])
	last := &analysis.Analyzer{Name: "last", Doc: "require needy", Requires: all[1:2]}
	last.Run = func(pass *analysis.Pass) (any, error) {
		pass.Reportf(pass.Files[0].Package, "last sees %s", pass.Pkg.Name())
		return nil, nil
	}
	findings, notes := analyze(t, []*analysis.Analyzer{last})
	assert.Equal(t, []string{"a/a.go:1:1: last sees a", "c/c.go:1:1: last sees c"}, findings)
	assert.Len(t, notes, 1)
}

// site returns the place of a way's panic, as the end of a note says it. The function's name is
// the compiler's business.
func site(t *testing.T, way string) string {
	t.Helper()
	source, err := os.ReadFile("recovered_test.go")
	require.NoError(t, err)
	before, _, ok := strings.Cut(string(source), fmt.Sprintf("// the site of %q\n", way))
	require.True(t, ok, way)
	return fmt.Sprintf("(recovered_test.go:%d)", strings.Count(before, "\n")+1)
}

var function = regexp.MustCompile(` at [\w./]+/recovered_test\.[\w.]+ \(`)

// nameless leaves the name of the function that panicked out of a note.
func nameless(note string) string { return function.ReplaceAllString(note, " at (") }

// TestGoVet runs a failing rule where it matters: unwrapped, under the go command of 1.26, a
// panic costs the importing packages, and an error what other rules find in the package.
func TestGoVet(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command to run go vet with: ", err)
	}
	self, err := os.Executable()
	require.NoError(t, err)
	notes := map[string]string{
		"panic": "panic: boom at " + site(t, "panic"),
		"error": "no luck",
	}
	for way, note := range notes {
		t.Run(way, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/m\n\ngo 1.26\n"), 0o666))
			for name, text := range sources {
				path := filepath.Join(dir, filepath.FromSlash(name))
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, []byte(text+"\n"), 0o666))
			}
			cmd := exec.Command(goTool, "vet", "-vettool="+self, "./...")
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", vetTool+"="+way,
				"GORACE=atexit_sleep_ms=0") // a second for each run of the tool
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			var exit *exec.ExitError
			require.ErrorAs(t, cmd.Run(), &exit, "there are findings")
			assert.Equal(t, 1, exit.ExitCode())
			assert.Empty(t, stdout.String())

			var findings, others []string
			for line := range strings.Lines(stderr.String()) {
				line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "vet: "), "./")
				switch {
				case strings.HasPrefix(line, "#"): // the package
				case strings.Contains(line, ".go:1:"):
					findings = append(findings, filepath.ToSlash(line))
				default:
					others = append(others, line)
				}
			}
			slices.Sort(findings)
			assert.Equal(t, found, findings)
			require.Len(t, others, 1)
			assert.Equal(t, "resilint: rule base failed on package example.org/m/b: "+note, nameless(others[0]))
		})
	}
}
