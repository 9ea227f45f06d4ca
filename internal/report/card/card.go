// Package card prints a report: its table, its map and its action items, as text, Markdown, JSON, HTML, or the map alone
// for Graphviz and Mermaid.
package card

import (
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"strings"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/score"
)

// A Format is how a report is printed.
type Format string

const (
	Text     Format = "text"
	Markdown Format = "markdown"
	JSON     Format = "json"
	HTML     Format = "html"
	DOT      Format = "dot"
	Mermaid  Format = "mermaid"
)

// Parse returns the format of that name.
func Parse(name string) (Format, error) {
	switch f := Format(name); f {
	case Text, Markdown, JSON, HTML, DOT, Mermaid:
		return f, nil
	case "md":
		return Markdown, nil
	}
	return "", errors.New("want text, markdown, json, html, dot or mermaid")
}

// A Card is a report to print.
type Card struct {
	Report  *score.Report
	Format  Format // Text if it is ""
	Color   bool   // of text
	Rel     func(filename string) string
	Version string     // of resilint; "" where it is not a released one
	Rules   []doc.Rule // what the manuals say of the codes
	Details []Detail   // of findings, for HTML
}

// A Detail is a finding with what a page shows of it.
type Detail struct {
	report.Finding
	Source []Line // the lines around it
	Diff   string // what its fix changes, unified; "" if it has none
	Unsafe bool   // the fix changes more than the finding says
}

// A Line is one of a source file.
type Line struct {
	Number int
	Text   string
	Marked bool // the finding stands on it
}

// Write prints the report.
func (c Card) Write(w io.Writer) error {
	switch c.Format {
	case Markdown:
		return c.markdown(w)
	case JSON:
		return c.json(w)
	case HTML:
		return c.html(w)
	case DOT:
		return c.dot(w)
	case Mermaid:
		_, err := io.WriteString(w, c.mermaid())
		return err
	}
	return c.text(w)
}

func (c Card) at(pos token.Position) string {
	if !pos.IsValid() {
		return ""
	}
	return fmt.Sprintf("%s:%d", c.rel(pos.Filename), pos.Line)
}

func (c Card) rel(name string) string {
	if c.Rel == nil {
		return name
	}
	return c.Rel(name)
}

// around is how many lines of code a page shows on both sides of a finding.
const around = 2

// Excerpt returns the lines around a finding. files caches those of the files that were read.
func Excerpt(files map[string][]string, f report.Finding) []Line {
	lines, ok := files[f.Pos.Filename]
	if !ok {
		if data, err := os.ReadFile(f.Pos.Filename); err == nil {
			lines = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		}
		files[f.Pos.Filename] = lines
	}
	var code []Line
	for i := max(1, f.Pos.Line-around); i <= min(len(lines), f.Pos.Line+around); i++ {
		code = append(code, Line{Number: i, Text: strings.TrimSuffix(lines[i-1], "\r"), Marked: i == f.Pos.Line})
	}
	return code
}
