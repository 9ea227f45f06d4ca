package e2e

import (
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/internal/evidencetest"
	"github.com/resilint/resilint/internal/remote"
)

var fence = regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$")

// TestEvidencePage follows the example of docs/evidence.md, which is taken from the page
// itself: its sources have the facts, and the finding, that it says.
func TestEvidencePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/evidence.md")
	require.NoError(t, err)
	files, blocks := map[string]string{}, map[string]string{}
	for _, match := range fence.FindAllStringSubmatch(string(page), -1) {
		if kind, name, text := match[1], match[2], match[3]; kind == "go" {
			files[name] = text
		} else {
			blocks[kind] = text
		}
	}
	require.Contains(t, files, "main.go")

	t.Run("facts", func(t *testing.T) {
		sources := map[string]string{}
		for name, text := range files {
			if filepath.Dir(name) == "." {
				name = "main/" + name
			}
			sources[name] = text
		}
		assert.Equal(t, blocks["facts"], facts(t, evidencetest.Load(t, sources, nil)))
	})
	t.Run("finding", func(t *testing.T) {
		dir := t.TempDir()
		files["go.mod"] = "module example.org/m\n\ngo 1.26\n"
		for name, text := range files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
			require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
		}
		stdout, stderr, status := run(t, dir, tool, "./...")
		assert.Equal(t, blocks["text"], stdout)
		assert.Empty(t, stderr)
		assert.Equal(t, 1, status)
	})
}

// facts returns the summaries of the functions of packages, one a line.
func facts(t *testing.T, pkgs map[string]*packages.Package) string {
	t.Helper()
	var roots []*packages.Package
	for _, pkg := range pkgs {
		roots = append(roots, pkg)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{remote.Analyzer}, roots, nil)
	require.NoError(t, err)
	var lines []string
	for action := range graph.All() {
		for _, fact := range action.AllObjectFacts() {
			summary, ok := fact.Fact.(*remote.Summary)
			if !ok || action.Analyzer != remote.Analyzer || fact.Object.Pkg() != action.Package.Types {
				continue
			}
			name := fact.Object.Pkg().Name() + "." + fact.Object.Name()
			if recv := fact.Object.(*types.Func).Signature().Recv(); recv != nil {
				typ := recv.Type().(*types.Pointer).Elem().(*types.Named).Obj().Name()
				name = fact.Object.Pkg().Name() + "." + typ + "." + fact.Object.Name()
			}
			lines = append(lines, fmt.Sprintf("%s: %v\n", name, summary))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}
