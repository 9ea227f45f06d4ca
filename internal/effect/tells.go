package effect

import (
	"go/token"
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// resultOf returns what a call returns; nil where it is deferred or a goroutine, which an interface with a nil pointer in it is not.
func resultOf(call ssa.CallInstruction) ssa.Value {
	if v := call.Value(); v != nil {
		return v
	}
	return nil
}

// ignored reports whether nobody looks at the results of a call, but for its error.
func ignored(call ssa.CallInstruction) bool {
	v := call.Value()
	if v == nil || v.Referrers() == nil {
		return true
	}
	tuple, several := v.Type().(*types.Tuple)
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if !several || !isErrorType(tuple.At(ref.Index).Type()) && len(*ref.Referrers()) > 0 {
				return false
			}
		default:
			if several || !isErrorType(v.Type()) {
				return false
			}
		}
	}
	return true
}

// locks reports whether a clause that a call adds to a statement locks rows.
func (b *builder) locks(call ssa.CallInstruction) bool {
	args := call.Common().Args
	if len(args) == 0 {
		return false
	}
	for _, arg := range elements(args[len(args)-1]) {
		if strings.HasSuffix(catalog.TypeName(unwrap(arg).Type()), ".Locking") {
			return true
		}
	}
	return false
}

var (
	// absences are names of errors and of questions about them which say that there is none yet, presences of
	// such that say that there is one already.
	absences  = regexp.MustCompile(`(?i)not_?found|no_?rows|no_?documents|not_?exist`)
	presences = regexp.MustCompile(`(?i)duplicat|already|exists|conflict|processed`)
	// answering are names of functions that tell who asks.
	answering = regexp.MustCompile(`(?i)err|respon|json|write|render|abort|fail|bad|notfound|log|print|warn|info|debug|^new|wrap|status|string|sprint|end|close|rollback`)
)

// absence adds what a function does with an error that says that something is not there, or is there already,
// if it tells a second time from the first.
func (b *builder) absence(load *ssa.UnOp, global *ssa.Global) {
	name := global.Name()
	switch {
	case !isErrorType(load.Type()) && !catalog.TellsAbsence(global.Object()):
	case presences.MatchString(name):
		b.refuses(name, load.Pos())
		if at := load.Block(); leaves(at) && at.Idom() != nil { // the error that is returned, if it is there
			b.blocks[len(b.blocks)-1] = at.Idom()
		}
	case catalog.TellsAbsence(global.Object()) || absences.MatchString(name):
		if b.goesOnWithout(load) {
			b.add(&Step{Kind: Guards, Name: name, pos: load.Pos()})
		}
	}
}

// goesOnWithout reports whether a function does something where v says that something is not there: v is an
// error that others are compared with, or the answer. If it only says so to who asks, it is no look
// at whether something was done.
func (b *builder) goesOnWithout(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.BinOp:
			if b.branches(ref, ref.Op == token.EQL) {
				return true
			}
		case *ssa.Call:
			if basic, ok := ref.Type().Underlying().(*types.Basic); ok && basic.Kind() == types.Bool && b.branches(ref, true) {
				return true
			}
		case *ssa.If:
			if b.branches(v, true) {
				return true
			}
		}
	}
	return false
}

// branches reports whether what a condition is asked for goes on where it is as wanted.
func (b *builder) branches(cond ssa.Value, wanted bool) bool {
	for _, ref := range *cond.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			if ref.Op == token.NOT && b.branches(ref, !wanted) {
				return true
			}
		case *ssa.If:
			there := ref.Block().Succs[0]
			if !wanted {
				there = ref.Block().Succs[1]
			}
			if !leaves(there) || !b.bare(there) {
				return true
			}
		case *ssa.Phi, *ssa.Store:
			return true // part of a longer question
		}
	}
	return false
}

// bare reports whether a block that ends its function does nothing but answer.
func (b *builder) bare(block *ssa.BasicBlock) bool {
	for range 4 {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			name := flow.CalleeName(call)
			if obj := flow.CalleeObject(call); obj == nil || !answering.MatchString(name) && (catalog.Executes(name) || catalog.DeedOf(obj) != nil || b.ours(obj)) {
				if _, builtin := call.Common().Value.(*ssa.Builtin); !builtin {
					return false
				}
			}
		}
		if len(block.Succs) != 1 {
			break
		}
		block = block.Succs[0]
	}
	return true
}

// ours reports whether a function is declared in a module of the package's owner.
func (b *builder) ours(obj *types.Func) bool {
	return obj.Pkg() != nil && firstPart(obj.Pkg().Path()) == firstPart(b.pass.Pkg.Path())
}
