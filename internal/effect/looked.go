package effect

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

var (
	// claiming are names of functions that write down that something was there, and say whether it had been: the second one
	// gets another answer.
	claiming = regexp.MustCompile(`^(LoadOrStore|LoadAndDelete|Add|AddNX|ContainsOrAdd|PeekOrAdd|Incr|IncrBy|SAdd|ZAddNX|HSetNX|SetNX|SetArgs|SetBit|Del|GetDel|GetSet|FindOneAnd(Update|Delete|Replace)|Obtain|CompareAndSwap|SRem|ZRem|LRem|Swap)$`)
	// writing are names of functions that write something down.
	writing = regexp.MustCompile(`(?i)^(set|add|put|store|save|mark|record|insert|update|upsert|touch|complete|finish|append|push|hset|sadd|zadd|write|replace|exec|create|incr|del|delete|remove)`)
)

// lookedUp returns the name of the call by whose answer a branch ends the function well, if a second delivery gets another one:
// the call itself writes down that it was there, or the function does so later, where it has looked. That there is nothing, or
// that the question has failed, is the same for each delivery, unless the first one has taken away what there was.
func (b *builder) lookedUp(branch *ssa.If) string {
	if !b.endsWell(branch, 0) && !b.endsWell(branch, 1) {
		return ""
	}
	query := b.query(branch.Cond, 0)
	if query == nil {
		return ""
	}
	name := flow.CalleeName(query)
	there, asksNil := presence(branch.Cond)
	switch {
	case b.isClaim(query, name) && (!isErrorTest(branch.Cond) || saysByError(query, name)) || changes(branch.Cond):
		for _, step := range b.result.steps[query] {
			if step.Kind == Does && step.Deed == catalog.Adds {
				step.Kind = Guards // the number says which delivery it is
			}
		}
		return name
	case asksError(branch.Cond), asksNil && !b.endsWell(branch, there):
		return ""
	case b.writesDown(query, branch):
		return name
	}
	return ""
}

// saysByError reports whether it is an error by which a claim says that there is one already, or that what it was to take is gone:
// cache.Add(id), locker.Obtain(ctx, id), redis.GetDel(ctx, id).
func saysByError(query *ssa.Call, name string) bool {
	switch name {
	case "Obtain", "GetDel", "FindOneAndDelete":
		return true
	}
	return name == "Add" && !asks(query)
}

// asksError reports whether a condition asks what kind of failure there was: errors.Is(err, ErrNotFound), err == sql.ErrNoRows.
func asksError(cond ssa.Value) bool {
	if cmp, ok := cond.(*ssa.BinOp); ok {
		return isErrorType(cmp.X.Type()) && !isErrorTest(cond)
	}
	call, ok := cond.(*ssa.Call)
	return ok && slices.ContainsFunc(call.Call.Args, func(arg ssa.Value) bool { return isErrorType(arg.Type()) })
}

// presence returns the way that is taken where something was found, if a condition compares with nil: an error that is nil, or
// anything else that is not.
func presence(cond ssa.Value) (succ int, asksNil bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return 0, false
	}
	if c, ok := cmp.Y.(*ssa.Const); !ok || !c.IsNil() {
		return 0, false
	}
	if (cmp.Op == token.EQL) == isErrorType(cmp.X.Type()) {
		return 0, true
	}
	return 1, true
}

// changes reports whether a condition asks how many documents an update has changed: none that is as it is to be.
func changes(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	return ok && (fieldName(cmp.X) == "ModifiedCount" || fieldName(cmp.Y) == "ModifiedCount")
}

// endsWell reports whether a way on from a branch ends the function without an error, or goes on with the next message.
func (b *builder) endsWell(branch *ssa.If, i int) bool {
	block := branch.Block().Succs[i]
	if goesBack(branch, i) {
		return true
	}
	for range 3 {
		switch last := block.Instrs[len(block.Instrs)-1].(type) {
		case *ssa.Return:
			if len(last.Results) == 0 {
				return true
			}
			err := last.Results[len(last.Results)-1]
			if c, ok := err.(*ssa.Const); ok {
				return c.IsNil()
			}
			// n, err := …; if err != nil || n == 0 { return err }
			of, ok := err.(*ssa.Extract)
			return ok && isErrorType(err.Type()) && b.query(branch.Cond, 0) != nil && b.query(of, 0) == b.query(branch.Cond, 0) && !isErrorTest(branch.Cond)
		case *ssa.Jump:
			block = block.Succs[0]
		default:
			return false
		}
	}
	return false
}

// isErrorTest reports whether a condition asks whether something has failed.
func isErrorTest(cond ssa.Value) bool {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || !isErrorType(cmp.X.Type()) {
		return false
	}
	c, ok := cmp.Y.(*ssa.Const)
	return ok && c.IsNil()
}

// query returns the call that a value comes of which asks what the program keeps, somewhere, by a key: of the message, as a rule.
func (b *builder) query(v ssa.Value, depth int) *ssa.Call {
	if depth > maxText || v == nil {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Extract:
		return b.query(v.Tuple, depth+1)
	case *ssa.UnOp:
		return b.query(v.X, depth+1)
	case *ssa.BinOp:
		if q := b.query(v.X, depth+1); q != nil {
			return q
		}
		return b.query(v.Y, depth+1)
	case *ssa.FieldAddr:
		return b.query(v.X, depth+1)
	case *ssa.Field:
		return b.query(v.X, depth+1)
	case *ssa.IndexAddr:
		return b.query(v.X, depth+1)
	case *ssa.Slice:
		return b.query(v.X, depth+1)
	case *ssa.Convert:
		return b.query(v.X, depth+1)
	case *ssa.ChangeType:
		return b.query(v.X, depth+1)
	case *ssa.MakeInterface:
		return b.query(v.X, depth+1)
	case *ssa.TypeAssert:
		return b.query(v.X, depth+1)
	case *ssa.Alloc:
		return b.filling(v, depth)
	case *ssa.Call:
		if recv := flow.Operand(v, catalog.Recv); recv != nil {
			if q := b.query(recv, depth+1); q != nil { // db.QueryRow(…).Scan(…), order.IsReminded()
				return q
			}
		}
		if b.asksByKey(v) {
			return v
		}
		for _, arg := range v.Call.Args { // slices.Contains(order.Told, …), errors.Is(err, redis.Nil)
			if q := b.query(arg, depth+1); q != nil {
				return q
			}
		}
	}
	return nil
}

// filling returns the query whose answer is put into a variable.
func (b *builder) filling(alloc *ssa.Alloc, depth int) *ssa.Call {
	for _, ref := range *alloc.Referrers() {
		var given ssa.Value
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == alloc {
				if q := b.query(ref.Val, depth+1); q != nil {
					return q
				}
			}
			continue
		case *ssa.MakeInterface:
			given = ref
		case *ssa.MakeClosure: // bolt.View(func(tx) error { sent = … })
			given = ref
		case *ssa.FieldAddr: // Scan(&order.Email)
			if q := b.filledPart(ref, depth); q != nil {
				return q
			}
			continue
		default:
			continue
		}
		if q := b.givenTo(given, depth); q != nil {
			return q
		}
	}
	return nil
}

func (b *builder) filledPart(part *ssa.FieldAddr, depth int) *ssa.Call {
	for _, ref := range *part.Referrers() {
		if made, ok := ref.(*ssa.MakeInterface); ok {
			if q := b.givenTo(made, depth); q != nil {
				return q
			}
		}
	}
	return nil
}

// givenTo returns the query that a value is given to, by itself or among others.
func (b *builder) givenTo(v ssa.Value, depth int) *ssa.Call {
	for _, use := range *v.Referrers() {
		switch use := use.(type) {
		case *ssa.Call:
			if q := b.query(use, depth+1); q != nil {
				return q
			}
		case *ssa.Store:
			at, ok := use.Addr.(*ssa.IndexAddr)
			if !ok {
				continue
			}
			for _, ref := range *at.X.Referrers() {
				if all, ok := ref.(*ssa.Slice); ok {
					for _, ref := range *all.Referrers() {
						if call, ok := ref.(*ssa.Call); ok {
							if q := b.query(call, depth+1); q != nil {
								return q
							}
						}
					}
				}
			}
		}
	}
	return nil
}

// asksByKey reports whether a call is a method of something that the program keeps, and is given a key that is no constant.
func (b *builder) asksByKey(call *ssa.Call) bool {
	recv := flow.Operand(call, catalog.Recv)
	name := flow.CalleeName(call)
	if recv == nil || !b.isKeptBy(recv) || reading.MatchString(name) || admits.MatchString(name) && !claiming.MatchString(name) {
		return false
	}
	args := call.Call.Args
	if !call.Call.IsInvoke() {
		args = args[1:]
	}
	return slices.ContainsFunc(args, func(arg ssa.Value) bool {
		return !isConst(arg) && catalog.TypeName(arg.Type()) != "context.Context"
	})
}

// isKeptBy reports whether an object is one that lives longer than the function: a parameter that is no message, a global, or a
// part of either.
func (b *builder) isKeptBy(v ssa.Value) bool {
	base := baseOf(v)
	switch base.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		name := catalog.TypeName(base.Type())
		return catalog.DeliveredTo(base.Type()) == nil && (!told.MatchString(name) || isOwnReceiver(base))
	case *ssa.Global:
		return true
	case *ssa.Extract, *ssa.Call: // tx, err := db.BeginTx(ctx, nil)
		call, ok := extracted(base).(*ssa.Call)
		if !ok || !opening.MatchString(flow.CalleeName(call)) {
			return false
		}
		recv := flow.Operand(call, catalog.Recv)
		return recv != nil && b.isKeptBy(recv)
	}
	return false
}

// opening are names of methods that give a part of something, or a view of it.
var opening = regexp.MustCompile(`(?i)^(begin|conn|with_?context|session|start|collection|bucket|database|table|model|tx)`)

func isOwnReceiver(v ssa.Value) bool {
	param, ok := v.(*ssa.Parameter)
	return ok && param.Parent().Signature.Recv() != nil && param == param.Parent().Params[0]
}

// baseOf returns the variable that v is a part of.
func baseOf(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		default:
			return v
		}
	}
}

// isClaim reports whether a query writes down, too, what it asks for.
func (b *builder) isClaim(query *ssa.Call, name string) bool {
	recv := flow.Operand(query, catalog.Recv)
	if claiming.MatchString(name) || strings.HasPrefix(name, "Eval") || strings.HasSuffix(catalog.TypeName(recv.Type()), "redis.Script") {
		return true
	}
	for _, arg := range query.Call.Args {
		all := []ssa.Value{arg}
		if _, ok := arg.(*ssa.Slice); ok {
			all = elements(arg)
		}
		for _, arg := range all {
			text := b.text(unwrap(arg), 0)
			if text.Known && (text.Const == "NX" || strings.HasPrefix(strings.ToLower(strings.TrimSpace(text.Const)), "delete ")) {
				return true // SET key value NX; DELETE … RETURNING
			}
		}
	}
	return false
}

// writesDown reports whether a function writes something down, after a branch, where a query has looked.
func (b *builder) writesDown(query *ssa.Call, branch *ssa.If) bool {
	where := flow.Operand(query, catalog.Recv)
	marks, marking, others := 0, 0, 0 // what marks, what marks and is an effect itself, other effects
	for _, block := range b.fn.Blocks {
		if !branch.Block().Dominates(block) || block == branch.Block() {
			continue
		}
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call == query {
				continue
			}
			recv := flow.Operand(call, catalog.Recv)
			writes := recv != nil && writing.MatchString(flow.CalleeName(call)) && isSamePlace(where, recv)
			switch deed := b.isDeed(call); {
			case writes && deed:
				marking++
			case writes:
				marks++
			case deed || b.g.Callee(call) != nil:
				others++
			}
		}
	}
	return marks > 0 || marking > 1 || marking > 0 && others > 0
}

// isDeed reports whether a call is, as far as it shows, an INSERT, an addition or the like, and not only a mark.
func (b *builder) isDeed(call *ssa.Call) bool {
	obj := flow.CalleeObject(call)
	if obj == nil {
		return false
	}
	if deed := catalog.DeedOf(obj); deed != nil {
		return true
	}
	for _, arg := range call.Call.Args {
		if isString(arg.Type()) {
			if text := b.text(arg, 0); text.Known && IsStatement(text.Const) {
				return Judge(text.Const).Deed != 0
			}
		}
	}
	return false
}

// isSamePlace reports whether two objects are the same, or one is what the other is a part of.
func isSamePlace(x, y ssa.Value) bool {
	return same(x, y) || baseOf(x) == baseOf(y) && (baseOf(x) == x || baseOf(y) == y)
}
