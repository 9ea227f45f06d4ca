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

const maxText = 12 // values that a text is put together from

// text returns what is known of a string.
func (b *builder) text(v ssa.Value, depth int) Text {
	if v == nil || depth > maxText {
		return Text{}
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return Text{Const: constant.StringVal(v.Value), Known: true}
		}
	case *ssa.Parameter:
		return Text{Param: 1 + slices.Index(v.Parent().Params, v)}
	case *ssa.FreeVar:
		return Text{Param: -1 - slices.Index(v.Parent().FreeVars, v)}
	case *ssa.ChangeType:
		return b.text(v.X, depth+1)
	case *ssa.Convert:
		return b.text(v.X, depth+1)
	case *ssa.MakeInterface:
		return b.text(v.X, depth+1)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			x, y := b.text(v.X, depth+1), b.text(v.Y, depth+1)
			if x.Known || y.Known {
				return Text{Const: part(x) + part(y), Known: true}
			}
		}
	case *ssa.Call:
		if catalog.Name(flow.CalleeObject(v)) == "fmt.Sprintf" {
			return b.text(v.Call.Args[0], depth+1)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return b.cell(v.X, depth+1)
		}
	case *ssa.Alloc:
		return b.cell(v, depth+1) // a captured variable
	}
	return Text{}
}

func part(t Text) string {
	if t.Known {
		return t.Const
	}
	return "%s"
}

// cell returns what is known of the string in a variable.
func (b *builder) cell(addr ssa.Value, depth int) Text {
	switch addr := addr.(type) {
	case *ssa.FreeVar:
		return Text{Param: -1 - slices.Index(addr.Parent().FreeVars, addr)}
	case *ssa.Alloc, *ssa.Global:
		if stores := b.g.CellStores(addr); len(stores) == 1 {
			return b.text(stores[0].Val, depth)
		}
	}
	return Text{}
}

func isString(t types.Type) bool {
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// A Statement is what is known of a statement's text.
type Statement struct {
	Deed  catalog.DeedKind
	Guard bool   // it can be repeated, or looks at what is there
	Table string // that it changes
	// Named says that the program gives the row its id.
	Named bool
	// Task says that the row is work for somebody, with a priority or an assignee.
	Task bool
	// Looks says of a guard that it only looks: it changes nothing, and does not fail.
	Looks bool
	// Repeats says of a guard that it can be repeated: unless who runs it looks at what it has changed, what
	// else is done is done again.
	Repeats bool
}

var (
	comments  = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/`)
	spaces    = regexp.MustCompile(`\s+`)
	begins    = regexp.MustCompile(`(?i)^\s*(insert|update|delete|select|with|merge|replace|upsert)\b`)
	target    = regexp.MustCompile(`^(insert into|update|replace into) %[sqv]`)
	unknown   = regexp.MustCompile(`%[sv]`)
	inserting = regexp.MustCompile("insert into ([\\w.\"`\\[\\]]+)\\s*(\\(([^)]*)\\))?")
	updating  = regexp.MustCompile("update (?:only )?([\\w.\"`\\[\\]]+)")
	conflict  = regexp.MustCompile(`\bon conflict\b|\bon duplicate key\b|\binsert (or )?ignore\b|\binsert or (ignore|replace)\b|^replace\b|^merge\b|^upsert\b|\bwhere not exists\b|\bif not exists\b`)
	looking   = regexp.MustCompile(`\bfor (no key )?update\b|\bselect exists\b|\bselect count\(|\bselect 1\b|pg_(try_)?advisory|\bget_lock\(`)
	states    = regexp.MustCompile(`\bwhere\b.*\b\w*(status|state|version|processed|locked|claimed|sent|handled|delivered|completed|finished|consumed|used|paid|matched|applied|credited|settled|confirmed|released|refunded|captured|published|notified|redeemed|fulfilled|attempt|revision|generation)\w*\b`)
	// pending are conditions of a SELECT that leave out what has been done.
	pending  = regexp.MustCompile("\\bwhere\\b.*\\b\\w*(status|state|processed|claimed|sent|handled|delivered|completed|finished|consumed|used|paid|matched|applied|credited|settled|confirmed|released|refunded|captured|published|notified|redeemed|fulfilled)\\w*[\"`]?\\s*(=|<>|!=|is|in|not in)\\s*\\(?\\s*('?(pending|new|created|open|queued|unpaid|unprocessed|initiated|waiting|ready|scheduled|draft|completed|paid|processed|done|success|succeeded)'?|false|null|not null|0\\b|\\$\\d|\\?|:\\w|@\\w)")
	adding   = regexp.MustCompile("[\\s,]([\\w\"`]+)\\s*=\\s*(?:coalesce\\(\\s*)?(?:\\w+\\.)?([\\w\"`]+)(?:\\s*,\\s*0\\s*\\))?\\s*[+-]\\s*[\\w$?:@(]")
	trivial  = regexp.MustCompile(`version|revision|attempt|retr|tries|lock|epoch|generation|view|visit|impression|click|hits|fail|error|deliver(y|ies)_?count`)
	idColumn = regexp.MustCompile("(^|[\\s,\"`])(id|uuid|event_id|idempotency_key|delivery_id|request_id|dedup\\w*|external_id|transaction_id)([\\s,\"`]|$)")
	// called are columns that hold what others call the row by: a database seldom takes a second. So are names
	// and addresses of people where the rows are people.
	people   = regexp.MustCompile("(^|[._\"`])(user|account|customer|member|subscriber|client|merchant|employee|contact|profile|admin)s?[\"`]?$")
	personal = regexp.MustCompile("(^|[\\s,\"`])(email|e_mail|email_address|user_?name|login|phone|phone_number)([\\s,\"`]|$)")
	called   = regexp.MustCompile("(^|[\\s,\"`])((stripe|razorpay|paypal|paystack|provider|gateway|external|source|payment_?intent|checkout|charge|session|txn?|refund)_?\\w*id|\\w*(tx|txn|transaction|block|content|file)_?hash|\\w*reference(_(no|number|id|code))?|slug|sku|isbn|iban)([\\s,\"`]|$)")
	harmless = regexp.MustCompile(`(^|_|\.|")((\w*_)?(\w*[^ab])?logs?|audits?|\w*audit\w*|\w*history|traces?|debug\w*|(\w*_)?(dlq|dead_?letters?|poison)\w*|(\w*_)?failed_?(message|event|job|task|deliverie|delivery)s?|\w*(outbox|metric|telemetry|measurement|reading|heartbeat|(webhook|raw|inbound|incoming|received)_?(event|message|request|payload)|(webhook|trigger)_?deliver(y|ie)|delivery_?(task|job|attempt)|(job|task|sync|scan|import|export|worker|workflow|batch|cron|pipeline)_?(run|execution)|health_?event|impression|page_?view|click|analytic|statistic)s?\w*)"?$`)
)

// IsStatement reports whether a text begins as statements do.
func IsStatement(text string) bool { return begins.MatchString(comments.ReplaceAllString(text, " ")) }

// Judge returns what a statement does.
func Judge(text string) Statement {
	text = target.ReplaceAllString(plain(text), "$1 t")
	var s Statement
	switch {
	case looking.MatchString(text), strings.HasPrefix(text, "select") && pending.MatchString(text):
		s.Guard, s.Looks = true, strings.HasPrefix(text, "select")
		return s
	case conflict.MatchString(text):
		s.Guard, s.Repeats = true, true
		return s
	case unknown.MatchString(text):
		return s // the end of it may say anything
	}
	if m := inserting.FindStringSubmatch(text); m != nil {
		if strings.Contains(text, " select ") && without.MatchString(text) {
			s.Guard = true
			return s
		}
		if called.MatchString(m[3]) || people.MatchString(m[1]) && personal.MatchString(m[3]) {
			s.Guard = true
			return s
		}
		if !harmless.MatchString(m[1]) && !(answered.MatchString(m[3]) && tried.MatchString(m[3])) {
			s.Deed, s.Table, s.Named = catalog.Inserts, strings.Trim(m[1], "\"`[]"), idColumn.MatchString(m[3]) || ownID(m[1], m[3])
			s.Task = toDo.MatchString(m[3])
		}
		return s
	}
	if m := updating.FindStringSubmatch(text); m != nil && strings.Contains(text, " set ") {
		if before, _, _ := strings.Cut(text, " returning "); states.MatchString(before) || movesOn(before) {
			s.Guard = true
			return s
		}
		head, _, _ := strings.Cut(text, " where ")
		for _, pair := range adding.FindAllStringSubmatch(head, -1) {
			if pair[1] == pair[2] && !trivial.MatchString(pair[1]) {
				s.Deed, s.Table = catalog.Adds, strings.Trim(m[1], "\"`[]")
			}
		}
	}
	return s
}

// without are conditions by which rows are left out that are there already.
var without = regexp.MustCompile(`\bexcept\b|\bleft (outer )?join\b.*\bis null\b|\bnot in \(\s*select\b`)

var setting = regexp.MustCompile("([\\w\"`]+)\\s*=\\s*([\\w\"`]+)?")

// movesOn reports whether an UPDATE sets a column by which it chooses the rows: the second time, it finds none. A number that is
// added to, and has to be large enough, is none of these.
func movesOn(text string) bool {
	head, where, ok := strings.Cut(text, " where ")
	_, sets, found := strings.Cut(head, " set ")
	if !ok || !found {
		return false
	}
	for _, m := range setting.FindAllStringSubmatch(sets, -1) {
		column := strings.Trim(m[1], "\"`")
		if column != strings.Trim(m[2], "\"`") && !strings.Contains(sets, column+" +") && !strings.Contains(sets, column+" -") && mentions(where, column) {
			return true
		}
	}
	return false
}

// mentions reports whether a condition is about a column.
func mentions(where, column string) bool {
	for _, word := range words.FindAllString(where, -1) {
		if word == column {
			return true
		}
	}
	return false
}

var words = regexp.MustCompile(`\w+`)

// ownID reports whether the first of a row's columns is its id, after the table: product_id of products.
func ownID(table, columns string) bool {
	first, _, _ := strings.Cut(columns, ",")
	table = table[strings.LastIndexByte(table, '.')+1:]
	of, ok := strings.CutSuffix(strings.Trim(first, " \"`[]"), "id")
	of, table = strings.Trim(of, "_"), strings.Trim(table, "\"`[]")
	return ok && of != "" && (table == of || table == of+"s" || table == of+"es" || table == strings.TrimSuffix(of, "y")+"ies")
}
