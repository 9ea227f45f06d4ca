// Package score answers for a whole program what the rules answer for a line: how much of it is protected. It is the
// table of a report, its map and its action items.
//
// Each row of the table is made of probes: things that can be protected or not, each with the place where it stands. A
// package contributes a [Sketch] of what it shows; [New] joins those of all modules with what the rules have found and
// with what their other files say. A probe never comes from prose, and what cannot be decided is taken for good, as by
// the rules: a row says what is known to be missing.
package score

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/deploy"
	"github.com/resilint/resilint/internal/report"
)

// A Status is what a row comes to.
type Status string

const (
	Done    Status = "Done"    // all of it holds
	Partial Status = "Partial" // some of it does
	Gap     Status = "Gap"     // most of it does not
	NA      Status = "N/A"     // there is nothing that it could be about, or its rule is off
)

// A State is how a probe came out.
type State string

const (
	Holds State = "holds"
	Weak  State = "weak" // something is there, and it is not enough
	Fails State = "fails"
)

// A Probe is one thing that a row asks for, at one place.
type Probe struct {
	Kind  string // "call", "server", "retry", "client", "pool", "fan-out", "handler", "program", "experiment", "manifest"
	What  string // that it is about, as the code names it
	Pos   token.Position
	State State
	Why   string // how it was decided, where the state does not say so itself
	Rule  string // "rule/code" of the finding that says so
}

// A Row is one of the table.
type Row struct {
	Name    string
	Status  Status
	Summary string // "17 of 23 calls bounded"
	Reason  string // why the status is not what the counts alone would make of it
	Probes  []*Probe
}

// Count returns how many probes hold, are weak and fail.
func (r *Row) Count() (holds, weak, fails int) {
	for _, p := range r.Probes {
		switch p.State {
		case Holds:
			holds++
		case Weak:
			weak++
		default:
			fails++
		}
	}
	return holds, weak, fails
}

// A Report is the whole of it.
type Report struct {
	Modules  []string // their paths
	Missing  []string // what could not be analyzed, one line each: the report is of the rest
	Rows     []*Row
	Map      *Map
	Actions  []*Action
	Findings []report.Finding
}

// An Input is what a report of one or more modules is made of.
type Input struct {
	Modules  []string
	Missing  []string
	Sketches []*Sketch        // of all packages of the modules
	Findings []report.Finding // in what was asked for
	Survey   *deploy.Survey   // of the modules' other files
	Off      map[string]bool  // rules that are switched off
	Runtime  bool             // a module requires resilint's runtime
	// Asked reports whether a file is one that the report is about.
	Asked func(filename string) bool
	// Rel returns the path by which people know a file.
	Rel func(filename string) string
}

// names of the rows, as the table has them.
const (
	Timeouts    = "Timeouts"
	Retries     = "Retries"
	Breakers    = "Circuit breakers"
	Bulkheads   = "Bulkheads"
	Idempotency = "Idempotency"
	Health      = "Health checks"
	Shutdown    = "Graceful shutdown"
	Chaos       = "Chaos testing"
	Degradation = "Degradation"
)

// New makes a report.
func New(in Input) *Report {
	j := &judge{in: in, survey: in.Survey, findings: map[string][]*report.Finding{}, seen: map[*report.Finding]bool{}}
	if j.survey == nil {
		j.survey = &deploy.Survey{}
	}
	j.index()
	r := &Report{Missing: in.Missing, Modules: slices.Compact(slices.Sorted(slices.Values(in.Modules))), Findings: in.Findings}
	r.Map = j.draw()
	r.Rows = []*Row{
		j.timeouts(), j.retries(), j.breakers(r.Map), j.bulkheads(r.Map), j.idempotency(),
		j.health(), j.shutdown(), j.chaos(r.Map), j.degradation(r.Map),
	}
	for _, row := range r.Rows {
		slices.SortStableFunc(row.Probes, func(x, y *Probe) int { return comparePos(x.Pos, y.Pos) })
	}
	r.Actions = j.actions(r)
	return r
}

func comparePos(x, y token.Position) int {
	return cmp.Or(strings.Compare(x.Filename, y.Filename), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
}
