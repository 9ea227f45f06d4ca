// Package directive reads the comments by which code speaks to other linters: golangci-lint's
// //nolint and gosec's #nosec. resilint's own are the business of internal/suppress.
package directive

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/resilint/resilint/internal/catalog"
)

// Declined reports whether gosec finds the same fault with a literal or a call as resilint does,
// and a comment tells it to be quiet, and says why, or names the very rule: somebody has looked at
// it and decided. A bare directive only says that somebody wanted a linter to be quiet: servers
// that have one are mended as often as others. It is evidence, whichever driver runs; //nolint of
// everything or of resilint is a driver's business.
func Declined(pass *analysis.Pass, node ast.Node) bool {
	rule := gosecRule(pass.TypesInfo, node)
	i := slices.IndexFunc(pass.Files, func(f *ast.File) bool { return f.FileStart <= node.Pos() && node.Pos() < f.FileEnd })
	if rule == "" || i < 0 {
		return false
	}
	file := pass.Files[i]
	lines := spanOf(pass.Fset, node)
	silenced := slices.DeleteFunc(explained(pass.Fset, file, "gosec"), func(span Span) bool { return !span.Contains(lines.File, lines.From) })
	if len(silenced) > 0 && !slices.ContainsFunc(silenced, func(span Span) bool { return ambiguous(pass, node, rule, span) }) {
		return true
	}
	for _, n := range nosecsIn(pass.Fset, file) {
		switch {
		case len(n.rules) > 0:
			if slices.Contains(n.rules, rule) && (n.covers(lines) || n.within(lines)) {
				return true
			}
		case n.covers(lines):
			if !ambiguous(pass, node, rule, lines) {
				return true
			}
		case n.comment.From == lines.From:
			if !ambiguous(pass, node, rule, n.comment) {
				return true
			}
			// One that stands further down in a long literal is about what else is there.
		}
	}
	return false
}

// gosecRule returns the rule of gosec that may find fault with a node, or "".
func gosecRule(info *types.Info, node ast.Node) string {
	switch node := node.(type) {
	case *ast.CompositeLit:
		return catalog.GosecLiteral(info.TypeOf(node))
	case *ast.CallExpr:
		if fn, ok := typeutil.Callee(info, node).(*types.Func); ok {
			return catalog.GosecCall(fn)
		}
	}
	return ""
}

// ambiguous reports whether one of the lines of node also holds what another rule of gosec finds
// fault with: a comment without a rule's name that silences them may be about that.
func ambiguous(pass *analysis.Pass, node ast.Node, rule string, lines Span) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok {
			span := spanOf(pass.Fset, lit)
			if other := gosecRule(pass.TypesInfo, lit); other != "" && other != rule && span.From <= lines.To && lines.From <= span.To {
				found = true
			}
		}
		return !found
	})
	return found
}
