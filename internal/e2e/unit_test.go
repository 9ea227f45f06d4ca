package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/severity"
	"github.com/resilint/resilint/internal/suppress"
)

// role is the environment variable that makes this test another program.
const role = "RESILINT_E2E_ROLE"

// play plays the role that the environment gives this process.
func play(name string) {
	switch name {
	case "unitchecker": // x/tools' driver with our rules
		unitchecker.Main(suppress.Wrap(analyzers.All(), suppress.Options{Nolint: true})...)
	case "without export data": // for go vet -toolexec: a go command that compiles no dependencies
		if cfg := os.Args[len(os.Args)-1]; strings.HasSuffix(cfg, ".cfg") {
			hideExportData(cfg)
		}
		cmd := exec.Command(os.Args[1], os.Args[2:]...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				os.Exit(exit.ExitCode())
			}
			panic(err)
		}
		os.Exit(0)
	default:
		panic("no role " + name)
	}
}

func hideExportData(cfg string) {
	data, err := os.ReadFile(cfg)
	if err != nil {
		panic(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(data, &fields); err != nil {
		panic(err)
	}
	delete(fields, "PackageFile")
	if data, err = json.Marshal(fields); err == nil {
		err = os.WriteFile(cfg, data, 0o666)
	}
	if err != nil {
		panic(err)
	}
}

// diagnostics returns what "go vet -json" prints of each finding, all of it.
func diagnostics(t *testing.T, output string) []string {
	t.Helper()
	var trees strings.Builder
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "#") {
			trees.WriteString(line)
		}
	}
	var found []string
	dec := json.NewDecoder(strings.NewReader(trees.String()))
	for {
		var tree map[string]map[string][]any
		err := dec.Decode(&tree)
		if errors.Is(err, io.EOF) {
			slices.Sort(found)
			return found
		}
		require.NoError(t, err)
		for pkg, rules := range tree {
			for rule, list := range rules {
				for _, d := range list {
					text, err := json.Marshal(d)
					require.NoError(t, err)
					found = append(found, fmt.Sprintf("%s %s %s", pkg, rule, text))
				}
			}
		}
	}
}

// TestUnitDriver: our driver for go vet finds what x/tools' does with the same rules, fixes and
// related positions included; also where the go command has no export data for it.
func TestUnitDriver(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	dir := copyMusiccorp(t)
	// Services with few dependencies: the stock driver type-checks all of them.
	services := []string{"./catalog", "./cmd/catalog", "./inventory", "./partners", "./payment", "./shipping"}
	vet := func(tool string, args ...string) []string {
		stdout, stderr, _ := run(t, dir, "go", slices.Concat([]string{"vet", "-vettool=" + tool, "-json"}, args, services)...)
		return diagnostics(t, stdout+stderr)
	}
	own := vet(tool)
	require.NotEmpty(t, own)

	t.Setenv(role, "unitchecker")
	var notes []string // off by default: go vet fails on every finding
	for _, rule := range analyzers.All() {
		if severity.IsNote(rule.Name) {
			notes = append(notes, "-"+rule.Name+"=false")
		}
	}
	assert.Equal(t, vet(self, notes...), own)

	// The go command compiles the standard library anew for a -toolexec: as little of it as there is to say something of.
	dir, services = t.TempDir(), []string{"./..."}
	for name, text := range map[string]string{
		"go.mod":    "module example.com/m\n\ngo 1.26\n",
		"dial/d.go": "package dial\n\nimport (\n\t\"context\"\n\t\"net\"\n)\n\nfunc Dial(ctx context.Context) (net.Conn, error) {\n\tvar d net.Dialer\n\treturn d.DialContext(ctx, \"tcp\", \"billing.internal:80\")\n}\n",
		"main.go":   "package main\n\nimport (\n\t\"context\"\n\n\t\"example.com/m/dial\"\n)\n\nfunc main() { dial.Dial(context.Background()) }\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	}
	own = vet(tool)
	require.Len(t, own, 1, "main's, by what is known of the other package")
	t.Setenv(role, "without export data")
	// The flag does nothing, but keeps the go command from taking results from its cache.
	assert.Equal(t, own, vet(tool, "-toolexec="+self, "-source"))
}

// TestUnitFiles: a finding of a package that has tests, and is built once more for those outside of it,
// is reported once, and nothing of the tests is.
func TestUnitFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.26\n",
		// A package of tests alone, one with tests inside and outside, and one that those outside import.
		"only/only_test.go": "package only\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {}\n",
		"a/a.go":            "package a\n\nimport \"net/http\"\n\nfunc Get() (*http.Response, error) { return http.Get(\"http://billing.internal\") }\n",
		"a/a_test.go":       "package a\n\nimport (\n\t\"net/http\"\n\t\"testing\"\n)\n\nfunc Test(t *testing.T) { http.Get(\"http://localhost\") }\n",
		"a/x_test.go":       "package a_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/m/b\"\n)\n\nfunc Test(t *testing.T) { b.Get() }\n",
		"b/b.go":            "package b\n\nimport \"example.com/m/a\"\n\nfunc Get() { a.Get() }\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	}
	stdout, stderr, status := run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	assert.Equal(t, 1, status)
	assert.Empty(t, stdout)
	found := findingsIn(stderr)
	require.Len(t, found, 1, stderr)
	assert.Contains(t, found[0], "a/a.go:5:45: http.Get has no timeout")
}

// TestSameBytes: what is printed is the same, byte for byte, run after run and on any number of processors.
func TestSameBytes(t *testing.T) {
	for _, args := range [][]string{{"-json", "./..."}, {"-sarif", "./..."}, {"report", "-format=json", "./..."}} {
		first, _, _ := run(t, musiccorp, tool, args...)
		require.NotEmpty(t, first)
		runs := 3
		if args[0] == "-json" {
			runs = 20
		}
		for i := range runs {
			t.Setenv("GOMAXPROCS", []string{"1", "2", "8"}[i%3])
			again, _, _ := run(t, musiccorp, tool, args...)
			require.Equal(t, first, again, "%v, run %d", args, i)
		}
	}
}
