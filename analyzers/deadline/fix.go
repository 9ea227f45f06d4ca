package deadline

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/budget"
	"github.com/resilint/resilint/internal/fix"
)

// attach returns the edit that passes the context at hand, or nil if another variable has its name
// there.
func (r *reporter) attach(root *ast.CallExpr, d *budget.Detachment, have string) *analysis.SuggestedFix {
	file := r.g.FileOf(root.Pos())
	if file == nil || d.Given.Object() == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	if !b.Visible(d.Given.Object(), root.Pos()) {
		return nil
	}
	sel, ok := ast.Unparen(root.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	switch sel.Sel.Name {
	case "Background", "TODO":
		edits := append([]analysis.TextEdit{fix.Replace(root, have)}, b.Unimport(root)...)
		return &analysis.SuggestedFix{Message: "Pass " + have, TextEdits: edits}
	case "NewRequest":
		if pkg, ok := sel.X.(*ast.Ident); !ok || !isPackage(r.pass, pkg) || len(root.Args) == 0 {
			return nil
		}
		return &analysis.SuggestedFix{Message: "Pass " + have, TextEdits: []analysis.TextEdit{
			fix.Replace(sel.Sel, "NewRequestWithContext"), fix.Insert(root.Args[0].Pos(), have+", "),
		}}
	}
	return nil
}

func isPackage(pass *analysis.Pass, id *ast.Ident) bool {
	_, ok := pass.TypesInfo.Uses[id].(*types.PkgName)
	return ok
}
