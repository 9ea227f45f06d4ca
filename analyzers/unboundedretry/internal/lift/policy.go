package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/policy"
)

// steady reports whether an expression can be written in front of the loop: it has no effect, and
// the loop changes none of its variables.
func (l *lift) steady(e ast.Expr) bool {
	if !l.innocent(e) {
		return false
	}
	own := l.Assigned(l.loop)
	same := true
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			name := l.FuncName(call)
			same = same && !strings.HasPrefix(name, "math/rand.") && name != "time.Now" && name != "time.Since" && name != "time.Until"
		}
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if obj := l.Pass.TypesInfo.Uses[id]; obj != nil {
			v, isVar := obj.(*types.Var)
			same = same && !own[obj] && (isVar && v.IsField() || l.Visible(obj, l.loop.Pos()) || isForeign(obj, l.Pass.Pkg))
		}
		return true
	})
	return same
}

// isForeign reports whether an object is one of another package: it is named by a selector.
func isForeign(obj types.Object, pkg *types.Package) bool {
	_, isPkg := obj.(*types.PkgName)
	return !isPkg && obj.Pkg() != nil && obj.Pkg() != pkg
}

// policy returns the policy that is as the loop was, as far as that was right, with the edits that
// import what it mentions. It is "" where the loop has a delay that cannot be written in front of it.
func (l *lift) policy(retryName string) (string, []analysis.TextEdit) {
	var fields []string
	if !l.count.endless {
		n := l.attempts()
		if n == "" {
			return "", nil
		}
		l.uses(l.count.limit)
		fields = append(fields, "MaxAttempts: "+n)
	}
	waits := l.Waits()
	if l.Retry.Waits != (len(waits) > 0) {
		return "", nil // a helper waits
	}
	for _, w := range waits {
		if !l.isGone(w.Call) {
			return "", nil
		}
	}
	var imports []analysis.TextEdit
	if len(waits) > 0 {
		base, more, constant := l.base(waits)
		if base == "" {
			return "", nil
		}
		fields, imports = append(fields, "Base: "+base), append(imports, more...)
		most, more, ok := l.most(base, constant)
		if !ok {
			return "", nil
		}
		if most != "" {
			fields, imports = append(fields, "Cap: "+most), append(imports, more...)
		}
	}
	return retryName + ".Policy{" + strings.Join(fields, ", ") + "}", imports
}

// base returns the first delay, and its value if it is a constant.
func (l *lift) base(waits []*site.Wait) (string, []analysis.TextEdit, time.Duration) {
	var expr ast.Expr
	if len(waits) == 1 {
		expr = l.first(waits[0].Call.Args[0])
	}
	if expr != nil && l.steady(expr) && types.TypeString(l.Pass.TypesInfo.TypeOf(expr), nil) == "time.Duration" {
		n, isConst := l.constInt(expr)
		if text, err := l.Text(expr); err == nil && (!isConst || l.Retry.Delay == 0 || time.Duration(n) == l.Retry.Delay) && (!isConst || n > 0) {
			l.uses(expr)
			return text, nil, time.Duration(n)
		}
	}
	if d := l.Retry.Delay; d > 0 {
		text, imports := l.Duration(d, l.loop.Pos())
		return text, imports, d
	}
	return "", nil, 0
}

// first returns what a delay is computed from: the start of a variable, the factor that stays.
func (l *lift) first(delay ast.Expr) ast.Expr {
	for range 8 {
		delay = ast.Unparen(delay)
		switch e := delay.(type) {
		case *ast.Ident:
			v := l.Object(e)
			if v == nil || !l.delays[v] {
				return e
			}
			if _, value := l.Declaration(v); value != nil {
				delay = value
				continue
			}
			if value := l.Computed(e); value != nil {
				delay = value
				continue
			}
			return nil
		case *ast.BinaryExpr:
			varies := func(e ast.Expr) bool { return !l.steady(e) }
			switch {
			case !varies(e):
				return e
			case e.Op == token.MUL && varies(e.X) && !varies(e.Y):
				delay = e.Y
			case (e.Op == token.MUL || e.Op == token.SHL) && !varies(e.X):
				delay = e.X
			default:
				return nil
			}
			continue
		}
		return delay
	}
	return nil
}

// defaultCap is the ceiling of a policy that has none.
const defaultCap = 10 * time.Second

// most returns the longest delay, "" where that is the policy's own.
func (l *lift) most(base string, first time.Duration) (string, []analysis.TextEdit, bool) {
	switch {
	case l.Retry.Ceiling > 0 && l.Retry.Growth > policy.Constant:
		text, imports := l.Duration(max(l.Retry.Ceiling, first), l.loop.Pos())
		return text, imports, true
	case l.Retry.Capped && l.Retry.Growth > policy.Constant:
		text := l.bound()
		return text, nil, text != ""
	case first > defaultCap:
		return base, nil, true
	case first == 0, !strings.Contains(base, "time.") && !l.needsTime():
		// It may be shorter than the first delay. And the mention of package time keeps its import
		// in use, which other fixes may count on.
		text, imports := l.Duration(defaultCap, l.loop.Pos())
		return text, imports, true
	}
	return "", nil, true
}

// request returns the request that the attempts send, if it was made before, and there is but one.
func (l *lift) request() types.Object {
	var found types.Object
	several := false
	ast.Inspect(l.attempt, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, isVar := l.Pass.TypesInfo.Uses[id].(*types.Var)
			if isVar && !v.IsField() && v.Pos() < l.loop.Pos() && catalog.TypeName(v.Type()) == "net/http.Request" {
				several = several || found != nil && found != v
				found = v
			}
		}
		return true
	})
	if several || found == nil || l.Assigned(l.loop)[found] || !l.Visible(found, l.loop.Pos()) {
		return nil
	}
	return found
}

// defines reports whether the attempts declare a variable of that name, for all of their statements.
func (l *lift) defines(name string) bool {
	scope := l.Pass.TypesInfo.Scopes[l.attempt]
	return scope != nil && scope.Lookup(name) != nil
}

// needsTime reports whether the file mentions package time where nothing goes.
func (l *lift) needsTime() bool {
	return slices.ContainsFunc(l.packageMentions("time"), func(id *ast.Ident) bool { return !l.goes(id.Pos(), id.End()) })
}

// mayLoseContext reports whether the loop is all that needs package context in its file: a fix in the
// loop that does without may drop the import, which this one would have needed.
func (l *lift) mayLoseContext() bool {
	ids := l.packageMentions("context")
	return len(ids) > 0 && !slices.ContainsFunc(ids, func(id *ast.Ident) bool { return id.Pos() < l.loop.Pos() || l.loop.End() < id.Pos() })
}

// packageMentions returns where the file mentions a package.
func (l *lift) packageMentions(path string) []*ast.Ident {
	var ids []*ast.Ident
	for id, obj := range l.Pass.TypesInfo.Uses {
		pkg, ok := obj.(*types.PkgName)
		if ok && pkg.Imported().Path() == path && l.File.FileStart <= id.Pos() && id.Pos() < l.File.FileEnd {
			ids = append(ids, id)
		}
	}
	return ids
}

// bound returns the longest delay as the loop says it: if d > most { d = most }, min(d*2, most).
func (l *lift) bound() string {
	var found ast.Expr
	for _, node := range l.gone {
		ast.Inspect(node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.IfStmt:
				cmp, ok := n.Cond.(*ast.BinaryExpr)
				if ok && (cmp.Op == token.GTR || cmp.Op == token.GEQ) && l.delays[l.Object(cmp.X)] && l.steady(cmp.Y) {
					found = cmp.Y
				}
			case *ast.CallExpr:
				if l.FuncName(n) == "min" || isMin(n) {
					for _, arg := range n.Args {
						if l.steady(arg) {
							found = arg
						}
					}
				}
			}
			return true
		})
	}
	if found == nil || types.TypeString(l.Pass.TypesInfo.TypeOf(found), nil) != "time.Duration" {
		return ""
	}
	text, err := l.Text(found)
	if err != nil {
		return ""
	}
	l.uses(found)
	return text
}

// isMin reports whether a call is one of the builtin function.
func isMin(call *ast.CallExpr) bool {
	id, ok := call.Fun.(*ast.Ident)
	return ok && id.Name == "min"
}

// within returns the expression for the context of the retry, and the name that it has in the
// attempts, "_" where they do not mention it. It is "" where there are several to choose from.
func (l *lift) within() (expr, name string, imports []analysis.TextEdit) {
	var found types.Object
	several, field := false, ""
	ast.Inspect(l.attempt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if catalog.TypeName(l.Pass.TypesInfo.TypeOf(n)) == "context.Context" && l.steady(n) {
				text, err := l.Text(n)
				several = several || err != nil || field != "" && field != text
				field = text
				return false
			}
		case *ast.Ident:
			obj := l.Pass.TypesInfo.Uses[n]
			v, isVar := obj.(*types.Var)
			if isVar && isContext(v) && v.Pos() < l.loop.Pos() && !v.IsField() {
				several = several || found != nil && found != obj
				found = obj
			}
		}
		return true
	})
	switch {
	case several || found != nil && field != "":
		return "", "", nil
	case found != nil:
		if l.Assigned(l.loop)[found] || !l.Visible(found, l.loop.Pos()) {
			return "", "", nil
		}
		l.named[found] = true
		if name = found.Name(); l.defines(name) {
			name = "_"
		}
		return found.Name(), name, nil
	case field != "":
		return field, "_", nil
	case l.Retry.Ctx != nil:
		return l.Context(l.loop), "_", nil
	}
	if req := l.request(); req != nil {
		l.named[req] = true
		return req.Name() + ".Context()", "_", nil
	}
	// Nobody could end the attempts before, and nobody can now: but there are only a few.
	pkg, imports := l.Import("context", l.loop.Pos())
	return pkg + ".Background()", l.passOn(), imports
}

// passOn makes the attempts use the context of the retry where each made one of nothing. It returns
// the name that the context has there.
func (l *lift) passOn() string {
	var roots []*ast.CallExpr
	declared := false
	ast.Inspect(l.attempt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if name := l.FuncName(n); (name == "context.Background" || name == "context.TODO") && !l.isGone(n) {
				roots = append(roots, n)
			}
		case *ast.Ident:
			declared = declared || n.Name == "ctx"
		}
		return true
	})
	if len(roots) == 0 || declared || !l.Free("ctx", l.loop.Pos()) {
		return "_"
	}
	for _, root := range roots {
		l.replace(root.Pos(), root.End(), "ctx")
	}
	return "ctx"
}
