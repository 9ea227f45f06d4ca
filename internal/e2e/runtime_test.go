package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/resilint/resilint/internal/fix"
)

const unboundedLoop = `package shop

import (
	"context"
	"net/http"
)

func fetch(ctx context.Context, c *http.Client, req *http.Request) error {
	for {
		resp, err := c.Do(req.WithContext(ctx))
		if err == nil {
			return resp.Body.Close()
		}
	}
}

var _ = fetch(context.TODO(), &http.Client{Timeout: 1000000000}, nil)
`

// proxy makes a module proxy in a folder that has the runtime module of this repository, as one version.
func proxy(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	publish(t, dir, fix.RuntimeModule, version, "../../runtime")
	return dir
}

// publish puts a version of a module into a module proxy that is a folder.
func publish(t *testing.T, proxy, path, version, from string) {
	t.Helper()
	at := filepath.Join(proxy, filepath.FromSlash(path), "@v")
	require.NoError(t, os.MkdirAll(at, 0o777))
	write := func(name string, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(at, name), data, 0o666))
	}
	var archive bytes.Buffer
	require.NoError(t, zip.CreateFromDir(&archive, module.Version{Path: path, Version: version}, from))
	goMod, err := os.ReadFile(filepath.Join(from, "go.mod"))
	require.NoError(t, err)
	write("list", []byte(version+"\n"))
	write(version+".info", []byte(`{"Version":"`+version+`","Time":"2026-01-01T00:00:00Z"}`))
	write(version+".mod", goMod)
	write(version+".zip", archive.Bytes())
}

// TestGet checks that -get has the module require the runtime before its fixes import it.
func TestGet(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(proxy(t, "v0.1.0")))
	t.Setenv("GONOSUMDB", "*")
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOMODCACHE", cache)
	t.Setenv("GOTOOLCHAIN", "local")
	dir := t.TempDir()
	file := filepath.Join(dir, "shop.go")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/shop\n\ngo 1.26\n"), 0o666))
	require.NoError(t, os.WriteFile(file, []byte(unboundedLoop), 0o666))
	refused := func(message string, flags ...string) {
		t.Helper()
		stdout, stderr, status := run(t, dir, tool, append(flags, "./...")...)
		assert.Empty(t, stdout)
		assert.Equal(t, 1, strings.Count(stderr, "\n"), stderr)
		assert.Contains(t, stderr, message)
		assert.Equal(t, 2, status)
	}
	refused("-get needs -fix and -fixstyle=runtime", "-get")
	refused("-runtime-version needs -get", "-fix", "-runtime-version=v0.1.0")
	refused("which go.mod does not require: use -fix -get", "-fix", "-fixstyle=runtime")
	refused("this is a development build", "-fix", "-fixstyle=runtime", "-get")
	refused("go get "+fix.RuntimeModule+"@v9.9.9: ", "-fix", "-fixstyle=runtime", "-get", "-runtime-version=v9.9.9")

	stdout, stderr, status := run(t, dir, tool, "-fix", "-fixstyle=runtime", "-get", "-runtime-version=v0.1.0", "./...")
	assert.Empty(t, stdout)
	assert.Equal(t, "resilint: go.mod now requires "+fix.RuntimeModule+" v0.1.0\nresilint: fixed 1 of 1 finding in 1 file\n", stderr)
	assert.Zero(t, status)
	fixed, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(fixed), "retry.Do(ctx, retry.Policy{")
	build := exec.Command("go", "build", "./...")
	build.Dir = dir
	output, err := build.CombinedOutput()
	require.NoError(t, err, "%s", output)

	stdout, stderr, status = run(t, dir, tool, "./...")
	assert.Empty(t, stdout+stderr)
	assert.Zero(t, status)
}
