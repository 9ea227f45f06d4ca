package effect

import (
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A mark is a column of a table by which a SELECT tells what is new from what is done: WHERE created_at > (SELECT
// covered_until FROM summaries …). A row that is added with that column moves it on.
type mark struct {
	*Done
	table, column string
}

var newer = regexp.MustCompile("(?:>=?|<=?)\\s*(?:coalesce\\(\\s*)?\\(\\s*select\\s+(?:(?:max|min)\\(\\s*)?(?:\\w+\\.)?[\"`]?(\\w+)[\"`]?\\s*\\)?\\s+from\\s+([\\w.\"`]+)")

// marks returns the marks that a statement goes by.
func marks(text string, at *Done) []mark {
	text = plain(text)
	if !strings.HasPrefix(text, "select") {
		return nil
	}
	var found []mark
	for _, m := range newer.FindAllStringSubmatch(text, -1) {
		found = append(found, mark{at, strings.Trim(m[2], "\"`"), m[1]})
	}
	return found
}

// moves reports whether a row that is added moves on one of the marks by which it was looked, on the way to it, what there
// is to be done: for the second delivery there is nothing.
func (w *walk) moves(d *Done) bool {
	return slices.ContainsFunc(w.marks, func(m mark) bool {
		return m.table == d.Table && m.beside(d) && slices.Contains(columns(d.text), m.column)
	})
}

// columns returns the columns that an INSERT sets.
func columns(text string) []string {
	m := inserting.FindStringSubmatch(plain(text))
	if m == nil {
		return nil
	}
	names := strings.Split(m[3], ",")
	for i, name := range names {
		names[i] = strings.Trim(name, " \"`")
	}
	return names
}

// plain returns a statement in lower case, without comments and more than one space at a time.
func plain(text string) string {
	return strings.TrimSpace(strings.ToLower(spaces.ReplaceAllString(comments.ReplaceAllString(text, " "), " ")))
}
