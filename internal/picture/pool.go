package picture

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Pool is a place of the package where a pool of connections to a database server is opened, or tuned,
// where the opening is not seen.
type Pool struct {
	Call  *ssa.Call
	Tuned bool
}

// pools finds the pools that the package opens, and whether it limits one.
func (b *builder) pools() {
	var tuned *ssa.Call
	for instr := range b.g.Instructions() {
		call, ok := instr.(*ssa.Call)
		if !ok {
			b.limitsByValue(instr)
			continue
		}
		callee := flow.CalleeObject(call)
		switch pool := catalog.PoolOf(callee); {
		case catalog.LimitsPool(callee):
			b.result.Limits = true
		case tuned == nil && b.tunes(call):
			tuned = call
		case pool != nil && b.toServer(flow.Operand(call, pool.Driver)) && !closes(call):
			b.result.Pools = append(b.result.Pools, &Pool{Call: call})
		}
	}
	if len(b.result.Pools) == 0 && tuned != nil && !b.hasPool() {
		b.result.Pools = append(b.result.Pools, &Pool{Call: tuned, Tuned: true})
	}
}

// tunes reports whether a call says how many connections a pool keeps, and that it keeps some: one that keeps
// none is a layer over another pool.
func (b *builder) tunes(call *ssa.Call) bool {
	if !catalog.TunesPool(flow.CalleeObject(call)) {
		return false
	}
	n, ok := flow.ConstInt(flow.Operand(call, catalog.Arg0))
	return !ok || n > 0
}

// hasPool reports whether the package has to do with pools that have a limit of their own.
func (b *builder) hasPool() bool {
	return slices.ContainsFunc(b.pass.Pkg.Imports(), func(pkg *types.Package) bool { return catalog.LimitsItself(pkg.Path()) })
}

func (b *builder) limitsByValue(instr ssa.Instruction) {
	if mc, ok := instr.(*ssa.MakeClosure); ok {
		if method, ok := mc.Fn.(*ssa.Function).Object().(*types.Func); ok && catalog.LimitsPool(method) {
			b.result.Limits = true
		}
	}
}

// toServer reports whether a driver is known to be that of a database server: by its name, by what makes it,
// or by its type.
func (b *builder) toServer(driver ssa.Value) bool {
	if driver == nil {
		return false
	}
	sources := b.g.TraceText(driver, nil)
	if !isText(driver.Type()) {
		sources = b.g.Trace(driver, nil)
	}
	for _, source := range sources {
		if text, ok := flow.ConstString(source.At); ok {
			if !catalog.NamesServer(text) {
				return false
			}
			continue
		}
		switch source.Kind {
		case flow.Nil:
		case flow.Result:
			fn := flow.CalleeObject(source.Value.(*ssa.Call))
			if !catalog.NamesServer(catalog.Name(fn)) {
				return false
			}
		case flow.New:
			if !catalog.NamesServer(catalog.TypeName(source.Value.Type())) {
				return false
			}
		default:
			return false
		}
	}
	return len(sources) > 0
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// closes reports whether the function that opens a pool closes it, too: it is for one thing, and not for
// requests.
func closes(open *ssa.Call) bool {
	if open.Parent().Name() == "main" {
		return false
	}
	for instr := range flow.InstructionsIn(open.Parent()) {
		d, ok := instr.(*ssa.Defer)
		if ok && flow.CalleeName(d) == "Close" {
			if name := catalog.Name(flow.CalleeObject(d)); name == "database/sql.DB.Close" || name == "github.com/jmoiron/sqlx.DB.Close" {
				return true
			}
		}
	}
	return false
}
