package mend

import (
	"go/ast"
	"go/token"
	"go/types"
	"math/bits"
	"strconv"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

// longest is the ceiling that fixes give to delays: as much as a person waits who looks on.
const longest = time.Minute

// ceiling returns the edits that keep the delays of a loop from growing for ever, nil if it cannot
// be seen how they grow.
func (x *mender) ceiling(waits []*wait) []analysis.TextEdit {
	var edits []analysis.TextEdit
	for _, w := range waits {
		arg := w.Call.Args[0]
		if capped, ok := x.steps(arg); ok {
			if capped == nil {
				return nil
			}
			edits = append(edits, capped...)
			continue
		}
		sources := []ast.Expr{arg}
		if value := x.Computed(arg); value != nil {
			sources = append(sources, value)
		}
		capped := x.exponents(sources)
		if capped == nil {
			return nil
		}
		if arg == sources[0] && len(sources) == 1 {
			// The argument is written anew if it gets jitter, too.
			text, err := x.edited(arg, capped)
			if err != nil {
				return nil
			}
			w.delay = text
			continue
		}
		edits = append(edits, capped...)
	}
	if edits == nil {
		edits = []analysis.TextEdit{}
	}
	return edits
}

// steps returns the edits that limit the assignments by which the loop makes its delay grow: d *= 2.
// It reports whether there are any.
func (x *mender) steps(delay ast.Expr) (edits []analysis.TextEdit, ok bool) {
	v, isVar := x.Object(delay).(*types.Var)
	if !isVar {
		return nil, false
	}
	failed := false
	ast.Inspect(x.Retry.Node, func(n ast.Node) bool {
		assign, isAssign := n.(*ast.AssignStmt)
		if !isAssign || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 || x.Object(assign.Lhs[0]) != v || !x.Mentions(assign.Rhs[0], v) && assign.Tok == token.ASSIGN || assign.Tok == token.DEFINE {
			return true
		}
		ok = true
		capped := x.limit(assign, v)
		failed = failed || capped == nil
		edits = append(edits, capped...)
		return true
	})
	if failed {
		return nil, ok
	}
	return edits, ok
}

// limit returns the edits that limit what an assignment gives to a variable.
func (x *mender) limit(assign *ast.AssignStmt, v *types.Var) []analysis.TextEdit {
	if types.TypeString(v.Type(), nil) != "time.Duration" {
		return nil
	}
	most, imports := x.Duration(longest, assign.Pos())
	rhs, err := x.Text(assign.Rhs[0])
	if err != nil {
		return nil
	}
	if !x.GoAtLeast("go1.21") || !x.builtin("min", assign.Pos()) {
		return append(imports, fix.Insert(assign.End(), "\nif "+v.Name()+" > "+most+" {\n"+v.Name()+" = "+most+"\n}"))
	}
	if assign.Tok != token.ASSIGN {
		if _, binary := ast.Unparen(assign.Rhs[0]).(*ast.BinaryExpr); binary {
			rhs = "(" + rhs + ")"
		}
		op := assign.Tok.String()
		rhs = v.Name() + op[:len(op)-1] + rhs
	}
	return append(imports, fix.Replace(assign, v.Name()+" = min("+rhs+", "+most+")"))
}

// exponents returns the edits that limit by how much expressions are shifted, or the power that they
// raise two to.
func (x *mender) exponents(exprs []ast.Expr) []analysis.TextEdit {
	if !x.GoAtLeast("go1.21") || !x.builtin("min", exprs[0].Pos()) {
		return nil
	}
	most := 6 // a minute, if the first delay is a second
	if first := x.Retry.Delay; first > 0 {
		most = max(1, bits.Len64(uint64(longest/first))-1)
	}
	var edits []analysis.TextEdit
	limit := func(e ast.Expr) {
		for {
			call, ok := ast.Unparen(e).(*ast.CallExpr) // uint(attempt)
			if !ok || len(call.Args) != 1 || !x.Pass.TypesInfo.Types[call.Fun].IsType() {
				break
			}
			e = call.Args[0]
		}
		basic, ok := x.Pass.TypesInfo.TypeOf(e).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 || x.Pass.TypesInfo.Types[e].Value != nil {
			return
		}
		if text, err := x.Text(e); err == nil {
			edits = append(edits, fix.Replace(e, "min("+text+", "+strconv.Itoa(most)+")"))
		}
	}
	for _, expr := range exprs {
		ast.Inspect(expr, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if n.Op == token.SHL {
					limit(n.Y)
				}
			case *ast.CallExpr:
				switch x.FuncName(n) {
				case "math.Pow":
					limit(n.Args[1])
				case "math.Exp2":
					limit(n.Args[0])
				}
			}
			return true
		})
	}
	return edits
}

// edited returns the text of an expression after edits within it.
func (x *mender) edited(e ast.Expr, edits []analysis.TextEdit) (string, error) {
	text, err := x.Text(e)
	if err != nil {
		return "", err
	}
	for i := len(edits) - 1; i >= 0; i-- { // in the order of the source
		from, to := edits[i].Pos-e.Pos(), edits[i].End-e.Pos()
		text = text[:from] + string(edits[i].NewText) + text[to:]
	}
	return text, nil
}
