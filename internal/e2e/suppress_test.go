package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// suppressModule writes the module of testdata/suppress.txtar.
func suppressModule(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/suppress.txtar")
	require.NoError(t, err)
	dir := t.TempDir()
	for _, file := range archive.Files {
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, file.Data, 0o666))
	}
	return dir
}

// A line of a driver's output: its place, the beginning of the message, and the code, which go
// vet does not print.
var findingLine = regexp.MustCompile(`(?m)^(?:vet: )?(?:\./)?([a-z/]+\.go:\d+:\d+: (?:resilint:ignore )?\S+)(?: .*?)?( \((?:deadline|nobreaker|nobulkhead|nonidempotent|notimeout|unboundedretry)/[a-z-]+\))?$`)

func lines(output string) []string {
	found := []string{}
	for _, match := range findingLine.FindAllStringSubmatch(output, -1) {
		found = append(found, match[1]+match[2])
	}
	slices.Sort(found)
	return found
}

func TestSuppress(t *testing.T) {
	dir := suppressModule(t)

	stdout, stderr, status := run(t, dir, tool, "./...")
	assert.Empty(t, stderr)
	assert.Equal(t, 1, status)
	assert.Equal(t, []string{
		"loud/loud.go:13:2: resilint:ignore notimeout (notimeout/ignore)", // unused
		"loud/loud.go:18:2: resilint:ignore notimeuot (deadline/ignore)",  // by the first of the rules
		"loud/loud.go:19:9: http.Get (notimeout/client)",
		"loud/loud.go:23:23: resilint:ignore notimeout/dial (notimeout/ignore)", // unused
		"loud/loud.go:23:9: http.Get (notimeout/client)",
		"loud/loud.go:8:2: resilint:ignore notimeout (notimeout/ignore)",
		"loud/loud.go:9:9: http.Get (notimeout/client)",
		"quiet/quiet.go:22:24: resilint:ignore notimeout/dial (notimeout/ignore)", // that half is unused
	}, lines(stdout), stdout)
	for _, message := range []string{
		`loud.go:8:2: resilint:ignore notimeout gives no reason, and so does nothing`,
		`loud.go:13:2: resilint:ignore notimeout suppresses nothing`,
		`loud.go:18:2: resilint:ignore notimeuot names an unknown rule "notimeuot" (rules: deadline, nobreaker, nobulkhead, nohealth, nonidempotent, noshutdown, notimeout, unboundedretry)`,
		`loud.go:23:23: resilint:ignore notimeout/dial suppresses nothing`,
	} {
		assert.Contains(t, stdout, message)
	}

	// Not what is unused: what importers would say is not known here.
	stdout, stderr, status = run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	assert.Empty(t, stdout)
	assert.Equal(t, 1, status)
	assert.Equal(t, []string{
		"loud/loud.go:18:2: resilint:ignore notimeuot",
		"loud/loud.go:19:9: http.Get",
		"loud/loud.go:23:9: http.Get",
		"loud/loud.go:8:2: resilint:ignore notimeout",
		"loud/loud.go:9:9: http.Get",
	}, lines(stderr), stderr)
}

// TestSuppressAll: what is silenced does not count.
func TestSuppressAll(t *testing.T) {
	dir := suppressModule(t)
	path := filepath.Join(dir, "quiet", "quiet.go")
	source, err := os.ReadFile(path)
	require.NoError(t, err)
	source = regexp.MustCompile(`,notimeout/dial`).ReplaceAll(source, nil)
	require.NoError(t, os.WriteFile(path, source, 0o666))
	for _, args := range [][]string{
		{tool, "./quiet", "./app"},
		{tool, "./quiet"}, // app is not named, and not forgotten
		{tool, filepath.Join("quiet", "quiet.go")},
		{tool, "-diff", "./quiet"},
		{"go", "vet", "-vettool=" + tool, "./quiet", "./app"},
	} {
		stdout, stderr, status := run(t, dir, args[0], args[1:]...)
		assert.Zero(t, status, args)
		assert.Empty(t, stdout+stderr, args)
	}
	stdout, _, status := run(t, dir, tool, "-json", "./quiet")
	assert.Zero(t, status)
	assert.Empty(t, findings(t, stdout))
}

// TestSuppressBroken: where an importer does not compile, nothing is called unused: it may be
// what the finding is known from.
func TestSuppressBroken(t *testing.T) {
	dir := suppressModule(t)
	path := filepath.Join(dir, "app", "app.go")
	source, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(source, "\nvar _ = undefined\n"...), 0o666))
	stdout, stderr, status := run(t, dir, tool, "./quiet")
	assert.Zero(t, status)
	assert.Empty(t, stdout+stderr)
	stdout, stderr, status = run(t, dir, tool, "./...")
	assert.Equal(t, 2, status)
	assert.Contains(t, stderr, "app.go:13:9: undefined: undefined")
	assert.NotContains(t, stdout, "suppresses nothing")
}

// TestSuppressFix: -fix, by any name, mends what is reported and leaves the rest as it is.
func TestSuppressFix(t *testing.T) {
	tests := []struct {
		name    string
		command []string
		status  int
	}{
		{"resilint", []string{tool, "-fix", "./..."}, 1}, // the directives are left
		{"go fix", []string{"go", "fix", "-fixtool=" + tool, "./..."}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := suppressModule(t)
			read := func(name string) string {
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				require.NoError(t, err)
				return string(data)
			}
			before := read("quiet/quiet.go")
			stdout, stderr, status := run(t, dir, test.command[0], test.command[1:]...)
			assert.Equal(t, test.status, status, stdout+stderr)
			assert.Equal(t, before, read("quiet/quiet.go"))
			assert.NotContains(t, read("loud/loud.go"), "http.Get", "a directive that does nothing, did")
		})
	}
}
