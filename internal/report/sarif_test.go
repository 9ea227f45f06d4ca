package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/severity"
)

const reported = "package shop\n\n// Grüße 🙂\nvar x = \"ü🙂\" + http.Get(url)\n\nvar y = http.Get(url)\nvar z = http.Get(url)\n"

// found returns the findings of a file with that text, one for each "http.Get".
func found(t *testing.T, dir, text string) []Finding {
	t.Helper()
	name := filepath.Join(dir, "my shop", "shop.go")
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	place := func(offset int) token.Position {
		line := strings.Count(text[:offset], "\n") + 1
		return token.Position{Filename: name, Offset: offset, Line: line, Column: offset - strings.LastIndexByte(text[:offset], '\n')}
	}
	var list []Finding
	for at := 0; ; {
		i := strings.Index(text[at:], "http.Get")
		if i < 0 {
			return list
		}
		at += i
		end := at + len("http.Get")
		list = append(list, Finding{
			Package: "shop", Rule: "notimeout", Code: "client", Pos: place(at), End: place(end), Message: "hangs <for> ever",
			Related: []Related{{Pos: place(0), End: place(7), Message: "here"}},
			Fixes:   []Fix{{Message: "Mend it", Edits: []Edit{{name, at, end, "c.Get"}, {name, 0, 0, "// mended\n"}}}},
		})
		at = end
	}
}

var rules = []doc.Rule{
	{ID: "notimeout/client", Title: "report remote calls", Text: "a client without a timeout.", URL: "https://example.org/notimeout.md#client", Level: severity.Error},
	{ID: "notimeout/partial", Title: "report remote calls", Text: "half a timeout.", URL: "https://example.org/notimeout.md#partial", Level: severity.Warning},
}

func sarif(t *testing.T, dir string, findings []Finding, failures ...Failure) (text []byte, log map[string]any) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, SARIF{Root: dir, Version: "v1.2.3", Rules: rules}.Write(&out, findings, failures))
	require.NoError(t, json.Unmarshal(out.Bytes(), &log))
	return out.Bytes(), log
}

// TestSARIFSchema checks the output against the schema of OASIS.
func TestSARIFSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif-schema-2.1.0.json")
	require.NoError(t, err)
	dir := t.TempDir()
	for name, log := range map[string][]byte{
		"findings": first(sarif(t, dir, found(t, dir, reported))),
		"failures": first(sarif(t, dir, nil, Failure{Package: "p", Rule: "notimeout", Err: errors.New("broken")})),
		"nothing":  first(sarif(t, dir, nil)),
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value), name)
	}
	assert.Error(t, schema.Validate(map[string]any{"version": "2.1.0"}), "the schema does not see what is wrong")
}

func first(text []byte, _ map[string]any) []byte { return text }

// TestSARIFForGitHub checks what GitHub asks for beyond the schema: "SARIF support for code scanning",
// supported SARIF output file properties.
func TestSARIFForGitHub(t *testing.T) {
	dir := t.TempDir()
	_, log := sarif(t, dir, found(t, dir, reported))
	run := log["runs"].([]any)[0].(map[string]any)
	driver := run["tool"].(map[string]any)["driver"].(map[string]any)
	assert.Equal(t, "resilint", driver["name"])
	assert.Equal(t, "1.2.3", driver["semanticVersion"])
	for _, rule := range driver["rules"].([]any) {
		rule := rule.(map[string]any)
		assert.NotEmpty(t, rule["id"])
		for _, text := range []string{"shortDescription", "fullDescription", "help"} {
			value := rule[text].(map[string]any)["text"].(string)
			assert.NotEmpty(t, value, text)
			assert.LessOrEqual(t, len(value), 1024, "GitHub cuts %s", text)
		}
		assert.Contains(t, []any{"note", "warning", "error"}, rule["defaultConfiguration"].(map[string]any)["level"])
		properties := rule["properties"].(map[string]any)
		assert.Contains(t, []any{"very-high", "high", "medium", "low"}, properties["precision"])
		assert.Contains(t, []any{"error", "warning", "recommendation"}, properties["problem.severity"])
	}
	result := run["results"].([]any)[0].(map[string]any)
	assert.Equal(t, "notimeout/client", result["ruleId"])
	assert.Equal(t, map[string]any{"text": "hangs <for> ever"}, result["message"])
	assert.NotEmpty(t, result["partialFingerprints"].(map[string]any)["primaryLocationLineHash"])
	place := result["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)
	assert.Equal(t, map[string]any{"uri": "my%20shop/shop.go", "uriBaseId": "%SRCROOT%"}, place["artifactLocation"])
	// The smiley is two code units, and one rune, and four bytes.
	assert.Equal(t, map[string]any{"startLine": 4.0, "startColumn": 17.0, "endLine": 4.0, "endColumn": 25.0}, place["region"])
}

// TestFingerprints checks that findings keep their names when a line is inserted above, and that equal
// lines have different ones.
func TestFingerprints(t *testing.T) {
	dir := t.TempDir()
	before := Fingerprints(dir, found(t, dir, reported))
	after := Fingerprints(dir, found(t, dir, "// A line.\n"+strings.ReplaceAll(reported, "var y", "var  y")))
	assert.Equal(t, before, after)
	assert.Len(t, map[string]bool{before[0]: true, before[1]: true, before[2]: true}, 3)
	other := Fingerprints(dir, found(t, dir, strings.ReplaceAll(reported, "var y", "var u")))
	assert.Equal(t, before[0], other[0])
	assert.NotEqual(t, before[1], other[1])

	twice := strings.ReplaceAll(reported, "var z", "var y")
	same := Fingerprints(dir, found(t, dir, twice))
	assert.NotEqual(t, same[1], same[2])
}

func TestRDJSON(t *testing.T) {
	dir := t.TempDir()
	var out bytes.Buffer
	require.NoError(t, RDJSON{Root: dir, Rules: rules}.Write(&out, found(t, dir, reported)))
	var result struct {
		Source      struct{ Name string }
		Diagnostics []struct {
			Message, Severity string
			Location          struct {
				Path  string
				Range struct{ Start, End struct{ Line, Column int } }
			}
			Code        struct{ Value, URL string }
			Suggestions []any
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &result))
	require.Len(t, result.Diagnostics, 3)
	d := result.Diagnostics[0]
	assert.Equal(t, "my shop/shop.go", d.Location.Path)
	assert.Equal(t, 4, d.Location.Range.Start.Line)
	assert.Equal(t, 20, d.Location.Range.Start.Column, "columns count bytes")
	assert.Equal(t, "ERROR", d.Severity)
	assert.Equal(t, "notimeout/client", d.Code.Value)
	assert.Equal(t, "https://example.org/notimeout.md#client", d.Code.URL)
	assert.Empty(t, d.Suggestions, "half of a fix of two edits")
}
