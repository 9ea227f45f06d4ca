package report

import (
	"bufio"
	"fmt"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Text prints findings as lines "path:line:col: message (rule/code)".
type Text struct {
	Dir     string // paths are relative to this directory
	Context int    // if not negative, print source lines and this many around them, and related positions
}

// Write prints the findings to w.
func (t Text) Write(w io.Writer, findings []Finding) error {
	out := bufio.NewWriter(w)
	files := make(map[string][]string)
	for _, f := range findings {
		fmt.Fprintf(out, "%s: %s (%s)\n", t.position(f.Pos), f.Message, f.Label())
		if t.Context < 0 {
			continue
		}
		t.source(out, files, f.Pos, f.End)
		for _, r := range f.Related {
			fmt.Fprintf(out, "\t%s: %s\n", t.position(r.Pos), r.Message)
		}
	}
	return out.Flush()
}

// position formats pos with a path relative to t.Dir.
func (t Text) position(pos token.Position) string {
	pos.Filename = Rel(t.Dir, pos.Filename)
	return pos.String()
}

// source prints the lines of the source from pos to end, with context. files
// caches the lines of the files read.
func (t Text) source(w io.Writer, files map[string][]string, pos, end token.Position) {
	lines, ok := files[pos.Filename]
	if !ok {
		if data, err := os.ReadFile(pos.Filename); err == nil {
			lines = strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		}
		files[pos.Filename] = lines
	}
	first := max(pos.Line-t.Context, 1)
	last := min(max(end.Line, pos.Line)+t.Context, len(lines))
	for i := first; i <= last; i++ {
		fmt.Fprintf(w, "%d\t%s\n", i, strings.TrimSuffix(lines[i-1], "\r"))
	}
}

// Rel returns name relative to the directory dir, if that is possible.
func Rel(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil {
		return rel
	}
	return name
}
