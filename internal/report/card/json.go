package card

import (
	"encoding/json"
	"go/token"
	"io"

	"github.com/resilint/resilint/internal/severity"
)

// SchemaURL is where the schema of the JSON form is published.
const SchemaURL = "https://raw.githubusercontent.com/resilint/resilint/main/docs/report.schema.json"

// The types below are the JSON form, which docs/report.schema.json describes.
type (
	jsonCard struct {
		Schema   string        `json:"$schema"`
		Version  int           `json:"version"`
		Modules  []string      `json:"modules"`
		Missing  []string      `json:"missing,omitempty"`
		Rows     []jsonRow     `json:"rows"`
		Map      jsonMap       `json:"map"`
		Actions  []jsonAction  `json:"actions"`
		Findings []jsonFinding `json:"findings"`
	}
	jsonRow struct {
		Name    string      `json:"name"`
		Status  string      `json:"status"`
		Summary string      `json:"summary"`
		Reason  string      `json:"reason,omitempty"`
		Holds   int         `json:"holds"`
		Weak    int         `json:"weak"`
		Fails   int         `json:"fails"`
		Probes  []jsonProbe `json:"probes"`
	}
	jsonProbe struct {
		Kind  string `json:"kind"`
		What  string `json:"what"`
		State string `json:"state"`
		Why   string `json:"why,omitempty"`
		Rule  string `json:"rule,omitempty"`
		jsonPlace
	}
	jsonPlace struct {
		File string `json:"file,omitempty"`
		Line int    `json:"line,omitempty"`
	}
	jsonMap struct {
		Entries      []jsonEntry  `json:"entries"`
		Dependencies []jsonDepend `json:"dependencies"`
		Edges        []jsonEdge   `json:"edges"`
	}
	jsonEntry struct {
		ID    string `json:"id"`
		Title string `json:"title"`
		Kind  string `json:"kind"`
		jsonPlace
	}
	jsonDepend struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Critical bool   `json:"critical"`
		jsonPlace
	}
	jsonEdge struct {
		From        string   `json:"from"`
		To          string   `json:"to"`
		Grade       string   `json:"grade"`
		Protections []string `json:"protections"`
		jsonPlace
	}
	jsonAction struct {
		Row     string      `json:"row"`
		Level   string      `json:"level"`
		Do      string      `json:"do"`
		Rule    string      `json:"rule,omitempty"`
		Count   int         `json:"count"`
		Fixable int         `json:"fixable"`
		Safe    bool        `json:"safe"`
		Runtime bool        `json:"runtime"`
		Command string      `json:"command"`
		Places  []jsonPlace `json:"places"`
	}
	jsonFinding struct {
		Rule    string `json:"rule"`
		Level   string `json:"level"`
		Message string `json:"message"`
		jsonPlace
	}
)

func (c Card) place(pos token.Position) jsonPlace {
	if !pos.IsValid() {
		return jsonPlace{}
	}
	return jsonPlace{c.rel(pos.Filename), pos.Line}
}

func (c Card) json(w io.Writer) error {
	r := c.Report
	card := jsonCard{
		Schema: SchemaURL, Version: 1, Modules: append([]string{}, r.Modules...), Missing: r.Missing, Rows: []jsonRow{}, Actions: []jsonAction{},
		Findings: []jsonFinding{}, Map: c.jsonMap(),
	}
	for _, row := range r.Rows {
		out := jsonRow{Name: row.Name, Status: string(row.Status), Summary: row.Summary, Reason: row.Reason, Probes: []jsonProbe{}}
		out.Holds, out.Weak, out.Fails = row.Count()
		for _, p := range row.Probes {
			out.Probes = append(out.Probes, jsonProbe{p.Kind, p.What, string(p.State), p.Why, p.Rule, c.place(p.Pos)})
		}
		card.Rows = append(card.Rows, out)
	}
	for _, a := range r.Actions {
		out := jsonAction{a.Row, a.Level, a.Do, a.Label, a.Count, a.Fixable, a.Safe, a.Runtime, a.Command, []jsonPlace{}}
		for _, pos := range a.Where {
			out.Places = append(out.Places, c.place(pos))
		}
		card.Actions = append(card.Actions, out)
	}
	for _, f := range r.Findings {
		card.Findings = append(card.Findings, jsonFinding{f.Label(), severity.Of(f.Rule, f.Code).String(), f.Message, c.place(f.Pos)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "\t")
	return enc.Encode(card)
}

func (c Card) jsonMap() jsonMap {
	m := jsonMap{Entries: []jsonEntry{}, Dependencies: []jsonDepend{}, Edges: []jsonEdge{}}
	entries, deps := c.ids()
	for _, e := range c.Report.Map.Entries {
		m.Entries = append(m.Entries, jsonEntry{entries[e], e.Title, e.Kind, c.place(e.Pos)})
	}
	for _, d := range c.Report.Map.Dependencies {
		m.Dependencies = append(m.Dependencies, jsonDepend{deps[d], d.Name, d.Critical, c.place(d.Pos)})
	}
	for _, e := range c.Report.Map.Edges {
		m.Edges = append(m.Edges, jsonEdge{entries[e.Entry], deps[e.Dependency], string(e.Grade()), append([]string{}, e.Protections()...), c.place(e.Call)})
	}
	return m
}
