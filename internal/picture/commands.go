package picture

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/flow"
)

// commands notes the functions of the package that commands of a command line run: of several, one runs in a process.
func (b *builder) commands() {
	for instr := range b.g.Instructions() {
		store, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		addr, ok := store.Addr.(*ssa.FieldAddr)
		if !ok || !catalog.IsCommand(addr.X.Type()) {
			continue
		}
		found := map[*ssa.Function]bool{}
		handlersIn(store.Val, found, 0)
		for fn := range found {
			b.result.Commands = append(b.result.Commands, flow.NameOf(fn))
		}
	}
	slices.Sort(b.result.Commands)
	b.result.Commands = slices.Compact(b.result.Commands)
}

// Idles reports whether a function is what a command runs that serves nobody, or one message after the other: where a
// server is started, in one of the functions starts, other commands alone come to.
func (p *Picture) Idles(net *effect.Net, command string, starts []string) bool {
	if !p.commands[command] || len(starts) == 0 {
		return false
	}
	for _, start := range starts {
		if from := p.commandsTo(net, start); len(from) == 0 || from[command] {
			return false
		}
	}
	seen := map[string]bool{}
	for work := []string{command}; len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		if e := p.entries[work[0]]; e != nil && !e.Alone {
			return false
		}
		for _, callee := range net.Calls(work[0]) {
			work = append(work, callee)
		}
	}
	return true
}

// commandsTo returns the commands that come to a function; none if others do, too.
func (p *Picture) commandsTo(net *effect.Net, name string) map[string]bool {
	from, seen := map[string]bool{}, map[string]bool{}
	for work := []string{name}; len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		callers := net.Callers(work[0])
		switch {
		case p.commands[work[0]]:
			from[work[0]] = true
		case len(callers) == 0:
			return nil
		}
		work = append(work, callers...)
	}
	return from
}
