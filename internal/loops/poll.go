package loops

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

var (
	// probes are names of functions that ask whether something is there.
	probes = regexp.MustCompile(`(?i)^(test|ping|probe|health|ready|is|has|check|exists|wait|stat)|ping(context)?$`)
	// waiters are names of functions that wait for something to come about.
	waiters = regexp.MustCompile(`(?i)^(wait|await|poll|until)|_wait|untilready|waitfor`)
	// turns are names of functions that wait until it is their turn.
	turns = regexp.MustCompile(`^_?(?i:try|re)?_?(?i:acquire|obtain|lock|lease|elect|campaign)|Acquire|Lease|Lock([A-Z_]|$)|Leader`)
)

// polls reports whether a loop asks again and again whether something has come about: a server
// that starts, a port that opens. That it is not there yet is no failure.
func (f *finder) polls(c *cycle) bool {
	if c.isLabelled(waiters) {
		return true
	}
	for fn := c.fn; fn != nil; fn = fn.Parent() {
		if waiters.MatchString(fn.Name()) || turns.MatchString(fn.Name()) {
			return true
		}
	}
	for _, op := range c.ops {
		if name := flow.CalleeName(op); !probes.MatchString(name) && !turns.MatchString(name) && !f.probes(op) {
			return false
		}
	}
	return true
}

// isLabelled reports whether the loop, or one around it, has a label with such a name.
func (c *cycle) isLabelled(name *regexp.Regexp) bool {
	for _, node := range c.f.g.Path(c.ops[0].Pos()) {
		switch node := node.(type) {
		case *ast.LabeledStmt:
			if name.MatchString(node.Label.Name) {
				return true
			}
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}

// getters are names of functions that get something.
var getters = regexp.MustCompile(`(Get|List|Info|Version|Status|Describe|Inspect|Find|Count)`)

// unread reports whether a call returns something besides its error that nobody looks at: it is
// made to see whether it is answered.
func unread(op *ssa.Call) bool {
	if op.Call.Signature().Results().Len() < 2 {
		return false
	}
	for _, ref := range *op.Referrers() {
		if result, ok := ref.(*ssa.Extract); ok && !isError(result.Type()) && len(*result.Referrers()) > 0 {
			return false
		}
	}
	return true
}

// probes reports whether a call opens a connection just to see whether it can, or asks for a page
// that nobody reads.
func (f *finder) probes(op *ssa.Call) bool {
	callee := flow.CalleeObject(op)
	if getters.MatchString(flow.CalleeName(op)) && unread(op) {
		return true
	}
	api := catalog.CallOf(callee)
	if api == nil {
		return false
	}
	switch catalog.Name(callee) {
	case "net/http.Get", "net/http.Head", "net/http.Client.Get", "net/http.Client.Head":
		return !f.readsBody(op)
	}
	if api.Kind != catalog.Dial {
		return false
	}
	for _, ref := range *op.Referrers() {
		conn, ok := ref.(*ssa.Extract)
		if !ok || conn.Index != 0 {
			continue
		}
		for _, use := range *conn.Referrers() {
			if call, ok := use.(ssa.CallInstruction); !ok || flow.CalleeName(call) != "Close" {
				return false
			}
		}
		return true
	}
	return true
}

// readsBody reports whether something may read the body of a response: it is used for more than
// its status, and to close it. If not even that is looked at, nothing is asked.
func (f *finder) readsBody(op *ssa.Call) bool {
	asked := false
	for _, ref := range *op.Referrers() {
		resp, ok := ref.(*ssa.Extract)
		if !ok || resp.Index != 0 {
			continue
		}
		for _, use := range *resp.Referrers() {
			addr, ok := use.(*ssa.FieldAddr)
			if !ok {
				return true
			}
			asked = asked || flow.FieldOf(addr) != nil && flow.FieldOf(addr).Name() == "StatusCode"
			if flow.FieldOf(addr) == nil || flow.FieldOf(addr).Name() != "Body" {
				continue
			}
			for _, load := range *addr.Referrers() {
				body, ok := load.(*ssa.UnOp)
				if !ok {
					return true
				}
				for _, use := range *body.Referrers() {
					if call, ok := use.(ssa.CallInstruction); !ok || flow.CalleeName(call) != "Close" {
						return true
					}
				}
			}
		}
	}
	return !asked
}

// contextOf returns the context that a function, or one around it, was given: a parameter, or the
// request that has it. It returns nil if there is none, or if it was replaced at once.
func (f *finder) contextOf(fn *ssa.Function) types.Object {
	for ; fn != nil; fn = fn.Parent() {
		if fn.Parent() != nil && startedAsGoroutine(fn) && !hasContext(fn) {
			return nil // whoever has the context does not wait for it
		}
		for _, param := range fn.Params {
			obj := param.Object()
			if obj == nil || obj.Name() == "_" || obj.Name() == "" || len(*param.Referrers()) == 0 && f.assigned(obj) {
				continue
			}
			switch catalog.TypeName(param.Type()) {
			case "context.Context":
				return obj
			case "net/http.Request":
				if isPointer(param.Type()) {
					return obj
				}
			}
		}
	}
	return nil
}

// startedAsGoroutine reports whether a literal is run by a go statement.
func startedAsGoroutine(literal *ssa.Function) bool {
	for _, block := range literal.Parent().Blocks {
		for _, instr := range block.Instrs {
			start, ok := instr.(*ssa.Go)
			if !ok {
				continue
			}
			if closure, ok := start.Call.Value.(*ssa.MakeClosure); ok && closure.Fn == literal || start.Call.Value == literal {
				return true
			}
		}
	}
	return false
}

func hasContext(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool {
		return catalog.TypeName(p.Type()) == "context.Context"
	})
}

// assigned reports whether a function stores something into its parameter.
func (f *finder) assigned(param types.Object) bool {
	found := false
	for _, node := range f.g.Path(param.Pos()) {
		if _, ok := node.(*ast.FuncDecl); !ok {
			continue
		}
		ast.Inspect(node, func(n ast.Node) bool {
			if assign, ok := n.(*ast.AssignStmt); ok {
				for _, lhs := range assign.Lhs {
					id, ok := lhs.(*ast.Ident)
					found = found || ok && f.pass.TypesInfo.Uses[id] == param
				}
			}
			return !found
		})
	}
	return found
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
