package score

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/severity"
)

// An Action is something to do about a row.
type Action struct {
	Row     string
	Level   string // how bad it is: "error", "warning", "note"
	Do      string // what to do: "bound 12 calls"
	Label   string // of the findings that it is about: "notimeout/client"; "" if there are none
	Count   int
	Fixable int    // how many of them the command fixes
	Command string // by which it is done, or at least begun
	Runtime bool   // it needs resilint's runtime, which no module requires; how many it fixes is not known before
	Safe    bool   // the command changes nothing beyond the findings
	Where   []token.Position
}

// rowOf says which row the findings of a rule belong to; deadlines that contradict each other are timeouts.
var rowOf = map[string]string{
	"notimeout": Timeouts, "deadline": Timeouts, "unboundedretry": Retries, "nobreaker": Breakers, "nobulkhead": Bulkheads,
	"nonidempotent": Idempotency, "nohealth": Health, "noshutdown": Shutdown,
}

// doing says what is done about the findings of a code, or of a rule.
var doing = map[string]string{
	"notimeout":                  "give calls and servers a timeout",
	"notimeout/client":           "give HTTP clients a timeout",
	"notimeout/call":             "give calls of databases and other servers a context with a deadline",
	"notimeout/dial":             "give dials a timeout",
	"notimeout/zero":             "set the timeouts that are switched off",
	"notimeout/server":           "give servers a limit for slow clients",
	"notimeout/partial":          "bound the reading of responses, too",
	"notimeout/context":          "pass contexts that have a deadline",
	"deadline":                   "let timeouts agree with each other",
	"deadline/detached":          "pass the caller's context on",
	"unboundedretry":             "put a cap on retries, and a growing delay with jitter between them",
	"unboundedretry/nested":      "retry at one place only",
	"nobreaker":                  "put a circuit breaker before each dependency",
	"nobulkhead":                 "limit what one dependency can take",
	"nobulkhead/pool-unlimited":  "limit the pools of connections",
	"nonidempotent":              "make what comes twice safe to do twice",
	"nonidempotent/unsafe-retry": "send an idempotency key with what is retried",
	"nonidempotent/early-ack":    "acknowledge messages when they are handled",
	"nohealth":                   "answer the orchestrator's probes",
	"nohealth/liveness-remote":   "let liveness answer by itself",
	"noshutdown":                 "shut servers down on SIGTERM, within a time",
	"noshutdown/fatal":           "do not end the process for ErrServerClosed",
}

// actions returns what to do, worst first: by how bad the findings are, then by the order of the rows.
func (j *judge) actions(r *Report) []*Action {
	byLabel := map[string]*Action{}
	var actions []*Action
	for i := range j.in.Findings {
		f := &j.in.Findings[i]
		row := rowOf[f.Rule]
		if row == "" || f.Code == "ignore" {
			continue
		}
		a := byLabel[f.Label()]
		if a == nil {
			a = &Action{Row: row, Level: severity.Of(f.Rule, f.Code).String(), Label: f.Label(), Do: cmp.Or(doing[f.Label()], doing[f.Rule])}
			byLabel[f.Label()] = a
			actions = append(actions, a)
		}
		a.add(f)
	}
	for _, a := range actions {
		j.command(a)
	}
	for _, row := range r.Rows {
		if a := byHand(row, actions); a != nil {
			actions = append(actions, a)
		}
	}
	order := map[string]int{}
	for i, row := range r.Rows {
		order[row.Name] = i
	}
	slices.SortStableFunc(actions, func(x, y *Action) int {
		return cmp.Or(cmp.Compare(rank(y.Level), rank(x.Level)), cmp.Compare(order[x.Row], order[y.Row]), cmp.Compare(y.Count, x.Count), strings.Compare(x.Label, y.Label))
	})
	return actions
}

func rank(level string) int { l, _ := severity.Parse(level); return int(l) }

// add counts a finding. An action is safe if all of its fixes are.
func (a *Action) add(f *report.Finding) {
	a.Count++
	a.Where = append(a.Where, f.Pos)
	if len(f.Fixes) == 0 {
		return
	}
	safe := !fix.IsUnsafe(f.Fixes[0].Message)
	a.Safe = safe && (a.Fixable == 0 || a.Safe)
	a.Fixable++
}

// byRuntime are the codes whose fixes are all made of resilint's runtime.
var byRuntime = map[string]bool{"nobreaker/unprotected": true, "noshutdown/never": true, "nonidempotent/redelivered-message": true}

// command gives an action the command that fixes its findings, or shows them where no edit is right.
func (j *judge) command(a *Action) {
	rule, _, _ := strings.Cut(a.Label, "/")
	switch {
	case a.Fixable == 0 && byRuntime[a.Label] && !j.in.Runtime:
		a.Runtime = true
		a.Command = fmt.Sprintf("resilint -fix -unsafe-fixes -fixstyle=runtime -get -%s ./...", rule)
	case a.Fixable == 0:
		a.Command = fmt.Sprintf("resilint -c 3 -%s ./...", rule)
	case a.Safe:
		a.Command = fmt.Sprintf("resilint -fix -%s ./...", rule)
	default:
		a.Command = fmt.Sprintf("resilint -fix -unsafe-fixes -%s ./...", rule)
	}
}

// byHand returns what to do about a row that is not done for a reason that no finding tells of, or nil.
func byHand(row *Row, actions []*Action) *Action {
	if row.Status != Gap && row.Status != Partial {
		return nil
	}
	if slices.ContainsFunc(actions, func(a *Action) bool { return a.Row == row.Name }) {
		return nil
	}
	a := &Action{Row: row.Name, Level: severity.Note.String(), Command: "see docs/report.md#" + strings.ReplaceAll(strings.ToLower(row.Name), " ", "-")}
	for _, p := range row.Probes {
		if p.State != Holds {
			a.Count++
			a.Where = append(a.Where, p.Pos)
		}
	}
	switch row.Name {
	case Health:
		a.Do = "answer /livez while the process works, and /readyz while it can take requests, and have the manifests ask there"
	case Chaos:
		a.Do = "inject faults: a test with runtime/fault, an experiment of Chaos Mesh or Litmus that continuous integration applies"
	case Degradation:
		a.Do = "decide for each dependency what is left when it is away: a default, a cache, a queue; name those critical that nothing can replace"
	case Bulkheads:
		a.Do = "limit how many calls wait for each dependency: MaxConnsPerHost, or bulkheads of the runtime"
	default:
		return nil
	}
	return a
}
