package notimeout

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/remote"
)

// deadlines gives a deadline to the call at which a finding stands, and to those others it is about that are in the
// same file and can have one. The rest is found again, at the next of them.
func (x *fixer) deadlines(b *fix.Builder, f *finding) (string, []analysis.TextEdit) {
	var title string
	var edits []analysis.TextEdit
	for i, h := range f.hangs {
		var text string
		var more []analysis.TextEdit
		if call := x.g.CallAt(h.At); call != nil && x.g.FileOf(call.Pos()) == b.File {
			text, more = x.deadline(b, call, h)
		}
		if i == 0 {
			if more == nil {
				return "", nil
			}
			title = text
		}
		for _, edit := range more {
			same := func(e analysis.TextEdit) bool {
				return e.Pos == edit.Pos && e.End == edit.End && bytes.Equal(e.NewText, edit.NewText)
			}
			if !slices.ContainsFunc(edits, same) { // an import that several need
				edits = append(edits, edit)
			}
		}
	}
	return title, edits
}

// deadline gives a call a context with a deadline: one that is at hand, or one that ends when the function
// returns, or when the call has returned, where that is in a loop.
func (x *fixer) deadline(b *fix.Builder, call *ast.CallExpr, h *remote.Hang) (string, []analysis.TextEdit) {
	if h.API.Remedy != "" {
		return "", nil // another context would not help
	}
	if h.API.Context == catalog.None {
		return x.takeContext(b, call)
	}
	i := int(h.API.Context) - int(catalog.Arg0)
	if i < 0 || i >= len(call.Args) {
		return "", nil
	}
	return x.boundContext(b, call, call.Args[i])
}

// passed gives a deadline to a context that is passed to a function, which makes calls with it.
func (x *fixer) passed(b *fix.Builder, f *finding) (string, []analysis.TextEdit) {
	arg, ok := f.node.(ast.Expr)
	if !ok {
		return "", nil
	}
	for _, node := range x.g.Path(f.hangs[0].At) {
		if call, ok := node.(*ast.CallExpr); ok && slices.Contains(call.Args, arg) {
			return x.boundContext(b, call, arg)
		}
	}
	return "", nil
}

// boundContext gives an argument of a call a deadline.
func (x *fixer) boundContext(b *fix.Builder, call *ast.CallExpr, arg ast.Expr) (string, []analysis.TextEdit) {
	if catalog.TypeName(x.pass.TypesInfo.TypeOf(arg)) != "context.Context" {
		return "", nil
	}
	root, isRoot := ast.Unparen(arg).(*ast.CallExpr)
	if isRoot = isRoot && x.isBackground(root); isRoot {
		if ctx := x.contextAtHand(call); ctx != "" {
			return "Pass " + ctx, append(b.Unimport(root), fix.Replace(arg, ctx))
		}
	}
	parent, err := b.Text(arg)
	if err != nil {
		return "", nil
	}
	edits, ctx := x.limited(b, call, arg, parent)
	if edits == nil {
		return "", nil
	}
	return "Pass a context with a timeout", append(edits, fix.Replace(arg, ctx))
}

// takeContext calls the method of the same name that takes a context: db.PingContext for db.Ping.
func (x *fixer) takeContext(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !x.hasTwin(sel) {
		return "", nil
	}
	name := sel.Sel.Name + "Context"
	edits := []analysis.TextEdit{fix.Insert(sel.Sel.End(), "Context")}
	ctx := x.contextAtHand(call)
	if ctx == "" {
		background, imports := b.Import("context", call.Pos())
		var more []analysis.TextEdit
		more, ctx = x.limited(b, call, nil, background+".Background()")
		if more == nil {
			return "", nil
		}
		edits = append(append(edits, imports...), more...)
	}
	if len(call.Args) > 0 {
		ctx += ", "
	}
	return "Use " + name, append(edits, fix.Insert(call.Lparen+1, ctx))
}

// hasTwin reports whether there is a method with Context after its name that takes a context before what
// the selected method takes.
func (x *fixer) hasTwin(sel *ast.SelectorExpr) bool {
	selection := x.pass.TypesInfo.Selections[sel]
	if selection == nil || selection.Kind() != types.MethodVal {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(selection.Recv(), true, x.pass.Pkg, sel.Sel.Name+"Context")
	twin, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	own, other := selection.Obj().(*types.Func).Signature(), twin.Signature()
	if other.Params().Len() != own.Params().Len()+1 || !isContext(other.Params().At(0).Type()) ||
		own.Variadic() != other.Variadic() || !types.Identical(own.Results(), other.Results()) {
		return false
	}
	for i := range own.Params().Len() {
		if !types.Identical(own.Params().At(i).Type(), other.Params().At(i+1).Type()) {
			return false
		}
	}
	return true
}

func isContext(t types.Type) bool { return types.TypeString(t, nil) == "context.Context" }

func (x *fixer) isBackground(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := x.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	return ok && (fn.FullName() == "context.Background" || fn.FullName() == "context.TODO")
}

// cleanups are names of functions that are called when all else is over, its context, too.
var cleanups = regexp.MustCompile(`(?i)^(unlock|close|cancel|stop|release|rollback|delete|remove|cleanup|shutdown|logout|revoke|unsubscribe|deregister|disconnect)`)

// contextAtHand returns the name of the context that a call without a deadline is to have: the
// parameter of the function, or a variable that has one. It is "" where the call cleans up.
func (x *fixer) contextAtHand(call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && cleanups.MatchString(sel.Sel.Name) {
		return ""
	}
	for _, node := range x.g.Path(call.Pos()) {
		switch node := node.(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			return ""
		case *ast.FuncLit:
			if ctx := x.timed(node.Body, call); ctx != "" {
				return ctx
			}
			return x.contextParam(call.Pos())
		case *ast.FuncDecl:
			if ctx := x.timed(node.Body, call); ctx != "" {
				return ctx
			}
			return x.contextParam(call.Pos())
		}
	}
	return ""
}

// timed returns the name of a variable that a function has declared as a context with a deadline, if that is
// what the name means at a call.
func (x *fixer) timed(body *ast.BlockStmt, call *ast.CallExpr) string {
	name := ""
	ast.Inspect(body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.Tok != token.DEFINE || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 || assign.End() > call.Pos() {
			return true
		}
		made, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := ast.Unparen(made.Fun).(*ast.SelectorExpr)
		if !ok {
			return true
		}
		fn, ok := x.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
		if !ok || fn.FullName() != "context.WithTimeout" && fn.FullName() != "context.WithDeadline" {
			return true
		}
		if id, ok := assign.Lhs[0].(*ast.Ident); ok && x.means(id, call.Pos()) {
			name = id.Name
		}
		return true
	})
	return name
}

// means reports whether a name that is declared at an identifier means that variable at a position, too.
func (x *fixer) means(id *ast.Ident, pos token.Pos) bool {
	obj := x.pass.TypesInfo.Defs[id]
	_, found := x.pass.Pkg.Scope().Innermost(pos).LookupParent(id.Name, pos)
	return obj != nil && found == obj
}

// limited returns the edits that declare a context with a timeout before the statement of a call, a child of
// parent, which is the text of the argument arg, if there is one. It returns its name, too. There are none where
// what the call returns may be used when the context is over.
func (x *fixer) limited(b *fix.Builder, call *ast.CallExpr, arg ast.Expr, parent string) (edits []analysis.TextEdit, ctx string) {
	at := x.place(call)
	if at == nil || arg != nil && !b.Stays(arg, at.stmt.Pos(), at.stmt) {
		return nil, ""
	}
	if fate := x.fate(call, at); fate == escapes || fate == used && at.loops {
		return nil, ""
	}
	ctx, cancel := x.contextNames(b, call, at)
	if ctx == "" {
		return nil, ""
	}
	context, imports := b.Import("context", call.Pos())
	value, more := b.Duration(time.Duration(clientTimeout), call.Pos())
	edits = append(append(edits, imports...), more...)
	text := ctx + ", " + cancel + " := " + context + ".WithTimeout(" + parent + ", " + value + ")\n"
	if !at.loops {
		return append(edits, fix.Insert(at.stmt.Pos(), text+"defer "+cancel+"()\n")), ctx
	}
	switch at.stmt.(type) {
	case *ast.ExprStmt, *ast.AssignStmt:
		return append(edits, fix.Insert(at.stmt.Pos(), text), fix.Insert(x.lineEnd(b, at.stmt), "\n"+cancel+"()")), ctx
	}
	return nil, ""
}

// lineEnd returns the end of a statement, or of the comment that follows it on its line.
func (x *fixer) lineEnd(b *fix.Builder, stmt ast.Stmt) token.Pos {
	line := func(pos token.Pos) int { return x.pass.Fset.PositionFor(pos, false).Line }
	for _, group := range b.File.Comments {
		if group.Pos() >= stmt.End() && line(group.Pos()) == line(stmt.End()) {
			return group.End()
		}
	}
	return stmt.End()
}

// contextNames returns names for a context and what cancels it that mean nothing yet where a call is made.
func (x *fixer) contextNames(b *fix.Builder, call *ast.CallExpr, at *place) (ctx, cancel string) {
	names := []string{"", "call"}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		first, size := utf8.DecodeRuneInString(sel.Sel.Name)
		names = append(names, string(unicode.ToLower(first))+sel.Sel.Name[size:])
	}
	for _, name := range names {
		ctx, cancel = "ctx", "cancel"
		if name != "" {
			first, size := utf8.DecodeRuneInString(name)
			ctx, cancel = name+"Ctx", "cancel"+string(unicode.ToUpper(first))+name[size:]
		}
		key, other := declared{at.block, ctx}, declared{at.block, cancel}
		if b.Free(ctx, call.Pos()) && b.Free(cancel, call.Pos()) && !x.servers[key] && !x.servers[other] {
			x.servers[key], x.servers[other] = true, true
			return ctx, cancel
		}
	}
	return "", ""
}

// A place is where a call is made: the statement, in a list of them.
type place struct {
	stmt     ast.Stmt
	block    ast.Node // whose list it is
	function ast.Node // around
	loops    bool     // it is in a loop of the function
}

// place returns where a call is made, or nil if other statements cannot stand before it.
func (x *fixer) place(call *ast.CallExpr) *place {
	path, _ := astutil.PathEnclosingInterval(x.g.FileOf(call.Pos()), call.Pos(), call.End())
	at := &place{}
	for i, node := range path {
		switch node := node.(type) {
		case *ast.FuncLit:
			return at.in(node, node.Body)
		case *ast.FuncDecl:
			return at.in(node, node.Body)
		case *ast.ForStmt:
			if at.stmt == nil {
				return nil
			}
			at.loops = true
		case *ast.RangeStmt:
			if at.stmt != nil {
				at.loops = true
				continue
			}
		}
		stmt, ok := node.(ast.Stmt)
		if !ok || at.stmt != nil || i+1 == len(path) {
			continue
		}
		switch begins(stmt, path[i+1], call) {
		case no:
			return nil
		case yes:
			if !inBlock(path[i+1]) {
				return nil
			}
			if comm, ok := path[i+1].(*ast.CommClause); ok && comm.Comm == stmt {
				return nil
			}
			at.stmt, at.block = stmt, path[i+1]
		}
	}
	return nil
}

// in completes a place in a function: it is none if there are jumps, which could jump over a declaration.
func (at *place) in(function ast.Node, body *ast.BlockStmt) *place {
	at.function = function
	jumps := false
	ast.Inspect(body, func(n ast.Node) bool {
		if branch, ok := n.(*ast.BranchStmt); ok && branch.Tok == token.GOTO {
			jumps = true
		}
		return !jumps
	})
	if at.stmt == nil || jumps {
		return nil
	}
	return at
}

type answer int

const (
	no answer = iota
	further
	yes
)

// begins says whether a call is made when a statement begins: further means that it is part of what its parent
// begins with.
func begins(stmt ast.Stmt, parent ast.Node, call *ast.CallExpr) answer {
	var body *ast.BlockStmt
	switch stmt := stmt.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.ReturnStmt, *ast.DeclStmt, *ast.SendStmt:
		switch parent := parent.(type) {
		case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return further
		case *ast.ForStmt, *ast.LabeledStmt:
			return no
		case *ast.CommClause:
			if parent.Comm == stmt {
				return no
			}
		}
		return yes
	case *ast.IfStmt:
		body = stmt.Body
	case *ast.SwitchStmt:
		body = stmt.Body
	case *ast.TypeSwitchStmt:
		body = stmt.Body
	case *ast.RangeStmt:
		body = stmt.Body
	default:
		return no
	}
	if call.End() > body.Pos() {
		return no
	}
	if _, isElse := parent.(*ast.IfStmt); isElse {
		return no
	}
	return yes
}

// A fate says what becomes of what a call returns.
type fate int

const (
	data    fate = iota // it is data, which needs no context any more
	used                // it is used in the function that makes the call, and there only
	escapes             // it may live longer
)

// fate returns what becomes of what a call returns.
func (x *fixer) fate(call *ast.CallExpr, at *place) fate {
	if x.isConstructor(call) && x.returnsClient(call) || x.hasOwnCommit(call) {
		return escapes
	}
	if x.isPlain(call) {
		return data
	}
	path, _ := astutil.PathEnclosingInterval(x.g.FileOf(call.Pos()), call.Pos(), call.End())
	switch parent := path[1].(type) {
	case *ast.AssignStmt:
		if len(parent.Rhs) != 1 {
			return escapes
		}
		for _, lhs := range parent.Lhs {
			if !x.staysIn(lhs, at) {
				return escapes
			}
		}
		return used
	default:
		if x.consumed(call, path[1:]) {
			return used
		}
	}
	return escapes
}

// staysIn reports whether what is assigned to a variable is used in a function and nowhere else.
func (x *fixer) staysIn(lhs ast.Expr, at *place) bool {
	id, ok := lhs.(*ast.Ident)
	if !ok {
		return false
	}
	if id.Name == "_" {
		return true
	}
	v, ok := x.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok {
		return false
	}
	if isData(v.Type(), nil) {
		return true
	}
	if v.Pos() < at.function.Pos() || at.function.End() < v.Pos() {
		return false
	}
	stays := true
	ast.Inspect(at.function, func(n ast.Node) bool {
		use, ok := n.(*ast.Ident)
		if !ok || use == id || x.pass.TypesInfo.Uses[use] != v {
			return stays
		}
		path, _ := astutil.PathEnclosingInterval(x.g.FileOf(use.Pos()), use.Pos(), use.End())
		stays = stays && x.consumed(use, path[1:])
		return stays
	})
	return stays
}

// consumed reports whether a value is all that is left of it once the statement is over: a method of it is called,
// or it is passed to a function, which returns but data; or it is compared.
func (x *fixer) consumed(value ast.Expr, path []ast.Node) bool {
	for _, node := range path {
		switch node := node.(type) {
		case *ast.ParenExpr:
			value = node
			continue
		case *ast.SelectorExpr:
			value = node
			continue
		case *ast.BinaryExpr:
			return true
		case *ast.CallExpr:
			if node.Fun != value && len(node.Args) == 0 {
				return false
			}
			if x.isPlain(node) {
				return !startsGoroutine(path)
			}
			value = node
			continue
		}
		return false
	}
	return false
}

func startsGoroutine(path []ast.Node) bool {
	for _, node := range path {
		switch node.(type) {
		case *ast.GoStmt, *ast.FuncLit:
			return true
		case *ast.FuncDecl:
			return false
		}
	}
	return false
}

// isPlain reports whether a call returns but data, and errors.
func (x *fixer) isPlain(call *ast.CallExpr) bool {
	switch t := x.pass.TypesInfo.TypeOf(call).(type) {
	case nil:
		return true
	case *types.Tuple:
		for i := range t.Len() {
			if !isData(t.At(i).Type(), nil) {
				return false
			}
		}
		return true
	default:
		return isData(t, nil)
	}
}

// lasting are methods of what goes on: of a connection, rows, a stream, a transaction.
var lasting = map[string]bool{
	"Close": true, "Next": true, "Recv": true, "Read": true, "Scan": true, "Commit": true, "Done": true, "Wait": true, "Send": true, "Stop": true,
}

// own are types of what is closed, but needs the context that it is got with until it is there, and no longer.
var own = map[string]bool{
	"database/sql.Stmt": true, "database/sql.Conn": true, "github.com/jmoiron/sqlx.Stmt": true, "github.com/jmoiron/sqlx.NamedStmt": true,
}

// isData reports whether a value of a type does nothing more with the context that it was got with: what goes on is
// given a context of its own, each time.
func isData(t types.Type, seen []types.Type) bool {
	if types.Identical(t, types.Universe.Lookup("error").Type()) {
		return true
	}
	for _, s := range seen {
		if s == t {
			return true
		}
	}
	seen = append(seen, t)
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return isData(t.Elem(), seen)
	case *types.Slice:
		return isData(t.Elem(), seen)
	case *types.Array:
		return isData(t.Elem(), seen)
	case *types.Map:
		return isData(t.Key(), seen) && isData(t.Elem(), seen)
	case *types.Basic:
		return true
	case *types.Interface:
		return t.NumMethods() == 0
	case *types.Struct:
		for field := range t.Fields() {
			if field.Embedded() && catalog.TypeName(field.Type()) == "net/http.Response" {
				continue // whose body has been read
			}
			if field.Embedded() && !isData(field.Type(), seen) {
				return false
			}
		}
		return true
	case *types.Named:
		if catalog.TypeName(t) == "net/http.Response" {
			return false
		}
		methods := types.NewMethodSet(types.NewPointer(t))
		if types.IsInterface(t) {
			methods = types.NewMethodSet(t)
		}
		for method := range methods.Methods() {
			fn, ok := method.Obj().(*types.Func)
			if ok && lasting[fn.Name()] && !takesContext(fn) && !own[catalog.TypeName(t)] {
				return false
			}
		}
		return types.IsInterface(t) || isData(t.Underlying(), seen)
	}
	return false
}

func takesContext(fn *types.Func) bool {
	params := fn.Signature().Params()
	return params.Len() > 0 && isContext(params.At(0).Type())
}

// isConstructor reports whether a call is one of a function, no method: what it returns may keep the context.
func (x *fixer) isConstructor(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return !ok || x.pass.TypesInfo.Selections[sel] == nil
}

// returnsClient reports whether a call returns something whose methods take contexts.
func (x *fixer) returnsClient(call *ast.CallExpr) bool {
	t := x.pass.TypesInfo.TypeOf(call)
	if results, ok := t.(*types.Tuple); ok && results.Len() > 0 {
		t = results.At(0).Type()
	}
	for method := range types.NewMethodSet(t).Methods() {
		if fn, ok := method.Obj().(*types.Func); ok && takesContext(fn) {
			return true
		}
	}
	return false
}

// hasOwnCommit reports whether a call returns a transaction that is rolled back when its context is over.
func (x *fixer) hasOwnCommit(call *ast.CallExpr) bool {
	results, ok := x.pass.TypesInfo.TypeOf(call).(*types.Tuple)
	if !ok || results.Len() == 0 {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(results.At(0).Type(), true, x.pass.Pkg, "Commit")
	commit, ok := obj.(*types.Func)
	return ok && !strings.Contains(commit.Signature().Params().String(), "context.Context")
}
