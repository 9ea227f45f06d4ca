package nonidempotent

import (
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
)

// A judged is an entry, and what it comes to.
type judged struct {
	*entry.Entry
	found *effect.Found
	deed  *effect.Done
	lost  loss // how the message is, if it is
}

// entries reports the handlers that must not run twice.
func (r *reporter) entries(result *entry.Result) {
	own := slices.Clone(result.Own)
	for _, fn := range r.g.SSA.Funcs {
		name := flow.NameOf(fn)
		if handed := r.module.Entry(name); handed != nil && !slices.ContainsFunc(own, func(e *entry.Entry) bool { return e.Name == name }) {
			own = append(own, &entry.Entry{Kind: handed.Kind, Name: name, Func: fn, From: handed.From})
		}
	}
	var wrong []*judged
	for _, e := range own {
		if j := r.judge(e); j != nil {
			wrong = append(wrong, j)
		}
	}
	for _, j := range wrong {
		inner := slices.ContainsFunc(wrong, func(outer *judged) bool {
			return outer != j && slices.ContainsFunc(outer.deed.Path, func(h effect.Hop) bool { return h.Callee == j.Name })
		})
		if !inner {
			r.entry(j)
		}
	}
}

// judge returns what is wrong with an entry, or nil.
func (r *reporter) judge(e *entry.Entry) *judged {
	found := r.net.Reach(e.Name, func(step *effect.Step) bool { return !follows(e, step) })
	if found.Open {
		return nil // what only the whole module knows
	}
	if e.Kind == entry.Message && (e.Func != nil && entry.Ticks(r.g, e.Func, e.From) || r.module.NeverMade(e)) {
		return nil // no message: nothing that comes again
	}
	if e.Kind == entry.Message && e.From != nil && r.module.LooksFirst(e.From.Path) {
		return nil
	}
	j := &judged{Entry: e, found: found}
	if e.Unseen {
		j.deed, j.lost = unseen(j), ackedUnseen
		return j.orNil()
	}
	if j.deed = r.early(j); j.deed != nil {
		j.lost = ackedFirst
		return j
	}
	deeds := slices.DeleteFunc(slices.Clone(found.Deeds), func(d *effect.Done) bool {
		return d.Guarded() || (d.Deed == catalog.Posts || d.Deed == catalog.Pays) && found.Keyed(d, e.Kind != entry.Create)
	})
	switch e.Kind {
	case entry.Message: // who works off the job is judged by itself; what has been acknowledged does not come again
		deeds = slices.DeleteFunc(deeds, func(d *effect.Done) bool {
			return d.Queue != "" && r.module.Works(d.Queue) || d.Settled
		})
	case entry.Create:
		deeds = creates(e, slices.DeleteFunc(deeds, func(d *effect.Done) bool { return d.Later && r.module.Works(d.Queue) }))
	case entry.Webhook: // to hand on is to leave it to others
		deeds = slices.DeleteFunc(deeds, func(d *effect.Done) bool { return d.Deed == catalog.Publishes })
	}
	for _, deed := range deeds {
		if j.deed == nil || deed.Deed > j.deed.Deed {
			j.deed = deed
		}
	}
	switch {
	case j.deed == nil:
		j.deed, j.lost = r.although(j)
	case e.Kind == entry.Message && j.deed.Deed != catalog.Publishes && r.unasked(e.Func, j.deed):
		j.lost = ackedAnyway // that it is lost when it fails is worse than that it is done twice when it does not
	}
	return j.orNil()
}

func (j *judged) orNil() *judged {
	if j.deed == nil {
		return nil
	}
	return j
}

// creates returns what a request makes that shows elsewhere: it moves money, or adds a row about money or goods
// and tells others of it.
func creates(e *entry.Entry, deeds []*effect.Done) []*effect.Done {
	if repeatable.MatchString(e.Name) {
		return nil
	}
	var pays, rows []*effect.Done
	tells, desk := false, slices.ContainsFunc(deeds, func(d *effect.Done) bool { return d.Task })
	for _, d := range deeds {
		switch d.Deed {
		case catalog.Pays:
			pays = append(pays, d)
		case catalog.Publishes, catalog.Mails:
			tells = true
		case catalog.Inserts, catalog.Adds:
			if isWorth(e.Name, desk) || isWorth(d.Table, desk) || isWorth(d.In, desk) {
				rows = append(rows, d)
			}
		}
	}
	if len(pays) == 0 && tells {
		return rows
	}
	return pays
}

var (
	// repeatable are names of handlers that may be asked twice for the same, or for what can be used once.
	repeatable = regexp.MustCompile(`(?i)log_?in|sign_?in|logout|auth|token|otp|reset|forgot|resend|retry|verif|search|query|validate|preview|webhook|callback|test|redeem|claim|sign_?up|register[^a-z]|create_?(user|account|customer)|newsletter|subscribe[^a-z]`)
	// carriage are words for what is brought to somebody; of packages, they name the layer that handlers are in.
	carriage = regexp.MustCompile(`(?i)deliver`)
	// admission are words for what somebody has paid to come in with, or for what somebody is asked to do.
	admission = regexp.MustCompile(`(?i)ticket`)
	// valuable are words for money and goods: of what there are two then, somebody pays or waits for the second.
	valuable = regexp.MustCompile(`(?i)order|pay|bank|charge|refund|transfer|transaction|deposit|withdraw|invoice|bill|purchas|checkout|booking|reserv|wallet|balance|ledger|credit|debit|loan|subscription|stock|inventory|shipment|donat|top_?up|bid|trade|coupon|voucher|gift`)
)

// isWorth reports whether a name is about money or goods. Tickets are, unless they are those of a help desk: then the handler
// makes a row that has a priority, or somebody to work on it. For these, and for deliveries, what the packages around it are called
// says nothing.
func isWorth(name string, desk bool) bool {
	own := name[strings.LastIndexByte(name, '/')+1:]
	return valuable.MatchString(name) || carriage.MatchString(own) || !desk && admission.MatchString(own)
}

// begins returns the call in a function that a deed begins with.
func (r *reporter) begins(fn *ssa.Function, deed *effect.Done) ssa.Instruction {
	pos := deed.Pos()
	if len(deed.Path) > 0 {
		pos = deed.Path[0].Pos
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && call.Pos() == pos {
				return instr
			}
		}
	}
	return nil
}

// precedes reports whether control has passed x whenever it comes to y.
func precedes(x, y ssa.Instruction) bool {
	if x.Block() == y.Block() {
		instrs := x.Block().Instrs
		return slices.Index(instrs, x) < slices.Index(instrs, y)
	}
	return x.Block().Dominates(y.Block())
}

// follows reports whether a step of an entry is done once a message is there, as far as that is seen.
func follows(e *entry.Entry, step *effect.Step) bool {
	call, ok := step.Call().(ssa.Instruction)
	return !ok || call == nil || e.Follows(call)
}

// entry reports a handler.
func (r *reporter) entry(j *judged) {
	node := r.handler(j.Func)
	if j.lost != kept {
		r.add(node, codeEarlyAck, earlyMessage(j), r.path(j.deed), nil)
		return
	}
	switch j.Kind {
	case entry.Message:
		r.add(node, codeRedelivered, redeliveredMessage(j), r.path(j.deed), func() *analysis.SuggestedFix { return r.dedupe(j, node) })
	case entry.Webhook:
		r.add(node, codeWebhook, webhookMessage(j), r.path(j.deed), nil)
	case entry.Create:
		r.add(node, codeCreate, createMessage(j), r.path(j.deed), nil)
	}
}
