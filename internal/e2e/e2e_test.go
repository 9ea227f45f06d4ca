package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden output")

// tool is the program under test, built once.
var tool string

func TestMain(m *testing.M) {
	if name := os.Getenv(role); name != "" {
		flag.CommandLine = flag.NewFlagSet(os.Args[0], flag.ExitOnError) // without those of the test
		play(name)
	}
	flag.Parse()
	dir, err := os.MkdirTemp("", "resilint")
	if err != nil {
		panic(err)
	}
	tool = filepath.Join(dir, "resilint")
	if out, err := exec.Command("go", "build", "-o", tool, "github.com/resilint/resilint/cmd/resilint").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building resilint: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// musiccorp is the example system, relative to this package.
const musiccorp = "../../testdata/musiccorp"

// run runs a command in dir and returns what it printed and its exit status.
func run(t *testing.T, dir, name string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("E2E_GOFLAGS"), "GOWORK=off")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// A finding is what every door prints of one.
type finding struct {
	Posn     string            `json:"posn"`
	Category string            `json:"category"`
	Message  string            `json:"message"`
	Fixes    []json.RawMessage `json:"suggested_fixes"`
}

// findings decodes the trees that -json prints, one or more.
func findings(t *testing.T, output string) map[string]finding {
	t.Helper()
	found := map[string]finding{}
	// The go command prints a line "# package" before each tree.
	var trees strings.Builder
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "#") {
			trees.WriteString(line)
		}
	}
	dec := json.NewDecoder(strings.NewReader(trees.String()))
	for {
		var tree map[string]map[string][]finding
		err := dec.Decode(&tree)
		if errors.Is(err, io.EOF) {
			return found
		}
		require.NoError(t, err)
		for _, rules := range tree {
			for rule, list := range rules {
				for _, f := range list {
					found[f.Posn+" "+rule+"/"+f.Category] = f
				}
			}
		}
	}
}

// copyMusiccorp copies the example system, so that it can be changed.
func copyMusiccorp(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(musiccorp)))
	return dir
}

// TestMusiccorp pins what a newcomer sees first.
func TestMusiccorp(t *testing.T) {
	golden := filepath.Join("testdata", "musiccorp.txt")
	stdout, stderr, status := run(t, musiccorp, tool, "./...")
	assert.Equal(t, 1, status)
	assert.Empty(t, stderr)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(stdout), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), stdout)

	again, _, _ := run(t, musiccorp, tool, "-deps=source", "./...")
	assert.Equal(t, stdout, again, "the findings depend on where the types of dependencies come from")
}

// TestVetIsSubset: what go vet reports with resilint as its tool is among what resilint
// reports by itself, at the same positions with the same text. (Modular drivers do not see
// what only importers know, so it may be less.)
func TestVetIsSubset(t *testing.T) {
	stdout, _, _ := run(t, musiccorp, tool, "-json", "./...")
	standalone := findings(t, stdout)
	require.NotEmpty(t, standalone)

	stdout, stderr, _ := run(t, musiccorp, "go", "vet", "-vettool="+tool, "-json", "./...")
	vet := findings(t, stdout+stderr)
	require.NotEmpty(t, vet)
	for key, f := range vet {
		own, ok := standalone[key]
		if assert.True(t, ok, "only go vet reports %s: %s", key, f.Message) {
			assert.Equal(t, own.Message, f.Message, key)
			assert.Len(t, f.Fixes, len(own.Fixes), key)
		}
	}
}

// TestVetTwice: a second run of go vet, served from its cache, ends like the first.
func TestVetTwice(t *testing.T) {
	dir := copyMusiccorp(t)
	_, first, status := run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	assert.Equal(t, 1, status)
	_, second, status := run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	assert.Equal(t, 1, status)
	assert.Contains(t, first, "has no timeout")
	// The go command prints packages in the order in which they get ready.
	assert.ElementsMatch(t, strings.Split(first, "\n"), strings.Split(second, "\n"))
}

// TestFix: after -fix the system builds, its tests pass, and nothing is left that a fix
// could mend.
func TestFix(t *testing.T) {
	dir := copyMusiccorp(t)
	stdout, stderr, status := run(t, dir, tool, "-fix", "./...")
	assert.Equal(t, 1, status, "some findings have no fix, on purpose")
	assert.Contains(t, stderr, "fixed 26 of 49 findings")

	left, _, _ := run(t, dir, tool, "-json", "./...")
	for key, f := range findings(t, left) {
		assert.Empty(t, f.Fixes, "still fixable: %s", key)
	}
	again, _, status := run(t, dir, tool, "-fix", "./...")
	assert.Equal(t, 1, status)
	// A request that has its handler's context now is no longer known to wait for ever: of what
	// was left some may be gone. Nothing is new.
	// A dependency that was called by http.DefaultClient is reported at the client that a fix has made.
	elsewhere := func(line string) bool { return strings.HasSuffix(line, "(nobreaker/unprotected)") }
	assert.Subset(t, messages(stdout), slices.DeleteFunc(messages(again), elsewhere), "a second -fix changed something")

	out, stderr, status := run(t, dir, "go", "vet", "./...")
	require.Zero(t, status, out+stderr)
	out, stderr, status = run(t, dir, "go", "test", "./...")
	require.Zero(t, status, out+stderr)
}

// messages returns the lines of a driver's output without their places: a finding whose call a fix of
// another one has rewritten stands elsewhere.
func messages(output string) []string {
	output = strings.ReplaceAll(output, "(http.Client.", "(http.") // a fix has made the client that calls are made by
	return strings.Split(anyPlace.ReplaceAllString(output, ": "), "\n")
}

var anyPlace = regexp.MustCompile(`(?m):[0-9]+:[0-9]+: `)

// TestGoFix: go fix with resilint as its tool writes the files that resilint -fix writes, but for what only the whole
// module shows: that the orders are in a database on another machine.
func TestGoFix(t *testing.T) {
	own, byGoFix := copyMusiccorp(t), copyMusiccorp(t)
	run(t, own, tool, "-fix", "./...")
	out, stderr, status := run(t, byGoFix, "go", "fix", "-fixtool="+tool, "./...")
	require.Zero(t, status, out+stderr)
	require.NoError(t, filepath.WalkDir(own, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(own, path)
		require.NoError(t, err)
		if rel == filepath.FromSlash("order/store.go") {
			return nil
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(byGoFix, rel))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), rel)
		return nil
	}))
}
