package serving

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A Program is a main package and all that it is linked from, as far as it lies in the module.
type Program struct {
	Path     string
	Packages []*Evidence

	// What is known of the module: nil where it is not seen as a whole.
	Module *Module
}

// A Module is what all packages of a module, and its other files, show.
type Module struct {
	Programs []*Program

	Awaits   bool // some package listens to signals
	Packaged bool // its files say how it is run: in a container, by an orchestrator
	Probed   bool // they say how it is probed
	ForTests bool // they say that nobody but tests uses it
	// Lively are the paths by which they say that it is alive.
	Lively []string
	// Harnesses are the programs of which they say that tests are run against them.
	Harnesses []string

	// Orchestrated says that its files put a program into a container, or describe it to an orchestrator;
	// Names, whether they mention one of that name.
	Orchestrated bool
	Names        func(program string) bool

	Near func(*Start) bool // whether nobody on another machine can connect
	Dead func(*types.Func) bool
}

// Program returns the program of a main package by itself; nil if it is none.
func (r *Result) Program() *Program {
	if r == nil || !r.Evidence.Program {
		return nil
	}
	return &Program{Path: r.Path, Packages: r.Linked}
}

// Join returns the programs of a module.
func Join(results []*Result, m *Module) *Module {
	for _, r := range results {
		m.Awaits = m.Awaits || r.Awaits
		if p := r.Program(); p != nil && !m.ForTests && !slices.Contains(m.Harnesses, p.Path) {
			p.Module = m
			m.Programs = append(m.Programs, p)
		}
	}
	return m
}

// Orchestrates reports whether someone may look after a program who asks how it is: of several that serve
// clients, the files of the module mention it.
func (m *Module) Orchestrates(p *Program) bool {
	if !m.Orchestrated {
		return false
	}
	serve := 0
	for _, other := range m.Programs {
		if len(other.Starts()) > 0 {
			serve++
		}
	}
	return serve <= 1 || m.Names(p.Name())
}

// Name returns how the program is called: its folder, or the one above if that is named after nothing.
func (p *Program) Name() string {
	parts := strings.Split(p.Path, "/")
	for len(parts) > 1 && unnamed.MatchString(parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return parts[len(parts)-1]
}

var unnamed = regexp.MustCompile(`^(cmd|main|src|bin|v\d+)$`)

// Of returns the programs that a package is part of.
func (m *Module) Of(path string) []*Program {
	var of []*Program
	for _, p := range m.Programs {
		if slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Path == path }) {
			of = append(of, p)
		}
	}
	return of
}

// Serves reports whether the program serves clients on other machines by a start.
func (p *Program) Serves(s *Start) bool {
	return !s.Side && !p.isNear(s) && p.runs(s) && !p.isDead(s.fn) && !(s.Default && p.routes(true) == 0) &&
		!(s.Servers != "gRPC" && p.isIdle())
}

// isNear reports whether it is known, or cannot be known, that nobody on another machine can connect.
func (p *Program) isNear(s *Start) bool {
	if p.Module != nil {
		return p.Module.Near(s)
	}
	return s.Reach.Near || len(s.Reach.Params) > 0
}

func (p *Program) isDead(fn *types.Func) bool { return p.Module != nil && p.Module.Dead(fn) }

// runs reports whether the program may run the function of a start, as far as someone mentions it.
func (p *Program) runs(s *Start) bool {
	for _, e := range p.Packages {
		if slices.Contains(e.Mentions, s.In) || e.Path == p.Path && slices.Contains(e.Starts, s) {
			return true
		}
	}
	// A method may run behind an interface, and a function that is not exported by others of its own
	// package.
	name := s.In[strings.LastIndexByte(s.In, '.')+1:]
	return s.In == "" || strings.HasPrefix(s.In, "(") || name[:1] != strings.ToUpper(name[:1])
}

// Starts returns the starts by which the program serves clients.
func (p *Program) Starts() []*Start {
	var starts []*Start
	for _, e := range p.Packages {
		for _, s := range e.Starts {
			if p.Serves(s) {
				starts = append(starts, s)
			}
		}
	}
	return starts
}

// IsTerminal reports whether the program is for one person who types what it is to do: its main package reads the standard
// input, and it starts no server.
func (p *Program) IsTerminal() bool {
	if len(p.Starts()) > 0 || slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Apart || e.Gap }) {
		return false
	}
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Path == p.Path && e.Terminal })
}

// Stops reports whether the program stops servers of a kind when it is told to end, or may do so.
func (p *Program) Stops(kind string) bool {
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Apart || e.Gap }) ||
		p.stops(kind, func(*Stop) bool { return true })
}

// ShutsDown reports whether the program itself is known to stop servers of a kind.
func (p *Program) ShutsDown(kind string) bool {
	return p.stops(kind, func(s *Stop) bool { return !s.Unknown })
}

func (p *Program) stops(kind string, counts func(*Stop) bool) bool {
	awaits := p.Awaits()
	for _, e := range p.Packages {
		for _, s := range e.Stops {
			if s.Servers == kind && counts(s) && !p.isDead(s.fn) && (awaits || !s.Deferred) {
				return true
			}
		}
	}
	return false
}

// Awaits reports whether the program listens to signals.
func (p *Program) Awaits() bool {
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Awaits })
}

// Lingers reports whether the program goes on for seconds after a signal, and answers what is in flight.
func (p *Program) Lingers() bool {
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Lingers })
}

// Terminates reports whether the program may listen to SIGTERM.
func (p *Program) Terminates() bool {
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Terminates || e.Apart || e.Gap })
}

// Healthy reports whether the program answers probes, or may do so.
func (p *Program) Healthy() bool {
	return slices.ContainsFunc(p.Packages, func(e *Evidence) bool { return e.Health || e.Apart || e.Gap })
}

// routes returns for how many paths it has handlers for clients: of package net/http's own router
// only, or all.
func (p *Program) routes(own bool) int {
	n := 0
	for _, e := range p.Packages {
		if own {
			n += e.Default
		} else {
			n += e.Routes
		}
	}
	return n
}

// IsToy reports whether nobody would be paged for the program: nothing says that it is run anywhere,
// and it does next to nothing.
func (p *Program) IsToy() bool {
	if p.routes(false) > 2 {
		return false
	}
	if p.Module == nil {
		return !p.Awaits()
	}
	return !p.Module.Awaits && !p.Module.Packaged
}
