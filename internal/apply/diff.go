package apply

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Diff returns the change as a unified diff, in which the file has the given
// name, with the prefixes that "git apply" expects.
func (c *Change) Diff(name string) string {
	return udiff.Unified("a/"+name, "b/"+name, string(c.Old), string(c.New))
}

// Line returns where a line of the old file is in the new one. A line that
// was itself changed is where the change is.
func (c *Change) Line(line int) int {
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
