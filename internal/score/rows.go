package score

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/resilint/resilint/internal/deploy"
)

// programs returns the programs that the report is about.
func (j *judge) programs() []*Program {
	var programs []*Program
	for _, s := range j.in.Sketches {
		if s.Program != nil && j.asked(s.Program.Pos) {
			programs = append(programs, s.Program)
		}
	}
	return programs
}

// looked returns the programs that someone looks after who asks how they are; all, where that is not known of any.
func looked(programs []*Program) []*Program {
	of := slices.DeleteFunc(slices.Clone(programs), func(p *Program) bool { return !p.Looked })
	if len(of) == 0 {
		return programs
	}
	return of
}

// workloads returns how the manifests have a program run. Where there is but one program, all are it.
func (j *judge) workloads(p *Program, programs int) []*deploy.Workload {
	var own, all []*deploy.Workload
	for _, w := range j.survey.Workloads {
		if strings.HasSuffix(w.Text, "Job") {
			continue
		}
		all = append(all, w)
		if w.Runs(p.Name) {
			own = append(own, w)
		}
	}
	if len(own) == 0 && programs == 1 {
		return all
	}
	return own
}

var (
	livePath   = regexp.MustCompile(`(?i)(^|[/_-])(livez?|liveness|alive)(probe|check|z)?/?$`)
	readyPath  = regexp.MustCompile(`(?i)(^|[/_-])(readyz?|readiness)(probe|check|z)?/?$`)
	healthPath = regexp.MustCompile(`(?i)(^|[/_-])([\w-]*health[\w-]*|ping|status|heartbeat|up)/?$`)
)

// health asks of each program what it answers an orchestrator.
func (j *judge) health() *Row {
	row, of := &Row{Name: Health}, rules("nohealth")
	programs := looked(j.programs())
	manifests := 0
	for _, p := range programs {
		if p.Opaque {
			continue
		}
		workloads := j.workloads(p, len(programs))
		probe := &Probe{Kind: "program", What: p.Name, Pos: p.Pos}
		live, ready, other, rpc := j.answers(p)
		switch {
		case rpc:
			probe.State, probe.Why = Holds, "gRPC's health service"
		case live != nil && ready != nil:
			probe.State, probe.Why, probe.Pos = Holds, live.Path+" and "+ready.Path, live.Pos
		case live != nil || ready != nil || other != nil:
			one := other
			if live != nil {
				one = live
			} else if ready != nil {
				one = ready
			}
			probe.State, probe.Why, probe.Pos = Weak, one.Path+" alone cannot tell a process that hangs from one that is not ready", one.Pos
		case p.Health:
			probe.State, probe.Why = Weak, "it answers probes, at a path that is not seen"
		default:
			probe.State, probe.Why = Fails, "no route answers probes"
		}
		if f := j.found(p.Pos, of); f != nil && probe.State == Fails {
			probe.blame(f)
		}
		if live != nil && live.Far != "" {
			probe.State, probe.Why = Weak, live.Path+" asks another service ("+live.Far+") whether this one is alive"
			if f := j.found(live.Pos, of); f != nil {
				probe.blame(f)
				probe.State = Weak
			}
		}
		if len(workloads) > 0 {
			manifests++
			j.probed(p, probe, workloads)
		}
		row.Probes = append(row.Probes, probe)
	}
	j.rest(row, "program", of)
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "program", "with routes for liveness and readiness")
	if manifests > 0 {
		row.Summary += fmt.Sprintf(", %d described to an orchestrator", manifests)
	}
	return j.status(row, "no program serves clients", "nohealth")
}

// probed holds a program's routes against the probes of its manifests: one that asks where nothing answers fails, and
// routes that nobody asks for are of no use.
func (j *judge) probed(p *Program, probe *Probe, workloads []*deploy.Workload) {
	asks := false
	for _, w := range workloads {
		for _, c := range w.Containers {
			if c.Live != nil && c.Ready != nil && c.Live.Path != "" && c.Live.Path == c.Ready.Path && probe.State == Holds {
				probe.State, probe.Why = Weak, fmt.Sprintf("%s:%d asks for liveness and readiness at one path: what is not ready yet is restarted", j.rel(c.Live.File), c.Live.Line)
			}
			for _, ask := range []*deploy.Probe{c.Live, c.Ready} {
				if ask == nil {
					continue
				}
				asks = true
				if ask.Path != "" && j.registers(p) && !j.registered(p, ask.Path) {
					probe.State, probe.Rule = Fails, ""
					probe.Why = fmt.Sprintf("%s:%d asks at %s, where no route answers", j.rel(ask.File), ask.Line, ask.Path)
					probe.Pos = place(ask.Place)
					return
				}
			}
		}
	}
	if !asks && probe.State == Holds {
		w := workloads[0]
		probe.State, probe.Why = Weak, fmt.Sprintf("%s:%d has no probes: nobody asks", j.rel(w.File), w.Line)
	}
}

func place(p deploy.Place) token.Position {
	return token.Position{Filename: p.File, Line: p.Line, Column: 1}
}

// answers returns the routes of a program by which it answers probes.
func (j *judge) answers(p *Program) (live, ready, other *Route, rpc bool) {
	for route := range j.routes(p) {
		switch {
		case live == nil && livePath.MatchString(route.Path):
			live = route
		case ready == nil && readyPath.MatchString(route.Path):
			ready = route
		case other == nil && healthPath.MatchString(route.Path):
			other = route
		}
	}
	for _, s := range j.in.Sketches {
		rpc = rpc || s.RPCs && slices.Contains(p.Packages, s.Path)
	}
	return live, ready, other, rpc
}

func (j *judge) routes(p *Program) func(yield func(*Route) bool) {
	return func(yield func(*Route) bool) {
		for _, s := range j.in.Sketches {
			if !slices.Contains(p.Packages, s.Path) {
				continue
			}
			for i := range s.Routes {
				if !yield(&s.Routes[i]) {
					return
				}
			}
		}
	}
}

// registers reports whether all paths of a program are known.
func (j *judge) registers(p *Program) bool {
	n := 0
	for route := range j.routes(p) {
		if route.Path == "" {
			return false
		}
		n++
	}
	return n > 0
}

// registered reports whether a program may answer at a path: a route of it, or the end of the path by one that a group
// of routes has the beginning of.
func (j *judge) registered(p *Program, path string) bool {
	path = "/" + strings.Trim(path, "/")
	for route := range j.routes(p) {
		own := strings.TrimSuffix(route.Path, "{$}")
		if own == "" || own == "/" {
			if own == path || strings.HasSuffix(route.Path, "/") && len(route.Path) == 1 && path == "/" {
				return true
			}
			continue
		}
		pattern := regexp.QuoteMeta("/" + strings.Trim(own, "/"))
		pattern = wildTail.ReplaceAllString(wildPart.ReplaceAllString(pattern, "[^/]+"), ".*")
		if strings.HasSuffix(own, "/") {
			pattern += "(/.*)?"
		}
		if ok, err := regexp.MatchString("^(.*)?"+pattern+"$", path); ok && err == nil {
			return true
		}
	}
	return false
}

// What a route leaves open, as regexp.QuoteMeta has it: {id} and :id are a part, {rest...}, *rest and * all that follows.
var (
	wildPart = regexp.MustCompile(`\\\{\w+\\\}|:\w+`)
	wildTail = regexp.MustCompile(`\\\{\w+(\\\.){3}\\\}|\\\*\w*`)
)

// shutdown asks of each server what happens to its requests in a deploy.
func (j *judge) shutdown() *Row {
	row, of := &Row{Name: Shutdown}, rules("noshutdown")
	programs := j.programs()
	var grace *deploy.Workload
	for _, p := range programs {
		for _, server := range p.Servers {
			probe := &Probe{Kind: "server", What: server.Name + " of " + p.Name, Pos: server.Pos, State: Holds}
			switch f := j.found(server.Pos, of); {
			case f != nil && f.Code == "never", f == nil && !server.Stops && !p.Opaque:
				probe.State, probe.Why = Fails, "nothing shuts it down"
				if f != nil {
					probe.blame(f)
				}
			case f != nil:
				probe.blame(f)
				probe.State = Weak
			case !server.Told && !p.Opaque:
				probe.State, probe.Why = Weak, "it can be shut down, but SIGTERM does not do so"
			}
			if probe.State == Holds {
				j.outlasted(p, server, probe, j.workloads(p, len(programs)))
			}
			if probe.State == Fails {
				for _, w := range j.workloads(p, len(programs)) {
					if w.Grace > 0 {
						grace = w
						probe.State = Weak
						probe.Why = fmt.Sprintf("%s:%d gives it %d s to end in, and it makes no use of them", j.rel(w.GraceAt.File), w.GraceAt.Line, w.Grace)
					}
				}
			}
			row.Probes = append(row.Probes, probe)
		}
	}
	// What else is wrong is wrong with one of these.
	for i := range j.in.Findings {
		if f := &j.in.Findings[i]; of(f) && !j.seen[f] {
			p := &Probe{Kind: "server", What: f.Label(), Pos: f.Pos}
			p.blame(f)
			p.State = Weak
			if f.Code == "never" {
				p.State = Fails
			}
			row.Probes = append(row.Probes, p)
		}
	}
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "server", "shut down on SIGTERM, within a time")
	j.status(row, "no program serves clients", "noshutdown")
	if grace != nil && row.Status != Done {
		row.Reason = fmt.Sprintf("terminationGracePeriodSeconds (%s:%d) alone lets no request finish: SIGTERM ends the process at once", j.rel(grace.GraceAt.File), grace.GraceAt.Line)
	}
	return row
}

// defaultGrace is how long Kubernetes waits for a program to end, where a manifest does not say so.
const defaultGrace = 30 * time.Second

// outlasted makes a server weak that waits longer for its requests than its manifest lets it live.
func (j *judge) outlasted(p *Program, server *Server, probe *Probe, workloads []*deploy.Workload) {
	for _, s := range j.in.Sketches {
		if !slices.Contains(p.Packages, s.Path) {
			continue
		}
		for _, d := range s.Drains {
			for _, w := range workloads {
				grace, at := defaultGrace, w.Place
				if w.Grace > 0 {
					grace, at = time.Duration(w.Grace)*time.Second, w.GraceAt
				}
				if d.Kind == server.Kind && d.Limit >= grace {
					probe.State, probe.Pos = Weak, d.Pos
					probe.Why = fmt.Sprintf("it waits up to %v for requests, and is killed after %v (%s:%d)", d.Limit, grace, j.rel(at.File), at.Line)
				}
			}
		}
	}
}

// chaos asks for experiments: in manifests, which continuous integration runs, and in tests.
func (j *judge) chaos(m *Map) *Row {
	row := &Row{Name: Chaos}
	runs := 0
	for _, x := range j.survey.Experiments {
		p := &Probe{Kind: "experiment", What: x.Text, Pos: place(x.Place), State: Weak, Why: "nothing in continuous integration applies it"}
		if x.Runs {
			runs++
			p.State, p.Why = Holds, ""
		}
		row.Probes = append(row.Probes, p)
	}
	for _, t := range j.survey.FaultTests {
		row.Probes = append(row.Probes, &Probe{Kind: "test", What: t.Text, Pos: place(t), State: Weak, Why: "a test injects the fault, and not an experiment on what is deployed"})
	}
	row.Summary = joined(plural(len(j.survey.Experiments), "experiment"), plural(len(j.survey.FaultTests), "test")+" with injected faults")
	switch {
	case runs > 0:
		row.Status = Done
	case len(row.Probes) > 0:
		row.Status = Partial
	case len(m.Dependencies) == 0 && !j.leaves():
		row.Status, row.Reason, row.Summary = NA, "nothing leaves the process", ""
	default:
		row.Status, row.Summary = Gap, "no experiments, and no tests that inject faults"
	}
	return row
}

func (j *judge) leaves() bool {
	return slices.ContainsFunc(j.in.Sketches, func(s *Sketch) bool { return len(s.Calls) > 0 })
}

// degradation asks of each dependency what is left when it is away. Those that are named critical cannot be away.
func (j *judge) degradation(m *Map) *Row {
	row := &Row{Name: Degradation}
	critical := 0
	for _, d := range m.all() {
		if d.Critical {
			critical++
			continue
		}
		with, all := 0, 0
		for _, w := range d.Served() {
			if all++; w.Goes {
				with++
			}
		}
		p := &Probe{Kind: "client", What: d.Name, Pos: d.Pos, State: grade(with, all)}
		switch p.State {
		case Holds:
			p.Why = "who calls it goes on without it"
		case Weak:
			p.Why = fmt.Sprintf("%d of %d ways to it go on without it", with, all)
		default:
			p.Why = "every request that needs it fails with it"
		}
		row.Probes = append(row.Probes, p)
	}
	holds, weak, fails := row.Count()
	row.Summary = part(holds, holds+weak+fails, "dependency", "that requests can do without")
	if critical > 0 {
		row.Summary = joined(row.Summary, plural(critical, "critical one")+" left out")
	}
	return j.status(row, "no request depends on another service, as far as is seen", "")
}
