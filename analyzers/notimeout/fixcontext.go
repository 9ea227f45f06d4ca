package notimeout

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/regexp"
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
		return append(edits, fix.Insert(at.stmt.Pos(), text), fix.Insert(b.LineEnd(at.stmt), "\n"+cancel+"()")), ctx
	}
	return nil, ""
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
