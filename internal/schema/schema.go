// Package schema reads what the files of a module say of its tables: which of them refuse a second row of the same.
//
// A unique key is seldom in the program: it is in a migration, in an init script, in a statement that is run at
// the start. Whether a second delivery makes a second row, only that says. It is read alike by all drivers, since it
// lies in the module; where it does not (nogo's sandbox), there are no keys.
package schema

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/resilint/resilint/internal/regexp"
)

const (
	maxFiles = 20000   // of a module
	maxSize  = 1 << 20 // of a file, in bytes: more are data
)

// Tables are the unique keys of tables.
type Tables struct {
	keys map[string][]Key // by the tables' names, in lower case and without their schemas
}

// A Key is the columns of a unique key, in lower case.
type Key []string

var known sync.Map // from roots of modules to func() *Tables

// Of returns the tables of the module that a folder lies in. They are read once.
func Of(dir string) *Tables {
	module := dir
	for !exists(filepath.Join(module, "go.mod")) {
		if module == filepath.Dir(module) {
			return &Tables{}
		}
		module = filepath.Dir(module)
	}
	read, _ := known.LoadOrStore(module, sync.OnceValue(func() *Tables { return Read(append(beside(module), module)...) }))
	return read.(func() *Tables)()
}

// beside returns the folders between a module and the root of its repository that hold statements.
func beside(module string) []string {
	var folders []string
	for dir := module; !exists(filepath.Join(dir, ".git")) && dir != filepath.Dir(dir); {
		dir = filepath.Dir(dir)
		entries, _ := os.ReadDir(dir)
		for _, d := range entries {
			path := filepath.Join(dir, d.Name())
			if d.IsDir() && statements.MatchString(d.Name()) && !exists(filepath.Join(path, "go.mod")) {
				folders = append(folders, path)
			}
		}
	}
	return folders
}

var statements = regexp.MustCompile(`(?i)^(migrations?|db|database|sql|schemas?|scripts)$`)

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

var skipped = regexp.MustCompile(`^(\.git|vendor|node_modules|testdata|_?examples?|third_party)$`)

// Read returns the tables that the .sql and .go files of folders, and of those in them, declare.
func Read(roots ...string) *Tables {
	t := &Tables{keys: map[string][]Key{}}
	for _, root := range roots {
		t.read(root)
	}
	return t
}

func (t *Tables) read(root string) {
	n := 0
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch n++; {
		case n > maxFiles:
			return fs.SkipAll
		case err != nil:
			return nil // what cannot be read says nothing
		case d.IsDir():
			if path != root && (skipped.MatchString(name) || exists(filepath.Join(path, "go.mod"))) {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".sql") && !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"):
			return nil
		}
		if info, err := d.Info(); err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
			return nil
		}
		if text, err := os.ReadFile(path); err == nil && uniquely.Match(text) {
			t.Add(string(text))
		}
		return nil
	})
}

var (
	uniquely = regexp.MustCompile(`(?i)\bunique\b|\bprimary\s+key\b`)
	comments = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/`)
	creates  = regexp.MustCompile(`(?i)\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."` + "`" + `\[\]]+)\s*\(`)
	indexes  = regexp.MustCompile(`(?i)\bcreate\s+unique\s+(?:clustered\s+|nonclustered\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?[\w."` + "`" + `\[\]]*\s*on\s+(?:only\s+)?([\w."` + "`" + `\[\]]+)\s*(?:using\s+\w+\s*)?\(`)
	alters   = regexp.MustCompile(`(?is)\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([\w."` + "`" + `\[\]]+)\s+add\s+(?:constraint\s+\S+\s+)?(unique|primary)\b[^(;]*\(`)
	together = regexp.MustCompile(`(?is)^(?:constraint\s+\S+\s+)?(unique|primary\s+key)\b[^(]*\(`)
	column   = regexp.MustCompile("^[\\w\"`\\[\\]]+")
	counted  = regexp.MustCompile(`(?i)\b(big|small)?serial\b|auto_?increment|\bidentity\b|\bgenerated\b|\bdefault\b`)
	single   = regexp.MustCompile(`(?i)\bunique\b|\bprimary\s+key\b`)
)

// Add adds the keys that statements declare. Nothing that takes one away is looked at.
func (t *Tables) Add(text string) {
	text = comments.ReplaceAllString(text, " ")
	for _, at := range creates.FindAllStringSubmatchIndex(text, -1) {
		table := text[at[2]:at[3]]
		for _, part := range split(inside(text[at[1]-1:])) {
			if m := together.FindStringIndex(part); m != nil {
				t.add(table, split(inside(part[m[1]-1:])))
			} else if single.MatchString(part) && !counted.MatchString(part) {
				t.add(table, []string{part})
			}
		}
	}
	for _, form := range []*regexp.Regexp{indexes, alters} {
		for _, at := range form.FindAllStringSubmatchIndex(text, -1) {
			t.add(text[at[2]:at[3]], split(inside(text[at[1]-1:])))
		}
	}
}

// inside returns what is between a parenthesis that a text begins with and the one that closes it, or "".
func inside(text string) string {
	depth := 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text[1:i]
			}
		}
	}
	return ""
}

// split returns the parts of a list, without the commas that are in parentheses.
func split(list string) []string {
	var parts []string
	depth, from := 0, 0
	for i, c := range list {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				parts = append(parts, strings.TrimSpace(list[from:i]))
				from = i + 1
			}
		}
	}
	return append(parts, strings.TrimSpace(list[from:]))
}

// add adds a key, unless it is one that is drawn anew for each row.
func (t *Tables) add(table string, columns []string) {
	var key Key
	for _, c := range columns {
		name := bare(column.FindString(c))
		if name == "" || drawn.MatchString(name) {
			return // an expression: lower(email)
		}
		key = append(key, name)
	}
	table = bare(table)
	if !slices.ContainsFunc(t.keys[table], func(k Key) bool { return slices.Equal(k, key) }) {
		t.keys[table] = append(t.keys[table], key)
	}
}

// drawn are names of columns whose values who adds a row makes anew for it.
var drawn = regexp.MustCompile(`token|secret|uuid|^id$|nonce|(^|_)(code|number|no)$|(^|_)at$|time|date`)

func bare(name string) string {
	name = name[strings.LastIndexByte(name, '.')+1:]
	return strings.ToLower(strings.Trim(name, "\"`[]"))
}

// Refuses returns the key by which a table refuses a second row with the same values in columns, or nil. No columns are all.
func (t *Tables) Refuses(table string, columns []string) Key {
	keys := t.keys[bare(table)]
	if len(columns) == 0 && len(keys) > 0 {
		return keys[0]
	}
	given := map[string]bool{}
	for _, c := range columns {
		given[bare(strings.TrimSpace(c))] = true
	}
	for _, key := range keys {
		if !slices.ContainsFunc(key, func(c string) bool { return !given[c] }) {
			return key
		}
	}
	return nil
}
