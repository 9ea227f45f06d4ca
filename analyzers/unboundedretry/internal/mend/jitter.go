package mend

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
)

// jitter makes the delay of a wait random: half of it stays, so that it remains a delay.
func (x *mender) jitter(w *wait) bool {
	arg := w.Call.Args[0]
	text, err := x.Text(arg)
	if err != nil {
		return false
	}
	if w.delay != "" {
		text = w.delay
	}
	half := x.GoAtLeast("go1.22") && !x.mathRand(w.Call.Pos())
	if w.grows {
		if _, isConstant := x.constantDelay(arg); !half || !isConstant {
			return x.floatJitter(w, text)
		}
		rand, imports := x.Import("math/rand/v2", w.Call.Pos())
		w.delay, w.imports = text+"/2 + "+rand+".N("+text+"/2)", imports
		return true
	}
	if value := x.Pass.TypesInfo.Types[arg].Value; half && value != nil {
		return x.constantJitter(w, arg, value)
	}
	if half && x.Retry.Delay > 1 && x.isComputed(arg) {
		name := text
		if _, isName := ast.Unparen(arg).(*ast.Ident); !isName || w.delay != "" {
			if !x.isTyped(arg) {
				return false
			}
			name = x.Fresh(w.Stmt.Pos(), "delay", "wait", "pause")
			if name == "" || !w.Listed {
				return false
			}
			w.before = name + " := " + text + "\n"
		}
		rand, imports := x.Import("math/rand/v2", w.Call.Pos())
		// N panics for what is not positive: one more, in case that the delay gets very short.
		w.delay = name + "/2 + " + rand + ".N(" + name + "/2+1)"
		w.imports = imports
		return true
	}
	return x.floatJitter(w, text)
}

// isComputed reports whether a delay is made of constants and local variables: nobody else can make
// it a negative one.
func (x *mender) isComputed(delay ast.Expr) bool {
	if _, value := x.Declaration(x.Object(delay)); value != nil {
		delay = value
	}
	local := true
	ast.Inspect(delay, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := x.Pass.TypesInfo.Uses[id].(*types.Var); ok {
				local = local && x.Body.Pos() < v.Pos() && v.Pos() < x.Body.End()
			}
		}
		return true
	})
	return local
}

// isTyped reports whether an expression has its type from itself, not from what it is passed to:
// 1 << attempt has not.
func (x *mender) isTyped(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return false
	case *ast.BinaryExpr:
		return x.isTyped(e.X) || e.Op != token.SHL && x.isTyped(e.Y)
	case *ast.Ident:
		basic, ok := x.Object(e).(*types.Const)
		return !ok || !isUntyped(basic.Type())
	}
	return true
}

func isUntyped(t types.Type) bool {
	basic, ok := t.(*types.Basic)
	return ok && basic.Info()&types.IsUntyped != 0
}

// mathRand reports whether the file imports math/rand, and not its second version.
func (x *mender) mathRand(pos token.Pos) bool {
	first, edits := x.Import("math/rand", pos)
	_, more := x.Import("math/rand/v2", pos)
	return first != "" && edits == nil && more != nil
}

// floatJitter takes part of any delay: of one that may be 0, or negative, too.
func (x *mender) floatJitter(w *wait, text string) bool {
	from := "math/rand/v2"
	switch {
	case !x.GoAtLeast("go1.20"):
		return false // every process would draw the same numbers
	case !x.GoAtLeast("go1.22") || x.mathRand(w.Call.Pos()):
		from = "math/rand"
	}
	rand, imports := x.Import(from, w.Call.Pos())
	clock, more := x.Import("time", w.Call.Pos())
	w.delay = clock + ".Duration(float64(" + text + ") * (0.5 + " + rand + ".Float64()/2))"
	w.imports = append(imports, more...)
	return true
}

func (x *mender) constantJitter(w *wait, arg ast.Expr, value constant.Value) bool {
	n, ok := constant.Int64Val(constant.ToInt(value))
	if !ok || n < 2 {
		return false
	}
	rand, imports := x.Import("math/rand/v2", w.Call.Pos())
	var half string
	if text := x.constantName(arg); text != "" {
		half = text + "/2"
	} else {
		var more []analysis.TextEdit
		half, more = x.Duration(time.Duration(n/2), w.Call.Pos())
		imports = append(imports, more...)
	}
	w.delay = half + " + " + rand + ".N(" + strings.ReplaceAll(half, " ", "") + ")"
	w.imports = imports
	return true
}

// constantName returns the name of a constant, "" for a unit such as time.Second and for what is no
// name.
func (x *mender) constantName(e ast.Expr) string {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if sel, isSel := ast.Unparen(e).(*ast.SelectorExpr); isSel {
		id, ok = sel.Sel, true
	}
	if !ok {
		return ""
	}
	if obj := x.Pass.TypesInfo.Uses[id]; obj == nil || obj.Pkg() == nil || obj.Pkg().Path() == "time" {
		return ""
	}
	text, err := x.Text(e)
	if err != nil {
		return ""
	}
	return text
}
