package apply

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/report"
)

// A fakeChecker takes a directory for a package. It finds unused imports by
// name and takes the word "bad" for an error.
type fakeChecker struct{ other string }

func (fakeChecker) ReadFile(name string) ([]byte, error) { return os.ReadFile(name) }

func (c fakeChecker) PackageOf(filename string) string {
	if filepath.Base(filename) == c.other {
		return ""
	}
	return filepath.Dir(filename)
}

func (fakeChecker) Check(pkg string, contents map[string][]byte) (unused []token.Position, err error) {
	fset := token.NewFileSet()
	for name, src := range contents {
		if strings.Contains(string(src), "bad") {
			return nil, errors.New("this is bad")
		}
		f, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			return nil, err
		}
		used := make(map[string]bool)
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				used[sel.X.(*ast.Ident).Name] = true
			}
			return true
		})
		for _, spec := range f.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); !used[path] {
				unused = append(unused, fset.Position(spec.Pos()))
			}
		}
	}
	return unused, nil
}

// edit returns an edit of src that replaces the only occurrence of old. The
// character ^ in old marks an insertion.
func edit(t *testing.T, name, src, old, new string) report.Edit {
	t.Helper()
	text := strings.Replace(old, "^", "", 1)
	require.Equal(t, 1, strings.Count(src, text), "occurrences of %q", text)
	start := strings.Index(src, text)
	if i := strings.Index(old, "^"); i >= 0 {
		return report.Edit{Filename: name, Start: start + i, End: start + i, New: new}
	}
	return report.Edit{Filename: name, Start: start, End: start + len(text), New: new}
}

const source = `package p

import (
	"os"
	"strings"
)

var a = strings.ToUpper("a")
var b = strings.ToUpper("b")
var c = os.Args
`

type edits [][2]string // old, new

var makeTests = []struct {
	name    string
	src     string
	fixes   []edits
	want    []string // old, new, old, new … of the result
	skipped map[int]string
}{
	{
		name:  "one fix",
		fixes: []edits{{{`"a"`, `"x"`}}},
		want:  []string{`"a"`, `"x"`},
	},
	{
		name: "the same import from two fixes is inserted once",
		fixes: []edits{
			{{`^"os"`, "\"io\"\n\t"}, {`strings.ToUpper("a")`, "io.EOF"}},
			{{`^"os"`, "\"io\"\n\t"}, {`ToUpper("b")`, `ToLower("b")`}},
		},
		want: []string{`"os"`, "\"io\"\n\t\"os\"", `strings.ToUpper("a")`, "io.EOF", `ToUpper("b")`, `ToLower("b")`},
	},
	{
		name: "different insertions at one place are both made, and imports sorted",
		fixes: []edits{
			{{`^"os"`, "\"path\"\n\t"}, {`strings.ToUpper("a")`, "path.Base"}},
			{{`^"os"`, "\"io\"\n\t"}, {`ToUpper("b")`, `ToUpper(io.X)`}},
		},
		want: []string{`"os"`, "\"io\"\n\t\"os\"\n\t\"path\"", `strings.ToUpper("a")`, "path.Base", `ToUpper("b")`, `ToUpper(io.X)`},
	},
	{
		name:  "an import that becomes unused is removed",
		fixes: []edits{{{"os.Args", "1"}}},
		want:  []string{"\t\"os\"\n", "", "os.Args", "1"},
	},
	{
		name: "an import that becomes unused by two fixes is removed",
		fixes: []edits{
			{{`strings.ToUpper("a")`, "1"}},
			{{`strings.ToUpper("b")`, "2"}},
		},
		want: []string{"\t\"strings\"\n", "", `strings.ToUpper("a")`, "1", `strings.ToUpper("b")`, "2"},
	},
	{
		name: "of overlapping fixes the first wins, and the other one is dropped as a whole",
		fixes: []edits{
			{{`strings.ToUpper("a")`, "1"}},
			{{`ToUpper("a")`, "X"}, {`"b"`, `"dropped"`}},
			{{`"b"`, `"kept"`}},
		},
		want:    []string{`strings.ToUpper("a")`, "1", `"b"`, `"kept"`},
		skipped: map[int]string{1: "it overlaps another fix; run again to apply it"},
	},
	{
		name: "insertions at the ends of a replacement do not overlap it",
		fixes: []edits{
			{{`strings.ToUpper("a")`, "os.X"}},
			{{`^strings.ToUpper("a")`, "-"}},
			{{`strings.ToUpper("a")^`, " + 1"}},
		},
		want: []string{`strings.ToUpper("a")`, "-os.X + 1"},
	},
	{
		name: "the same edit in two fixes is made once",
		fixes: []edits{
			{{`"a"`, `"x"`}},
			{{`"a"`, `"x"`}, {`"b"`, `"y"`}},
		},
		want: []string{`"a"`, `"x"`, `"b"`, `"y"`},
	},
	{
		name:  "the result is formatted",
		fixes: []edits{{{`strings.ToUpper("a")`, `strings.Repeat( "a",3 )`}}},
		want:  []string{`strings.ToUpper("a")`, `strings.Repeat("a", 3)`},
	},
	{
		name:    "a fix that does not compile is dropped, and the others are made",
		fixes:   []edits{{{`"a"`, `"bad"`}}, {{`"b"`, `"good"`}}, {{"os.Args", "1"}}},
		want:    []string{`"b"`, `"good"`, "\t\"os\"\n", "", "os.Args", "1"},
		skipped: map[int]string{0: "the package would not compile: this is bad"},
	},
	{
		name:    "fixes that do not parse are dropped",
		fixes:   []edits{{{`"a"`, `(`}}},
		skipped: map[int]string{0: "the package would not compile: "},
	},
	{
		name:    "generated files are not changed",
		src:     "// Code generated by hand. DO NOT EDIT.\n\n" + source,
		fixes:   []edits{{{`"a"`, `"x"`}}},
		skipped: map[int]string{0: "generated files are not changed"},
	},
	{
		name: "nothing to do",
	},
}

func TestMake(t *testing.T) {
	for _, test := range makeTests {
		t.Run(test.name, func(t *testing.T) {
			src := test.src
			if src == "" {
				src = source
			}
			name := filepath.Join(t.TempDir(), "p.go")
			require.NoError(t, os.WriteFile(name, []byte(src), 0o644))
			var fixes []report.Fix
			for _, list := range test.fixes {
				var fix report.Fix
				for _, e := range list {
					fix.Edits = append(fix.Edits, edit(t, name, src, e[0], e[1]))
				}
				fixes = append(fixes, fix)
			}

			plan, err := Make(fixes, fakeChecker{})
			require.NoError(t, err)
			assert.Len(t, plan.Skipped, len(test.skipped))
			for i, reason := range test.skipped {
				assert.Contains(t, plan.Skipped[i], reason)
			}
			if test.want == nil {
				assert.Empty(t, plan.Changes)
				return
			}
			require.Len(t, plan.Changes, 1)
			assert.Equal(t, strings.NewReplacer(test.want...).Replace(src), string(plan.Changes[0].New))
		})
	}
}

func TestMakeSeveralFiles(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, name := range []string{"p/a.go", "q/b.go", "r/c.go", "p/a_test.go", "p/cgo.go"} {
		require.NoError(t, os.MkdirAll(filepath.Dir(file(name)), 0o777))
		require.NoError(t, os.WriteFile(file(name), []byte(source), 0o644))
	}
	replace := func(name, old, new string) report.Edit { return edit(t, file(name), source, old, new) }
	plan, err := Make([]report.Fix{
		{Edits: []report.Edit{replace("p/a.go", `"a"`, `"x"`), replace("q/b.go", `"a"`, `"x"`)}},
		{Edits: []report.Edit{replace("q/b.go", `"b"`, `"bad"`)}},
		{Edits: []report.Edit{replace("r/c.go", `"b"`, `"y"`)}},
		{Edits: []report.Edit{replace("r/c.go", `"a"`, `"x"`), replace("p/a_test.go", `"b"`, `"y"`)}},
		{Edits: []report.Edit{replace("p/cgo.go", `"b"`, `"y"`)}},
	}, fakeChecker{other: "cgo.go"})
	require.NoError(t, err)
	require.Len(t, plan.Changes, 3, "a fix is applied in all its files or in none")
	assert.Equal(t, file("r/c.go"), plan.Changes[2].Filename)
	assert.Equal(t, strings.ReplaceAll(source, `"b"`, `"y"`), string(plan.Changes[2].New))
	assert.Equal(t, map[int]string{
		1: "the package would not compile: this is bad",
		3: "test files are not changed",
		4: "its file is not a source file of an analyzed package",
	}, plan.Skipped)
}
