package loops

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
)

// byHand notes a loop that waits as long as a policy says, and takes what the policy says at its
// end for a delay: it waits for less than nothing from then on.
func (l *found) byHand(call *ssa.Call) {
	pacer := catalog.PacerOf(flow.CalleeObject(call))
	if pacer == nil || pacer.Stop == 0 {
		return
	}
	loop, ok := l.f.loopAt(call.Pos()).(*ast.ForStmt)
	if !ok || loop.Post != nil || l.f.counted(call, loop) || timesItself(call.Parent(), loop) {
		return // it counts, or looks at the clock, and ends by itself
	}
	scheme := l.f.policies.Value(flow.Operand(call, catalog.Recv))
	if scheme.Bounds&(policy.ByTime|policy.ByAttempts) == 0 || scheme.Bounds&policy.ByOther != 0 || scheme.Attempts == 1 {
		return
	}
	if waits, checked := l.f.waitedFor(call, 0); !waits || checked {
		return
	}
	after := "after 15 minutes"
	if scheme.Bounds&policy.ByTime == 0 || scheme.Bounds&policy.ByAttempts != 0 {
		after = "when its attempts are used up"
	} else if scheme.Timed {
		after = "when its time is over"
	}
	r := under(&scheme, catalog.Name(flow.CalleeObject(call)))
	r.Policy = policy.Policy{Bounds: policy.ByOther, Waits: true}
	r.Form, r.Node, r.Func = Loop, loop, call.Parent()
	r.Misuse = after + " NextBackOff returns backoff.Stop, which is -1: the loop does not wait any more, and spins"
	l.f.result.Retries = append(l.f.result.Retries, r)
}

// timesItself reports whether a function gives what it does a time of its own: a context with a deadline, a timer that is set
// before the loop, or a look at the clock. That may well be over before the policy's.
func timesItself(fn *ssa.Function, loop ast.Node) bool {
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		switch catalog.Name(flow.CalleeObject(call)) {
		case "context.WithTimeout", "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause",
			"time.Since", "time.Until", "time.Time.Before", "time.Time.After":
			return true
		case "time.After", "time.NewTimer", "time.AfterFunc":
			if call.Pos() < loop.Pos() {
				return true
			}
		}
	}
	return false
}

// counted reports whether a loop around a call ends after a number of rounds: a variable that each of them adds to
// decides whether there is another.
func (f *finder) counted(call *ssa.Call, loop ast.Node) bool {
	for _, r := range regions(call.Parent()) {
		if node, _ := r.syntax(f.g); !r.has(call) || node != loop {
			continue
		}
		c := &cycle{region: r, f: f}
		for b := range r.blocks {
			branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
			if !ok || r.blocks[b.Succs[0]] == r.blocks[b.Succs[1]] {
				continue
			}
			cmp, ok := branch.Cond.(*ssa.BinOp)
			if ok && (c.advances(cmp.X) || c.advances(cmp.Y)) {
				return true
			}
		}
	}
	return false
}

// advances reports whether v is a variable that each round adds to.
func (c *cycle) advances(v ssa.Value) bool {
	phi, _ := counter(v)
	if phi == nil || phi.Block() != c.head || catalog.TypeName(phi.Type()) == "time.Duration" {
		return false
	}
	_, _, ok := c.counts(phi)
	return ok
}

// loopAt returns the loop around pos in its function, or nil.
func (f *finder) loopAt(pos token.Pos) ast.Node {
	for _, node := range f.g.Path(pos) {
		switch node := node.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return node
		case *ast.FuncLit, *ast.FuncDecl:
			return nil
		}
	}
	return nil
}

// waitedFor reports whether a duration is waited for, and whether it is compared with anything, or
// goes where that cannot be seen.
func (f *finder) waitedFor(d ssa.Value, depth int) (waits, checked bool) {
	if depth > 4 {
		return false, true
	}
	also := func(v ssa.Value) {
		w, c := f.waitedFor(v, depth+1)
		waits, checked = waits || w, checked || c
	}
	for _, ref := range *d.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Phi:
			also(ref)
		case *ssa.BinOp:
			if isFlag(ref.Type()) {
				checked = true
			} else {
				also(ref)
			}
		case *ssa.MakeInterface: // for a log
		case ssa.CallInstruction:
			switch catalog.Name(flow.CalleeObject(ref)) {
			case "time.Sleep", "time.After", "time.NewTimer", "time.Timer.Reset", "time.AfterFunc", "time.Tick":
				waits = true
			case "time.Duration.String", "time.Duration.Seconds", "time.Duration.Milliseconds":
			default:
				fn := f.g.Callee(ref)
				if fn == nil {
					checked = true
					continue
				}
				for i, arg := range ref.Common().Args {
					if arg == d {
						also(fn.Params[i])
					}
				}
			}
		default:
			checked = true
		}
	}
	return waits, checked
}
