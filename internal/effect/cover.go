package effect

import (
	"fmt"
	"maps"
	"slices"

	"github.com/resilint/resilint/internal/catalog"
)

// A cover is what keeps a deed from being done twice: a set.
type cover uint8

const (
	looked   cover = 1 << iota // before it is done, something looks whether it has been
	repeated                   // what is done before can be repeated; whoever is told of it gets the same again
	refused                    // what is done after it fails the second time, and takes a transaction with it
)

// covers reports whether a cover protects a deed of a kind.
func (c cover) covers(kind catalog.DeedKind) bool {
	switch kind {
	case catalog.Inserts, catalog.Adds:
		return c&(looked|refused) != 0
	case catalog.Pays:
		return c&looked != 0
	}
	return c&(looked|repeated) != 0
}

// A coverer finds out what protects the deeds that one comes to.
type coverer struct {
	n     *Net
	mints map[string]bool // functions that make new ids, or call one that does
	known map[string]cover
}

// steps returns what protects each step of a function, by the steps before and after it in the same function.
// Those of which skip reports true do not count.
func (c *coverer) steps(f *Func, v visit, skip func(*Step) bool) []cover {
	minted := c.mints[v.start] || slices.ContainsFunc(v.path, func(h Hop) bool { return c.mints[h.Callee] })
	gives := make([]cover, len(f.Steps))
	for i, s := range f.Steps {
		if skip == nil || !skip(s) {
			gives[i] = c.of(s, v.env, minted)
		}
	}
	all := make([]cover, len(f.Steps))
	for i, step := range f.Steps {
		all[i] = v.cover
		for j, s := range f.Steps {
			if i == j || gives[j] == 0 {
				continue
			}
			before, after := s.Then == nil || s.Then.has(i), step.Then == nil || step.Then.has(j)
			if before {
				all[i] |= gives[j] & (looked | repeated)
			}
			if after {
				all[i] |= gives[j] & refused
			}
			if (before || after) && s.Built && step.Kind == Does { // it may be part of it
				all[i] |= looked
			}
		}
	}
	return all
}

// of returns what a step does for those around it.
func (c *coverer) of(step *Step, env map[int]string, minted bool) cover {
	switch step.Kind {
	case Guards:
		got := looked
		if step.Repeats {
			got = repeated
		}
		if step.Refuses {
			got |= refused
		}
		return got
	case Runs:
		text, ok := step.Text.in(env)
		if !ok || !IsStatement(text) {
			return 0
		}
		switch statement := step.judge(text); {
		case statement.Guard && statement.Repeats && step.Ignored:
			return repeated
		case statement.Looks:
			return looked
		case statement.Guard, statement.Named && !minted:
			return looked | refused
		}
	case Does:
		if step.Deed == catalog.Inserts && step.Named && !minted {
			return looked | refused
		}
	case Calls:
		if callee := c.n.behind(step); callee != "" {
			return c.in(callee, step.inner(env), minted || c.mints[callee])
		}
	}
	return 0
}

// in returns what a function does for who calls it, with all that it calls.
func (c *coverer) in(name string, env map[int]string, minted bool) cover {
	key := fmt.Sprint(minted, " ", visitKey(name, env))
	if got, ok := c.known[key]; ok {
		return got
	}
	c.known[key] = 0 // while it is looked at: it may call itself
	f := c.n.find(name)
	if f == nil || len(c.known) > maxVisit {
		return 0
	}
	var all cover
	for _, step := range f.Steps {
		got := c.of(step, env, minted)
		if step.Kind == Guards && step.Returns {
			got &^= looked
		}
		if all |= got; all == looked|repeated|refused {
			break
		}
	}
	c.known[key] = all
	return all
}

// inner returns the texts that a call passes.
func (s *Step) inner(env map[int]string) map[int]string {
	inner := map[int]string{}
	for _, passed := range s.Passes {
		if text, ok := passed.Text.in(env); ok {
			inner[passed.Index] = text
		}
	}
	return inner
}

func visitKey(name string, env map[int]string) string {
	for _, i := range slices.Sorted(maps.Keys(env)) {
		name += fmt.Sprintf("\x00%d=%s", i, env[i])
	}
	return name
}
