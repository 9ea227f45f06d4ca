package card

import (
	"bytes"
	"fmt"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/score"
)

const hostile = "\"><script>alert(1)</script>|`[x](javascript:1)` @all\n# head"

// sample returns a card of n entries that depend on as many services, the first of them with names that no format
// may take for more.
func sample(n int) Card {
	m := &score.Map{}
	for i := range n {
		m.Entries = append(m.Entries, &score.Entry{Name: fmt.Sprint("e", i), Title: fmt.Sprint("entry", i), Kind: "http"})
		m.Dependencies = append(m.Dependencies, &score.Depend{Name: fmt.Sprint("dep", i), Critical: i == 1})
	}
	m.Entries[0].Title, m.Dependencies[0].Name = hostile, hostile
	for i := range n { // each on the one opposite, so that all of them cross
		m.Edges = append(m.Edges, &score.Edge{Entry: m.Entries[i], Dependency: m.Dependencies[n-1-i], Timeout: i%2 == 0, Breaker: i%4 == 0})
	}
	pos := token.Position{Filename: "a.go", Line: 3, Column: 1}
	finding := report.Finding{Rule: "notimeout", Code: "client", Pos: pos, Message: hostile}
	return Card{
		Report: &score.Report{
			Modules: []string{"example.org/a"}, Map: m, Findings: []report.Finding{finding}, Missing: []string{hostile},
			Rows: []*score.Row{{Name: score.Timeouts, Status: score.Gap, Summary: hostile, Probes: []*score.Probe{{Kind: "call", What: hostile, Pos: pos, State: score.Fails, Why: hostile}}}},
		},
		Details: []Detail{{Finding: finding, Source: []Line{{3, hostile, true}}, Diff: "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+" + hostile}},
	}
}

// TestHostile checks that names and messages end nothing that they stand in.
func TestHostile(t *testing.T) {
	texts := map[Format]string{}
	for _, format := range []Format{HTML, Markdown, Mermaid, DOT, JSON} {
		c := sample(3)
		c.Format = format
		var out bytes.Buffer
		require.NoError(t, c.Write(&out))
		texts[format] = out.String()
	}
	for _, format := range []Format{HTML, Markdown, Mermaid, JSON} {
		assert.NotContains(t, texts[format], "<script>alert", format)
	}
	for _, format := range []Format{Markdown, Mermaid, DOT} {
		assert.NotContains(t, texts[format], "\n# head", format)
	}
	table, _, ok := strings.Cut(texts[Markdown], "```mermaid")
	require.True(t, ok)
	assert.NotContains(t, table, "@all", "it calls people")
	assert.NotContains(t, table, "`[x]")
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "| **") {
			assert.Equal(t, 4, strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"), line)
		}
	}
	assert.Contains(t, texts[DOT], `[label="\"><script>`, "its quotes are escaped, and that is all it asks for")
	for line := range strings.Lines(texts[Mermaid]) {
		assert.Contains(t, []int{0, 2}, strings.Count(line, `"`), line)
	}
}

// TestLayout checks that boxes do not lie on each other, that what can be drawn without crossings is, and that the same
// map is drawn the same each time.
func TestLayout(t *testing.T) {
	c := sample(12)
	d := c.lay()
	for _, layer := range [][]box{d.Entries, d.Deps} {
		require.Len(t, layer, 12)
		for i := 1; i < len(layer); i++ {
			assert.GreaterOrEqual(t, layer[i].Y, layer[i-1].Y+layer[i-1].H)
		}
		assert.LessOrEqual(t, layer[11].Y+layer[11].H, d.Height)
	}
	for i := range d.Entries {
		from, to := d.Entries[i].Full, d.Deps[i].Full
		found := false
		for _, e := range d.Edges {
			found = found || e.From == from && e.To == to
		}
		assert.True(t, found, "%s is not opposite to what it depends on", from)
	}
	assert.Equal(t, d, c.lay())
}

func TestColor(t *testing.T) {
	c := sample(1)
	var plain, colored bytes.Buffer
	require.NoError(t, c.Write(&plain))
	c.Color = true
	require.NoError(t, c.Write(&colored))
	assert.NotContains(t, plain.String(), "\x1b")
	assert.Contains(t, colored.String(), "\x1b[31mGap    \x1b[0m")
}
