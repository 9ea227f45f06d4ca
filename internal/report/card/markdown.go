package card

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/resilint/resilint/internal/score"
)

var signs = map[score.Status]string{score.Done: "🟢", score.Partial: "🟡", score.Gap: "🔴", score.NA: "⚪"}

// escape makes a text of code or names harmless in a table of Markdown.
var escape = strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "\n", " ", "`", "'", "[", `\[`, "*", `\*`, "_", `\_`, "@", "&#64;")

func (c Card) markdown(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## Resilience of %s\n\n", escape.Replace(strings.Join(c.Report.Modules, ", ")))
	for _, m := range c.Report.Missing {
		fmt.Fprintf(out, "> Not analyzed, and not in this report: %s\n\n", escape.Replace(m))
	}
	fmt.Fprintf(out, "| | Status | |\n|---|---|---|\n")
	for _, row := range c.Report.Rows {
		fmt.Fprintf(out, "| **%s** | %s %s | %s |\n", row.Name, signs[row.Status], row.Status, escape.Replace(about(row)))
	}
	if len(c.Report.Actions) > 0 {
		fmt.Fprintf(out, "\n### What to do, worst first\n\n")
	}
	for i, a := range c.Report.Actions {
		fmt.Fprintf(out, "%d. %s\n   `%s`\n", i+1, escape.Replace(action(a)), a.Command)
	}
	if len(c.Report.Map.Edges) > 0 {
		fmt.Fprintf(out, "\n<details><summary>What depends on what</summary>\n\n```mermaid\n%s```\n\n</details>\n", c.mermaid())
	}
	for _, row := range c.Report.Rows {
		missing := missing(row)
		if len(missing) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n<details><summary>%s: %s</summary>\n\n", row.Name, places(len(missing)))
		for _, p := range missing {
			fmt.Fprintf(out, "- `%s` %s\n", strings.ReplaceAll(c.at(p.Pos), "`", "'"), escape.Replace(p.What))
		}
		fmt.Fprintf(out, "\n</details>\n")
	}
	return out.Flush()
}
