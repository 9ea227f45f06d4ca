// Package lift makes a retry.Do of a loop.
package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/fix"
)

// retryPackage is what fixes of the runtime style call.
const retryPackage = fix.RuntimeModule + "/retry"

// A lift makes a loop the function of a retry.Do.
//
// The statements of an attempt stay as they are: only what ends an attempt changes, and what paces
// the attempts goes. So other fixes within the loop can be applied as well.
type lift struct {
	*site.Site
	loop    ast.Stmt
	attempt *ast.BlockStmt // the body of the loop
	count   count
	list    []ast.Stmt // that the loop stands in
	tail    []ast.Stmt // what follows it there

	delays map[types.Object]bool // variables that only pace the attempts
	exits  []exit
	kept   []ast.Stmt // of the loop's own list
	failed bool       // the loop cannot be lifted

	// The error that says how the last attempt failed, declared in front of the loop; nil if an
	// attempt's own error is what is returned.
	err types.Object

	// A variable, declared in front of the loop, that nothing but one call of the attempts gives
	// a value to; and whether the retry is one that returns it.
	value   types.Object
	isValue bool

	hidden bool // the error of an attempt means nothing at its end
	gaveUp bool // an attempt may end the retry, as one more would fail as well

	gone    []ast.Node // statements that go
	spans   []extent   // other text that goes, or is replaced
	short   extent     // that part of it which is all of an attempt, as a call of its own
	edits   []analysis.TextEdit
	atEnd   string // what stands at the end of an attempt
	imports []analysis.TextEdit
	named   map[types.Object]bool // variables that new text mentions
}

// An extent is the text between two positions.
type extent struct{ from, to token.Pos }

// Pos and End make it an ast.Node, for those who read its text.
func (e extent) Pos() token.Pos { return e.from }
func (e extent) End() token.Pos { return e.to }

func (e extent) holds(n ast.Node) bool { return e.from <= n.Pos() && n.End() <= e.to }

// Edits returns the edits that make a loop a retry.Do, which mends all that there can be wrong with
// how often and how far apart its attempts are. It returns nil for a loop that has to stay one.
func Edits(s *site.Site) []analysis.TextEdit {
	l := &lift{Site: s, loop: s.Retry.Node.(ast.Stmt), named: map[types.Object]bool{}}
	if !l.header() || l.count.endless && s.Retry.Bounds != 0 || s.Retry.Body != nil {
		return nil
	}
	if !l.place() || l.HasComment(l.loop.Pos(), l.attempt.Lbrace) {
		return nil
	}
	l.findDelays()
	end := known{}
	kept, falls := l.walk(l.attempt.List, end, nil)
	if l.kept = kept; falls {
		l.exits = append(l.exits, exit{before: kept, known: end})
	}
	if l.failed || len(kept) == 0 {
		return nil
	}
	shape := l.shape()
	if shape == nil || !shape(l) {
		return nil
	}
	return l.finish()
}

// place finds the list that the loop stands in.
func (l *lift) place() bool {
	for _, node := range append(l.Path, l.Body) {
		list := fix.Statements(node)
		if i := slices.Index(list, l.loop); i >= 0 {
			l.list, l.tail = list, list[i+1:]
			return true
		}
	}
	return false // it has a label
}

// findDelays finds the variables that are of no use but to make a delay, and to wait for it.
func (l *lift) findDelays() {
	l.delays = map[types.Object]bool{}
	ast.Inspect(l.loop, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := l.Pass.TypesInfo.ObjectOf(id).(*types.Var)
		if ok && !v.IsField() && v != l.count.counter && l.Body.Pos() < v.Pos() && v.Pos() < l.Body.End() && paces(v.Type()) {
			l.delays[v] = true
		}
		return true
	})
	for again := true; again; {
		again = false
		var idle []ast.Node
		ast.Inspect(l.attempt, func(n ast.Node) bool {
			if stmt, ok := n.(ast.Stmt); ok && n != l.attempt && l.paces(stmt) {
				idle = append(idle, n)
				return false
			}
			return true
		})
		for v := range maps.Clone(l.delays) {
			decl, value := l.Declaration(v)
			if decl == nil || value != nil && !l.innocent(value) || !l.onlyIn(v, append(idle, decl)) {
				delete(l.delays, v)
				again = true
			}
		}
	}
}

// paces reports whether a variable of that type can be a delay, or what it is made of.
func paces(t types.Type) bool {
	if basic, ok := t.Underlying().(*types.Basic); ok {
		return basic.Info()&types.IsNumeric != 0
	}
	return types.TypeString(t, nil) == "*time.Timer"
}

// onlyIn reports whether a variable is mentioned nowhere but within some nodes.
func (l *lift) onlyIn(v types.Object, nodes []ast.Node) bool {
	return !slices.ContainsFunc(l.mentionsOf(v), func(id *ast.Ident) bool {
		return !slices.ContainsFunc(nodes, func(n ast.Node) bool { return n.Pos() <= id.Pos() && id.End() <= n.End() })
	})
}

// mentionsOf returns the uses of a variable in the function.
func (l *lift) mentionsOf(v types.Object) []*ast.Ident {
	var ids []*ast.Ident
	ast.Inspect(l.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && l.Pass.TypesInfo.Uses[id] == v {
			ids = append(ids, id)
		}
		return true
	})
	return ids
}

// sameAsTail reports whether a statement returns what the function returns after the loop.
func (l *lift) sameAsTail(ret *ast.ReturnStmt) bool {
	if len(l.tail) == 0 {
		return false
	}
	have, err := l.Text(ret)
	want, err2 := l.Text(l.tail[0])
	return err == nil && err2 == nil && have == want
}

// isGone reports whether a node goes with a statement that does.
func (l *lift) isGone(node ast.Node) bool { return l.goes(node.Pos(), node.End()) }

func (l *lift) goes(from, to token.Pos) bool {
	return slices.ContainsFunc(l.gone, func(n ast.Node) bool { return n.Pos() <= from && to <= n.End() }) ||
		slices.ContainsFunc(l.spans, func(s extent) bool { return s.from <= from && to <= s.to })
}

// uses notes that new text has an expression in it.
func (l *lift) uses(e ast.Expr) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			l.named[l.Pass.TypesInfo.Uses[id]] = true
		}
		return true
	})
}

// replace replaces text between two positions.
func (l *lift) replace(from, to token.Pos, text string) {
	l.spans = append(l.spans, extent{from, to})
	l.edits = append(l.edits, analysis.TextEdit{Pos: from, End: to, NewText: []byte(text)})
}
