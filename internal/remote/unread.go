package remote

import (
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// unread reports whether the body of u's response is not read: all that is done with the response
// is to look at its status and headers, and to close it. One that leaves the function is read, as
// far as anybody knows, unless it goes to another function of the package.
func (f *finder) unread(u *use) bool {
	if u.inner != nil {
		return u.unread
	}
	if u.api.Kind != catalog.Exchange || u.conn == nil {
		return false
	}
	results := u.conn.Call.Signature().Results()
	if results.Len() == 0 || !isResponse(results.At(0).Type()) {
		return false // its library may have read it
	}
	return !(&reading{f: f, seen: map[ssa.Value]bool{}}).reads(u.conn)
}

// A reading follows a response and its body forward, to whoever may read it.
type reading struct {
	f    *finder
	seen map[ssa.Value]bool
}

// reads reports whether what v holds may be read: a response, its body, a variable with one of
// them, or the results of a call of which it is the first.
func (r *reading) reads(v ssa.Value) bool {
	if r.seen[v] || v.Referrers() == nil {
		return false
	}
	r.seen[v] = true
	for _, ref := range *v.Referrers() {
		if r.readBy(v, ref) {
			return true
		}
	}
	return false
}

func (r *reading) readBy(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.DebugRef:
		return false
	case *ssa.Extract:
		return ref.Index == 0 && r.reads(ref)
	case *ssa.BinOp: // resp != nil
		return false
	case *ssa.Phi:
		return r.reads(ref)
	case *ssa.UnOp:
		return isResponse(v.Type()) || r.reads(ref) // a copy of it, or what a variable holds
	case *ssa.FieldAddr:
		return flow.FieldOf(ref).Name() == "Body" && r.reads(ref)
	case *ssa.Store:
		if ref.Addr == v {
			return false
		}
		local, ok := ref.Addr.(*ssa.Alloc)
		return !ok || r.reads(local)
	case *ssa.MakeClosure:
		return r.captured(v, ref)
	case ssa.CallInstruction:
		return r.passed(v, ref)
	}
	return true
}

// captured reports whether a function literal, or a bound method, may read what it has captured.
func (r *reading) captured(v ssa.Value, closure *ssa.MakeClosure) bool {
	fn := closure.Fn.(*ssa.Function)
	if fn.Synthetic != "" {
		return fn.Object() == nil || fn.Object().Name() != "Close"
	}
	for i, binding := range closure.Bindings {
		if binding == v && r.reads(fn.FreeVars[i]) {
			return true
		}
	}
	return false
}

// passed reports whether a call may read what it is given.
func (r *reading) passed(v ssa.Value, call ssa.CallInstruction) bool {
	if isReceiver(call, v) {
		switch fn := flow.CalleeObject(call); fn.Name() {
		case "Close", "Cookies", "Location", "ProtoAtLeast":
			return false
		}
		return true
	}
	callee := r.f.g.Callee(call)
	if callee == nil {
		return true
	}
	for i, arg := range call.Common().Args {
		if arg == v && r.reads(callee.Params[i]) {
			return true
		}
	}
	return false
}
