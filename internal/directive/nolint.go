package directive

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/scope"
)

// All stands for all linters: //nolint, //nolint:all.
const All = "all"

// Nolint returns what the //nolint directives of a file silence for one of the linters. It is what
// golangci-lint would make of them (pkg/result/processors/nolint_filter.go of v2): the lines of
// the comment, and all of a node that begins on the line below in the comment's column, which
// is how a comment of its own precedes a statement, a declaration or the whole file.
func Nolint(fset *token.FileSet, file *ast.File, linters ...string) []Span {
	return silenced(fset, file, func(comment string) bool { return isNolint(comment, linters) })
}

// explained is Nolint for directives that give a reason alone.
func explained(fset *token.FileSet, file *ast.File, linter string) []Span {
	return silenced(fset, file, func(comment string) bool {
		_, reason, _ := strings.Cut(strings.TrimLeft(comment, "/ "), "//")
		return strings.TrimSpace(reason) != "" && isNolint(comment, []string{linter})
	})
}

// silenced returns what the directives silence that match accepts.
func silenced(fset *token.FileSet, file *ast.File, match func(comment string) bool) []Span {
	var spans []Span
	type start struct{ line, column int }
	below := map[start]bool{} // where a node must begin to be silenced as a whole
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if !match(comment.Text) {
				continue
			}
			span := spanOf(fset, group)
			spans = append(spans, span)
			below[start{span.To + 1, fset.PositionFor(group.Pos(), false).Column}] = true
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
			spans = append(spans, spanOf(fset, n))
		}
		return true
	})
	return spans
}

// isNolint reports whether a comment is a //nolint directive for one of the linters.
func isNolint(comment string, linters []string) bool {
	text, ok := strings.CutPrefix(strings.TrimLeft(comment, "/ "), "nolint")
	if !ok {
		return false
	}
	names, ok := strings.CutPrefix(text, ":")
	if !ok {
		return (text == "" || text[0] == ' ') && slices.Contains(linters, All)
	}
	if strings.HasPrefix(names, All) {
		return slices.Contains(linters, All)
	}
	names, _, _ = strings.Cut(names, "//") // a reason
	for name := range strings.SplitSeq(names, ",") {
		if slices.Contains(linters, strings.ToLower(strings.TrimSpace(name))) {
			return true
		}
	}
	return false
}

// A Span is lines of a file, under the name that the compiler was given. The last one is included.
type Span struct {
	File     string
	From, To int
}

func spanOf(fset *token.FileSet, n ast.Node) Span {
	from, to := fset.PositionFor(n.Pos(), false), fset.PositionFor(n.End(), false)
	return Span{scope.Filename(fset, n.Pos()), from.Line, to.Line}
}

// Contains reports whether a line is one of the span's.
func (s Span) Contains(file string, line int) bool {
	return s.File == file && s.From <= line && line <= s.To
}
