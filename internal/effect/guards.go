package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// guards returns what a call does against a second delivery, or nil.
func (b *builder) guards(call ssa.CallInstruction, obj *types.Func) *Step {
	name := obj.Name()
	switch {
	case catalog.Guards(obj):
		again := repeats.MatchString(name) && !b.locks(call)
		return &Step{Name: callName(obj), Repeats: again, Built: again}
	case catalog.BeginsTransaction(obj):
		return &Step{Name: callName(obj), Repeats: true}
	case catalog.Narrows(obj) && b.narrows(call):
		return &Step{Name: callName(obj), Built: true}
	case b.usedOnce(call), b.picksUndone(call, obj), createsAlone(call, obj):
		return &Step{Name: callName(obj)}
	case b.selects(call, obj):
		return &Step{Name: callName(obj), Refuses: strings.Contains(name, "Update")}
	case keyed.MatchString(name):
		return &Step{Name: name, Refuses: true}
	}
	if recv := obj.Signature().Recv(); recv != nil {
		if t := catalog.TypeName(recv.Type()); keyed.MatchString(t[strings.LastIndexByte(t, '.')+1:]) {
			return &Step{Name: name, Refuses: true}
		}
	}
	if looks.MatchString(name) && b.g.Callee(call) == nil {
		return &Step{Name: name, Repeats: repeats.MatchString(name) && ignored(call), Refuses: violates.MatchString(name)}
	}
	if headers.MatchString(name) && !flow.OnlyTold(resultOf(call)) {
		for _, arg := range call.Common().Args {
			if text := b.text(arg, 0); isString(arg.Type()) && text.Known && (catalog.KeyHeader(text.Const) || catalog.DeliveryHeader(text.Const)) {
				return &Step{Name: text.Const, Refuses: true}
			}
		}
	}
	for _, arg := range call.Common().Args { // strings.Contains(err.Error(), "duplicate key")
		if text, ok := flow.ConstString(arg); ok && violation.MatchString(text) && !IsStatement(text) {
			clause := strings.Contains(strings.ToLower(text), "on conflict")
			return &Step{Name: "duplicate key", Repeats: clause, Built: clause, Refuses: !clause}
		}
	}
	return nil
}

// createsAlone reports whether a call makes a file, and fails where there is one: os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600).
func createsAlone(call ssa.CallInstruction, obj *types.Func) bool {
	if catalog.Name(obj) != "os.OpenFile" {
		return false
	}
	flags, ok := flow.ConstInt(flow.Operand(call, catalog.Arg1))
	alone, _ := obj.Pkg().Scope().Lookup("O_EXCL").(*types.Const) // another number on each system
	if !ok || alone == nil {
		return false
	}
	bit, _ := constant.Int64Val(alone.Val())
	return flags&bit != 0
}

var (
	// repeats are names of functions that do something so that it can be repeated; what else is done, is not.
	repeats = regexp.MustCompile(`(?i)upsert|orcreate|orupdate|orinit|orignore|orreplace|^clauses$|^on$|^onconflict$|^ignore$|^replace$|^options$`)
	// violates are names of questions about an error which say that there is one already.
	violates = regexp.MustCompile(`(?i)violation|duplicate|conflict|already`)
	// admits are names of questions whether something is allowed, or valid: they are answered alike each time.
	admits = regexp.MustCompile(`(?i)auth|permi|valid|verif|allow|limit|enabled|sign|health|ready|admin|owner|feature|config|should|need|bind|parse|decode|connect|available|rate`)
)

var violation = regexp.MustCompile(`(?i)\bon conflict\b|duplicate (key|entry)|unique constraint|^23505$|attribute_not_exists`)

// compares adds a comparison with what databases say of a second row.
func (b *builder) compares(cmp *ssa.BinOp) {
	for _, side := range []ssa.Value{cmp.X, cmp.Y} {
		c, ok := side.(*ssa.Const)
		if !ok || c.Value == nil {
			continue
		}
		if c.Value.Kind() == constant.String && violation.MatchString(constant.StringVal(c.Value)) {
			b.refuses("duplicate key", cmp.Pos())
		}
		if n, ok := flow.ConstInt(c); ok && n == 1062 {
			b.refuses("duplicate key", cmp.Pos())
		}
	}
}

// decides says what a branch looks at to tell whether something was done before, or "": it leaves the
// function, or goes on with the next message, if what it has looked up is there.
func (b *builder) decides(branch *ssa.If) string {
	yes, no := leaves(branch.Block().Succs[0]), leaves(branch.Block().Succs[1])
	nextYes, nextNo := yes || goesBack(branch, 0), no || goesBack(branch, 1)
	switch cond := branch.Cond.(type) {
	case *ssa.BinOp:
		if b.several(cond, branch) {
			return "how many there are"
		}
		return b.compared(cond, yes, no)
	case *ssa.Extract, *ssa.Call:
		if lookup, ok := extracted(cond).(*ssa.Lookup); ok && nextYes && kept(lookup.X) && onlyAsked(lookup) {
			return "what it keeps"
		}
		if call, ok := extracted(cond).(*ssa.Call); ok && (nextYes || nextNo) {
			name := flow.CalleeName(call)
			switch {
			case absences.MatchString(name):
				if b.goesOnWithout(cond) {
					return name
				}
			case asks(call) && !admits.MatchString(name), b.isTime(call):
				return name
			case standing.MatchString(name) && b.loaded(cond, 0): // order.IsPaid()
				return name
			}
		}
	case *ssa.Lookup:
		if nextYes && kept(cond.X) {
			return "what it keeps"
		}
	case *ssa.UnOp:
		if name := fieldName(cond); name != "" && standing.MatchString(name) && (nextYes || nextNo) && b.loaded(cond, 0) {
			return name
		}
		if (nextYes || nextNo) && filled(cond) {
			return "what it has looked up"
		}
	}
	return ""
}

func (b *builder) compared(cmp *ssa.BinOp, yes, no bool) string {
	x, y := cmp.X, cmp.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	for _, side := range []ssa.Value{x, y} {
		if name := fieldName(side); name != "" && standing.MatchString(name) && (yes || no) && b.loaded(side, 0) {
			return name
		}
	}
	c, ok := y.(*ssa.Const)
	if !ok || !yes && !no {
		return ""
	}
	switch name := fieldName(x); {
	case isNumber(x.Type()) && (filled(x) || name == "RowsAffected"):
		return "how many there are"
	case name == "Error" && c.IsNil() && cmp.Op == token.EQL && yes: // of gorm: it is there
		return "what it has looked up"
	}
	call, isCall := extracted(x).(*ssa.Call)
	if !isCall {
		return ""
	}
	name := flow.CalleeName(call)
	leavesIfThere := cmp.Op == token.NEQ && yes
	switch {
	case c.IsNil() && isFailure(x.Type()):
		if cmp.Op == token.EQL && yes && (finds.MatchString(name) && looksUp(call) || takesOut(call)) {
			return name
		}
	case c.IsNil():
		if leavesIfThere && finds.MatchString(name) && (looksUp(call) || findsByKey(call)) {
			return name
		}
	case isNumber(x.Type()):
		if (yes || no) && (looksUp(call) && finds.MatchString(name) || name == "RowsAffected" && !b.unconditional(call)) {
			return name
		}
	}
	return ""
}

func isErrorType(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

var failure = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// isFailure reports whether a type is that of errors, or one of them.
func isFailure(t types.Type) bool {
	return types.Implements(t, failure) || failed.MatchString(catalog.TypeName(t))
}

var failed = regexp.MustCompile(`(?i)(err|error|errors|errorresponse|failure|problem)$`)

func isNumber(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsNumeric != 0
}

// extracted returns the call, or another instruction of several results, that v is a result of.
func extracted(v ssa.Value) ssa.Value {
	if extract, ok := v.(*ssa.Extract); ok {
		return extract.Tuple
	}
	return v
}

// asks reports whether a call asks others: it takes a context, or is behind an interface, and can say no.
func asks(call *ssa.Call) bool {
	if strings.HasSuffix(flow.CalleeName(call), "Context") && strings.HasPrefix(flow.CalleeName(call), "From") {
		return false // what the context holds
	}
	sig := call.Call.Signature()
	for param := range sig.Params().Variables() {
		if catalog.TypeName(param.Type()) == "context.Context" {
			return true
		}
	}
	return call.Call.IsInvoke() && sig.Results().Len() > 1
}

// looksUp reports whether a call whose name says that it looks something up asks others for it: it says so by
// its type, or it may fail.
func looksUp(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	return asks(call) || results.Len() > 1 && isErrorType(results.At(results.Len()-1).Type())
}

// findsByKey reports whether a call looks for one of several in what was loaded with them, by a key that is passed:
// quota.FindCounterByID(id).
func findsByKey(call *ssa.Call) bool {
	return len(call.Call.Args) == 2 && !isConst(call.Call.Args[1]) && call.Call.Signature().Recv() != nil && byKey.MatchString(flow.CalleeName(call))
}

var byKey = regexp.MustCompile(`(?i)^(find|get|lookup)\w*by_?\w*(id|key|ref|reference|number|no|code)$`)

// takesOut reports whether a call takes what was looked up out of the answer: FindOne(ctx, filter).Decode(&order).
func takesOut(call *ssa.Call) bool {
	switch flow.CalleeName(call) {
	case "Scan", "Decode", "Err", "StructScan", "One":
	default:
		return false
	}
	answer, ok := extracted(flow.Operand(call, catalog.Recv)).(*ssa.Call)
	return ok && finds.MatchString(flow.CalleeName(answer))
}

// selects reports whether a document is chosen by the state that it is in: UpdateOne(ctx, bson.M{"status": "new"}, …).
func (b *builder) selects(call ssa.CallInstruction, obj *types.Func) bool {
	if !chooses.MatchString(obj.Name()) {
		return false
	}
	for _, arg := range call.Common().Args {
		made, ok := unwrap(arg).(*ssa.MakeMap)
		if !ok {
			continue
		}
		for _, ref := range *made.Referrers() {
			if update, ok := ref.(*ssa.MapUpdate); ok {
				if key, ok := flow.ConstString(unwrap(update.Key)); ok && states.MatchString("where "+strings.ToLower(key)) {
					return true
				}
			}
		}
	}
	return false
}

// chooses are names of functions that are given a filter.
var chooses = regexp.MustCompile(`^(UpdateOne|UpdateMany|FindOne|Find|FindOneAndUpdate|FindOneAndReplace|ReplaceOne|CountDocuments)$`)

// filled reports whether a variable that v loads is one that a call has filled in: Scan(&exists), Count(&n).
func filled(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MakeInterface:
			return true
		case *ssa.Call:
			if flow.CalleeName(ref) == "Count" {
				return true
			}
		}
	}
	return false
}

// unconditional reports whether the statement whose rows a call counts changes them in whatever state they
// are: a second time, it changes as many.
func (b *builder) unconditional(rows *ssa.Call) bool {
	exec, ok := extracted(flow.Operand(rows, catalog.Recv)).(*ssa.Call)
	if !ok {
		return false
	}
	for _, step := range b.result.steps[exec] {
		if step.Kind == Runs && step.Text.Known {
			text := strings.ToLower(strings.TrimSpace(comments.ReplaceAllString(step.Text.Const, " ")))
			return !Judge(text).Guard && (strings.HasPrefix(text, "update") || strings.HasPrefix(text, "insert"))
		}
	}
	return false
}

// kept reports whether a map outlives the function.
func kept(m ssa.Value) bool {
	load, ok := m.(*ssa.UnOp)
	if !ok {
		return false
	}
	switch load.X.(type) {
	case *ssa.FieldAddr, *ssa.Global:
		return true
	}
	return false
}

// onlyAsked reports whether a lookup only says whether something is there: what it finds is not used.
func onlyAsked(lookup *ssa.Lookup) bool {
	for _, ref := range *lookup.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && extract.Index == 0 && len(*extract.Referrers()) > 0 {
			return false
		}
	}
	return true
}

// returns reports whether a function has results that say more than whether it has succeeded.
func returns(sig *types.Signature) bool {
	for result := range sig.Results().Variables() {
		basic, ok := result.Type().Underlying().(*types.Basic)
		if !isFailure(result.Type()) && !(ok && basic.Kind() == types.Bool) {
			return true
		}
	}
	return false
}

// fieldName returns the name of the field that v is, of a getter for it, or "".
func fieldName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil {
			return flow.FieldOf(addr).Name()
		}
	case *ssa.Field:
		if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
			return s.Field(v.Field).Name()
		}
	case *ssa.Call:
		if fn := flow.CalleeObject(v); fn != nil && len(v.Call.Args) <= 1 {
			return strings.TrimPrefix(fn.Name(), "Get")
		}
	case *ssa.Convert:
		return fieldName(v.X)
	case *ssa.ChangeType:
		return fieldName(v.X)
	}
	return ""
}

// told are names of types of what a function is told, by who wants something of it.
var told = regexp.MustCompile(`(?i)(event|message|msg|request|req|payload|notification|webhook|input|params?|data|dto|body|command|cmd|response|resp|result|delivery|context|callback)$`)

// leaves reports whether a block ends its function, by itself or after jumps.
func leaves(b *ssa.BasicBlock) bool {
	for range 3 {
		switch last := b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.Return:
			return true
		case *ssa.Jump:
			b = last.Block().Succs[0]
		default:
			return false
		}
	}
	return false
}

// goesBack reports whether a branch goes back to the head of a loop at once.
func goesBack(branch *ssa.If, i int) bool {
	b := branch.Block().Succs[i]
	for range 2 {
		if b.Dominates(branch.Block()) && b != branch.Block() {
			return true
		}
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Jump); !ok {
			return false
		}
		b = b.Succs[0]
	}
	return b.Dominates(branch.Block()) && b != branch.Block()
}

// reading are names of functions that read what a message says.
var reading = regexp.MustCompile(`(?i)unmarshal|decode|parse_?\w*(payload|message|msg|event|body|task|job|delivery)`)

// onFailure reports whether a block is run because a call has failed: if names is set, one of a function whose name
// it matches.
func onFailure(b *ssa.BasicBlock, names *regexp.Regexp) bool {
	for ; b != nil && b.Idom() != nil; b = b.Idom() {
		up := b.Idom()
		branch, ok := up.Instrs[len(up.Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok || !isErrorType(cmp.X.Type()) {
			continue
		}
		if c, ok := cmp.Y.(*ssa.Const); !ok || !c.IsNil() {
			continue
		}
		if call, ok := extracted(cmp.X).(*ssa.Call); names != nil && !(ok && names.MatchString(flow.CalleeName(call))) {
			continue
		}
		if cmp.Op == token.NEQ && up.Succs[0] == b || cmp.Op == token.EQL && up.Succs[1] == b {
			return true
		}
	}
	return false
}
