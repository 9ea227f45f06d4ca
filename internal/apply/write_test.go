package apply

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newFiles creates files with the contents "old".
func newFiles(t *testing.T, names ...string) (dir string, changes []Change) {
	dir = t.TempDir()
	for _, name := range names {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, []byte("old"), 0o640))
		changes = append(changes, Change{name, []byte("old"), []byte("new")})
	}
	return dir, changes
}

// assertFiles asserts that dir has exactly these files.
func assertFiles(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := make(map[string]string)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		got[e.Name()] = string(data)
	}
	assert.Equal(t, want, got)
}

func TestWrite(t *testing.T) {
	dir, changes := newFiles(t, "a.go", "b.go")
	require.NoError(t, os.Chmod(changes[1].Filename, 0o755))
	require.NoError(t, Write(changes))
	assertFiles(t, dir, map[string]string{"a.go": "new", "b.go": "new"})
	for i, mode := range []os.FileMode{0o640, 0o755} {
		info, err := os.Stat(changes[i].Filename)
		require.NoError(t, err)
		assert.Equal(t, mode, info.Mode())
	}
}

func TestWriteKeepsSymlinks(t *testing.T) {
	dir, changes := newFiles(t, "a.go")
	link := filepath.Join(dir, "link.go")
	if err := os.Symlink("a.go", link); err != nil {
		t.Skip(err)
	}
	changes[0].Filename = link
	require.NoError(t, Write(changes))
	assertFiles(t, dir, map[string]string{"a.go": "new", "link.go": "new"})
	target, err := os.Readlink(link)
	require.NoError(t, err)
	assert.Equal(t, "a.go", target)
}

func TestWriteFailsBeforeRenaming(t *testing.T) {
	tests := []struct {
		name string
		harm func(t *testing.T, c *Change) // makes it impossible to write c
	}{
		{"no such file", func(t *testing.T, c *Change) { c.Filename += "x" }},
		{"changed meanwhile", func(t *testing.T, c *Change) { c.Old = []byte("other") }},
		{"read-only", func(t *testing.T, c *Change) {
			require.NoError(t, os.Chmod(c.Filename, 0o400))
			if os.Getuid() == 0 {
				t.Skip("root can write read-only files")
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir, changes := newFiles(t, "a.go", "b.go", "c.go")
			test.harm(t, &changes[1])
			assert.Error(t, Write(changes))
			assertFiles(t, dir, map[string]string{"a.go": "old", "b.go": "old", "c.go": "old"})
		})
	}
}

func TestWriteRestores(t *testing.T) {
	defer func() { rename = os.Rename }()
	renamed := 0
	rename = func(from, to string) error {
		if renamed++; renamed == 3 {
			return errors.New("disk on fire")
		}
		return os.Rename(from, to)
	}
	dir, changes := newFiles(t, "a.go", "b.go", "c.go", "d.go")
	assert.EqualError(t, Write(changes), "disk on fire")
	assertFiles(t, dir, map[string]string{"a.go": "old", "b.go": "old", "c.go": "old", "d.go": "old"})
}
