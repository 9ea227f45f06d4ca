package changed

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repository makes a work tree with a commit of files, by name, and returns its folder.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git not found")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir := t.TempDir()
	write(t, dir, files)
	run(t, dir, "init", "-q")
	commit(t, dir)
	return dir
}

func commit(t *testing.T, dir string) {
	t.Helper()
	run(t, dir, "add", "-A")
	run(t, dir, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a")
}

func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
}

func TestSince(t *testing.T) {
	ten := strings.Repeat("line\n", 10)
	dir := repository(t, map[string]string{
		"same.go": ten, "changed.go": ten, "cut.go": ten, "gone.go": ten, "old.go": ten + "end\n", "sub/grüße \"x\".go": ten,
		"hunk.go": "a\nb\nc\n", "notes.txt": ten, ".gitignore": "ignored.go\n",
	})
	write(t, dir, map[string]string{
		"changed.go": "first\n" + ten + "last\n", "cut.go": strings.Repeat("line\n", 5), "new.go": ten, "ignored.go": ten,
		"sub/grüße \"x\".go": ten + "end\n", "notes.txt": "changed\n",
		"hunk.go": "a\n++ b/same.go\n@@ -1 +1,9 @@\nc\n", // looks like a diff
	})
	require.NoError(t, os.Remove(filepath.Join(dir, "gone.go")))
	require.NoError(t, os.Rename(filepath.Join(dir, "old.go"), filepath.Join(dir, "renamed.go")))
	run(t, dir, "add", "-A", "renamed.go", "old.go")

	lines, err := Since(filepath.Join(dir, "sub"), "HEAD")
	require.NoError(t, err)
	has := func(name string, line int) bool { return lines.Has(filepath.Join(dir, name), line, line) }
	for _, test := range []struct {
		name string
		new  []int
		old  []int
	}{
		{"same.go", nil, []int{1, 10}},
		{"changed.go", []int{1, 12}, []int{2, 11}},
		{"cut.go", nil, []int{1, 5, 6}},
		{"new.go", []int{1, 10}, nil},
		{"ignored.go", nil, []int{1, 10}},
		{"renamed.go", nil, []int{1, 11}},
		{"sub/grüße \"x\".go", []int{11}, []int{1, 10}},
		{"notes.txt", nil, []int{1}},
		{"hunk.go", []int{2, 3}, []int{1, 4}},
	} {
		for _, line := range test.new {
			assert.True(t, has(test.name, line), "%s:%d is new", test.name, line)
		}
		for _, line := range test.old {
			assert.False(t, has(test.name, line), "%s:%d is not new", test.name, line)
		}
	}
	assert.True(t, lines.Has(filepath.Join(dir, "changed.go"), 11, 13), "a part of it is new")

	commit(t, dir)
	lines, err = Since(dir, "HEAD")
	require.NoError(t, err)
	assert.Empty(t, lines)
	lines, err = Since(dir, "HEAD~1")
	require.NoError(t, err)
	assert.True(t, has("changed.go", 1))
}

func TestSinceFails(t *testing.T) {
	dir := repository(t, map[string]string{"a.go": "package a\n"})
	for _, test := range []struct{ name, dir, revision, want string }{
		{"no such revision", dir, "nosuch", `git knows no revision "nosuch"`},
		{"an option", dir, "--output=x", `"--output=x" is no revision`},
		{"a file's name", dir, "a.go", `git knows no revision "a.go"`},
		{"outside of a work tree", t.TempDir(), "HEAD", "git rev-parse: fatal: not a git repository"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Since(test.dir, test.revision)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("diff --git a/x.go b/x.go\n--- a/x.go\n+++ b/x.go\n@@ -1,2 +3,4 @@ func f() {\n-a\n-b\n+c\n+d\n+e\n+f\n")
	f.Add("+++ \"b/gr\\303\\274n.go\"\n@@ -0,0 +1 @@\n+x\n")
	f.Add("@@ -1 +1,-9 @@\n")
	f.Fuzz(func(t *testing.T, diff string) {
		lines, err := parse([]byte(diff))
		if err != nil {
			return
		}
		for name, spans := range lines {
			for _, s := range spans {
				assert.LessOrEqual(t, s.first, s.last, name)
			}
		}
	})
}
