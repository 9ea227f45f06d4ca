package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

var (
	// telling are names of functions that hand on what they are given to whoever listens.
	telling = regexp.MustCompile(`(?i)publish|produce|emit|dispatch|notify|broadcast|^send|^write`)
	// idName are names of what something is told by.
	idName = regexp.MustCompile(`(^|_)(id|uuid)$|[a-z](ID|Id|UUID)$|^(ID|UUID)$`)
	// ready are names of what says that something has come to where it stays, beside those of standing.
	ready = regexp.MustCompile(`(?i)^(is_?)?(ready|available|done|success|succeeded|complete|active)$`)
	// pure are packages of functions that make the same of the same.
	pure = regexp.MustCompile(`^(fmt|strings|strconv|path|path/filepath|net/url|bytes|slices)$`)
)

const maxMade = 2 * maxText // values that a part of a message is made of, one by another

// tellsFact reports whether a call hands on a fact about what the incoming message is about: its id, the state that it is
// in, by a constant, and nothing else but what the message says. Whoever is told twice knows what they knew.
func (b *builder) tellsFact(call ssa.CallInstruction) bool {
	if !telling.MatchString(flow.CalleeName(call)) {
		return false
	}
	for _, arg := range call.Common().Args {
		if b.fact(arg, 0) || isBody(unwrap(arg)) {
			return true
		}
	}
	return false
}

// fact reports whether a value is such a fact, or one in its encoded form, or a message that has one as a field.
func (b *builder) fact(v ssa.Value, depth int) bool {
	if depth > maxText {
		return false
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return b.fact(v.X, depth+1)
	case *ssa.ChangeType:
		return b.fact(v.X, depth+1)
	case *ssa.Convert:
		return b.fact(v.X, depth+1)
	case *ssa.UnOp:
		return b.fact(v.X, depth+1)
	case *ssa.Extract:
		return b.fact(v.Tuple, depth+1)
	case *ssa.Call:
		return encodes.MatchString(flow.CalleeName(v)) && len(v.Call.Args) > 0 && b.fact(v.Call.Args[0], depth+1)
	case *ssa.Slice:
		if alloc, ok := v.X.(*ssa.Alloc); ok { // kafka.Message{…} among others
			for _, ref := range *alloc.Referrers() {
				if at, ok := ref.(*ssa.IndexAddr); ok && b.relays(entries(at)) {
					return true
				}
			}
		}
		for _, elem := range elements(v) {
			if elem != v && b.fact(elem, depth+1) {
				return true
			}
		}
	case *ssa.MakeMap, *ssa.Alloc:
		parts := entries(v)
		if b.states(parts) || b.replies(parts) || b.relays(parts) {
			return true
		}
		for _, part := range parts {
			if b.fact(part.value, depth+1) {
				return true
			}
		}
	}
	return false
}

// A piece is an entry of a map, or a field of a struct.
type piece struct {
	name  string
	value ssa.Value
}

// entries returns what is set of a map or a struct that a function makes.
func entries(v ssa.Value) []piece {
	var parts []piece
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			key, _ := flow.ConstString(unwrap(ref.Key))
			parts = append(parts, piece{key, ref.Value})
		case *ssa.FieldAddr:
			for _, use := range *ref.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == ref && flow.FieldOf(ref) != nil {
					parts = append(parts, piece{flow.FieldOf(ref).Name(), store.Val})
				}
			}
		}
	}
	return parts
}

// states reports whether the parts of something are an id that the message has, a constant that says how what has that
// id stands, and nothing that is another one each time.
func (b *builder) states(parts []piece) bool {
	id, state := false, false
	for _, p := range parts {
		if !b.repeatable(p.value, 0) {
			return false
		}
		id = id || idName.MatchString(p.name) && b.isTold(p.value)
		if c, ok := unwrap(p.value).(*ssa.Const); ok && c.Value != nil && (standing.MatchString(p.name) || ready.MatchString(p.name)) {
			state = state || c.Value.Kind() == constant.String || c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value)
		}
	}
	return id && state
}

// correlated are names of what says which request a reply is to.
var correlated = regexp.MustCompile(`(?i)^(correlation_?id|in_?reply_?to|reply_?to_?id)$`)

// replies reports whether the parts of something say which request it is a reply to: who waits for it knows a second one.
func (b *builder) replies(parts []piece) bool {
	return slices.ContainsFunc(parts, func(p piece) bool {
		_, literal := unwrap(p.value).(*ssa.Const)
		return correlated.MatchString(p.name) && !literal && b.repeatable(p.value, 0)
	})
}

var (
	// bodies are names of what a message carries, and messages those of the types that libraries deliver.
	bodies   = regexp.MustCompile(`(?i)^(value|data|body|payload|message_?body)$`)
	messages = regexp.MustCompile(`(Message|Msg|Delivery|Record|Task|Job)$`)
	// named are names of the field by which a message is told from others.
	named = regexp.MustCompile(`(?i)^(message|msg)_?id$`)
)

// relays reports whether the parts of something are what a message carries, as it came, and nothing that is another one each
// time; or have an id that is made of the message's, by which whoever receives it drops a second one.
func (b *builder) relays(parts []piece) bool {
	relayed := false
	for _, p := range parts {
		if !b.repeatable(p.value, 0) && !ofMessage(unwrap(p.value)) {
			return false
		}
		_, literal := unwrap(p.value).(*ssa.Const)
		relayed = relayed || bodies.MatchString(p.name) && isBody(unwrap(p.value)) || named.MatchString(p.name) && !literal
	}
	return relayed
}

// isBody reports whether a value is what a message of a library carries.
func isBody(v ssa.Value) bool {
	name, owner := partOf(v)
	return owner != nil && bodies.MatchString(name) && isMessage(owner)
}

// ofMessage reports whether a value is a part of a message of a library.
func ofMessage(v ssa.Value) bool {
	_, owner := partOf(v)
	return owner != nil && isMessage(owner)
}

// partOf returns the name of the field or the getter that a value comes of, and what it is one of.
func partOf(v ssa.Value) (name string, owner types.Type) {
	if convert, ok := v.(*ssa.Convert); ok {
		v = convert.X
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil {
			return flow.FieldOf(addr).Name(), addr.X.Type()
		}
	case *ssa.Field:
		return fieldName(v), v.X.Type()
	case *ssa.Call:
		if recv := flow.Operand(v, catalog.Recv); recv != nil {
			return flow.CalleeName(v), recv.Type()
		}
	}
	return "", nil
}

func isMessage(t types.Type) bool {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && messages.MatchString(named.Obj().Name()) && strings.Contains(pathOf(named), ".")
}

// pathOf returns the path of the package of a type; those of libraries have a dot in them.
func pathOf(named *types.Named) string {
	if named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path()
}

// isTold reports whether a value is a field of what the function was told: a parameter, or what it has decoded.
func (b *builder) isTold(v ssa.Value) bool {
	load, ok := unwrap(v).(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	switch from := addr.X.(type) {
	case *ssa.Parameter:
		return told.MatchString(catalog.TypeName(from.Type()))
	case *ssa.Alloc:
		for _, ref := range *from.Referrers() {
			made, ok := ref.(*ssa.MakeInterface)
			if !ok {
				continue
			}
			for _, use := range *made.Referrers() {
				if call, ok := use.(*ssa.Call); ok && fills.MatchString(flow.CalleeName(call)) {
					return true
				}
			}
		}
	}
	return false
}

// repeatable reports whether a value is the same for each delivery of a message, as far as is seen: made of constants,
// of parameters, and of fields, by functions that make the same of the same.
func (b *builder) repeatable(v ssa.Value, depth int) bool {
	if depth > maxMade {
		return false
	}
	all := func(values ...ssa.Value) bool {
		for _, v := range values {
			if !b.repeatable(v, depth+1) {
				return false
			}
		}
		return true
	}
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter, *ssa.Global, *ssa.FreeVar:
		return true
	case *ssa.MakeInterface:
		return all(v.X)
	case *ssa.ChangeType:
		return all(v.X)
	case *ssa.Convert:
		return all(v.X)
	case *ssa.UnOp:
		return all(v.X)
	case *ssa.FieldAddr:
		return all(v.X)
	case *ssa.Field:
		return all(v.X)
	case *ssa.BinOp:
		return all(v.X, v.Y)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if edge != v && !b.repeatable(edge, depth+1) {
				return false
			}
		}
		return true
	case *ssa.Slice:
		return all(v.X)
	case *ssa.MakeMap:
		for _, p := range entries(v) {
			if !all(p.value) {
				return false
			}
		}
		return true
	case *ssa.Alloc:
		return b.isRepeatable(v, depth)
	case *ssa.Call:
		obj := flow.CalleeObject(v)
		if obj == nil || obj.Pkg() == nil || !pure.MatchString(obj.Pkg().Path()) && !b.makesText(v) {
			return false
		}
		return all(v.Call.Args...)
	}
	return false
}

// isRepeatable is repeatable for a variable: what is stored in it, and in its fields and elements.
func (b *builder) isRepeatable(alloc *ssa.Alloc, depth int) bool {
	for _, ref := range *alloc.Referrers() {
		at, ok := ref.(ssa.Value)
		if store, isStore := ref.(*ssa.Store); isStore && store.Addr == alloc {
			if !b.repeatable(store.Val, depth+1) {
				return false
			}
		}
		if !ok || at.Referrers() == nil {
			continue
		}
		switch ref.(type) {
		case *ssa.FieldAddr, *ssa.IndexAddr:
			for _, use := range *at.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == at && !b.repeatable(store.Val, depth+1) {
					return false
				}
			}
		case *ssa.MakeInterface: // it is filled in, by what the message says
			for _, use := range *at.Referrers() {
				if call, ok := use.(*ssa.Call); ok && !fills.MatchString(flow.CalleeName(call)) && !telling.MatchString(flow.CalleeName(call)) && !encodes.MatchString(flow.CalleeName(call)) {
					return false
				}
			}
		}
	}
	return true
}

// makesText reports whether a call is of a function of the package that returns a text, and asks neither the clock nor for
// a new id.
func (b *builder) makesText(call *ssa.Call) bool {
	fn := b.g.Callee(call)
	if basic, ok := call.Type().Underlying().(*types.Basic); fn == nil || !ok || basic.Info()&types.IsString == 0 {
		return false
	}
	for instr := range flow.InstructionsIn(fn) {
		if inner, ok := instr.(ssa.CallInstruction); ok {
			obj := flow.CalleeObject(inner)
			if catalog.IsFresh(obj) || strings.HasPrefix(catalog.Name(obj), "time.Now") {
				return false
			}
		}
	}
	return true
}

// forwards reports whether a message is one that has come in, or made of it by a function: who gets it can tell the second by
// what they could tell it by before.
func (b *builder) forwards(v ssa.Value, depth int) bool {
	v = unwrap(v)
	if v == nil || depth > maxText {
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter: // of a handler: a function that is called may be given a message of its caller's
		fn := v.Parent()
		return catalog.Handles(v.Type()) && !token.IsExported(fn.Name()) && len(b.g.Callers(fn)) == 0
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return catalog.Handles(v.Type())
		}
		stores := b.g.CellStores(v.X)
		return len(stores) == 1 && b.forwards(stores[0].Val, depth+1)
	case *ssa.Extract, *ssa.Call:
		if receive, ok := extracted(v).(*ssa.UnOp); ok && receive.Op == token.ARROW {
			return catalog.Handles(v.Type())
		}
		call, ok := extracted(v).(*ssa.Call)
		return ok && (catalog.ReceiverOf(flow.CalleeObject(call)) != nil || slices.ContainsFunc(call.Common().Args, func(arg ssa.Value) bool {
			return types.Identical(arg.Type(), v.Type()) && b.forwards(arg, depth+1)
		}))
	}
	return false
}
