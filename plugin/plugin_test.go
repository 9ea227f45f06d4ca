package plugin

import (
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers"
	"github.com/resilint/resilint/analyzers/notimeout"
	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/severity"
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
	assert.Equal(t, slices.DeleteFunc(names(analyzers.All()), severity.IsNote), names(built))
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
		flags.VisitAll(func(f *flag.Flag) { require.NoError(t, f.Value.Set(f.DefValue)) })
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

// TestCatalog: the settings have the keys of the configuration file, and that file is not read.
func TestCatalog(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(".resilint.yml", []byte("nonsense: true"), 0o666))
	const call = "example.org/kit/rpc.Client.Call"
	_, err := New(object{"catalog": []any{object{
		"path":    "example.org/kit/rpc",
		"calls":   []any{object{"name": "Client.Call", "kind": "query", "context": 0}},
		"bounded": []any{"Client.Ping"},
	}}})
	require.NoError(t, err)
	require.NotNil(t, catalog.CallNamed(call))
	assert.Equal(t, catalog.Query, catalog.CallNamed(call).Kind)

	_, err = New(nil)
	require.NoError(t, err)
	assert.Nil(t, catalog.CallNamed(call), "the last call wins")
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		settings any
		message  string
	}{
		"unknown setting":      {object{"bogus": true}, `unknown key "bogus"`},
		"unknown flag":         {object{"notimeout": object{"bogus": "1s"}}, `unknown key "bogus"`},
		"unknown rule":         {object{"rules": object{"bogus": true}}, `unknown key "bogus", want one of deadline, nobreaker, nobulkhead, nohealth, nonidempotent, noshutdown, notimeout, unboundedretry`},
		"rule neither on, off": {object{"rules": object{"notimeout": "on"}}, `rules.notimeout: "on", want true or false`},
		"no unit":              {object{"notimeout": object{"timeout": 30}}, `"30" is not a positive duration`},
		"no duration":          {object{"notimeout": object{"timeout": "soon"}}, `"soon" is not a positive duration`},
		"no timeout":           {object{"notimeout": object{"dial-timeout": "0s"}}, `"0s" is not a positive duration`},
		"negative":             {object{"notimeout": object{"header-timeout": "-1s"}}, `"-1s" is not a positive duration`},
		"neither bound":        {object{"notimeout": object{"default-client": "perhaps"}}, `"perhaps" is neither bounded nor unbounded`},
		"unknown kind": {
			object{"catalog": []any{object{"path": "a", "calls": []any{object{"name": "Get", "kind": "rpc"}}}}},
			`catalog[0].calls[0].kind: "rpc", want exchange, dial, serve or query`,
		},
		"no object": {[]string{"notimeout"}, "a list, want a mapping"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(test.settings)
			assert.ErrorContains(t, err, test.message)
		})
	}
}
