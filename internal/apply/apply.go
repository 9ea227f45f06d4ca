// Package apply changes source files as the fixes of findings say.
//
// It keeps three promises that the appliers at hand do not all keep:
//
//   - A fix is applied as a whole or not at all, and a fix in the way of
//     another costs only itself. (Under "go vet -fix" a conflict between two
//     fixes drops all fixes of the package.)
//   - The result compiles. Imports that became unused are removed
//     (golangci-lint leaves them), and each changed package is type-checked
//     before anything is written.
//   - Either all files are written or none.
package apply

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
)

// A Checker type-checks changed packages.
type Checker interface {
	// ReadFile returns the contents of a source file, as they were analyzed.
	ReadFile(filename string) ([]byte, error)

	// PackageOf returns the ID of the package that a source file is part of,
	// or "" if it is part of none that was analyzed.
	PackageOf(filename string) string

	// Check type-checks a package with new contents of some of its files. It
	// returns the positions of the imports in these that are not used, which
	// are no error to it.
	Check(pkg string, contents map[string][]byte) (unused []token.Position, err error)
}

// A Plan is what a list of fixes comes to.
type Plan struct {
	Changes []Change       // by file name
	Skipped map[int]string // reasons why fixes are not part of it, by their index
	Overlap map[int]bool   // which of these are only in the way of others, and can be made after them
}

// A Change is a file before and after.
type Change struct {
	Filename string
	Old, New []byte
}

// Make plans to apply the fixes. Of fixes in conflict, the one that comes
// first in the list wins. Nothing is written; see [Write].
func Make(fixes []report.Fix, checker Checker) (*Plan, error) {
	p := &planner{
		checker: checker,
		fixes:   fixes,
		old:     make(map[string][]byte),
		skipped: make(map[int]string),
		overlap: make(map[int]bool),
	}
	if err := p.readFiles(); err != nil {
		return nil, err
	}
	// A fix that is dropped may have edits in other packages, so these
	// are to be done again.
	for {
		changed, dropped := p.try()
		if !dropped {
			return p.plan(changed), nil
		}
	}
}

type planner struct {
	checker Checker
	fixes   []report.Fix
	old     map[string][]byte // contents of the files that fixes edit
	skipped map[int]string
	overlap map[int]bool
}

// readFiles reads the files to edit and skips the fixes that edit files which
// must not be changed.
func (p *planner) readFiles() error {
	for i, fix := range p.fixes {
		for _, e := range fix.Edits {
			if reason, err := p.read(e); err != nil {
				return err
			} else if reason != "" {
				p.skipped[i] = reason
				break
			}
		}
	}
	return nil
}

// read reads the file that e edits, or returns a reason not to edit it.
func (p *planner) read(e report.Edit) (reason string, err error) {
	if p.checker.PackageOf(e.Filename) == "" {
		return "its file is not a source file of an analyzed package", nil // but made by cgo, for example
	}
	if strings.HasSuffix(e.Filename, "_test.go") {
		return "test files are not changed", nil
	}
	if leaves(e.Filename) {
		return "its file is a link to one outside the module", nil
	}
	src, ok := p.old[e.Filename]
	if !ok {
		if src, err = p.checker.ReadFile(e.Filename); err != nil {
			return "", err
		}
		p.old[e.Filename] = src
	}
	f, err := parser.ParseFile(token.NewFileSet(), e.Filename, src, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil || e.End > len(src) {
		return "", fmt.Errorf("%s was changed during the analysis", e.Filename)
	}
	if ast.IsGenerated(f) {
		return "generated files are not changed", nil
	}
	return "", nil
}

// leaves reports whether a file is, by links, one outside of the module that it is in by its name.
func leaves(name string) bool {
	root := filepath.Dir(name)
	if goMod := fix.GoMod(root); goMod != "" {
		root = filepath.Dir(goMod)
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return false // reading it says why
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return false
	}
	rel, err := filepath.Rel(root, real)
	return err != nil || !filepath.IsLocal(rel)
}

// try makes all edits of the fixes that are not skipped. It reports whether
// it had to drop fixes because a package did not compile.
func (p *planner) try() (changed map[string][]byte, dropped bool) {
	packages := p.contents(p.merge())
	changed = make(map[string][]byte)
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		if err := p.tidy(pkg, packages[pkg]); err != nil {
			p.drop(pkg)
			dropped = true
		}
		maps.Copy(changed, packages[pkg])
	}
	return changed, dropped
}

// contents returns files with edits, by package and name.
func (p *planner) contents(edits map[string][]report.Edit) map[string]map[string][]byte {
	packages := make(map[string]map[string][]byte)
	for name, list := range edits {
		pkg := p.checker.PackageOf(name)
		if packages[pkg] == nil {
			packages[pkg] = make(map[string][]byte)
		}
		packages[pkg][name] = applyEdits(p.old[name], list)
	}
	return packages
}

// drop skips the fixes because of which a package does not compile: each that does not go with those
// before it.
func (p *planner) drop(pkg string) {
	edits := make(map[string][]report.Edit)
	for i, fix := range p.fixes {
		here := slices.Clone(fix.Edits)
		here = slices.DeleteFunc(here, func(e report.Edit) bool { return p.checker.PackageOf(e.Filename) != pkg })
		if p.skipped[i] != "" || len(here) == 0 {
			continue
		}
		with := make(map[string][]report.Edit)
		for name, list := range edits {
			with[name] = slices.Clone(list)
		}
		added, _ := addFix(with, report.Fix{Edits: here}) // they do not overlap, or one would be skipped
		for _, e := range added {
			with[e.Filename] = append(with[e.Filename], e)
		}
		if err := p.tidy(pkg, p.contents(with)[pkg]); err != nil {
			p.skipped[i] = fmt.Sprintf("the package would not compile: %v", err)
			continue
		}
		edits = with
	}
}

// tidy type-checks the new contents of files, removes the imports that
// became unused and formats the files. The analyzed code compiled, so that
// there were no unused imports before.
func (p *planner) tidy(pkg string, contents map[string][]byte) error {
	unused, err := p.checker.Check(pkg, contents)
	if err != nil {
		return err
	}
	for name, src := range contents {
		if contents[name], err = tidyFile(name, src, unused); err != nil {
			return err
		}
		if hasCRLF(p.old[name]) { // the formatter takes the returns away
			contents[name] = bytes.ReplaceAll(contents[name], []byte("\n"), []byte("\r\n"))
		}
	}
	if len(unused) == 0 {
		return nil
	}
	unused, err = p.checker.Check(pkg, contents)
	if err == nil && len(unused) > 0 {
		err = fmt.Errorf("%s: import is not used", unused[0])
	}
	return err
}

// hasCRLF reports whether the lines of a file end as they do on Windows.
func hasCRLF(src []byte) bool {
	return bytes.Count(src, []byte("\r\n")) > bytes.Count(src, []byte("\n"))/2
}

// tidyFile formats a file without the imports at the given positions.
func tidyFile(name string, src []byte, unused []token.Position) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	specs := slices.DeleteFunc(slices.Clone(f.Imports), func(spec *ast.ImportSpec) bool {
		return !slices.Contains(unused, fset.PositionFor(spec.Pos(), false))
	})
	for _, spec := range specs { // to delete one moves the lines of those below it
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		alias := ""
		if spec.Name != nil {
			alias = spec.Name.Name
		}
		astutil.DeleteNamedImport(fset, f, alias, path)
	}
	ast.SortImports(fset, f)
	var buf bytes.Buffer
	if err := format.Node(&buf, fset, f); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// plan returns the final plan.
func (p *planner) plan(changed map[string][]byte) *Plan {
	plan := &Plan{Skipped: p.skipped, Overlap: p.overlap}
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		if !bytes.Equal(p.old[name], changed[name]) {
			plan.Changes = append(plan.Changes, Change{name, p.old[name], changed[name]})
		}
	}
	return plan
}
