package fanout

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"

	"github.com/resilint/resilint/internal/catalog"
)

var (
	// limits are names of functions that limit how many things happen at a time, or wait for it.
	limits = regexp.MustCompile(`(?i)limit|acquire|semaphore|throttl|^sem[A-Z]|bounded|^wait(n)?$|maxgoroutines|concurren|reserve|^take$|^trygo$|^submit$|withmax`)
	// serves are names of functions that go on until they are told to stop: there is one for each thing that
	// the program is configured with.
	serves = regexp.MustCompile(`(?i:^(run|serve|start|work|loop|watch|listen)|consume|monitor|subscribe|listen|watch|poll|worker|heartbeat)|Loop$|Forever$|AndServe`)
	// asides are names of calls that are not what the goroutine is there for.
	asides = regexp.MustCompile(`(?i)^(close|rollback|shutdown|stop|flush|log|debug|info|warn|error)`)
	// installed are names of collections that are as large as the program's own installation.
	installed = regexp.MustCompile(`(?i)(node|host|endpoint|server|replica|shard|peer|backend|worker|provider|region|cluster|zone|broker|addr(ess)?|partition|consumer|handler|plugin|service|listener|collector|check(er)?|probe|sink|client|store|module|component|task|job|hook|stage|step|pool|subscriber|publisher|watcher|controller|runner|closer|test|case|fn|func|callback|exporter|resolver|nameserver|source|scraper|reader|writer|db|database|conn(ection)?|channel|kind|type|queue|topic|route|upstream)(e?s|_?list|_?map|set)?$`)
	// parts are names of collections that are a part of one.
	parts = regexp.MustCompile(`(?i)batch|chunk|page|window|slot|top\w*|part(s|ition)?$|limited|sample`)
	// numbered are names of what says how large a page is.
	numbered = regexp.MustCompile(`(?i)limit|size|page|batch|max|count|top|^n$|^k$|num`)
)

// loop returns the innermost loop around a node, in its function, and the collection that it goes through.
func (f *finder) loop(node ast.Node) (ast.Stmt, ast.Expr) {
	for _, outer := range f.g.Path(node.Pos()) {
		switch outer := outer.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			if outer.Pos() == node.Pos() {
				continue
			}
			return nil, nil
		case *ast.RangeStmt:
			if inside(node, outer.Body) {
				return outer, outer.X
			}
		case *ast.ForStmt:
			if inside(node, outer.Body) {
				return outer, length(outer.Cond)
			}
		}
	}
	return nil, nil
}

func inside(node, outer ast.Node) bool { return outer.Pos() <= node.Pos() && node.End() <= outer.End() }

// length returns the collection whose length a loop counts to, or nil.
func length(cond ast.Expr) ast.Expr {
	less, ok := cond.(*ast.BinaryExpr)
	if !ok || less.Op != token.LSS {
		return nil
	}
	call, ok := less.Y.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return nil
	}
	if name, ok := call.Fun.(*ast.Ident); !ok || name.Name != "len" {
		return nil
	}
	return call.Args[0]
}

// bounded reports whether a collection is not seen to grow with what the program works on: it is a number, an
// array, a channel, a constant list, a part of a list, a setting, what the program consists of.
func (f *finder) bounded(over ast.Expr) bool {
	if over == nil {
		return true
	}
	over = ast.Unparen(over)
	t := f.pass.TypesInfo.TypeOf(over)
	if t == nil {
		return true
	}
	var elem types.Type
	switch t := t.Underlying().(type) {
	case *types.Slice:
		elem = t.Elem()
	case *types.Map:
		elem = t.Elem()
	default:
		return true
	}
	switch elem.Underlying().(type) {
	case *types.Interface, *types.Signature:
		return true // parts of the program
	}
	switch x := over.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.SliceExpr:
		return x.High != nil
	case *ast.Ident:
		return f.boundedVar(x)
	case *ast.SelectorExpr:
		return f.boundedField(x)
	case *ast.CallExpr:
		return f.boundedCall(x)
	}
	return true // an element of something
}

func named(name string) bool { return installed.MatchString(name) || parts.MatchString(name) }

func (f *finder) boundedVar(id *ast.Ident) bool {
	v, ok := f.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || named(id.Name) || v.Parent() == f.pass.Pkg.Scope() {
		return true
	}
	decl := f.declaration(v)
	if decl == nil || f.asking[v] {
		return true
	}
	f.asking[v] = true
	defer delete(f.asking, v)
	// It is bounded if all that is assigned to it is.
	assigned, open := false, false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if name, ok := lhs.(*ast.Ident); !ok || f.pass.TypesInfo.ObjectOf(name) != v {
					continue
				}
				assigned = true
				rhs := n.Rhs[0]
				if len(n.Rhs) == len(n.Lhs) {
					rhs = n.Rhs[i]
				}
				open = open || !f.boundedValue(rhs, v)
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if f.pass.TypesInfo.Defs[name] == v && i < len(n.Values) {
					assigned = true
					open = open || !f.boundedValue(n.Values[i], v)
				}
			}
		case *ast.IndexExpr: // m[k] = v, in a loop
			if name, ok := n.X.(*ast.Ident); ok && f.pass.TypesInfo.Uses[name] == v {
				if _, isMap := v.Type().Underlying().(*types.Map); isMap {
					open = true
				}
			}
		}
		return true
	})
	if !assigned {
		if fn, ok := decl.(*ast.FuncDecl); ok && f.isVariadic(fn, v) {
			return true // somebody has written them down
		}
		return !f.isParam(v) && !open // filled in by someone: json.Unmarshal(data, &items)
	}
	return !open
}

// boundedValue reports whether what is assigned to a variable does not make it grow.
func (f *finder) boundedValue(e ast.Expr, v *types.Var) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		name, _ := e.Fun.(*ast.Ident)
		if name != nil && name.Name == "make" {
			return true // it grows by what is put into it
		}
		if name != nil && name.Name == "append" && len(e.Args) > 0 {
			return !f.repeated(e)
		}
		return f.boundedCall(e)
	case *ast.Ident:
		if e.Name == "nil" {
			return true
		}
		return f.pass.TypesInfo.Uses[e] == v || f.bounded(e)
	}
	return f.bounded(e)
}

// repeated reports whether an expression stands in a loop over something that grows.
func (f *finder) repeated(e ast.Expr) bool {
	for _, node := range f.g.Path(e.Pos()) {
		switch node := node.(type) {
		case *ast.RangeStmt:
			if !f.bounded(node.X) {
				return true
			}
		case *ast.ForStmt:
			if over := length(node.Cond); over != nil && !f.bounded(over) || node.Cond == nil || over == nil && !f.countsTo(node.Cond) {
				return true
			}
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}

// countsTo reports whether a loop counts to a number.
func (f *finder) countsTo(cond ast.Expr) bool {
	less, ok := cond.(*ast.BinaryExpr)
	return ok && (less.Op == token.LSS || less.Op == token.LEQ)
}

func (f *finder) isVariadic(fn *ast.FuncDecl, v *types.Var) bool {
	params := fn.Type.Params.List
	if len(params) == 0 {
		return false
	}
	last := params[len(params)-1]
	_, ok := last.Type.(*ast.Ellipsis)
	return ok && last.Pos() <= v.Pos() && v.Pos() < last.End()
}

func (f *finder) isParam(v *types.Var) bool {
	decl := f.declaration(v)
	var list *ast.FieldList
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		list = decl.Type.Params
	case *ast.FuncLit:
		list = decl.Type.Params
	}
	return list != nil && list.Pos() <= v.Pos() && v.Pos() < list.End()
}

// declaration returns the function in which a variable is declared.
func (f *finder) declaration(v *types.Var) ast.Node {
	for _, node := range f.g.Path(v.Pos()) {
		switch node := node.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return node
		}
	}
	return nil
}

// boundedField reports whether a field holds a setting, or a part of something larger: what a struct has by
// itself is what the program consists of, what it was sent is not.
func (f *finder) boundedField(sel *ast.SelectorExpr) bool {
	if named(sel.Sel.Name) {
		return true
	}
	owner := f.pass.TypesInfo.TypeOf(sel.X)
	if owner == nil {
		return true
	}
	name := catalog.TypeName(owner)
	if settings.MatchString(name) {
		return true
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return true
	}
	v, ok := f.pass.TypesInfo.Uses[id].(*types.Var)
	return !ok || v.Parent() == f.pass.Pkg.Scope() || f.isReceiver(v)
}

var settings = regexp.MustCompile(`(?i)(conf(ig)?|settings?|options?|opts|params|spec|policy|manifest|args)$`)

func (f *finder) isReceiver(v *types.Var) bool {
	decl, ok := f.declaration(v).(*ast.FuncDecl)
	return ok && decl.Recv != nil && decl.Recv.Pos() <= v.Pos() && v.Pos() < decl.Recv.End()
}

// boundedCall reports whether a call returns a list that has an end: it is told how long that is to be, or
// does not look for it elsewhere.
func (f *finder) boundedCall(call *ast.CallExpr) bool {
	name := ""
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	if named(name) || splits.MatchString(name) {
		return true
	}
	for _, arg := range call.Args {
		if f.isNumber(arg) {
			return true
		}
	}
	return f.asksForFew(call)
}

// asksForFew reports whether a call runs a function that says how many rows or items it wants at most.
func (f *finder) asksForFew(call *ast.CallExpr) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return false
	}
	fn, ok := f.pass.TypesInfo.Uses[id].(*types.Func)
	return ok && (f.few[fn.Origin()] || f.pass.ImportObjectFact(fn.Origin(), new(Few)))
}

// Few is the fact that a function says how many rows or items it wants at most.
type Few struct{}

// AFact makes Few a fact.
func (*Few) AFact() {}

func (*Few) String() string { return "few" }

// pages finds the functions of the package that say how many rows or items they want.
func (f *finder) pages() {
	for _, file := range f.g.SSA.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || !f.saysHowMany(fn.Body) {
				continue
			}
			if obj, ok := f.pass.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				f.few[obj] = true
				if obj.Exported() {
					f.pass.ExportObjectFact(obj, new(Few))
				}
			}
		}
	}
}

var (
	takes = regexp.MustCompile(`^(?i:(set|with)?(limit|take|top|maxresults|pagesize|batchsize|maxkeys|pagination|paginate))$`)
	limit = regexp.MustCompile(`(?i)\blimit\s+(\$|\?|:|@|%|[0-9])|fetch first|select top`)
)

func (f *finder) saysHowMany(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			found = found || takes.MatchString(calledName(n))
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			found = found || ok && takes.MatchString(key.Name)
		case *ast.BasicLit:
			found = found || n.Kind == token.STRING && limit.MatchString(n.Value)
		}
		return !found
	})
	return found
}

// paged reports whether a loop goes through a page of something at a time: one that counts pages is around it.
func (f *finder) paged(loop ast.Stmt) bool {
	for _, outer := range f.g.Path(loop.Pos()) {
		switch outer := outer.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		case *ast.ForStmt:
			found := false
			for _, part := range []ast.Node{outer.Init, outer.Cond, outer.Post} {
				if part == nil {
					continue
				}
				ast.Inspect(part, func(n ast.Node) bool {
					id, ok := n.(*ast.Ident)
					found = found || ok && counted.MatchString(id.Name)
					return true
				})
			}
			if found && outer != loop {
				return true
			}
		}
	}
	return false
}

var counted = regexp.MustCompile(`(?i)page|batch|offset|chunk|limit`)

// splits are names of functions that take a setting apart, or list what the program has.
var splits = regexp.MustCompile(`^(Split|Fields|Keys|Values|Sorted|Strings?Slice|GetStringSlice|Args|Environ|ReadDir|Glob)`)

func (f *finder) isNumber(arg ast.Expr) bool {
	t := f.pass.TypesInfo.TypeOf(arg)
	if t == nil {
		return false
	}
	basic, ok := t.Underlying().(*types.Basic)
	if !ok || basic.Info()&types.IsInteger == 0 {
		return false
	}
	if value := f.pass.TypesInfo.Types[arg].Value; value != nil && value.Kind() == constant.Int {
		n, exact := constant.Int64Val(value)
		return exact && n > 0 && n <= 10000
	}
	switch arg := ast.Unparen(arg).(type) {
	case *ast.Ident:
		return numbered.MatchString(arg.Name)
	case *ast.SelectorExpr:
		return numbered.MatchString(arg.Sel.Name)
	}
	return false
}
