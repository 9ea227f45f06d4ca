package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// A builder describes the functions of one package.
type builder struct {
	g      *flow.Graph
	pass   *analysis.Pass
	result *Result

	fn   *ssa.Function
	into *Func
}

func (b *builder) describe(fn *ssa.Function) *Func {
	b.fn, b.into = fn, &Func{Name: remote.ShortName(fn)}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				b.call(instr)
			case *ssa.If:
				if why := b.decides(instr); why != "" {
					b.add(&Step{Kind: Guards, Name: why, pos: instr.Cond.Pos(), Returns: returns(fn.Signature)})
				}
			case *ssa.FieldAddr:
				if f := flow.FieldOf(instr); f != nil && (keyed.MatchString(f.Name()) || catalog.IsEventID(instr.X.Type(), f)) {
					b.guard(f.Name(), instr.Pos())
				}
			case *ssa.Field:
				if s, ok := instr.X.Type().Underlying().(*types.Struct); ok {
					if f := s.Field(instr.Field); keyed.MatchString(f.Name()) || catalog.IsEventID(instr.X.Type(), f) {
						b.guard(f.Name(), instr.Pos())
					}
				}
			case *ssa.UnOp:
				if global, ok := instr.X.(*ssa.Global); ok && catalog.TellsAbsence(global.Object()) {
					b.guard(global.Name(), instr.Pos())
				}
			case *ssa.BinOp:
				b.compares(instr)
			}
		}
	}
	return b.into
}

func (b *builder) add(step *Step) {
	b.into.Steps = append(b.into.Steps, step)
	if step.call != nil {
		b.result.steps[step.call] = append(b.result.steps[step.call], step)
		step.Failing = onFailure(step.call.Block())
		if step.pos == token.NoPos {
			step.pos = step.call.Pos()
		}
	}
}

func (b *builder) guard(why string, pos token.Pos) {
	b.add(&Step{Kind: Guards, Name: why, pos: pos})
}

var (
	// keyed are names of what only there is so that a second delivery is told from the first.
	keyed = regexp.MustCompile(`(?i)idempot|dedup|dedupe|alreadyprocessed|processed(event|message|webhook|id|at)|(event|message|webhook|job)s?processed|duplicate`)
	// looks are names of functions that by their name ask whether something was there before, or see to it
	// that it is there once.
	looks = regexp.MustCompile(`Claim($|[A-Z])|^claim($|[A-Z])|(?i:already|exists|isnew|seen|ifnotexist|ifabsent|orignore|upsert|orcreate|orupdate|trylock|acquirelock|advisory|uniqueviolation|conflict|compareandswap|markprocessed|isprocessed|wasprocessed|hasprocessed|tryacquire|onlyonce)`)
	// finds are names of functions that look something up.
	finds = regexp.MustCompile(`^(?i:get|find|lookup|load|fetch|read|by|exists|has|is|check|search|count|query|select|retrieve)|By[A-Z]`)
	// standing are names of fields that say how far something has come.
	standing = regexp.MustCompile(`(?i)(status|state|phase|step)$|^(is_?)?(processed|completed|delivered|handled|paid|sent|done|finished|consumed|settled|used|claimed|published)(_?at)?$|(processed|completed|delivered|handled|paid|sent|finished|consumed|settled|claimed|published)_?at$`)
	headers  = regexp.MustCompile(`^(Get|GetHeader|Header|Values|Peek|GetReqHeaders|FormValue|Query|GetHeaders)$`)
)

// call adds what a call does.
func (b *builder) call(call ssa.CallInstruction) {
	obj := flow.CalleeObject(call)
	handler, _ := catalog.HandlerOf(obj)
	if handler == nil {
		b.given(call)
	}
	if obj == nil {
		if fn := b.g.Callee(call); fn != nil {
			b.calls(call, nameOf(fn), false)
		}
		return
	}
	name := callName(obj)
	if why := b.guards(call, obj); why != "" {
		b.add(&Step{Kind: Guards, Name: why, call: call})
	}
	switch {
	case catalog.Acknowledges(obj):
		b.add(&Step{Kind: Settles, Name: name, call: call})
		return
	case catalog.IsFresh(obj):
		if !b.elsewhere(call) {
			b.add(&Step{Kind: Mints, Name: name, call: call})
		}
		return
	}
	if key := catalog.KeyOf(obj); key != nil {
		b.key(call, key, name)
		return
	}
	if key := b.carried(call, obj); key != "" {
		b.add(&Step{Kind: Keys, Name: key, call: call})
	}
	if deed := catalog.DeedOf(obj); deed != nil {
		b.deed(call, deed, name)
		return
	}
	if isEntCreate(obj) {
		b.add(&Step{Kind: Does, Name: name, Deed: catalog.Inserts, Named: setsID(call), call: call})
		return
	}
	if catalog.Executes(obj.Name()) && b.runs(call, name) {
		return
	}
	if b.known(call, obj) {
		b.calls(call, obj.Origin().FullName(), call.Common().IsInvoke())
	}
}

// deed adds what a call does that shows if it is done twice.
func (b *builder) deed(call ssa.CallInstruction, deed *catalog.Deed, name string) {
	step := &Step{Kind: Does, Name: name, Deed: deed.Kind, call: call}
	switch deed.Kind {
	case catalog.Posts:
		step.Text = Text{Const: "POST", Known: true}
		if deed.Verb != catalog.None {
			step.Text = b.text(flow.Operand(call, deed.Verb), 0)
		}
		step.URL = b.text(flow.Operand(call, deed.URL), 0)
	case catalog.Inserts:
		var known bool
		if step.Named, known = b.named(call, deed); !known {
			return
		}
	case catalog.Adds:
		if step.Table = b.number(call, deed); step.Table == "" {
			return
		}
	}
	b.add(step)
}

// runs adds the statement that a call runs, if one of its arguments is one.
func (b *builder) runs(call ssa.CallInstruction, name string) bool {
	for _, arg := range call.Common().Args {
		if !isString(arg.Type()) {
			continue
		}
		text := b.text(arg, 0)
		if text.Known && IsStatement(text.Const) || !text.Known && text.Param != 0 {
			b.add(&Step{Kind: Runs, Name: name, Text: text, call: call})
			return text.Known // otherwise it may be a function of the module
		}
	}
	return false
}

// calls adds a call of a function of the module.
func (b *builder) calls(call ssa.CallInstruction, callee string, behind bool) {
	step := &Step{Kind: Calls, Callee: callee, Behind: behind, call: call}
	if obj := flow.CalleeObject(call); obj != nil {
		step.Name = callName(obj)
	}
	for i := 0; ; i++ {
		arg := flow.Argument(call, i)
		if arg == nil {
			break
		}
		if isString(arg.Type()) {
			step.pass(i, b.text(arg, 0))
		}
	}
	if closure, ok := call.Common().Value.(*ssa.MakeClosure); ok {
		b.captures(step, closure)
	}
	b.add(step)
}

func (s *Step) pass(i int, text Text) {
	if text.Known || text.Param != 0 {
		s.Passes = append(s.Passes, Passed{i, text})
	}
}

// index returns the index of a text's parameter: captured variables have negative ones.
func index(param int) int {
	if param > 0 {
		return param - 1
	}
	return param
}

func (b *builder) captures(step *Step, closure *ssa.MakeClosure) {
	for i, binding := range closure.Bindings {
		if isString(binding.Type()) {
			step.pass(-1-i, b.text(binding, 0))
		}
	}
}

// given adds the functions that a call is given: most are called.
func (b *builder) given(call ssa.CallInstruction) {
	for _, arg := range call.Common().Args {
		for {
			if change, ok := arg.(*ssa.ChangeType); ok {
				arg = change.X
				continue
			}
			break
		}
		switch arg := arg.(type) {
		case *ssa.Function:
			b.add(&Step{Kind: Calls, Callee: nameOf(arg), Name: arg.Name(), call: call})
		case *ssa.MakeClosure:
			fn := arg.Fn.(*ssa.Function)
			step := &Step{Kind: Calls, Callee: nameOf(fn), Name: fn.Name(), call: call}
			b.captures(step, arg)
			b.add(step)
		}
	}
}

// known reports whether a function is one that graphs tell of: of the module.
func (b *builder) known(call ssa.CallInstruction, obj *types.Func) bool {
	pkg := obj.Pkg()
	switch {
	case pkg == nil:
		return false
	case pkg == b.pass.Pkg:
		return true
	case call.Common().IsInvoke():
		first, _, _ := strings.Cut(pkg.Path(), "/")
		own, _, _ := strings.Cut(b.pass.Pkg.Path(), "/")
		return first == own
	}
	return b.pass.ImportPackageFact(pkg, new(Graph))
}

// key adds a key that a request is given.
func (b *builder) key(call ssa.CallInstruction, key *catalog.Key, name string) {
	if key.Header != catalog.None {
		header := b.text(flow.Operand(call, key.Header), 0)
		if !header.Known || !catalog.KeyHeader(header.Const) {
			return
		}
		name = header.Const
	}
	step := &Step{Kind: Keys, Name: name, call: call}
	if made := b.fresh(flow.Operand(call, key.Value), 0); made != nil {
		step.Fresh, step.made = true, made.Pos()
	}
	b.add(step)
}

// fresh returns the call that makes the id that a value is, if the function makes it anew, or nil.
func (b *builder) fresh(v ssa.Value, depth int) *ssa.Call {
	if depth > maxText {
		return nil
	}
	first := func(values ...ssa.Value) *ssa.Call {
		for _, v := range values {
			if made := b.fresh(v, depth+1); made != nil {
				return made
			}
		}
		return nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		obj := flow.CalleeObject(v)
		if catalog.IsFresh(obj) {
			return v
		}
		if obj != nil && (obj.Name() == "String" || catalog.Name(obj) == "fmt.Sprintf" || catalog.Name(obj) == "encoding/hex.EncodeToString") {
			return first(v.Call.Args...)
		}
	case *ssa.Extract:
		return first(v.Tuple)
	case *ssa.MakeInterface:
		return first(v.X)
	case *ssa.BinOp:
		return first(v.X, v.Y)
	case *ssa.Convert:
		return first(v.X)
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			return first(alloc)
		}
	case *ssa.Alloc:
		if stores := b.g.CellStores(v); len(stores) == 1 {
			return first(stores[0].Val)
		}
	case *ssa.Slice: // of variadic arguments, or of an array
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			for _, ref := range *alloc.Referrers() {
				if at, ok := ref.(*ssa.IndexAddr); ok {
					for _, use := range *at.Referrers() {
						if store, ok := use.(*ssa.Store); ok {
							if made := first(store.Val); made != nil {
								return made
							}
						}
					}
				}
			}
			return first(alloc)
		}
	}
	return nil
}

// isEntCreate reports whether a function saves what a builder of ent's makes: OrderCreate.Save. Those
// with a conflict clause are of another type.
func isEntCreate(fn *types.Func) bool {
	if fn.Name() != "Save" && fn.Name() != "SaveX" && fn.Name() != "Exec" || fn.Signature().Recv() == nil {
		return false
	}
	name := catalog.TypeName(fn.Signature().Recv().Type())
	if !strings.HasSuffix(name, "Create") && !strings.HasSuffix(name, "CreateBulk") {
		return false
	}
	mutation, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, fn.Pkg(), "Mutation")
	builders, _, _ := types.LookupFieldOrMethod(fn.Signature().Recv().Type(), true, fn.Pkg(), "builders")
	return mutation != nil || builders != nil
}

// guards says what a call does against a second delivery, or "".
func (b *builder) guards(call ssa.CallInstruction, obj *types.Func) string {
	if catalog.Guards(obj) {
		return callName(obj)
	}
	if catalog.Narrows(obj) && b.narrows(call) {
		return callName(obj)
	}
	if keyed.MatchString(obj.Name()) {
		return obj.Name()
	}
	if recv := obj.Signature().Recv(); recv != nil {
		if t := catalog.TypeName(recv.Type()); keyed.MatchString(t[strings.LastIndexByte(t, '.')+1:]) {
			return obj.Name()
		}
	}
	if looks.MatchString(obj.Name()) && b.g.Callee(call) == nil {
		return obj.Name()
	}
	if headers.MatchString(obj.Name()) {
		for _, arg := range call.Common().Args {
			if text := b.text(arg, 0); isString(arg.Type()) && text.Known && (catalog.KeyHeader(text.Const) || catalog.DeliveryHeader(text.Const)) {
				return text.Const
			}
		}
	}
	for _, arg := range call.Common().Args { // strings.Contains(err.Error(), "duplicate key")
		if text, ok := flow.ConstString(arg); ok && violation.MatchString(text) {
			return "duplicate key"
		}
	}
	return ""
}

var violation = regexp.MustCompile(`(?i)\bon conflict\b|duplicate (key|entry)|unique constraint|^23505$|attribute_not_exists`)

// compares adds a comparison with what databases say of a second row.
func (b *builder) compares(cmp *ssa.BinOp) {
	for _, side := range []ssa.Value{cmp.X, cmp.Y} {
		c, ok := side.(*ssa.Const)
		if !ok || c.Value == nil {
			continue
		}
		if c.Value.Kind() == constant.String && violation.MatchString(constant.StringVal(c.Value)) {
			b.guard("duplicate key", cmp.Pos())
		}
		if n, ok := flow.ConstInt(c); ok && n == 1062 {
			b.guard("duplicate key", cmp.Pos())
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
		return b.compared(cond, yes, no)
	case *ssa.Extract, *ssa.Call:
		if lookup, ok := extracted(cond).(*ssa.Lookup); ok && nextYes && kept(lookup.X) && onlyAsked(lookup) {
			return "what it keeps"
		}
		if call, ok := extracted(cond).(*ssa.Call); ok && (nextYes || nextNo) && asks(call) {
			return flow.CalleeName(call)
		}
	case *ssa.Lookup:
		if nextYes && kept(cond.X) {
			return "what it keeps"
		}
	case *ssa.UnOp:
		if name := fieldName(cond); name != "" && standing.MatchString(name) && (nextYes || nextNo) && loaded(cond, 0) {
			return name
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
		if name := fieldName(side); name != "" && standing.MatchString(name) && (yes || no) && loaded(side, 0) {
			return name
		}
	}
	c, ok := y.(*ssa.Const)
	call, isCall := extracted(x).(*ssa.Call)
	if !ok || !isCall {
		return ""
	}
	name := flow.CalleeName(call)
	leavesIfThere := cmp.Op == token.NEQ && yes
	switch {
	case c.IsNil() && isFailure(x.Type()):
		if cmp.Op == token.EQL && yes && finds.MatchString(name) && asks(call) {
			return name
		}
	case c.IsNil():
		if leavesIfThere && finds.MatchString(name) && asks(call) {
			return name
		}
	case isNumber(x.Type()):
		if (yes || no) && (asks(call) && finds.MatchString(name) || name == "RowsAffected") {
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

// loaded reports whether a value is part of something that the function has asked others for.
func loaded(v ssa.Value, depth int) bool {
	if depth > maxText {
		return false
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		return loaded(v.X, depth+1)
	case *ssa.FieldAddr:
		return loaded(v.X, depth+1)
	case *ssa.Field:
		return loaded(v.X, depth+1)
	case *ssa.Convert:
		return loaded(v.X, depth+1)
	case *ssa.ChangeType:
		return loaded(v.X, depth+1)
	case *ssa.Extract:
		return loaded(v.Tuple, depth+1)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if loaded(edge, depth+1) {
				return true
			}
		}
	case *ssa.Alloc: // a variable that holds the struct, or that is filled in: Scan(&order)
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr == v && loaded(ref.Val, depth+1) {
					return true
				}
			case *ssa.MakeInterface:
				for _, use := range *ref.Referrers() {
					if call, ok := use.(*ssa.Call); ok && asks(call) {
						return true
					}
				}
			case *ssa.Call:
				if asks(ref) {
					return true
				}
			}
		}
	case *ssa.Call:
		if asks(v) {
			return true
		}
		if recv := flow.Operand(v, catalog.Recv); recv != nil { // order.GetStatus()
			return loaded(recv, depth+1)
		}
	}
	return false
}

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

// onFailure reports whether a block is run because a call has failed.
func onFailure(b *ssa.BasicBlock) bool {
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
		if cmp.Op == token.NEQ && up.Succs[0] == b || cmp.Op == token.EQL && up.Succs[1] == b {
			return true
		}
	}
	return false
}
