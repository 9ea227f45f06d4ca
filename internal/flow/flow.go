// Package flow answers "where can this value come from?" for the values that decide
// whether a call is bounded: clients, transports, requests, contexts.
//
// It works on the SSA form of one package, backwards from a use, without regard to the
// order of statements. Struct fields are merged by type (a field's value is whatever the
// package stores into that field of any instance), package-level variables and captured
// variables by identity, results of the package's own functions by call. Where the answer
// lies outside the package (a parameter nobody here supplies, an unknown function's
// result) it says so with an origin of its own kind, and the caller stays silent.
package flow

import (
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/ssabuild"
)

// Analyzer indexes a package for tracing. Its result is nil where no SSA was built.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintflow",
	Doc:        "index the stores, calls and closures of a package, to trace where values come from",
	Run:        run,
	Requires:   []*analysis.Analyzer{ssabuild.Analyzer},
	ResultType: reflect.TypeFor[*Graph](),
	FactTypes:  []analysis.Fact{(*Alters)(nil)},
}

func run(pass *analysis.Pass) (any, error) {
	built := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.SSA)
	if built == nil {
		return (*Graph)(nil), nil
	}
	g := index(built)
	g.alters = func(fn *types.Func) *Alters {
		fact := new(Alters)
		if !pass.ImportObjectFact(fn, fact) {
			return nil
		}
		return fact
	}
	g.exportAlters(pass)
	return g, nil
}

// A Graph is an index of a package: who stores what where, who calls whom.
type Graph struct {
	SSA *ssabuild.SSA

	callers  map[*ssa.Function][]ssa.CallInstruction
	escaping map[*ssa.Function]bool // functions used as values: their callers are not all known
	closures map[*ssa.Function][]*ssa.MakeClosure

	fieldStores map[*types.Var][]*ssa.Store // by the field stored to
	cellStores  map[ssa.Value][]*ssa.Store  // by the variable stored to: *ssa.Alloc or *ssa.Global
	handed      []Handed
	contained   []ssa.Value // values put into slices, maps and channels

	fieldAddrs map[*types.Var][]*ssa.FieldAddr // field addresses that leave the function
	given      map[*ssa.Global]bool            // package-level variables whose address is a value
	derefs     []*ssa.Store                    // stores of whole structs through pointers

	// alters returns what other packages' facts say of a function.
	alters func(*types.Func) *Alters

	// Passes on the same package run at the same time, and what follows is worked out when it is asked for.
	mu      sync.Mutex                    // guards objects and reach
	objects map[ssa.Value][]Origin        // memo of Objects
	reach   map[ssa.Value]map[Origin]bool // memo of Reach
	making  sync.Once
	made    map[*types.TypeName][]*ssa.Alloc // of constructions
}

// A Handed is an argument given to a function that the package does not define.
type Handed struct {
	Arg  ssa.Value
	Call ssa.CallInstruction
}

// index indexes a package.
func index(built *ssabuild.SSA) *Graph {
	g := &Graph{
		SSA:         built,
		callers:     map[*ssa.Function][]ssa.CallInstruction{},
		escaping:    map[*ssa.Function]bool{},
		closures:    map[*ssa.Function][]*ssa.MakeClosure{},
		fieldStores: map[*types.Var][]*ssa.Store{},
		cellStores:  map[ssa.Value][]*ssa.Store{},
		fieldAddrs:  map[*types.Var][]*ssa.FieldAddr{},
		given:       map[*ssa.Global]bool{},
		objects:     map[ssa.Value][]Origin{},
		reach:       map[ssa.Value]map[Origin]bool{},
	}
	for instr := range g.Instructions() {
		if mc, ok := instr.(*ssa.MakeClosure); ok {
			fn := mc.Fn.(*ssa.Function)
			g.closures[fn] = append(g.closures[fn], mc)
		}
	}
	for instr := range g.Instructions() {
		if store, ok := instr.(*ssa.Store); ok {
			g.indexStore(store)
		}
	}
	for instr := range g.Instructions() {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			g.indexCall(instr)
		case *ssa.FieldAddr:
			if leaves(instr) {
				g.fieldAddrs[FieldOf(instr)] = append(g.fieldAddrs[FieldOf(instr)], instr)
			}
		case *ssa.MapUpdate:
			g.contained = append(g.contained, instr.Value)
		case *ssa.Send:
			g.contained = append(g.contained, instr.X)
		}
		g.indexFuncValues(instr)
		g.indexGiven(instr)
	}
	return g
}

// Instructions visits every instruction of the package in source order.
func (g *Graph) Instructions() func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for _, fn := range g.SSA.Funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					if !yield(instr) {
						return
					}
				}
			}
		}
	}
}

// InstructionsIn visits every instruction of a function, and of the literals in it.
func InstructionsIn(fn *ssa.Function) func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		work := []*ssa.Function{fn}
		for len(work) > 0 {
			fn := work[0]
			work = append(work[1:], fn.AnonFuncs...)
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					if !yield(instr) {
						return
					}
				}
			}
		}
	}
}

func (g *Graph) indexCall(call ssa.CallInstruction) {
	if fn := g.Callee(call); fn != nil {
		g.callers[fn] = append(g.callers[fn], call)
		return
	}
	for _, arg := range call.Common().Args {
		if iface, ok := arg.(*ssa.MakeInterface); ok {
			arg = iface.X
		}
		if _, ok := types.Unalias(arg.Type()).(*types.Pointer); ok {
			g.handed = append(g.handed, Handed{arg, call})
		}
	}
}

// leaves reports whether the address of a field, as such or in an interface, is given to a
// function: flag.DurationVar(&c.Timeout, …).
func leaves(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case ssa.CallInstruction:
			if !isReceiver(ref, addr) {
				return true
			}
		case *ssa.MakeInterface:
			if leaves(ref) {
				return true
			}
		}
	}
	return false
}

// isReceiver reports whether v is what the method of a call is called on.
func isReceiver(call ssa.CallInstruction, v ssa.Value) bool {
	return Operand(call, catalog.Recv) == v
}

// heldFunc returns the function that a package-level variable holds, if the package gives it
// just one: var get = func(…) { … }.
func (g *Graph) heldFunc(v ssa.Value) *ssa.Function {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	global, ok := load.X.(*ssa.Global)
	if !ok || global.Pkg != g.SSA.Pkg || len(g.cellStores[global]) != 1 {
		return nil
	}
	switch fn := g.cellStores[global][0].Val.(type) {
	case *ssa.Function:
		return fn
	case *ssa.MakeClosure:
		return fn.Fn.(*ssa.Function)
	}
	return nil
}

// CellStores returns the stores of the package to the variable that addr is the address of: a
// local one, captured or not, or a package-level one.
func (g *Graph) CellStores(addr ssa.Value) []*ssa.Store {
	var stores []*ssa.Store
	for _, cell := range g.cells(addr) {
		stores = append(stores, g.cellStores[cell]...)
	}
	return stores
}

// FieldStores returns the stores of the package to a field.
func (g *Graph) FieldStores(field *types.Var) []*ssa.Store { return g.fieldStores[field] }

// Defines reports whether the function that call runs is one of the package.
func (g *Graph) Defines(call ssa.CallInstruction) bool { return g.Callee(call) != nil }

// CalledHere returns the one call that runs a function literal: it stands in the function
// around it. It returns nil for a literal that is stored, passed on, run as a goroutine, or
// run more than once.
func (g *Graph) CalledHere(literal *ssa.Function) ssa.Instruction {
	closures := g.closures[literal]
	if len(closures) > 1 {
		return nil
	}
	if len(closures) == 0 { // it captures nothing
		if calls := g.callers[literal]; len(calls) == 1 && !g.escaping[literal] {
			return asCall(calls[0])
		}
		return nil
	}
	refs := *closures[0].Referrers()
	if len(refs) != 1 {
		return nil
	}
	call, ok := refs[0].(ssa.CallInstruction)
	if !ok || call.Common().Value != closures[0] {
		return nil
	}
	return asCall(call)
}

func asCall(call ssa.CallInstruction) ssa.Instruction {
	if _, ok := call.(*ssa.Go); ok {
		return nil
	}
	return call
}

// Callee returns the function with source in this package that call runs, or nil. Calls of
// an instance of a generic function run the generic one.
func (g *Graph) Callee(call ssa.CallInstruction) *ssa.Function {
	fn := call.Common().StaticCallee()
	if fn == nil {
		fn = g.heldFunc(call.Common().Value)
	}
	if fn == nil {
		return nil
	}
	if generic := fn.Origin(); generic != nil {
		fn = generic
	}
	if fn.Pkg != g.SSA.Pkg || fn.Blocks == nil || fn.Synthetic != "" && fn.Name() != "init" {
		return nil
	}
	return fn
}

func (g *Graph) indexStore(store *ssa.Store) {
	if field, ok := store.Addr.(*ssa.FieldAddr); ok {
		v := FieldOf(field)
		g.fieldStores[v] = append(g.fieldStores[v], store)
		return
	}
	if _, ok := store.Addr.(*ssa.IndexAddr); ok {
		g.contained = append(g.contained, store.Val)
	}
	cells := g.cells(store.Addr)
	if len(cells) == 0 && isStruct(store.Val.Type()) {
		g.derefs = append(g.derefs, store)
	}
	for _, cell := range cells {
		g.cellStores[cell] = append(g.cellStores[cell], store)
	}
}

// cells returns the variables that addr is the address of: a local, a global, or the
// variable that a closure captured.
func (g *Graph) cells(addr ssa.Value) []ssa.Value {
	switch addr := addr.(type) {
	case *ssa.Alloc, *ssa.Global:
		return []ssa.Value{addr}
	case *ssa.FreeVar:
		var cells []ssa.Value
		for _, binding := range g.Bindings(addr) {
			cells = append(cells, g.cells(binding)...)
		}
		return cells
	}
	return nil
}

// Bindings returns what a closure's free variable is bound to where the closure is made.
func (g *Graph) Bindings(v *ssa.FreeVar) []ssa.Value {
	var bound []ssa.Value
	for i, free := range v.Parent().FreeVars {
		if free != v {
			continue
		}
		for _, mc := range g.closures[v.Parent()] {
			bound = append(bound, mc.Bindings[i])
		}
	}
	return bound
}

// indexFuncValues notes the functions that instr uses as values rather than calls.
func (g *Graph) indexFuncValues(instr ssa.Instruction) {
	var operands [10]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		fn, ok := (*operand).(*ssa.Function)
		if !ok {
			if mc, isClosure := (*operand).(*ssa.MakeClosure); isClosure {
				fn, ok = mc.Fn.(*ssa.Function), true
			}
		}
		if !ok {
			continue
		}
		if _, isClosure := instr.(*ssa.MakeClosure); isClosure {
			continue
		}
		if call, isCall := instr.(ssa.CallInstruction); isCall && operand == &call.Common().Value {
			continue
		}
		g.escaping[fn] = true
	}
}

// indexGiven notes the package-level variables whose address instr passes on.
func (g *Graph) indexGiven(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef:
		return
	case *ssa.Store:
		if global, ok := instr.Val.(*ssa.Global); ok {
			g.given[global] = true
		}
		return
	}
	var operands [10]*ssa.Value
	for _, operand := range instr.Operands(operands[:0]) {
		if global, ok := (*operand).(*ssa.Global); ok {
			g.given[global] = true
		}
	}
}

// FieldOf returns the field that a FieldAddr addresses; for a field of an instantiated
// generic type, the field of the generic one.
func FieldOf(addr *ssa.FieldAddr) *types.Var {
	return field(addr.X.Type(), addr.Field)
}

func field(t types.Type, i int) *types.Var {
	if s := structOf(t); s != nil {
		return s.Field(i).Origin()
	}
	return nil
}

// structOf returns the struct that t, or what it points to, is: for a type parameter, the one
// struct that its constraint allows. It returns nil if there is none.
func structOf(t types.Type) *types.Struct {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return u
	case *types.Interface: // a constraint
		for embedded := range u.EmbeddedTypes() {
			if union, ok := embedded.(*types.Union); ok && union.Len() > 0 {
				embedded = union.Term(0).Type()
			}
			if s, ok := embedded.Underlying().(*types.Struct); ok {
				return s
			}
		}
	}
	return nil
}

// FieldNamed returns the field of t, a struct or a pointer to one, with that name, or nil.
func FieldNamed(t types.Type, name string) *types.Var {
	s := structOf(t)
	if s == nil {
		return nil
	}
	for f := range s.Fields() {
		if f.Name() == name {
			return f.Origin()
		}
	}
	return nil
}

// Callers returns the calls of fn in this package.
func (g *Graph) Callers(fn *ssa.Function) []ssa.CallInstruction { return g.callers[fn] }

// UsedAsValue reports whether fn is stored, passed or returned somewhere in the package, so
// that calls which cannot be seen may run it.
func (g *Graph) UsedAsValue(fn *ssa.Function) bool { return g.escaping[fn] }
