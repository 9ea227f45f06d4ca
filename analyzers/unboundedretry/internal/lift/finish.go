package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// finish returns all edits, in the order of the source, or nil if the code would not compile: an
// attempt does not know its number.
func (l *lift) finish() []analysis.TextEdit {
	if l.count.counter != nil {
		if l.named[l.count.counter] {
			return nil
		}
		for _, id := range l.mentionsOf(l.count.counter) {
			if !l.goes(id.Pos(), id.End()) {
				return nil
			}
		}
	}
	if !l.dropUnused() || l.orphans() {
		return nil
	}
	var edits []analysis.TextEdit
	for _, e := range l.edits {
		if !l.isCovered(e) {
			edits = append(edits, e)
		}
	}
	for i, node := range l.gone {
		within := func(n ast.Node) bool { return n != node && n.Pos() <= node.Pos() && node.End() <= n.End() }
		if slices.ContainsFunc(l.gone, within) || l.short.holds(node) || slices.Index(l.gone, node) != i {
			continue
		}
		edits = append(edits, l.remove(node))
	}
	edits = append(edits, l.imports...)
	slices.SortStableFunc(edits, func(x, y analysis.TextEdit) int { return int(x.Pos - y.Pos) })
	return slices.CompactFunc(edits, func(x, y analysis.TextEdit) bool {
		return x.Pos == y.Pos && x.End == y.End && string(x.NewText) == string(y.NewText)
	})
}

// isCovered reports whether an edit is one of text that another takes away.
func (l *lift) isCovered(e analysis.TextEdit) bool {
	if slices.ContainsFunc(l.gone, func(n ast.Node) bool { return n.Pos() <= e.Pos && e.End <= n.End() }) {
		return true
	}
	return slices.ContainsFunc(l.spans, func(s extent) bool {
		return s.from <= e.Pos && e.End <= s.to && (s.from < e.Pos || e.End < s.to) && e.Pos < s.to && s.from < e.End
	})
}

// dropUnused takes away the declarations of variables that nothing mentions any more. It reports
// false if there is one that has to stay, and would not be used.
func (l *lift) dropUnused() bool {
	for again := true; again; {
		again = false
		vars := map[types.Object]bool{}
		ast.Inspect(l.Body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && l.goes(id.Pos(), id.End()) {
				if v, ok := l.Pass.TypesInfo.Uses[id].(*types.Var); ok && !v.IsField() && l.Body.Pos() < v.Pos() {
					vars[v] = true
				}
			}
			return true
		})
		for v := range vars {
			if l.goes(v.Pos(), v.Pos()+1) || l.named[v] || l.reads(v, l.Body) {
				continue
			}
			decl, value := l.Declaration(v)
			if decl == nil || value != nil && !l.innocent(value) || slices.ContainsFunc(l.mentionsOf(v), func(id *ast.Ident) bool { return !l.goes(id.Pos(), id.End()) }) {
				return false
			}
			l.gone = append(l.gone, decl)
			again = true
		}
	}
	return true
}

// remove returns the edit that deletes a statement, with its lines and comments if it has them for
// itself.
func (l *lift) remove(node ast.Node) analysis.TextEdit {
	from, to := node.Pos(), node.End()
	file := l.Pass.Fset.File(from)
	line := func(pos token.Pos) int { return file.PositionFor(pos, false).Line }
	start := file.LineStart(line(from))
	next := l.attempt.End()
	if line(to) < file.LineCount() {
		next = file.LineStart(line(to) + 1)
	}
	for _, group := range l.File.Comments {
		if to <= group.Pos() && group.End() < next {
			to = group.End() // behind it
		}
	}
	if text, err := l.Text(extent{start, from}); err != nil || strings.TrimSpace(text) != "" {
		return analysis.TextEdit{Pos: from, End: to}
	}
	if text, err := l.Text(extent{to, next}); err != nil || strings.TrimSpace(text) != "" {
		return analysis.TextEdit{Pos: from, End: to}
	}
	for i := len(l.File.Comments) - 1; i >= 0; i-- {
		group := l.File.Comments[i]
		if group.End() < start && line(group.End()) == line(start)-1 && file.LineStart(line(group.Pos())) > l.Body.Pos() && l.alone(group) {
			start = file.LineStart(line(group.Pos())) // above it
			break
		}
	}
	return analysis.TextEdit{Pos: start, End: next}
}

// alone reports whether nothing stands before a comment on its line.
func (l *lift) alone(group *ast.CommentGroup) bool {
	file := l.Pass.Fset.File(group.Pos())
	text, err := l.Text(extent{file.LineStart(file.PositionFor(group.Pos(), false).Line), group.Pos()})
	return err == nil && strings.TrimSpace(text) == ""
}

// orphans reports whether a package would not be used any more: one that only the delays needed, math
// or math/rand. Its import cannot go, as other fixes of the file may count on it, and must not stay.
// The policy keeps package time in use.
func (l *lift) orphans() bool {
	uses := map[types.Object]bool{} // whether there is one that stays
	for id, obj := range l.Pass.TypesInfo.Uses {
		if _, ok := obj.(*types.PkgName); ok && l.File.FileStart <= id.Pos() && id.Pos() < l.File.FileEnd {
			uses[obj] = uses[obj] || !l.goes(id.Pos(), id.End())
		}
	}
	for obj, stays := range uses {
		if path := obj.(*types.PkgName).Imported().Path(); !stays && !l.named[obj] && path != "time" && path != "context" {
			return true
		}
	}
	return false
}
