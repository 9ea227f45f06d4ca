package doc

import (
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/severity"
)

// A Rule is what a manual says of one code of an analyzer.
type Rule struct {
	ID    string // "notimeout/client"
	Title string // one line
	Text  string // what the code reports, as the manual has it
	URL   string
	Level severity.Level
}

// codeItem begins what a manual says of a code: "  - client: an HTTP client without a timeout…"
var codeItem = regexp.MustCompile(`(?m)^  - ([a-z][a-z-]*): `)

// Rules returns the codes of analyzers, in the order of their manuals.
func Rules(analyzers []*analysis.Analyzer) []Rule {
	var rules []Rule
	for _, a := range analyzers {
		title, text, _ := strings.Cut(a.Doc, "\n")
		if _, after, ok := strings.Cut(text, "\n# What is reported\n"); ok {
			text, _, _ = strings.Cut(after, "\n# ")
		}
		items := codeItem.FindAllStringSubmatchIndex(text, -1)
		for i, at := range items {
			end := len(text)
			if i+1 < len(items) {
				end = items[i+1][0]
			}
			item := text[at[1]:end]
			if head, _, ok := strings.Cut(item, "\n\n"); ok && i+1 == len(items) {
				item = head
			}
			code := text[at[2]:at[3]]
			rules = append(rules, Rule{
				ID: a.Name + "/" + code, Title: title, Text: strings.Join(strings.Fields(item), " "),
				URL: a.URL + "#" + code, Level: severity.Of(a.Name, code),
			})
		}
	}
	return rules
}
