package lift

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

// shape returns what makes the new text of a loop: one that success breaks out of, or one that it
// returns from. It returns nil for one that does neither, or both.
func (l *lift) shape() func(*lift) bool {
	var breaks, returns, fails []exit
	for _, e := range l.exits {
		switch stmt := e.stmt.(type) {
		case *ast.ReturnStmt:
			returns = append(returns, e)
		case *ast.BranchStmt:
			if stmt.Tok == token.BREAK {
				breaks = append(breaks, e)
			} else {
				fails = append(fails, e)
			}
		default:
			fails = append(fails, e)
		}
	}
	if len(fails) == 0 {
		return nil
	}
	if err := l.settled(breaks, fails); err != nil {
		if len(returns) > 0 {
			return nil
		}
		l.err = err
		return (*lift).assigns
	}
	if len(returns) > 0 {
		return (*lift).returns
	}
	return nil
}

// settled returns the error, declared in front of the loop, that is nil where an attempt that
// succeeded breaks out of the loop, and is not where it failed. If there are several, it is the one
// that is asked for after the loop.
func (l *lift) settled(breaks, fails []exit) types.Object {
	var found types.Object
	for _, e := range breaks {
		for obj, n := range e.known {
			if n != isNil || !l.isOuter(obj) || obj == found {
				continue
			}
			settles := !slices.ContainsFunc(breaks, func(e exit) bool { return e.known[obj] == unknown }) &&
				!slices.ContainsFunc(fails, func(e exit) bool { return e.known[obj] != notNil })
			if settles && (found == nil || !l.isAsked(found) && (l.isAsked(obj) || obj.Pos() < found.Pos())) {
				found = obj
			}
		}
	}
	return found
}

// isOuter reports whether a variable is one of the function that is declared in front of the loop.
func (l *lift) isOuter(obj types.Object) bool {
	return obj.Pkg() == l.Pass.Pkg && obj.Parent() != l.Pass.Pkg.Scope() && obj.Pos() < l.loop.Pos()
}

// isAsked reports whether a variable is read after the loop.
func (l *lift) isAsked(obj types.Object) bool {
	return slices.ContainsFunc(l.tail, func(stmt ast.Stmt) bool { return l.reads(obj, stmt) })
}

// assigns makes err = retry.Do(…) of a loop that success breaks out of, or value, err = retry.Value(…).
func (l *lift) assigns() bool {
	l.value = l.onlyValue()
	if l.comparesError() || !l.ends("") {
		return false
	}
	targets, function, result := l.err.Name(), "Do", "error"
	if l.isValue {
		text := l.valueType()
		if text == "" {
			return false
		}
		targets, function, result = l.value.Name()+", "+targets, "Value", "("+text+", error)"
	}
	if len(l.tail) > 0 && l.returnsAll(l.tail[0]) {
		l.gone = append(l.gone, l.tail[0])
		return l.wrap("return ", function, result, "")
	}
	suffix := ""
	if l.count.endless && !l.testsError() {
		// Success was the only way out.
		ret := l.ReturnError(l.Func, l.err.Name(), l.loop)
		if ret == "" || ret == "return" {
			return false
		}
		suffix = "\nif " + l.err.Name() + " != nil {\n" + ret + "\n}"
	}
	assign := " = "
	if l.redeclares(l.err) && (!l.isValue || l.redeclares(l.value)) {
		assign = " := "
		l.undeclare(l.err)
		if l.isValue {
			l.undeclare(l.value)
		}
	} else if suffix == "" && !l.isAsked(l.err) && !l.isParameter(l.err) {
		return false // it would not be used
	}
	return l.wrap(targets+assign, function, result, suffix)
}

// comparesError reports whether what follows the loop takes its error for what the operation
// returned, where errors.Is and errors.As would look into that of a retry.
func (l *lift) comparesError() bool {
	found := false
	is := func(e ast.Expr) bool { return e != nil && l.err != nil && l.Object(e) == l.err }
	for _, stmt := range l.tail {
		ast.Inspect(stmt, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				found = found || is(n.X) && !l.isNil(n.Y) || is(n.Y) && !l.isNil(n.X)
			case *ast.TypeAssertExpr:
				found = found || is(n.X)
			case *ast.SwitchStmt:
				found = found || is(n.Tag)
			}
			return !found
		})
	}
	return found
}

// isParameter reports whether a variable is a parameter or a result of the function.
func (l *lift) isParameter(obj types.Object) bool { return obj.Pos() < l.Body.Pos() }

// onlyValue returns what the first statement of an attempt gives a value to beside the error, if
// nothing else in the loop mentions it.
func (l *lift) onlyValue() types.Object {
	assign, ok := l.kept[0].(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != 2 || l.Object(assign.Lhs[1]) != l.err {
		return nil
	}
	v := l.Object(assign.Lhs[0])
	if v == nil {
		return nil
	}
	for _, id := range l.mentionsOf(v) {
		if l.loop.Pos() < id.Pos() && id.Pos() < l.loop.End() && id != assign.Lhs[0] {
			return nil
		}
	}
	return v
}

// valueType returns the type of the value as its declaration has it.
func (l *lift) valueType() string {
	decl, _ := l.Declaration(l.value)
	if stmt, ok := decl.(*ast.DeclStmt); ok {
		if typ := stmt.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Type; typ != nil {
			return l.TypeText(typ, l.loop)
		}
	}
	if l.Func.Results != nil && decl == nil {
		for _, field := range l.Func.Results.List {
			for _, name := range field.Names {
				if l.Pass.TypesInfo.Defs[name] == l.value {
					return l.TypeText(field.Type, l.loop)
				}
			}
		}
	}
	return ""
}

// returnsAll reports whether a statement returns just what the retry does.
func (l *lift) returnsAll(stmt ast.Stmt) bool {
	ret, ok := stmt.(*ast.ReturnStmt)
	if !ok || len(ret.Results) != len(fix.Results(l.Func)) {
		return false
	}
	if l.isValue {
		return len(ret.Results) == 2 && l.Object(ret.Results[0]) == l.value && l.Object(ret.Results[1]) == l.err
	}
	return len(ret.Results) == 1 && l.Object(ret.Results[0]) == l.err
}

// returnsOnly reports whether a statement returns the error of the last attempt, and nothing else
// but zero values.
func (l *lift) returnsOnly(stmt ast.Stmt) bool {
	ret, ok := stmt.(*ast.ReturnStmt)
	if !ok || l.err == nil {
		return false
	}
	n := len(ret.Results)
	return (n == 1 || n == 2 && isZero(ret.Results[0])) && l.Object(ret.Results[n-1]) == l.err
}

// isZero reports whether an expression is written as a zero value: nil, 0, "", false, T{}.
func isZero(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Value == "0" || e.Value == `""` || e.Value == "``"
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	case *ast.Ident:
		return e.Name == "nil" || e.Name == "false"
	}
	return false
}

// testsError reports whether what follows the loop asks for the error first of all.
func (l *lift) testsError() bool {
	if len(l.tail) == 0 {
		return false
	}
	switch stmt := l.tail[0].(type) {
	case *ast.IfStmt:
		return stmt.Init == nil && l.Mentions(stmt.Cond, l.err)
	case *ast.ReturnStmt:
		return l.Mentions(stmt, l.err)
	}
	return false
}

// redeclares reports whether the declaration of a variable can go, as the new statement declares it.
func (l *lift) redeclares(v types.Object) bool {
	decl, value := l.Declaration(v)
	if decl == nil || value != nil || l.named[v] || !slices.Contains(l.list, decl) {
		return false
	}
	return !slices.ContainsFunc(l.mentionsOf(v), func(id *ast.Ident) bool {
		return id.Pos() < l.loop.End() && !l.goes(id.Pos(), id.End())
	})
}

// undeclare takes the declaration of a variable away.
func (l *lift) undeclare(v types.Object) {
	decl, _ := l.Declaration(v)
	l.gone = append(l.gone, decl)
}

// returns makes return retry.Do(…), or retry.Value, of a loop that success returns from.
func (l *lift) returns() bool {
	results := fix.Results(l.Func)
	n := len(results)
	if n == 0 || n > 2 || !types.Identical(l.Pass.TypesInfo.TypeOf(results[n-1]), types.Universe.Lookup("error").Type()) {
		return false
	}
	function, result, zero := "Do", "error", ""
	if n == 2 {
		text := l.TypeText(results[0], l.loop)
		if zero = l.Zero(results[0], l.loop); zero == "" || text == "" {
			return false
		}
		function, result, zero = "Value", "("+text+", error)", zero+", "
	}
	if !l.findError() {
		return false
	}
	bare := len(l.tail) == 0 && l.count.endless || len(l.tail) == 1 && l.returnsOnly(l.tail[0])
	if !bare && !l.terminates() {
		return false
	}
	name := ""
	if n == 2 && !bare {
		if name = l.valueName(); name == "" {
			return false
		}
	}
	if !l.ends(zero) {
		return false
	}
	if bare {
		for _, stmt := range l.tail {
			l.gone = append(l.gone, stmt)
		}
		return l.wrap("return ", function, result, "")
	}
	if l.gaveUp || l.comparesError() {
		return false // what follows the loop is not for errors that ended it at once
	}
	return l.around(function, result, name)
}

// around keeps what the function does after the last attempt, for where that failed.
func (l *lift) around(function, result, name string) bool {
	err, assign := "err", ":="
	if l.err != nil {
		err = l.err.Name()
		if l.redeclares(l.err) {
			l.undeclare(l.err)
		} else if name == "" {
			assign = "="
		}
	} else if name == "" && !l.Free("err", l.loop.Pos()) {
		return false
	}
	targets, values := err, "nil"
	if name != "" {
		targets, values = name+", "+err, name+", nil"
	}
	last := l.tail[len(l.tail)-1]
	l.edits = append(l.edits, fix.Insert(last.End(), "\n}\nreturn "+values))
	return l.wrap(targets+" "+assign+" ", function, result, "\nif "+err+" != nil {")
}

// terminates reports whether the function returns after the loop, without going on elsewhere.
func (l *lift) terminates() bool {
	if len(l.tail) == 0 || l.count.endless {
		return false
	}
	_, ok := l.tail[len(l.tail)-1].(*ast.ReturnStmt)
	return ok
}

// findError finds the error of the last attempt that is returned after the loop. It reports false if
// there are several.
func (l *lift) findError() bool {
	for _, stmt := range l.tail {
		several := false
		ast.Inspect(stmt, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				obj := l.Pass.TypesInfo.Uses[id]
				if obj != nil && isErrorVar(obj) && l.isOuter(obj) {
					several = several || l.err != nil && l.err != obj
					l.err = obj
				}
			}
			return true
		})
		if several {
			return false
		}
	}
	return true
}

// valueName returns a name for the result of the retry: the one that the attempts give it.
func (l *lift) valueName() string {
	for _, e := range l.exits {
		if ret, ok := e.stmt.(*ast.ReturnStmt); ok && len(ret.Results) == 2 {
			if id, ok := ret.Results[0].(*ast.Ident); ok && id.Name != "nil" && l.Free(id.Name, l.loop.Pos()) {
				return id.Name
			}
		}
	}
	return l.Fresh(l.loop.Pos(), "value", "result")
}

// wrap writes the call around the attempt.
func (l *lift) wrap(prefix, function, result, suffix string) bool {
	retryName, imports := l.Import(retryPackage, l.loop.Pos())
	ctx, param, more := l.within()
	if ctx == "" || l.mayLoseContext() {
		return false
	}
	imports = append(imports, more...)
	policy, more := l.policy(retryName)
	if policy == "" {
		return false
	}
	imports = append(imports, more...)
	pkg, more := l.Import("context", l.loop.Pos())
	imports = append(imports, more...)
	typ := pkg + ".Context"
	if param != "_" {
		typ = param + " " + typ
	}
	text := prefix + retryName + "." + function + "(" + ctx + ", " + policy + ", func(" + typ + ") " + result + " {"
	l.spans = append(l.spans, extent{l.loop.Pos(), l.attempt.Lbrace + 1})
	closing := l.atEnd + "})" + suffix
	l.edits = append(l.edits,
		analysis.TextEdit{Pos: l.loop.Pos(), End: l.attempt.Lbrace + 1, NewText: []byte(text)},
		analysis.TextEdit{Pos: l.attempt.Rbrace, End: l.attempt.Rbrace + 1, NewText: []byte(closing)})
	l.imports = imports
	return true
}
