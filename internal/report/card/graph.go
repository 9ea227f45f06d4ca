package card

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/score"
)

// hues are the colours of edges: dark enough to read on white, and told apart without seeing red and green.
var hues = map[score.Grade]string{score.Good: "#1a7f37", score.Fair: "#9a6700", score.Bad: "#cf222e"}

// ids gives entries and dependencies short names.
func (c Card) ids() (entries map[*score.Entry]string, deps map[*score.Depend]string) {
	entries, deps = map[*score.Entry]string{}, map[*score.Depend]string{}
	for i, e := range c.Report.Map.Entries {
		entries[e] = fmt.Sprintf("e%d", i)
	}
	for i, d := range c.Report.Map.Dependencies {
		deps[d] = fmt.Sprintf("d%d", i)
	}
	return entries, deps
}

// dot prints the map for Graphviz.
func (c Card) dot(w io.Writer) error {
	out := bufio.NewWriter(w)
	entries, deps := c.ids()
	fmt.Fprintf(out, "digraph resilint {\n\trankdir=LR;\n\tnode [shape=box, fontname=\"sans-serif\"];\n")
	for _, e := range c.Report.Map.Entries {
		fmt.Fprintf(out, "\t%s [label=%s, tooltip=%s];\n", entries[e], strconv.Quote(e.Title), strconv.Quote(e.Kind+" "+c.at(e.Pos)))
	}
	for _, d := range c.Report.Map.Dependencies {
		width := ""
		if d.Critical {
			width = ", penwidth=3"
		}
		fmt.Fprintf(out, "\t%s [label=%s, tooltip=%s, shape=ellipse%s];\n", deps[d], strconv.Quote(d.Name), strconv.Quote(c.at(d.Pos)), width)
	}
	for _, e := range c.Report.Map.Edges {
		fmt.Fprintf(out, "\t%s -> %s [color=%q, tooltip=%s];\n", entries[e.Entry], deps[e.Dependency], hues[e.Grade()], strconv.Quote(protections(e)))
	}
	fmt.Fprintf(out, "}\n")
	return out.Flush()
}

// mermaid returns the map for Mermaid, which GitHub draws.
func (c Card) mermaid() string {
	var out strings.Builder
	entries, deps := c.ids()
	out.WriteString("flowchart LR\n")
	for _, e := range c.Report.Map.Entries {
		fmt.Fprintf(&out, "  %s[\"%s\"]\n", entries[e], label(e.Title))
	}
	for _, d := range c.Report.Map.Dependencies {
		fmt.Fprintf(&out, "  %s([\"%s\"])\n", deps[d], label(d.Name+critical(d)))
	}
	for i, e := range c.Report.Map.Edges {
		fmt.Fprintf(&out, "  %s -->|\"%s\"| %s\n  linkStyle %d stroke:%s\n", entries[e.Entry], label(protections(e)), deps[e.Dependency], i, hues[e.Grade()])
	}
	return out.String()
}

// label makes a text one of Mermaid, where quotes and signs of HTML are entities.
var label = strings.NewReplacer("&", "#amp;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "#", "#35;", "`", "'", "\n", " ").Replace
