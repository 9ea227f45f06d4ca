package config

import (
	_ "embed"
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
)

//go:embed doc.go
var source string

// Manual returns the manual of the file, as the text of a Go comment, without its keys.
func Manual() string { return doc.Section(source, "The file "+Name) }

// A Row describes a key of the file.
type Row struct {
	Key     string // "catalog[].calls[].name"
	Value   string // "text, required"
	Meaning string
}

// Keys describes the keys of the file, each before those inside it.
func Keys(rules []*analysis.Analyzer) []Row {
	var rows []Row
	var list func(prefix string, keys []key)
	list = func(prefix string, keys []key) {
		for _, k := range keys {
			row := Row{prefix + k.name, k.kind, k.doc}
			if k.required {
				row.Value += ", required"
			}
			rows = append(rows, row)
			if strings.HasPrefix(k.kind, "list") {
				k.name += "[]"
			}
			list(prefix+k.name+".", k.inner)
		}
	}
	list("", new(Config).keys(rules))
	return rows
}

// Help returns manual and keys, for a terminal.
func Help(rules []*analysis.Analyzer) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\n# Keys\n\n", Manual())
	for _, row := range Keys(rules) {
		indent := strings.Repeat("  ", strings.Count(row.Key, "."))
		fmt.Fprintf(&text, "%s%s: %s\n", indent, row.Key[strings.LastIndexByte(row.Key, '.')+1:], row.Value)
		wrap(&text, indent+"      ", row.Meaning)
	}
	return text.String()
}

// wrap prints indented lines that fit on a terminal.
func wrap(w *strings.Builder, indent, text string) {
	const width = 90
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line)+len(word) >= width && line != indent {
			w.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent
		}
		line += word + " "
	}
	w.WriteString(strings.TrimRight(line, " ") + "\n")
}

// kindOf says what values of a type look like, and which keys there are inside them.
func kindOf(t reflect.Type) (kind string, inner []key) {
	ptr := reflect.New(t)
	if s, ok := ptr.Interface().(scalar); ok {
		return s.set("", ""), nil
	}
	switch t.Kind() {
	case reflect.Struct:
		return "mapping", keysOf(ptr.Interface())
	case reflect.Slice:
		elem, inner := kindOf(t.Elem())
		return "list of " + strings.Replace(elem+"s", "texts", "names", 1), inner
	case reflect.Bool:
		return "true or false", nil
	}
	return "text", nil
}
