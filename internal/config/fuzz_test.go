package config_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/config"
)

// FuzzParse: whatever a file contains, parsing it does not panic; if it is refused, each line
// says where; if it is not, the catalogue takes it, and so does the schema.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		complete, "", "---\n", "rules: {quiet: false}\n", "slow:\n  wait: 1s\n---\n", "a: &a [*a]\n", "? [x]\n: y\n",
		"catalog:\n  - path: net/http\n    bounded: [Get]\n", "catalog: [{path: a/v2/v3, calls: [{name: A.B, kind: dial, address: 15}]}]\n",
		"catalog: [{path: a, makers: [{name: A, type: net/http.Client}], bounded-by: [gopkg.in/b.v2.C.D]}]\n",
		"<<: {rules: {quiet: yes}}\n", "rules: !!map {quiet: !!bool no}\n", "slow: {wait: !!str 1s, tries: 0x10, loud: True}\n",
		"\t", "%YAML 1.1\n---\n", "'", "rules: |\n  quiet", "\xff\xfe", "\xfe\xff (00", "catalog: ~\n",
	} {
		f.Add([]byte(seed))
	}
	var schema object
	require.NoError(f, json.Unmarshal(config.Schema(rules), &schema))
	f.Cleanup(func() { require.NoError(f, catalog.Extend(nil)) })
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, err := config.Parse("f", data, rules)
		if err != nil {
			var errs config.Errors
			require.ErrorAs(t, err, &errs)
			require.NotEmpty(t, errs)
			for _, err := range errs {
				require.Positive(t, err.Pos.Line, err.Error())
				require.LessOrEqual(t, err.Pos.Line, lines(data), err.Error())
				require.NotEmpty(t, err.Msg)
				require.NotContains(t, err.Error(), "\n")
			}
			return
		}
		require.NoError(t, cfg.Extend())
		var value any
		if yaml.Unmarshal(data, &value) == nil && value != nil {
			require.Empty(t, violations(schema, jsonOf(t, value), "$"), "%q", data)
		}
	})
}

// lines returns how many lines a file has, for YAML, at most: it can be in UTF-16, and end lines in
// five ways.
func lines(data []byte) int {
	if !utf8.Valid(data) || strings.ContainsAny(string(data), "\u0085\u2028\u2029") {
		return math.MaxInt
	}
	return strings.Count(strings.ReplaceAll(string(data), "\r", "\n"), "\n") + 1
}

// jsonOf makes of what the yaml package decodes what the json package would have decoded.
func jsonOf(t *testing.T, value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		t.Skip("not to be said in JSON")
	}
	var plain any
	require.NoError(t, json.Unmarshal(text, &plain))
	return plain
}
