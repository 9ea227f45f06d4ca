package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/severity"
)

// The types below are reviewdog's Diagnostic Format (proto/rdf/reviewdog.proto, v0.21.0), in which
// columns count bytes.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON prints findings in reviewdog's format.
type RDJSON struct {
	Root  string // paths are relative to it
	Rules []doc.Rule
}

// Write writes findings to w.
func (p RDJSON) Write(w io.Writer, findings []Finding) error {
	urls := map[string]string{}
	for _, rule := range p.Rules {
		urls[rule.ID] = rule.URL
	}
	src := sources{}
	res := rdResult{Source: rdSource{"resilint", home}, Diagnostics: []rdDiagnostic{}}
	for _, f := range findings {
		code := f.Rule + "/" + f.Code
		d := rdDiagnostic{
			Message: f.Message, Severity: map[severity.Level]string{severity.Note: "INFO", severity.Warning: "WARNING", severity.Error: "ERROR"}[severity.Of(f.Rule, f.Code)],
			Location: p.location(src, f.Pos.Filename, f.Pos.Offset, f.End.Offset), Code: rdCode{code, urls[code]},
		}
		for _, r := range f.Related {
			d.Related = append(d.Related, rdRelated{r.Message, p.location(src, r.Pos.Filename, r.Pos.Offset, r.End.Offset)})
		}
		// reviewdog offers each edit on its own, and half a fix is none.
		if len(f.Fixes) > 0 && len(f.Fixes[0].Edits) == 1 && f.Fixes[0].Edits[0].Filename == f.Pos.Filename {
			edit := f.Fixes[0].Edits[0]
			d.Suggestions = []rdSuggestion{{src.bytes(edit.Filename, edit.Start, edit.End), edit.New}}
		}
		res.Diagnostics = append(res.Diagnostics, d)
	}
	data, err := json.MarshalIndent(res, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", data)
	return err
}

func (p RDJSON) location(src sources, name string, from, to int) rdLocation {
	return rdLocation{filepath.ToSlash(Rel(p.Root, name)), src.bytes(name, from, to)}
}

// bytes returns the place of the bytes from, to of a file in lines and columns of bytes.
func (s sources) bytes(name string, from, to int) rdRange {
	src := string(s.read(name))
	from, to = min(max(from, 0), len(src)), min(max(from, to), len(src))
	place := func(offset int) rdPosition {
		before := src[:offset]
		return rdPosition{strings.Count(before, "\n") + 1, offset - strings.LastIndexByte(before, '\n')}
	}
	return rdRange{place(from), place(to)}
}
