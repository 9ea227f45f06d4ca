package suppress

import (
	"go/ast"
	"go/token"
	"strings"
)

// linter is the name under which golangci-lint knows all rules.
const linter = "resilint"

// A span is lines of a file, the last one included.
type span struct {
	from place
	to   int
}

func (s span) contains(at place) bool {
	return s.from.file == at.file && s.from.line <= at.line && at.line <= s.to
}

// nolintsIn returns what the //nolint directives of a file silence for a rule. It is what
// golangci-lint would make of them (pkg/result/processors/nolint_filter.go of v2): the lines of
// the comment, and all of a node that begins on the line below in the comment's column, which
// is how a comment of its own precedes a statement, a declaration or the whole file.
func nolintsIn(fset *token.FileSet, file *ast.File, rule string) []span {
	var spans []span
	type start struct{ line, column int }
	below := map[start]bool{} // where a node must begin to be silenced as a whole
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if !isNolint(comment.Text, rule) {
				continue
			}
			last := lineOf(fset, group.End())
			spans = append(spans, span{placeOf(fset, group.Pos()), last})
			below[start{last + 1, fset.PositionFor(group.Pos(), false).Column}] = true
		}
	}
	if len(below) == 0 {
		return nil
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		pos := fset.PositionFor(n.Pos(), false)
		if below[start{pos.Line, pos.Column}] {
			spans = append(spans, span{placeOf(fset, n.Pos()), lineOf(fset, n.End())})
		}
		return true
	})
	return spans
}

// isNolint reports whether a comment is a //nolint directive for a rule: for all linters, for
// resilint or for the rule by name.
func isNolint(comment, rule string) bool {
	text, ok := strings.CutPrefix(strings.TrimLeft(comment, "/ "), "nolint")
	if !ok {
		return false
	}
	names, ok := strings.CutPrefix(text, ":")
	if !ok {
		return text == "" || text[0] == ' '
	}
	if strings.HasPrefix(names, "all") {
		return true
	}
	names, _, _ = strings.Cut(names, "//") // a reason
	for name := range strings.SplitSeq(names, ",") {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "all", linter, strings.ToLower(rule):
			return true
		}
	}
	return false
}
