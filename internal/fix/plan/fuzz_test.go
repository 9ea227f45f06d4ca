package plan_test

import (
	"cmp"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/fix/plan"
)

// Statements of which the rules have something to say, in the shapes of their fixtures. N is a number
// that is another one in each, and PKG. the name under which a package is imported.
var statements = []string{
	`respN, errN := http.Get(url); if errN != nil { return errN }; respN.Body.Close()`,
	`if _, err := http.Get(url); err != nil { return err }`,
	`_, _ = http.Post(url, "", nil)`,
	`cN := &http.Client{}; _, _ = cN.Get(url)`,
	"cN := &http.Client{\n// as it is\nTransport: http.DefaultTransport, // by default\n}; _, _ = cN.Get(url)",
	`var cN http.Client; _, _ = cN.Head(url)`,
	`cN := new(http.Client); _, _ = cN.Get(url)`,
	`fN := http.Get; _, _ = fN(url)`,
	`useN := func(c *http.Client) { _, _ = c.Get(url) }; useN(http.DefaultClient)`,
	`_ = http.ListenAndServe(url, nil)`,
	`log.Fatal(http.ListenAndServe(url, nil))`,
	`if err := http.ListenAndServe(url, nil); err != nil { return err }`,
	`go http.ListenAndServe(url, nil)`,
	`sN := &http.Server{Addr: url}; return sN.ListenAndServe()`,
	`reqN, _ := http.NewRequestWithContext(context.Background(), "GET", url, nil); _, _ = http.DefaultClient.Do(reqN)`,
	`reqN, _ := http.NewRequest("GET", url, nil); _, _ = http.DefaultClient.Do(reqN)`,
	"for { if _, err := http.Get(url); err == nil { break }\ntime.Sleep(time.Second) }",
	"for i := 0; i < 5; i++ {\nif _, err := client.Get(url); err == nil { break }\ntime.Sleep(time.Second)\n}",
	"delayN := time.Second\nfor i := 0; i < 50; i++ {\n_, err := client.Get(url)\nif err == nil { return nil }\ntime.Sleep(delayN)\ndelayN *= 2\n}",
	"for ctx.Err() == nil {\nif _, err := client.Get(url); err == nil { break }\nselect { case <-time.After(time.Second): case <-ctx.Done(): }\n}",
	`_, _ = net.Dial("tcp", url)`,
	`connN, errN := tls.Dial("tcp", url, nil); if errN != nil { return errN }; connN.Close()`,
	`_, _ = db.Exec("UPDATE t SET x = 1")`,
	`if err := db.PingContext(ctx); err != nil { return err }`,
	`rowsN, errN := db.QueryContext(ctx, "SELECT 1"); if errN != nil { return errN }; defer rowsN.Close()`,
	`for _, u := range []string{url, url} { go func() { _, _ = http.Get(u) }() }`,
	`chN := make(chan os.Signal, 1); signal.Notify(chN, os.Interrupt); <-chN`,
	`sN := &http.Server{}; go sN.Serve(nil); _ = sN.Shutdown(context.Background())`,
	`time := 1; _ = time`,
	`ctx := 1; _ = ctx`,
	`cancel := 1; _ = cancel`,
	`httpClient := 1; _ = httpClient`,
	`srv, server := 1, 2; _, _ = srv, server`,
	`http := client; _, _ = http.Get(url)`,
}

// Frames are what statements stand in. S is what stands there.
var frames = []string{
	"{\nS\n}",
	"if url != \"\" {\nS\n} else {\nprintln()\n}",
	"switch {\ncase url == \"\":\nS\ndefault:\n}",
	"if err := func() error {\nS\nreturn nil\n}(); err != nil {\nreturn err\n}",
	"for range 3 {\nS\n}",
	"LN:\nfor {\nS\nif url == \"\" { continue LN }\nbreak LN\n}",
	"select {\ncase <-ctx.Done():\nS\ndefault:\n}",
	"defer func() error {\nS\nreturn nil\n}()",
	"go func() error {\n// In the background.\nS\nreturn nil\n}()",
	"if url == \"\" { S }",
	"/* before */ S // after",
}

// Functions are what frames stand in.
var functions = []string{
	"func fN(ctx context.Context, db *sql.DB, url string) error {\nS\nreturn nil\n}",
	"func fN(ctx context.Context, db *sql.DB, url string) (err error) {\nS\nreturn\n}",
	"// FN is exported.\nfunc FN(ctx context.Context, db *sql.DB, url string) error { S; return nil }",
	"type tN struct{ client *http.Client }\n\nfunc (t *tN) Do(ctx context.Context, db *sql.DB, url string) (n int, err error) {\ndo := func() error {\nS\nreturn nil\n}\nreturn 1, do()\n}",
	"func hN(w http.ResponseWriter, r *http.Request) {\nctx, url := r.Context(), r.URL.Path\nvar db *sql.DB\n_ = func() error {\n_, _, _ = ctx, url, db\nS\nreturn nil\n}\n}",
	"func init() {\nctx, url := context.Background(), \"https://a.example\"\nvar db *sql.DB\n_ = func() error {\n_, _, _ = ctx, url, db\nS\nreturn nil\n}()\n}",
}

// declarations are other things of a file, which take names.
var declarations = []string{
	"var httpClient = 1", "var shared = &http.Client{Timeout: time.Second}", "var shared = &http.Client{}", "type time2 int", "const stdtime = 1", "",
}

// packagesOf are those that the pieces use, by name.
var packagesOf = map[string]string{
	"http": "net/http", "context": "context", "sql": "database/sql", "log": "log", "net": "net", "tls": "crypto/tls",
	"time": "time", "os": "os", "signal": "os/signal",
}

// generate makes a file of bytes: its layout, and a function for each group of them.
func generate(data []byte) string {
	next := func() int {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return int(b)
	}
	layout := next()
	body := []string{declarations[next()%len(declarations)], "var client = &http.Client{Timeout: 1}"}
	for n := 0; len(data) > 0 && n < 4; n++ {
		function := functions[next()%len(functions)]
		var stmts []string
		for range 1 + next()%3 {
			s := statements[next()%len(statements)]
			if k := next(); k%2 == 0 {
				s = strings.ReplaceAll(frames[k/2%len(frames)], "S", strings.ReplaceAll(s, "S", "\x00"))
			}
			stmts = append(stmts, strings.ReplaceAll(s, "N", fmt.Sprintf("%d%d", n, len(stmts))))
		}
		text := strings.ReplaceAll(strings.ReplaceAll(function, "N", fmt.Sprint(n)), "S", strings.Join(stmts, "\n"))
		body = append(body, strings.ReplaceAll(text, "\x00", "S"))
	}
	return withImports(strings.Join(body, "\n\n"), layout)
}

// withImports puts a package clause and the imports in front of declarations, in one of several layouts.
func withImports(body string, layout int) string {
	var specs []string
	for _, name := range slices.Sorted(maps.Keys(packagesOf)) {
		if !strings.Contains(body, name+".") {
			continue
		}
		spec := fmt.Sprintf("%q", packagesOf[name])
		if layout&8 != 0 && name == "http" && !strings.Contains(body, "http :=") {
			spec, body = "nethttp "+spec, strings.ReplaceAll(body, "http.", "nethttp.")
		}
		if layout&16 != 0 && name == "time" && !strings.Contains(body, "time :=") {
			spec, body = "clock "+spec, strings.ReplaceAll(body, "time.", "clock.")
		}
		specs = append(specs, spec)
	}
	var imports string
	switch layout % 4 {
	case 0:
		imports = "import (\n\t" + strings.Join(specs, "\n\t") + "\n)"
	case 1:
		imports = "import " + strings.Join(specs, "\nimport ")
	case 2:
		imports = "import (\n\t// What it needs.\n\t" + strings.Join(specs, "\n\n\t") + " // the last\n)"
	case 3:
		imports = "import (" + strings.Join(specs, "; ") + ")"
	}
	return "// Package p is made of pieces.\npackage p\n\n" + imports + "\n\n" + body + "\n"
}

// FuzzPlan makes files of pieces in which the rules find something, and applies what they suggest in the
// ways of golangci-lint and of the go command: what comes of it is formatted by gofmt, and compiles.
func FuzzPlan(f *testing.F) {
	for i := range statements {
		for j := range 2 + len(frames) {
			f.Add([]byte{byte(i + 8*j), byte(j), byte(i), 0, byte(i), byte(2 * j), byte(i + j), 1, byte(i), 1, byte(i + 1), 2 * byte(j)})
		}
	}
	rules := analyzers.All()
	flag := func(t testing.TB, name, value string) {
		for _, rule := range rules {
			if fl := rule.Flags.Lookup(name); fl != nil {
				require.NoError(t, fl.Value.Set(value))
			}
		}
	}
	flag(f, fix.UnsafeFlag, "true")
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 60 {
			t.Skip("long")
		}
		style := fix.Std
		if len(data) > 0 && data[0]&32 != 0 {
			style = fix.Runtime
		}
		flag(t, fix.StyleFlag, string(style))
		src, err := format.Source([]byte(generate(data)))
		if err != nil {
			t.Skip("does not parse")
		}
		if !compiles(t, string(src)) {
			t.Skip("does not compile")
		}
		dir := t.TempDir()
		t.Chdir(dir)
		require.NoError(t, os.Mkdir("p", 0o777))
		require.NoError(t, os.WriteFile(filepath.Join("p", "p.go"), src, 0o666))
		pkg := evidencetest.Load(t, map[string]string{"p/p.go": string(src)}, nil)["p"]
		for _, edits := range suggested(t, rules, pkg) {
			alone := formatted(t, apply(t, pkg, src, [][]analysis.TextEdit{edits}))
			if !compiles(t, alone) {
				t.Fatalf("a fix alone does not compile:\n%s\n\nwas:\n%s", alone, src)
			}
		}
		together := suggested(t, plan.Wrap(rules, plan.Options{Unimport: true}), pkg)
		fixed := formatted(t, apply(t, pkg, src, together))
		if !compiles(t, fixed) {
			t.Fatalf("%d fixes do not compile together:\n%s\n\nwas:\n%s", len(together), fixed, src)
		}
	})
}

func formatted(t *testing.T, src string) string {
	text, err := format.Source([]byte(src))
	require.NoError(t, err, "%s", src)
	return string(text)
}

// compiles reports whether a file is a package.
func compiles(t *testing.T, src string) bool {
	return evidencetest.Compiles(t, map[string]string{"p/p.go": src})
}

// suggested returns the edits of each fix.
func suggested(t *testing.T, rules []*analysis.Analyzer, pkg *packages.Package) [][]analysis.TextEdit {
	graph, err := checker.Analyze(rules, []*packages.Package{pkg}, nil)
	require.NoError(t, err)
	var edits [][]analysis.TextEdit
	for _, action := range graph.Roots {
		require.NoError(t, action.Err)
		for _, d := range action.Diagnostics {
			for _, suggestion := range d.SuggestedFixes {
				edits = append(edits, fix.Compact(suggestion.TextEdits))
			}
		}
	}
	return edits
}

// apply makes all edits, sorted, and equal ones once.
func apply(t *testing.T, pkg *packages.Package, src []byte, fixes [][]analysis.TextEdit) string {
	all := slices.Concat(fixes...)
	slices.SortStableFunc(all, func(x, y analysis.TextEdit) int {
		return cmp.Or(cmp.Compare(x.Pos, y.Pos), cmp.Compare(x.End, y.End))
	})
	tok := pkg.Fset.File(pkg.Syntax[0].FileStart)
	var text strings.Builder
	at := 0
	var made []analysis.TextEdit
	for _, e := range all {
		if slices.ContainsFunc(made, func(o analysis.TextEdit) bool {
			return o.Pos == e.Pos && o.End == e.End && string(o.NewText) == string(e.NewText)
		}) {
			continue
		}
		made = append(made, e)
		from, to := tok.Offset(e.Pos), tok.Offset(e.End)
		require.GreaterOrEqual(t, from, at, "edits overlap in:\n%s", src)
		text.Write(src[at:from])
		text.Write(e.NewText)
		at = to
	}
	text.Write(src[at:])
	return text.String()
}
