package fanout

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

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
	installed = regexp.MustCompile(`(?i)(node|host|endpoint|server|replica|shard|peer|backend|worker|provider|region|cluster|zone|broker|addr(ess)?|partition|consumer|handler|plugin|service|listener|collector|check(er)?|probe|sink|client|store|module|component|task|job|hook|stage|step|pool|subscriber|publisher|watcher|controller|runner|closer|test|case|fn|func|callback|exporter|resolver|nameserver|source|scraper|reader|writer|db|database|conn(ection)?|channel|kind|type|queue|topic|route|upstream|instance|machine|member|agent|setting|ur[li]|link|domain|site|target|mirror|registr(y|ie)|remote|receiver|notifier|gateway|hub|tracker|relay)(e?s|_?list|_?map|set)?$`)
	// members are names of types of whose values there are as many as the program's installation has.
	members = regexp.MustCompile(`(?i)(node|host|endpoint|server|replica|shard|peer|backend|worker|broker|instance|machine|member|region|zone|cluster|agent|provider|plugin|listener|handler|conn(ection)?)$`)
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

// bounded reports whether a collection has an end by itself, or is as large as the program's own installation:
// it is a number, an array, a channel, a part of a list, what the program consists of.
func (f *finder) bounded(over ast.Expr) bool {
	if over == nil {
		return true
	}
	over = ast.Unparen(over)
	elem := f.elem(over)
	if elem == nil {
		return true
	}
	switch elem.Underlying().(type) {
	case *types.Interface, *types.Signature:
		return true // parts of the program
	}
	if members.MatchString(lastName(elem)) {
		return true
	}
	switch x := over.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.SliceExpr:
		return x.High != nil
	case *ast.Ident:
		return named(x.Name)
	case *ast.SelectorExpr:
		return named(x.Sel.Name)
	case *ast.CallExpr:
		return named(calledName(x))
	}
	return false
}

// elem returns the type of the values of a slice or a map, nil for what is neither.
func (f *finder) elem(e ast.Expr) types.Type {
	t := f.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return nil
	}
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Map:
		return t.Elem()
	}
	return nil
}

// lastName returns the name of a type, or of what it points to, without its package.
func lastName(t types.Type) string {
	name := catalog.TypeName(t)
	return name[strings.LastIndexByte(name, '.')+1:]
}

func named(name string) bool { return installed.MatchString(name) || parts.MatchString(name) }

func (f *finder) isParam(v *types.Var) bool {
	var list *ast.FieldList
	switch decl := f.declaration(v).(type) {
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
	takes = regexp.MustCompile(`^(?i:(set|with)?(limit|take|top|maxresults|(per)?page(size)?|batchsize|maxkeys|maxitems|maxnumberofmessages|pagination|paginate))$`)
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
		case *ast.Ident: // const oldest = "SELECT … LIMIT $1"
			if c, ok := f.pass.TypesInfo.Uses[n].(*types.Const); ok && c.Val().Kind() == constant.String {
				found = found || limit.MatchString(c.Val().ExactString())
			}
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
