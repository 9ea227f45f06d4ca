package plugin

import (
	"flag"
	"maps"
	"slices"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/analyzers/notimeout"
)

// golangci-lint hands settings over as its YAML parser leaves them: maps of any.
type object = map[string]any

func TestRegistered(t *testing.T) {
	newPlugin, err := register.GetPlugin("resilint")
	require.NoError(t, err)
	p, err := newPlugin(nil) // no settings in .golangci.yml
	require.NoError(t, err)
	assert.Equal(t, register.LoadModeTypesInfo, p.GetLoadMode())
	built, err := p.BuildAnalyzers()
	require.NoError(t, err)
	assert.Equal(t, names(analyzers.All()), names(built))
	assert.NoError(t, analysis.Validate(built))
}

// names returns the names of rules: the plugin's are wrapped ones.
func names(rules []*analysis.Analyzer) []string {
	var names []string
	for _, rule := range rules {
		names = append(names, rule.Name)
	}
	return names
}

func TestRules(t *testing.T) {
	for _, on := range []bool{true, false} {
		p, err := New(object{"rules": object{"notimeout": on}})
		require.NoError(t, err)
		built, err := p.BuildAnalyzers()
		require.NoError(t, err)
		if on {
			assert.Contains(t, names(built), "notimeout")
		} else {
			assert.NotContains(t, names(built), "notimeout")
		}
	}
}

func TestFlags(t *testing.T) {
	flags := &notimeout.Analyzer.Flags
	t.Cleanup(func() {
		for name := range new(noTimeoutSettings).flags() {
			f := flags.Lookup(name)
			require.NoError(t, f.Value.Set(f.DefValue))
		}
	})
	_, err := New(object{"notimeout": object{"timeout": "7s", "dial-timeout": "2s", "default-client": "bounded"}})
	require.NoError(t, err)
	for name, want := range map[string]string{
		"timeout":        "7s",
		"dial-timeout":   "2s",
		"header-timeout": flags.Lookup("header-timeout").DefValue,
		"default-client": "bounded",
	} {
		assert.Equal(t, want, flags.Lookup(name).Value.String(), name)
	}
}

// TestEveryFlag checks that a rule has no flag that the settings cannot reach.
func TestEveryFlag(t *testing.T) {
	var flags []string
	notimeout.Analyzer.Flags.VisitAll(func(f *flag.Flag) { flags = append(flags, f.Name) })
	assert.ElementsMatch(t, slices.Collect(maps.Keys(new(noTimeoutSettings).flags())), flags)
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		settings any
		message  string
	}{
		"unknown setting":      {object{"bogus": true}, `unknown field "bogus"`},
		"unknown flag":         {object{"notimeout": object{"bogus": "1s"}}, `unknown field "bogus"`},
		"unknown rule":         {object{"rules": object{"bogus": true}}, "no such rule: bogus"},
		"rule neither on, off": {object{"rules": object{"notimeout": "on"}}, "cannot unmarshal string"},
		"no unit":              {object{"notimeout": object{"timeout": 30}}, "cannot unmarshal number"},
		"no duration":          {object{"notimeout": object{"timeout": "soon"}}, `"soon" is not a positive duration`},
		"no timeout":           {object{"notimeout": object{"dial-timeout": "0s"}}, `"0s" is not a positive duration`},
		"negative":             {object{"notimeout": object{"header-timeout": "-1s"}}, `"-1s" is not a positive duration`},
		"neither bound":        {object{"notimeout": object{"default-client": "perhaps"}}, `"perhaps" is neither bounded nor unbounded`},
		"no object":            {[]string{"notimeout"}, "cannot unmarshal array"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(test.settings)
			assert.ErrorContains(t, err, test.message)
		})
	}
}
