// Package finding collects what a rule has found: where a finding may stand and how far it reaches is
// decided here, the same for all rules.
package finding

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/whole"
)

// A List is the findings of a rule in a package.
type List struct {
	Pass   *analysis.Pass
	Page   string        // where the rule is documented; each code is a section of it
	Module *whole.Module // knows which code nothing runs; nil if nobody does
	Once   bool          // a place has one finding, whatever their codes

	found []*analysis.Diagnostic
}

// Add adds a finding about a node and returns it, so that what is related and a fix can be added. It
// returns nil where nothing is reported: in code that nothing runs, for one, or if the place has the
// finding already.
func (l *List) Add(node ast.Node, code, message string) *analysis.Diagnostic {
	if node == nil || !scope.Reportable(l.Pass, node.Pos()) || l.Module.Dead(l.function(node.Pos())) {
		return nil
	}
	pos, end := Head(node)
	if slices.ContainsFunc(l.found, func(d *analysis.Diagnostic) bool { return d.Pos == pos && (l.Once || d.Category == code) }) {
		return nil
	}
	d := &analysis.Diagnostic{Pos: pos, End: end, Category: code, URL: l.Page + "#" + code, Message: message}
	l.found = append(l.found, d)
	return d
}

// Fix gives a finding its one fix, if there is one. Drivers apply all fixes of a finding, so it never has
// two.
func Fix(d *analysis.Diagnostic, fix *analysis.SuggestedFix) {
	if d != nil && fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
}

// Report reports the findings in the order of the source.
func (l *List) Report() {
	at := func(pos token.Pos) token.Position { return l.Pass.Fset.Position(pos) }
	slices.SortStableFunc(l.found, func(x, y *analysis.Diagnostic) int {
		px, py := at(x.Pos), at(y.Pos)
		return cmp.Or(cmp.Compare(px.Filename, py.Filename), cmp.Compare(px.Offset, py.Offset))
	})
	for _, d := range l.found {
		l.Pass.Report(*d)
	}
}

// Head returns the part of a node that says what it is: of a call the function, of a literal its type, of
// a loop or a go statement what comes before its body.
func Head(node ast.Node) (pos, end token.Pos) {
	switch node := node.(type) {
	case *ast.CallExpr:
		return node.Fun.Pos(), node.Fun.End()
	case *ast.CompositeLit:
		if node.Type != nil {
			return node.Pos(), node.Type.End()
		}
	case *ast.FuncLit:
		return node.Pos(), node.Type.End()
	case *ast.ForStmt:
		return node.For, node.Body.Lbrace
	case *ast.RangeStmt:
		return node.For, node.Body.Lbrace
	case *ast.LabeledStmt:
		return node.Pos(), node.Colon
	case *ast.GoStmt:
		return node.Pos(), node.Call.Fun.Pos()
	}
	return node.Pos(), node.End()
}

// function returns the declared function around a place, or nil.
func (l *List) function(pos token.Pos) *types.Func {
	for _, file := range l.Pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				obj, _ := l.Pass.TypesInfo.Defs[fn.Name].(*types.Func)
				return obj
			}
		}
	}
	return nil
}
