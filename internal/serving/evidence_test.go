package serving_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/resilint/resilint/internal/serving"
)

// evidence returns what fixture packages show, by their paths.
func evidence(t *testing.T, paths ...string) map[string]*serving.Result {
	t.Helper()
	found := map[string]*serving.Result{}
	for _, result := range analysistest.Run(t, analysistest.TestData(), serving.Analyzer, paths...) {
		r, ok := result.Result.(*serving.Result)
		require.True(t, ok)
		found[r.Path] = r
	}
	return found
}

func TestHealth(t *testing.T) {
	want := map[string]bool{
		"health/middleware": true, "health/maker": true, "health/action": true, "health/case": true, "health/client": false,
	}
	got := map[string]bool{}
	for path, r := range evidence(t, "health/middleware", "health/maker", "health/action", "health/case", "health/client") {
		got[path] = r.Health
	}
	assert.Equal(t, want, got)
}

func TestLocal(t *testing.T) {
	for path, r := range evidence(t, "local/plain", "local/variable", "local/open") {
		require.Len(t, r.Starts, 1, path)
		assert.Equal(t, path != "local/open", r.Starts[0].Local, path)
	}
}
