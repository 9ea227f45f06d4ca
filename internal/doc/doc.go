// Package doc extracts an analyzer's manual from its doc.go, which is embedded: the manual
// that `resilint help` prints, the one that godoc shows and the page under docs/rules are
// one text.
package doc

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
)

// Extract returns the part of a package comment that follows the heading "# Analyzer NAME".
// It begins with the line "NAME: summary", as go/analysis wants it. It panics if there is no
// such heading: a mistake in the source, which every test finds.
func Extract(source, name string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		panic(fmt.Sprintf("doc.go of %s: %v", name, err))
	}
	_, text, ok := strings.Cut(file.Doc.Text(), "# Analyzer "+name+"\n")
	if !ok {
		panic(fmt.Sprintf("doc.go of %s has no heading %q", name, "# Analyzer "+name))
	}
	return strings.TrimPrefix(strings.TrimSpace(text), name+": ")
}
