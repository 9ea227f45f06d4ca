package compare

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var update = flag.Bool("update", false, "write the observed table into docs/runtime.md")

const page = "../../docs/runtime.md"

// discardLog is for servers whose clients are meant to fail.
var discardLog = log.New(io.Discard, "", 0)

// row is a behaviour: one of the module's table, by its number there.
type row struct {
	n       int
	what    string
	applies func(*library) bool
	check   func(*testing.T, *library) error // says what is wrong
}

func allRows() []row {
	all := slices.Concat(retryRows, httpRows, breakerRows, bulkheadRows)
	slices.SortFunc(all, func(a, b row) int { return a.n - b.n })
	return all
}

// observe holds a library to a row.
func (r row) observe(t *testing.T, l *library) error {
	if r.n == callbacksRow { // may hang, and end the process
		return r.check(t, l)
	}
	var err error
	synctest.Test(t, func(t *testing.T) {
		err = checked(t, r, l)
		time.Sleep(24 * time.Hour) // what a library left to itself ends; in no time, here
	})
	return err
}

// checked is a check that may panic.
func checked(t *testing.T, r row, l *library) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panics: %v", v)
		}
	}()
	return r.check(t, l)
}

const (
	passes  = "✓"
	fails   = "✗"
	nothing = "–"
)

// TestTable observes which library passes which row, and compares that with the page.
func TestTable(t *testing.T) {
	rows := allRows()
	cells := make([][]string, len(rows))
	for i, r := range rows {
		for _, l := range libraries {
			cells[i] = append(cells[i], r.judge(t, l))
		}
		if cells[i][0] != passes {
			t.Errorf("%s must pass every row, and does not pass row %d", libraries[0].name, r.n)
		}
	}
	for _, n := range notes {
		checkNote(t, n, rows)
	}
	compareWithPage(t, "table", table(t, rows, cells))
}

// judge returns the cell of a library in a row, and logs why it does not pass.
func (r row) judge(t *testing.T, l *library) string {
	if !r.applies(l) {
		return nothing
	}
	if err := r.observe(t, l); err != nil {
		t.Logf("%s, row %d (%s): %v", l.name, r.n, r.what, err)
		return fails
	}
	return passes
}

// checkNote checks that an option does what a note says.
func checkNote(t *testing.T, n note, rows []row) {
	if !slices.ContainsFunc(libraries, func(l *library) bool { return l.name == n.lib }) {
		t.Errorf("a note about %q", n.lib)
	}
	for _, r := range rows {
		if n.with == nil || !slices.Contains(n.rows, r.n) {
			continue
		}
		if err := r.observe(t, n.with()); err != nil {
			t.Errorf("%s, row %d: %q is not true: %v", n.lib, r.n, n.text, err)
		}
	}
}

// table renders the outcome, with the notes below.
func table(t *testing.T, rows []row, cells [][]string) string {
	var b strings.Builder
	b.WriteString("| # | behaviour |")
	versions := required(t)
	for _, l := range libraries {
		fmt.Fprintf(&b, " %s |", strings.TrimSpace(l.name+" "+versions[l.module]))
	}
	b.WriteString("\n|--:|---|" + strings.Repeat(":-:|", len(libraries)) + "\n")
	passed, applied := make([]int, len(libraries)), make([]int, len(libraries))
	for i, r := range rows {
		fmt.Fprintf(&b, "| %d | %s |", r.n, r.what)
		for n, cell := range cells[i] {
			if cell != nothing {
				applied[n]++
			}
			if cell == passes {
				passed[n]++
			}
			fmt.Fprintf(&b, " %s%s |", cell, letters(libraries[n].name, r.n))
		}
		b.WriteString("\n")
	}
	b.WriteString("| | passed, of those that apply |")
	for n := range libraries {
		fmt.Fprintf(&b, " %d of %d |", passed[n], applied[n])
	}
	b.WriteString("\n\n")
	for i, n := range notes {
		fmt.Fprintf(&b, "- %s, %s: %s\n", letter(i), n.lib, n.text)
	}
	return b.String()
}

// letter is how the cells refer to the i-th note.
func letter(i int) string { return string(rune('a' + i)) }

// letters returns those of the notes on a cell.
func letters(lib string, row int) string {
	var on strings.Builder
	for i, n := range notes {
		if n.lib == lib && slices.Contains(n.rows, row) {
			on.WriteString(" " + letter(i))
		}
	}
	return on.String()
}

// required returns the versions of go.mod, by module. Ours has none there.
func required(t *testing.T) map[string]string {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	versions := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(fields) >= 2 && strings.HasPrefix(fields[1], "v") && fields[1] != "v0.0.0" {
			versions[fields[0]] = strings.TrimPrefix(fields[1], "v")
		}
	}
	return versions
}

// compareWithPage compares the part of the page between two markers with what it should be.
func compareWithPage(t *testing.T, marker, want string) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), "<!-- "+marker+" -->\n")
	got, after, closed := strings.Cut(rest, "<!-- /"+marker+" -->")
	if !found || !closed {
		t.Fatalf("%s has no part %q", page, marker)
	}
	if got == want {
		return
	}
	if !*update {
		t.Errorf("%s is not what is observed now; go test -run TestTable -update writes it:\n%s", page, want)
		return
	}
	text = []byte(before + "<!-- " + marker + " -->\n" + want + "<!-- /" + marker + " -->" + after)
	if err := os.WriteFile(page, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
