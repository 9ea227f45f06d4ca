package lift

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

// A count is what the header of a loop says of the attempts.
type count struct {
	counter types.Object // nil if the attempts have no number
	endless bool
	limit   ast.Expr // what the counter is compared with
	offset  int64    // how many more attempts there are
	closed  bool     // the counter reaches the limit
}

// header reads the header of the loop. It reports false if it does more than to count.
func (l *lift) header() bool {
	switch loop := l.loop.(type) {
	case *ast.RangeStmt:
		l.attempt = loop.Body
		basic, ok := l.Pass.TypesInfo.TypeOf(loop.X).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 || loop.Key != nil && loop.Tok != token.DEFINE {
			return false
		}
		l.count.limit = loop.X
		if loop.Key != nil {
			l.count.counter = l.Object(loop.Key)
		}
		return true
	case *ast.ForStmt:
		l.attempt = loop.Body
		return l.counts(loop)
	}
	return false
}

// counts reads the header of a for statement: for {…}, for i := 1; i <= n; i++ {…}.
func (l *lift) counts(loop *ast.ForStmt) bool {
	c := &l.count
	if loop.Init == nil && loop.Cond == nil && loop.Post == nil {
		c.endless = true
		return true
	}
	first, isInit := loop.Init.(*ast.AssignStmt)
	post, isPost := loop.Post.(*ast.IncDecStmt)
	if !isInit || !isPost || first.Tok != token.DEFINE || len(first.Lhs) != 1 || post.Tok != token.INC {
		return false
	}
	c.counter = l.Object(first.Lhs[0])
	from, isConst := l.constInt(first.Rhs[0])
	if l.Object(post.X) != c.counter || !isConst {
		return false
	}
	if loop.Cond == nil {
		c.endless = true
		return true
	}
	cmp, isCmp := ast.Unparen(loop.Cond).(*ast.BinaryExpr)
	if !isCmp || l.Object(cmp.X) != c.counter || cmp.Op != token.LSS && cmp.Op != token.LEQ {
		return false
	}
	c.limit, c.offset, c.closed = cmp.Y, -from, cmp.Op == token.LEQ
	if c.closed {
		c.offset++
	}
	return true
}

// constInt returns the integer constant that an expression is.
func (l *lift) constInt(e ast.Expr) (int64, bool) {
	value := l.Pass.TypesInfo.Types[e].Value
	if value == nil {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(value))
}

// attempts returns the expression for the number of attempts, "" if there is none that can be
// written in front of the loop.
func (l *lift) attempts() string {
	limit := ast.Unparen(l.count.limit)
	text, err := l.Text(limit)
	if err != nil {
		return ""
	}
	if n, ok := l.constInt(limit); ok {
		_, literal := limit.(*ast.BasicLit)
		switch n += l.count.offset; {
		case n < 2:
			return "" // no retry
		case literal || l.count.offset != 0:
			return strconv.FormatInt(n, 10)
		}
	}
	if !l.steady(limit) {
		return ""
	}
	if basic, ok := l.Pass.TypesInfo.TypeOf(limit).(*types.Basic); !ok || basic.Kind() != types.Int && basic.Kind() != types.UntypedInt {
		text = "int(" + text + ")"
	}
	switch {
	case l.count.offset > 0:
		return text + " + " + strconv.FormatInt(l.count.offset, 10)
	case l.count.offset < 0:
		return text + " - " + strconv.FormatInt(-l.count.offset, 10)
	}
	return text
}

// isLast reports whether a condition is true of the last attempt alone: i == n-1.
func (c *count) isLast(l *lift, cond ast.Expr) bool {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || c.counter == nil || c.limit == nil || cmp.Op != token.EQL && cmp.Op != token.GEQ {
		return false
	}
	var more int64
	x := ast.Unparen(cmp.X)
	if sum, ok := x.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		if more, ok = l.constInt(sum.Y); !ok {
			return false
		}
		x = sum.X
	}
	if l.Object(x) != c.counter {
		return false
	}
	if !c.closed {
		more--
	}
	y := ast.Unparen(cmp.Y)
	limit, isConst := l.constInt(c.limit)
	if is, ok := l.constInt(y); ok && isConst {
		return is == limit+more
	}
	if diff, ok := y.(*ast.BinaryExpr); ok && (diff.Op == token.SUB || diff.Op == token.ADD) {
		n, ok := l.constInt(diff.Y)
		if !ok {
			return false
		}
		if diff.Op == token.SUB {
			n = -n
		}
		y, more = diff.X, more-n
	}
	have, err := l.Text(y)
	want, err2 := l.Text(c.limit)
	return err == nil && err2 == nil && more == 0 && have == want
}
