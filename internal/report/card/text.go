package card

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/resilint/resilint/internal/score"
)

// colors are those of terminals for words of the table.
var colors = map[score.Status]string{score.Done: "32", score.Partial: "33", score.Gap: "31", score.NA: "2"}

func (c Card) paint(code, text string) string {
	if !c.Color || code == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// shown is how many places the text of a row or an action item names.
const shown = 5

func (c Card) text(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n\n", strings.Join(c.Report.Modules, ", "))
	for _, m := range c.Report.Missing {
		fmt.Fprintf(out, "%s %s\n\n", c.paint("31", "Not analyzed, and not in this report:"), m)
	}
	for _, row := range c.Report.Rows {
		fmt.Fprintf(out, "%-18s %s  %s\n", row.Name, c.paint(colors[row.Status], fmt.Sprintf("%-7s", row.Status)), about(row))
		c.places(out, row)
	}
	if len(c.Report.Map.Edges) > 0 {
		fmt.Fprintf(out, "\nWhat depends on what\n\n")
		c.ways(out)
	}
	if len(c.Report.Actions) > 0 {
		fmt.Fprintf(out, "\nWhat to do, worst first\n\n")
	}
	for i, a := range c.Report.Actions {
		fmt.Fprintf(out, "%2d. %s\n      %s\n", i+1, action(a), c.paint("36", a.Command))
	}
	return out.Flush()
}

// about says what a row's word is based on.
func about(row *score.Row) string {
	switch {
	case row.Reason == "":
		return row.Summary
	case row.Summary == "":
		return row.Reason
	}
	return row.Summary + "; " + row.Reason
}

// places names the first of those that a row misses something at.
func (c Card) places(out io.Writer, row *score.Row) {
	missing := missing(row)
	for i, p := range missing {
		if i == shown {
			fmt.Fprintf(out, "%28s%s\n", "", c.paint("2", fmt.Sprintf("and %d more; -format=json has them all", len(missing)-shown)))
			return
		}
		fmt.Fprintf(out, "%28s%s\n", "", c.paint("2", c.at(p.Pos)+" "+p.What))
	}
}

// missing returns the probes of a row that do not hold, those that fail first.
func missing(row *score.Row) []*score.Probe {
	var fails, weak []*score.Probe
	for _, p := range row.Probes {
		switch p.State {
		case score.Fails:
			fails = append(fails, p)
		case score.Weak:
			weak = append(weak, p)
		}
	}
	return append(fails, weak...)
}

var gradeColors = map[score.Grade]string{score.Good: "32", score.Fair: "33", score.Bad: "31"}

func (c Card) ways(out io.Writer) {
	var last *score.Entry
	for _, e := range c.Report.Map.Edges {
		if e.Entry != last {
			fmt.Fprintf(out, "  %s (%s)\n", e.Entry.Title, e.Entry.Kind)
			last = e.Entry
		}
		fmt.Fprintf(out, "    → %s%s  %s\n", e.Dependency.Name, critical(e.Dependency), c.paint(gradeColors[e.Grade()], protections(e)))
	}
}

func critical(d *score.Depend) string {
	if d.Critical {
		return " (critical)"
	}
	return ""
}

// protections says what stands on an edge.
func protections(e *score.Edge) string {
	if list := e.Protections(); len(list) > 0 {
		return strings.Join(list, ", ")
	}
	return "nothing"
}

// action says what to do, where, and how much of it a command does.
func action(a *score.Action) string {
	text := a.Row + ": " + a.Do
	if a.Count == 0 {
		return text
	}
	text += fmt.Sprintf(" (%s", places(a.Count))
	switch {
	case a.Label == "":
	case a.Runtime:
		text += ", by resilint's runtime, as far as there are edits"
	case a.Fixable == 0:
		text += ", by hand"
	case a.Fixable < a.Count:
		text += fmt.Sprintf(", of which this fixes %d", a.Fixable)
	default:
		text += ", which this fixes"
	}
	return text + ")"
}

func places(n int) string {
	if n == 1 {
		return "1 place"
	}
	return fmt.Sprintf("%d places", n)
}
