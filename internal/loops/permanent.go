package loops

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// refusals are status codes by which a server says that it has understood, and will not: another
// attempt gets the same. 404 is missing: some wait for what is about to be there. So are 408, 409,
// 425 and 429, which may pass.
var refusals = []int64{400, 401, 403, 405, 422}

// permanent returns what cannot succeed and is attempted again, where the loop tests the status of
// the response itself, and nothing that it passes on to others decides.
func (c *cycle) permanent() *Permanent {
	for _, op := range c.ops {
		w := &walk{c: c, op: op}
		var codes []string
		for _, code := range refusals {
			if w.again(code) {
				codes = append(codes, fmt.Sprint(code))
			}
		}
		switch {
		case len(codes) == 0:
		case len(codes) == len(refusals):
			return &Permanent{What: "a 4xx", At: w.test.Pos()}
		default:
			return &Permanent{What: "a " + strings.Join(codes, ", "), At: w.test.Pos()}
		}
	}
	return nil
}

// A walk follows a loop from where its operation has got a response with one status code.
type walk struct {
	c    *cycle
	op   *ssa.Call
	test *ssa.If // of the status, on the way

	code    int64
	tested  bool
	decided bool // by something that is not seen
	seen    map[*ssa.BasicBlock]bool
	back    bool
}

// again reports whether a response with a status code leads to another attempt, wherever the loop
// does not leave for another reason.
func (w *walk) again(code int64) bool {
	w.code, w.tested, w.decided, w.back = code, false, false, false
	w.seen = map[*ssa.BasicBlock]bool{}
	w.leave(w.op.Block(), false)
	return w.back && w.tested && !w.decided
}

// renews are names of functions that give the next attempt another right.
var renews = regexp.MustCompile(`(?i)refresh|renew|re_?new|re_?auth|log_?in|sign_?in|authenticat|authori[sz]e|token|credential|session`)

// labelOf returns the name of the function that a call calls, or of the variable or field that it is in.
func labelOf(call *ssa.Call) string {
	if name := flow.CalleeName(call); name != "" {
		return name
	}
	switch fn := call.Call.Value.(type) {
	case *ssa.Parameter:
		return fn.Name()
	case *ssa.FreeVar:
		return fn.Name()
	case *ssa.UnOp:
		if addr, ok := fn.X.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil {
			return flow.FieldOf(addr).Name()
		}
	}
	return ""
}

// renewed reports whether a block, of a server that has refused who asks, gets the next attempt another right.
func (w *walk) renewed(b *ssa.BasicBlock) bool {
	return (w.code == 401 || w.code == 403) && slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		return ok && call != w.op && renews.MatchString(labelOf(call))
	})
}

func (w *walk) leave(b *ssa.BasicBlock, tested bool) {
	if tested && w.renewed(b) {
		w.decided = true
		return
	}
	branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		for _, next := range b.Succs {
			w.enter(next, tested)
		}
		return
	}
	if test := statusTestOf(branch.Cond); test != nil && w.from(test.load.X.(*ssa.FieldAddr).X) {
		w.test, w.tested = branch, true
		if test.holds(w.code) {
			w.enter(b.Succs[0], true)
		} else {
			w.enter(b.Succs[1], true)
		}
		return
	}
	if o := w.outcome(b); o != nil && !o.gate { // there was a response: there was no error
		w.enter(b.Succs[1-o.failed.succ], tested)
		return
	}
	if cmp, ok := branch.Cond.(*ssa.BinOp); ok && (isNil(cmp.X) || isNil(cmp.Y)) && w.depends(cmp) {
		there := 0 // there was a response
		if cmp.Op == token.EQL {
			there = 1
		}
		w.enter(b.Succs[there], tested)
		return
	}
	if w.depends(branch.Cond) {
		w.decided = true
		return
	}
	w.enter(b.Succs[0], tested)
	w.enter(b.Succs[1], tested)
}

func (w *walk) enter(b *ssa.BasicBlock, tested bool) {
	if !w.c.blocks[b] || w.seen[b] {
		return
	}
	if b == w.c.head || b == w.op.Block() {
		w.back = w.back || tested
		return
	}
	w.seen[b] = true
	w.leave(b, tested)
}

// outcome returns what a branch learns of the operation, or nil.
func (w *walk) outcome(b *ssa.BasicBlock) *outcome {
	for _, o := range w.c.outcomes {
		if o.failed.from == b && o.calls[w.op] {
			return o
		}
	}
	return nil
}

// from reports whether a response is that of the operation.
func (w *walk) from(v ssa.Value) bool {
	calls := map[*ssa.Call]bool{}
	w.c.f.sources(w.c.region, v, calls, nil)
	return calls[w.op]
}

// depends reports whether a condition is about what the operation returned, in a way that is not
// followed: resp.Header, isRetryable(resp), a body that was decoded.
func (w *walk) depends(cond ssa.Value) bool {
	seen := map[ssa.Value]bool{}
	var find func(v ssa.Value) bool
	find = func(v ssa.Value) bool {
		if v == w.op {
			return true
		}
		instr, ok := v.(ssa.Instruction)
		if !ok || seen[v] || !w.c.has(instr) {
			return false
		}
		seen[v] = true
		if alloc, ok := v.(*ssa.Alloc); ok && w.decoded(alloc, find) {
			return true
		}
		if load, ok := v.(*ssa.UnOp); ok {
			for _, store := range w.c.f.stores(load.X) {
				if w.c.has(store) && find(store.Val) {
					return true
				}
			}
		}
		if call, ok := v.(*ssa.Call); ok && flow.CalleeName(call) == "Err" {
			return false
		}
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			if *operand != nil && find(*operand) {
				return true
			}
		}
		return false
	}
	return find(cond)
}

// decoded reports whether a variable is filled from what find finds: xml.Unmarshal(answer, &failure).
func (w *walk) decoded(alloc *ssa.Alloc, find func(ssa.Value) bool) bool {
	for _, ref := range *alloc.Referrers() {
		made, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, use := range *made.Referrers() {
			if call, ok := use.(*ssa.Call); ok && w.c.has(call) && slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return arg != made && find(arg) }) {
				return true
			}
		}
	}
	return false
}
