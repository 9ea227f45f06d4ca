package nobulkhead

import (
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/picture"
	"github.com/resilint/resilint/internal/serving"
)

// pools is the work on the pools of a package.
type pools struct {
	*reporter

	picture *picture.Picture
	net     *effect.Net
	own     *serving.Result
}

// report reports pools of connections without a limit. Whether others limit one of them only the whole module
// shows, or package main, which nobody imports.
func (p *pools) report(own *picture.Result) {
	if p.picture.Limits || len(p.picture.Entries) == 0 {
		return
	}
	program := p.pass.Pkg.Name() == "main"
	if p.module == nil && !program || program && !p.picture.Serves(p.pass.Pkg) {
		return
	}
	for _, pool := range own.Pools {
		if node := p.g.CallAt(pool.Call.Pos()); node != nil && p.forRequests(pool) {
			p.add(node, codePool, poolMessage(pool), nil, func() *analysis.SuggestedFix { return p.limitPool(pool, node) })
		}
	}
}

// aside are parts of names of functions that have to do with a database beside what requests do with it.
var aside = regexp.MustCompile(`(?i)migrat|seed|fixture|createdb|createdatabase|dropdb|resetdb|schema|backfill|test`)

// forRequests reports whether a program opens a pool to serve requests by it, and not for one thing that is done
// beside that: for a migration, by a command, for a query after which it is closed. What no program is seen to open,
// others may limit, or nobody uses.
func (p *pools) forRequests(pool *picture.Pool) bool {
	if pool.Local || len(pool.Users) > 0 && p.net.Serialized(p.entries(), pool.Users) {
		return false
	}
	seen := map[string]bool{}
	type way struct{ name, callee string }
	for work := []way{{name: pool.In}}; len(work) > 0; work = work[1:] {
		name := work[0].name
		if seen[name] || p.module.Idle(name) {
			continue
		}
		seen[name] = true
		closes := name == pool.In && pool.Closed || name != pool.In && p.picture.ClosesPool(name)
		switch {
		case aside.MatchString(local(name)),
			closes && !isMain(name) && !p.starts(name),
			p.picture.IsEntry(name) && p.calledToClose(name) != nil,
			p.closesFirst(name, work[0].callee),
			p.picture.Idles(p.net, name, p.serverStarts()):
			continue
		}
		callers := p.net.Callers(name)
		if len(callers) == 0 && !p.isCommand(name) {
			return true
		}
		for _, caller := range callers {
			work = append(work, way{caller, name})
		}
	}
	return false
}

// entries returns the functions that serve requests.
func (p *pools) entries() []string {
	var names []string
	for _, e := range p.picture.Entries {
		names = append(names, e.Name)
	}
	return names
}

// calledToClose returns the step by which a function closes a pool: itself, or by a function of the module. It
// returns nil if there is none.
func (p *pools) calledToClose(name string) *effect.Step {
	for step, callee := range p.net.Calls(name) {
		if p.picture.ClosesPool(callee) && closers.MatchString(local(callee)) {
			return step
		}
	}
	return nil
}

// closers are names of functions that close what they belong to.
var closers = regexp.MustCompile(`(?i)\.(close|disconnect|shutdown|release|teardown)\w*$`)

// closesFirst reports whether a function that starts a server closes what callee has opened for it before: it has looked
// whether the database is there.
func (p *pools) closesFirst(name, callee string) bool {
	opened := 0
	for _, called := range p.net.Calls(name) {
		if called == callee {
			opened++
		}
	}
	closed := p.calledToClose(name)
	if opened != 1 || closed == nil || closed.Deferred() {
		return false
	}
	for _, program := range p.programs() {
		for _, s := range program.Starts() {
			if s.In == name && closed.Pos() < s.Pos() {
				return true
			}
		}
	}
	return false
}

// local returns the name of a function without the path of its package, but for the last element.
func local(name string) string {
	return name[strings.LastIndexByte(strings.SplitN(name, "$", 2)[0], '/')+1:]
}

func isMain(name string) bool { return strings.HasSuffix(name, ".main") }

// isCommand reports whether a function is main of a program which serves nobody, or one message after the other: it
// starts no server, and is linked with no other handler.
func (p *pools) isCommand(name string) bool {
	if !isMain(name) {
		return false
	}
	path := strings.TrimSuffix(name, ".main")
	programs := p.programs()
	if s := p.module.Serving(); s != nil {
		programs = s.Of(path)
	}
	return len(programs) > 0 && !slices.ContainsFunc(programs, func(program *serving.Program) bool {
		return program.Path != path || len(program.Starts()) > 0 ||
			slices.ContainsFunc(program.Packages, func(e *serving.Evidence) bool { return p.picture.IsBusy(e.Path) })
	})
}

// starts reports whether a function comes to where a server is started.
func (p *pools) starts(name string) bool {
	found := false
	p.net.Walk(name, func(name string, _ []effect.Hop) bool {
		found = found || p.isStart(name)
		return !found
	}, func(string) bool { return false }, nil)
	return found
}

func (p *pools) isStart(name string) bool {
	for _, program := range p.programs() {
		for _, s := range program.Starts() {
			if s.In == name || strings.HasPrefix(name, s.In+"/") {
				return true
			}
		}
	}
	return false
}

// serverStarts returns the functions in which servers are started.
func (p *pools) serverStarts() []string {
	var names []string
	for _, program := range p.programs() {
		for _, s := range program.Starts() {
			names = append(names, s.In)
		}
	}
	return names
}

func (p *pools) programs() []*serving.Program {
	if s := p.module.Serving(); s != nil {
		return s.Programs
	}
	return p.module.Programs(p.own)
}
