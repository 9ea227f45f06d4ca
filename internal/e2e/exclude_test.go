package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConfigured checks what .resilint.yml says of severities and of files that are left out, by each door
// that reads it.
func TestConfigured(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	write("go.mod", "module example.org/m\n\ngo 1.26\n")
	write("legacy/a.go", "package legacy\n\nimport \"net/http\"\n\nfunc Get(url string) (*http.Response, error) { return http.Get(url) }\n")
	write("app/a.go", "package app\n\nimport \"net/http\"\n\nfunc Get(url string) (*http.Response, error) { return http.Get(url) }\n")

	write(".resilint.yml", "exclude: [legacy/...]\n")
	stdout, stderr, status := run(t, dir, tool, "./...")
	assert.Equal(t, 1, status)
	assert.Empty(t, stderr)
	require.Len(t, findingsIn(stdout), 1, stdout)
	assert.Contains(t, stdout, "app/a.go:5:")
	_, stderr, status = run(t, dir, "go", "vet", "-vettool="+tool, "./...")
	assert.Equal(t, 1, status)
	require.Len(t, findingsIn(stderr), 1, stderr)

	write(".resilint.yml", "exclude: [legacy/...]\nseverity: {notimeout/client: note}\n")
	stdout, _, status = run(t, dir, tool, "./...")
	assert.Zero(t, status, "notes fail nothing")
	assert.Len(t, findingsIn(stdout), 1, stdout)
	_, _, status = run(t, dir, tool, "-fail-on=note", "./...")
	assert.Equal(t, 1, status)

	stdout, stderr, status = run(t, dir, tool, "config")
	assert.Zero(t, status, stderr)
	assert.Contains(t, stdout, "  notimeout/client: note\n")
	assert.Contains(t, stdout, "exclude: [legacy/...]\n")
}
