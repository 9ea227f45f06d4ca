package apply

import (
	"cmp"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/report"
)

// merge returns the edits of the fixes that are not skipped, by file. A fix
// that overlaps one before it is skipped for good.
func (p *planner) merge() map[string][]report.Edit {
	edits := make(map[string][]report.Edit)
	for i, fix := range p.fixes {
		if p.skipped[i] != "" {
			continue
		}
		added, ok := addFix(edits, fix)
		if !ok {
			p.skipped[i] = "it overlaps another fix; run again to apply it"
			p.overlap[i] = true
			continue
		}
		for _, e := range added {
			edits[e.Filename] = append(edits[e.Filename], e)
		}
	}
	return edits
}

// addFix returns the edits that the fix adds to the given ones, or false if
// it is in conflict with them. An edit that is among them already, such as the
// insertion of an import, is not made a second time.
func addFix(edits map[string][]report.Edit, fix report.Fix) (added []report.Edit, ok bool) {
	for _, e := range fix.Edits {
		prev := edits[e.Filename]
		if slices.Contains(prev, e) {
			continue
		}
		if slices.ContainsFunc(prev, func(p report.Edit) bool { return overlap(p, e) }) {
			return nil, false
		}
		added = append(added, e)
	}
	return added, true
}

// overlap reports whether two different edits of a file cannot both be made.
// An insertion at either end of another edit can. Of two insertions at the same
// place either may come first, depending on who applies them: both can be made
// if both are of whole lines, or both of specs in one line of imports.
func overlap(x, y report.Edit) bool {
	if x.Start == x.End && y.Start == y.End && x.Start == y.Start {
		return !(isLine(x) && isLine(y)) && !(startsLine(x) && startsLine(y))
	}
	return x.Start < y.End && y.Start < x.End
}

func isLine(e report.Edit) bool { return strings.HasSuffix(strings.TrimRight(e.New, "\t "), "\n") }

func startsLine(e report.Edit) bool {
	return strings.HasPrefix(e.New, "\n") && !isLine(e) || strings.HasPrefix(e.New, "; ")
}

// applyEdits returns src with edits that do not overlap. Insertions at the
// same place keep their order.
func applyEdits(src []byte, edits []report.Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(x, y report.Edit) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	var res []byte
	last := 0
	for _, e := range edits {
		res = append(res, src[last:e.Start]...)
		res = append(res, e.New...)
		last = e.End
	}
	return append(res, src[last:]...)
}
