package report

import (
	"bytes"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

func TestNewFinding(t *testing.T) {
	const src = "package p\n\n//line gen.y:7\nvar x = 1\n"
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "/src/p.go", src, 0)
	require.NoError(t, err)
	decl := f.Decls[0]
	got := NewFinding(fset, "p", "rule", analysis.Diagnostic{
		Pos:      decl.Pos(),
		Category: "code",
		Message:  "no",
		Related:  []analysis.RelatedInformation{{Pos: f.Name.Pos(), Message: "here"}},
		SuggestedFixes: []analysis.SuggestedFix{{
			Message: "remove it",
			TextEdits: []analysis.TextEdit{
				{Pos: decl.Pos(), End: decl.End()},
				{Pos: decl.End(), NewText: []byte("x")},
			},
		}},
	})
	at := token.Position{Filename: "/src/gen.y", Offset: 26, Line: 7, Column: 0}
	assert.Equal(t, at, got.Pos, "positions obey //line directives")
	assert.Equal(t, at, got.End, "the end is the position if there is none")
	assert.Equal(t, "rule/code", got.Label())
	name := token.Position{Filename: "/src/p.go", Offset: 8, Line: 1, Column: 9}
	assert.Equal(t, []Related{{name, name, "here"}}, got.Related)
	assert.Equal(t, []Fix{{"remove it", []Edit{
		{"/src/p.go", 26, 35, ""},
		{"/src/p.go", 35, 35, "x"},
	}}}, got.Fixes, "edits do not")
}

func TestSort(t *testing.T) {
	finding := func(file string, line, col int, rule, code, message string) Finding {
		pos := token.Position{Filename: file, Line: line, Column: col}
		return Finding{Pos: pos, Rule: rule, Code: code, Message: message}
	}
	want := []Finding{
		finding("a.go", 2, 1, "r", "c", "m"),
		finding("a.go", 10, 1, "r", "c", "m"),
		finding("a.go", 10, 2, "q", "c", "m"),
		finding("a.go", 10, 2, "r", "b", "m"),
		finding("a.go", 10, 2, "r", "c", "l"),
		finding("a.go", 10, 2, "r", "c", "m"),
		finding("b.go", 1, 1, "r", "c", "m"),
	}
	shuffled := []Finding{want[5], want[6], want[0], want[3], want[5], want[2], want[4], want[1], want[0]}
	assert.Equal(t, want, Sort(shuffled))
}

func TestText(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "sub", "a.go")
	require.NoError(t, os.Mkdir(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte("one\ntwo\r\nthree\nfour\n"), 0o666))
	at := func(line int) token.Position { return token.Position{Filename: name, Line: line, Column: 3} }
	findings := []Finding{
		{Rule: "r", Code: "c", Message: "first", Pos: at(1), End: at(2), Related: []Related{{Pos: at(4), End: at(4), Message: "see"}}},
		{Rule: "r", Message: "last", Pos: at(4), End: at(4)},
		{Rule: "r", Message: "no such file", Pos: token.Position{Filename: filepath.Join(dir, "x.go"), Line: 1}},
	}
	tests := []struct {
		name    string
		dir     string
		context int
		want    string
	}{
		{"plain", dir, -1, "sub/a.go:1:3: first (r/c)\nsub/a.go:4:3: last (r)\nx.go:1: no such file (r)\n"},
		{"other directory", filepath.Join(dir, "sub"), -1, "a.go:1:3: first (r/c)\na.go:4:3: last (r)\n../x.go:1: no such file (r)\n"},
		{"source", dir, 0, "sub/a.go:1:3: first (r/c)\n1\tone\n2\ttwo\n\tsub/a.go:4:3: see\nsub/a.go:4:3: last (r)\n4\tfour\nx.go:1: no such file (r)\n"},
		{"context", dir, 1, "sub/a.go:1:3: first (r/c)\n1\tone\n2\ttwo\n3\tthree\n\tsub/a.go:4:3: see\nsub/a.go:4:3: last (r)\n3\tthree\n4\tfour\nx.go:1: no such file (r)\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var buf bytes.Buffer
			require.NoError(t, Text{Dir: test.dir, Context: test.context}.Write(&buf, findings))
			assert.Equal(t, test.want, filepath.ToSlash(buf.String()))
		})
	}
}

func TestWriteJSON(t *testing.T) {
	pos := token.Position{Filename: "/a.go", Line: 1, Column: 2}
	end := token.Position{Filename: "/a.go", Line: 1, Column: 5}
	tests := []struct {
		name     string
		findings []Finding
		failures []Failure
		want     string
	}{
		{"empty", nil, nil, `{}`},
		{"two of one rule", []Finding{
			{Package: "p", Rule: "r", Code: "c", Message: "m", Pos: pos, End: end},
			{Package: "p", Rule: "r", Message: "n", Pos: pos, End: end, Related: []Related{{end, end, "see"}}},
		}, nil, `{"p": {"r": [
			{"category": "c", "posn": "/a.go:1:2", "end": "/a.go:1:5", "message": "m"},
			{"posn": "/a.go:1:2", "end": "/a.go:1:5", "message": "n",
				"related": [{"posn": "/a.go:1:5", "end": "/a.go:1:5", "message": "see"}]}]}}`},
		{"fix", []Finding{
			{Package: "p", Rule: "r", Message: "m", Pos: pos, End: end, Fixes: []Fix{{"do", []Edit{{"/a.go", 1, 2, "<x>"}}}}},
		}, nil, `{"p": {"r": [
			{"posn": "/a.go:1:2", "end": "/a.go:1:5", "message": "m", "suggested_fixes": [
				{"message": "do", "edits": [{"filename": "/a.go", "start": 1, "end": 2, "new": "<x>"}]}]}]}}`},
		{"failure", []Finding{{Package: "p", Rule: "r", Message: "m", Pos: pos, End: pos}},
			[]Failure{{"p", "s", errors.New("no")}, {"q", "r", errors.New("no")}},
			`{"p": {"r": [{"posn": "/a.go:1:2", "end": "/a.go:1:2", "message": "m"}], "s": {"error": "no"}}, "q": {"r": {"error": "no"}}}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var buf bytes.Buffer
			require.NoError(t, WriteJSON(&buf, test.findings, test.failures))
			assert.JSONEq(t, test.want, buf.String())
		})
	}
}

func TestMoveLines(t *testing.T) {
	at := func(line int) token.Position { return token.Position{Filename: "a.go", Line: line} }
	old := Finding{Pos: at(1), End: at(2), Related: []Related{{at(3), at(3), ""}}, Fixes: []Fix{{Message: "fix"}}}
	moved := old
	moved.MoveLines(func(name string, line int) int { return line * 10 })
	assert.Equal(t, Finding{Pos: at(10), End: at(20), Related: []Related{{at(30), at(30), ""}}}, moved)
	assert.Equal(t, at(3), old.Related[0].Pos, "a copy is not affected")
}
