package fix_test

import (
	"go/ast"
	"go/format"
	"slices"
	"strings"
	"testing"
)

// FuzzAddField adds a field to literals in all kinds of layout, one piece a byte. The file
// is formatted first if the number of bytes is even, as most files are.
func FuzzAddField(f *testing.F) {
	pieces := []string{
		"\n", " ", "\t", "\n\n", "\r\n",
		"/* c */", "// c\n", "/* a\nb */",
		"Jar: nil,", "Jar: nil", "Timeout: 0,", "Timeout: (0 + 1)", ",",
		"Transport: &http.Transport{MaxIdleConns: 1},", "Transport: &http.Transport{\nMaxIdleConns: 1,\n},", "Transport: nil,",
		"CheckRedirect: func(*http.Request, []*http.Request) error {\nreturn nil\n},", "CheckRedirect: nil",
	}
	for _, seed := range []string{"", "\x08", "\x00\x08\x00", "\x00\x06\x00", "\x09\x05", "\x0e\x00", "\x00\x0d\x0c", "\x0b", "\x00\x0a\x06\x08\x06"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 40 {
			t.Skip("long")
		}
		var text strings.Builder
		text.WriteString("package p\n\nimport \"net/http\"\n\nvar c = http.Client{")
		for _, b := range data {
			text.WriteString(pieces[int(b)%len(pieces)])
		}
		text.WriteString("}\n")
		src := text.String()
		if len(data)%2 == 0 {
			formatted, err := format.Source([]byte(src))
			if err != nil {
				t.Skip("does not parse")
			}
			src = string(formatted)
		}
		s, err := check(src, "")
		if err != nil {
			t.Skip("does not compile")
		}
		edits := s.AddField(s.literal(), "Timeout", "5")
		if _, err := s.apply(edits); err != nil {
			t.Fatal(err)
		}
		// The formatter drops commas before some comments, so the rest is about the bare edits.
		edited, err := s.edit(edits)
		if err != nil {
			t.Fatal(err)
		}
		if err := hasField(edited); err != nil {
			t.Fatal(err)
		}
		after, err := check(edited, "")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := after.comments(), s.comments(); !slices.Equal(got, want) {
			t.Fatalf("comments were %q and are %q", want, got)
		}
		if got, want := after.keys(), s.keys(); !slices.Equal(got, want) {
			t.Fatalf("fields were %q and are %q", want, got)
		}
	})
}

// comments returns the words of the file's comments.
func (s *source) comments() []string {
	var all []string
	for _, group := range s.File.Comments {
		for _, c := range group.List {
			all = append(all, strings.Join(strings.Fields(c.Text), " "))
		}
	}
	return all
}

// keys returns the fields that the first literal sets, but for Timeout, in order.
func (s *source) keys() []string {
	var keys []string
	for _, elt := range s.literal().Elts {
		if key := elt.(*ast.KeyValueExpr).Key.(*ast.Ident).Name; key != "Timeout" {
			keys = append(keys, key)
		}
	}
	return keys
}

// FuzzImport imports package time into files whose imports stand in all kinds of layout,
// one piece a byte. The file is formatted first if the number of bytes is even.
func FuzzImport(f *testing.F) {
	specs := []string{`"os"`, `"fmt"`, `"time"`, `tm "time"`, `_ "time"`, `. "time"`, `zz "io"`, "`net/http`", `_ "embed"`, `"C"`, `time "os"`}
	const open, shut, comment, block, blank, space, semicolon, doc, shadow = 100, 101, 102, 103, 104, 105, 106, 107, 108
	for _, seed := range [][]byte{
		nil, {0}, {open, blank, 0, blank, shut}, {9, 0}, {open, blank, comment, 6, blank, shut}, {0, open, blank, 1, blank, 8, blank, shut},
		{shadow}, {shadow, 2}, {5}, {block, 0}, {0, semicolon}, {10, blank}, {doc, 9},
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 40 {
			t.Skip("long")
		}
		var text strings.Builder
		text.WriteString("package p")
		inGroup, param := false, "int"
		if len(data) > 0 && data[0] != semicolon {
			text.WriteString("\n")
		}
		for _, b := range data {
			switch b {
			case open:
				if !inGroup {
					text.WriteString("import (")
					inGroup = true
				}
			case shut:
				if inGroup {
					text.WriteString(")\n")
					inGroup = false
				}
			case comment:
				text.WriteString(" // c\n")
			case block:
				text.WriteString(" /* c */ ")
			case blank:
				text.WriteString("\n")
			case space:
				text.WriteString(" \t")
			case semicolon:
				text.WriteString(";")
			case doc:
				text.WriteString("\n/*\na\n*/\n")
			case shadow:
				param = "time int"
			default:
				if !inGroup {
					text.WriteString("import ")
				}
				text.WriteString(specs[int(b)%len(specs)])
				if b%2 == 0 || !inGroup && b%3 != 0 {
					text.WriteString("\n")
				}
			}
		}
		if inGroup {
			text.WriteString(")")
		}
		text.WriteString("\n\nfunc f(" + param + ") {\n\t/*here*/\n}\n")
		src := text.String()
		if len(data)%2 == 0 {
			formatted, err := format.Source([]byte(src))
			if err != nil {
				t.Skip("does not parse")
			}
			src = string(formatted)
		}
		s, err := check(src, "")
		if err != nil {
			t.Skip("does not compile")
		}
		name, edits := s.Import("time", s.mark)
		if _, err := s.apply(edits); err != nil {
			t.Fatal(err)
		}
		edited, err := s.edit(edits) // the formatter removes imports that are there twice
		if err != nil {
			t.Fatal(err)
		}
		after, err := check(strings.Replace(edited, "/*here*/", "_ = "+name+".Second /*here*/", 1), "")
		if err != nil {
			t.Fatalf("%v in:\n%s", err, edited)
		}
		want := len(s.File.Imports)
		if len(edits) > 0 {
			want++
		}
		if len(after.File.Imports) != want {
			t.Fatalf("%d imports, and not %d, in:\n%s", len(after.File.Imports), want, edited)
		}
		if got, want := len(after.comments()), len(s.comments()); got != want {
			t.Fatalf("%d comments, and not %d, in:\n%s", got, want, edited)
		}
		// Asked again, the import is there.
		if _, edits := after.Import("time", after.mark); len(edits) > 0 {
			t.Fatalf("imported twice, in:\n%s", edited)
		}
	})
}
