package loops

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A reach says how sure it is that a call leaves the process.
type reach uint8

const (
	local    reach = iota // as far as can be seen it does not
	probably              // it is handed a context, and fails: behind an interface, or in a library that is not known
	surely                // the catalogue says so, of it or of what it calls
)

// operations decides which functions of the package make remote calls, themselves or by others,
// and exports what it finds.
func (f *finder) operations() {
	f.operate()
	f.keep()
	if f.runPrograms(); len(f.keeps)+len(f.programs) > 0 {
		f.operate()
	}
	for _, fn := range f.g.SSA.Funcs {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && f.operates[fn] > local && fails(obj.Signature()) {
			f.pass.ExportObjectFact(obj, &Operates{Surely: f.operates[fn] == surely})
		}
	}
}

// operate decides which functions of the package make remote calls.
func (f *finder) operate() {
	f.operates = map[*ssa.Function]reach{}
	for changed := true; changed; {
		changed = false
		for _, fn := range f.g.SSA.Funcs {
			if r := f.within(fn); r > f.operates[fn] {
				f.operates[fn], changed = r, true
			}
		}
	}
}

// within returns how sure it is that fn makes a remote call. What it starts as a goroutine is not
// its own.
func (f *finder) within(fn *ssa.Function) reach {
	most := local
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if !isCleanup(instr) {
					most = max(most, f.leaves(instr))
				}
			case *ssa.MakeClosure:
				if !started(instr) {
					most = max(most, f.operates[instr.Fn.(*ssa.Function)])
				}
			}
		}
	}
	return most
}

// started reports whether a closure is run as a goroutine.
func started(closure *ssa.MakeClosure) bool {
	for _, ref := range *closure.Referrers() {
		if _, ok := ref.(*ssa.Go); ok {
			return true
		}
	}
	return false
}

// isCleanup reports whether a call only gives something back.
func isCleanup(call *ssa.Call) bool {
	fn := flow.CalleeObject(call)
	return fn != nil && (fn.Name() == "Close" || fn.Name() == "Rollback")
}

// isSilent reports whether a call that opens a connection sends nothing: over UDP, or by gRPC, which connects when it is first
// used, unless it is told to wait for that.
func isSilent(call ssa.CallInstruction) bool {
	callee := flow.CalleeObject(call)
	if callee == nil {
		return false
	}
	if network, ok := flow.ConstString(flow.Operand(call, catalog.Arg0)); ok && strings.HasPrefix(catalog.Name(callee), "net.Dial") {
		return strings.HasPrefix(network, "udp") || network == "unixgram"
	}
	peer := catalog.DialsPeer(callee)
	return peer != nil && peer.Kind == catalog.GRPCPeer && !blocks(call)
}

// blocks reports whether a call is given grpc.WithBlock, or options that are not seen.
func blocks(call ssa.CallInstruction) bool {
	args := call.Common().Args
	options, ok := args[len(args)-1].(*ssa.Slice)
	if !ok {
		return !isNil(args[len(args)-1])
	}
	alloc, ok := options.X.(*ssa.Alloc)
	if !ok {
		return true
	}
	for _, ref := range *alloc.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *at.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				option, ok := store.Val.(*ssa.Call)
				if !ok || flow.CalleeName(option) == "WithBlock" {
					return true
				}
			}
		}
	}
	return false
}

// leaves returns how sure it is that a call leaves the process.
func (f *finder) leaves(call ssa.CallInstruction) reach {
	if f.isEmbedded(call) || isSilent(call) {
		return local
	}
	if f.remote[call] != nil {
		return surely
	}
	if fn := f.g.Callee(call); fn != nil {
		return f.operates[fn]
	}
	if bound, ok := call.Common().Value.(*ssa.MakeClosure); ok { // a method value: send := c.send
		if fn := f.defined(bound.Fn.(*ssa.Function)); fn != nil {
			return f.operates[fn]
		}
	}
	callee := flow.CalleeObject(call)
	if callee == nil {
		if sig := call.Common().Signature(); fails(sig) && !decides(sig) && !handles(call.Common().Value) && !f.isProgram(call.Common().Value) && (takesContext(sig) || f.isRepeated(call)) {
			return probably // a function value
		}
		return local
	}
	switch api := catalog.CallOf(callee); {
	case api != nil && api.Kind == catalog.Serve:
		return local
	case api != nil:
		return surely // what is bounded, or does not hang as far as is known, leaves all the same
	}
	if deed := catalog.DeedOf(callee); deed != nil && (deed.Kind == catalog.Pays || deed.Kind == catalog.Mails) {
		return surely
	}
	if fact := new(Operates); f.pass.ImportObjectFact(callee, fact) {
		if fact.Surely {
			return surely
		}
		return probably
	}
	switch sig := callee.Signature(); {
	case !f.unknown(call, callee), !fails(sig), isLock(callee.Name()), catalog.RunsPrograms(callee.Pkg().Path()):
		return local
	case sig.Recv() == nil && makers.MatchString(callee.Name()):
		return local // most connect at the first call of what they make
	case f.isKept(call), f.ours(callee.Pkg()) && handlesArrived(call):
		return local
	case takesContext(sig), !call.Common().IsInvoke() && speaks.MatchString(callee.Name()):
		return probably
	}
	return local
}

// handlers are names of functions, and of their types, that are given what has arrived: to run one again is to
// handle a message again, whatever that takes.
var handlers = regexp.MustCompile(`(?i)handle(r|$)|middleware|callback|listener|processor`)

// handles reports whether a function value handles what has arrived, as its name or that of its type says.
func handles(fn ssa.Value) bool {
	if named, ok := types.Unalias(fn.Type()).(*types.Named); ok && handlers.MatchString(named.Obj().Name()) {
		return true
	}
	switch fn := fn.(type) {
	case *ssa.Parameter:
		return handlers.MatchString(fn.Name())
	case *ssa.FreeVar:
		return handlers.MatchString(fn.Name())
	}
	return false
}

var (
	// arrivals are names of methods that are given what has arrived.
	arrivals = regexp.MustCompile(`^Handle$|^(Handle|Process|Consume|On)(Messages?|Events?|Envelopes?|Jobs?|Tasks?|Records?|Deliver(y|ies)|Requests?|Commands?|Batch)$`)
	// arrivalTypes are names of interfaces that are given it by methods that say less: a handler may also be of payments,
	// a processor sends them.
	arrivalTypes = regexp.MustCompile(`(?i)(handler|listener|(message|event|job|task|record)_?(processor|consumer|worker))$`)
	// arrivalMethods are names of such methods.
	arrivalMethods = regexp.MustCompile(`^(Process|Consume|Execute|Run|Call|Invoke|Perform)$`)
)

// handlesArrived reports whether a call behind an interface handles what has arrived, as the name of the method says, or
// that of the interface. Handlers of libraries are also what a request is sent through.
func handlesArrived(call ssa.CallInstruction) bool {
	if !call.Common().IsInvoke() {
		return false
	}
	method := call.Common().Method.Name()
	if arrivals.MatchString(method) {
		return true
	}
	named, ok := types.Unalias(call.Common().Value.Type()).(*types.Named)
	return ok && arrivalTypes.MatchString(named.Obj().Name()) && arrivalMethods.MatchString(method)
}

// makers are names of functions of libraries that make something.
var makers = regexp.MustCompile(`^(New|Open|With|Parse|Default|Make|Build|Load|From|Must)`)

// speaks are names of functions of libraries that nothing is known of, which by their name talk to
// someone.
var speaks = regexp.MustCompile(`^(Dial|Connect|Send|Publish|Produce|Upload|Download|Post|Login|Subscribe)`)

// decides reports whether a function also returns a bool, as functions do that are asked again until
// they say yes: whether something has come about.
func decides(sig *types.Signature) bool {
	for result := range sig.Results().Variables() {
		if basic, ok := result.Type().Underlying().(*types.Basic); ok && basic.Kind() == types.Bool {
			return true
		}
	}
	return false
}

// servers are names of functions that go on until they are told to stop.
var servers = regexp.MustCompile(`^(?i:(run|serve|start|work|main|loop)$|listen|watch|consume|monitor|subscribe)|Loop$|Forever$|AndServe`)

// goesOn reports whether an operation goes on for as long as all is well: whoever calls it again
// when it ends watches over it, and repeats no request.
func (f *finder) goesOn(call *ssa.Call) bool {
	if servers.MatchString(flow.CalleeName(call)) {
		return true
	}
	fn := f.g.Callee(call)
	if fn == nil || f.remote[call] != nil || f.goingOn[fn] { // it calls itself
		return false
	}
	f.goingOn[fn] = true
	defer delete(f.goingOn, fn)
	for _, r := range regions(fn) {
		for instr := range r.instructions() {
			if sel, ok := instr.(*ssa.Select); ok && sel.Blocking && f.cycle(r) == nil {
				return true
			}
		}
	}
	return false
}

var repeating = regexp.MustCompile(`(?i)retr(y|ies)|attempt|backoff`)

// isRepeated reports whether a call is one of a function that its caller was given to try again:
// the caller's name says so. What it is given has to make a remote call, as far as that is seen.
func (f *finder) isRepeated(call ssa.CallInstruction) bool {
	given, ok := call.Common().Value.(*ssa.Parameter)
	if !ok || !repeating.MatchString(call.Parent().Name()) || f.asking[given] {
		return false
	}
	f.asking[given] = true
	defer delete(f.asking, given)
	callers := f.g.Callers(call.Parent()) // of those in other packages nothing is known
	i := slices.Index(call.Parent().Params, given)
	return slices.ContainsFunc(callers, func(caller ssa.CallInstruction) bool {
		arg := flow.Argument(caller, i)
		if arg == nil {
			return true
		}
		ops, seen := f.opsOf(arg)
		return !seen || len(ops) > 0
	})
}

// unknown reports whether nothing is known of what a function does: it is behind an interface, or
// of a library.
func (f *finder) unknown(call ssa.CallInstruction, callee *types.Func) bool {
	if callee.Pkg() == nil {
		return false
	}
	if f.ours(callee.Pkg()) {
		return call.Common().IsInvoke()
	}
	return !f.standard(callee.Pkg())
}

// ours reports whether a package is one that facts tell of: of the module under analysis.
func (f *finder) ours(pkg *types.Package) bool {
	if pkg == f.pass.Pkg {
		return true
	}
	m := f.pass.Module
	return m != nil && m.Path != "" && (pkg.Path() == m.Path || strings.HasPrefix(pkg.Path(), m.Path+"/"))
}

// standard reports whether a package is of the standard library: there is no dot in the first
// element of its path, which it does not share with the package under analysis.
func (f *finder) standard(pkg *types.Package) bool {
	first, _, _ := strings.Cut(pkg.Path(), "/")
	own, _, _ := strings.Cut(f.pass.Pkg.Path(), "/")
	return !strings.Contains(first, ".") && first != own
}

var locks = regexp.MustCompile(`(?i)lock|acquire|lease|semaphore|mutex`)

// isLock reports whether a function is one that others contend for: to wait for a lock is no
// retry of something that failed.
func isLock(name string) bool { return locks.MatchString(name) && !goods.MatchString(name) }

// takesContext reports whether the first parameter of a function is a context.
func takesContext(sig *types.Signature) bool {
	return sig.Params().Len() > 0 && catalog.TypeName(sig.Params().At(0).Type()) == "context.Context"
}

// fails reports whether the last result of a function is an error.
func fails(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && isError(sig.Results().At(n-1).Type())
}

var errorType = types.Universe.Lookup("error").Type()

func isError(t types.Type) bool { return types.Identical(t, errorType) }

// opsOf returns the remote operations that a function value makes when it is called. Seen is
// false where the function cannot be seen: then it is not known whether it makes any.
func (f *finder) opsOf(v ssa.Value) (ops []Op, seen bool) {
	fn := f.funcOf(v)
	if fn == nil {
		return nil, false
	}
	return f.opsIn(fn, map[*ssa.Function]bool{}), true
}

// funcOf returns the function of the package that v is, or nil.
func (f *finder) funcOf(v ssa.Value) *ssa.Function {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.MakeInterface:
			v = x.X
			continue
		case *ssa.Function:
			return f.defined(x)
		case *ssa.MakeClosure:
			return f.defined(x.Fn.(*ssa.Function))
		}
		var only *ssa.Function
		for _, source := range f.g.Trace(v, nil) {
			var fn *ssa.Function
			switch at := source.At.(type) {
			case *ssa.Function:
				fn = f.defined(at)
			case *ssa.MakeClosure:
				fn = f.defined(at.Fn.(*ssa.Function))
			}
			if fn == nil || only != nil && only != fn {
				return nil
			}
			only = fn
		}
		return only
	}
}

// defined returns fn, or the method that it is the bound form of, if the package has its source.
func (f *finder) defined(fn *ssa.Function) *ssa.Function {
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	if fn.Synthetic != "" {
		if obj, ok := fn.Object().(*types.Func); ok {
			if method := fn.Prog.FuncValue(obj); method != nil {
				fn = method
			}
		}
	}
	if fn.Pkg != f.g.SSA.Pkg || fn.Blocks == nil {
		return nil
	}
	return fn
}

// opsIn returns the remote operations of a function and the literals in it.
func (f *finder) opsIn(fn *ssa.Function, seen map[*ssa.Function]bool) []Op {
	if seen[fn] {
		return nil
	}
	seen[fn] = true
	var ops []Op
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if !isCleanup(instr) && f.leaves(instr) > local {
					ops = append(ops, Op{Call: instr, Name: opName(instr)})
				}
			case *ssa.MakeClosure:
				if !started(instr) {
					ops = append(ops, f.opsIn(instr.Fn.(*ssa.Function), seen)...)
				}
			}
		}
	}
	return ops
}

// named names what a call calls: of a function value, the first operation that it makes, where it is
// seen.
func (f *finder) named(call *ssa.Call) string {
	if flow.CalleeObject(call) != nil {
		return opName(call)
	}
	values := []ssa.Value{call.Call.Value}
	if given, ok := call.Call.Value.(*ssa.Parameter); ok {
		values = nil
		i := slices.Index(call.Parent().Params, given)
		for _, caller := range f.g.Callers(call.Parent()) {
			if arg := flow.Argument(caller, i); arg != nil {
				values = append(values, arg)
			}
		}
	}
	for _, v := range values {
		if ops, _ := f.opsOf(v); len(ops) > 0 {
			return ops[0].Name
		}
	}
	return opName(call)
}

// opName names what a call calls as its callers write it.
func opName(call ssa.CallInstruction) string {
	fn := flow.CalleeObject(call)
	if fn == nil {
		switch v := call.Common().Value.(type) {
		case *ssa.Parameter:
			return v.Name()
		case *ssa.UnOp:
			switch addr := v.X.(type) {
			case *ssa.FieldAddr:
				if field := flow.FieldOf(addr); field != nil {
					return field.Name()
				}
			case *ssa.Global:
				return addr.Name()
			}
		}
		return "the operation"
	}
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok {
			if fn.Pkg() != call.Parent().Pkg.Pkg {
				return named.Obj().Pkg().Name() + "." + named.Obj().Name() + "." + fn.Name()
			}
			return named.Obj().Name() + "." + fn.Name()
		}
	}
	if fn.Pkg() != nil && fn.Pkg() != call.Parent().Pkg.Pkg {
		return fn.Pkg().Name() + "." + fn.Name()
	}
	return fn.Name()
}
