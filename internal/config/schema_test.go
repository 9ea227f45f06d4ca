package config_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/resilint/resilint/internal/config"
)

type object = map[string]any

// violations says what of a value a schema does not allow, as far as the schema uses words that
// it knows. It panics at others.
func violations(schema object, value any, path string) []string {
	var found []string
	add := func(format string, args ...any) { found = append(found, path+": "+fmt.Sprintf(format, args...)) }
	for _, word := range slices.Sorted(maps.Keys(schema)) {
		arg := schema[word]
		switch word {
		case "$schema", "$id", "title", "description":
		case "type":
			types, ok := arg.([]any)
			if !ok {
				types = []any{arg}
			}
			if !slices.ContainsFunc(types, func(name any) bool { return hasType(value, name.(string)) }) {
				add("%v is no %v", value, types)
			}
		case "const":
			if value != arg {
				add("%v is not %v", value, arg)
			}
		case "enum":
			if !slices.Contains(arg.([]any), value) {
				add("%v is not in %v", value, arg)
			}
		case "minLength":
			if s, ok := value.(string); ok && float64(len(s)) < arg.(float64) {
				add("%q is too short", s)
			}
		case "minimum", "maximum":
			if n, ok := value.(float64); ok && n != arg.(float64) && (n > arg.(float64)) == (word == "maximum") {
				add("%v is past the %s", n, word)
			}
		case "oneOf":
			fits := 0
			for _, alternative := range arg.([]any) {
				if len(violations(alternative.(object), value, path)) == 0 {
					fits++
				}
			}
			if fits != 1 {
				add("%v fits %d of %v", value, fits, arg)
			}
		case "items":
			list, _ := value.([]any)
			for i, item := range list {
				found = append(found, violations(arg.(object), item, fmt.Sprintf("%s[%d]", path, i))...)
			}
		case "properties":
			mapping, _ := value.(object)
			for name, inner := range mapping {
				if property, ok := arg.(object)[name]; ok {
					found = append(found, violations(property.(object), inner, path+"."+name)...)
				}
			}
		case "additionalProperties":
			mapping, _ := value.(object)
			for name := range mapping {
				if _, ok := schema["properties"].(object)[name]; !ok {
					add("unknown key %q", name)
				}
			}
		case "required":
			mapping, ok := value.(object)
			for _, name := range arg.([]any) {
				if _, given := mapping[name.(string)]; ok && !given {
					add("no %s", name)
				}
			}
		default:
			panic("unknown word in the schema: " + word)
		}
	}
	return found
}

func hasType(value any, name string) bool {
	switch value := value.(type) {
	case nil:
		return name == "null"
	case bool:
		return name == "boolean"
	case string:
		return name == "string"
	case float64:
		return name == "number" || name == "integer" && value == float64(int64(value))
	case []any:
		return name == "array"
	case object:
		return name == "object"
	}
	return false
}

// TestSchema: an editor that goes by the schema accepts what the parser accepts, and finds most
// of what the parser refuses.
func TestSchema(t *testing.T) {
	var schema object
	require.NoError(t, json.Unmarshal(config.Schema(rules), &schema))
	for name, test := range map[string]struct {
		text string
		want string // of the schema; the parser refuses these, too
	}{
		"complete":          {complete, ""},
		"empty":             {"{}", ""},
		"commented out":     {"catalog:\nrules:\nslow:\n", ""},
		"unknown key":       {"bogus: 1", `unknown key "bogus"`},
		"unknown rule":      {"rules: {bogus: true}", `unknown key "bogus"`},
		"no path":           {"catalog: [{calls: []}]", "no path"},
		"no kind":           {"catalog: [{path: a, calls: [{name: Get}]}]", "no kind"},
		"unknown kind":      {"catalog: [{path: a, calls: [{name: Get, kind: rpc}]}]", "rpc is not in [exchange dial serve query]"},
		"argument -1":       {"catalog: [{path: a, calls: [{name: Get, kind: query, context: -1}]}]", "-1 fits 0 of"},
		"argument":          {"catalog: [{path: a, calls: [{name: Get, kind: query, context: first}]}]", "first fits 0 of"},
		"a list":            {"[]", "is no [object null]"},
		"a list for text":   {"catalog: [{path: [a]}]", "is no [string]"},
		"a bad choice":      {"slow: {mood: odd}", "odd is not in [good bad]"},
		"text for a flag":   {"slow: {loud: very}", "very is no [boolean]"},
		"text for a number": {"slow: {tries: many}", "many is no [integer]"},
		"number for a time": {"slow: {wait: 30}", "30 is no [string]"},
	} {
		t.Run(name, func(t *testing.T) {
			var value any
			require.NoError(t, yaml.Unmarshal([]byte(test.text), &value))
			found := violations(schema, jsonOf(t, value), "$")
			_, err := config.Parse("f", []byte(test.text), rules)
			if test.want == "" {
				assert.Empty(t, found)
				assert.NoError(t, err)
				return
			}
			assert.Contains(t, strings.Join(found, "\n"), test.want)
			assert.Error(t, err)
		})
	}
}

// TestDescribed: every key says what it means, in the manual and to an editor.
func TestDescribed(t *testing.T) {
	rows := config.Keys(rules)
	require.NotEmpty(t, rows)
	help := config.Help(rules)
	for _, row := range rows {
		assert.NotEmpty(t, row.Meaning, row.Key)
		assert.NotEmpty(t, row.Value, row.Key)
		assert.Contains(t, help, row.Value)
	}
	var schema object
	require.NoError(t, json.Unmarshal(config.Schema(rules), &schema))
	described := 0
	var count func(schema any)
	count = func(schema any) {
		mapping, ok := schema.(object)
		if !ok {
			return
		}
		if properties, ok := mapping["properties"].(object); ok {
			for name, property := range properties {
				assert.NotEmpty(t, property.(object)["description"], name)
				described++
				count(property)
			}
		}
		count(mapping["items"])
	}
	count(schema)
	assert.Equal(t, len(rows), described)
}
