package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// TestWhole runs both kinds of driver on modules whose lines say which of them sees a
// finding: "// both", or "// standalone" where importers' evidence is needed. One module says
// "// vet": what main sets, packages below it cannot see.
func TestWhole(t *testing.T) {
	archives, err := filepath.Glob("testdata/whole/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			dir := t.TempDir()
			for _, file := range archive.Files {
				path := filepath.Join(dir, filepath.FromSlash(file.Name))
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
				require.NoError(t, os.WriteFile(path, file.Data, 0o666))
			}
			stdout, stderr, _ := run(t, dir, tool, "./...")
			assert.Empty(t, stderr)
			assert.Equal(t, marked(archive, "both", "standalone"), places(stdout), stdout)
			_, stderr, _ = run(t, dir, "go", "vet", "-vettool="+tool, "./...")
			assert.Equal(t, marked(archive, "both", "vet"), places(stderr), stderr)
		})
	}
}

// marked returns the places whose lines end in one of the marks.
func marked(archive *txtar.Archive, marks ...string) []string {
	found := []string{}
	for _, file := range archive.Files {
		for i, line := range strings.Split(string(file.Data), "\n") {
			if _, mark, ok := strings.Cut(line, "// want "); ok && slices.Contains(marks, mark) {
				found = append(found, fmt.Sprintf("%s:%d", file.Name, i+1))
			}
		}
	}
	slices.Sort(found)
	return found
}

var place = regexp.MustCompile(`(?m)^(?:vet: )?(?:\./)?((?:\.\./)*[a-z/]+\.go:[0-9]+):[0-9]+: [^\t]`)

// places returns the places of the findings in a driver's output, not those related to them.
func places(output string) []string {
	found := []string{}
	for _, match := range place.FindAllStringSubmatch(output, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return found
}
