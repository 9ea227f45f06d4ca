package mend

import (
	"go/ast"
	"go/constant"
	"go/token"
	"strconv"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/fix"
)

// doublings is how often a delay doubles that nobody here knows the length of.
const doublings = 4

// grow has all waits of a loop wait for one variable, which begins as what they wait for now and doubles
// after each wait, up to a ceiling. It returns nil where they wait for different times, or for one that
// is long enough already.
func (x *mender) grow(waits []*wait, take func(name string) bool) []analysis.TextEdit {
	arg := waits[0].Call.Args[0]
	first, err := x.Text(arg)
	at := x.Ahead(x.Path, x.Retry.Node)
	if err != nil || !at.IsValid() || !x.isTyped(arg) || x.calls(arg) || !x.Stays(arg, at, x.Retry.Node) || x.jumps() {
		return nil
	}
	most, edits := x.most(arg, first)
	if most == "" {
		return nil
	}
	for _, w := range waits {
		if text, err := x.Text(w.Call.Args[0]); err != nil || text != first || !x.follows(w) {
			return nil
		}
	}
	name := x.delayName(at, waits, take)
	if name == "" {
		return nil
	}
	step := name + " *= 2\nif " + name + " > " + most + " {\n" + name + " = " + most + "\n}"
	if x.GoAtLeast("go1.21") && x.builtin("min", arg.Pos()) {
		step = name + " = min(2*" + name + ", " + most + ")"
	}
	for _, w := range waits {
		w.delay, w.grows, w.after = name, true, step
	}
	return append(edits, fix.Insert(at, name+" := "+first+"\n"))
}

// most returns how long a delay gets that begins as an expression, "" if it is that long already.
func (x *mender) most(first ast.Expr, text string) (string, []analysis.TextEdit) {
	if d, ok := x.constantDelay(first); ok {
		if d < 2 || d >= longest {
			return "", nil
		}
		return x.Duration(longest, first.Pos())
	}
	if _, isBinary := ast.Unparen(first).(*ast.BinaryExpr); isBinary {
		text = "(" + text + ")"
	}
	return strconv.Itoa(1<<doublings) + "*" + text, nil
}

func (x *mender) constantDelay(e ast.Expr) (time.Duration, bool) {
	value := x.Pass.TypesInfo.Types[e].Value
	if value == nil {
		return 0, false
	}
	n, ok := constant.Int64Val(constant.ToInt(value))
	return time.Duration(n), ok
}

// delayName returns a name for the delay that is free where it is declared and wherever it is waited for.
func (x *mender) delayName(at token.Pos, waits []*wait, take func(name string) bool) string {
	for _, name := range []string{"delay", "backoff", "pause", "retryDelay"} {
		free := x.Free(name, at)
		for _, w := range waits {
			free = free && x.Free(name, w.Call.Pos())
		}
		if free && take(name) {
			return name
		}
	}
	return ""
}

// calls reports whether an expression calls a function: it may say something else each time.
func (x *mender) calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !x.Pass.TypesInfo.Types[call.Fun].IsType() {
			found = true
		}
		return !found
	})
	return found
}

// jumps reports whether the function has a goto to anything but the retry: it may not jump over the
// declaration of a variable.
func (x *mender) jumps() bool {
	found := false
	ast.Inspect(x.Body, func(n ast.Node) bool {
		if jump, ok := n.(*ast.BranchStmt); ok && jump.Tok == token.GOTO {
			label, ok := x.Retry.Node.(*ast.LabeledStmt)
			found = found || !ok || label.Label.Name != jump.Label.Name
		}
		return !found
	})
	return found
}

// follows finds where a statement can stand that runs once a wait is over, and reports whether there is
// such a place.
func (x *mender) follows(w *wait) bool {
	if !w.Listed {
		return false
	}
	if list, ok := w.Stmt.(*ast.SelectStmt); ok {
		for _, clause := range list.Body.List {
			clause := clause.(*ast.CommClause)
			if clause.Comm != nil && clause.Comm.Pos() <= w.Call.Pos() && w.Call.End() <= clause.Comm.End() && len(clause.Body) > 0 {
				w.then = clause.Body[0]
			}
		}
	}
	return true
}
