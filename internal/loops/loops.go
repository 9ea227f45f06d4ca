// Package loops finds the places where a remote operation that failed is attempted again, and
// says what bounds the attempts and how they are spaced.
//
// A retry is a loop (any form, goto included), a recursion, or a call of a retry library. A loop
// is one if an operation in it that leaves the process has failed, its error or its status was
// tested, the same operation with the same operands is attempted again, and success leaves the
// loop. That last property tells it from workers, consumers, accept loops, polls and walks over
// pages or items.
//
// What cannot be decided has a value of its own (an Other bound, an Opaque delay), which rules
// take for good: the result holds what is known to be wrong, not what is not known to be right.
package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"sync"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/policy"
	"github.com/resilint/resilint/internal/remote"
)

// Analyzer finds the retries of a package.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintloops",
	Doc:        "find the loops and library calls that attempt a failed remote operation again, and what bounds them",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer, remote.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Operates)(nil), (*Pauses)(nil), (*Repeats)(nil), (*Drives)(nil), (*Contends)(nil), (*Keeps)(nil)},
}

// A Result is what is known of a package's retries.
type Result struct {
	Retries  []*Retry
	Requeues []*Requeue

	mu     sync.Mutex // several passes ask it at the same time
	finder *finder
}

// Operations returns the calls of a function of the package, and of the literals in it, that leave the
// process: sure says that the catalogue says so, of one or of what it calls.
func (r *Result) Operations(fn *ssa.Function) (ops []Op, sure bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if fn = r.finder.defined(fn); fn == nil {
		return nil, false
	}
	ops = r.finder.opsIn(fn, map[*ssa.Function]bool{})
	return ops, slices.ContainsFunc(ops, func(op Op) bool { return r.finder.leaves(op.Call) == surely })
}

// Leaves reports whether a call leaves the process, and whether that is sure.
func (r *Result) Leaves(call ssa.CallInstruction) (leaves, sure bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	reach := r.finder.leaves(call)
	return reach > local, reach == surely
}

// A Form says how a retry is written.
type Form uint8

const (
	Loop      Form = iota + 1 // for, in all its forms
	Goto                      // a jump back to a label
	Recursion                 // a function that calls itself
	Library                   // a call of a retry library
)

// A Retry is a place where a remote operation that failed is attempted again.
type Retry struct {
	Form Form
	Node ast.Node      // the loop, the label, the call; what a library's policy is built by
	Func *ssa.Function // in which it stands
	Ops  []Op          // what is attempted; empty for a library whose function is not seen
	policy.Policy

	// Library is the name of the library, "cenkalti/backoff", and Misuse what is wrong with how
	// it is used, where that is more than its policy.
	Library string
	Misuse  string
	// Client says that it is a client, or a handler, that attempts by itself what goes through it.
	Client bool
	// Spins says that it is no retry: the loop goes on after a success. But after a failure it
	// goes on at once.
	Spins bool

	// Sleeps are the calls of time.Sleep between attempts, and Ctx what holds the context that
	// they take no notice of, if one is at hand.
	// Asleep is how long they are in all, at most, where somebody may set the number of attempts with as many as are
	// customary; 0 where it is not known how long they are.
	Sleeps []ssa.CallInstruction
	Ctx    types.Object
	Asleep time.Duration

	// Startup says that it is made once, when a program starts. IfOnce are functions that other packages can
	// call, by FullName: if all of them run once, it is, too.
	Startup bool
	IfOnce  []string
	// Connects says that it opens a connection, and Reconnects that a daemon keeps one by it: it may go on for ever.
	Connects, Reconnects bool
	// Aside says that nobody waits for it: it is done by a goroutine of its own.
	Aside bool
	// Guarded says that a circuit breaker stands where the attempts are made: while a server fails, it
	// decides how many reach it, whatever the delay.
	Guarded bool
	// Many says that it is made many times side by side: a loop starts a goroutine for each.
	Many bool

	// Permanent says what cannot succeed and is attempted again, where the code shows it: "4xx".
	Permanent *Permanent
	Body      *Body // the request body that only the first attempt sends

	// Inner is the retry inside this one, where there is one.
	Inner *Inner
}

// An Op is an operation that leaves the process, as a retry attempts it.
type Op struct {
	Call ssa.CallInstruction
	Name string // as its callers write it: "http.Client.Do", "store.Save"
}

// A Permanent is a failure that another attempt cannot mend.
type Permanent struct {
	What string // "4xx", "context.Canceled"
	At   token.Pos
}

// A Body is a request whose body the first attempt consumes.
type Body struct {
	Send ssa.CallInstruction // the call that sends it again
	Made token.Pos           // where the request, or the reader of its body, is made
	Req  *types.Var          // the variable that holds the request, if there is one
}

// An Inner is a retry that another one attempts again as a whole.
type Inner struct {
	At       token.Pos // of the call that leads to it
	Name     string    // what retries: "store.Save", "retryablehttp.Client.Do"
	Attempts int64     // 0 where that is not a constant
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	calls := pass.ResultOf[remote.Analyzer].(*remote.Result)
	if g == nil || calls == nil {
		return (*Result)(nil), nil
	}
	f := &finder{g: g, pass: pass, remote: map[ssa.CallInstruction]*remote.Call{}, asking: map[*ssa.Parameter]bool{}, asks: map[*ssa.Function]bool{}, goingOn: map[*ssa.Function]bool{}, guards: map[*ssa.Function]bool{}, result: &Result{}}
	f.result.finder = f
	for _, call := range calls.Calls {
		f.remote[call.Instr] = call
	}
	f.policies = policy.NewEvaluator(g)
	f.drives()
	f.contends()
	f.operations()
	f.findPauses()
	for _, fn := range g.SSA.Funcs {
		f.loops(fn)
	}
	f.libraries()
	f.requeues()
	f.once()
	f.nest()
	f.exportRepeats()
	return f.result, nil
}

// once leaves one retry for each place: what is wrong with how a library is used in a loop is
// wrong with the loop.
func (f *finder) once() {
	misused := map[ast.Node]bool{}
	for _, r := range f.result.Retries {
		misused[r.Node] = misused[r.Node] || r.Misuse != ""
	}
	f.result.Retries = slices.DeleteFunc(f.result.Retries, func(r *Retry) bool { return misused[r.Node] && r.Misuse == "" })
}

// A finder is the work on one package.
type finder struct {
	g      *flow.Graph
	pass   *analysis.Pass
	remote map[ssa.CallInstruction]*remote.Call // calls that leave the process, made here
	result *Result

	asking   map[*ssa.Parameter]bool // functions of which it is being asked what they are given
	policies *policy.Evaluator       // of retry libraries
	operates map[*ssa.Function]reach // how sure it is that a function makes a remote call
	pauses   map[*ssa.Function]bool  // functions that wait
	asks     map[*ssa.Function]bool  // functions that ask for a state
	goingOn  map[*ssa.Function]bool  // functions of which it is being asked whether they go on
	guards   map[*ssa.Function]bool  // functions that a circuit breaker stands in the way of
	drivers  Drives                  // of SQL databases
	programs map[types.Object]bool   // types and fields of functions that run a program
	keeps    map[string]bool         // methods of interfaces that an implementation does not leave the process for
}

// retry adds a loop to the result.
func (f *finder) retry(c *cycle) {
	node, form := c.syntax(f.g)
	if c.again != nil {
		node, form = f.callSyntax(c.again), Recursion
	}
	if node == nil || f.polls(c) {
		return
	}
	waits := c.waits()
	timed := slices.ContainsFunc(waits, func(w *wait) bool { return w.timed })
	if !c.sure && !timed || c.waitsFirst(waits) {
		return
	}
	r := &Retry{Form: form, Node: node, Func: c.fn, Ctx: f.contextOf(c.fn)}
	for _, op := range c.ops {
		r.Ops = append(r.Ops, Op{Call: op, Name: f.named(op)})
	}
	f.circumstances(r, c.fn)
	c.bound(&r.Policy)
	r.Connects = c.connects()
	r.Aside = c.f.aside(c.fn, 0)
	r.Reconnects = !r.Many && (c.keepsSession() || r.Connects && c.reconnects())
	c.spaced(&r.Policy, waits)
	var sleeps []*wait
	for _, w := range waits {
		if call, ok := w.at.(*ssa.Call); ok && w.sleep && f.isOwn(w) {
			r.Sleeps = append(r.Sleeps, call)
			sleeps = append(sleeps, w)
		}
	}
	attempts := max(r.Attempts, r.Usual, r.Default)
	if attempts == 0 && r.Bounds&policy.ByAttempts != 0 {
		attempts = customary
	}
	r.Asleep = c.asleep(attempts, sleeps)
	r.Permanent = c.permanent()
	again := &round{f: f, fn: c.fn, has: c.has}
	for _, op := range c.ops {
		again.sends = append(again.sends, op)
	}
	r.Body = again.body()
	f.result.Retries = append(f.result.Retries, r)
}
