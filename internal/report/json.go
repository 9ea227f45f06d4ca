package report

import (
	"encoding/json"
	"fmt"
	"io"
)

// The types below are the JSON form of "go vet -json", in which a tree maps
// the package ID and the analyzer's name to a list of diagnostics, or to an
// error.
type (
	jsonTree map[string]map[string]any

	jsonError struct {
		Err string `json:"error"`
	}
	jsonDiagnostic struct {
		Category       string        `json:"category,omitempty"`
		Posn           string        `json:"posn"`
		End            string        `json:"end"`
		Message        string        `json:"message"`
		SuggestedFixes []jsonFix     `json:"suggested_fixes,omitempty"`
		Related        []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"` // zero-based byte offset
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// WriteJSON prints findings and failures to w as one JSON tree, with absolute
// paths.
func WriteJSON(w io.Writer, findings []Finding, failures []Failure) error {
	tree := make(jsonTree)
	for _, f := range findings {
		list, _ := tree[f.Package][f.Rule].([]jsonDiagnostic)
		tree.set(f.Package, f.Rule, append(list, newJSONDiagnostic(f)))
	}
	for _, f := range failures {
		tree.set(f.Package, f.Rule, jsonError{f.Err.Error()})
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", data)
	return err
}

func (tree jsonTree) set(pkg, rule string, v any) {
	if tree[pkg] == nil {
		tree[pkg] = make(map[string]any)
	}
	tree[pkg][rule] = v
}

func newJSONDiagnostic(f Finding) jsonDiagnostic {
	d := jsonDiagnostic{
		Category: f.Code,
		Posn:     f.Pos.String(),
		End:      f.End.String(),
		Message:  f.Message,
	}
	for _, fix := range f.Fixes {
		edits := make([]jsonEdit, 0, len(fix.Edits))
		for _, e := range fix.Edits {
			edits = append(edits, jsonEdit(e))
		}
		d.SuggestedFixes = append(d.SuggestedFixes, jsonFix{fix.Message, edits})
	}
	for _, r := range f.Related {
		d.Related = append(d.Related, jsonRelated{r.Pos.String(), r.End.String(), r.Message})
	}
	return d
}
