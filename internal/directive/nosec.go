package directive

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A nosec is a #nosec comment, or a //gosec:disable directive, and what it is about.
type nosec struct {
	comment Span
	on      Span     // what the comment belongs to
	rules   []string // nil for all
}

// nosecsIn returns the #nosec comments of a file that name a rule or give a reason. They belong to
// what go/ast says (CommentMap), as gosec sees it (analyzer.go of v2).
func nosecsIn(fset *token.FileSet, file *ast.File) []nosec {
	var found []nosec
	for node, groups := range ast.NewCommentMap(fset, file, file.Comments) {
		for _, group := range groups {
			if args, ok := nosecArgs(group); ok {
				args, reason, _ := strings.Cut(args, "--")
				rules := ruleID.FindAllString(args, -1)
				if len(rules) > 0 || strings.TrimSpace(reason) != "" {
					found = append(found, nosec{spanOf(fset, group), spanOf(fset, node), rules})
				}
			}
		}
	}
	return found
}

var (
	nosecLine = regexp.MustCompile(`(?m)^[ \t]*#nosec`)
	ruleID    = regexp.MustCompile(`G[0-9]{3}`)
)

// nosecArgs returns what a comment says behind the word, if a line of it begins with that.
func nosecArgs(group *ast.CommentGroup) (string, bool) {
	text := group.Text()
	if at := nosecLine.FindStringIndex(text); at != nil {
		return text[at[1]:], true
	}
	for _, comment := range group.List { // directives are not part of the text
		if args, ok := strings.CutPrefix(comment.Text, "//gosec:disable"); ok && (args == "" || args[0] == ' ') {
			return args, true
		}
	}
	return "", false
}

// covers reports whether the comment, or what it belongs to, takes up all of the lines.
func (n *nosec) covers(lines Span) bool {
	return min(n.comment.From, n.on.From) <= lines.From && lines.To <= max(n.comment.To, n.on.To)
}

// within reports whether it stands in the middle of the lines.
func (n *nosec) within(lines Span) bool {
	return lines.From <= n.comment.From && n.comment.To <= lines.To
}
