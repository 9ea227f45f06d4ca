package fanout

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// grows reports whether a collection is seen to be as long as someone else makes it: it is the answer of another
// service or of a database, which nobody has told how many to return; it is what a request holds; or it is
// collected from one of these. Whatever else a list is made of, it is not known to be long.
func (f *finder) grows(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := f.pass.TypesInfo.ObjectOf(e).(*types.Var)
		return ok && !named(e.Name) && f.varGrows(v)
	case *ast.SelectorExpr:
		return !named(e.Sel.Name) && !f.isValidated(e) && !f.isPage(e.X) && f.sent(e.X)
	case *ast.CallExpr:
		return f.callGrows(e, 0)
	case *ast.SliceExpr:
		return e.High == nil && f.grows(e.X)
	case *ast.StarExpr:
		return f.grows(e.X)
	}
	return false
}

// varGrows reports whether something that is assigned to a variable, or put into it, grows.
func (f *finder) varGrows(v *types.Var) bool {
	decl := f.declaration(v)
	if decl == nil || f.asking[v] || f.checksLength(decl, v) {
		return false
	}
	f.asking[v] = true
	defer delete(f.asking, v)
	if f.isParam(v) && f.paramGrows(decl, v) {
		return true
	}
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && f.pass.TypesInfo.ObjectOf(id) == v
	}
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if ix, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && is(ix.X) && f.elem(ix.X) != nil {
					_, isMap := v.Type().Underlying().(*types.Map)
					found = found || isMap && f.repeated(n) // m[k] = …
				}
				if is(lhs) {
					found = found || f.assigns(n, i)
				}
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if f.pass.TypesInfo.Defs[name] == v && i < len(n.Values) {
					found = found || f.grows(n.Values[i])
				}
			}
		case *ast.CallExpr:
			found = found || f.fills(n, is)
		}
		return !found
	})
	return found
}

// assigns reports whether the i-th value of an assignment grows.
func (f *finder) assigns(n *ast.AssignStmt, i int) bool {
	if len(n.Rhs) != len(n.Lhs) {
		call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr)
		return ok && f.callGrows(call, i)
	}
	return f.grows(n.Rhs[i])
}

// fills reports whether a call fills a variable that it is given the address of, out of what someone has sent:
// json.NewDecoder(r.Body).Decode(&items), db.Find(&items).
func (f *finder) fills(call *ast.CallExpr, is func(ast.Expr) bool) bool {
	given := slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		addr, ok := ast.Unparen(arg).(*ast.UnaryExpr)
		return ok && addr.Op == token.AND && is(addr.X) || is(arg) && isPointer(f.pass.TypesInfo.TypeOf(arg))
	})
	return given && f.reads(call)
}

func isPointer(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

var (
	decoders = regexp.MustCompile(`^(Unmarshal|Decode|DecodeJSON|ReadJSON|ParseJSON)$`)
	binders  = regexp.MustCompile(`^(Should)?Bind(JSON|Body|With|Query)?$|^BodyParser$`)
)

// reads reports whether a call reads what a request, an answer or a query says into its arguments.
func (f *finder) reads(call *ast.CallExpr) bool {
	name := calledName(call)
	switch {
	case binders.MatchString(name):
		return true
	case decoders.MatchString(name):
		return f.readsBody(call)
	}
	instr := f.calls[call.Lparen]
	if instr == nil || f.asksForSome(call) {
		return false
	}
	_, sure := f.loops.Leaves(instr)
	return sure
}

// readsBody reports whether the function around a call reads the body of a request, or of an answer.
func (f *finder) readsBody(call *ast.CallExpr) bool {
	found := false
	ast.Inspect(f.function(call), func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && sel.Sel.Name == "Body" {
			switch catalog.TypeName(f.pass.TypesInfo.TypeOf(sel.X)) {
			case "net/http.Request", "net/http.Response", "github.com/rabbitmq/amqp091-go.Delivery":
				found = true
			}
		}
		return !found
	})
	return found
}

// function returns the declared function around a node.
func (f *finder) function(node ast.Node) ast.Node {
	for _, outer := range f.g.Path(node.Pos()) {
		if fn, ok := outer.(*ast.FuncDecl); ok {
			return fn
		}
	}
	return node
}

// paramGrows reports whether a caller of the package passes something that grows for a parameter.
func (f *finder) paramGrows(decl ast.Node, v *types.Var) bool {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return false
	}
	i := index(fn.Type.Params, v)
	obj, ok := f.pass.TypesInfo.Defs[fn.Name].(*types.Func)
	if !ok || i < 0 || obj.Signature().Variadic() && i == obj.Signature().Params().Len()-1 {
		return false // somebody has written them down
	}
	return slices.ContainsFunc(f.callers(obj), func(call *ast.CallExpr) bool {
		return i < len(call.Args) && f.grows(call.Args[i])
	})
}

// index returns which parameter a variable is.
func index(params *ast.FieldList, v *types.Var) int {
	i := 0
	for _, field := range params.List {
		for _, name := range field.Names {
			if name.Pos() == v.Pos() {
				return i
			}
			i++
		}
		if len(field.Names) == 0 {
			i++
		}
	}
	return -1
}

// callers returns the calls of a function in the package.
func (f *finder) callers(obj *types.Func) []*ast.CallExpr {
	fn := f.g.SSA.Pkg.Prog.FuncValue(obj)
	if fn == nil {
		return nil
	}
	var calls []*ast.CallExpr
	for _, instr := range f.g.Callers(fn) {
		if call := f.g.CallAt(instr.Pos()); call != nil {
			calls = append(calls, call)
		}
	}
	return calls
}

// repeated reports whether an expression stands in a loop over something that grows: a collection, or rows.
func (f *finder) repeated(e ast.Node) bool {
	for _, node := range f.g.Path(e.Pos()) {
		switch node := node.(type) {
		case *ast.RangeStmt:
			if f.grows(node.X) {
				return true
			}
		case *ast.ForStmt:
			if over := length(node.Cond); over != nil && f.grows(over) || f.goesThroughRows(node) {
				return true
			}
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}

// goesThroughRows reports whether a loop asks for one row after the other, of a query that does not say how many
// there are.
func (f *finder) goesThroughRows(loop *ast.ForStmt) bool {
	call, ok := loop.Cond.(*ast.CallExpr)
	return ok && calledName(call) == "Next" && !f.saysHowMany(f.function(loop))
}

// sent reports whether a struct is what someone has sent: an answer, or a request.
func (f *finder) sent(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return !settings.MatchString(lastName(f.pass.TypesInfo.TypeOf(e))) && f.sent(e.X)
	case *ast.CallExpr:
		return f.leaves(e)
	case *ast.Ident:
		v, ok := f.pass.TypesInfo.ObjectOf(e).(*types.Var)
		return ok && !settings.MatchString(lastName(v.Type())) && f.varSent(v)
	}
	return false
}

func (f *finder) varSent(v *types.Var) bool {
	decl := f.declaration(v)
	if decl == nil || f.asking[v] {
		return false
	}
	f.asking[v] = true
	defer delete(f.asking, v)
	if f.isParam(v) {
		return f.isRequest(decl, v)
	}
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && f.pass.TypesInfo.ObjectOf(id) == v
	}
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok && is(n.Lhs[0]) {
				found = found || f.leaves(call) && !f.asksForSome(call)
			}
		case *ast.RangeStmt:
			found = found || n.Value != nil && is(n.Value) && f.grows(n.X)
		case *ast.CallExpr:
			found = found || f.fills(n, is)
		}
		return !found
	})
	return found
}

var (
	requests = regexp.MustCompile(`(Request|Req|Payload|Body)$`)
	settings = regexp.MustCompile(`(?i)(conf(ig)?|settings?|options?|opts|params|spec|policy|manifest|args)$`)
)

// isRequest reports whether a parameter is what a handler of requests is given: by its type's name, beside a
// context.
func (f *finder) isRequest(decl ast.Node, v *types.Var) bool {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok || !requests.MatchString(lastName(v.Type())) || lastName(v.Type()) == "Request" && catalog.TypeName(v.Type()) == "net/http.Request" {
		return false
	}
	return fn.Recv != nil && fn.Name.IsExported()
}

// leaves reports whether a call asks someone else for what it returns: another service, or a database.
func (f *finder) leaves(call *ast.CallExpr) bool {
	instr := f.calls[call.Lparen]
	if instr == nil {
		return false
	}
	if leaves, _ := f.loops.Leaves(instr); leaves || catalog.CallsCloud(flow.CalleeObject(instr)) {
		return true
	}
	// c.client.List(): an interface that by its name stands for someone else, and that can fail
	return instr.Common().IsInvoke() && fails(instr.Common().Signature()) && strangers.MatchString(f.receiver(call, instr))
}

func fails(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type())
}

var strangers = regexp.MustCompile(`(?i)(client|repo(sitory)?|store|storage|dao|db|database|api|gateway|querier|queries)$`)

// receiver returns how what a method is called on is called: the field or variable, or else its type.
func (f *finder) receiver(call *ast.CallExpr, instr ssa.CallInstruction) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		switch x := ast.Unparen(sel.X).(type) {
		case *ast.Ident:
			if strangers.MatchString(x.Name) {
				return x.Name
			}
		case *ast.SelectorExpr:
			if strangers.MatchString(x.Sel.Name) {
				return x.Sel.Name
			}
		}
	}
	return lastName(instr.Common().Value.Type())
}

// callGrows reports whether the i-th result of a call is a list that grows: it has been asked for elsewhere without
// saying how long it may be, or is made of one that grows.
func (f *finder) callGrows(call *ast.CallExpr, i int) bool {
	name := calledName(call)
	if named(name) || splits.MatchString(name) || f.asksForSome(call) {
		return false
	}
	if tv := f.pass.TypesInfo.Types[call.Fun]; tv.IsType() {
		return len(call.Args) == 1 && f.grows(call.Args[0])
	}
	if name == "append" && len(call.Args) > 0 {
		return f.repeated(call) && !f.between(call) || f.grows(call.Args[0]) || call.Ellipsis.IsValid() && f.grows(call.Args[len(call.Args)-1])
	}
	instr := f.calls[call.Lparen]
	if instr == nil {
		return false
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && len(call.Args) == 0 && strings.HasPrefix(name, "Get") && f.sent(sel.X) {
		return true // req.GetIds()
	}
	fn := f.g.Callee(instr)
	if fn != nil && fn.Syntax() != nil {
		return f.returns(fn, i)
	}
	callee := flow.CalleeObject(instr)
	if callee != nil && callee.Pkg() != nil && reshapes.MatchString(callee.Pkg().Path()) {
		return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return f.elem(arg) != nil && f.grows(arg) })
	}
	return f.leaves(call)
}

// reshapes are packages whose functions make lists of lists.
var reshapes = regexp.MustCompile(`^(slices|maps|golang\.org/x/exp/(slices|maps)|github\.com/samber/lo)$`)

// returns reports whether a function of the package returns a list that grows as its i-th result.
func (f *finder) returns(fn *ssa.Function, i int) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	if !ok || decl.Body == nil || f.inside[fn] {
		return false
	}
	f.inside[fn] = true
	defer delete(f.inside, fn)
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			switch {
			case i < len(n.Results) && len(n.Results) > 1 || len(n.Results) == 1 && i == 0 && fn.Signature.Results().Len() == 1:
				found = found || f.grows(n.Results[i])
			case len(n.Results) == 1:
				call, ok := ast.Unparen(n.Results[0]).(*ast.CallExpr)
				found = found || ok && f.callGrows(call, i)
			case len(n.Results) == 0 && i < fn.Signature.Results().Len():
				found = found || f.varGrows(fn.Signature.Results().At(i))
			}
		}
		return !found
	})
	return found
}

// asksForSome reports whether a call, or the function that it calls, says how many items there are to be.
func (f *finder) asksForSome(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, f.isNumber) || f.asksForFew(call) || f.saysHowMany(call) || f.saysHowMany(f.function(call))
}

// isValidated reports whether a field may only be so long, as its tag says to a validator.
func (f *finder) isValidated(sel *ast.SelectorExpr) bool {
	t := f.pass.TypesInfo.TypeOf(sel.X)
	if t == nil {
		return true
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range s.NumFields() {
		if s.Field(i).Name() == sel.Sel.Name && tagged.MatchString(s.Tag(i)) {
			return true
		}
	}
	return f.checksField(sel)
}

var tagged = regexp.MustCompile(`\b(max|lte|lt|len|maxItems|max_items)=|maxItems:"`)

// checksLength reports whether a function compares the length of a variable with something, and does
// something else if it is long.
func (f *finder) checksLength(decl ast.Node, v *types.Var) bool {
	return f.compares(decl, func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && f.pass.TypesInfo.ObjectOf(id) == v
	})
}

func (f *finder) checksField(sel *ast.SelectorExpr) bool {
	text := types.ExprString(sel)
	return f.compares(f.function(sel), func(e ast.Expr) bool { return types.ExprString(ast.Unparen(e)) == text })
}

// compares reports whether an if in a node asks whether a list is longer than something.
func (f *finder) compares(node ast.Node, is func(ast.Expr) bool) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if branch, ok := n.(*ast.IfStmt); ok {
			ast.Inspect(branch.Cond, func(n ast.Node) bool {
				cond, ok := n.(*ast.BinaryExpr)
				found = found || ok && f.isLonger(cond, is)
				return !found
			})
		}
		return !found
	})
	return found
}

// isLonger reports whether a condition holds for lists of more than a few.
func (f *finder) isLonger(cond *ast.BinaryExpr, is func(ast.Expr) bool) bool {
	x, y := cond.X, cond.Y
	switch cond.Op {
	case token.GTR, token.GEQ:
	case token.LSS, token.LEQ:
		x, y = y, x
	default:
		return false
	}
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || calledName(call) != "len" || !is(call.Args[0]) {
		return false
	}
	value := f.pass.TypesInfo.Types[y].Value
	return value == nil || value.String() != "0" && value.String() != "1"
}
