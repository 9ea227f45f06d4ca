package deploy

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A line of a README that tells of one program stands in a list, a table or a tree of files, and begins with its name; or
// is a sentence about it. Spaces stand for the hyphens of a folder's name, and what was emphasized no longer is.
var (
	listed   = regexp.MustCompile("^\\s*(?:[-*+|]|\\d+\\.|[├└│─ ]+)\\s*(.+?)\\s*(?: [—–-] |:|\\(|#|\\|)\\s*(.*)$")
	runs     = regexp.MustCompile(`^(?:(?:make|go run|run|start|just|task)\s+)?(?:\./)?(?:(?:.*/)?cmd/)?|(?:/main\.go|/)$`)
	imitates = regexp.MustCompile(`^(?:(?:an?|the)\s+)?(?:dummy|mock(?:ed)?|fake|stub(?:bed)?|simulated)\s+\w|^(?:it\s+)?(?:stands? in for|(?:simulat|emulat|imitat|mimic|mock)(?:e?s|ing)\s+(?:an?\s+|the\s+)?(?:(?:external|third party|3rd party|real|remote|upstream|outside)\s|(?:\w+\s+){0,2}(?:provider|gateway|bank|carrier|api)s?\b))`)
)

// isStandIn reports whether a README says of a program, by its name, that it stands in for a service of others.
func isStandIn(readme, name string) bool {
	name = spaced(name)
	for line := range strings.Lines(readme) {
		line = spaced(line)
		if match := listed.FindStringSubmatch(strings.ReplaceAll(line, "\n", "")); match != nil && runs.ReplaceAllString(match[1], "") == name && imitates.MatchString(match[2]) {
			return true
		}
		for _, begin := range []string{"the " + name + " is ", "the " + name + " "} {
			if _, rest, ok := strings.Cut(line, begin); ok && imitates.MatchString(rest) {
				return true
			}
		}
	}
	return false
}

var emphasis = strings.NewReplacer("*", "", "`", "", "_", " ")

// spaced returns a text in lower case with spaces in place of the hyphens within words, and without emphasis. Marks of
// lists stay.
func spaced(text string) string {
	mark := ""
	if trimmed := strings.TrimLeft(text, " \t"); strings.HasPrefix(trimmed, "* ") {
		mark, text = "* ", trimmed[2:]
	}
	return mark + hyphen.ReplaceAllString(strings.ToLower(emphasis.Replace(text)), "$1 ")
}

var hyphen = regexp.MustCompile(`(\w)-(?:\b)`)

// standIns notes the programs of a module of which its README says that they stand in for services of others.
func (r *reader) standIns(dir string) {
	module := moduleOf(dir)
	data, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if module == "" || err != nil || len(data) > maxSize {
		return
	}
	for _, program := range r.programs {
		name := path.Base(program)
		if name == "cmd" || name == "main" || name == "server" || name == "src" {
			continue // named after nothing
		}
		if isStandIn(string(data), name) {
			r.files.Harnesses = append(r.files.Harnesses, path.Join(module, program))
		}
	}
}
