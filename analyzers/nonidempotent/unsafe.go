package nonidempotent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/loops"
)

var (
	style  = fix.Auto
	unsafe fix.Unsafe
)

func init() {
	style.Register(&Analyzer.Flags)
	unsafe.Register(&Analyzer.Flags)
}

// stamp returns the edit that gives what is attempted a key which is the same for all attempts, or nil.
// Whether its receiver heeds the key nobody can see from here.
func (r *reporter) stamp(retry *loops.Retry, op loops.Op) *analysis.SuggestedFix {
	around := r.attempts(retry, op)
	if !bool(unsafe) || around == nil {
		return nil
	}
	call := r.callAt(op.Call.Pos())
	file := r.g.FileOf(op.Call.Pos())
	if call == nil || file == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	at := b.Ahead(r.g.Path(call.Lparen), around)
	if !at.IsValid() {
		return nil
	}
	edits := r.stampParams(b, call, at, around)
	if edits == nil {
		edits = r.stampRequest(b, op, at, around)
	}
	if edits == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: unsafe.Mark("Send an idempotency key"), TextEdits: edits}
}

// stampParams gives the parameters of a call a key, if they have a method for it.
func (r *reporter) stampParams(b *fix.Builder, call *ast.CallExpr, at token.Pos, around ast.Node) []analysis.TextEdit {
	for _, arg := range call.Args {
		id, ok := ast.Unparen(arg).(*ast.Ident)
		if !ok || !b.Stays(id, at, around) {
			continue
		}
		method, _, _ := types.LookupFieldOrMethod(r.pass.TypesInfo.TypeOf(id), true, r.pass.Pkg, "SetIdempotencyKey")
		if fn, ok := method.(*types.Func); !ok || catalog.KeyOf(fn) == nil {
			continue
		}
		if key, edits := r.key(b, at); key != "" {
			return append(edits, fix.Insert(at, id.Name+".SetIdempotencyKey("+key+")\n"))
		}
	}
	return nil
}

// stampRequest gives the request that an operation sends the header, after it is made and the error of
// that is out of the way.
func (r *reporter) stampRequest(b *fix.Builder, op loops.Op, at token.Pos, around ast.Node) []analysis.TextEdit {
	for _, step := range r.request(op.Call) {
		made := step.Call()
		if made == nil || b.File != r.g.FileOf(made.Pos()) {
			continue
		}
		req, after := r.made(r.g.Path(made.Pos()))
		if req == "" {
			continue
		}
		key, edits := r.key(b, at)
		if key == "" {
			return nil
		}
		if after > around.Pos() && after < around.End() {
			name := r.name(b, at, after)
			edits = append(edits, fix.Insert(at, name+" := "+key+"\n"))
			key = name
		}
		return append(edits, fix.Insert(after, fmt.Sprintf("\n%s.Header.Set(\"Idempotency-Key\", %s)", req, key)))
	}
	return nil
}

// made returns the variable that a request is declared as, and where the check of its error ends.
func (r *reporter) made(path []ast.Node) (req string, after token.Pos) {
	for i, node := range path {
		assign, ok := node.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 2 || i+1 == len(path) {
			continue
		}
		block, ok := path[i+1].(*ast.BlockStmt)
		id, isName := assign.Lhs[0].(*ast.Ident)
		if !ok || !isName || id.Name == "_" || catalog.TypeName(r.pass.TypesInfo.TypeOf(id)) != "net/http.Request" {
			return "", token.NoPos
		}
		for j, stmt := range block.List {
			if stmt != ast.Stmt(assign) || j+1 == len(block.List) {
				continue
			}
			check, ok := block.List[j+1].(*ast.IfStmt)
			if ok && check.Init == nil && check.Else == nil && goesOff(check.Body) {
				return id.Name, check.End()
			}
		}
		return "", token.NoPos
	}
	return "", token.NoPos
}

// goesOff reports whether a block ends with a statement that leaves it for somewhere else.
func goesOff(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// key returns an expression that makes a key, with the edits that import what it takes; "" if
// neither the standard library has one in this version of Go, nor a package that the file imports.
func (r *reporter) key(b *fix.Builder, at token.Pos) (string, []analysis.TextEdit) {
	for _, spec := range b.File.Imports {
		if spec.Path.Value == `"github.com/google/uuid"` {
			name, edits := b.Import("github.com/google/uuid", at)
			return name + ".NewString()", edits
		}
	}
	if !b.GoAtLeast("go1.24") {
		return "", nil
	}
	name, edits := b.Import("crypto/rand", at)
	return name + ".Text()", edits
}

var (
	// eventColumns are columns that hold what is the same for all deliveries of a message.
	eventColumns = regexp.MustCompile("(?i)insert\\s+into\\s+\\S+\\s*\\([^)]*\\b(event_?id|message_?id|idempotency_?key|delivery_?id|request_?id|dedup\\w*|external_?id|transaction_?id)\\b")
	numbered     = regexp.MustCompile(`\$1\b`)
	returning    = regexp.MustCompile(`(?i)\breturning\b`)
)

// dedupe returns the edit that has a handler do once what it does for a message, or nil.
func (r *reporter) dedupe(j *judged, at ast.Node) *analysis.SuggestedFix {
	if edit := r.once(j); edit != nil {
		return edit
	}
	if others := slices.ContainsFunc(j.found.Deeds, func(d *effect.Done) bool { return d != j.deed && !d.Guarded() }); others {
		return nil // the row is not all that is done twice
	}
	return r.keep(j.deed, r.g.FileOf(at.Pos()))
}

// keep returns the edit that leaves a row alone which is there already, or nil: where the statement is
// not PostgreSQL's (SQLite takes it too), has no column that such a row would have in common with the
// first, or wants something back.
func (r *reporter) keep(deed *effect.Done, file *ast.File) *analysis.SuggestedFix {
	if !bool(unsafe) || deed.Deed != catalog.Inserts || deed.Call() == nil {
		return nil
	}
	call := r.callAt(deed.Pos())
	if call == nil || file == nil || r.g.FileOf(call.Pos()) != file {
		return nil
	}
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			continue
		}
		text := lit.Value[:len(lit.Value)-1]
		if !eventColumns.MatchString(text) || !numbered.MatchString(text) || returning.MatchString(text) {
			return nil
		}
		text = strings.TrimRight(text, " \t\n")
		end := lit.Pos() + token.Pos(len(text))
		edit := fix.Insert(end, " ON CONFLICT DO NOTHING")
		if strings.HasSuffix(text, ";") {
			edit.Pos--
		}
		return &analysis.SuggestedFix{Message: unsafe.Mark("Leave a row alone that is there already"), TextEdits: []analysis.TextEdit{edit}}
	}
	return nil
}
