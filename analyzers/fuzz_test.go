package analyzers_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/internal/evidencetest"
)

// FuzzRules: whatever a program looks like, no rule and none of the evidence that they are made from fails,
// and they find the same the next time.
func FuzzRules(f *testing.F) {
	f.Add([]byte(nil))
	for seed := range 40 {
		data := make([]byte, 300)
		x := uint32(seed)*2654435761 + 1
		for i := range data {
			x ^= x << 13
			x ^= x >> 17
			x ^= x << 5
			data[i] = byte(x >> 8)
		}
		f.Add(data)
	}
	evidencetest.Load(f, map[string]string{"p/p.go": evidencetest.Program(nil)}, nil) // compiles what is imported: later, that would be a hang
	f.Fuzz(func(t *testing.T, data []byte) {
		source := evidencetest.Program(data[:min(len(data), 2000)])
		require.Equal(t, find(t, source), find(t, source))
	})
}

func find(t *testing.T, source string) []string {
	pkg := evidencetest.Load(t, map[string]string{"p/p.go": source}, nil)["p"]
	graph, err := checker.Analyze(analyzers.All(), []*packages.Package{pkg}, nil)
	require.NoError(t, err)
	var found []string
	for _, act := range graph.Roots {
		require.NoError(t, act.Err, "%s\n%s", act, source)
		for _, d := range act.Diagnostics {
			found = append(found, fmt.Sprintf("%s %s: %s", pkg.Fset.Position(d.Pos), act.Analyzer.Name, d.Message))
		}
	}
	slices.Sort(found)
	return found
}
