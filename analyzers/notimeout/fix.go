package notimeout

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A fixer builds the edits for one package.
type fixer struct {
	pass    *analysis.Pass
	g       *flow.Graph
	shared  *types.Var           // a client of the package that has a timeout already
	clients map[*ast.File]string // the name of the client that fixes declare in a file
	servers map[declared]bool    // the servers that fixes declare

	downloads bool // the finding is about downloads
}

// declared is a variable that a fix declares in a block.
type declared struct {
	block ast.Node
	name  string
}

func newFixer(pass *analysis.Pass, g *flow.Graph) *fixer {
	return &fixer{pass: pass, g: g, shared: boundedClient(pass, g.SSA.Files), clients: map[*ast.File]string{}, servers: map[declared]bool{}}
}

// fix returns the edit that ends f, or nil where none is right: a timeout written down as
// zero (which value did they mean?), a response body (a stream?), a dial after which the peer is to speak
// first (that takes a deadline on the connection). How long a download may take, or a body that is read elsewhere, or
// what makes more than one call with a context, only who asks for unsafe fixes can tell.
func (x *fixer) fix(f *finding) *analysis.SuggestedFix {
	file := x.g.FileOf(f.node.Pos())
	if file == nil || f.code == codeZero || f.code == codePartial {
		return nil
	}
	if slices.ContainsFunc(f.hangs, func(h *remote.Hang) bool { return h.Talker != nil }) {
		return nil
	}
	x.downloads = f.downloads()
	risky := x.downloads || f.code == codeContext && !f.hangs[0].Leaf.Once
	if risky && !bool(unsafe) {
		return nil
	}
	text, edits := x.edits(&fix.Builder{Pass: x.pass, File: file}, f)
	if edits == nil {
		return nil
	}
	if risky {
		text = unsafe.Mark(text)
	}
	return &analysis.SuggestedFix{Message: text, TextEdits: edits}
}

// edits returns what a fix is called, and its edits.
func (x *fixer) edits(b *fix.Builder, f *finding) (text string, edits []analysis.TextEdit) {
	if f.code == codeContext {
		return x.passed(b, f)
	}
	h := f.hangs[0]
	if h.Object == nil && x.downloads {
		return "", nil // where would the client be made that is for downloads alone?
	}
	switch node := f.node.(type) {
	case *ast.CompositeLit:
		text, edits = x.literal(b, node, h)
	case *ast.ValueSpec:
		text, edits = x.variable(b, node, h)
	case *ast.CallExpr:
		text, edits = x.call(b, node, f)
	case *ast.SelectorExpr, *ast.Ident:
		if !x.downloads {
			text, edits = x.mention(b, node.(ast.Expr), f)
		}
	}
	return text, edits
}

// exchange is how long fixes let a client take for a request and its response.
func (x *fixer) exchange() time.Duration {
	if x.downloads {
		return downloadTimeout
	}
	return time.Duration(clientTimeout)
}

// bound returns the field of the object of h, whose type is typ, that would bound its calls, and
// the value that fixes give it.
func (x *fixer) bound(b *fix.Builder, h *remote.Hang, typ types.Type, pos token.Pos) (field, value string, edits []analysis.TextEdit) {
	if h.Type == nil || len(h.Type.Bounds) == 0 || !isDurationField(typ, h.Type.Bounds[0]) {
		return "", "", nil
	}
	d := x.exchange()
	switch {
	case h.API.Kind == catalog.Serve:
		d = time.Duration(headerTimeout)
	case h.API.Kind == catalog.Dial && h.Type.Name != "net/http.Client": // a websocket is dialled with one
		d = time.Duration(dialTimeout)
	}
	value, edits = b.Duration(d, pos)
	return h.Type.Bounds[0], value, edits
}

// isDurationField reports whether t, a struct or a pointer to one, has that field and it is a
// time.Duration: users' clients may count in seconds.
func isDurationField(t types.Type, name string) bool {
	field := flow.FieldNamed(t, name)
	return field != nil && isDuration(field.Type())
}

// takesDuration reports whether t has that method and a time.Duration is all that it takes.
func takesDuration(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() == 1 && isDuration(fn.Signature().Params().At(0).Type())
}

func isDuration(t types.Type) bool { return types.TypeString(t, nil) == "time.Duration" }

// literal adds the field to a composite literal.
func (x *fixer) literal(b *fix.Builder, lit *ast.CompositeLit, h *remote.Hang) (string, []analysis.TextEdit) {
	typ := x.pass.TypesInfo.TypeOf(lit)
	field, value, imports := x.bound(b, h, typ, lit.Pos())
	if field == "" {
		return "", nil
	}
	edits := b.AddField(lit, field, value)
	if edits == nil {
		return "", nil
	}
	return "Set " + field, append(imports, edits...)
}

// holder gives a value to a client, dialer or server that is a field, where the struct around it is made: in one
// literal of the file, which leaves the field out.
func (x *fixer) holder(b *fix.Builder, h *remote.Hang) (string, []analysis.TextEdit) {
	v := h.Object.Var
	if h.Object.Kind != flow.Field || v == nil {
		return "", nil
	}
	lit := x.onlyLiteral(v)
	if lit == nil || x.g.FileOf(lit.Pos()) != b.File {
		return "", nil
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	if !ok || sets(lit, v.Name()) || catalog.TypeName(named) != h.Type.Name {
		return "", nil
	}
	field, value, imports := x.bound(b, h, named, lit.Pos())
	if field == "" {
		return "", nil
	}
	name, more := b.Import(named.Obj().Pkg().Path(), lit.Pos())
	edits := b.AddField(lit, v.Name(), name+"."+named.Obj().Name()+"{"+field+": "+value+"}")
	if edits == nil {
		return "", nil
	}
	return "Set " + field, slices.Concat(imports, more, edits)
}

// onlyLiteral returns the composite literal by which the package makes all structs that have a field, or nil if there
// are others, or other ways.
func (x *fixer) onlyLiteral(field *types.Var) *ast.CompositeLit {
	var only *ast.CompositeLit
	n := 0
	for e, v := range x.pass.TypesInfo.Types {
		outer, ok := v.Type.Underlying().(*types.Struct)
		if !ok || !slices.Contains(slices.Collect(outer.Fields()), field) {
			continue
		}
		switch e := e.(type) {
		case *ast.CompositeLit:
			only = e
			n++
		case *ast.Ident, *ast.SelectorExpr:
			if v.IsType() && x.isMadeAs(e) {
				n++
			}
		}
	}
	if n != 1 {
		return nil
	}
	return only
}

// isMadeAs reports whether the mention of a type makes a value of it other than by a literal: new(T), var v T.
func (x *fixer) isMadeAs(typ ast.Expr) bool {
	path := x.g.Path(typ.Pos())
	for i, node := range path {
		if node != ast.Node(typ) || i+1 == len(path) {
			continue
		}
		switch parent := path[i+1].(type) {
		case *ast.CallExpr:
			return true
		case *ast.ValueSpec:
			return len(parent.Values) == 0
		case *ast.ArrayType, *ast.MapType:
			return true
		case *ast.Field:
			_, isStruct := path[i+3].(*ast.StructType)
			return isStruct // which holds it
		}
	}
	return false
}

// sets reports whether a literal gives a field a value, or may do so.
func sets(lit *ast.CompositeLit, field string) bool {
	for _, element := range lit.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == field {
			return true
		}
	}
	return false
}

// variable gives "var c http.Client" a value.
func (x *fixer) variable(b *fix.Builder, spec *ast.ValueSpec, h *remote.Hang) (string, []analysis.TextEdit) {
	if len(spec.Names) != 1 || len(spec.Values) != 0 || spec.Type == nil {
		return "", nil
	}
	field, value, imports := x.bound(b, h, x.pass.TypesInfo.TypeOf(spec.Type), spec.Pos())
	if field == "" {
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
		field, value, imports := x.bound(b, h, x.pass.TypesInfo.TypeOf(call), call.Pos())
		typ, err := b.Text(call.Args[0])
		if err != nil || field == "" {
			return "", nil
		}
		made := "&" + typ + "{" + field + ": " + value + "}"
		if sel, ok := x.g.Path(call.Rparen)[1].(*ast.SelectorExpr); ok && sel.X == ast.Expr(call) {
			made = "(" + made + ")"
		}
		return "Set " + field, append(imports, fix.Replace(call, made))
	}
	if h.API.Kind == catalog.Serve && (h.Object != nil || !strings.HasPrefix(h.API.Name, "net/http.")) {
		return "", nil // what else has to be said to a server of that kind?
	}
	if f.code == codeCall && h.Object == nil {
		return x.deadlines(b, f)
	}
	if h.Object != nil && h.Object.Kind == flow.Result {
		return x.made(b, call, h)
	}
	if h.Object != nil {
		return x.holder(b, h)
	}
	switch {
	case h.API.Global == "net/http.DefaultClient":
		return x.useClient(b, packageOf(call.Fun))
	case h.API.Kind == catalog.Serve && catalog.LibraryOf(h.API) == "net/http":
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

// made sets the timeout of a client that a library made, in the statement after, or in the
// same one with a setter that returns the client.
func (x *fixer) made(b *fix.Builder, call *ast.CallExpr, h *remote.Hang) (string, []analysis.TextEdit) {
	value, imports := b.Duration(x.exchange(), call.Pos())
	client := x.pass.TypesInfo.TypeOf(call)
	text, set := "Set "+h.Type.Knob, "."+h.Type.Knob+" = "+value
	switch { // like remedy
	case len(h.Type.Bounds) > 0:
		if !isDurationField(client, h.Type.Bounds[0]) {
			return "", nil
		}
		text, set = "Set "+h.Type.Bounds[0], "."+h.Type.Bounds[0]+" = "+value
	case len(h.Type.Setters) > 0:
		setter := h.Type.Setters[0].Name
		if !takesDuration(client, setter) {
			return "", nil
		}
		text, set = "Call "+setter, "."+setter+"("+value+")"
		if h.Type.Chain {
			return text, append(imports, fix.Insert(call.End(), set))
		}
	case h.Type.Knob == "":
		return "", nil
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
		if err != nil || target == "_" || !plain(assign.Lhs[0]) || !types.Identical(x.pass.TypesInfo.TypeOf(assign.Lhs[0]), x.pass.TypesInfo.TypeOf(call)) {
			return "", nil
		}
		return text, append(imports, fix.Insert(assign.End(), "\n"+target+set))
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

// dialTimeout replaces net.Dial(network, addr).
func (x *fixer) dialTimeout(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 2 {
		return "", nil
	}
	value, edits := b.Duration(time.Duration(dialTimeout), call.Pos())
	return "Use net.DialTimeout", append(edits,
		fix.Replace(sel.Sel, "DialTimeout"), fix.Insert(call.Args[1].End(), ", "+strings.ReplaceAll(value, " ", "")))
}

// dialWithDialer replaces tls.Dial(network, addr, config).
func (x *fixer) dialWithDialer(b *fix.Builder, call *ast.CallExpr) (string, []analysis.TextEdit) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 3 {
		return "", nil
	}
	value, edits := b.Duration(time.Duration(dialTimeout), call.Pos())
	netName, more := b.Import("net", call.Pos())
	return "Use tls.DialWithDialer", append(append(edits, more...),
		fix.Replace(sel.Sel, "DialWithDialer"),
		fix.Insert(call.Args[0].Pos(), "&"+netName+".Dialer{Timeout: "+value+"}, "))
}
