package plan

import (
	"go/parser"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/apply"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/scope"
)

// unimport adds edits that remove imports which are in no file any more once all fixes are made, to
// the last fix of each file.
func unimport(pass *analysis.Pass, fixes []*suggestion, changes []apply.Change) {
	for _, file := range pass.Files {
		name := scope.Filename(pass.Fset, file.FileStart)
		i := slices.IndexFunc(changes, func(c apply.Change) bool { return c.Filename == name })
		if i < 0 {
			continue
		}
		after, err := parser.ParseFile(token.NewFileSet(), name, changes[i].New, parser.ImportsOnly)
		if err != nil {
			continue
		}
		left := map[[2]string]bool{}
		for _, spec := range after.Imports {
			alias := ""
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			left[[2]string{alias, importPath(spec)}] = true
		}
		b := &fix.Builder{Pass: pass, File: file}
		for _, spec := range file.Imports {
			alias := ""
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			if left[[2]string{alias, importPath(spec)}] {
				continue
			}
			if last := lastFix(fixes, file.FileStart, file.FileEnd, spec.Pos()); last != nil {
				if edit, ok := b.DeleteImport(spec); ok {
					last.fix.TextEdits = append(last.fix.TextEdits, edit)
				}
			}
		}
	}
}

// lastFix returns the last fix with edits in a file, or nil if one of them changes what stands at pos.
func lastFix(fixes []*suggestion, start, end, pos token.Pos) (last *suggestion) {
	for _, s := range fixes {
		for _, e := range s.fix.TextEdits {
			if e.Pos <= pos && pos < e.End {
				return nil
			}
			if start <= e.Pos && e.Pos <= end {
				last = s
			}
		}
	}
	return last
}
