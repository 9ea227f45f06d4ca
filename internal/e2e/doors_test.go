package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reportedBy returns the findings of resilint itself, as "file:line:column: message", the form in which
// the other doors can be compared with it.
func reportedBy(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	stdout, stderr, _ := run(t, dir, tool, args...)
	require.Empty(t, stderr)
	return findingsIn(stdout)
}

var (
	findingAt = regexp.MustCompile(`(?m)^\s*(?:\./)?(\S+\.go:\d+:\d+: .*?)\s*$`)
	codeAfter = regexp.MustCompile(` \([a-z]+/[a-z-]+\)$`)
)

func findingsIn(output string) []string {
	found := []string{}
	for _, match := range findingAt.FindAllStringSubmatch(output, -1) {
		if !strings.Contains(match[1], ": \t") { // go vet prints related positions so
			found = append(found, codeAfter.ReplaceAllString(match[1], ""))
		}
	}
	slices.Sort(found)
	return found
}

// modular returns the findings of go vet, which sees a package at a time.
func modular(t *testing.T, dir string) []string {
	t.Helper()
	_, stderr, status := run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	require.Equal(t, 1, status)
	return findingsIn(stderr)
}

// TestDoors runs the example system through every door, and compares what they find one by one with what
// resilint does by itself, and with each other.
func TestDoors(t *testing.T) {
	t.Run("go vet", vet)
	t.Run("go fix -diff", goFixDiff)
	t.Run("golangci-lint", golangci)
	t.Run("pre-commit", preCommit)
}

// vet: what go vet reports is among what resilint does, at the same places with the same words. (Modular
// drivers do not see what only importers know.)
func vet(t *testing.T) {
	dir := copyMusiccorp(t)
	found := modular(t, dir)
	require.NotEmpty(t, found)
	assert.Subset(t, reportedBy(t, dir, "./..."), found)
}

// goFixDiff: what go fix would change is what the fixes say that go vet finds, no line less and none more.
func goFixDiff(t *testing.T) {
	dir := copyMusiccorp(t)
	stdout, stderr, _ := run(t, dir, "go", "vet", "-vettool="+tool, "-json", "./...")
	type edit struct {
		Filename   string
		Start, End int
		New        string
	}
	edits := map[string][]edit{}
	for key, f := range findings(t, stdout+stderr) {
		require.LessOrEqual(t, len(f.Fixes), 1, key)
		for _, raw := range f.Fixes {
			var fix struct{ Edits []edit }
			require.NoError(t, json.Unmarshal(raw, &fix))
			require.NotEmpty(t, fix.Edits, key)
			for _, e := range fix.Edits {
				if !slices.Contains(edits[e.Filename], e) { // several fixes add the same import
					edits[e.Filename] = append(edits[e.Filename], e)
				}
			}
		}
	}
	require.NotEmpty(t, edits)

	diff, stderr, status := run(t, dir, "go", "fix", "-fixtool="+tool, "-diff", "./...")
	require.Equal(t, 1, status, stderr) // there is something to do
	changed := changedLines(diff)
	for name, list := range edits {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, e := range list {
			first, last := lineAt(text, e.Start), lineAt(text, e.End)
			assert.True(t, slices.ContainsFunc(changed[name], func(h hunk) bool { return h.first <= last && first <= h.last }),
				"%s:%d: the fix of a finding is not in the diff: %q", name, first, e.New)
		}
	}
	for name, hunks := range changed {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, h := range hunks {
			assert.True(t, slices.ContainsFunc(edits[name], func(e edit) bool { return h.first <= lineAt(text, e.End) && lineAt(text, e.Start) <= h.last }),
				"%s:%d: no finding asks for this change", name, h.first)
		}
	}
	assert.Equal(t, len(edits), len(changed), "files")
	again, _, _ := run(t, dir, "go", "fix", "-fixtool="+tool, "-diff", "./...")
	assert.Equal(t, changed, changedLines(again), "-diff has changed something")
}

// A hunk is the lines of a file that a diff shows.
type hunk struct{ first, last int }

var (
	oldName  = regexp.MustCompile(`^--- (.+?)( \(old\))?$`)
	hunkLine = regexp.MustCompile(`^@@ -(\d+)(?:,(\d+))? `)
)

// changedLines returns the hunks of a unified diff, by file.
func changedLines(diff string) map[string][]hunk {
	changed := map[string][]hunk{}
	name := ""
	for line := range strings.Lines(diff) {
		line = strings.TrimSuffix(line, "\n")
		if m := oldName.FindStringSubmatch(line); m != nil {
			name = m[1]
		} else if m := hunkLine.FindStringSubmatch(line); m != nil {
			first, _ := strconv.Atoi(m[1])
			n := 1
			if m[2] != "" {
				n, _ = strconv.Atoi(m[2])
			}
			changed[name] = append(changed[name], hunk{first, first + n - 1})
		}
	}
	return changed
}

func lineAt(text []byte, offset int) int { return 1 + bytes.Count(text[:offset], []byte("\n")) }

// golangci: a golangci-lint with the plugin, built from its modules, reports what go vet does, at
// the same places with the same words. Its fixes leave code that compiles, whether goimports drops
// imports or not.
func golangci(t *testing.T) {
	if testing.Short() {
		t.Skip("golangci-lint takes minutes to build")
	}
	module := t.TempDir()
	repo, err := filepath.Abs("../..")
	require.NoError(t, err)
	// A module of its own below testdata, so that nobody's go.mod grows and ./test.sh does not build it twice.
	for from, to := range map[string]string{"main.go": "main.go", "go.mod.txt": "go.mod", "go.sum.txt": "go.sum"} {
		text, err := os.ReadFile(filepath.Join("testdata", "golangci", from))
		require.NoError(t, err)
		if to == "go.mod" {
			text = append(text, "\nreplace github.com/resilint/resilint => "+repo+"\n"...)
		}
		require.NoError(t, os.WriteFile(filepath.Join(module, to), text, 0o666))
	}
	lint := filepath.Join(module, "golangci-lint")
	build := exec.Command("go", "build", "-o", lint, ".")
	build.Dir = module
	if out, err := build.CombinedOutput(); err != nil {
		if regexp.MustCompile(`(?m)dial tcp|^go: .*(403|404|410|connection|proxy)`).Match(out) {
			t.Skipf("the modules of golangci-lint cannot be had: %s", out)
		}
		t.Fatalf("building golangci-lint: %v\n%s", err, out)
	}
	dir := copyMusiccorp(t)
	t.Setenv("GOLANGCI_LINT_CACHE", t.TempDir())
	config := func(settings, formatters string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, ".golangci.yml"), []byte(`version: "2"
linters:
  default: none
  enable: [resilint]
  settings:
    custom:
      resilint:
        type: module
        settings: {`+settings+`}
formatters:
  enable: [`+formatters+`]
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`), 0o666))
	}
	config("", "goimports")
	stdout, stderr, status := run(t, dir, lint, "run", "--output.json.path=stdout", "--show-stats=false", "./...")
	require.Equal(t, 1, status, stderr)
	var report struct {
		Issues []struct {
			Text string
			Pos  struct {
				Filename     string
				Line, Column int
			}
		}
	}
	require.NoError(t, json.NewDecoder(strings.NewReader(stdout)).Decode(&report), stdout)
	found := []string{}
	rule := regexp.MustCompile(`^[a-z]+: `)
	for _, issue := range report.Issues {
		if text := rule.ReplaceAllString(issue.Text, ""); text != issue.Text { // the others are related positions
			found = append(found, fmt.Sprintf("%s:%d:%d: %s", issue.Pos.Filename, issue.Pos.Line, issue.Pos.Column, text))
		}
	}
	slices.Sort(found)
	related := func(line string) bool { return strings.Contains(line, "(related information)") }
	found = slices.DeleteFunc(found, related)
	assert.Equal(t, modular(t, dir), found)
	assert.Subset(t, reportedBy(t, dir, "./..."), found)

	config("rulez: 1", "goimports") // an empty mapping is dropped on the way
	stdout, stderr, status = run(t, dir, lint, "run", "./...")
	assert.NotZero(t, status)
	assert.Contains(t, stdout+stderr, `unknown key "rulez": did you mean rules?`)

	for _, formatters := range []string{"", "goimports"} {
		dir = copyMusiccorp(t)
		config("", formatters)
		before := modular(t, dir)
		run(t, dir, lint, "run", "--fix", "./...")
		out, stderr, status := run(t, dir, "go", "vet", "./...")
		require.Zero(t, status, out+stderr)
		out, stderr, status = run(t, dir, "go", "test", "./...")
		require.Zero(t, status, out+stderr)
		assert.Less(t, len(modular(t, dir)), len(before)/2+1, "most findings have been fixed")
	}
}

// preCommit: the hooks work from a clone of this repository, over all files and over changed ones.
func preCommit(t *testing.T) {
	if testing.Short() {
		t.Skip("pre-commit installs the hooks from the network")
	}
	for _, name := range []string{"pre-commit", "git"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s not found", name)
		}
	}
	repo, err := filepath.Abs("../..")
	require.NoError(t, err)
	if _, err := os.Stat(filepath.Join(repo, ".git")); err != nil {
		t.Skip("not in a clone of the repository")
	}
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	require.NoError(t, err)
	t.Setenv("GOMODCACHE", strings.TrimSpace(string(cache))) // pre-commit gives hooks a GOPATH of their own
	t.Setenv("PRE_COMMIT_HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(t.TempDir(), "gitconfig"))
	require.NoError(t, os.WriteFile(os.Getenv("GIT_CONFIG_GLOBAL"), []byte("[user]\n\tname = a\n\temail = a@example.org\n[safe]\n\tdirectory = *\n"), 0o666))

	dir := copyMusiccorp(t)
	git := func(args ...string) {
		t.Helper()
		out, stderr, status := run(t, dir, "git", args...)
		require.Zero(t, status, out+stderr)
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "first")
	hook := func(args ...string) (string, int) {
		t.Helper()
		stdout, stderr, status := run(t, dir, "pre-commit", append([]string{"try-repo", repo}, args...)...)
		return stdout + stderr, status
	}

	out, status := hook("resilint", "--all-files", "--verbose")
	assert.Equal(t, 1, status, out)
	assert.Equal(t, reportedBy(t, dir, "./..."), findingsIn(out), out)

	out, status = hook("resilint-new", "--all-files")
	assert.Zero(t, status, out)
	file := filepath.Join(dir, "order", "catalog_client.go")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	changed := strings.Replace(string(text), "http.Get(url)", "http.Get(url + \"\")", 1)
	require.NotEqual(t, string(text), changed)
	require.NoError(t, os.WriteFile(file, []byte(changed), 0o666))
	git("add", "-A")
	out, status = hook("resilint-new")
	assert.Equal(t, 1, status, out)
	found := findingsIn(out)
	require.NotEmpty(t, found, out)
	for _, f := range found {
		assert.Contains(t, f, "order/catalog_client.go:53:", "the line that has changed")
	}

	out, status = hook("resilint-fix", "--all-files")
	assert.Equal(t, 1, status, out)
	out, stderr, status := run(t, dir, "go", "vet", "./...")
	require.Zero(t, status, out+stderr)
}
