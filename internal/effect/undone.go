package effect

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// undone are conditions that only what is not done yet meets, with the values in place of the marks.
var undone = regexp.MustCompile("(?i)\\b\\w*(processed|claimed|sent|handled|delivered|completed|finished|consumed|used|paid|matched|applied|credited|settled|confirmed|released|refunded|captured|published|notified|redeemed|fulfilled)(_at)?[\"`]?\\s*(=|is)\\s*(false|null|0)\\b|" +
	"\\b(\\w+_)?(status|state)[\"`]?\\s*=\\s*'(pending|new|created|open|queued|unpaid|unprocessed|initiated|waiting|ready|scheduled|draft)'")

// picksUndone reports whether a call of a builder looks up what is not done yet: all of it, to work it off, or one, and
// nothing is done where that is not there: First(&payment, "id = ? AND is_matched = ?", id, false).
func (b *builder) picksUndone(call ssa.CallInstruction, obj *types.Func) bool {
	lookup, ok := call.(*ssa.Call)
	if !ok || !catalog.LooksUpOne(obj) && !catalog.LooksUpAll(obj) {
		return false
	}
	said := undone.MatchString(b.condition(elements(lookup.Call.Args[len(lookup.Call.Args)-1])))
	for recv := flow.Operand(lookup, catalog.Recv); recv != nil && !said; {
		before, ok := recv.(*ssa.Call)
		if !ok {
			break
		}
		if args := before.Call.Args; catalog.Narrows(flow.CalleeObject(before)) && len(args) > 1 {
			said = undone.MatchString(b.condition(append([]ssa.Value{args[1]}, elements(args[len(args)-1])...)))
		}
		recv = flow.Operand(before, catalog.Recv)
	}
	if !said {
		return false
	}
	if into, ok := unwrap(flow.Operand(lookup, catalog.Arg0)).Type().Underlying().(*types.Pointer); ok && catalog.LooksUpAll(obj) {
		return isRows(into.Elem())
	}
	return b.endsWithout(lookup)
}

// condition returns a condition with those of its values that are constants in place of the marks; "" if it is no text.
func (b *builder) condition(parts []ssa.Value) string {
	if len(parts) == 0 {
		return ""
	}
	text := b.text(parts[0], 0)
	if !text.Known {
		return ""
	}
	pieces := strings.Split(text.Const, "?")
	var said strings.Builder
	said.WriteString(pieces[0])
	for i, piece := range pieces[1:] {
		value := "?"
		if i+1 < len(parts) {
			value = written(unwrap(parts[i+1]))
		}
		said.WriteString(value + piece)
	}
	return said.String()
}

// written returns a constant as a statement has it, or "?".
func written(v ssa.Value) string {
	c, ok := v.(*ssa.Const)
	switch {
	case !ok:
		return "?"
	case c.Value == nil:
		return "null"
	case c.Value.Kind() == constant.String:
		return "'" + constant.StringVal(c.Value) + "'"
	}
	return c.Value.ExactString()
}

// endsWithout reports whether nothing is done where a lookup has failed: by the error that it returns, or that is a field
// of what it returns.
func (b *builder) endsWithout(lookup *ssa.Call) bool {
	for _, ref := range *lookup.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || !isErrorType(flow.FieldOf(addr).Type()) {
			continue
		}
		for _, use := range *addr.Referrers() {
			load, ok := use.(*ssa.UnOp)
			if !ok {
				continue
			}
			for _, asked := range *load.Referrers() {
				if cmp, ok := asked.(*ssa.BinOp); ok && b.gives(cmp) {
					return true
				}
			}
		}
	}
	return b.needs(lookup, 0)
}

// gives reports whether a comparison of an error with nil keeps the function from going on where it is one, whatever it
// says to who asks.
func (b *builder) gives(cmp *ssa.BinOp) bool {
	if c, ok := cmp.Y.(*ssa.Const); !ok || !c.IsNil() || cmp.Op != token.NEQ && cmp.Op != token.EQL {
		return false
	}
	for _, ref := range *cmp.Referrers() {
		if branch, ok := ref.(*ssa.If); ok {
			failed, fine := branch.Block().Succs[0], branch.Block().Succs[1]
			if cmp.Op == token.EQL {
				failed, fine = fine, failed
			}
			if b.onlyAnswers(failed, fine) {
				return true
			}
		}
	}
	return false
}

const maxAnswer = 12 // blocks of an answer

// onlyAnswers reports whether what is run from a block on does nothing but answer, and does not come to another one.
func (b *builder) onlyAnswers(from, other *ssa.BasicBlock) bool {
	seen := []*ssa.BasicBlock{from}
	for i := 0; i < len(seen); i++ {
		if seen[i] == other || len(seen) > maxAnswer || !b.bare(seen[i]) {
			return false
		}
		for _, next := range seen[i].Succs {
			if !slices.Contains(seen, next) {
				seen = append(seen, next)
			}
		}
	}
	return true
}

var deleting = regexp.MustCompile("^(?:delete from|truncate(?: table)?) ([\\w.\"`\\[\\]]+)")

// cleared notes the rows that a function adds where it has taken away those of before: done twice, they are the same.
func (b *builder) cleared() {
	tables := map[string]bool{}
	for _, step := range b.into.Steps {
		if step.Kind != Runs || !step.Text.Known {
			continue
		}
		if m := deleting.FindStringSubmatch(plain(step.Text.Const)); m != nil {
			tables[strings.Trim(m[1], "\"`[]")] = true
		} else if made := Judge(step.Text.Const); made.Deed == catalog.Inserts && tables[made.Table] {
			step.Unique = true
		}
	}
}

// replaces reports whether rows of the same type have been taken away before a call adds some.
func (b *builder) replaces(call ssa.CallInstruction, deed *catalog.Deed) bool {
	added := rowsOf(call, deed)
	if added == nil {
		return false
	}
	for at := call.Block(); at != nil; at = at.Idom() {
		for _, instr := range at.Instrs {
			if instr == ssa.Instruction(call) {
				break
			}
			before, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if clear := catalog.ClearOf(flow.CalleeObject(before)); clear != nil && rowsOf(before, clear) == added {
				return true
			}
		}
	}
	return false
}

// rowsOf returns the struct of whose rows a call takes away or adds some, or nil.
func rowsOf(call ssa.CallInstruction, deed *catalog.Deed) types.Type {
	row := flow.Operand(call, deed.Row)
	for v := flow.Operand(call, catalog.Recv); v != nil && len(deed.Chain) > 0 && row == nil; {
		before, ok := extracted(v).(*ssa.Call)
		if !ok {
			break
		}
		if slices.Contains(deed.Chain, catalog.Name(flow.CalleeObject(before))) {
			row = flow.Operand(before, catalog.Arg0)
		}
		v = flow.Operand(before, catalog.Recv)
	}
	if row == nil {
		return nil
	}
	return rowOf(unwrap(row).Type())
}
