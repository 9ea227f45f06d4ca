package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// git runs git in a directory, and returns what it says.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s: %s", args, out)
	return strings.TrimSpace(string(out))
}

func TestLayOut(t *testing.T) {
	work, mirrors := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"old.go":            "package old\n",
		"svc/go.mod":        "module svc\n",
		"svc/cmd/main.go":   "package main\n",
		"svc/empty.txt":     "",
		"svc/with space.md": "no newline",
	} {
		file := filepath.Join(work, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
	}
	require.NoError(t, os.Chmod(filepath.Join(work, "svc/cmd/main.go"), 0o755))
	require.NoError(t, os.Symlink("go.mod", filepath.Join(work, "svc/link")))
	git(t, work, "init", "-q")
	git(t, work, "add", "-A")
	git(t, work, "commit", "-q", "-m", "before")
	before := git(t, work, "rev-parse", "HEAD")
	git(t, work, "rm", "-rq", "svc")
	git(t, work, "commit", "-q", "-m", "after")
	git(t, mirrors, "clone", "-q", "--bare", work, "owner+name")

	t.Run("a module above the folder", func(t *testing.T) {
		dir := t.TempDir()
		c := commit{Repo: "owner/name", Before: before, Dir: "svc/cmd"}
		module, err := c.layOut(mirrors, dir)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(dir, "svc"), module)
		text, err := os.ReadFile(filepath.Join(module, "with space.md"))
		require.NoError(t, err)
		assert.Equal(t, "no newline", string(text))
		info, err := os.Stat(filepath.Join(module, "cmd/main.go"))
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&0o100, "it can be run")
		to, err := os.Readlink(filepath.Join(module, "link"))
		require.NoError(t, err)
		assert.Equal(t, "go.mod", to)
		assert.FileExists(t, filepath.Join(module, "empty.txt"))
		assert.Empty(t, git(t, dir, "status", "--porcelain"), "all of it is committed")
	})
	t.Run("none", func(t *testing.T) {
		_, err := commit{Repo: "owner/name", Before: before, Dir: "."}.layOut(mirrors, t.TempDir())
		assert.ErrorIs(t, err, errNoModule)
	})
	t.Run("no such commit", func(t *testing.T) {
		_, err := commit{Repo: "owner/name", Before: strings.Repeat("0", 40), Dir: "."}.layOut(mirrors, t.TempDir())
		assert.ErrorContains(t, err, "git ls-tree")
	})
}

func TestReadCommits(t *testing.T) {
	file := filepath.Join(t.TempDir(), "fixes.jsonl")
	line := `{"repo": "owner/name", "before": "0123456789abcdef", "dir": "svc", "rule": "notimeout"}` + "\n"
	require.NoError(t, os.WriteFile(file, []byte(line+line), 0o600))
	all, err := readCommits(file)
	require.NoError(t, err)
	require.Len(t, all, 1, "each one once")
	assert.Equal(t, filepath.FromSlash("owner+name@0123456789ab/svc"), all[0].name())

	require.NoError(t, os.WriteFile(file, []byte("no JSON\n"), 0o600))
	_, err = readCommits(file)
	assert.ErrorContains(t, err, file)
}
