// Package patch shows how files change: as a unified diff, and where their lines go. It is apart from
// package apply so that programs which only plan fixes need no library for it.
package patch

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/regexp"
)

// Diff returns the change as a unified diff, in which the file has the given
// name, with the prefixes that "git apply" expects.
func Diff(c apply.Change, name string) string {
	return Between(c, "a/"+name, "b/"+name)
}

// Between returns the change as a unified diff of two files that are called so.
func Between(c apply.Change, before, after string) string {
	return renumber(udiff.Unified(before, after, string(c.Old), string(c.New)))
}

var hunkHeader = regexp.MustCompile(`(?m)^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@`)

// renumber corrects where hunks say that they are in the new file: from the second one on,
// go-udiff v0.4.1 counts wrongly, and git apply reports an offset.
func renumber(diff string) string {
	shift := 0
	return hunkHeader.ReplaceAllStringFunc(diff, func(header string) string {
		m := hunkHeader.FindStringSubmatch(header)
		number := func(s string) int {
			if n, err := strconv.Atoi(s); err == nil {
				return n
			}
			return 1 // ",1" may be left out
		}
		start, removed, added := number(m[1]), number(m[2]), number(m[3])
		at := start + shift
		if removed == 0 {
			at++ // an empty range is named by the line before it
		}
		if added == 0 {
			at--
		}
		shift += added - removed
		return fmt.Sprintf("@@ -%d,%d +%d,%d @@", start, removed, at, added)
	})
}

// Line returns where a line of the old file is in the new one. A line that
// was itself changed is where the change is.
func Line(c apply.Change, line int) int {
	old := string(c.Old)
	shift := 0
	for _, e := range udiff.Lines(old, string(c.New)) {
		first := 1 + strings.Count(old[:e.Start], "\n")
		removed := strings.Count(old[e.Start:e.End], "\n")
		added := strings.Count(e.New, "\n")
		if line < first {
			break
		}
		if line < first+removed { // changed
			return first + shift + min(line-first, max(added-1, 0))
		}
		shift += added - removed
	}
	return line + shift
}
