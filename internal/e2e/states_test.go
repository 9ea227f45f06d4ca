package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// maxPatch is how many lines people may have to write where fixes cannot decide.
const maxPatch = 150

// TestStates: MusicCorp's tests pass as its team wrote it, after all fixes, and with the patch for what
// only a person can decide, which still applies to what the fixes make.
func TestStates(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the example system three times")
	}
	if runtime.GOOS == "windows" {
		t.Skip("states.sh is a shell script")
	}
	patch, err := os.ReadFile("../../testdata/musiccorp.patch")
	require.NoError(t, err)
	assert.LessOrEqual(t, bytes.Count(patch, []byte("\n")), maxPatch, "lines of musiccorp.patch")

	dir := t.TempDir()
	cmd := exec.Command("../../testdata/states.sh", dir)
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "RESILINT="+tool)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	_, second, found := strings.Cut(string(out), "second run of resilint:\n")
	require.True(t, found, "%s", out)
	assert.NotContains(t, second, "not applied")

	for _, state := range []string{"before", "fixed", "patched"} {
		at := filepath.Join(dir, state)
		stdout, stderr, status := run(t, at, "go", "vet", "./...")
		require.Zero(t, status, "%s: %s%s", state, stdout, stderr)
		stdout, stderr, status = run(t, at, "go", "test", "./...")
		require.Zero(t, status, "%s: %s%s", state, stdout, stderr)
	}
	left, _, _ := run(t, filepath.Join(dir, "fixed"), tool, "-json", "-fixstyle=runtime", "./...")
	for key, f := range findings(t, left) {
		assert.Empty(t, f.Fixes, "still fixable: %s", key)
	}
}
