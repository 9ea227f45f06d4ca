package plan

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/evidencetest"
)

// A change is an edit of p.go: the only occurrence of old is replaced. The character ^ in old marks a
// place to insert at.
type change struct{ old, new string }

// A toy is the fixes of a rule, in the order in which it reports them.
type toy []fixture

type fixture []change

// newPass returns a pass on a package with these files.
func newPass(t testing.TB, files map[string]string) *analysis.Pass {
	t.Helper()
	dir := t.TempDir()
	pass := &analysis.Pass{
		Fset: token.NewFileSet(), ReadFile: os.ReadFile, TypesSizes: types.SizesFor("gc", "amd64"),
		TypesInfo: &types.Info{
			Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
			Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		},
	}
	for _, base := range slices.Sorted(maps.Keys(files)) {
		name := filepath.Join(dir, base)
		require.NoError(t, os.WriteFile(name, []byte(files[base]), 0o666))
		file, err := parser.ParseFile(pass.Fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		require.NoError(t, err)
		pass.Files = append(pass.Files, file)
	}
	conf := types.Config{Importer: stdlib(t)}
	var err error
	pass.Pkg, err = conf.Check("example.org/m/p", pass.Fset, pass.Files, pass.TypesInfo)
	require.NoError(t, err)
	return pass
}

// stdlib returns the packages of the standard library that the sources may import.
func stdlib(t testing.TB) types.Importer {
	pkgs := evidencetest.Load(t, map[string]string{"all/all.go": `package all
import (
	_ "context"
	_ "fmt"
	_ "io"
	_ "os"
	_ "strings"
	_ "time"
)`}, nil)
	known := map[string]*types.Package{}
	for _, imp := range pkgs["all"].Types.Imports() {
		known[imp.Path()] = imp
	}
	return importerOf(known)
}

type importerOf map[string]*types.Package

func (i importerOf) Import(path string) (*types.Package, error) {
	if pkg := i[path]; pkg != nil {
		return pkg, nil
	}
	return nil, errors.New("not in the list of stdlib")
}

// rules makes rules of toys. The file p.go is what they edit.
func rules(toys []toy) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	for i, toy := range toys {
		all = append(all, &analysis.Analyzer{
			Name: fmt.Sprintf("toy%d", i),
			Doc:  "a toy",
			Run: func(pass *analysis.Pass) (any, error) {
				for j, f := range toy {
					d := analysis.Diagnostic{Pos: pass.Files[0].Package, Message: fmt.Sprintf("toy%d.%d", i, j)}
					if f != nil {
						d.SuggestedFixes = []analysis.SuggestedFix{{Message: "fix", TextEdits: edits(pass, f)}}
					}
					pass.Report(d)
				}
				return nil, nil
			},
		})
	}
	return all
}

// edits finds the places of changes.
func edits(pass *analysis.Pass, f fixture) (edits []analysis.TextEdit) {
	for _, c := range f {
		for _, file := range pass.Files {
			tok := pass.Fset.File(file.FileStart)
			if filepath.Base(tok.Name()) != "p.go" {
				continue
			}
			src, err := os.ReadFile(tok.Name())
			if err != nil {
				panic(err)
			}
			before, after, insert := strings.Cut(c.old, "^")
			at := strings.Index(string(src), before+after)
			if at < 0 {
				panic("no " + c.old)
			}
			e := analysis.TextEdit{Pos: tok.Pos(at), End: tok.Pos(at + len(c.old)), NewText: []byte(c.new)}
			if insert {
				e.Pos = tok.Pos(at + len(before))
				e.End = token.NoPos
			}
			edits = append(edits, e)
		}
	}
	return edits
}

// findings runs rules as a driver does and returns what they report.
func findings(t testing.TB, pass *analysis.Pass, rules []*analysis.Analyzer) []analysis.Diagnostic {
	t.Helper()
	require.NoError(t, analysis.Validate(rules))
	results := map[*analysis.Analyzer]any{}
	var found []analysis.Diagnostic
	var run func(a *analysis.Analyzer, root bool)
	run = func(a *analysis.Analyzer, root bool) {
		if _, ok := results[a]; ok {
			return
		}
		own := *pass
		own.Analyzer = a
		own.ResultOf = map[*analysis.Analyzer]any{}
		for _, req := range a.Requires {
			run(req, false)
			own.ResultOf[req] = results[req]
		}
		own.Report = func(d analysis.Diagnostic) {
			if root {
				found = append(found, d)
			}
		}
		result, err := a.Run(&own)
		require.NoError(t, err)
		results[a] = result
	}
	for _, a := range rules {
		run(a, true)
	}
	return found
}

const source = `package p

import (
	"fmt"
	"os"
)

var a, b = os.Args, os.Args

func f() {
	fmt.Println(a)
	fmt.Println(b)
}
`

func TestWrap(t *testing.T) {
	addTime := change{"^\t\"fmt\"\n", "\t\"errors\"\n"}
	tests := []struct {
		name string
		toys []toy
		opts Options
		want []string // messages of the findings with a fix, of all findings
		text string   // what a driver that takes the edits as they are makes of p.go, if not ""
	}{
		{"fixes of two rules overlap", []toy{{{{"fmt.Println(a)", "print(1)"}}}, {{{"Println(a)", "Print(a)"}}, {{"fmt.Println(b)", "print(2)"}}}},
			Options{}, []string{"toy0.0", "toy1.1"}, ""},
		{"one does not compile", []toy{{{{"Println(a)", "NoSuch(a)"}}}, {{{"Println(b)", "Print(b)"}}}},
			Options{}, []string{"toy1.0"}, ""},
		{"two do not compile together", []toy{{{{"func f()", "var x = 1\n\nfunc f()"}}}, {{{"package p\n^", "\nvar x = 2\n"}}}},
			Options{}, []string{"toy0.0"}, ""},
		{"code at one place", []toy{{{{"^fmt.Println(a)", "_ = 1; "}}}, {{{"^fmt.Println(a)", "_ = 2; "}}}},
			Options{}, []string{"toy0.0"}, ""},
		{"lines at one place", []toy{{{{"^fmt.Println(a)", "_ = 1\n\t"}}}, {{{"^fmt.Println(a)", "_ = 2\n\t"}}}},
			Options{}, []string{"toy0.0", "toy1.0"}, ""},
		{"an import that both add", []toy{{{addTime, {"fmt.Println(a)", "fmt.Println(errors.New(\"\"))"}}}, {{addTime, {"fmt.Println(b)", "fmt.Println(errors.New(\"\"))"}}}},
			Options{}, []string{"toy0.0", "toy1.0"}, ""},
		{"an import of which nothing is known", []toy{{{{"^\t\"fmt\"\n", "\t\"math/rand/v2\"\n"}, {"fmt.Println(a)", "fmt.Println(rand.Int())"}}}},
			Options{}, []string{"toy0.0"}, ""},
		{"an import that becomes superfluous is left to the driver", []toy{{{{"os.Args,", "1,"}}, {{"os.Args\n", "2\n"}}}},
			Options{}, []string{"toy0.0", "toy0.1"}, strings.Replace(source, "os.Args, os.Args", "1, 2", 1)},
		{"or is not", []toy{{{{"os.Args,", "1,"}}}, {{{"os.Args\n", "2\n"}}}},
			Options{Unimport: true}, []string{"toy0.0", "toy1.0"}, strings.Replace(strings.Replace(source, "os.Args, os.Args", "1, 2", 1), "\t\"os\"\n", "", 1)},
		{"one that a fix removes itself", []toy{{{{"os.Args, os.Args", "1, 2"}, {"\t\"os\"\n", ""}}}, {{{"Println(a)", "Print(a)"}}}},
			Options{Unimport: true}, []string{"toy0.0", "toy1.0"}, strings.NewReplacer("os.Args, os.Args", "1, 2", "\t\"os\"\n", "", "Println(a)", "Print(a)").Replace(source)},
		{"no fix", []toy{{nil}, {nil}}, Options{}, nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pass := newPass(t, map[string]string{"p.go": source})
			found := findings(t, pass, Wrap(rules(test.toys), test.opts))
			assert.Len(t, found, len(findings(t, pass, rules(test.toys))), "each finding is reported, with a fix or without")
			var fixed []string
			for _, d := range found {
				if len(d.SuggestedFixes) > 0 {
					fixed = append(fixed, d.Message)
				}
			}
			assert.Equal(t, test.want, fixed)
			if test.text != "" {
				assert.Equal(t, test.text, golangci(source, pass, found))
			}
		})
	}
}

// TestFiles: what no driver is to change has no fix.
func TestFiles(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"generated": {"p.go": "// Code generated by hand. DO NOT EDIT.\n\n" + source},
		"a link":    nil,
	} {
		t.Run(name, func(t *testing.T) {
			pass := newPass(t, map[string]string{"p.go": source})
			if files != nil {
				pass = newPass(t, files)
			} else {
				file := pass.Fset.File(pass.Files[0].FileStart).Name()
				elsewhere := filepath.Join(t.TempDir(), "p.go")
				require.NoError(t, os.Rename(file, elsewhere))
				require.NoError(t, os.Symlink(elsewhere, file))
			}
			found := findings(t, pass, Wrap(rules([]toy{{{{"Println(a)", "Print(a)"}}}}), Options{}))
			require.Len(t, found, 1)
			assert.Empty(t, found[0].SuggestedFixes)
		})
	}
}

// TestNolint: a finding that the driver drops has no fix that others would have to go together with.
func TestNolint(t *testing.T) {
	src := strings.Replace(source, "package p\n", "package p //nolint:resilint\n", 1)
	for _, nolint := range []bool{false, true} {
		pass := newPass(t, map[string]string{"p.go": src}) // toys report at the package clause
		found := findings(t, pass, Wrap(rules([]toy{{{{"Println(a)", "Print(a)"}}}}), Options{Nolint: nolint}))
		require.Len(t, found, 1)
		assert.Equal(t, nolint, len(found[0].SuggestedFixes) == 0)
	}
}

// TestPanic: a plan that fails costs the fixes, and no finding.
func TestPanic(t *testing.T) {
	pass := newPass(t, map[string]string{"p.go": source})
	all := rules([]toy{{{{"Println(a)", "Print(a)"}}}, {nil}})
	pass.ReadFile = func(string) ([]byte, error) { panic("no") }
	found := findings(t, pass, Wrap(all, Options{}))
	require.Len(t, found, 2)
	assert.Empty(t, found[0].SuggestedFixes)
}

// TestRequired: rules that require each other run as they are.
func TestRequired(t *testing.T) {
	all := rules([]toy{{{{"Println(a)", "Print(a)"}}}, {nil}, {nil}})
	all[1].Requires = all[:1]
	wrapped := Wrap(all, Options{})
	assert.Same(t, all[0], wrapped[0])
	assert.Same(t, all[1], wrapped[1])
	assert.NotSame(t, all[2], wrapped[2])
	assert.Len(t, findings(t, newPass(t, map[string]string{"p.go": source}), wrapped), 3)
}

// TestOrder: however fixes name the imports that they share, and whatever else they insert at one place,
// a driver that merges them inserts each text once.
func TestOrder(t *testing.T) {
	texts := []string{"a\n", "b\n", "c\n", "d\n", "e\n"}
	random := rand.New(rand.NewPCG(1, 2))
	wrong := 0
	for range 500 {
		var fixes, asBuilt []*suggestion
		for range 1 + random.IntN(5) {
			s, plain := &suggestion{fix: &analysis.SuggestedFix{}}, &suggestion{fix: &analysis.SuggestedFix{}}
			for _, i := range random.Perm(len(texts))[:1+random.IntN(len(texts))] {
				e := analysis.TextEdit{Pos: token.Pos(10 + 10*(i%2)), End: token.Pos(10 + 10*(i%2)), NewText: []byte(texts[i])}
				s.fix.TextEdits = append(s.fix.TextEdits, e)
				plain.fix.TextEdits = append(plain.fix.TextEdits, e)
			}
			fixes, asBuilt = append(fixes, s), append(asBuilt, plain)
		}
		order(fixes)
		merged := mergeAll(fixes)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(merged))), len(merged), "inserted twice: %q", merged)
		for _, s := range asBuilt {
			slices.SortStableFunc(s.fix.TextEdits, func(x, y analysis.TextEdit) int { return int(x.Pos - y.Pos) })
		}
		if plain := mergeAll(asBuilt); len(plain) > len(merged) {
			wrong++
		}
	}
	assert.NotZero(t, wrong, "without order, none is inserted twice either: the test shows nothing")
}

// mergeAll merges insertions as the go command does: of two lists, the first of each is compared. If they
// are equal they are one, or else that of the fixes before goes first where neither stands before the other.
func mergeAll(fixes []*suggestion) (texts []string) {
	var merged []analysis.TextEdit
	equal := func(x, y analysis.TextEdit) bool { return x.Pos == y.Pos && string(x.NewText) == string(y.NewText) }
	for _, s := range fixes {
		x, y := merged, s.fix.TextEdits
		merged = nil
		for len(x) > 0 && len(y) > 0 {
			switch {
			case equal(x[0], y[0]):
				merged, x, y = append(merged, x[0]), x[1:], y[1:]
			case x[0].End <= y[0].Pos:
				merged, x = append(merged, x[0]), x[1:]
			default:
				merged, y = append(merged, y[0]), y[1:]
			}
		}
		merged = append(append(merged, x...), y...)
	}
	for _, e := range merged {
		texts = append(texts, string(e.NewText))
	}
	return texts
}

// golangci applies the fixes of p.go as golangci-lint does: all edits, sorted, equal ones once, and
// nothing if two overlap.
func golangci(src string, pass *analysis.Pass, found []analysis.Diagnostic) string {
	var all []analysis.TextEdit
	for _, d := range found {
		for _, fix := range d.SuggestedFixes {
			all = append(all, fix.TextEdits...)
		}
	}
	slices.SortStableFunc(all, func(x, y analysis.TextEdit) int {
		if x.Pos != y.Pos {
			return int(x.Pos - y.Pos)
		}
		return int(x.End - y.End)
	})
	tok := pass.Fset.File(pass.Files[0].FileStart)
	var text strings.Builder
	at := 0
	for i, e := range all {
		if i > 0 && e.Pos == all[i-1].Pos && e.End == all[i-1].End && string(e.NewText) == string(all[i-1].NewText) {
			continue
		}
		if tok.Offset(e.Pos) < at {
			return src
		}
		text.WriteString(src[at:tok.Offset(e.Pos)])
		text.Write(e.NewText)
		at = tok.Offset(e.End)
	}
	return text.String() + src[at:]
}
