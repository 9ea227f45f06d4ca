package notimeout

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/scope"
)

// mention rewrites a use of http.DefaultClient.
func (x *fixer) mention(b *fix.Builder, expr ast.Expr, f *finding) (string, []analysis.TextEdit) {
	h := f.hangs[0]
	if h.Object == nil || h.Object.Kind != flow.Global || catalog.VarName(h.Object.Global()) != "net/http.DefaultClient" {
		return "", nil
	}
	if x.called(expr) {
		if text, edits := x.passContext(b, f); edits != nil {
			return text, edits
		}
	}
	return x.useClient(b, expr)
}

// passContext makes the request of http.DefaultClient.Do(req) with the context in scope,
// where the same function makes the request without one.
func (x *fixer) passContext(b *fix.Builder, f *finding) (string, []analysis.TextEdit) {
	if len(f.hangs) != 1 || f.hangs[0].Request == nil || f.hangs[0].Request.Parent() != f.hangs[0].Func {
		return "", nil
	}
	var call *ast.CallExpr
	for _, node := range x.g.Path(f.hangs[0].Request.Pos()) {
		if c, ok := node.(*ast.CallExpr); ok {
			call = c
			break
		}
	}
	if call == nil || x.g.FileOf(call.Pos()) != b.File {
		return "", nil
	}
	ctx := x.contextParam(call.Pos())
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		name = fun.Sel
	case *ast.Ident:
		name = fun
	}
	if ctx == "" || name == nil || name.Name != "NewRequest" {
		return "", nil
	}
	return "Make the request with " + ctx, []analysis.TextEdit{
		fix.Replace(name, "NewRequestWithContext"), fix.Insert(call.Lparen+1, ctx+", "),
	}
}

// contextParam returns the name of the context parameter of the innermost function around
// pos, if nothing shadows it there.
func (x *fixer) contextParam(pos token.Pos) string {
	path := x.g.Path(pos)
	for i, node := range path {
		var typ *ast.FuncType
		switch node := node.(type) {
		case *ast.FuncLit:
			typ = node.Type
		case *ast.FuncDecl:
			typ = node.Type
		default:
			continue
		}
		for _, field := range typ.Params.List {
			if catalog.TypeName(x.pass.TypesInfo.TypeOf(field.Type)) != "context.Context" {
				continue
			}
			for _, name := range field.Names {
				if name.Name == "_" {
					continue
				}
				if _, obj := x.pass.Pkg.Scope().Innermost(pos).LookupParent(name.Name, pos); obj == x.pass.TypesInfo.Defs[name] {
					return name.Name
				}
			}
		}
		if _, ok := path[i+1].(*ast.AssignStmt); !ok {
			return "" // the literal may run when the context of the function around it is over
		}
	}
	return ""
}

// useClient replaces expr, http.DefaultClient or the http of http.Get, by a client of the
// package that has a timeout: one that is there, or one that the fix declares, once a file.
func (x *fixer) useClient(b *fix.Builder, expr ast.Expr) (string, []analysis.TextEdit) {
	if expr == nil || x.customized() {
		return "", nil // dot import; a DefaultClient with a transport of its own
	}
	if x.shared != nil {
		if _, obj := x.pass.Pkg.Scope().Innermost(expr.Pos()).LookupParent(x.shared.Name(), expr.Pos()); obj == x.shared {
			return "Use " + x.shared.Name() + ", which has a timeout", append(b.Unimport(expr), fix.Replace(expr, x.shared.Name()))
		}
	}
	if !x.called(expr) {
		return x.inlineClient(b, expr) // stored or passed on: it becomes somebody's own
	}
	name := x.clientName(b, expr.Pos())
	if name == "" {
		return x.inlineClient(b, expr)
	}
	value, imports := b.Duration(time.Duration(clientTimeout), b.File.FileEnd)
	httpName, more := b.Import("net/http", b.File.FileEnd)
	edits := slices.Concat(imports, more)
	edits = append(edits,
		fix.Insert(b.FirstDecl(), "var "+name+" = &"+httpName+".Client{Timeout: "+value+"}\n\n"),
		fix.Replace(expr, name))
	return "Use a client with a timeout", edits
}

// called reports whether expr is the receiver, or the package, of a call.
func (x *fixer) called(expr ast.Expr) bool {
	path, _ := astutil.PathEnclosingInterval(x.g.FileOf(expr.Pos()), expr.Pos(), expr.End())
	for i, node := range path {
		if sel, ok := node.(*ast.SelectorExpr); ok && sel.X == expr && i+1 < len(path) {
			call, ok := path[i+1].(*ast.CallExpr)
			return ok && call.Fun == sel
		}
	}
	return false
}

// inlineClient replaces expr by a literal.
func (x *fixer) inlineClient(b *fix.Builder, expr ast.Expr) (string, []analysis.TextEdit) {
	value, edits := b.Duration(time.Duration(clientTimeout), expr.Pos())
	httpName, more := b.Import("net/http", expr.Pos())
	literal := "&" + httpName + ".Client{Timeout: " + value + "}"
	if x.called(expr) {
		literal = "(" + literal + ")"
	}
	return "Use a client with a timeout", append(append(edits, more...), fix.Replace(expr, literal))
}

// clientName returns the name of the client that fixes declare in the file, the same for
// every fix of the file, and another for every file of the package, so that each fix
// compiles alone. It is "" if a name in scope at pos hides it.
func (x *fixer) clientName(b *fix.Builder, pos token.Pos) string {
	name, ok := x.clients[b.File]
	if !ok {
		name = "httpClient"
		for i := 0; !x.unused(name) || b.Elsewhere(name); i++ {
			name = fileWord(scope.Filename(x.pass.Fset, b.File.FileStart)) + "HTTPClient"
			if i > 0 {
				name += strconv.Itoa(i + 1)
			}
		}
		x.clients[b.File] = name
	}
	if !b.Free(name, pos) {
		return ""
	}
	return name
}

// unused reports whether a package-level name is neither declared in the package, nor by an
// import of one of its files, nor by another fix.
func (x *fixer) unused(name string) bool {
	if x.pass.Pkg.Scope().Lookup(name) != nil {
		return false
	}
	for _, file := range x.pass.Files {
		if s := x.pass.TypesInfo.Scopes[file]; s != nil && s.Lookup(name) != nil {
			return false
		}
	}
	for _, taken := range x.clients {
		if taken == name {
			return false
		}
	}
	return true
}

// fileWord makes an identifier of a file's name: order_client.go gives orderClient.
func fileWord(filename string) string {
	base := strings.TrimSuffix(filepath.Base(filename), ".go")
	words := strings.FieldsFunc(base, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var word strings.Builder
	for i, w := range words {
		if i > 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		word.WriteString(w)
	}
	if s := word.String(); token.IsIdentifier(s) {
		return s
	}
	return "default"
}

// boundedClient returns the first package-level variable that holds a client with a timeout,
// or nil.
func boundedClient(pass *analysis.Pass, files []*ast.File) *types.Var {
	for _, file := range files {
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				spec := spec.(*ast.ValueSpec)
				if len(spec.Names) != 1 || len(spec.Values) != 1 || !isBoundedClient(pass, spec.Values[0]) {
					continue
				}
				if v, ok := pass.TypesInfo.Defs[spec.Names[0]].(*types.Var); ok {
					return v
				}
			}
		}
	}
	return nil
}

// isBoundedClient reports whether e is &http.Client{Timeout: d} and nothing else: one with a
// transport or a redirect policy of its own was made for something.
func isBoundedClient(pass *analysis.Pass, e ast.Expr) bool {
	addr, ok := e.(*ast.UnaryExpr)
	if !ok || addr.Op != token.AND {
		return false
	}
	lit, ok := addr.X.(*ast.CompositeLit)
	if !ok || len(lit.Elts) != 1 || catalog.TypeName(pass.TypesInfo.TypeOf(lit)) != "net/http.Client" {
		return false
	}
	kv, ok := lit.Elts[0].(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	key, ok := kv.Key.(*ast.Ident)
	return ok && key.Name == "Timeout" && pass.TypesInfo.Types[kv.Value].Value != nil
}

// customized reports whether the package gives http.DefaultClient a transport, a cookie jar
// or a redirect policy, which requests sent by another client would lack.
func (x *fixer) customized() bool {
	pkg := x.g.SSA.Pkg.Prog.ImportedPackage("net/http")
	if pkg == nil || pkg.Var("DefaultClient") == nil {
		return false
	}
	global := pkg.Var("DefaultClient")
	client := global.Object().Type()
	for _, name := range []string{"Transport", "Jar", "CheckRedirect"} {
		o := flow.Origin{Kind: flow.Global, Value: global}
		if len(x.g.Settings(o, flow.FieldNamed(client, name))) > 0 {
			return true
		}
	}
	return false
}
