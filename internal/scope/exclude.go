package scope

import (
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/resilint/resilint/internal/regexp"
)

// excluded are the files in which nothing is reported.
var excluded atomic.Pointer[exclusion]

type exclusion struct {
	dir      string
	patterns []*regexp.Regexp
}

// Exclude names the files in which nothing is reported, in place of those named before: patterns relative
// to dir, in which "..." stands for anything and "*" for anything but a slash, as in those of the go
// command. A pattern that fits a directory fits all that is below it.
func Exclude(dir string, patterns []string) {
	e := &exclusion{dir: dir}
	for _, pattern := range patterns {
		text := regexp.QuoteMeta(strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/"))
		text = strings.ReplaceAll(text, `/\.\.\.`, `(/.*)?`)
		text = strings.ReplaceAll(text, `\.\.\.`, `.*`)
		text = strings.ReplaceAll(text, `\*`, `[^/]*`)
		e.patterns = append(e.patterns, regexp.MustCompile("^"+text+"(/.*)?$"))
	}
	excluded.Store(e)
}

// isExcluded reports whether nothing is reported in a file.
func isExcluded(filename string) bool {
	e := excluded.Load()
	if e == nil || len(e.patterns) == 0 {
		return false
	}
	rel, err := filepath.Rel(e.dir, filename)
	if err != nil {
		return false
	}
	for _, pattern := range e.patterns {
		if pattern.MatchString(filepath.ToSlash(rel)) {
			return true
		}
	}
	return false
}
