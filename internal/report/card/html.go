package card

import (
	"cmp"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/score"
	"github.com/resilint/resilint/internal/severity"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// A view is what the page shows.
type view struct {
	Modules  string
	Missing  []string
	Version  string
	Rows     []viewRow
	Map      drawing
	Actions  []*viewAction
	Rules    []viewRule
	Findings []viewFinding
}

type viewRow struct {
	*score.Row
	Class          string // of its status
	About          string
	Missing, Holds []viewProbe
}

type viewProbe struct {
	*score.Probe
	Where string
}

type viewAction struct {
	*score.Action
	Text string
}

type viewRule struct {
	Name  string
	Count int
}

type viewFinding struct {
	Rule, Label, Level, URL, Where, Message string
	Code                                    []Line
	Diff                                    []diffLine
	Unsafe                                  bool
	Related                                 []viewProbe
}

type diffLine struct{ Class, Text string }

// html prints one page that needs nothing else: its style and script are part of it.
func (c Card) html(w io.Writer) error {
	v := view{Modules: strings.Join(c.Report.Modules, ", "), Missing: c.Report.Missing, Version: c.Version, Map: c.lay()}
	for _, row := range c.Report.Rows {
		r := viewRow{Row: row, Class: class(row.Status), About: about(row)}
		for _, p := range missing(row) {
			r.Missing = append(r.Missing, viewProbe{p, c.at(p.Pos)})
		}
		for _, p := range row.Probes {
			if p.State == score.Holds {
				r.Holds = append(r.Holds, viewProbe{p, c.at(p.Pos)})
			}
		}
		v.Rows = append(v.Rows, r)
	}
	for _, a := range c.Report.Actions {
		v.Actions = append(v.Actions, &viewAction{a, action(a)})
	}
	urls := map[string]string{}
	for _, rule := range c.Rules {
		urls[rule.ID] = rule.URL
	}
	counts := map[string]int{}
	for _, d := range c.Details {
		counts[d.Rule]++
		f := viewFinding{
			Rule: d.Rule, Label: d.Label(), Level: severity.Of(d.Rule, d.Code).String(), URL: urls[d.Label()],
			Where: c.at(d.Pos), Message: d.Message, Code: d.Source, Diff: lines(d.Diff), Unsafe: d.Unsafe,
		}
		for _, r := range d.Related {
			f.Related = append(f.Related, viewProbe{&score.Probe{What: r.Message}, c.at(r.Pos)})
		}
		v.Findings = append(v.Findings, f)
	}
	slices.SortStableFunc(v.Findings, func(x, y viewFinding) int { return cmp.Compare(rank(y.Level), rank(x.Level)) })
	for rule, n := range counts {
		v.Rules = append(v.Rules, viewRule{rule, n})
	}
	slices.SortFunc(v.Rules, func(x, y viewRule) int { return strings.Compare(x.Name, y.Name) })
	return page.Execute(w, v)
}

func rank(level string) int { l, _ := severity.Parse(level); return int(l) }

func class(s score.Status) string { return strings.ToLower(strings.ReplaceAll(string(s), "/", "")) }

// lines returns those of a unified diff, without its head.
func lines(diff string) []diffLine {
	var list []diffLine
	for line := range strings.Lines(diff) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "):
		case strings.HasPrefix(line, "@@"):
			list = append(list, diffLine{"at", line})
		case strings.HasPrefix(line, "+"):
			list = append(list, diffLine{"new", line})
		case strings.HasPrefix(line, "-"):
			list = append(list, diffLine{"old", line})
		default:
			list = append(list, diffLine{"", line})
		}
	}
	return list
}
