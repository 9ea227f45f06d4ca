package unboundedretry_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"

	"github.com/resilint/resilint/analyzers/unboundedretry"
	"github.com/resilint/resilint/internal/ruletest"
)

// styled runs a test with fixes of a style.
func styled(t *testing.T, style string, test func(fixtures []string)) {
	t.Helper()
	flag := unboundedretry.Analyzer.Flags.Lookup("fixstyle")
	before := flag.Value.String()
	require.NoError(t, flag.Value.Set(style))
	defer func() { require.NoError(t, flag.Value.Set(before)) }()
	lifted := func(name string) bool { return strings.HasPrefix(name, "fixlift") == (style == "runtime") }
	test(slices.DeleteFunc(fixtures(t, "fix*"), func(name string) bool { return !lifted(name) }))
}

func TestFixes(t *testing.T) {
	for _, style := range []string{"auto", "runtime"} { // the fixtures' module does not require the runtime
		styled(t, style, func(fixtures []string) {
			analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), unboundedretry.Analyzer, fixtures...)
		})
	}
}

// TestFixedCode checks that the fixed fixtures compile, and that a second run has nothing left to
// fix in them.
func TestFixedCode(t *testing.T) {
	for _, style := range []string{"std", "runtime"} {
		styled(t, style, func(fixtures []string) {
			ruletest.FixedCode(t, unboundedretry.Analyzer, analysistest.TestData(), fixtures)
		})
	}
}

// TestFixedLoops checks that the loops of a module, the tests of which show how they behave before and
// after they are fixed, are fixed to just that.
func TestFixedLoops(t *testing.T) {
	dir := filepath.Join(analysistest.TestData(), "behave")
	befores, err := filepath.Glob(filepath.Join(dir, "*", "*", "before"))
	require.NoError(t, err)
	require.NotEmpty(t, befores)
	for style, folder := range map[string]string{"std": "std", "auto": "lift"} { // the module requires the runtime
		styled(t, style, func([]string) {
			conf := &packages.Config{Dir: dir, Env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")}
			fixed := ruletest.Fix(t, unboundedretry.Analyzer, conf, "./"+folder+"/.../before")
			for _, before := range befores {
				shape := filepath.Dir(before)
				if filepath.Base(filepath.Dir(shape)) != folder {
					continue
				}
				want, err := os.ReadFile(filepath.Join(shape, "after", "shape.go"))
				require.NoError(t, err)
				assert.Equal(t, string(want), string(fixed[filepath.Join(before, "shape.go")]), shape)
			}
		})
	}
}

// TestFixesCompile checks that all fixes of all fixtures compile together, whatever they are about:
// those of the runtime style are some of both.
func TestFixesCompile(t *testing.T) {
	styled(t, "runtime", func([]string) {
		ruletest.FixesCompile(t, unboundedretry.Analyzer, analysistest.TestData(), fixtures(t, "*"), 11)
	})
}
