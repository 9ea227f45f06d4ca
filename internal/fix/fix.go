// Package fix builds the edits of suggested fixes: imports, fields of literals, helpers,
// names that are free. An edit stays in the file of its diagnostic, and every fix compiles
// alone and together with all others.
package fix

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/regexp"
	"github.com/resilint/resilint/internal/scope"
)

// A Builder builds edits in one file.
type Builder struct {
	Pass *analysis.Pass
	File *ast.File
}

// Text returns the source of a node, as written.
func (b *Builder) Text(node ast.Node) (string, error) {
	file := b.Pass.Fset.File(b.File.FileStart)
	src, err := b.Pass.ReadFile(scope.Filename(b.Pass.Fset, b.File.FileStart))
	if err != nil {
		return "", err
	}
	from, to := file.Offset(node.Pos()), file.Offset(node.End())
	if from < 0 || to > len(src) || from > to {
		return "", fmt.Errorf("%s changed on disk", file.Name())
	}
	return string(src[from:to]), nil
}

// Import returns the name under which code at pos refers to the package with that import
// path, and the edits that import it if the file does not. Where another declaration
// shadows the package's name at pos, the package is imported once more under a name of its
// own.
func (b *Builder) Import(importPath string, pos token.Pos) (name string, edits []analysis.TextEdit) {
	for _, spec := range b.File.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p != importPath {
			continue
		}
		pkgName := b.Pass.TypesInfo.PkgNameOf(spec)
		if pkgName == nil || pkgName.Name() == "_" || pkgName.Name() == "." {
			continue
		}
		if b.Visible(pkgName, pos) {
			return pkgName.Name(), nil
		}
	}
	name, alias := names(importPath)
	for i := 0; !b.Free(name, pos) || b.Elsewhere(name); i++ {
		name = alias
		if i > 0 {
			name += strconv.Itoa(i)
		}
	}
	return name, b.addImport(name, importPath)
}

// PackageName returns the name that a package is likely to have, by its import path.
func PackageName(importPath string) string {
	name, _ := names(importPath)
	return name
}

// names returns the name of a package, and the one it is imported by where that is taken:
// mathrand for math/rand/v2, runtimeretry for example.org/runtime/retry.
func names(importPath string) (name, alias string) {
	dir, name := path.Split(importPath)
	if majorVersion.MatchString(name) {
		dir, name = path.Split(path.Clean(dir))
	} else if !hasDomain(importPath) {
		return name, "std" + name
	}
	if parent := path.Base(dir); token.IsIdentifier(parent) {
		return name, parent + name
	}
	return name, "the" + name
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// hasDomain reports whether a package is not one of the standard library.
func hasDomain(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return strings.Contains(first, ".")
}

// Visible reports whether the name of obj means obj at pos.
func (b *Builder) Visible(obj types.Object, pos token.Pos) bool {
	_, found := b.scopeAt(pos).LookupParent(obj.Name(), pos)
	return found == obj
}

// Free reports whether name means nothing at pos, so that declaring it there, in the file
// or in the package changes no other name's meaning.
func (b *Builder) Free(name string, pos token.Pos) bool {
	if token.IsKeyword(name) {
		return false
	}
	_, obj := b.scopeAt(pos).LookupParent(name, token.NoPos)
	return obj == nil
}

// Fresh returns the first of the names that is free at pos, or "".
func (b *Builder) Fresh(pos token.Pos, names ...string) string {
	for _, name := range names {
		if b.Free(name, pos) {
			return name
		}
	}
	return ""
}

func (b *Builder) scopeAt(pos token.Pos) *types.Scope {
	// Package scopes have no position; file scopes do.
	fileScope := b.Pass.TypesInfo.Scopes[b.File]
	if fileScope == nil {
		return b.Pass.Pkg.Scope()
	}
	if inner := fileScope.Innermost(pos); inner != nil {
		return inner
	}
	return fileScope
}

// addImport imports a package: into the first group of a parenthesized declaration, or as a
// declaration of its own beside the others.
func (b *Builder) addImport(name, importPath string) []analysis.TextEdit {
	spec := strconv.Quote(importPath)
	if usual, _ := names(importPath); name != usual {
		spec = name + " " + spec
	}
	var single *ast.GenDecl
	for _, decl := range b.File.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			break
		}
		if gen.Lparen.IsValid() && len(gen.Specs) > 0 {
			if last := gen.Specs[len(gen.Specs)-1]; b.lineAfter(last) > gen.Rparen { // import ("os")
				return insert(last.End(), "; "+spec)
			}
			return b.addToGroup(gen, spec, importPath)
		}
		if !isC(gen) {
			single = gen
		}
	}
	if single == nil {
		at := b.lineAfter(b.File.Name)
		if at > b.FirstDecl() || b.inComment(at) { // package p; var x int
			return insert(b.File.Name.End(), "; import "+spec)
		}
		return insert(at, "\nimport "+spec+"\n")
	}
	if at := b.lineAfter(single); at < b.FirstDecl() {
		return insert(at, "import "+spec+"\n")
	}
	return insert(single.Pos(), "import "+spec+"\n")
}

// Unimport returns the edits that drop the imports of packages whose only mentions in the file lie
// within nodes, which go. Where several fixes together take the last ones away it takes a driver
// to see it.
func (b *Builder) Unimport(nodes ...ast.Node) []analysis.TextEdit {
	within := func(id *ast.Ident) bool {
		for _, node := range nodes {
			if node.Pos() <= id.Pos() && id.Pos() < node.End() {
				return true
			}
		}
		return false
	}
	gone := map[*types.PkgName]bool{}
	for id, obj := range b.Pass.TypesInfo.Uses {
		if pkg, ok := obj.(*types.PkgName); ok && within(id) {
			gone[pkg] = true
		}
	}
	for id, obj := range b.Pass.TypesInfo.Uses {
		if pkg, ok := obj.(*types.PkgName); ok && !within(id) {
			delete(gone, pkg)
		}
	}
	var edits []analysis.TextEdit
	for _, decl := range b.File.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ImportSpec)
			if !gone[b.Pass.TypesInfo.PkgNameOf(spec)] {
				continue
			}
			if edit, ok := b.deleteSpec(gen, spec); ok {
				edits = append(edits, edit)
			}
		}
	}
	return edits
}

// DeleteImport returns the edit that deletes the lines of an import, unless a comment or something
// else stands on them.
func (b *Builder) DeleteImport(spec *ast.ImportSpec) (analysis.TextEdit, bool) {
	for _, decl := range b.File.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && slices.Contains(gen.Specs, ast.Spec(spec)) {
			return b.deleteSpec(gen, spec)
		}
	}
	return analysis.TextEdit{}, false
}

func (b *Builder) deleteSpec(gen *ast.GenDecl, spec *ast.ImportSpec) (analysis.TextEdit, bool) {
	var line ast.Node = spec
	if len(gen.Specs) == 1 {
		line = gen
	}
	return b.DeleteLines(line)
}

// DeleteLines returns the edit that deletes the lines of a node, unless a comment or another
// declaration stands on them.
func (b *Builder) DeleteLines(node ast.Node) (analysis.TextEdit, bool) {
	file := b.Pass.Fset.File(node.Pos())
	from, to := file.LineStart(file.PositionFor(node.Pos(), false).Line), b.lineAfter(node)
	if b.HasComment(from, to) {
		return analysis.TextEdit{}, false
	}
	for _, decl := range b.File.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			if from <= decl.Pos() && decl.Pos() < to {
				return analysis.TextEdit{}, false
			}
			continue
		}
		for _, spec := range gen.Specs {
			if other := from <= spec.Pos() && spec.Pos() < to && (spec.Pos() < node.Pos() || node.End() <= spec.Pos()); other {
				return analysis.TextEdit{}, false
			}
		}
		if node != ast.Node(gen) && (from <= gen.Pos() && gen.Pos() < to || from <= gen.Rparen && gen.Rparen < to) {
			return analysis.TextEdit{}, false
		}
	}
	return analysis.TextEdit{Pos: from, End: to}, true
}

// addToGroup adds an import to the first group of a declaration, or the first with such domains
// if it has one, where it sorts.
func (b *Builder) addToGroup(gen *ast.GenDecl, spec, importPath string) []analysis.TextEdit {
	specs := gen.Specs
	if hasDomain(importPath) {
		if specs = b.foreign(gen); specs == nil {
			return insert(b.lineAfter(gen.Specs[len(gen.Specs)-1]), "\n\t"+spec+"\n")
		}
	}
	first := specs[0].(*ast.ImportSpec)
	at := first.Pos()
	if first.Doc != nil {
		at = first.Doc.Pos()
	}
	head := at
	lineOf := func(pos token.Pos) int { return b.Pass.Fset.PositionFor(pos, false).Line }
	end := lineOf(first.Pos())
	for _, s := range specs {
		s := s.(*ast.ImportSpec)
		begin := lineOf(s.Pos())
		if s.Doc != nil {
			begin = lineOf(s.Doc.Pos())
		}
		if begin > end+1 || s.Path.Value > strconv.Quote(importPath) {
			break
		}
		end, at = lineOf(s.End()), b.lineAfter(s)
	}
	if at == head {
		if start := b.lineStart(at); start > gen.Lparen && !b.inComment(start) && !b.HasComment(start, at) {
			return insert(start, "\t"+spec+"\n") // beside an edit that deletes the line
		}
		return insert(at, spec+"\n\t")
	}
	return insert(at, "\t"+spec+"\n")
}

// foreign returns the imports of a declaration from the first group on that has one which is not of
// the standard library.
func (b *Builder) foreign(gen *ast.GenDecl) []ast.Spec {
	start, end := 0, 0
	for i, s := range gen.Specs {
		s := s.(*ast.ImportSpec)
		from := s.Pos()
		if s.Doc != nil {
			from = s.Doc.Pos()
		}
		if line := b.Pass.Fset.PositionFor(from, false).Line; line > end+1 {
			start = i
		}
		end = b.Pass.Fset.PositionFor(s.End(), false).Line
		if p, err := strconv.Unquote(s.Path.Value); err == nil && hasDomain(p) {
			return gen.Specs[start:]
		}
	}
	return nil
}

func isC(gen *ast.GenDecl) bool {
	return len(gen.Specs) == 1 && gen.Specs[0].(*ast.ImportSpec).Path.Value == `"C"`
}

// lineAfter returns the start of the line after the one node ends on.
func (b *Builder) lineAfter(node ast.Node) token.Pos {
	file := b.Pass.Fset.File(node.Pos())
	line := file.PositionFor(node.End(), false).Line
	if line < file.LineCount() {
		return file.LineStart(line + 1)
	}
	return b.File.FileEnd
}

func insert(pos token.Pos, text string) []analysis.TextEdit {
	return []analysis.TextEdit{{Pos: pos, End: pos, NewText: []byte(text)}}
}

// Compact returns edits without whole lines that are inserted twice at one place: the imports that
// several parts of a fix need.
func Compact(edits []analysis.TextEdit) []analysis.TextEdit {
	var once []analysis.TextEdit
	for _, e := range edits {
		line := !e.End.IsValid() || e.End == e.Pos
		line = line && strings.HasSuffix(strings.TrimRight(string(e.NewText), " \t"), "\n")
		if line && slices.ContainsFunc(once, func(o analysis.TextEdit) bool {
			return o.Pos == e.Pos && o.End == e.End && string(o.NewText) == string(e.NewText)
		}) {
			continue
		}
		once = append(once, e)
	}
	return once
}

// Insert returns the edit that inserts text at pos.
func Insert(pos token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
}

// Replace returns the edit that replaces a node by text.
func Replace(node ast.Node, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: node.Pos(), End: node.End(), NewText: []byte(text)}
}

// Duration returns the expression for d, in the unit a person would choose, with the edits
// that import time.
func (b *Builder) Duration(d time.Duration, pos token.Pos) (string, []analysis.TextEdit) {
	name, edits := b.Import("time", pos)
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}} {
		if d%unit.d != 0 {
			continue
		}
		if d == unit.d {
			return name + "." + unit.name, edits
		}
		return fmt.Sprintf("%d * %s.%s", d/unit.d, name, unit.name), edits
	}
	return fmt.Sprintf("%d * %s.Nanosecond", d, name), edits
}

// AddField returns the edits that add a field to a composite literal, in the literal's own
// layout, or nil if its fields have no keys. The value of a field that is there already is
// replaced.
func (b *Builder) AddField(lit *ast.CompositeLit, name, value string) []analysis.TextEdit {
	if len(lit.Elts) == 0 && !b.HasComment(lit.Lbrace, lit.Rbrace) {
		return []analysis.TextEdit{{Pos: lit.Lbrace + 1, End: lit.Rbrace, NewText: []byte(name + ": " + value)}}
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		if key, ok := kv.Key.(*ast.Ident); ok && key.Name == name {
			return []analysis.TextEdit{Replace(kv.Value, value)}
		}
	}
	file := b.Pass.Fset.File(lit.Pos())
	line := func(pos token.Pos) int { return file.PositionFor(pos, false).Line }
	start := file.LineStart(line(lit.Rbrace))
	if len(lit.Elts) == 0 {
		if start < lit.Lbrace || b.inComment(start) {
			return insert(lit.Rbrace, name+": "+value) // T{/* … */}
		}
	} else if last := lit.Elts[len(lit.Elts)-1]; start < last.End() || b.inComment(start) {
		return insert(last.End(), ", "+name+": "+value)
	}
	return insert(start, name+": "+value+",\n")
}

// FirstDecl returns the place before the first declaration that is not an import, its
// comment included: where a package-level declaration goes.
func (b *Builder) FirstDecl() token.Pos {
	for _, decl := range b.File.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			if decl.Tok == token.IMPORT {
				continue
			}
			if decl.Doc != nil {
				return decl.Doc.Pos()
			}
		case *ast.FuncDecl:
			if decl.Doc != nil {
				return decl.Doc.Pos()
			}
		}
		return decl.Pos()
	}
	return b.File.FileEnd
}

// inComment reports whether pos lies within a comment.
func (b *Builder) inComment(pos token.Pos) bool {
	for _, group := range b.File.Comments {
		if group.Pos() < pos && pos < group.End() {
			return true
		}
	}
	return false
}

// HasComment reports whether a comment stands between two positions: text that an edit
// must not drop.
func (b *Builder) HasComment(from, to token.Pos) bool {
	for _, group := range b.File.Comments {
		if from <= group.Pos() && group.End() <= to {
			return true
		}
	}
	return false
}
