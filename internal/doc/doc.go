// Package doc extracts an analyzer's manual from its doc.go, which is embedded: the manual
// that "resilint help" prints, the one that godoc shows and the page under docs/rules are
// one text.
//
// The pages are written by this package's tests, which fail when one is stale.
package doc

//go:generate go test . -run Page -update

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
)

// Extract returns the part of a package comment that follows the heading "# Analyzer NAME"
// and the words "NAME: ", which must begin it: a summary of one line, then the manual. It
// panics if they are not there: a mistake in the source, which every test finds.
func Extract(source, name string) string {
	return after(source, "# Analyzer "+name+"\n\n"+name+": ")
}

// Section returns the part of a package comment that follows the heading with that text. It
// panics like Extract.
func Section(source, heading string) string { return after(source, "# "+heading+"\n\n") }

func after(source, begin string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		panic(fmt.Sprintf("before %q: %v", begin, err))
	}
	_, text, ok := strings.Cut(file.Doc.Text(), begin)
	if !ok {
		panic(fmt.Sprintf("doc.go does not contain %q", begin))
	}
	return strings.TrimSpace(text)
}
