package patch

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/apply"
)

func TestLine(t *testing.T) {
	const old = "a\nb\nc\nd\ne\n"
	tests := []struct {
		name, new string
		want      []int // new lines of the lines a to e
	}{
		{"unchanged", old, []int{1, 2, 3, 4, 5}},
		{"inserted at the start", "x\ny\na\nb\nc\nd\ne\n", []int{3, 4, 5, 6, 7}},
		{"inserted", "a\nb\nx\nc\nd\ne\n", []int{1, 2, 4, 5, 6}},
		{"removed", "a\nd\ne\n", []int{1, 2, 2, 2, 3}},
		{"changed", "a\nB\nc\nd\ne\n", []int{1, 2, 3, 4, 5}},
		{"changed to more lines", "a\nB\nB\nB\nc\nd\ne\n", []int{1, 2, 5, 6, 7}},
		{"changed to fewer lines", "a\nX\ne\n", []int{1, 2, 2, 2, 3}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := apply.Change{Old: []byte(old), New: []byte(test.new)}
			var got []int
			for line := 1; line <= 5; line++ {
				got = append(got, Line(c, line))
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// TestDiffHunks: each hunk says where it is in the new file, after what the ones before add.
func TestDiffHunks(t *testing.T) {
	old := strings.Repeat("line\n", 40)
	c := apply.Change{Old: []byte(old), New: []byte("a\nb\n" + strings.Repeat("line\n", 20) + "c\n" + strings.Repeat("line\n", 20) + "d\n")}
	var headers []string
	for line := range strings.Lines(Diff(c, "x.go")) {
		if strings.HasPrefix(line, "@@") {
			headers = append(headers, strings.TrimSpace(line))
		}
	}
	assert.Equal(t, []string{"@@ -1,3 +1,5 @@", "@@ -18,6 +20,7 @@", "@@ -38,3 +41,4 @@"}, headers)
}
