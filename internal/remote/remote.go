// Package remote finds the calls that leave the process and says what bounds them.
//
// A call is bounded if anything bounds it: a field of the client it is made with, the
// transport inside that client, or the deadline of the request's context. What cannot be
// decided is not reported: the result holds only the calls that are known to hang if their
// peer does.
//
// What a function leaves to its callers (the context, the client, the request it is given)
// goes into its [Summary], by which a call of the function is judged like a call of the
// library: in the same package, in packages that import it, and, where the whole module is
// loaded, through interfaces.
package remote

import (
	"go/token"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Analyzer finds the remote calls of a package that nothing bounds.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintremote",
	Doc:        "find calls that leave the process and what bounds them",
	Run:        run,
	Requires:   []*analysis.Analyzer{flow.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	FactTypes:  []analysis.Fact{(*Summary)(nil), (*Held)(nil), (*Left)(nil)},
}

// A Bound is how much of a call is bounded.
type Bound uint8

const (
	Undecided Bound = iota // beyond what can be seen
	Nothing                // the call can block for ever
	Headers                // bounded until the response headers, but for the TLS handshake; the body is not
	Opened                 // bounded until the response headers; the body is not
	Whole                  // bounded
)

// A Hang is a call that can block for ever, by one way in which its client, dialer, server
// or context comes to it.
type Hang struct {
	API   *catalog.Call
	At    token.Pos     // of the call
	Func  *ssa.Function // that makes it; nil if another package does
	in    *types.Func   // which one does then
	Bound Bound         // Nothing, Headers or Opened

	// Object is the client, dialer or server whose field would bound the call. It is nil
	// where there is none to set: http.Get, net.Dial.
	Object *flow.Source
	Type   *catalog.Type // of Object

	// Zero is the constant ≤ 0, stored into the field that would bound the call.
	Zero *flow.Setting

	// Request is the call that made the request, where it was made without a context.
	Request *ssa.Call

	// Download says that what is received is copied (io.Copy), or its body handed on, however
	// long it takes to read: a bound on the whole exchange would cut it off.
	Download bool

	// Unread says that the body of the response is not read: what can hang is what comes before.
	Unread bool

	Peer string // the peer's host, where it is a constant

	// Talker is the function that waits for the other end of the connection to speak, of a dial
	// whose connection gets no deadline: a bound on the dial alone does not bound that.
	Talker *types.Func

	// Pass is set where the call is bounded by nothing but a context that its function, or
	// one further down, was given: the call that passes one without a deadline.
	Pass *Pass
	Leaf Leaf // of Pass: the remote call at its end

	// Spare is set where the object is there for when another one is missing.
	Spare *Spare

	// Reach says who can connect, of a server.
	Reach Reach

	// Key names Object for other packages, if they can come by it.
	Key string
	// Shared says that other packages can set the object's fields: a package-level variable
	// with an exported name. Whether they do only the whole module shows.
	Shared bool
}

// A Result is what is known of a package's remote calls.
type Result struct {
	Hangs    []*Hang
	Slips    []*Slip
	Evidence *Evidence

	Calls []*Call // all that the package makes itself, bounded or not
	Net   *Net    // where its contexts go

	mu     sync.Mutex // several passes ask it at the same time
	finder *finder
}

// Reach returns who can connect to a server that listens on v, a listener or an address.
func (r *Result) Reach(v ssa.Value) Reach {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.finder.serving(v)
}

func run(pass *analysis.Pass) (any, error) {
	g := pass.ResultOf[flow.Analyzer].(*flow.Graph)
	if g == nil {
		return (*Result)(nil), nil
	}
	f := &finder{
		g: g, pass: pass,
		exposed:   map[*ssa.Function][]*exposure{},
		decides:   map[Param]bool{},
		local:     map[string]bool{},
		choosy:    map[*ssa.Function]bool{},
		streaming: map[*ssa.Function]bool{},
		evidence:  newEvidence(),
	}
	for instr := range g.Instructions() {
		f.note(instr)
		f.sets(instr)
	}
	f.intercepts()
	f.equips()
	f.brokers()
	for instr := range g.Instructions() {
		for _, u := range f.usesOf(instr) {
			f.call(u)
			f.visit(u)
		}
	}
	f.settings()
	f.gives()
	f.contexts()
	f.makes()
	f.leavesOut()
	f.chooses()
	f.assigns()
	f.touches()
	net := f.solve()
	f.export(net)
	for _, hang := range f.hangs {
		f.share(hang)
	}
	f.hangs = append(f.hangs, net.hangs(f.evidence.Passes)...)
	return &Result{Hangs: f.hangs, Slips: f.slips(), Evidence: f.evidence, Calls: f.calls, Net: net, finder: f}, nil
}

// A finder is the work on one package.
type finder struct {
	g     *flow.Graph
	pass  *analysis.Pass
	hangs []*Hang
	calls []*Call

	exposed   map[*ssa.Function][]*exposure // what functions leave to their callers
	decides   map[Param]bool                // by which of their parameters they decide who can connect
	choosy    map[*ssa.Function]bool        // whose objects are replaced by options: see optional
	streaming map[*ssa.Function]bool        // see isStream
	local     map[string]bool               // libraries whose calls here go to processes on the machine
	evidence  *Evidence

	// Calls that bound what they are made on, wherever they stand.
	deadlines []ssa.CallInstruction // conn.SetDeadline(t)
	given     []ssa.CallInstruction // req.SetContext(ctx)
	setters   []ssa.CallInstruction // client.SetTimeout(d)

	talks []ssa.CallInstruction // smtp.NewClient(conn, host)
}

// note remembers instr if it bounds an object in place.
func (f *finder) note(instr ssa.Instruction) {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return
	}
	callee := flow.CalleeObject(call)
	if callee == nil {
		return
	}
	if lib := catalog.BoundedBy(callee); lib != "" {
		f.evidence.Touched[lib] = true
	}
	if catalog.WaitsToHear(callee) {
		f.talks = append(f.talks, call)
	}
	if callee.Signature().Recv() == nil {
		return
	}
	if setsDeadline(call) && !clearsDeadline(call) {
		f.deadlines = append(f.deadlines, call)
	}
	if hand := catalog.HandoverOf(callee); hand != nil && hand.InPlace {
		f.given = append(f.given, call)
	}
	if t := catalog.TypeOf(callee.Signature().Recv().Type()); t != nil && len(t.Setters) > 0 {
		f.setters = append(f.setters, call)
	}
}

func isContext(t types.Type) bool { return catalog.TypeName(t) == "context.Context" }
