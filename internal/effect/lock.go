package effect

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// holds notes the locks that the function holds while it calls others.
func (b *builder) holds() {
	locks := false
	for instr := range flow.InstructionsIn(b.fn) {
		if call, ok := instr.(*ssa.Call); ok {
			switch catalog.Name(flow.CalleeObject(call)) {
			case "sync.Mutex.Lock", "sync.RWMutex.Lock":
				locks = true
			}
		}
	}
	if !locks {
		return
	}
	for _, step := range b.into.Steps {
		if step.Kind == Calls && step.call != nil {
			step.Under = heldAt(step.call)
		}
	}
}

// heldAt returns the lock that a function holds where it makes a call, by its name: a field of a struct, or a variable
// of a package. It returns "" if there is none, or it is not known by a name.
func heldAt(call ssa.CallInstruction) string {
	if call.Block() == nil {
		return ""
	}
	var locks, unlocks []*ssa.Call
	for instr := range flow.InstructionsIn(call.Parent()) {
		if at, ok := instr.(*ssa.Call); ok && at != call && before(at, call) {
			switch catalog.Name(flow.CalleeObject(at)) {
			case "sync.Mutex.Lock", "sync.RWMutex.Lock":
				locks = append(locks, at)
			case "sync.Mutex.Unlock", "sync.RWMutex.Unlock":
				unlocks = append(unlocks, at)
			}
		}
	}
	for _, lock := range locks {
		name := lockName(lock)
		if name != "" && !slices.ContainsFunc(unlocks, func(unlock *ssa.Call) bool { return lockName(unlock) == name && before(lock, unlock) }) {
			return name
		}
	}
	return ""
}

// before reports whether x is always done before y.
func before(x, y ssa.Instruction) bool {
	if x.Block() != y.Block() {
		return x.Block().Dominates(y.Block())
	}
	instrs := x.Block().Instrs
	return slices.Index(instrs, x) < slices.Index(instrs, y)
}

// lockName names the lock that a call locks or unlocks.
func lockName(call *ssa.Call) string {
	lock := flow.Operand(call, catalog.Recv)
	for range 3 {
		switch v := lock.(type) {
		case *ssa.UnOp:
			lock = v.X // of a pointer to one
		case *ssa.FieldAddr:
			if f := flow.FieldOf(v); f != nil {
				return keeper(v.X.Type()) + "." + f.Name()
			}
			return ""
		case *ssa.Field:
			if s, ok := v.X.Type().Underlying().(*types.Struct); ok {
				return keeper(v.X.Type()) + "." + s.Field(v.Field).Name()
			}
			return ""
		case *ssa.Global:
			return v.String()
		default:
			return ""
		}
	}
	return ""
}

// keeper names the struct that a lock is a field of, or a pointer points to.
func keeper(t types.Type) string {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	return types.TypeString(t, nil)
}

// locked are the structs with a lock that a function makes, as keeper names them.
func locked(fn *ssa.Function) []string {
	var made []string
	for instr := range flow.InstructionsIn(fn) {
		alloc, ok := instr.(*ssa.Alloc)
		if !ok {
			continue
		}
		if s, ok := alloc.Type().(*types.Pointer).Elem().Underlying().(*types.Struct); ok && hasLock(s) && !copied(alloc) {
			made = append(made, keeper(alloc.Type()))
		}
	}
	slices.Sort(made)
	return slices.Compact(made)
}

func hasLock(s *types.Struct) bool {
	for f := range s.Fields() {
		switch catalog.TypeName(f.Type()) {
		case "sync.Mutex", "sync.RWMutex":
			return true
		}
	}
	return false
}

// copied reports whether a variable only holds a struct that was made before: a parameter, or a method's receiver.
func copied(alloc *ssa.Alloc) bool {
	for _, ref := range *alloc.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
			_, param := store.Val.(*ssa.Parameter)
			return param
		}
	}
	return false
}

// Serialized reports whether all ways from some functions to others lead through calls that are made while the same lock
// is held, and there is such a way: not two of them are on it at a time. A lock of something that is made on
// the way is not the same each time.
func (n *Net) Serialized(from, to []string) bool {
	made, locks := map[string]bool{}, map[string]bool{}
	found := false
	type node struct{ name, lock string }
	seen := map[node]bool{}
	var work []node
	for _, name := range from {
		work = append(work, node{name: name})
	}
	for ; len(work) > 0; work = work[1:] {
		at := work[0]
		if seen[at] {
			continue
		}
		if seen[at] = true; len(seen) > maxVisit {
			return false
		}
		if slices.Contains(to, at.name) {
			if at.lock == "" {
				return false
			}
			found, locks[at.lock] = true, true
		}
		f := n.find(at.name)
		if f == nil {
			continue
		}
		for _, t := range f.Makes {
			made[t] = true
		}
		for step, callee := range n.Calls(at.name) {
			next := node{callee, at.lock}
			switch {
			case step.Apart:
				next.lock = ""
			case next.lock == "":
				next.lock = step.Under
			}
			work = append(work, next)
		}
	}
	for lock := range locks {
		if len(locks) > 1 || made[owner(lock)] {
			return false
		}
	}
	return found
}

// owner returns what a lock belongs to: a struct, or a package.
func owner(lock string) string { return lock[:max(0, strings.LastIndexByte(lock, '.'))] }
