package notimeout

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/scope"
)

// A fixer builds the edits for one package.
type fixer struct {
	pass    *analysis.Pass
	g       *flow.Graph
	shared  *types.Var           // a client of the package that has a timeout already
	clients map[*ast.File]string // the name of the client that fixes declare in a file
}

func newFixer(pass *analysis.Pass, g *flow.Graph) *fixer {
	return &fixer{pass: pass, g: g, shared: boundedClient(pass, g.SSA.Files), clients: map[*ast.File]string{}}
}

// fix returns the edit that ends f, or nil where none is right: a timeout written down as
// zero (which value did they mean?), a response body (a stream?), a call that takes neither
// a client nor a context.
func (x *fixer) fix(f *finding) *analysis.SuggestedFix {
	file := x.g.FileOf(f.node.Pos())
	if file == nil || f.code == codeZero || f.code == codePartial {
		return nil
	}
	b := &fix.Builder{Pass: x.pass, File: file}
	h := f.hangs[0]
	var text string
	var edits []analysis.TextEdit
	switch node := f.node.(type) {
	case *ast.CompositeLit:
		text, edits = x.literal(b, node, h)
	case *ast.ValueSpec:
		text, edits = x.variable(b, node, h)
	case *ast.CallExpr:
		text, edits = x.call(b, node, f)
	case *ast.SelectorExpr, *ast.Ident:
		text, edits = x.mention(b, node.(ast.Expr), f)
	}
	if edits == nil {
		return nil
	}
	return &analysis.SuggestedFix{Message: text, TextEdits: edits}
}

// bound returns the field that bounds calls made with objects of type t, and the value that
// fixes give it.
func (x *fixer) bound(b *fix.Builder, t *catalog.Type, pos token.Pos) (field, value string, edits []analysis.TextEdit) {
	if t == nil || len(t.Bounds) == 0 {
		return "", "", nil
	}
	d := dialTimeout
	switch t.Name {
	case "net/http.Client":
		d = clientTimeout
	case "net/http.Server":
		d = headerTimeout
	}
	value, edits = b.Duration(d, pos)
	return t.Bounds[0], value, edits
}

// literal adds the field to a composite literal.
func (x *fixer) literal(b *fix.Builder, lit *ast.CompositeLit, h *remote.Hang) (string, []analysis.TextEdit) {
	field, value, imports := x.bound(b, h.Type, lit.Pos())
	if field == "" {
		return "", nil
	}
	edits := b.AddField(lit, field, value)
	if edits == nil {
		return "", nil
	}
	return "Set " + field, append(imports, edits...)
}

// variable gives "var c http.Client" a value.
func (x *fixer) variable(b *fix.Builder, spec *ast.ValueSpec, h *remote.Hang) (string, []analysis.TextEdit) {
	field, value, imports := x.bound(b, h.Type, spec.Pos())
	if field == "" || len(spec.Names) != 1 || len(spec.Values) != 0 || spec.Type == nil {
		return "", nil
	}
	if _, ok := x.pass.TypesInfo.TypeOf(spec.Type).Underlying().(*types.Struct); !ok || catalog.TypeName(x.pass.TypesInfo.TypeOf(spec.Type)) != h.Type.Name {
		return "", nil
	}
	return "Set " + field, append(imports,
		fix.Insert(spec.Type.Pos(), "= "), fix.Insert(spec.Type.End(), "{"+field+": "+value+"}"))
}

// call rewrites a call: new(http.Client), http.Get, http.ListenAndServe, net.Dial, …
func (x *fixer) call(b *fix.Builder, call *ast.CallExpr, f *finding) (string, []analysis.TextEdit) {
	h := f.hangs[0]
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && h.Object != nil && h.Object.Kind == flow.New && id.Name == "new" {
		field, value, imports := x.bound(b, h.Type, call.Pos())
		typ, err := b.Text(call.Args[0])
		if err != nil || field == "" {
			return "", nil
		}
		return "Set " + field, append(imports, fix.Replace(call, "&"+typ+"{"+field+": "+value+"}"))
	}
	if h.Object != nil && h.Object.Kind == flow.Result {
		return x.made(b, call, h)
	}
	if h.Object != nil {
		return "", nil // a zero-valued field: its construction is elsewhere
	}
	switch {
	case h.API.Global == "net/http.DefaultClient":
		return x.useClient(b, packageOf(call.Fun), f)
	case h.API.Kind == catalog.Serve:
		return x.serve(b, call, h)
	case h.API.Name == "net.Dial":
		return x.dialTimeout(b, call)
	case h.API.Name == "crypto/tls.Dial":
		return x.dialWithDialer(b, call)
	}
	return "", nil
}

// packageOf returns the package name of a qualified identifier, or nil.
func packageOf(fun ast.Expr) ast.Expr {
	if sel, ok := ast.Unparen(fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// made sets the timeout of a client that a library made, in the statement after.
func (x *fixer) made(b *fix.Builder, call *ast.CallExpr, h *remote.Hang) (string, []analysis.TextEdit) {
	value, imports := b.Duration(clientTimeout, call.Pos())
	if len(h.Type.Setters) > 0 {
		setter := h.Type.Setters[0].Name
		return "Call " + setter, append(imports, fix.Insert(call.End(), "."+setter+"("+value+")"))
	}
	knob := h.Type.Knob
	if len(h.Type.Bounds) > 0 {
		knob = h.Type.Bounds[0]
	}
	path := x.g.Path(call.Pos())
	for i, node := range path {
		assign, ok := node.(*ast.AssignStmt)
		if !ok {
			continue
		}
		if len(assign.Lhs) != 1 || len(assign.Rhs) != 1 || ast.Unparen(assign.Rhs[0]) != call || i+1 >= len(path) || !inBlock(path[i+1]) {
			return "", nil
		}
		target, err := b.Text(assign.Lhs[0])
		if err != nil || target == "_" || !plain(assign.Lhs[0]) {
			return "", nil
		}
		return "Set " + knob, append(imports, fix.Insert(assign.End(), "\n"+target+"."+knob+" = "+value))
	}
	return "", nil
}

// plain reports whether e can be evaluated twice: a variable or a field of one.
func plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return plain(e.X)
	}
	return false
}

func inBlock(node ast.Node) bool {
	switch node.(type) {
	case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		return true
	}
	return false
}

// mention rewrites a use of http.DefaultClient.
func (x *fixer) mention(b *fix.Builder, expr ast.Expr, f *finding) (string, []analysis.TextEdit) {
	h := f.hangs[0]
	if h.Object == nil || h.Object.Kind != flow.Global || catalog.VarName(h.Object.Global()) != "net/http.DefaultClient" {
		return "", nil
	}
	if text, edits := x.passContext(b, f); edits != nil {
		return text, edits
	}
	return x.useClient(b, expr, f)
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
	for _, node := range x.g.Path(pos) {
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
	}
	return ""
}

// useClient replaces expr, http.DefaultClient or the http of http.Get, by a client of the
// package that has a timeout: one that is there, or one that the fix declares, once a file.
func (x *fixer) useClient(b *fix.Builder, expr ast.Expr, f *finding) (string, []analysis.TextEdit) {
	if expr == nil || isPackageLevel(x.g.Path(expr.Pos())) && x.shared == nil {
		// In an initializer: the new variable would do, but so does a plain literal.
		return x.inlineClient(b, expr)
	}
	if x.shared != nil {
		if _, obj := x.pass.Pkg.Scope().Innermost(expr.Pos()).LookupParent(x.shared.Name(), expr.Pos()); obj == x.shared {
			return "Use " + x.shared.Name() + ", which has a timeout", []analysis.TextEdit{fix.Replace(expr, x.shared.Name())}
		}
	}
	name := x.clientName(b, expr.Pos())
	if name == "" {
		return x.inlineClient(b, expr)
	}
	at := b.AfterImports()
	value, imports := b.Duration(clientTimeout, b.File.FileEnd)
	httpName, more := b.Import("net/http", b.File.FileEnd)
	edits := append(imports, more...)
	edits = append(edits,
		fix.Insert(at, "\nvar "+name+" = &"+httpName+".Client{Timeout: "+value+"}\n"),
		fix.Replace(expr, name))
	return "Use a client with a timeout", edits
}

func (x *fixer) inlineClient(b *fix.Builder, expr ast.Expr) (string, []analysis.TextEdit) {
	if expr == nil {
		return "", nil
	}
	value, edits := b.Duration(clientTimeout, expr.Pos())
	httpName, more := b.Import("net/http", expr.Pos())
	literal := "&" + httpName + ".Client{Timeout: " + value + "}"
	if path := x.g.Path(expr.Pos()); len(path) > 1 {
		for _, node := range path {
			if sel, ok := node.(*ast.SelectorExpr); ok && sel.X == expr {
				literal = "(" + literal + ")"
			}
		}
	}
	return "Use a client with a timeout", append(append(edits, more...), fix.Replace(expr, literal))
}

func isPackageLevel(path []ast.Node) bool {
	for _, node := range path {
		switch node.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return true
}

// clientName returns the name of the client that fixes declare in the file, the same for
// every fix of the file, and another for every file of the package, so that each fix
// compiles alone. It is "" if a name in scope at pos hides it.
func (x *fixer) clientName(b *fix.Builder, pos token.Pos) string {
	name, ok := x.clients[b.File]
	if !ok {
		name = "httpClient"
		for i := 0; !x.unused(name); i++ {
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

// boundedClient returns the package-level variable that holds a client with a timeout, the
// first by position, or nil.
func boundedClient(pass *analysis.Pass, files []*ast.File) *types.Var {
	var found []*types.Var
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
					found = append(found, v)
				}
			}
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Pos() < found[j].Pos() })
	if len(found) == 0 {
		return nil
	}
	return found[0]
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

// serve replaces http.ListenAndServe(addr, h) by a server that sets ReadHeaderTimeout.
func (x *fixer) serve(b *fix.Builder, call *ast.CallExpr, h *remote.Hang) (string, []analysis.TextEdit) {
	pkg := packageOf(call.Fun)
	if pkg == nil || h.At == token.NoPos {
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
	value, edits := b.Duration(headerTimeout, call.Pos())
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
		for _, name := range []string{"srv", "server", "httpServer"} {
			if b.Free(name, call.Pos()) {
				return stmt, name
			}
		}
		return nil, ""
	}
	return nil, ""
}

func (x *fixer) onOneLine(node ast.Node) bool {
	file := x.pass.Fset.File(node.Pos())
	return file.Line(node.Pos()) == file.Line(node.End())
}

// dialTimeout replaces net.Dial(network, addr).
func (x *fixer) dialTimeout(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 2 {
		return "", nil
	}
	value, edits := b.Duration(dialTimeout, call.Pos())
	return "Use net.DialTimeout", append(edits,
		fix.Replace(sel.Sel, "DialTimeout"), fix.Insert(call.Args[1].End(), ", "+strings.ReplaceAll(value, " ", "")))
}

// dialWithDialer replaces tls.Dial(network, addr, config).
func (x *fixer) dialWithDialer(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 3 {
		return "", nil
	}
	value, edits := b.Duration(dialTimeout, call.Pos())
	netName, more := b.Import("net", call.Pos())
	return "Use tls.DialWithDialer", append(append(edits, more...),
		fix.Replace(sel.Sel, "DialWithDialer"),
		fix.Insert(call.Args[0].Pos(), "&"+netName+".Dialer{Timeout: "+value+"}, "))
}
