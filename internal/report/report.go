// Package report prints the findings of an analysis.
//
// Findings are plain data, detached from syntax trees and types, so that
// those can be freed, and sorted, so that output does not depend on the order
// in which packages were analyzed.
package report

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	edits "github.com/resilint/resilint/internal/fix"
)

// A Finding is a diagnostic of one rule.
type Finding struct {
	Package string // ID of the package
	Rule    string // name of the analyzer
	Code    string // category within the rule; may be empty
	Pos     token.Position
	End     token.Position // equal to Pos if the diagnostic has none
	Message string
	Related []Related
	Fixes   []Fix
}

// A Related position helps to understand a finding.
type Related struct {
	Pos, End token.Position
	Message  string
}

// A Fix is a change to the source that resolves a finding.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes [Start, End) of a file.
type Edit struct {
	Filename   string
	Start, End int
	New        string
}

// A Failure is an analyzer that could not do its work on a package.
type Failure struct {
	Package string // ID of the package
	Rule    string // name of the analyzer
	Err     error
}

// NewFinding detaches a diagnostic from its file set.
func NewFinding(fset *token.FileSet, pkg, rule string, d analysis.Diagnostic) Finding {
	f := Finding{
		Package: pkg,
		Rule:    rule,
		Code:    d.Category,
		Pos:     fset.Position(d.Pos),
		End:     fset.Position(cmp.Or(d.End, d.Pos)),
		Message: d.Message,
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, Related{
			Pos:     fset.Position(r.Pos),
			End:     fset.Position(cmp.Or(r.End, r.Pos)),
			Message: r.Message,
		})
	}
	for _, fix := range d.SuggestedFixes {
		f.Fixes = append(f.Fixes, newFix(fset, fix))
	}
	return f
}

// newFix converts a fix. Its positions disregard //line directives, because
// edits are made to the file that was parsed.
func newFix(fset *token.FileSet, fix analysis.SuggestedFix) Fix {
	res := Fix{Message: fix.Message}
	for _, e := range edits.Compact(fix.TextEdits) {
		start := fset.PositionFor(e.Pos, false)
		end := fset.PositionFor(cmp.Or(e.End, e.Pos), false)
		res.Edits = append(res.Edits, Edit{
			Filename: start.Filename,
			Start:    start.Offset,
			End:      end.Offset,
			New:      string(e.NewText),
		})
	}
	return res
}

// Label names the finding's rule, as "rule/code".
func (f *Finding) Label() string {
	if f.Code == "" {
		return f.Rule
	}
	return f.Rule + "/" + f.Code
}

// Sort sorts findings by position, then rule, and removes duplicates.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, compare)
	return slices.CompactFunc(findings, func(x, y Finding) bool { return compare(x, y) == 0 })
}

func compare(x, y Finding) int {
	return cmp.Or(
		cmp.Compare(x.Pos.Filename, y.Pos.Filename),
		cmp.Compare(x.Pos.Line, y.Pos.Line),
		cmp.Compare(x.Pos.Column, y.Pos.Column),
		cmp.Compare(x.Rule, y.Rule),
		cmp.Compare(x.Code, y.Code),
		cmp.Compare(x.Message, y.Message),
	)
}

// MoveLines replaces the lines of all positions of f, after the files were
// changed. Its fixes are dropped, since their offsets no longer hold.
func (f *Finding) MoveLines(move func(filename string, line int) int) {
	shift := func(pos *token.Position) { pos.Line = move(pos.Filename, pos.Line) }
	shift(&f.Pos)
	shift(&f.End)
	f.Related = slices.Clone(f.Related)
	for i := range f.Related {
		shift(&f.Related[i].Pos)
		shift(&f.Related[i].End)
	}
	f.Fixes = nil
}
