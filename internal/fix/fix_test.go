package fix_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

func TestImport(t *testing.T) {
	tests := []struct {
		name        string
		text, other string
		want        string // the name
		after       string // the imports afterwards
	}{
		{name: "there", text: "package p\n\nimport \"time\"\n", want: "time", after: "import \"time\""},
		{name: "there under a name", text: "package p\n\nimport tm \"time\"\n", want: "tm", after: "import tm \"time\""},
		{name: "there twice", text: "package p\n\nimport (\n\ttm \"time\"\n\t\"time\"\n)\n", want: "tm", after: "import (\n\t\"time\"\n\ttm \"time\"\n)"},
		{name: "blank", text: "package p\n\nimport _ \"time\"\n", want: "time", after: "import _ \"time\"\nimport \"time\""},
		{name: "dot", text: "package p\n\nimport . \"time\"\n\nvar _ Time\n", want: "time", after: "import . \"time\"\nimport \"time\"\n\nvar _ Time"},
		{name: "no imports", text: "package p\n", want: "time", after: "import \"time\""},
		{name: "no imports, comment on the line", text: "package p // import \"example.org/p\"\n", want: "time", after: "// import \"example.org/p\"\n\nimport \"time\""},
		{name: "one", text: "package p\n\nimport \"os\"\n", want: "time", after: "import \"os\"\nimport \"time\""},
		{name: "one with a comment", text: "package p\n\nimport \"os\" // for Args\n", want: "time", after: "import \"os\" // for Args\nimport \"time\""},
		{name: "several ungrouped", text: "package p\n\nimport \"fmt\"\nimport \"os\"\n", want: "time", after: "import \"fmt\"\nimport \"os\"\nimport \"time\""},
		{name: "on the line of a declaration", text: "package p; import \"os\"; var x int\n", want: "time", after: "import \"time\"\nimport \"os\"\n\nvar x int"},
		{name: "group, last", text: "package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n", want: "time", after: "import (\n\t\"fmt\"\n\t\"os\"\n\t\"time\"\n)"},
		{name: "group, first", text: "package p\n\nimport (\n\tzz \"unsafe\"\n)\n", want: "time", after: "import (\n\t\"time\"\n\tzz \"unsafe\"\n)"},
		{name: "group, between", text: "package p\n\nimport (\n\t\"os\"\n\t\"unsafe\"\n)\n", want: "time", after: "import (\n\t\"os\"\n\t\"time\"\n\t\"unsafe\"\n)"},
		{name: "group, first with a comment", text: "package p\n\nimport (\n\t// for Sizeof\n\t\"unsafe\"\n)\n", want: "time", after: "import (\n\t\"time\"\n\t// for Sizeof\n\t\"unsafe\"\n)"},
		{name: "group, comments", text: "package p\n\nimport (\n\t// the output\n\t\"fmt\" // all of it\n\t// the rest\n\t\"os\"\n)\n", want: "time",
			after: "import (\n\t// the output\n\t\"fmt\" // all of it\n\t// the rest\n\t\"os\"\n\t\"time\"\n)"},
		{name: "groups", text: "package p\n\nimport (\n\t\"fmt\"\n\n\t\"os\"\n)\n", want: "time", after: "import (\n\t\"fmt\"\n\t\"time\"\n\n\t\"os\"\n)"},
		{name: "empty group", text: "package p\n\nimport ()\n", want: "time", after: "import ()\nimport \"time\""},
		{name: "group after others", text: "package p\n\nimport \"fmt\"\n\nimport (\n\t\"os\"\n)\n", want: "time", after: "import \"fmt\"\n\nimport (\n\t\"os\"\n\t\"time\"\n)"},
		{name: "C", text: "package p\n\n// #include <stdlib.h>\nimport \"C\"\n", want: "time", after: "import \"time\"\n\n// #include <stdlib.h>\nimport \"C\""},
		{name: "C and another", text: "package p\n\n// #include <stdlib.h>\nimport \"C\"\nimport \"os\"\n", want: "time", after: "// #include <stdlib.h>\nimport \"C\"\nimport \"os\"\nimport \"time\""},
		{name: "C and a group", text: "package p\n\n// #include <stdlib.h>\nimport \"C\"\n\nimport (\n\t\"os\"\n)\n", want: "time",
			after: "// #include <stdlib.h>\nimport \"C\"\n\nimport (\n\t\"os\"\n\t\"time\"\n)"},
		{name: "carriage returns", text: "package p\r\n\r\nimport (\r\n\t\"os\"\r\n)\r\n", want: "time", after: "import (\n\t\"os\"\n\t\"time\"\n)"},
		{name: "group on one line", text: "package p\n\nimport (\"os\")\n", want: "time", after: "import (\n\t\"os\"\n\t\"time\"\n)"},

		{name: "shadowed", text: "package p\n\nfunc f() {\n\ttime := 1\n\t_ = time\n\t/*here*/\n}\n", want: "stdtime", after: "import stdtime \"time\""},
		{name: "shadowed and there", text: "package p\n\nimport \"time\"\n\nfunc f(time time.Time) {\n\t/*here*/\n}\n", want: "stdtime", after: "import \"time\"\nimport stdtime \"time\""},
		{name: "shadowed later", text: "package p\n\nimport \"time\"\n\nfunc f() {\n\t/*here*/\n\ttime := 1\n\t_ = time\n}\n", want: "time", after: "import \"time\""},
		{name: "shadowed elsewhere", text: "package p\n\nimport \"time\"\n\nfunc f() {\n\t/*here*/\n}\n\nfunc g(time int) {}\n", want: "time", after: "import \"time\""},
		{name: "both names taken", text: "package p\n\nfunc f(time, stdtime int) {\n\t/*here*/\n}\n", want: "stdtime1", after: "import stdtime1 \"time\""},
		{name: "taken by the package", text: "package p\n\nvar time int\n", want: "stdtime", after: "import stdtime \"time\"\n\nvar time int"},
		{name: "taken in another file", text: "package p\n", other: "package p\n\nfunc time() {}\n", want: "stdtime", after: "import stdtime \"time\""},
		{name: "taken by another import", text: "package p\n\nimport time \"os\"\n\nvar _ = time.Args\n", want: "stdtime", after: "import time \"os\"\nimport stdtime \"time\"\n\nvar _ = time.Args"},
		{name: "imported by another file", text: "package p\n", other: "package p\n\nimport \"time\"\n\nvar _ time.Time\n", want: "time", after: "import \"time\""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			// The import must be found in use: a function at the end, or where the text says.
			use := func(text, name string) string {
				if strings.Contains(text, "/*here*/") {
					return strings.Replace(text, "/*here*/", "/*here*/ _ = "+name+".Second", 1)
				}
				return text + "\nvar _ = " + name + ".Second\n"
			}
			s := mustCheck(t, test.text+"\nfunc last() {}\n", test.other)
			name, edits := s.Import("time", s.mark)
			edited, err := s.apply(edits)
			if err == nil {
				_, err = check(use(edited, name), test.other)
			}
			after, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(edited, "package p")), "\n\nfunc")
			require.NoError(t, err)
			assert.Equal(t, test.want, name)
			assert.Equal(t, test.after, after)
		})
	}
	t.Run("path of several elements", func(t *testing.T) {
		s := mustCheck(t, "package p\n\nfunc f(http int) {\n\t/*here*/\n}\n", "")
		name, edits := s.Import("net/http", s.mark)
		assert.Equal(t, "stdhttp", name)
		edited, err := s.apply(edits)
		require.NoError(t, err)
		assert.Contains(t, edited, "import stdhttp \"net/http\"\n")
	})
}

func TestImportOfOthers(t *testing.T) {
	tests := []struct{ name, text, path, want, after string }{
		{name: "alone", text: "", path: "example.org/a/retry", want: "retry", after: "import \"example.org/a/retry\""},
		{name: "after a group", text: "import (\n\t\"os\"\n\t\"time\"\n)\n", path: "example.org/a/retry", want: "retry",
			after: "import (\n\t\"os\"\n\t\"time\"\n\n\t\"example.org/a/retry\"\n)"},
		{name: "in their group", text: "import (\n\t\"os\"\n\n\t// a comment\n\t\"example.org/a/go\"\n\t\"example.org/b\"\n)\n", path: "example.org/a/retry", want: "retry",
			after: "import (\n\t\"os\"\n\n\t// a comment\n\t\"example.org/a/go\"\n\t\"example.org/a/retry\"\n\t\"example.org/b\"\n)"},
		{name: "taken", text: "var retry int\n", path: "example.org/a/retry", want: "aretry", after: "import aretry \"example.org/a/retry\"\n\nvar retry int"},
		{name: "version", text: "import (\n\t\"os\"\n)\n", path: "math/rand/v2", want: "rand", after: "import (\n\t\"math/rand/v2\"\n\t\"os\"\n)"},
		{name: "version, taken", text: "var rand int\n", path: "math/rand/v2", want: "mathrand", after: "import mathrand \"math/rand/v2\"\n\nvar rand int"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, _ := check("package p\n\n"+test.text, "") // the other packages are not there
			name, edits := s.Import(test.path, s.mark)
			edited, err := s.apply(edits)
			require.NoError(t, err)
			assert.Equal(t, test.want, name)
			assert.Equal(t, test.after, strings.TrimSpace(strings.TrimPrefix(edited, "package p")))
		})
	}
}

func TestAddField(t *testing.T) {
	tests := []struct {
		name, literal string
		want          string // "*" if only the field matters
	}{
		{name: "empty", literal: "http.Client{}", want: "http.Client{Timeout: 5}"},
		{name: "empty on two lines", literal: "http.Client{\n}", want: "http.Client{Timeout: 5}"},
		{name: "space", literal: "http.Client{ }", want: "http.Client{Timeout: 5}"},
		{name: "one line", literal: "http.Client{Jar: nil}", want: "http.Client{Jar: nil, Timeout: 5}"},
		{name: "one line, comma", literal: "http.Client{Jar: nil,}", want: "http.Client{Jar: nil, Timeout: 5}"},
		{name: "lines", literal: "http.Client{\n\tJar: nil,\n}", want: "http.Client{\n\tJar:     nil,\n\tTimeout: 5,\n}"},
		{name: "lines and comment", literal: "http.Client{\n\tJar: nil, // none\n\t// more\n}", want: "http.Client{\n\tJar: nil, // none\n\t// more\n\tTimeout: 5,\n}"},
		{name: "first on the line", literal: "http.Client{Jar: nil,\n\tTransport: nil,\n}", want: "http.Client{Jar: nil,\n\tTransport: nil,\n\tTimeout:   5,\n}"},
		{name: "last on the line", literal: "http.Client{\n\tJar:       nil,\n\tTransport: nil}", want: "http.Client{\n\tJar:       nil,\n\tTransport: nil, Timeout: 5}"},
		{name: "nested", literal: "http.Client{\n\tTransport: &http.Transport{\n\t\tMaxIdleConns: 1,\n\t},\n}", want: "http.Client{\n\tTransport: &http.Transport{\n\t\tMaxIdleConns: 1,\n\t},\n\tTimeout: 5,\n}"},
		{name: "nested, closed together", literal: "http.Client{Transport: &http.Transport{\n\tMaxIdleConns: 1,\n}}", want: "http.Client{Transport: &http.Transport{\n\tMaxIdleConns: 1,\n}, Timeout: 5}"},
		{name: "function", literal: "http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {\n\treturn nil\n}}",
			want: "http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {\n\treturn nil\n}, Timeout: 5}"},
		{name: "comment for a body", literal: "http.Client{\n\t// nothing yet\n}", want: "http.Client{\n\t// nothing yet\n\tTimeout: 5,\n}"},
		{name: "comment on the line", literal: "http.Client{ /* nothing */ }", want: "http.Client{ /* nothing */ Timeout: 5}"},
		{name: "comment before the brace", literal: "http.Client{\n\tJar: nil,\n\t/* end */}", want: "http.Client{\n\tJar:     nil,\n\tTimeout: 5,\n\t/* end */}"},
		{name: "comment after the last", literal: "http.Client{Jar: nil /* none */}", want: "http.Client{Jar: nil, Timeout: 5 /* none */}"},
		{name: "comment over two lines", literal: "http.Client{Jar: nil, /* none\nat all */}", want: "*"},
		{name: "comment over two lines, empty", literal: "http.Client{ /* none\nat all */ }", want: "*"},
		{name: "there already", literal: "http.Client{Timeout: 0}", want: "http.Client{Timeout: 5}"},
		{name: "there already, among others", literal: "http.Client{\n\tTimeout: 0, // none\n\tJar:     nil,\n}", want: "http.Client{\n\tTimeout: 5, // none\n\tJar:     nil,\n}"},
		{name: "there already in a nested literal", literal: "http.Client{Transport: &http.Transport{TLSHandshakeTimeout: 0}}", want: "http.Client{Transport: &http.Transport{TLSHandshakeTimeout: 0}, Timeout: 5}"},
		{name: "without keys", literal: "http.Client{nil, nil, nil, 0}", want: ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := mustCheck(t, "package p\n\nimport \"net/http\"\n\nvar c = "+test.literal+"\n", "")
			edits := s.AddField(s.literal(), "Timeout", "5")
			if test.want == "" {
				assert.Empty(t, edits)
				return
			}
			edited, err := s.apply(edits)
			if err == nil {
				err = hasField(edited)
			}
			_, got, _ := strings.Cut(strings.TrimSpace(edited), "var c = ")
			require.NoError(t, err)
			if test.want != "*" {
				assert.Equal(t, test.want, got)
			}
		})
	}
	// Line directives change what lines are called, not where they are.
	for _, line := range []int{1, 2, 6, 5000} {
		t.Run(fmt.Sprintf("line directive %d", line), func(t *testing.T) {
			s := mustCheck(t, fmt.Sprintf("package p\n\nimport \"net/http\"\n\n//line a.y:%d\nvar c = http.Client{\n\tJar: nil,\n}\n", line), "")
			edited, err := func() (edited string, err error) {
				defer func() {
					if v := recover(); v != nil {
						err = fmt.Errorf("panic: %v", v)
					}
				}()
				return s.apply(s.AddField(s.literal(), "Timeout", "5"))
			}()
			want := "var c = http.Client{\n\tJar:     nil,\n\tTimeout: 5,\n}\n"
			require.NoError(t, err)
			assert.True(t, strings.HasSuffix(edited, want), edited)
		})
	}
}

// hasField reports what is wrong with an edited file in which the first literal should set
// Timeout to 5.
func hasField(edited string) error {
	s, err := check(edited, "")
	if err != nil {
		return err
	}
	n := 0
	for _, elt := range s.literal().Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Timeout" {
			if value, ok := kv.Value.(*ast.BasicLit); ok && value.Value == "5" {
				n++
			}
		}
	}
	if n != 1 {
		return fmt.Errorf("%d fields in:\n%s", n, edited)
	}
	return nil
}

func TestDuration(t *testing.T) {
	tests := []struct {
		d    time.Duration
		want string
	}{
		{time.Nanosecond, "1 * time.Nanosecond"},
		{1500 * time.Nanosecond, "1500 * time.Nanosecond"},
		{time.Microsecond, "1000 * time.Nanosecond"},
		{time.Millisecond, "time.Millisecond"},
		{500 * time.Millisecond, "500 * time.Millisecond"},
		{time.Second, "time.Second"},
		{1500 * time.Millisecond, "1500 * time.Millisecond"},
		{2 * time.Second, "2 * time.Second"},
		{30 * time.Second, "30 * time.Second"},
		{time.Minute, "time.Minute"},
		{90 * time.Second, "90 * time.Second"},
		{2 * time.Minute, "2 * time.Minute"},
		{time.Hour, "time.Hour"},
		{90 * time.Minute, "90 * time.Minute"},
		{24 * time.Hour, "24 * time.Hour"},
		{time.Hour + time.Second, "3601 * time.Second"},
		{0, "0 * time.Hour"}, // nobody asks for it
	}
	s := mustCheck(t, "package p\n\nimport \"time\"\n", "")
	for _, test := range tests {
		t.Run(test.d.String(), func(t *testing.T) {
			got, edits := s.Duration(test.d, s.mark)
			assert.Equal(t, test.want, got)
			assert.Empty(t, edits)
			d := mustCheck(t, "package p\n\nimport \"time\"\n\nconst d = "+got+"\n", "").Pass.Pkg.Scope().Lookup("d").(*types.Const)
			assert.Equal(t, fmt.Sprint(int64(test.d)), d.Val().String(), "the expression means the duration")
		})
	}
	t.Run("imports time", func(t *testing.T) {
		s := mustCheck(t, "package p\n\nfunc f(time int) {\n\t/*here*/\n}\n", "")
		got, edits := s.Duration(time.Minute, s.mark)
		assert.Equal(t, "stdtime.Minute", got)
		edited, err := s.apply(edits)
		require.NoError(t, err)
		assert.Contains(t, edited, "import stdtime \"time\"")
	})
}

func TestFirstDecl(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"function", "package p\n\nfunc f() {}\n", "package p\n\nNEW\n\nfunc f() {}\n"},
		{"comment", "package p\n\n// f is one.\nfunc f() {}\n", "package p\n\nNEW\n\n// f is one.\nfunc f() {}\n"},
		{"directives", "package p\n\n// f is one.\n//\n//go:noinline\nfunc f() {}\n", "package p\n\nNEW\n\n// f is one.\n//\n//go:noinline\nfunc f() {}\n"},
		{"export", "package p\n\nimport \"C\"\n\n//export f\nfunc f() {}\n", "package p\n\nimport \"C\"\n\nNEW\n\n//export f\nfunc f() {}\n"},
		{"embed", "package p\n\nimport _ \"embed\"\n\n//go:embed x.txt\nvar x string\n", "package p\n\nimport _ \"embed\"\n\nNEW\n\n//go:embed x.txt\nvar x string\n"},
		{"group with comment", "package p\n\n// These are some.\nvar (\n\t// a is one.\n\ta int\n)\n", "package p\n\nNEW\n\n// These are some.\nvar (\n\t// a is one.\n\ta int\n)\n"},
		{"type", "package p\n\ntype t struct{}\n", "package p\n\nNEW\n\ntype t struct{}\n"},
		{"a comment of its own", "package p\n\n// Section.\n\nfunc f() {}\n", "package p\n\n// Section.\n\nNEW\n\nfunc f() {}\n"},
		{"build tags", "//go:build linux\n\npackage p\n\nconst c = 1\n", "//go:build linux\n\npackage p\n\nNEW\n\nconst c = 1\n"},
		{"imports", "package p\n\nimport \"os\"\n\nimport (\n\t\"fmt\"\n)\n\nvar _ = fmt.Sprint(os.Args)\n", "package p\n\nimport \"os\"\n\nimport (\n\t\"fmt\"\n)\n\nNEW\n\nvar _ = fmt.Sprint(os.Args)\n"},
		{"one line", "package p; import \"os\"; var _ = os.Args\n", "package p\n\nimport \"os\"\n\nNEW\n\nvar _ = os.Args\n"},
		{"nothing", "package p\n\n// That is all.\n", "package p\n\n// That is all.\nNEW\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := mustCheck(t, test.text, "")
			edited, err := s.apply([]analysis.TextEdit{fix.Insert(s.FirstDecl(), "var added int\n\n")})
			require.NoError(t, err)
			assert.Equal(t, strings.ReplaceAll(test.want, "NEW", "var added int"), edited)
			_, err = check(edited, "")
			assert.NoError(t, err)
		})
	}
}

func TestFree(t *testing.T) {
	const text = `package p

import web "net/http"

var global web.Client

type typ struct{ field int }

func function(parameter int) (result int) {
	outer := 1
	{
		inner := 2
		_ = inner
	}
	func(literal int) {}(1)
	/*here*/
	later := outer
	return later
}
`
	s := mustCheck(t, text, "package p\n\nimport elsewhere \"os\"\n\nvar other = elsewhere.Args\n")
	for name, want := range map[string]bool{
		"fresh": true, "field": true, "inner": true, "literal": true, "http": true, "elsewhere": true,
		"web": false, "global": false, "typ": false, "function": false, "parameter": false, "result": false,
		"outer": false, "later": false, "other": false, "nil": false, "int": false, "string": false, "func": false,
	} {
		assert.Equal(t, want, s.Free(name, s.mark), name)
	}
}

func TestText(t *testing.T) {
	s := mustCheck(t, "package p\n\nvar x = f( 1,\n\t2 ) // two\n\nfunc f(int, int) int { return 0 }\n", "")
	var call *ast.CallExpr
	ast.Inspect(s.File, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			call = c
		}
		return true
	})
	text, err := s.Text(call)
	require.NoError(t, err)
	assert.Equal(t, "f( 1,\n\t2 )", text, "as it is written")

	s.Pass.ReadFile = func(string) ([]byte, error) { return []byte("package p\n"), nil }
	_, err = s.Text(call)
	assert.ErrorContains(t, err, "changed on disk")
	s.Pass.ReadFile = func(string) ([]byte, error) { return nil, fmt.Errorf("gone") }
	_, err = s.Text(call)
	assert.ErrorContains(t, err, "gone")
}

func TestHasComment(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"none", "package p\n\nvar x = f(1)\n\nfunc f(int) int { return 0 }\n", false},
		{"inside", "package p\n\nvar x = f(1 /* one */)\n\nfunc f(int) int { return 0 }\n", true},
		{"line inside", "package p\n\nvar x = f(1, // one\n)\n\nfunc f(int) int { return 0 }\n", true},
		{"before and after", "package p\n\nvar x = /* a */ f(1) // b\n\nfunc f(int) int { return 0 }\n", false},
		{"in a string", "package p\n\nvar x = f(\"// none\")\n\nfunc f(string) int { return 0 }\n", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := mustCheck(t, test.text, "")
			ast.Inspect(s.File, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					assert.Equal(t, test.want, s.HasComment(call.Lparen, call.Rparen))
				}
				return true
			})
		})
	}
}

func TestUnimport(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{name: "alone", text: "package p\n\nimport \"os\"\n\nvar _ = os.Args\n", want: "package p\n\nvar _ = nil\n"},
		{name: "alone in parentheses", text: "package p\n\nimport (\n\t\"os\"\n)\n\nvar _ = os.Args\n", want: "package p\n\nvar _ = nil\n"},
		{name: "among others", text: "package p\n\nimport (\n\t\"os\"\n\t_ \"time\"\n)\n\nvar _ = os.Args\n", want: "package p\n\nimport (\n\t_ \"time\"\n)\n\nvar _ = nil\n"},
		{name: "under a name", text: "package p\n\nimport (\n\t_ \"time\"\n\tsys \"os\"\n)\n\nvar _ = sys.Args\n", want: "package p\n\nimport (\n\t_ \"time\"\n)\n\nvar _ = nil\n"},
		{name: "used elsewhere", text: "package p\n\nimport \"os\"\n\nvar _ = os.Args\n\nvar _ = os.Args\n", want: "package p\n\nimport \"os\"\n\nvar _ = nil\n\nvar _ = os.Args\n"},
		{name: "with a comment", text: "package p\n\nimport (\n\t\"os\" // for Args\n)\n\nvar _ = os.Args\n", want: "package p\n\nimport (\n\t\"os\" // for Args\n)\n\nvar _ = nil\n"},
		{name: "on one line", text: "package p\n\nimport (\"os\"; _ \"time\")\n\nvar _ = os.Args\n", want: "package p\n\nimport (\n\t\"os\"\n\t_ \"time\"\n)\n\nvar _ = nil\n"},
		{name: "on the line of a declaration", text: "package p; import \"os\"; var _ = os.Args\n", want: "package p\n\nimport \"os\"\n\nvar _ = nil\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := check(test.text, "")
			require.NoError(t, err)
			var use ast.Expr
			ast.Inspect(s.File, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && use == nil {
					use = sel
				}
				return use == nil
			})
			got, err := s.apply(append([]analysis.TextEdit{fix.Replace(use, "nil")}, s.Unimport(use)...))
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestCompact(t *testing.T) {
	insert := func(pos token.Pos, text string) analysis.TextEdit { return fix.Insert(pos, text) }
	edits := []analysis.TextEdit{insert(5, "\t\"time\"\n"), insert(9, "\t\"time\"\n"), insert(5, "\t\"time\"\n"), insert(20, ")"), insert(20, ")"), insert(5, "\t\"os\"\n")}
	assert.Equal(t, []analysis.TextEdit{edits[0], edits[1], edits[3], edits[4], edits[5]}, fix.Compact(edits),
		"a line that is inserted at one place is once, and parentheses are as many as they were")
}

// TestElsewhere: a name that a file for another system or a test declares is not free in the package.
func TestElsewhere(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.go":         "package p\n\nvar inA int\n",
		"b_windows.go": "package p\n\nvar inB, _ = 1, 2\n\nfunc (t typeB) method() {}\n\ntype typeB struct{}\n",
		"c_test.go":    "package p\n\nconst inC = 1\n\nfunc funcC() { inside := 1; _ = inside }\n",
		"d_test.go":    "package p_test\n\nvar inD int\n",
		"e.go":         "package p\n\nvar inE = // broken\n",
		"f.txt":        "package p\n\nvar inF int\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filepath.Join(dir, "a.go"), nil, 0)
	require.NoError(t, err)
	info := &types.Info{}
	pkg, err := (&types.Config{}).Check("p", fset, []*ast.File{file}, info)
	require.NoError(t, err)
	b := &fix.Builder{Pass: &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, File: file}
	for name, want := range map[string]bool{
		"inB": true, "typeB": true, "inC": true, "funcC": true,
		"inA": false, "method": false, "inside": false, "inD": false, "inF": false,
	} {
		assert.Equal(t, want, b.Elsewhere(name), name)
	}
}
