package loops

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// circumstances notes under what a function retries: how often, for how many, behind what.
func (f *finder) circumstances(r *Retry, fn *ssa.Function) {
	r.Startup, r.IfOnce = f.startsUp(fn)
	r.Startup = r.Startup || migrates(r.Ops)
	r.Guarded, r.Many = f.guarded(fn) || opensStreams(r.Ops), f.many(fn)
}

// startsUp reports whether a function is run once, when a program starts or a command of it is given:
// by main, by init, or by functions that are run by these alone. In a program nobody else can call it;
// outside, it has to be one that other packages cannot, or it depends on theirs: those of its callers
// that they can call have to run once, which the whole module shows.
func (f *finder) startsUp(fn *ssa.Function) (once bool, ifOnce []string) {
	w := &starter{f: f, seen: map[*ssa.Function]bool{}}
	if fn.Pkg == nil || !w.runsOnce(fn) {
		return false, nil
	}
	return len(w.shown) == 0, w.shown
}

// A starter looks for who calls a function.
type starter struct {
	f     *finder
	seen  map[*ssa.Function]bool
	shown []string // functions on the way that other packages can call, by FullName
}

func (w *starter) runsOnce(fn *ssa.Function) bool {
	if w.seen[fn] {
		return false
	}
	w.seen[fn] = true
	program := fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
	if program && fn.Signature.Recv() == nil && fn.Parent() == nil && (fn.Name() == "main" || fn.Name() == "init") {
		return true
	}
	if !program && fn.Parent() == nil && token.IsExported(fn.Name()) {
		obj, _ := fn.Object().(*types.Func)
		if obj != nil {
			w.shown = append(w.shown, obj.Origin().FullName())
		}
		return obj != nil
	}
	if w.f.g.UsedAsValue(fn) {
		return w.f.isCommand(fn)
	}
	callers := w.f.g.Callers(fn)
	for _, caller := range callers {
		if _, ok := caller.(*ssa.Go); ok || flow.InLoop(caller.Block()) || !w.runsOnce(caller.Parent()) {
			return false
		}
	}
	return len(callers) > 0
}

// isCommand reports whether a function is not used but as what a command of a command line runs.
func (f *finder) isCommand(fn *ssa.Function) bool {
	found := false
	for instr := range f.g.Instructions() {
		var operands [10]*ssa.Value
		for _, operand := range instr.Operands(operands[:0]) {
			used := *operand
			if closure, ok := used.(*ssa.MakeClosure); ok {
				used = closure.Fn
			}
			if used != fn {
				continue
			}
			switch instr := instr.(type) {
			case *ssa.MakeClosure, *ssa.DebugRef:
			case *ssa.Store:
				if !intoCommand(instr) {
					return false
				}
				found = true
			case *ssa.ChangeType:
				if !onlyIntoCommand(instr) {
					return false
				}
				found = true
			case *ssa.MakeInterface: // the field may be any
				if !onlyIntoCommand(instr) {
					return false
				}
				found = true
			case ssa.CallInstruction:
				if instr.Common().Value != *operand {
					return false
				}
			default:
				return false
			}
		}
	}
	return found
}

// intoCommand reports whether a store is one into a field of a command.
func intoCommand(store *ssa.Store) bool {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	return ok && catalog.IsCommand(addr.X.Type()) && flow.FieldOf(addr) != nil
}

// onlyIntoCommand reports whether a value is not used but in fields of commands, whatever type it is given.
func onlyIntoCommand(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Val != v || !intoCommand(ref) {
				return false
			}
		case *ssa.MakeInterface:
			if !onlyIntoCommand(ref) {
				return false
			}
		case *ssa.ChangeType:
			if !onlyIntoCommand(ref) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// migrations are names of what brings a database's tables up to date: a program does that when it starts.
var migrations = regexp.MustCompile(`(?i)migrat(e|ion)`)

// migrates reports whether all that is attempted brings tables up to date.
func migrates(ops []Op) bool {
	return len(ops) > 0 && !slices.ContainsFunc(ops, func(op Op) bool { return !migrations.MatchString(op.Name) })
}

// opensStreams reports whether what is attempted is no more than to open streams of gRPC: that fails in the process
// while there is no connection, and gRPC connects again with a backoff and jitter of its own.
func opensStreams(ops []Op) bool {
	for _, op := range ops {
		results := op.Call.Common().Signature().Results()
		if results.Len() != 2 || !isClientStream(results.At(0).Type()) {
			return false
		}
	}
	return len(ops) > 0
}

// isClientStream reports whether a type has the methods of grpc.ClientStream.
func isClientStream(t types.Type) bool {
	for _, name := range []string{"CloseSend", "Trailer", "RecvMsg"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj == nil {
			return false
		}
	}
	return true
}
