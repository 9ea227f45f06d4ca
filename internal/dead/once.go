package dead

import (
	"go/ast"
	"go/types"
	"slices"
)

// RunsOnce reports whether the function of that name, a FullName, runs once for each program of the module, or for each
// command that somebody gives it: main, init and commands call it, or functions that run once themselves, and
// nobody calls it in a loop, in a goroutine of its own, through an interface or as a value. What a package shows to
// other modules counts if it is called here at all.
func (c *Code) RunsOnce(name string) bool { return c != nil && c.once()[name] }

// A mention is one of a function in another one.
type mention struct {
	from   string // the function that it stands in; empty for a variable of a package, which is made once
	plain  bool   // called, then and there, and not in a loop
	starts bool   // by main, init, or a command of a command line
}

// findOnce returns the functions that run once.
func findOnce(packages []Package) map[string]bool {
	mentions, abstract, methods := map[string][]mention{}, map[string][]*types.Interface{}, map[string]*types.Func{}
	for _, pkg := range packages {
		for _, file := range pkg.Files {
			for _, decl := range file.Decls {
				w := &onceWalk{pkg: pkg, mentions: mentions, abstract: abstract, methods: methods}
				if fn, ok := decl.(*ast.FuncDecl); ok {
					if obj, _ := pkg.Info.Defs[fn.Name].(*types.Func); obj != nil {
						w.from = obj.Origin().FullName()
						w.starts = obj.Signature().Recv() == nil && (obj.Name() == "init" || obj.Name() == "main" && obj.Pkg().Name() == "main")
					}
				}
				ast.Walk(w, decl)
			}
		}
	}
	once, doubtful := map[string]bool{}, map[string]bool{}
	var runs func(name string) bool
	runs = func(name string) bool {
		if once[name] || doubtful[name] {
			return once[name] // in a circle: not known to
		}
		doubtful[name] = true
		if len(mentions[name]) == 0 || behind(methods[name], abstract) {
			return false
		}
		for _, m := range mentions[name] {
			if !m.plain || !m.starts && m.from != "" && !runs(m.from) {
				return false
			}
		}
		once[name] = true
		return true
	}
	for name := range mentions {
		runs(name)
	}
	return once
}

// behind reports whether a method may be called through an interface that it is mentioned of.
func behind(method *types.Func, abstract map[string][]*types.Interface) bool {
	if method == nil {
		return false
	}
	recv := method.Signature().Recv().Type()
	return slices.ContainsFunc(abstract[method.Name()], func(iface *types.Interface) bool {
		return types.Implements(recv, iface) || types.Implements(types.NewPointer(recv), iface)
	})
}

// An onceWalk goes through a declaration, and notes how it mentions functions.
type onceWalk struct {
	pkg      Package
	from     string
	starts   bool
	repeated bool // in a loop, in a goroutine, or in a function literal that others may call
	above    []ast.Node
	mentions map[string][]mention
	abstract map[string][]*types.Interface // by method: the interfaces that it is mentioned of
	methods  map[string]*types.Func        // those that are mentioned of a type that is none
}

// Visit is that of an [ast.Visitor]: each level has a walk of its own.
func (w *onceWalk) Visit(node ast.Node) ast.Visitor {
	if node == nil {
		return nil
	}
	next := *w
	next.above = append(w.above[:len(w.above):len(w.above)], node)
	switch n := node.(type) {
	case *ast.ForStmt, *ast.RangeStmt, *ast.GoStmt:
		next.repeated = true
	case *ast.FuncLit:
		switch {
		case w.isCommand():
			next.starts, next.repeated = true, false
		case !w.called(n):
			next.repeated = true
		}
	case *ast.Ident:
		if fn, ok := w.pkg.Info.Uses[n].(*types.Func); ok && fn.Pkg() != nil {
			w.mention(n, fn)
		}
	}
	return &next
}

func (w *onceWalk) mention(id *ast.Ident, fn *types.Func) {
	name := fn.Origin().FullName()
	if recv := fn.Signature().Recv(); recv != nil {
		if iface, ok := recv.Type().Underlying().(*types.Interface); ok {
			w.abstract[fn.Name()] = append(w.abstract[fn.Name()], iface)
			return
		}
		w.methods[name] = fn.Origin()
	}
	if w.isCommand() { // Run: serve
		w.mentions[name] = append(w.mentions[name], mention{from: w.from, plain: true, starts: true})
		return
	}
	w.mentions[name] = append(w.mentions[name], mention{from: w.from, starts: w.starts, plain: !w.repeated && w.called(id)})
}

// called reports whether what the walk has come to is called where it stands.
func (w *onceWalk) called(node ast.Node) bool {
	for i := len(w.above) - 1; i >= 0; i-- {
		switch up := w.above[i].(type) {
		case *ast.ParenExpr, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		case *ast.CallExpr:
			return up.Fun.Pos() <= node.Pos() && node.End() <= up.Fun.End()
		default:
			return false
		}
	}
	return false
}

// isCommand reports whether what the walk has come to is what a command of a command line does: a field like Run,
// RunE or Action of a struct that is called Command.
func (w *onceWalk) isCommand() bool {
	n := len(w.above)
	if n > 0 && isSelector(w.above[n-1]) {
		n--
	}
	if n < 2 {
		return false
	}
	field, ok := w.above[n-1].(*ast.KeyValueExpr)
	if !ok {
		return false
	}
	key, _ := field.Key.(*ast.Ident)
	literal, _ := w.above[n-2].(*ast.CompositeLit)
	if key == nil || literal == nil || !commandFields[key.Name] {
		return false
	}
	t := w.pkg.Info.TypeOf(literal)
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Command"
}

func isSelector(node ast.Node) bool {
	_, ok := node.(*ast.SelectorExpr)
	return ok
}

// commandFields are those of cobra.Command and cli.Command.
var commandFields = map[string]bool{
	"Run": true, "RunE": true, "PreRun": true, "PreRunE": true, "PersistentPreRun": true, "PersistentPreRunE": true,
	"Action": true, "Before": true,
}
