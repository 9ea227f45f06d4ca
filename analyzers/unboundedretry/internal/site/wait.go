package site

import (
	"go/ast"
	"go/token"

	"github.com/resilint/resilint/internal/fix"
)

// A Wait is a place in a loop where it waits for time to pass.
type Wait struct {
	Call   *ast.CallExpr // of time.Sleep, time.After, time.NewTimer
	Stmt   ast.Stmt      // in which it stands
	Listed bool          // other statements can stand before Stmt
	Sleeps bool          // it is time.Sleep, as a statement
}

// Waits returns the places where the loop waits: those that are not in a function literal, and not
// the timeout of something else.
func (s *Site) Waits() []*Wait {
	var waits []*Wait
	var walk func(list []ast.Stmt, listed bool)
	add := func(call *ast.CallExpr, stmt ast.Stmt, listed, sleeps bool) {
		if len(call.Args) == 1 {
			waits = append(waits, &Wait{Call: call, Stmt: stmt, Listed: listed, Sleeps: sleeps})
		}
	}
	walk = func(list []ast.Stmt, listed bool) {
		for _, stmt := range list {
			if call := s.Timed(stmt); call != nil {
				add(call, stmt, listed, s.FuncName(call) == "time.Sleep")
			}
			switch stmt := stmt.(type) {
			case *ast.SelectStmt:
				for _, clause := range stmt.Body.List {
					clause := clause.(*ast.CommClause)
					if call := s.Timed(clause.Comm); call != nil && GoesOn(clause.Body) {
						add(call, stmt, listed, false)
					}
					walk(clause.Body, true)
				}
			case *ast.LabeledStmt:
				walk([]ast.Stmt{stmt.Stmt}, false)
			case *ast.ForStmt, *ast.RangeStmt:
				continue // its waits are its own
			default:
				for _, inner := range blocks(stmt) {
					walk(inner, true)
				}
			}
		}
	}
	switch node := s.Retry.Node.(type) {
	case *ast.ForStmt:
		walk(node.Body.List, true)
	case *ast.RangeStmt:
		walk(node.Body.List, true)
	case *ast.LabeledStmt:
		walk([]ast.Stmt{node.Stmt}, false)
		walk(s.following(node), true)
	}
	return waits
}

// following returns the statements that follow one in its list.
func (s *Site) following(stmt ast.Stmt) []ast.Stmt {
	for _, node := range s.Path {
		list := fix.Statements(node)
		for i, other := range list {
			if other == stmt {
				return list[i+1:]
			}
		}
	}
	return nil
}

// Timed returns the call by which a statement waits for time to pass, or nil.
func (s *Site) Timed(stmt ast.Stmt) *ast.CallExpr {
	var expr ast.Expr
	switch stmt := stmt.(type) {
	case *ast.ExprStmt:
		expr = stmt.X
	case *ast.AssignStmt:
		if len(stmt.Rhs) != 1 {
			return nil
		}
		expr = stmt.Rhs[0]
	default:
		return nil
	}
	receive, isReceive := ast.Unparen(expr).(*ast.UnaryExpr)
	if isReceive {
		expr = receive.X
	}
	call, ok := ast.Unparen(expr).(*ast.CallExpr)
	if !ok {
		return nil
	}
	_, isExpr := stmt.(*ast.ExprStmt)
	switch s.FuncName(call) {
	case "time.Sleep":
		return call
	case "time.After":
		if isReceive {
			return call
		}
	case "time.NewTimer":
		if !isExpr {
			return call
		}
	}
	return nil
}

// GoesOn reports whether a case of a select statement lets the loop go on: it is no timeout.
func GoesOn(body []ast.Stmt) bool {
	if len(body) == 0 {
		return true
	}
	jump, ok := body[len(body)-1].(*ast.BranchStmt)
	return ok && jump.Tok == token.CONTINUE
}

// blocks returns the lists of statements within a statement.
func blocks(stmt ast.Stmt) [][]ast.Stmt {
	switch stmt := stmt.(type) {
	case *ast.BlockStmt:
		return [][]ast.Stmt{stmt.List}
	case *ast.IfStmt:
		lists := [][]ast.Stmt{stmt.Body.List}
		if stmt.Else != nil {
			lists = append(lists, blocks(stmt.Else)...)
		}
		return lists
	case *ast.SwitchStmt:
		return clauses(stmt.Body)
	case *ast.TypeSwitchStmt:
		return clauses(stmt.Body)
	}
	return nil
}

func clauses(body *ast.BlockStmt) [][]ast.Stmt {
	var lists [][]ast.Stmt
	for _, clause := range body.List {
		lists = append(lists, fix.Statements(clause))
	}
	return lists
}
