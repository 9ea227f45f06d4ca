package loops

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

var (
	// probes are names of functions that ask whether something is there.
	probes = regexp.MustCompile(`(?i)^(test|ping|echo|probe|health|ready|is|has|check|exists|wait|stat)|ping(context)?$|(Ready|Readiness|Alive|Health|Healthy|Reachable|Online)$`)
	// waiters are names of functions that wait for something to come about.
	waiters = regexp.MustCompile(`(?i:^(wait|await|poll|until)|_wait|waitfor)|Ready([A-Z_]|$)`)
	// turns are names of functions that wait until it is their turn.
	turns = regexp.MustCompile(`^_?(?i:try|re)?_?(?i:acquire|obtain|lock|lease|elect|campaign)|Acquire|Lease|Lock([A-Z_]|$)|Leader`)
)

// goods are names of functions that get what nobody else holds meanwhile: a token, a certificate, a job that they were told
// to do.
var goods = regexp.MustCompile(`(?i:acquire|obtain)_?(?i:job|token|cert|credential|access)`)

// isTurn reports whether a function waits until it is its turn, by its name.
func isTurn(name string) bool { return turns.MatchString(name) && !goods.MatchString(name) }

// polls reports whether a loop asks again and again whether something has come about: a server
// that starts, a port that opens. That it is not there yet is no failure.
func (f *finder) polls(c *cycle) bool {
	if c.isLabelled(waiters) || isWaiter(c.fn) || c.starts() || c.updates() || c.goesOnAfterSuccess() {
		return true
	}
	for _, op := range c.ops {
		if fn := f.g.Callee(op); fn != nil && f.asksForState(fn) {
			return true // whether it also goes on after failures
		}
	}
	for _, op := range c.ops {
		if !f.isProbe(op) && !(f.startsServer(c) && unheeded(op)) {
			return false
		}
	}
	return true
}

// isProbe reports whether an operation only asks whether something is there, by its name or by what is
// done with the answer.
func (f *finder) isProbe(op *ssa.Call) bool {
	name := flow.CalleeName(op)
	return probes.MatchString(name) || isTurn(name) || f.probes(op, 0)
}

// startsServer reports whether the function of a loop has started a server of its own before the loop, as
// a goroutine or a program.
func (f *finder) startsServer(c *cycle) bool {
	for _, b := range c.fn.Blocks {
		if c.blocks[b] || !b.Dominates(c.head) {
			continue
		}
		for _, instr := range b.Instrs {
			switch start := instr.(type) {
			case *ssa.Go:
				if f.serves(start, 0) {
					return true
				}
			case *ssa.Call: // a program of its own
				if catalog.Name(flow.CalleeObject(start)) == "os/exec.Cmd.Start" {
					return true
				}
			}
		}
	}
	return false
}

// serves reports whether a call goes on for as long as a server runs.
func (f *finder) serves(call ssa.CallInstruction, depth int) bool {
	if servers.MatchString(flow.CalleeName(call)) {
		return true
	}
	if api := catalog.CallOf(flow.CalleeObject(call)); api != nil && api.Kind == catalog.Serve {
		return true
	}
	fn := f.funcOf(call.Common().Value)
	if fn == nil || depth > 1 {
		return false
	}
	for instr := range flow.InstructionsIn(fn) {
		if inner, ok := instr.(*ssa.Call); ok && f.serves(inner, depth+1) {
			return true
		}
	}
	return false
}

// goesOnAfterSuccess reports whether a loop leaves for what a server says of a failure, and goes on where the request has succeeded,
// with another status than the one that is waited for: 202, 204.
func (c *cycle) goesOnAfterSuccess() bool {
	for b := range c.blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		test := statusTestOf(branch.Cond)
		if test == nil {
			continue
		}
		for succ, next := range b.Succs {
			if !c.stays(next) || c.stays(b.Succs[1-succ]) {
				continue
			}
			good, bad := false, false
			for _, code := range []int64{200, 201, 202, 204, 400, 401, 403, 404, 408, 409, 423, 429, 500, 502, 503, 504} {
				if test.holds(code) == (succ == 0) {
					good, bad = good || code < 300, bad || code >= 400
				}
			}
			if good && !bad {
				return true
			}
		}
	}
	return false
}

// isWaiter reports whether a function, or one around it, waits for something by its name.
func isWaiter(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if waiters.MatchString(fn.Name()) || isTurn(fn.Name()) {
			return true
		}
	}
	return false
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

// writers are names of functions that write back what has been read.
var writers = regexp.MustCompile(`^(Update|Patch|Replace|CompareAnd)`)

// getters are names of functions that get something.
var getters = regexp.MustCompile(`(Get|List|Info|Version|Status|Describe|Inspect|Find|Count)`)

// unheeded reports whether a call returns something besides its error, of which nobody takes notice: it
// is made to see whether it is answered.
func unheeded(op *ssa.Call) bool {
	if op.Call.Signature().Results().Len() < 2 {
		return false
	}
	for _, ref := range *op.Referrers() {
		if result, ok := ref.(*ssa.Extract); ok && !isError(result.Type()) && !onlyLogged(result, 0) {
			return false
		}
	}
	return true
}

// logs are names of functions that write a log.
var logs = regexp.MustCompile(`(?i)^(v?print|debug|info|warn|error|trace|log|notice|fatal|panic|verbose)(f|ln|w|ctx|context|s|ing|ingf)*$|^(Str|Int|Any|String|Stringer|Interface|Msg|Msgf)$`)

// onlyLogged reports whether a value, and what is made of it, is not used but in logs.
func onlyLogged(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.FieldAddr, *ssa.Field, *ssa.MakeInterface, *ssa.UnOp, *ssa.Slice, *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface:
			if !onlyLogged(ref.(ssa.Value), depth+1) {
				return false
			}
		case *ssa.Store: // among the arguments of a log
			element, ok := ref.Addr.(*ssa.IndexAddr)
			if !ok || ref.Val != v || !onlyLogged(element.X, depth+1) {
				return false
			}
		case *ssa.IndexAddr: // of the arguments, all of which are logged together
		case ssa.CallInstruction:
			switch name := flow.CalleeName(ref); {
			case logs.MatchString(name) && !fails(ref.Common().Signature()):
			case catalog.Name(flow.CalleeObject(ref)) == "fmt.Sprintf" || name == "len":
				made, ok := ref.(*ssa.Call)
				if !ok || !onlyLogged(made, depth+1) {
					return false
				}
			case strings.HasPrefix(catalog.Name(flow.CalleeObject(ref)), "fmt.Print"):
			default:
				return false
			}
		default:
			return false
		}
	}
	return true
}

// probes reports whether a call opens a connection just to see whether it can, or asks for a page
// that nobody reads, itself or in a function of the package that does no more than that.
func (f *finder) probes(op *ssa.Call, depth int) bool {
	callee := flow.CalleeObject(op)
	if fn := f.g.Callee(op); fn != nil && f.remote[op] == nil {
		if getters.MatchString(fn.Name()) && unheeded(op) {
			return true
		}
		return depth < 2 && fn.Signature.Results().Len() == 1 && f.onlyProbes(fn, depth+1)
	}
	switch catalog.Name(callee) {
	case "net/http.Get", "net/http.Head", "net/http.Client.Get", "net/http.Client.Head":
		return !f.readsBody(op)
	case "net/http.Client.Do":
		return f.isGet(op) && !f.readsBody(op)
	}
	if getters.MatchString(flow.CalleeName(op)) && unheeded(op) {
		return true
	}
	api := catalog.CallOf(callee)
	return api != nil && api.Kind == catalog.Dial && onlyCloses(op)
}

// onlyProbes reports whether a function makes calls that leave the process, and all of them are probes.
func (f *finder) onlyProbes(fn *ssa.Function, depth int) bool {
	found := false
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(*ssa.Call)
		if !ok || isCleanup(call) || f.leaves(call) == local {
			continue
		}
		if !probes.MatchString(flow.CalleeName(call)) && !f.probes(call, depth) {
			return false
		}
		found = true
	}
	return found
}

// isGet reports whether the request that a call sends is made with the method GET or HEAD.
func (f *finder) isGet(op *ssa.Call) bool {
	for _, source := range f.g.Trace(op.Call.Args[len(op.Call.Args)-1], nil) {
		if source.Kind == flow.Nil {
			continue
		}
		made, ok := source.Value.(*ssa.Call)
		if !ok || !makesRequest(made) {
			return false
		}
		args := made.Call.Args
		switch text, _ := constantText(args[len(args)-3]); text {
		case `"GET"`, `"HEAD"`, `""`:
		default:
			return false
		}
	}
	return true
}

// onlyCloses reports whether nothing is done with the connection that a call opens but to close it.
func onlyCloses(op *ssa.Call) bool {
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
					if call, ok := use.(ssa.CallInstruction); (!ok || flow.CalleeName(call) != "Close") && !isDiscarded(use) {
						return true
					}
				}
			}
		}
	}
	return !asked
}

// isDiscarded reports whether a body is read to its end, for the sake of the connection.
func isDiscarded(use ssa.Instruction) bool {
	reader, ok := use.(*ssa.ChangeInterface)
	if !ok {
		return false
	}
	for _, ref := range *reader.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok || catalog.Name(flow.CalleeObject(call)) != "io.Copy" {
			return false
		}
		if into := valueName(call.Call.Args[0]); into != "io.Discard" && into != "io/ioutil.Discard" {
			return false
		}
	}
	return true
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
			if obj == nil || obj.Name() == "_" || obj.Name() == "" || len(*param.Referrers()) == 0 && f.assigned(obj) || outlived(param) {
				continue
			}
			switch catalog.TypeName(param.Type()) {
			case "context.Context":
				return obj
			case "net/http.Request":
				if isPointer(param.Type()) && (answers(fn) || f.hasEnd(param)) {
					return obj
				}
			}
		}
	}
	return nil
}

// answers reports whether a function is given a request that has come in, or is sent by a client for its caller: there is
// a context in it.
func answers(fn *ssa.Function) bool {
	return fn.Name() == "RoundTrip" || slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool {
		return catalog.TypeName(p.Type()) == "net/http.ResponseWriter"
	})
}

// hasEnd reports whether a request that a function is given is seen to be made with a context.
func (f *finder) hasEnd(req *ssa.Parameter) bool {
	for _, arg := range f.g.Arguments(req) {
		for _, source := range f.g.Trace(arg, nil) {
			call, ok := source.Value.(*ssa.Call)
			if !ok {
				continue
			}
			switch catalog.Name(flow.CalleeObject(call)) {
			case "net/http.NewRequestWithContext", "net/http.Request.WithContext", "net/http.Request.Clone":
				return true
			}
		}
	}
	return false
}

// outlived reports whether all that a function does with its context is to make one of it that goes on when it has ended.
func outlived(param *ssa.Parameter) bool {
	made := false
	for _, ref := range *param.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Call:
			if catalog.Name(flow.CalleeObject(ref)) != "context.WithoutCancel" {
				return false
			}
			made = true
		default:
			return false
		}
	}
	return made
}

// startedAsGoroutine reports whether a literal is run by a go statement.
func startedAsGoroutine(literal *ssa.Function) bool {
	for _, block := range literal.Parent().Blocks {
		for _, instr := range block.Instrs {
			start, ok := instr.(*ssa.Go)
			if !ok {
				continue
			}
			if closureOf(start.Call.Value) == literal {
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
