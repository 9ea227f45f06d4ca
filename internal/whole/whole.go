// Package whole holds what only the importers of a package know: what they do with the
// objects that it makes, whether they set what it leaves alone, and which type stands behind
// an interface.
//
// The standalone driver loads the whole module and makes one [Module] of the evidence of its
// packages. Drivers that analyze one package at a time (go vet, golangci-lint, nogo) have no
// such thing: there the result of [Analyzer] is nil, and what it would decide is silent.
package whole

import (
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/dead"
	"github.com/resilint/resilint/internal/deploy"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/entry"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/remote"
	"github.com/resilint/resilint/internal/serving"
)

// Analyzer stands for the module. Its own result is always nil; a driver that has a Module
// gives rules that instead.
var Analyzer = &analysis.Analyzer{
	Name:       "resilintwhole",
	Doc:        "tell what only the whole module shows",
	Run:        func(*analysis.Pass) (any, error) { return (*Module)(nil), nil },
	ResultType: reflect.TypeFor[*Module](),
}

// A Module is what the packages of a module show together. A nil Module knows nothing.
type Module struct {
	net     *remote.Net
	resolve func(method string) string
	touched map[string]bool
	// equipped are the libraries whose calls are seen to leave the process unbounded.
	equipped map[string]bool
	foreign  map[string][]*remote.Hang // by package: calls of others that hang by its objects
	given    map[remote.Param][]*remote.Given
	leftOut  map[string]bool       // fields, where a package makes a struct
	chosen   map[string][][]string // options, by constructor and call
	code     *dead.Code

	effects *effect.Net
	entries map[string]*entry.Entry // by name: functions that another package hands over
	works   map[string]bool         // libraries whose messages the module handles itself
	jobs    []*entry.Jobs
	done    map[string]bool // jobs that the module does itself, where a function's parameter says so

	serving *serving.Module
	picture *picture.Picture
}

// New joins the evidence of all packages of a module, by package path. code is that of the
// module, nil if it is not known as a whole.
func New(packages []string, results map[string]*remote.Result, code *dead.Code) *Module {
	m := &Module{
		code:    code,
		touched: map[string]bool{}, equipped: map[string]bool{},
		foreign: map[string][]*remote.Hang{}, given: map[remote.Param][]*remote.Given{},
		leftOut: map[string]bool{}, chosen: map[string][][]string{},
	}
	implementations := map[string]map[string]bool{}
	made := map[string]*remote.Hang{}
	owner := map[string]string{}
	var evidence []*remote.Evidence
	for _, path := range packages {
		if results[path] == nil {
			continue
		}
		e := results[path].Evidence
		evidence = append(evidence, e)
		for _, pair := range e.Implements {
			if implementations[pair.Interface] == nil {
				implementations[pair.Interface] = map[string]bool{}
			}
			implementations[pair.Interface][pair.Method] = true
		}
		for key, hang := range e.Made {
			made[key], owner[key] = hang, path
		}
		for key := range e.Touched {
			m.touched[key] = true
		}
		for param, given := range e.Given {
			m.given[param] = append(m.given[param], given)
		}
		maps.Copy(m.equipped, e.Equipped)
		maps.Copy(m.leftOut, e.LeftOut)
		for fn, calls := range e.Chosen {
			m.chosen[fn] = append(m.chosen[fn], calls...)
		}
	}
	m.resolve = func(method string) string {
		if types := implementations[method]; len(types) == 1 {
			for only := range types {
				return only
			}
		}
		return ""
	}
	m.net = remote.Solve(evidence, m.resolve)
	for _, e := range evidence {
		for _, use := range e.Foreign {
			if cause := made[use.Key]; cause != nil && !m.touched[use.Key] {
				if hang := cause.Because(use); !m.near(hang.Reach) && !m.unneeded(hang.Spare) {
					m.foreign[owner[use.Key]] = append(m.foreign[owner[use.Key]], hang)
				}
			}
		}
	}
	return m
}

// Join adds what the functions of all packages of the module do that shows if it is done twice, and which
// of them others call. Nil results are left out.
func (m *Module) Join(effects []*effect.Result, entries []*entry.Result) {
	m.effects, m.entries = effect.Join(effects), map[string]*entry.Entry{}
	m.works, m.done = map[string]bool{}, map[string]bool{}
	for _, result := range entries {
		m.jobs = append(m.jobs, result.Jobs)
		for _, e := range result.Other {
			m.entries[e.Name] = e
		}
		for _, e := range slices.Concat(result.Own, result.Other) {
			if e.From != nil {
				m.works[e.From.Path] = true
			}
			m.done[e.Job] = true
		}
	}
}

// Serve adds what the packages of the module have to do with serving, and what its other files say.
func (m *Module) Serve(results []*serving.Result, files *deploy.Files) {
	m.serving = serving.Join(results, &serving.Module{
		Packaged: files.Packaged, Probed: files.Probed, ForTests: files.ForTests, Lively: files.Lively, Harnesses: files.Harnesses,
		Orchestrated: files.Orchestrated(), Names: files.Names,
		Near: func(s *serving.Start) bool { return m.near(s.Reach) },
		Dead: m.Dead,
	})
}

// Serving returns the programs of the module; nil if it is not seen as a whole.
func (m *Module) Serving() *serving.Module {
	if m == nil {
		return nil
	}
	return m.serving
}

// Programs returns the programs that a package is part of, of which own is the result: as far as the
// package shows it, it is a program itself.
func (m *Module) Programs(own *serving.Result) []*serving.Program {
	if s := m.Serving(); s != nil {
		return s.Of(own.Path)
	}
	if p := own.Program(); p != nil {
		return []*serving.Program{p}
	}
	return nil
}

// Draw adds the picture of what the module serves, and what that depends on. It is drawn over the effects that
// Join has added. Nil results are left out.
func (m *Module) Draw(sketches []*picture.Result) { m.picture = picture.Join(sketches, m.effects) }

// Picture returns what can be seen of what a package and those around it serve, and depend on. own are the
// results of the package.
func (m *Module) Picture(own *picture.Result, effects *effect.Result) *picture.Picture {
	if m == nil || m.picture == nil {
		return own.Own(effects.Own())
	}
	return m.picture
}

// Effects returns what can be seen of the functions that a package calls, of whose own own is the result.
func (m *Module) Effects(own *effect.Result) *effect.Net {
	if m == nil || m.effects == nil {
		return own.Own()
	}
	return m.effects
}

// Entry returns how others call the function of that name, if another package hands it to them, or nil.
func (m *Module) Entry(name string) *entry.Entry {
	if m == nil {
		return nil
	}
	return m.entries[name]
}

// Works reports whether the module handles the messages of a library itself, or may do so: that is not known of a
// package alone.
func (m *Module) Works(path string) bool { return m == nil || m.works[path] }

// NeverMade reports whether nothing that the module runs makes the job which a function does, though it makes others for the
// same library.
func (m *Module) NeverMade(e *entry.Entry) bool {
	if m == nil {
		return false
	}
	job := e.Job
	for _, jobs := range m.jobs {
		if done := jobs.Done[e.Name]; done != "" {
			job = done
		}
	}
	library, _, _ := strings.Cut(job, " ")
	others := false
	for _, jobs := range m.jobs {
		if jobs.Open[library] || slices.ContainsFunc(jobs.Made[job], func(by string) bool { return by == "" || !m.Idle(by) }) {
			return false
		}
		for made := range jobs.Made {
			others = others || strings.HasPrefix(made, library+" ") && (library != catalog.TypedJobs || m.done[made])
		}
	}
	return job != "" && others
}

// LooksFirst reports whether something that looks first stands around all handlers of a library, wherever in the module that is
// set up.
func (m *Module) LooksFirst(path string) bool {
	return m != nil && slices.ContainsFunc(m.jobs, func(j *entry.Jobs) bool { return j.Looked[path] })
}

// Hangs returns the calls that hang because of something in a package, of whose own evidence
// own is the result.
func (m *Module) Hangs(path string, own *remote.Result) []*remote.Hang {
	var hangs []*remote.Hang
	for _, h := range own.Hangs {
		switch {
		case m == nil && catalog.Conditional(h.API) && !own.Evidence.Equipped[catalog.LibraryOf(h.API)]:
			// What it works through is not known.
		case m.unneeded(h.Spare):
		case m == nil && (h.Shared || len(h.Reach.Params) > 0):
			// Whether importers set it, or say where to listen, is not known.
		case m != nil && h.Shared && m.touched[h.Key]:
		case m != nil && (m.bounds(h) || m.near(h.Reach)):
		default:
			hangs = append(hangs, h)
		}
	}
	if m == nil {
		return hangs
	}
	for _, h := range m.net.Hangs(own.Evidence.Passes, m.resolve) {
		if !m.bounds(h) {
			hangs = append(hangs, h) // one that the package shows itself is the same cause
		}
	}
	hangs = append(hangs, m.foreign[path]...)
	return slices.DeleteFunc(hangs, func(h *remote.Hang) bool { return m.Dead(h.In()) })
}

// RunsOnce reports whether the function of that name, a FullName, runs once in each program of the module: see
// [dead.Code.RunsOnce].
func (m *Module) RunsOnce(name string) bool { return m != nil && m.code.RunsOnce(name) }

// Dead reports whether nothing in the module runs fn, which may be nil, and nothing else can.
func (m *Module) Dead(fn *types.Func) bool { return m != nil && m.code.Has(fn) }

// Idle reports whether no program of the module runs the function of that name in the graph of effects, or the one that
// a literal of that name lies in.
func (m *Module) Idle(name string) bool {
	if m == nil {
		return false
	}
	return m.code.Idle(effect.Declared(name))
}

// bounds reports whether some package bounds h, and its likes, for the whole program: it sets
// http.DefaultClient.Timeout, or intercepts all calls of a library.
func (m *Module) bounds(h *remote.Hang) bool {
	if lib := catalog.LibraryOf(h.API); catalog.Conditional(h.API) && !m.equipped[lib] {
		return true // what it works through is not known
	}
	return h.UsesDefaultClient() && m.touched["net/http.DefaultClient"] || m.touched[catalog.LibraryOf(h.API)]
}

// unneeded reports whether nothing in the module needs what is there for when another one is
// missing, as far as is known. Options that nobody in the module has to choose from are for others.
func (m *Module) unneeded(s *remote.Spare) bool {
	switch {
	case s == nil:
		return false
	case m == nil:
		return true
	case s.Field != "":
		return !m.leftOut[s.Field]
	}
	calls := m.chosen[s.Func]
	return len(calls) > 0 && !slices.ContainsFunc(calls, s.NeededBy)
}

// near reports whether no other machine can connect to a server, whoever in the module says where
// it listens. A parameter that nobody in the module passes anything for is for others to decide.
func (m *Module) near(r remote.Reach) bool {
	seen := map[remote.Param]bool{}
	for work := slices.Clone(r.Params); len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		if len(m.given[work[0]]) == 0 {
			return false
		}
		for _, given := range m.given[work[0]] {
			if given.Far {
				return false
			}
			work = append(work, given.From...)
		}
	}
	return r.Near || len(r.Params) > 0
}
