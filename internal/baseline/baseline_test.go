package baseline

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/report"
)

// findings writes a file and returns a finding for each of its lines that has "bad" in it.
func findings(t *testing.T, dir, text string) []report.Finding {
	t.Helper()
	name := filepath.Join(dir, "a", "a.go")
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	var list []report.Finding
	for i, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "bad") {
			list = append(list, report.Finding{Rule: "notimeout", Code: "client", Pos: token.Position{Filename: name, Line: i + 1}, Message: "m"})
		}
	}
	return list
}

func TestBaseline(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "baseline.json")
	require.NoError(t, Of(name, findings(t, dir, "bad 1\nbad 2\nbad 2\n")).Write(name))

	tests := []struct {
		name  string
		text  string
		fresh []int // lines
		stale []int // lines of old
	}{
		{"the same", "bad 1\nbad 2\nbad 2\n", nil, nil},
		{"moved and indented", "x\n\tbad  1\ny\nbad 2\nz\nbad 2\n", nil, nil},
		{"changed", "bad 3\nbad 2\nbad 2\n", []int{1}, []int{1}},
		{"one more of the same", "bad 1\nbad 2\nbad 2\nbad 2\n", []int{4}, nil},
		{"one less of the same", "bad 1\nbad 2\n", nil, []int{3}},
		{"all mended", "", nil, []int{1, 2, 3}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			known, err := Read(name)
			require.NoError(t, err)
			fresh, stale := known.New(name, findings(t, dir, test.text))
			var freshLines, staleLines []int
			for _, f := range fresh {
				freshLines = append(freshLines, f.Pos.Line)
			}
			for _, e := range stale {
				assert.Equal(t, "a/a.go", e.File)
				staleLines = append(staleLines, e.Line)
			}
			assert.Equal(t, test.fresh, freshLines)
			assert.Equal(t, test.stale, staleLines)
		})
	}
}

func TestReadFails(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct{ name, text, want string }{
		{"missing", "", "no such file: write it with -write-baseline"},
		{"not JSON", "findings:", "not a baseline"},
		{"of another version", `{"version": 2}`, "version 2 of the format, want 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := filepath.Join(dir, test.name)
			if test.text != "" {
				require.NoError(t, os.WriteFile(name, []byte(test.text), 0o666))
			}
			_, err := Read(name)
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}

// TestWriteFails: a baseline that cannot be written leaves the old one as it is.
func TestWriteFails(t *testing.T) {
	name := filepath.Join(t.TempDir(), "nosuch", "baseline.json")
	require.Error(t, new(Baseline).Write(name))
}
