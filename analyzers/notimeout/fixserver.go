package notimeout

import (
	"go/ast"
	"go/token"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/remote"
)

// serve replaces http.ListenAndServe(addr, h) by a server that sets ReadHeaderTimeout.
func (x *fixer) serve(b *fix.Builder, call *ast.CallExpr, h *remote.Hang) (string, []analysis.TextEdit) {
	pkg := packageOf(call.Fun)
	if pkg == nil || b.HasComment(call.Lparen, call.Rparen) {
		return "", nil
	}
	args := make([]string, len(call.Args))
	for i, arg := range call.Args {
		text, err := b.Text(arg)
		if err != nil {
			return "", nil
		}
		args[i] = text
	}
	if len(args) < 2 {
		return "", nil // f(g()): the arguments are another call's results
	}
	httpName, err := b.Text(pkg)
	if err != nil {
		return "", nil
	}
	value, edits := b.Duration(time.Duration(headerTimeout), call.Pos())
	method := h.API.Name[strings.LastIndexByte(h.API.Name, '.')+1:]
	var fields, rest []string
	handler := args[len(args)-1]
	switch method {
	case "ListenAndServe", "ListenAndServeTLS":
		fields, rest = append(fields, "Addr: "+args[0]), args[1:len(args)-1]
	case "Serve":
		rest = args[:1]
	case "ServeTLS": // (l, handler, cert, key)
		handler, rest = args[1], []string{args[0], args[2], args[3]}
	}
	if handler != "nil" {
		fields = append(fields, "Handler: "+handler)
	}
	fields = append(fields, "ReadHeaderTimeout: "+value)
	server := "&" + httpName + ".Server{" + strings.Join(fields, ", ") + "}"
	invoke := "." + method + "(" + strings.Join(rest, ", ") + ")"

	if stmt, name := x.serverStatement(b, call); stmt != nil {
		return "Serve with a ReadHeaderTimeout", append(edits,
			fix.Insert(stmt.Pos(), name+" := "+server+"\n"), fix.Replace(call, name+invoke))
	}
	return "Serve with a ReadHeaderTimeout", append(edits, fix.Replace(call, "("+server+")"+invoke))
}

// serverStatement returns the statement before which a variable for the server can be
// declared, and its name, or nil if the call must stay one expression.
func (x *fixer) serverStatement(b *fix.Builder, call *ast.CallExpr) (ast.Stmt, string) {
	path, _ := astutil.PathEnclosingInterval(b.File, call.Pos(), call.End())
	for i, node := range path {
		stmt, ok := node.(ast.Stmt)
		if !ok {
			if other, isCall := node.(*ast.CallExpr); isCall && other != call && (len(other.Args) != 1 || !plain(other.Fun)) {
				return nil, ""
			}
			if _, isFunc := node.(*ast.FuncLit); isFunc {
				return nil, ""
			}
			continue
		}
		if i+1 >= len(path) {
			return nil, ""
		}
		switch stmt := stmt.(type) {
		case *ast.ExprStmt, *ast.GoStmt, *ast.DeferStmt, *ast.ReturnStmt, *ast.AssignStmt, *ast.SendStmt:
			if _, isIf := path[i+1].(*ast.IfStmt); isIf {
				continue // if err := http.ListenAndServe(…); err != nil
			}
		case *ast.IfStmt:
			if stmt.Else != nil && stmt.Else.Pos() <= call.Pos() || stmt.Body.Pos() <= call.Pos() {
				return nil, ""
			}
		default:
			return nil, ""
		}
		if !inBlock(path[i+1]) || x.onOneLine(path[i+1]) {
			return nil, ""
		}
		if comm, ok := path[i+1].(*ast.CommClause); ok && comm.Comm == stmt || jumpsOver(path) {
			return nil, ""
		}
		for _, name := range []string{"srv", "server", "httpServer"} {
			server := declared{path[i+1], name}
			if b.Free(name, call.Pos()) && !x.servers[server] {
				x.servers[server] = true
				return stmt, name
			}
		}
		return nil, ""
	}
	return nil, ""
}

// jumpsOver reports whether the function around has labels: a goto must not jump over the
// declaration of a variable.
func jumpsOver(path []ast.Node) bool {
	found := false
	for _, node := range path {
		if _, ok := node.(*ast.FuncDecl); !ok {
			continue
		}
		ast.Inspect(node, func(n ast.Node) bool {
			if branch, ok := n.(*ast.BranchStmt); ok && branch.Tok == token.GOTO {
				found = true
			}
			return !found
		})
	}
	return found
}

func (x *fixer) onOneLine(node ast.Node) bool {
	fset := x.pass.Fset
	return fset.PositionFor(node.Pos(), false).Line == fset.PositionFor(node.End(), false).Line
}
