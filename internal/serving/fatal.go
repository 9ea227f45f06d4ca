package serving

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Fatal is what ends the process as soon as a server is told to shut down: the function that serves
// returns then, and requests are still being answered.
type Fatal struct {
	End  string // what ends it: "log.Fatal", "panic"
	Same bool   // the package itself has the server shut down

	call *ast.CallExpr // that ends the process
	cond ast.Expr      // err != nil, on which it is made; nil if it is given the error as such
	stmt ast.Stmt      // that makes the call, or the if statement
	goes bool          // something of the function, or the goroutine's starter, goes on
}

// Call returns the call that ends the process, in the process that has analyzed its package.
func (f *Fatal) Call() *ast.CallExpr { return f.call }

// Cond returns the condition on which the process is ended, nil if there is none.
func (f *Fatal) Cond() ast.Expr { return f.cond }

// Stmt returns the statement that the call stands in.
func (f *Fatal) Stmt() ast.Stmt { return f.stmt }

// GoesOn reports whether the program goes on if the call is not made.
func (f *Fatal) GoesOn() bool { return f.goes }

// fatal returns what ends the process when the server of s is told to shut down, or nil.
func (f *finder) fatal(s *Start, instr ssa.CallInstruction) *Fatal {
	if _, ok := instr.(*ssa.Call); !ok || s.bound == nil {
		return nil
	}
	call := f.g.CallAt(instr.Pos())
	if call == nil || f.mentionsClosed(call.Pos()) {
		return nil
	}
	path := f.g.Path(call.Lparen)
	for i, node := range path {
		switch node := node.(type) {
		case *ast.CallExpr:
			if node == call {
				continue
			}
			// log.Fatal(srv.ListenAndServe())
			if end := f.ends(node); end != "" && i+1 < len(path) {
				if stmt, ok := path[i+1].(*ast.ExprStmt); ok {
					return f.found(s, &Fatal{End: end, call: node, stmt: stmt}, path[i+1:])
				}
			}
			return nil
		case *ast.AssignStmt:
			return f.assigned(s, node, path[i:])
		case ast.Stmt, *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// assigned looks at what is done with an error that the function which serves has returned.
func (f *finder) assigned(s *Start, assign *ast.AssignStmt, path []ast.Node) *Fatal {
	if len(assign.Lhs) != 1 || len(path) < 2 {
		return nil
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok {
		return nil
	}
	check, outer := (*ast.IfStmt)(nil), path[1:]
	if parent, ok := path[1].(*ast.IfStmt); ok && parent.Init == assign { // if err := …; err != nil
		check = parent
	} else if next, ok := following(path[1], assign).(*ast.IfStmt); ok && next.Init == nil { // err = …; if err != nil
		check, outer = next, append([]ast.Node{next}, path[1:]...)
	}
	if check == nil || !isNotNil(check.Cond, f.pass.TypesInfo.ObjectOf(id), f.pass.TypesInfo) {
		return nil
	}
	for _, stmt := range check.Body.List {
		expr, ok := stmt.(*ast.ExprStmt)
		if !ok {
			continue
		}
		if call, ok := expr.X.(*ast.CallExpr); ok {
			if end := f.ends(call); end != "" {
				return f.found(s, &Fatal{End: end, call: call, cond: check.Cond, stmt: check}, outer)
			}
		}
	}
	return nil
}

// found completes a Fatal. outer are the nodes around its statement, the statement first.
func (f *finder) found(s *Start, fatal *Fatal, outer []ast.Node) *Fatal {
	fatal.Same = f.shutDown(s.bound)
	stmt := outer[0]
	for _, node := range outer[1:] {
		switch node := node.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			fatal.goes = fatal.goes || following(node, stmt) != nil
			stmt = node
		case *ast.FuncLit, *ast.FuncDecl:
			if lit, ok := node.(*ast.FuncLit); ok {
				fatal.goes = fatal.goes || f.isGoroutine(lit)
			}
			return fatal
		default:
			stmt = node
		}
	}
	return fatal
}

// isGoroutine reports whether a literal is run by a go statement.
func (f *finder) isGoroutine(lit *ast.FuncLit) bool {
	for _, node := range f.g.Path(lit.Pos()) {
		if stmt, ok := node.(*ast.GoStmt); ok {
			return stmt.Call.Fun == lit
		}
	}
	return false
}

// following returns the statement of a block that comes after stmt, or nil.
func following(block, stmt ast.Node) ast.Stmt {
	var list []ast.Stmt
	switch block := block.(type) {
	case *ast.BlockStmt:
		list = block.List
	case *ast.CaseClause:
		list = block.Body
	case *ast.CommClause:
		list = block.Body
	}
	for i := range list {
		if list[i] == stmt && i+1 < len(list) {
			return list[i+1]
		}
	}
	return nil
}

func isNotNil(cond ast.Expr, err types.Object, info *types.Info) bool {
	binary, ok := cond.(*ast.BinaryExpr)
	if !ok || binary.Op != token.NEQ {
		return false
	}
	x, ok := binary.X.(*ast.Ident)
	return ok && info.ObjectOf(x) == err && types.ExprString(binary.Y) == "nil"
}

// ends returns the name of the function by which a call ends the process, or "".
func (f *finder) ends(call *ast.CallExpr) string {
	switch fn := typeutil.Callee(f.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		if fn.Name() == "panic" {
			return "panic"
		}
	case *types.Func:
		if catalog.NeverReturns(fn) || fn.Name() == "Fatal" || fn.Name() == "Fatalf" {
			return types.ExprString(call.Fun)
		}
	}
	return ""
}

// mentionsClosed reports whether the declared function around pos knows of http.ErrServerClosed.
func (f *finder) mentionsClosed(pos token.Pos) bool {
	var decl *ast.FuncDecl
	for _, node := range f.g.Path(pos) {
		decl, _ = node.(*ast.FuncDecl)
	}
	for _, node := range f.g.Path(pos) {
		if d, ok := node.(*ast.FuncDecl); ok {
			decl = d
		}
	}
	if decl == nil {
		return true
	}
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "ErrServerClosed" {
			found = true
		}
		return !found
	})
	return found
}

// shutDown reports whether the package tells a server to shut down, and lets its requests finish.
func (f *finder) shutDown(server ssa.Value) bool {
	for instr := range f.g.Instructions() {
		var fn *types.Func
		var recv ssa.Value
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			fn, recv = flow.CalleeObject(instr), flow.Operand(instr, catalog.Recv)
		case *ssa.MakeClosure:
			if fn, _ = instr.Fn.(*ssa.Function).Object().(*types.Func); len(instr.Bindings) == 1 {
				recv = instr.Bindings[0]
			}
		}
		if stop, _ := catalog.StopOf(fn); stop == nil || stop.Context == catalog.None || recv == nil {
			continue
		}
		for o := range f.g.Reach(recv) {
			if o.Kind != flow.Unknown && o.Kind != flow.Nil && f.g.Reach(server)[o] {
				return true
			}
		}
	}
	return false
}

// A Shutdown is a call that waits for the requests of a server for as long as they take.
type Shutdown struct {
	Name     string // of the function: "Server.Shutdown"
	Servers  string
	Call     *ast.CallExpr
	Context  ast.Expr
	Deferred bool

	fn *types.Func
}

// Func returns the declared function around it.
func (s *Shutdown) Func() *types.Func { return s.fn }

// shutdowns returns the calls that stop a server, and wait for its requests under a context that
// never ends, while something waits for them.
func (f *finder) shutdowns() []*Shutdown {
	if f.g == nil || f.remote == nil {
		return nil
	}
	var found []*Shutdown
	for _, pass := range f.remote.Evidence.Passes {
		stop, kind := catalog.StopOf(pass.Callee)
		if stop == nil || stop.Context == catalog.None || pass.Made == nil || !endless[catalog.Name(flow.CalleeObject(pass.Made))] {
			continue
		}
		call := f.g.CallAt(pass.Call.Common().Pos())
		file := f.g.FileOf(pass.Call.Pos())
		if call == nil || len(call.Args) != 1 || f.limited(call) || f.isSideServer(pass.Call, call) || !f.isAwaited(pass.Call) {
			continue
		}
		_, deferred := pass.Call.(*ssa.Defer)
		name := catalog.Name(pass.Callee)
		found = append(found, &Shutdown{
			Name: name[1+lastSlash(name):], Servers: kind, Call: call, Context: call.Args[0],
			Deferred: deferred, fn: f.declared(file, call.Pos()),
		})
	}
	return found
}

// isSideServer reports whether the server that a call stops is for others than clients.
func (f *finder) isSideServer(instr ssa.CallInstruction, call *ast.CallExpr) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sideWords.MatchString(types.ExprString(sel.X)) {
		return true
	}
	server, side := flow.Operand(instr, catalog.Recv), false
	if server == nil {
		return false
	}
	stopped := f.g.Reach(server)
	for _, s := range f.evidence.Starts {
		if s.bound == nil {
			continue
		}
		for o := range f.g.Reach(s.bound) {
			if o.Kind == flow.Unknown || o.Kind == flow.Nil || !stopped[o] {
				continue
			}
			if !s.Side {
				return false
			}
			side = true
		}
	}
	return side
}

func lastSlash(name string) int {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' {
			return i
		}
	}
	return -1
}

// endless are functions that return a context which nothing ends.
var endless = map[string]bool{"context.Background": true, "context.TODO": true, "context.WithoutCancel": true}

// limited reports whether the function around a call looks at a clock: it may wait no longer than
// that, whatever the call does.
func (f *finder) limited(call *ast.CallExpr) bool {
	var decl ast.Node
	for _, node := range f.g.Path(call.Pos()) {
		if d, ok := node.(*ast.FuncDecl); ok {
			decl = d
		}
	}
	found := false
	if decl != nil {
		ast.Inspect(decl, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				fn, _ := typeutil.Callee(f.pass.TypesInfo, call).(*types.Func)
				switch catalog.Name(fn) {
				case "time.After", "time.AfterFunc", "time.NewTimer":
					found = true
				}
			}
			return !found
		})
	}
	return found
}
