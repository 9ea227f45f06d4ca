package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/schema"
)

// A builder describes the functions of one package.
type builder struct {
	g      *flow.Graph
	pass   *analysis.Pass
	result *Result
	schema *schema.Tables

	fn     *ssa.Function
	into   *Func
	block  *ssa.BasicBlock   // that is looked at
	blocks []*ssa.BasicBlock // of the steps, by their indexes
}

func (b *builder) describe(fn *ssa.Function) *Func {
	b.fn, b.into, b.blocks = fn, &Func{Name: remote.ShortName(fn), Keeps: keeps(fn), Makes: locked(fn)}, nil
	for _, block := range fn.Blocks {
		b.block = block
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				b.call(instr)
			case *ssa.If:
				why := b.decides(instr)
				if why == "" {
					why = b.lookedUp(instr)
				}
				if why != "" {
					b.add(&Step{Kind: Guards, Name: why, pos: instr.Cond.Pos(), Returns: returns(fn.Signature)})
				}
			case *ssa.FieldAddr:
				b.field(instr, instr.X.Type(), flow.FieldOf(instr))
			case *ssa.Field:
				if s, ok := instr.X.Type().Underlying().(*types.Struct); ok {
					b.field(instr, instr.X.Type(), s.Field(instr.Field))
				}
			case *ssa.UnOp:
				if global, ok := instr.X.(*ssa.Global); ok {
					b.absence(instr, global)
				}
			case *ssa.BinOp:
				b.compares(instr)
			}
		}
	}
	b.cleared()
	b.order()
	b.settled()
	b.holds()
	return b.into
}

// field adds a field that is looked at, if it is there so that a second delivery is told from the first.
func (b *builder) field(v ssa.Value, owner types.Type, f *types.Var) {
	if f == nil || !keyed.MatchString(f.Name()) && !catalog.IsEventID(owner, f) || flow.OnlyTold(v) {
		return
	}
	b.add(&Step{Kind: Guards, Name: f.Name(), Refuses: true, pos: v.Pos()})
}

func (b *builder) add(step *Step) {
	b.into.Steps = append(b.into.Steps, step)
	b.blocks = append(b.blocks, b.block)
	if step.call != nil {
		b.result.steps[step.call] = append(b.result.steps[step.call], step)
		step.Failing = onFailure(step.call.Block(), nil)
		step.Unread = step.Failing && onFailure(step.call.Block(), reading)
		step.Apart = step.Kind == Calls && apart(step.call)
		step.Many = step.Kind == Calls && (isGo(step.call) || takesFunc(step.call)) && flow.InLoop(step.call.Block())
		step.Fact = (step.Kind == Calls || step.Kind == Does && step.Deed == catalog.Publishes) && b.tellsFact(step.call)
		if step.pos == token.NoPos {
			step.pos = step.call.Pos()
		}
	}
}

// refuses adds a look at what is said of a second one.
func (b *builder) refuses(why string, pos token.Pos) {
	b.add(&Step{Kind: Guards, Name: why, Refuses: true, pos: pos})
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
	if obj != nil {
		if guard := b.guards(call, obj); guard != nil { // ahead of the functions that it is given
			guard.Kind, guard.call = Guards, call
			b.add(guard)
		}
	}
	handler, _ := catalog.HandlerOf(obj)
	if handler == nil {
		b.given(call)
	}
	if obj == nil {
		if fn := b.g.Callee(call); fn != nil {
			b.calls(call, flow.NameOf(fn), false)
		}
		return
	}
	name := callName(obj)
	switch {
	case catalog.Acknowledges(obj):
		b.add(&Step{Kind: Settles, Name: name, call: call})
		return
	case catalog.IsFresh(obj):
		b.mints(call, name)
		return
	}
	if key := catalog.KeyOf(obj); key != nil {
		b.key(call, key, name)
		return
	}
	if key := b.carried(call, obj); key != "" {
		b.add(&Step{Kind: Keys, Name: key, call: call})
	}
	if deed := catalog.DeedOf(obj); deed != nil && b.isDone(call, deed) {
		if deed.Kind == catalog.Pays {
			b.about(call)
		}
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
		b.calls(call, flow.FullName(obj), call.Common().IsInvoke())
	}
}

// deed adds what a call does that shows if it is done twice.
func (b *builder) deed(call ssa.CallInstruction, deed *catalog.Deed, name string) {
	step := &Step{Kind: Does, Name: name, Deed: deed.Kind, Queue: catalog.QueuedBy(flow.CalleeObject(call)), call: call}
	step.Later = step.Queue != "" && delayed(call)
	switch deed.Kind {
	case catalog.Posts:
		step.Text = Text{Const: "POST", Known: true}
		if deed.Verb != catalog.None {
			step.Text = b.text(flow.Operand(call, deed.Verb), 0)
		}
		step.URL = b.text(flow.Operand(call, deed.URL), 0)
	case catalog.Inserts:
		var known bool
		if step.Named, known = b.named(call, deed); !known || b.replaces(call, deed) {
			return
		}
		step.Task = deed.Row != catalog.None && isTask(unwrap(flow.Operand(call, deed.Row)).Type())
	case catalog.Publishes:
		for _, arg := range call.Common().Args {
			if slices.ContainsFunc(elements(arg), func(v ssa.Value) bool { return b.forwards(v, 0) }) {
				return
			}
		}
	case catalog.Adds:
		if step.Table = b.number(call, deed); step.Table == "" {
			return
		}
	}
	b.add(step)
}

// delayed reports whether a call is given an option by which the job is done at another time.
func delayed(call ssa.CallInstruction) bool {
	args := call.Common().Args
	return len(args) > 0 && slices.ContainsFunc(elements(args[len(args)-1]), func(v ssa.Value) bool {
		option, ok := unwrap(v).(*ssa.Call)
		return ok && catalog.Postpones(flow.CalleeObject(option))
	})
}

// about adds the key that is a field of what a call is given, or the id of what it is about.
func (b *builder) about(call ssa.CallInstruction) {
	for _, arg := range call.Common().Args {
		t := unwrap(arg).Type()
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for f := range s.Fields() {
			if key := keyed.MatchString(f.Name()); (key || subjects.MatchString(f.Name())) && len(b.g.FieldStores(f)) > 0 {
				b.add(&Step{Kind: Keys, Name: f.Name(), Subject: !key, call: call})
			}
		}
	}
}

// subjects are names of fields that say what money is moved for.
var subjects = regexp.MustCompile(`(?i)^(order|payment|transaction|txn|tx|booking|invoice|request|external|merchant_?order|charge)_?(id|no|ref|number)$|reference`)

// runs adds the statement that a call runs, if one of its arguments is one.
func (b *builder) runs(call ssa.CallInstruction, name string) bool {
	if obj := flow.CalleeObject(call); obj != nil && obj.Pkg() != nil && strings.Contains(obj.Pkg().Path(), "clickhouse") {
		return false // it is for what may be counted about right
	}
	for _, arg := range call.Common().Args {
		if !isString(arg.Type()) {
			continue
		}
		text := b.text(arg, 0)
		if text.Known && IsStatement(text.Const) || !text.Known && text.Param != 0 {
			b.add(&Step{Kind: Runs, Name: name, Text: text, Ignored: ignored(call), Unique: text.Known && b.unique(text.Const), call: call})
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
		} else {
			step.pass(i, b.withID(arg))
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
	for i, arg := range call.Common().Args {
		for {
			if change, ok := arg.(*ssa.ChangeType); ok {
				arg = change.X
				continue
			}
			break
		}
		switch arg := arg.(type) {
		case *ssa.Function:
			b.addGiven(&Step{Kind: Calls, Callee: flow.NameOf(arg), Name: arg.Name(), call: call}, i)
		case *ssa.MakeClosure:
			fn := arg.Fn.(*ssa.Function)
			step := &Step{Kind: Calls, Callee: flow.NameOf(fn), Name: fn.Name(), call: call}
			b.captures(step, arg)
			b.addGiven(step, i)
		}
	}
}

// addGiven adds the call of a function that is passed as the i-th argument of a call.
func (b *builder) addGiven(step *Step, i int) {
	b.add(step)
	step.Apart = step.Apart || b.isKept(step.call, i) && !waits(flow.Outermost(b.fn))
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

// isDone reports whether a deed is one as it is called here: the field that makes it one is set, of what it is given, or
// somewhere in the package where that is made elsewhere; and one that makes it none is not set so.
func (b *builder) isDone(call ssa.CallInstruction, deed *catalog.Deed) bool {
	args := call.Common().Args
	if deed.IfSet == "" && deed.UnlessSet == "" || len(args) == 0 {
		return true
	}
	t := args[len(args)-1].Type()
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return true
	}
	for f := range s.Fields() {
		switch f.Name() {
		case "":
		case deed.IfSet:
			if own, whole := fieldStores(args[len(args)-1], f); whole {
				return own > 0
			}
			return slices.ContainsFunc(b.g.FieldStores(f), func(store *ssa.Store) bool { return !isFalse(store.Val) })
		case deed.UnlessSet:
			return !slices.ContainsFunc(b.g.FieldStores(f), func(store *ssa.Store) bool { return b.says(store.Val, deed.UnlessTo) })
		}
	}
	return true
}

// fieldStores returns how often a function sets a field of a struct that it makes to more than false, and whether that is
// all that is set of it: nobody else gets it but calls of libraries.
func fieldStores(v ssa.Value, f *types.Var) (n int, whole bool) {
	made, ok := v.(*ssa.Alloc)
	if !ok {
		return 0, false
	}
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if flow.FieldOf(ref) != f {
				continue
			}
			for _, use := range *ref.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == ref && !isFalse(store.Val) {
					n++
				}
			}
		case ssa.CallInstruction:
			if obj := flow.CalleeObject(ref); obj == nil || catalog.DeedOf(obj) == nil && flow.Operand(ref, catalog.Recv) != v {
				return 0, false // it may set it: fill(params)
			}
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			return 0, false
		}
	}
	return n, true
}

// isFalse reports whether a value is false, or what a call makes of it: stripe.Bool(false).
func isFalse(v ssa.Value) bool {
	if call, ok := v.(*ssa.Call); ok && len(call.Call.Args) == 1 {
		v = call.Call.Args[0]
	}
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && !constant.BoolVal(c.Value)
}

// says reports whether a value is a text, or what a call makes of it: stripe.String(text).
func (b *builder) says(v ssa.Value, text string) bool {
	if call, ok := v.(*ssa.Call); ok && len(call.Call.Args) == 1 {
		v = call.Call.Args[0]
	}
	known := b.text(v, 0)
	return known.Known && known.Const == text
}
