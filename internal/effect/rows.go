package effect

import (
	"go/types"
	"reflect"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// named reports whether the program gives the row that a call adds its id, and whether that is known.
func (b *builder) named(call ssa.CallInstruction, deed *catalog.Deed) (named, known bool) {
	if deed.Row != catalog.None {
		return b.row(flow.Operand(call, deed.Row))
	}
	if len(deed.Chain) == 0 {
		return false, true
	}
	for v := flow.Operand(call, catalog.Recv); v != nil; {
		before, ok := extracted(v).(*ssa.Call)
		if !ok {
			break
		}
		for _, name := range deed.Chain {
			if catalog.Name(flow.CalleeObject(before)) == name {
				return b.chosen(before)
			}
		}
		v = flow.Operand(before, catalog.Recv)
	}
	return false, false
}

// chosen is what named says of a function of a builder: that it is given a row, or the names of columns.
func (b *builder) chosen(call *ssa.Call) (named, known bool) {
	var columns []string
	for _, arg := range elements(flow.Operand(call, catalog.Arg0)) {
		column, ok := flow.ConstString(unwrap(arg))
		if !ok {
			return b.row(arg)
		}
		columns = append(columns, column)
	}
	return idColumn.MatchString(strings.Join(columns, ",")), len(columns) > 0
}

// elements returns the elements of variadic arguments, or v itself.
func elements(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return []ssa.Value{v}
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return []ssa.Value{v}
	}
	var all []ssa.Value
	for _, ref := range *alloc.Referrers() {
		if at, ok := ref.(*ssa.IndexAddr); ok {
			for _, use := range *at.Referrers() {
				if store, ok := use.(*ssa.Store); ok {
					all = append(all, store.Val)
				}
			}
		}
	}
	return all
}

func unwrap(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return v
		}
	}
}

// row reports whether the program gives a row its id, as its type says, and whether that is known.
func (b *builder) row(v ssa.Value) (named, known bool) {
	v = unwrap(v)
	if v == nil {
		return false, false
	}
	if made, ok := v.(*ssa.MakeMap); ok {
		return b.mapped(made), true
	}
	t := v.Type()
	for {
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			t = u.Elem()
			continue
		case *types.Slice:
			t = u.Elem()
			continue
		case *types.Struct:
			id, generated := primary(u)
			switch {
			case recorded.MatchString(catalog.TypeName(t)), isAttempt(u), natural(u), b.refused(t):
				return false, false
			case id == nil:
				return false, true
			case hooked(t) || generated:
				return b.sets(v, id), true
			}
			return true, true
		}
		return false, false // any, a map, a type parameter
	}
}

// natural reports whether a column of a row other than its id is unique, which the program has from others:
// a second row is refused.
func natural(s *types.Struct) bool {
	for i := range s.NumFields() {
		if uniqueTag.MatchString(s.Tag(i)) && !drawn.MatchString(s.Field(i).Name()) && !primaryTag.MatchString(s.Tag(i)) {
			return true
		}
	}
	return false
}

var (
	uniqueTag = regexp.MustCompile(`(?i)(gorm|bun|xorm|pg):"[^"]*\bunique`)
	drawn     = regexp.MustCompile(`(?i)token|code|secret|uuid|^id$|number|slug|nonce`)
)

// recorded are types of rows that say what has happened or was measured, or that have others told of it, and do
// no harm twice; and of messages that have failed for good.
var recorded = regexp.MustCompile(`(DLQ|Dlq|Dead_?Letter(Queue)?|Failed(Message|Event|Job|Task|Delivery)|Poison\w*|Log|Audit\w*|History|Trace|Outbox\w*|Metric|Telemetry|Measurement|Reading|Heartbeat|(Webhook|Raw|Inbound|Incoming|Received)(Event|Message|Request|Payload)|(Webhook|Trigger)Delivery|Delivery(Task|Job|Attempt)|(Job|Task|Sync|Scan|Import|Export|Worker|Workflow|Batch|Cron|Pipeline)(Run|Execution)|Health(Event)?|Impression|PageView|Click|Analytics?|Statistics?)(s|Entry|Record|Model|Event|Message|Entity)?$`)

// answered are names of numbers that say what the other side has answered, tried of such that say which attempt it was.
// How many there have been so far is what rows have that are still worked off.
var (
	answered = regexp.MustCompile(`(?i)(^|[\s,"\x60])(http_?)?(resp(onse)?_?)?(status_?code|http_?status|response_?(code|status))([\s,"\x60]|$)`)
	tried    = regexp.MustCompile(`(?i)(^|[\s,"\x60])(delivery_?|retry_?)?attempt(_?(no|num|number))?([\s,"\x60]|$)`)
)

// isAttempt reports whether a row tells of one attempt to send something, and how it was answered: a second attempt is
// another row by right.
func isAttempt(s *types.Struct) bool {
	var code, attempt bool
	for f := range s.Fields() {
		t := f.Type()
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if isNumber(t) {
			code, attempt = code || answered.MatchString(f.Name()), attempt || tried.MatchString(f.Name())
		}
	}
	return code && attempt
}

// toDo are names of what is known of work for somebody: how urgent it is, and whose.
var toDo = regexp.MustCompile(`(?i)(^|[\s,"\x60])(priority|severity|urgency|assignee(_?id)?|assigned_?(to|id|to_?id|user_?id))([\s,"\x60]|$)`)

// isTask reports whether a row is work for somebody, as its type says.
func isTask(t types.Type) bool {
	row := rowOf(t)
	if row == nil {
		return false
	}
	for f := range row.Underlying().(*types.Struct).Fields() {
		if toDo.MatchString(f.Name()) {
			return true
		}
	}
	return false
}

// mapped reports whether a map has an entry for an id.
func (b *builder) mapped(made *ssa.MakeMap) bool {
	for _, ref := range *made.Referrers() {
		if update, ok := ref.(*ssa.MapUpdate); ok {
			if key, ok := flow.ConstString(unwrap(update.Key)); ok && (key == "_id" || idColumn.MatchString(key)) {
				return true
			}
		}
	}
	return false
}

// sets reports whether the function that a row is made in sets its id.
func (b *builder) sets(v ssa.Value, id *types.Var) bool {
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	alloc, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || flow.FieldOf(addr) != id {
			continue
		}
		for _, use := range *addr.Referrers() {
			if _, ok := use.(*ssa.Store); ok {
				return true
			}
		}
	}
	return false
}

var (
	primaryTag   = regexp.MustCompile(`(?i)primary_?key|bun:"[^"]*,pk\b|bson:"_id\b|db:"id"`)
	generatedTag = regexp.MustCompile(`(?i)default:|autoincrement|scanonly`)
)

// primary returns the field of a struct that is its id, and whether the database or the driver makes one
// where it is not set.
func primary(s *types.Struct) (id *types.Var, generated bool) {
	for i := range s.NumFields() {
		f := s.Field(i)
		if primaryTag.MatchString(s.Tag(i)) {
			return f, generatedTag.MatchString(s.Tag(i)) || numbered(f.Type())
		}
	}
	for i := range s.NumFields() {
		f := s.Field(i)
		if inner, ok := f.Type().Underlying().(*types.Struct); ok && f.Embedded() && reflect.StructTag(s.Tag(i)).Get("json") != "-" {
			if id, generated := primary(inner); id != nil {
				return id, generated
			}
		}
		if strings.EqualFold(f.Name(), "ID") || strings.EqualFold(f.Name(), "UUID") {
			return f, generatedTag.MatchString(s.Tag(i)) || numbered(f.Type())
		}
	}
	return nil, false
}

// numbered reports whether ids of a type are made by who stores them, unless they are set: numbers, and the
// ids of MongoDB.
func numbered(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	return isNumber(t) || strings.HasSuffix(catalog.TypeName(t), ".ObjectID")
}

// hooked reports whether a type has a hook that runs before a row is added, which may make its id.
func hooked(t types.Type) bool {
	for _, name := range []string{"BeforeCreate", "BeforeAppendModel", "BeforeInsert"} {
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, name); obj != nil {
			return true
		}
	}
	return false
}

var encodes = regexp.MustCompile(`^(Marshal|MarshalIndent|Encode|SetBody|SetJSONBody)$`)

// carried returns the name of the key that is part of what a call encodes, to be sent, or "".
func (b *builder) carried(call ssa.CallInstruction, obj *types.Func) string {
	if !encodes.MatchString(obj.Name()) {
		return ""
	}
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
			if keyed.MatchString(f.Name()) {
				return f.Name()
			}
		}
	}
	return ""
}

// setsID reports whether a builder of ent's that a call saves is given an id.
func setsID(call ssa.CallInstruction) bool {
	for v := flow.Operand(call, catalog.Recv); v != nil; {
		before, ok := v.(*ssa.Call)
		if !ok {
			return false
		}
		if flow.CalleeName(before) == "SetID" {
			return true
		}
		v = flow.Operand(before, catalog.Recv)
	}
	return false
}

var (
	sums = regexp.MustCompile("^[\\s\"`(]*(?:\\w+\\.)?(?:\\w+\\s*=\\s*(?:\\w+\\.)?)?[\"`]?(\\w+)[\"`]?\\s*[+-]\\s*[$?:@(\\d%]")
	// counts are names of numbers that may be counted twice: what they say is how often something was
	// tried, or about how often it was.
	counts = regexp.MustCompile(`(?i)retr|attempt|tries|rate|limit|throttl|lock|version|revision|seq|metric|stat|view|hit|cache|fail|error|last|online|visit|depth|gauge|backlog|in_?flight`)
)

// number returns the name of the number that a call adds to, or "" if it does not, or if it does no harm to
// add twice.
func (b *builder) number(call ssa.CallInstruction, deed *catalog.Deed) string {
	if deed.Text != catalog.None {
		text := b.text(flow.Operand(call, deed.Text), 0)
		m := sums.FindStringSubmatch(text.Const)
		if !text.Known || m == nil || trivial.MatchString(strings.ToLower(m[1])) || counts.MatchString(m[1]) {
			return ""
		}
		return m[1]
	}
	key := b.text(flow.Operand(call, deed.Of), 0)
	if counts.MatchString(key.Const) || counts.MatchString(b.fn.Name()) || b.expires() || unasked(resultOf(call), 0) {
		return ""
	}
	if name, _, _ := strings.Cut(key.Const, "%"); key.Known && name != "" {
		return strings.TrimRight(name, ":-_/")
	}
	return "Redis"
}

// unasked reports whether nobody asks what has become of a call, not even whether it failed: what it counts may be
// about right.
func unasked(v ssa.Value, depth int) bool {
	if v == nil || v.Referrers() == nil || depth > maxText {
		return v == nil || v.Referrers() == nil
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if !unasked(ref, depth+1) {
				return false
			}
		case *ssa.Call: // Result, Err, Val
			if flow.Operand(ref, catalog.Recv) != v || !unasked(ref, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// expires reports whether the function lets what it counts expire, as limiters do.
func (b *builder) expires() bool {
	for _, block := range b.fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && strings.HasPrefix(flow.CalleeName(call), "Expire") {
				return true
			}
		}
	}
	return false
}

var updates = regexp.MustCompile(`^(Update|Delete)`)

// narrows reports whether a condition of a builder's says which state the rows that are changed are in.
func (b *builder) narrows(call ssa.CallInstruction) bool {
	said := false
	for _, arg := range call.Common().Args {
		if text := b.text(arg, 0); text.Known && states.MatchString("where "+strings.ToLower(text.Const)) {
			said = true
		}
	}
	if !said {
		return false
	}
	if recv := flow.Operand(call, catalog.Recv); recv != nil && strings.Contains(catalog.TypeName(recv.Type()), "Update") {
		return true
	}
	for v := call.Value(); v != nil && v.Referrers() != nil; {
		var next *ssa.Call
		for _, ref := range *v.Referrers() {
			if after, ok := ref.(*ssa.Call); ok && flow.Operand(after, catalog.Recv) == v {
				next = after
			}
		}
		if next == nil {
			return false
		}
		if updates.MatchString(flow.CalleeName(next)) {
			return true
		}
		v = next
	}
	return false
}

// elsewhere reports whether a new id goes into what another module declares, and nowhere else: the id of a
// message, of a span.
func (b *builder) elsewhere(call ssa.CallInstruction) bool {
	into, ours := 0, 0
	var follow func(v ssa.Value, depth int)
	follow = func(v ssa.Value, depth int) {
		if v == nil || v.Referrers() == nil || depth > maxText {
			return
		}
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				addr, ok := ref.Addr.(*ssa.FieldAddr)
				if ok && ref.Val == v && b.foreign(addr.X.Type()) {
					into++
				} else if ref.Val == v {
					ours++
				}
			case *ssa.Call:
				if obj := flow.CalleeObject(ref); obj != nil && (obj.Name() == "String" || obj.Name() == "Must") {
					follow(ref, depth+1)
				} else {
					ours++
				}
			case *ssa.Extract:
				if ref.Index == 0 {
					follow(ref, depth+1)
				}
			case *ssa.MakeInterface:
				follow(ref, depth+1)
			case *ssa.ChangeType:
				follow(ref, depth+1)
			case *ssa.Convert:
				follow(ref, depth+1)
			case *ssa.DebugRef:
			default:
				ours++
			}
		}
	}
	follow(resultOf(call), 0)
	return into > 0 && ours == 0
}

// foreign reports whether another module declares a struct, other than one of a database's types.
func (b *builder) foreign(t types.Type) bool {
	name := catalog.TypeName(t)
	if name == "" || strings.HasPrefix(name, "database/sql.") || strings.Contains(name, "pgtype.") {
		return false
	}
	return firstPart(name) != firstPart(b.pass.Pkg.Path())
}

// firstPart returns where the modules of an import path's owner begin: "github.com/owner".
func firstPart(path string) string {
	parts := strings.SplitN(path, "/", 3)
	if len(parts) > 2 && strings.Contains(parts[0], ".") {
		return parts[0] + "/" + parts[1]
	}
	return strings.SplitN(parts[0], ".", 2)[0]
}
