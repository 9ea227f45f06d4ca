package suppress

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/resilint/resilint/internal/scope"
)

// A place is a line of a file, under the name that the compiler was given.
type place struct {
	file string
	line int
}

func placeOf(fset *token.FileSet, pos token.Pos) place {
	return place{scope.Filename(fset, pos), lineOf(fset, pos)}
}

func lineOf(fset *token.FileSet, pos token.Pos) int { return fset.PositionFor(pos, false).Line }

// An ignore is a //resilint:ignore directive.
type ignore struct {
	pos, end token.Pos
	covers   place
	list     string // what it names, as written
	targets  []*target
	reason   string
}

// A target is something that a directive names.
type target struct {
	rule, code string // all codes, if that is empty
	used       bool
}

func (t *target) String() string {
	if t.code == "" {
		return t.rule
	}
	return t.rule + "/" + t.code
}

// silences reports whether the directive does away with a finding on its line, and remembers
// that it was of use. Without a reason it does not.
func (ig *ignore) silences(rule, code string) bool {
	silences := false
	for _, t := range ig.targets {
		if ig.reason != "" && t.rule == rule && (t.code == "" || t.code == code) {
			t.used, silences = true, true
		}
	}
	return silences
}

// ignoresIn returns the directives of a file.
func ignoresIn(fset *token.FileSet, file *ast.File) []*ignore {
	var ignores []*ignore
	var code map[int]bool // built when needed: few files have a directive
	for _, group := range file.Comments {
		for _, comment := range group.List {
			ig := parseIgnore(comment.Text)
			if ig == nil {
				continue
			}
			if code == nil {
				code = codeLines(fset, file)
			}
			ig.pos, ig.end = comment.Pos(), comment.End()
			ig.covers = placeOf(fset, ig.pos)
			if !code[ig.covers.line] {
				// Below the whole comment, so that directives stack, a reason may take a
				// second line, and a //nolint for others may stand between.
				ig.covers.line = lineOf(fset, group.End()) + 1
			}
			ignores = append(ignores, ig)
		}
	}
	return ignores
}

// parseIgnore returns the directive that a comment is, without its position, or nil.
func parseIgnore(comment string) *ignore {
	rest, ok := strings.CutPrefix(comment, "//resilint:ignore")
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return nil // that, or //resilint:ignored
	}
	rest = strings.TrimSpace(rest)
	list, reason := rest, ""
	if i := strings.IndexAny(rest, " \t"); i >= 0 {
		list, reason = rest[:i], rest[i:]
	}
	// "// why" and "- why" are reasons, "//" is not.
	ig := &ignore{list: list, reason: strings.Trim(reason, " \t/:-–—")}
	for name := range strings.SplitSeq(list, ",") {
		rule, code, _ := strings.Cut(name, "/")
		ig.targets = append(ig.targets, &target{rule: rule, code: code})
	}
	return ig
}

// codeLines returns the lines on which something other than a comment begins or ends. A comment
// to the end of such a line follows code: there are no lines of nothing but operators.
func codeLines(fset *token.FileSet, file *ast.File) map[int]bool {
	lines := make(map[int]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		lines[lineOf(fset, n.Pos())] = true
		lines[lineOf(fset, n.End())] = true
		return true
	})
	return lines
}
