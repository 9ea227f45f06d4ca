package effect

import (
	"go/types"
	"path/filepath"
	"reflect"
	"strings"
	"unicode"

	"github.com/resilint/resilint/internal/regexp"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/schema"
)

// tables returns the tables of the module that is looked at.
func (b *builder) tables() *schema.Tables {
	if b.schema == nil {
		b.schema = &schema.Tables{}
		if len(b.pass.Files) > 0 {
			b.schema = schema.Of(filepath.Dir(b.pass.Fset.Position(b.pass.Files[0].FileStart).Filename))
		}
	}
	return b.schema
}

// unique reports whether a statement adds a row that its table refuses a second time.
func (b *builder) unique(text string) bool {
	if Judge(text).Deed != catalog.Inserts {
		return false
	}
	m := inserting.FindStringSubmatch(plain(text))
	if m == nil || unknown.MatchString(m[1]) {
		return false
	}
	var columns []string
	if m[3] != "" {
		columns = strings.Split(m[3], ",")
	}
	return b.tables().Refuses(m[1], columns) != nil
}

// judge returns what a statement of the step's does.
func (s *Step) judge(text string) Statement {
	if s.Unique {
		return Statement{Guard: true}
	}
	return Judge(text)
}

// refused reports whether the table of a type of rows, as object mappers name it, refuses a second one that has all of
// its columns.
func (b *builder) refused(t types.Type) bool {
	row := rowOf(t)
	if row == nil {
		return false
	}
	columns := columnsOf(row.Underlying().(*types.Struct))
	name := catalog.TypeName(row)
	table := snake(name[strings.LastIndexByte(name, '.')+1:])
	for _, table := range []string{table, plural(table)} {
		if len(columns) > 0 && b.tables().Refuses(table, columns) != nil {
			return true
		}
	}
	return false
}

var columnTag = regexp.MustCompile(`column:([\w"]+)`)

// columnsOf returns the names of a row's columns.
func columnsOf(s *types.Struct) []string {
	var columns []string
	for i := range s.NumFields() {
		f, tag := s.Field(i), reflect.StructTag(s.Tag(i))
		name := snake(f.Name())
		for _, key := range []string{"db", "bun"} {
			if first, _, _ := strings.Cut(tag.Get(key), ","); first != "" {
				name = first
			}
		}
		if m := columnTag.FindStringSubmatch(tag.Get("gorm")); m != nil {
			name = m[1]
		}
		columns = append(columns, name)
	}
	return columns
}

// snake returns the name of a column for that of a field: UserID is user_id.
func snake(name string) string {
	var out strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		begins := i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if begins && runes[i-1] != '_' {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

func plural(name string) string {
	switch {
	case strings.HasSuffix(name, "y") && !strings.HasSuffix(name, "ay") && !strings.HasSuffix(name, "ey"):
		return strings.TrimSuffix(name, "y") + "ies"
	case strings.HasSuffix(name, "s"), strings.HasSuffix(name, "x"), strings.HasSuffix(name, "ch"):
		return name + "es"
	}
	return name + "s"
}
