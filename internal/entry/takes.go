package entry

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Takes is the fact that a function is given handlers, and that the package calls them for each message
// which it receives.
type Takes struct {
	Params []int  // that are handlers; the receiver is 0
	From   string // the library that delivers the messages: its path
}

// AFact makes Takes a fact.
func (*Takes) AFact() {}

func (t *Takes) String() string { return "takes handlers of " + t.From }

// A taken is a parameter that holds a handler.
type taken struct {
	fn    *ssa.Function
	index int
}

// A wrapper finds the functions by which a package that receives messages takes handlers for them.
type wrapper struct {
	f      *finder
	params map[taken]*catalog.Traffic
	fields map[*types.Var]*catalog.Traffic
}

// takes finds the handlers that the package's own receivers call, which they were given before.
func (f *finder) takes(pass *analysis.Pass) {
	w := &wrapper{f: f, params: map[taken]*catalog.Traffic{}, fields: map[*types.Var]*catalog.Traffic{}}
	for _, e := range slices.Clone(f.result.Own) {
		if e.Kind == Message && e.From != nil {
			w.receiver(e.Func, e.From)
		}
	}
	if len(w.params)+len(w.fields) == 0 {
		return
	}
	for range 4 { // wrappers of wrappers
		before := len(w.params) + len(w.fields)
		for instr := range f.g.Instructions() {
			w.passes(instr)
		}
		if before == len(w.params)+len(w.fields) {
			break
		}
	}
	w.export(pass)
}

// receiver notes what a function that receives messages calls that it was given, in its literals, too.
// Where one looks first, what it calls is looked for before.
func (w *wrapper) receiver(fn *ssa.Function, from *catalog.Traffic) {
	if w.f.hasGuards(fn) {
		return
	}
	for instr := range flow.InstructionsIn(fn) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || call.Common().IsInvoke() || flow.CalleeObject(call) != nil || w.f.g.Callee(call) != nil {
			continue
		}
		if _, builtin := call.Common().Value.(*ssa.Builtin); !builtin && len(call.Common().Args) > 0 && !tells(call) {
			w.holds(call.Common().Value, from, 0)
		}
	}
	for _, literal := range fn.AnonFuncs {
		w.receiver(literal, from)
	}
}

// tells reports whether a call says by a constant what has happened: notify(ctx, "mail.sent", id). What is called
// so is told of what a handler does, and is not the handler.
func tells(call ssa.CallInstruction) bool {
	return slices.ContainsFunc(call.Common().Args, func(arg ssa.Value) bool {
		text, ok := flow.ConstString(arg)
		return ok && text != ""
	})
}

const maxHeld = 8 // values between a handler's call and where it comes from

// holds notes that v holds a handler: where it comes from takes one.
func (w *wrapper) holds(v ssa.Value, from *catalog.Traffic, depth int) {
	if v == nil || depth > maxHeld {
		return
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		at := taken{v.Parent(), slices.Index(v.Parent().Params, v)}
		if w.params[at] == nil {
			w.params[at] = from
		}
	case *ssa.FreeVar:
		for _, bound := range w.f.g.Bindings(v) {
			w.holds(bound, from, depth+1)
		}
	case *ssa.ChangeType:
		w.holds(v.X, from, depth+1)
	case *ssa.Extract:
		w.holds(v.Tuple, from, depth+1)
	case *ssa.Lookup:
		w.holds(v.X, from, depth+1)
	case *ssa.IndexAddr:
		w.holds(v.X, from, depth+1)
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return
		}
		if addr, ok := v.X.(*ssa.FieldAddr); ok {
			if field := flow.FieldOf(addr); field != nil && w.fields[field] == nil && field.Pkg() == w.f.g.SSA.Pkg.Pkg {
				w.fields[field] = from
			}
			return
		}
		if at, ok := v.X.(*ssa.IndexAddr); ok {
			w.holds(at, from, depth+1)
			return
		}
		for _, store := range w.f.g.CellStores(v.X) {
			w.holds(store.Val, from, depth+1)
		}
	}
}

// passes notes the handlers that an instruction passes on: what is stored where a receiver takes it from,
// and what is passed for a parameter.
func (w *wrapper) passes(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		if addr, ok := instr.Addr.(*ssa.FieldAddr); ok {
			if from := w.fields[flow.FieldOf(addr)]; from != nil {
				w.given(instr.Val, from)
			}
		}
	case *ssa.MapUpdate:
		if load, ok := instr.Map.(*ssa.UnOp); ok {
			if addr, ok := load.X.(*ssa.FieldAddr); ok {
				if from := w.fields[flow.FieldOf(addr)]; from != nil {
					w.given(instr.Value, from)
				}
			}
		}
	case ssa.CallInstruction:
		callee := w.f.g.Callee(instr)
		if callee == nil {
			return
		}
		for i := range callee.Params {
			if from := w.params[taken{callee, i}]; from != nil {
				if arg := flow.Argument(instr, i); arg != nil {
					w.given(arg, from)
				}
			}
		}
	}
}

// given adds a handler that is given to a receiver, or notes who is given it before.
func (w *wrapper) given(v ssa.Value, from *catalog.Traffic) {
	switch plain(v).(type) {
	case *ssa.Function, *ssa.MakeClosure, *ssa.Call, *ssa.MakeMap:
		w.f.handler(v, Message, from, "")
	default:
		w.holds(plain(v), from, 0)
	}
}

// export tells the importers of the package which of its functions take handlers, and which methods of its
// interfaces do.
func (w *wrapper) export(pass *analysis.Pass) {
	facts := map[*types.Func]*Takes{}
	for at, from := range w.params {
		obj, ok := at.fn.Object().(*types.Func)
		if !ok || !obj.Exported() {
			continue
		}
		obj = obj.Origin()
		if facts[obj] == nil {
			facts[obj] = &Takes{From: from.Path}
		}
		facts[obj].Params = append(facts[obj].Params, at.index)
	}
	for obj, fact := range facts {
		slices.Sort(fact.Params)
		pass.ExportObjectFact(obj, fact)
		for _, method := range interfacesOf(pass.Pkg, obj) {
			if facts[method] == nil {
				pass.ExportObjectFact(method, fact)
			}
		}
	}
}

// interfacesOf returns the methods of the package's interfaces that a method implements.
func interfacesOf(pkg *types.Package, method *types.Func) []*types.Func {
	recv := method.Signature().Recv()
	if recv == nil {
		return nil
	}
	var methods []*types.Func
	for _, name := range pkg.Scope().Names() {
		iface, ok := pkg.Scope().Lookup(name).Type().Underlying().(*types.Interface)
		if !ok || iface.Empty() || !types.Implements(recv.Type(), iface) {
			continue
		}
		for declared := range iface.Methods() {
			if declared.Name() == method.Name() && declared.Pkg() == pkg {
				methods = append(methods, declared)
			}
		}
	}
	return methods
}

// taking adds the handlers that a call gives to a function of another package which takes them.
func (f *finder) taking(pass *analysis.Pass, call ssa.CallInstruction, obj *types.Func) {
	var fact Takes
	if obj.Pkg() == nil || obj.Pkg() == pass.Pkg || !pass.ImportObjectFact(obj.Origin(), &fact) {
		return
	}
	from := catalog.TrafficOf(fact.From)
	if from == nil || f.deduplicates(call.Parent()) {
		return
	}
	for _, i := range fact.Params {
		if arg := flow.Argument(call, i); arg != nil && !f.shared(pass, arg) {
			f.handler(arg, Message, from, "")
		}
	}
}

// shared reports whether a function is given to others, too, that receive no messages: it is for whoever has something
// to tell, and no handler of its own.
func (f *finder) shared(pass *analysis.Pass, given ssa.Value) bool {
	given = plain(given)
	if fn, ok := given.(*ssa.Function); ok && fn.Parent() == nil || given.Referrers() == nil {
		return false
	}
	var others func(v ssa.Value) bool
	others = func(v ssa.Value) bool {
		return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
			switch ref := ref.(type) {
			case *ssa.ChangeType:
				return others(ref)
			case ssa.CallInstruction:
				obj := flow.CalleeObject(ref)
				if obj == nil || obj.Pkg() == nil || ref.Common().Value == v {
					return false
				}
				var fact Takes
				if !pass.ImportObjectFact(obj.Origin(), &fact) {
					return true
				}
				return !slices.ContainsFunc(fact.Params, func(i int) bool { return flow.Argument(ref, i) == v })
			}
			return false
		})
	}
	return others(given)
}
