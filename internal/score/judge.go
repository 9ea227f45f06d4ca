package score

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/deploy"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/severity"
)

// A judge is the work on a report.
type judge struct {
	in       Input
	survey   *deploy.Survey
	findings map[string][]*report.Finding // by the lines that they stand on, or tell of
	seen     map[*report.Finding]bool     // that a probe has taken
}

func line(pos token.Position) string { return fmt.Sprintf("%s:%d", pos.Filename, pos.Line) }

func (j *judge) index() {
	for i := range j.in.Findings {
		f := &j.in.Findings[i]
		j.findings[line(f.Pos)] = append(j.findings[line(f.Pos)], f)
		for _, r := range f.Related {
			j.findings[line(r.Pos)] = append(j.findings[line(r.Pos)], f)
		}
	}
}

// asked reports whether something stands in a file that the report is about.
func (j *judge) asked(pos token.Position) bool {
	return pos.IsValid() && (j.in.Asked == nil || j.in.Asked(pos.Filename))
}

// found returns the worst finding of a row's rules about what stands at pos.
func (j *judge) found(pos token.Position, of func(*report.Finding) bool) *report.Finding {
	var worst *report.Finding
	for _, f := range j.findings[line(pos)] {
		if of(f) {
			j.seen[f] = true
			if worst == nil || severity.Of(f.Rule, f.Code) > severity.Of(worst.Rule, worst.Code) {
				worst = f
			}
		}
	}
	return worst
}

// blame makes a probe say what a finding says.
func (p *Probe) blame(f *report.Finding) {
	p.State, p.Rule, p.Why = Fails, f.Label(), f.Message
}

// rest adds probes for findings of a row that are about nothing that it has counted.
func (j *judge) rest(row *Row, kind string, of func(*report.Finding) bool) {
	for i := range j.in.Findings {
		f := &j.in.Findings[i]
		if of(f) && !j.seen[f] {
			p := &Probe{Kind: kind, What: f.Label(), Pos: f.Pos}
			if f.Code == "server" {
				p.Kind = "server"
			}
			p.blame(f)
			row.Probes = append(row.Probes, p)
		}
	}
}

func rules(labels ...string) func(*report.Finding) bool {
	return func(f *report.Finding) bool {
		return slices.Contains(labels, f.Rule) || slices.Contains(labels, f.Rule+"/"+f.Code)
	}
}

// status gives a row the word that its probes come to: all, most, or less than half of them hold. One that is weak
// counts for half.
func (j *judge) status(row *Row, none string, rule string) *Row {
	holds, weak, fails := row.Count()
	n := holds + weak + fails
	switch {
	case j.in.Off[rule]:
		row.Status, row.Reason = NA, "the rule "+rule+" is off"
	case n == 0:
		row.Status, row.Reason = NA, none
	case holds == n:
		row.Status = Done
	case 2*holds+weak < n:
		row.Status = Gap
	default:
		row.Status = Partial
	}
	return row
}

// part says how many of the row's probes of a kind hold.
func (r *Row) part(kind, how string) string {
	n, of := 0, 0
	for _, p := range r.Probes {
		if p.Kind != kind {
			continue
		}
		if of++; p.State == Holds {
			n++
		}
	}
	return part(n, of, kind, how)
}

func (j *judge) timeouts() *Row {
	row, of := &Row{Name: Timeouts}, rules("notimeout")
	hung, leaves := map[string]bool{}, map[string]bool{}
	for _, s := range j.in.Sketches {
		for _, pos := range s.Hung {
			hung[line(pos)] = true
		}
		for key := range s.Leaves {
			leaves[key] = true
		}
	}
	add := func(kind string, list []*Subject) {
		for _, subject := range list {
			if !j.asked(subject.Pos) {
				continue
			}
			p := &Probe{Kind: kind, What: subject.What, Pos: subject.Pos, State: Holds}
			if f := j.found(subject.Pos, of); f != nil {
				p.blame(f)
			} else if hung[line(subject.Pos)] || leaves[subject.Key] {
				p.State, p.Why = Fails, "nothing bounds it"
			}
			row.Probes = append(row.Probes, p)
		}
	}
	for _, s := range j.in.Sketches {
		add("call", s.Calls)
		add("server", s.Servers)
	}
	j.rest(row, "call", of)
	row.Summary = joined(row.part("call", "bounded"), row.part("server", "with a limit for slow clients"))
	return j.status(row, "nothing leaves the process", "notimeout")
}

func (j *judge) retries() *Row {
	row, of := &Row{Name: Retries}, rules("unboundedretry", "deadline/retries-exceed")
	missing := map[string]bool{}
	for _, s := range j.in.Sketches {
		for _, r := range s.Retries {
			if !j.asked(r.Pos) {
				continue
			}
			p := &Probe{Kind: "retry", What: r.What, Pos: r.Pos, State: Holds}
			if f := j.found(r.Pos, of); f != nil {
				p.blame(f)
				if severity.Of(f.Rule, f.Code) < severity.Error {
					p.State = Weak
				}
				missing[f.Code] = true
			}
			row.Probes = append(row.Probes, p)
		}
	}
	j.rest(row, "retry", of)
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "retry", "with a cap, a growing delay and jitter")
	if len(missing) > 0 {
		row.Summary += "; the others: " + strings.Join(sorted(missing), ", ")
	}
	return j.status(row, "nothing is attempted again", "unboundedretry")
}

func (j *judge) breakers(m *Map) *Row {
	row, of := &Row{Name: Breakers}, rules("nobreaker")
	for _, d := range m.counted() {
		p := &Probe{Kind: "client", What: d.Name, Pos: d.Pos}
		with, all := d.Has(catalog.WithBreaker)
		p.State = grade(with, all)
		if f := j.found(d.Pos, of); f != nil {
			p.Rule, p.Why = f.Label(), f.Message
			if p.State == Holds {
				p.State = Weak // there is one, and it does not work
			}
		}
		row.Probes = append(row.Probes, p)
	}
	j.rest(row, "client", of)
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "dependency", "behind a breaker")
	return j.status(row, "no request depends on another service, as far as is seen", "nobreaker")
}

func grade(with, all int) State {
	switch {
	case with == all:
		return Holds
	case with > 0:
		return Weak
	}
	return Fails
}

func (j *judge) bulkheads(m *Map) *Row {
	row, of := &Row{Name: Bulkheads}, rules("nobulkhead")
	shared := map[string]int{} // clients that several services are called by
	for _, d := range m.counted() {
		shared[line(d.Pos)]++
	}
	for _, d := range m.counted() {
		p := &Probe{Kind: "client", What: d.Name, Pos: d.Pos}
		with, all := d.Has(catalog.WithBulkhead)
		switch f := j.found(d.Pos, of); {
		case f != nil:
			p.blame(f)
		case with == all || !d.Unlimited && !d.Default:
			p.State = Holds
		case d.Default:
			p.State, p.Why = Fails, "http.DefaultClient is everybody's, and nothing limits how many calls wait in it"
		case shared[line(d.Pos)] > 1:
			p.State, p.Why = Fails, "its calls wait in the same client as those of others, and nothing limits how many"
		default:
			p.State, p.Why = Weak, "it has a client of its own, but nothing limits how many calls wait for it"
		}
		row.Probes = append(row.Probes, p)
	}
	for _, s := range j.in.Sketches {
		for kind, list := range map[string][]*Subject{"pool": s.Pools, "fan-out": s.Fans} {
			for _, subject := range list {
				if j.asked(subject.Pos) {
					row.Probes = append(row.Probes, &Probe{Kind: kind, What: subject.What, Pos: subject.Pos, State: Holds})
				}
			}
		}
	}
	j.rest(row, "pool", of)
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "client, pool or fan-out", "limited")
	j.status(row, "no request depends on another service or a database, as far as is seen", "nobulkhead")
	if row.Status == Gap {
		if pods := j.pods(); pods > 1 {
			row.Status, row.Reason = Partial, fmt.Sprintf("%d workloads run in pods of their own: one that is full leaves the others alone", pods)
		}
	}
	return row
}

// pods returns how many workloads the manifests have run.
func (j *judge) pods() int {
	names := map[string]bool{}
	for _, w := range j.survey.Workloads {
		names[w.Name] = true
	}
	return len(names)
}

func (j *judge) idempotency() *Row {
	row, of := &Row{Name: Idempotency}, rules("nonidempotent")
	for _, s := range j.in.Sketches {
		for _, h := range s.Handlers {
			if !j.asked(h.Pos) {
				continue
			}
			p := &Probe{Kind: "handler", What: h.What, Pos: h.Pos, State: Holds, Why: h.Why}
			if f := j.found(h.Pos, of); f != nil {
				p.blame(f)
			}
			row.Probes = append(row.Probes, p)
		}
	}
	j.rest(row, "handler", of)
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "handler or retry", "safe to run twice")
	j.status(row, "nothing that comes twice does what shows, as far as is seen", "nonidempotent")
	if row.Status == Gap && len(j.survey.UniqueKeys) > 0 {
		k := j.survey.UniqueKeys[0]
		row.Status, row.Reason = Partial, fmt.Sprintf("%s of SQL, such as %s:%d, refuse some of what comes twice", plural(len(j.survey.UniqueKeys), "unique key"), j.rel(k.File), k.Line)
	}
	return row
}

func (j *judge) rel(name string) string {
	if j.in.Rel != nil {
		return j.in.Rel(name)
	}
	return name
}
