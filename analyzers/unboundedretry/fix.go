package unboundedretry

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// style is what fixes are written with.
var style = fix.Auto

func init() {
	Analyzer.Flags.Var(&style, "fixstyle", "write fixes with the standard library (`std`) or resilint's runtime package (runtime); auto is runtime where the module requires it")
}

// A fixer builds the edits for one retry.
type fixer struct {
	*fix.Builder
	g     *flow.Graph
	retry *loops.Retry

	// The function that the retry stands in, and what encloses it there, innermost first.
	fn   *ast.FuncType
	body *ast.BlockStmt
	path []ast.Node
}

// fix returns the edit that mends all the faults of a retry, or nil where none is right. One that
// mended a part of them would hide the others: a finding that was fixed is not looked at again.
func (r *reporter) fix(retry *loops.Retry, faults []string) *analysis.SuggestedFix {
	x := r.fixer(retry, retry.Node)
	if x == nil || retry.Spins || retry.Misuse != "" {
		return nil
	}
	if x.UsesRuntime(style) {
		if edits := x.lift(faults); edits != nil {
			return &analysis.SuggestedFix{Message: "Use retry.Do", TextEdits: edits}
		}
	}
	return x.mend(faults)
}

// fixer returns what builds edits in the function around a node of a retry.
func (r *reporter) fixer(retry *loops.Retry, node ast.Node) *fixer {
	file := r.g.FileOf(node.Pos())
	if file == nil || retry.Form != loops.Loop && retry.Form != loops.Goto {
		return nil
	}
	x := &fixer{Builder: &fix.Builder{Pass: r.pass, File: file}, g: r.g, retry: retry}
	x.fn, x.body, x.path = r.around(node.Pos())
	if x.fn == nil || x.body == nil {
		return nil
	}
	return x
}

// around returns the innermost function that a position lies in, and what encloses the position
// within its body.
func (r *reporter) around(pos token.Pos) (*ast.FuncType, *ast.BlockStmt, []ast.Node) {
	path := r.g.Path(pos)
	for i, node := range path {
		switch node := node.(type) {
		case *ast.FuncLit:
			return node.Type, node.Body, path[:i]
		case *ast.FuncDecl:
			return node.Type, node.Body, path[:i]
		}
	}
	return nil, nil, nil
}

// mend returns the edits that mend a loop with the standard library alone.
func (x *fixer) mend(faults []string) *analysis.SuggestedFix {
	listens := has(faults, codeIgnoresContext)
	var jitters, caps bool
	for _, code := range faults {
		switch code {
		case codeIgnoresContext:
		case codeNoCap:
			if !listens {
				return nil // after how many attempts?
			}
		case codeConstantDelay:
			if x.retry.Bounds&^policy.ByContext == 0 {
				return nil // it has to grow
			}
			jitters = true
		case codeNoJitter:
			jitters = true
		case codeOverflow:
			caps = true
		default:
			return nil
		}
	}
	waits := x.waits()
	if len(waits) == 0 || listens && !x.covers(waits) {
		return nil
	}
	var edits []analysis.TextEdit
	if caps {
		capped := x.ceiling(waits)
		if capped == nil {
			return nil
		}
		edits = append(edits, capped...)
	}
	if jitters {
		for _, w := range waits {
			if !x.jitter(w) {
				return nil
			}
		}
	}
	for _, w := range waits {
		more := w.edits(x, listens)
		if more == nil {
			return nil
		}
		edits = append(edits, more...)
	}
	return &analysis.SuggestedFix{Message: title(listens, jitters, caps), TextEdits: edits}
}

func title(listens, jitters, caps bool) string {
	switch {
	case listens:
		return "Wait in a select"
	case jitters:
		return "Add jitter"
	case caps:
		return "Give the delay a ceiling"
	}
	return ""
}

// covers reports whether all calls of time.Sleep between attempts are among the waits: those in
// helpers are not.
func (x *fixer) covers(waits []*wait) bool {
	for _, sleep := range x.retry.Sleeps {
		found := false
		for _, w := range waits {
			found = found || w.sleeps && w.call.Pos() <= sleep.Pos() && sleep.Pos() < w.call.End()
		}
		if !found {
			return false
		}
	}
	return len(x.retry.Sleeps) > 0
}

// context returns the expression for the context at hand, "" if its name means something else here.
func (x *fixer) context(at ast.Node) string {
	ctx := x.retry.Ctx
	if ctx == nil || !x.Visible(ctx, at.Pos()) {
		return ""
	}
	if catalog.TypeName(ctx.Type()) == "net/http.Request" {
		return ctx.Name() + ".Context()"
	}
	return ctx.Name()
}

// funcName returns the full name of the function that a call calls, "" if that is none by name.
func (x *fixer) funcName(call *ast.CallExpr) string {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.Ident:
		id = fun
	default:
		return ""
	}
	switch obj := x.Pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		return catalog.Name(obj)
	case *types.Builtin:
		return obj.Name()
	}
	return ""
}

// object returns the variable or constant that an expression names, or nil.
func (x *fixer) object(e ast.Expr) types.Object {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	return x.Pass.TypesInfo.ObjectOf(id)
}

// builtin reports whether the name of a builtin function means it at pos.
func (x *fixer) builtin(name string, pos token.Pos) bool {
	return x.Visible(types.Universe.Lookup(name), pos)
}

// declaration returns the statement that declares a variable and nothing else, and the value that it
// gives to it, if any.
func (x *fixer) declaration(v types.Object) (decl ast.Stmt, value ast.Expr) {
	ast.Inspect(x.body, func(n ast.Node) bool {
		for _, stmt := range listOf(n) {
			if obj, init := x.declared(stmt); obj == v && v != nil {
				decl, value = stmt, init
			}
		}
		return decl == nil
	})
	return decl, value
}

// declared returns the one variable that a statement declares, and its value.
func (x *fixer) declared(stmt ast.Stmt) (types.Object, ast.Expr) {
	switch stmt := stmt.(type) {
	case *ast.AssignStmt:
		if id, ok := stmt.Lhs[0].(*ast.Ident); ok && stmt.Tok == token.DEFINE && len(stmt.Lhs) == 1 {
			return x.Pass.TypesInfo.Defs[id], stmt.Rhs[0]
		}
	case *ast.DeclStmt:
		gen, ok := stmt.Decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR || len(gen.Specs) != 1 {
			break
		}
		spec := gen.Specs[0].(*ast.ValueSpec)
		if len(spec.Names) != 1 {
			break
		}
		obj := x.Pass.TypesInfo.Defs[spec.Names[0]]
		if len(spec.Values) == 1 {
			return obj, spec.Values[0]
		}
		return obj, nil
	}
	return nil, nil
}
