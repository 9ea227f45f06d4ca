package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/resilint/resilint/internal/fix"
)

// A scorecard is what the tests read of a report.
type scorecard struct {
	Modules []string `json:"modules"`
	Rows    []struct {
		Name, Status, Summary, Reason string
		Holds, Weak, Fails            int
		Probes                        []struct {
			Kind, What, State, Why, File string
			Line                         int
		}
	} `json:"rows"`
	Actions []action `json:"actions"`
	Map     struct {
		Edges []struct {
			From, To, Grade string
			Protections     []string
		}
	} `json:"map"`
}

type action struct {
	Row, Level, Do, Rule, Command string
	Count, Fixable                int
}

// statuses returns the word of each row.
func (c *scorecard) statuses() map[string]string {
	words := map[string]string{}
	for _, row := range c.Rows {
		words[row.Name] = row.Status
	}
	return words
}

// score runs a report and decodes it. It must fit the schema that is published.
func score(t *testing.T, dir string, args ...string) *scorecard {
	t.Helper()
	stdout, stderr, status := run(t, dir, tool, append([]string{"report", "-format=json"}, args...)...)
	require.Zero(t, status, stderr)
	require.Empty(t, stderr)
	schema, err := jsonschema.NewCompiler().Compile("../../docs/report.schema.json")
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(value))
	card := new(scorecard)
	require.NoError(t, json.Unmarshal([]byte(stdout), card))
	return card
}

// TestReport checks the text of reports on modules in testdata/report: what their file "want" has.
func TestReport(t *testing.T) {
	files, err := filepath.Glob("testdata/report/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			dir := writeTree(t, archive)
			score(t, dir, "./...")
			stdout, stderr, status := run(t, dir, tool, "report", "./...")
			assert.Zero(t, status)
			assert.Empty(t, stderr)
			want := &archive.Files[len(archive.Files)-1]
			require.Equal(t, "want", want.Name)
			if *update {
				want.Data = []byte(stdout)
				require.NoError(t, os.WriteFile(name, txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(want.Data), stdout)
		})
	}
}

// writeTree writes the files of an archive, but for "want", into a repository of their own.
func writeTree(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, ".git"), 0o777))
	for _, file := range archive.Files {
		if file.Name == "want" {
			continue
		}
		name := filepath.Join(dir, filepath.FromSlash(file.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, file.Data, 0o666))
	}
	return dir
}

// TestReportModules checks that several modules make one report.
func TestReportModules(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"gaps", "done"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "report", name+".txtar"))
		require.NoError(t, err)
		require.NoError(t, os.Rename(writeTree(t, archive), filepath.Join(dir, name)))
		goMod := []byte("module example.org/" + name + "\n\ngo 1.26\n")
		require.NoError(t, os.WriteFile(filepath.Join(dir, name, "go.mod"), goMod, 0o666))
	}
	card := score(t, dir, "./gaps/...", "./done/...")
	assert.Equal(t, []string{"example.org/done", "example.org/gaps"}, card.Modules)
	for _, row := range card.Rows {
		if row.Name == "Graceful shutdown" {
			assert.Equal(t, 1, row.Holds)
			assert.Equal(t, 1, row.Fails)
			assert.Equal(t, "gaps/main.go", row.Probes[1].File)
		}
	}
}

// TestReportFlags checks that flags which have no meaning for a report are refused, and -format without one.
func TestReportFlags(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/empty\n\ngo 1.26\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "empty.go"), []byte("package empty\n"), 0o666))
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-format=html", "."}, "-format is of a report: resilint report -format=html"},
		{[]string{"report", "-format=pdf", "."}, "want text, markdown, json, html, dot or mermaid"},
		{[]string{"report", "-fix", "."}, "a report changes nothing"},
		{[]string{"report", "-sarif", "."}, "-sarif is of no report"},
		{[]string{"-baseline=b.json", "report", "."}, "a report is about all of the code"},
	} {
		stdout, stderr, status := run(t, dir, tool, test.args...)
		assert.Contains(t, stderr, test.want)
		assert.Empty(t, stdout)
		assert.Equal(t, 2, status)
	}
	stdout, _, status := run(t, dir, tool, "-format=markdown", "report", ".")
	assert.Contains(t, stdout, "| **Chaos testing** | ⚪ N/A |")
	assert.Zero(t, status)
}

// TestReportOff checks that a row whose rule is off says so.
func TestReportOff(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/report/gaps.txtar")
	require.NoError(t, err)
	card := score(t, writeTree(t, archive), "-noshutdown=false", "./...")
	assert.Equal(t, "N/A", card.statuses()["Graceful shutdown"])
	assert.Equal(t, "Gap", card.statuses()["Timeouts"])
}

// TestReportMap checks the map's forms.
func TestReportMap(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/report/gaps.txtar")
	require.NoError(t, err)
	dir := writeTree(t, archive)
	stdout, _, status := run(t, dir, tool, "report", "-format=dot", "./...")
	assert.Zero(t, status)
	assert.Contains(t, stdout, "\te1 [label=\"main.rates\", tooltip=\"http main.go:25\"];\n")
	assert.Contains(t, stdout, "\te1 -> d1 [color=\"#cf222e\"")
	stdout, _, status = run(t, dir, tool, "report", "-format=mermaid", "./...")
	assert.Zero(t, status)
	assert.Contains(t, stdout, "flowchart LR\n")
	assert.Contains(t, stdout, "linkStyle 1 stroke:#cf222e")
}

// TestReportMusiccorp checks that the table of the example system is that of the notes on it. The one word that is
// stricter, of graceful shutdown, has its reason.
func TestReportMusiccorp(t *testing.T) {
	card := score(t, musiccorp, "./...")
	assert.Equal(t, map[string]string{
		"Timeouts": "Gap", "Retries": "Partial", "Circuit breakers": "Gap", "Bulkheads": "Partial", "Idempotency": "Partial",
		"Health checks": "Done", "Graceful shutdown": "Partial", "Chaos testing": "Gap", "Degradation": "Gap",
	}, card.statuses())
	assert.Contains(t, card.Rows[3].Reason, "workloads run in pods of their own")
	assert.Contains(t, card.Rows[6].Reason, "alone lets no request finish")
}

// TestReportFixed checks that each row that a fix can change is another one when the fixes of the example system have
// been applied.
func TestReportFixed(t *testing.T) {
	dir := copyMusiccorp(t)
	runtime, err := filepath.Abs("../../runtime")
	require.NoError(t, err)
	goMod := filepath.Join(dir, "go.mod")
	text, err := os.ReadFile(goMod)
	require.NoError(t, err)
	if !bytes.Contains(text, []byte(fix.RuntimeModule)) {
		text = append(text, "\nrequire "+fix.RuntimeModule+" v0.1.0\n\nreplace "+fix.RuntimeModule+" => "+runtime+"\n"...)
		require.NoError(t, os.WriteFile(goMod, text, 0o666))
	}
	before := score(t, dir, "./...")
	_, stderr, status := run(t, dir, tool, "-fix", "-unsafe-fixes", "./...")
	require.LessOrEqual(t, status, 1, stderr)
	after := score(t, dir, "./...")
	for i, row := range before.Rows {
		now := after.Rows[i]
		t.Logf("%s: %s (%s) → %s (%s)", row.Name, row.Status, row.Summary, now.Status, now.Summary)
		share := func(holds, weak, fails int) float64 {
			return (float64(holds) + float64(weak)/2) / float64(max(1, holds+weak+fails))
		}
		was, is := share(row.Holds, row.Weak, row.Fails), share(now.Holds, now.Weak, now.Fails)
		fixable := slices.ContainsFunc(before.Actions, func(a action) bool { return a.Row == row.Name && a.Fixable > 0 })
		if fixable {
			assert.Greater(t, is, was, row.Name)
		} else {
			assert.GreaterOrEqual(t, is, was, row.Name)
		}
	}
	for _, name := range []string{"Timeouts", "Circuit breakers"} {
		assert.NotEqual(t, before.statuses()[name], after.statuses()[name], name)
	}
}
