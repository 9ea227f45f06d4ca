package loops

import (
	"go/types"
	"strings"
	"syscall"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// targetName returns the name of the type that errors.As looks for, given a pointer to it.
func targetName(v ssa.Value) string {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	t := v.Type()
	for {
		ptr, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			return catalog.TypeName(t)
		}
		t = ptr.Elem()
	}
}

// testedIn returns a kind of failure that a function of the package asks for, and whether all that it
// asks for are kinds that pass by themselves.
func testedIn(fn *ssa.Function) (kind string, all bool) {
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(*ssa.Call)
		if !ok || textOf(call) != nil {
			continue
		}
		o := outcome{gate: true}
		switch name := catalog.Name(flow.CalleeObject(call)); name {
		case "errors.Is":
			o.kind = valueName(call.Call.Args[1])
			o.sentinel = o.kind != ""
		case "errors.As":
			o.kind = targetName(call.Call.Args[1])
		case "strings.Contains", "strings.HasPrefix", "strings.HasSuffix":
			o.kind, o.text = constantText(call.Call.Args[1])
		case "strings.ToLower", "errors.Unwrap":
			continue
		default:
			if !takesError(call) {
				continue
			}
			o.kind = flow.CalleeName(call) // another predicate
		}
		if !o.isAnswer() {
			return "", false
		}
		kind = "conflict " + o.kind
	}
	return kind, kind != ""
}

// constantText returns a text that is written out, in quotes.
func constantText(v ssa.Value) (text string, ok bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return "", false
	}
	return c.Value.ExactString(), true
}

// valueName returns the name of a package-level variable that v is read from, or of an error of the
// operating system that says somebody was faster; "" for anything else.
func valueName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.ChangeInterface:
		return valueName(v.X)
	case *ssa.UnOp:
		if global, ok := v.X.(*ssa.Global); ok {
			return global.Pkg.Pkg.Path() + "." + global.Name()
		}
	case *ssa.MakeInterface:
		if load, ok := v.X.(*ssa.UnOp); ok {
			return valueName(load)
		}
		if n, ok := flow.ConstInt(v.X); ok && catalog.TypeName(v.X.Type()) == "syscall.Errno" {
			return map[syscall.Errno]string{
				syscall.EINTR: "syscall.EINTR", syscall.EAGAIN: "syscall.EAGAIN", syscall.EADDRINUSE: "syscall.EADDRINUSE",
				syscall.ECONNREFUSED: "syscall.ECONNREFUSED",
			}[syscall.Errno(n)]
		}
	}
	return ""
}

// conflicts are failures that come of others who were faster, not of a dependency that is in
// trouble: they pass at the next attempt. Those that are not there yet are waited for; a connection
// that has been left is replaced, and so is a login. Where nobody listens, a server is about to start, and has
// no work by being asked. What a program calls "must retry" or "pending"
// is an answer, too.
var conflicts = regexp.MustCompile(`(?i)conflict|contention|retry_?tx|rolled_?back|unique|collision|deadlock|seriali[sz]|duplicate|exists?$|notfound|not_found|locked|busy|norows|no_rows|bad_?conn|Err_?conn(ection)?_?closed|stale|moved|not_?leader|unauthor|unauthenticated|expired|compare|must_?retry|SyntaxError|unmarshal|not_?ready|not_?yet|in_?progress|pending|slow_down|EINTR|EAGAIN|EADDRINUSE|conn(ection)?[ _]?refused|MySQLError|PgError|pq\.Error|sqlite`)

// troubles are names of errors that say a dependency is in trouble.
var troubles = regexp.MustCompile(`(?i)unavail|time_?out|temporar|rate|throttl|too_?many|overload|refus|reset|closed|deadline|transient|retr|network|conn|server|fail|eof|unreach|down|broken|lost|dial|slow|limit|internal`)

// troubleTexts are what messages say of a dependency that is in trouble.
var troubleTexts = regexp.MustCompile(`(?i)unavail|time[ d_-]*out|temporar|rate|throttl|too[ _]?many|overload|refuse|reset|closed|deadline|transient|retr|network|connect|server error|eof|unreach|\bdown\b|broken|\blost\b|dial|slow|limit|quota|exceed|capacity|internal|gateway|stream|http2|tls|socket|no route|no such host|dns|lookup|cannot be reached|again|\b(408|429|5\d\d)\b`)

// isAnswer reports whether what a branch learns is no failure of a dependency, but something that
// passes by itself: a conflict with others, or an error that has a variable or a text of its own,
// which says what is not so yet.
func (o *outcome) isAnswer() bool {
	if !o.gate {
		return false
	}
	name := o.kind[strings.LastIndexByte(o.kind, '.')+1:]
	return conflicts.MatchString(o.kind) || o.sentinel && !troubles.MatchString(name) || o.text && !troubleTexts.MatchString(o.kind)
}

// ownTimes are names of tests for the end of the time that an attempt was given.
var ownTimes = regexp.MustCompile(`(?i)deadline|time_?out`)

// isOwnPatience reports whether what a branch learns is that an attempt's own time is over, in a loop that goes
// on in the same way for an error that the package has made of an answer: a long poll, which asks again
// when nothing has come about for a while.
func (c *cycle) isOwnPatience(o *outcome) bool {
	if !o.gate || !ownTimes.MatchString(o.kind) {
		return false
	}
	for _, other := range c.outcomes {
		own := other.sentinel && strings.HasPrefix(other.kind, c.f.pass.Pkg.Path()+".") && other.isAnswer()
		if own && target(other.failed) == target(o.failed) {
			return true
		}
	}
	return false
}

// target returns the block that an edge leads to.
func target(e edge) *ssa.BasicBlock { return e.from.Succs[e.succ] }
