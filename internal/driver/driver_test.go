package driver

import (
	"bytes"
	"errors"
	"go/types"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

func TestIsVetTool(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want bool
	}{
		{"none", nil, false},
		{"version", []string{"-V=full"}, true},
		{"flags", []string{"-flags"}, true},
		{"unit", []string{"/tmp/vet.cfg"}, true},
		{"unit with flags", []string{"-json", "-notimeout=false", "/tmp/vet.cfg"}, true},
		{"packages", []string{"-json", "./..."}, false},
		{"help", []string{"help"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, IsVetTool(test.args))
		})
	}
}

func TestEnabledRules(t *testing.T) {
	rule := func(name string) *analysis.Analyzer {
		return &analysis.Analyzer{Name: name, Doc: name, Run: func(*analysis.Pass) (any, error) { return nil, nil }}
	}
	all := []*analysis.Analyzer{rule("r1"), rule("r2"), rule("r3")}
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"default", nil, []string{"r1", "r2", "r3"}},
		{"some", []string{"-r1", "-r3"}, []string{"r1", "r3"}},
		{"all but one", []string{"-r2=false"}, []string{"r1", "r3"}},
		{"true beats false", []string{"-r1=true", "-r2=false"}, []string{"r1"}},
		{"the last counts", []string{"-r1", "-r1=false"}, []string{"r2", "r3"}},
		{"none", []string{"-r1=false", "-r2=false", "-r3=0"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var opts options
			require.NoError(t, newFlagSet(&opts, all).Parse(test.args))
			var got []string
			for _, a := range opts.enabledRules(all) {
				got = append(got, a.Name)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

var testPackage = types.NewPackage("example.com/p", "p")

func TestGuardKeepsIdentity(t *testing.T) {
	base := &analysis.Analyzer{
		Name:       "base",
		ResultType: reflect.TypeFor[string](),
		Run:        func(*analysis.Pass) (any, error) { return "", nil },
	}
	var seen *analysis.Pass
	rule := &analysis.Analyzer{
		Name:     "rule",
		Requires: []*analysis.Analyzer{base},
		Run:      func(pass *analysis.Pass) (any, error) { seen = pass; return nil, nil },
	}
	g := newGuard()
	s := g.standIn(rule)
	assert.Same(t, s, g.standIn(rule))
	assert.NotSame(t, rule, s)
	require.Equal(t, []*analysis.Analyzer{g.standIn(base)}, s.Requires)

	_, err := g.run(rule, &analysis.Pass{
		Analyzer: s,
		Pkg:      testPackage,
		ResultOf: map[*analysis.Analyzer]any{g.standIn(base): "result"},
	})
	require.NoError(t, err)
	assert.Same(t, rule, seen.Analyzer)
	assert.Equal(t, map[*analysis.Analyzer]any{base: "result"}, seen.ResultOf)
}

func TestGuardFailures(t *testing.T) {
	tests := []struct {
		name string
		run  func(*analysis.Pass) (any, error)
		want string
	}{
		{"error", func(*analysis.Pass) (any, error) { return "", errors.New("cannot") }, `^cannot$`},
		{"panic", func(*analysis.Pass) (any, error) { panic("oh no") }, `^panic: oh no at .*TestGuardFailures.* \(driver_test\.go:\d+\)$`},
		{"nil pointer", func(pass *analysis.Pass) (any, error) { return pass.TypesInfo.Defs, nil }, `^panic: .*nil pointer.* \(driver_test\.go:\d+\)$`},
		{"wrong result", func(*analysis.Pass) (any, error) { return 1, nil }, `^result is a int, not a string$`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base := &analysis.Analyzer{Name: "base", ResultType: reflect.TypeFor[string](), Run: test.run}
			rule := &analysis.Analyzer{
				Name:     "rule",
				Requires: []*analysis.Analyzer{base},
				Run:      func(*analysis.Pass) (any, error) { panic("must not run") },
			}
			g := newGuard()
			for _, a := range []*analysis.Analyzer{base, rule} {
				result, err := g.standIn(a).Run(&analysis.Pass{Pkg: testPackage})
				assert.NoError(t, err, "a stand-in never fails")
				assert.Equal(t, a.ResultType, reflect.TypeOf(result))
			}
			failures := g.failures()
			require.Len(t, failures, 1, "what follows from a failure is not reported")
			assert.Equal(t, "base", failures[0].Rule)
			assert.Regexp(t, test.want, failures[0].Err.Error())
		})
	}
}

func TestNoProgressInPipe(t *testing.T) {
	var buf bytes.Buffer
	showProgress(&buf, "working")()
	assert.Empty(t, buf.String())

	r, w, err := os.Pipe()
	require.NoError(t, err)
	stop := showProgress(w, "working")
	time.Sleep(patience + patience/10)
	stop()
	w.Close()
	_, err = buf.ReadFrom(r)
	require.NoError(t, err)
	assert.Empty(t, buf.String())
}
