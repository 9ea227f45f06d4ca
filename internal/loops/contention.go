package loops

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Contends is the fact that a function tells, of an error, whether it is one by which a database says that
// another transaction came between.
type Contends struct{}

// AFact makes Contends a fact.
func (*Contends) AFact() {}

func (*Contends) String() string { return "tells conflicts" }

// contends exports which functions of the package tell conflicts of transactions from other failures.
func (f *finder) contends() {
	for _, fn := range f.g.SSA.Funcs {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && judges(fn.Signature) && f.tellsContention(fn, 0) {
			f.pass.ExportObjectFact(obj, new(Contends))
		}
	}
}

// judges reports whether a function is one that says yes or no to an error.
func judges(sig *types.Signature) bool {
	if sig.Results().Len() != 1 || !isFlag(sig.Results().At(0).Type()) {
		return false
	}
	for param := range sig.Params().Variables() {
		if isError(param.Type()) {
			return true
		}
	}
	return false
}

// isContention reports whether a call asks a function whether a database's error is worth another attempt:
// one that looks at the database's code.
func (f *finder) isContention(call *ssa.Call) bool {
	callee := flow.CalleeObject(call)
	if callee == nil || !judges(callee.Signature()) {
		return false
	}
	if fn := f.g.Callee(call); fn != nil {
		return f.tellsContention(fn, 0) || tellsRefusal(fn)
	}
	return f.pass.ImportObjectFact(callee, new(Contends))
}

// databaseErrors are types of errors that have a database's code.
var databaseErrors = regexp.MustCompile(`MySQLError$|PgError$|/pq\.Error$|sqlite`)

// tellsContention reports whether a function compares the code of a database's error with constants,
// itself or in a function of the package.
func (f *finder) tellsContention(fn *ssa.Function, depth int) bool {
	for instr := range flow.InstructionsIn(fn) {
		switch instr := instr.(type) {
		case *ssa.BinOp:
			if x, y := operands(instr); isConst(y) && (isDatabaseCode(x) || isConflictCode(y)) {
				return true
			}
		case *ssa.Alloc: // what errors.As is to take out
			if isDatabaseError(instr.Type()) {
				return true
			}
		case *ssa.Call:
			if isDatabaseError(first(instr.Type())) || slices.ContainsFunc(instr.Call.Args, isContentionText) {
				return true // errors.AsType[*pgconn.PgError](err)
			}
			if callee := f.g.Callee(instr); callee != nil && depth < 2 && takesError(instr) && f.tellsContention(callee, depth+1) {
				return true
			}
			if callee := flow.CalleeObject(instr); callee != nil && f.g.Callee(instr) == nil && f.pass.ImportObjectFact(callee, new(Contends)) {
				return true
			}
		}
	}
	return false
}

// tellsRefusal reports whether all that a function looks at in an error is whether a server has said how things stand: 412, 409.
func tellsRefusal(fn *ssa.Function) bool {
	refused := false
	for instr := range flow.InstructionsIn(fn) {
		cmp, ok := instr.(*ssa.BinOp)
		if !ok {
			continue
		}
		x, y := operands(cmp)
		err, _ := detail(x)
		if n, ok := flow.ConstInt(y); ok && err != nil && n >= 100 {
			if cmp.Op != token.EQL || !isRefusal(y) {
				return false
			}
			refused = true
		}
	}
	return refused
}

// isDatabaseError reports whether a type is that of a database's error, or an interface that asks for its code.
func isDatabaseError(t types.Type) bool {
	for {
		ptr, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			break
		}
		t = ptr.Elem()
	}
	if iface, ok := t.Underlying().(*types.Interface); ok {
		for method := range iface.Methods() {
			if method.Name() == "SQLState" {
				return true
			}
		}
		return false
	}
	return databaseErrors.MatchString(catalog.TypeName(t))
}

// isContentionText reports whether a value is a text by which a database says that another transaction came between.
func isContentionText(v ssa.Value) bool {
	text, ok := flow.ConstString(v)
	return ok && contentionText.MatchString(text)
}

var contentionText = regexp.MustCompile(`(?i)deadlock|could not serialize|serialization failure|restart transaction|database is locked`)

func isConst(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil
}

// isConflictCode reports whether a constant is an SQLSTATE by which PostgreSQL says that somebody else was faster.
func isConflictCode(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.String {
		return false
	}
	switch constant.StringVal(c.Value) {
	case "23505", "23P01", "40001", "40P01", "55P03":
		return true
	}
	return false
}

// isDatabaseCode reports whether a value is the number or code that a database has put in its error.
func isDatabaseCode(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.Convert:
		return isDatabaseCode(x.X)
	case *ssa.ChangeType:
		return isDatabaseCode(x.X)
	case *ssa.Call: // pgErr.SQLState()
		return !x.Call.IsInvoke() && len(x.Call.Args) == 1 && databaseErrors.MatchString(catalog.TypeName(x.Call.Args[0].Type()))
	case *ssa.UnOp:
		addr, ok := x.X.(*ssa.FieldAddr)
		if !ok || flow.FieldOf(addr) == nil {
			return false
		}
		switch flow.FieldOf(addr).Name() {
		case "Number", "Code", "SQLState":
			return databaseErrors.MatchString(catalog.TypeName(addr.X.Type()))
		}
	}
	return false
}
