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
	followed                   // something else is done after it, which may fail when it has been done; this protects nothing
)

// covers reports whether a cover protects a deed of a kind. A mail that is the last that is done is sent again
// only by who dies right after it: nothing that it could do would be surer.
func (c cover) covers(kind catalog.DeedKind) bool {
	switch kind {
	case catalog.Inserts, catalog.Adds:
		return c&(looked|refused) != 0
	case catalog.Pays:
		return c&looked != 0
	}
	return c&(looked|repeated) != 0 || kind == catalog.Mails && c&followed == 0
}

// A coverer finds out what protects the deeds that one comes to.
type coverer struct {
	n     *Net
	mints map[string]bool // functions that make new ids, or call one that does
	known map[string]cover
}

// at returns what protects a step of a function, by the steps before and after it in the same function.
// Those of which skip reports true do not count.
func (c *coverer) at(f *Func, step *Step, v visit, skip func(*Step) bool) cover {
	minted := c.mints[v.start] || slices.ContainsFunc(v.path, func(h Hop) bool { return c.mints[h.Callee] })
	counts := func(s *Step) bool { return skip == nil || !skip(s) }
	all := v.cover
	before, after := f.around(step)
	for _, s := range before {
		if !counts(s) {
			continue
		}
		all |= c.of(s, v.env, minted) & (looked | repeated)
	}
	for _, s := range slices.Concat(before, after) {
		if s.Built && step.Kind == Does && counts(s) { // it may be part of it
			all |= looked
		}
	}
	for _, s := range after {
		if counts(s) {
			all |= c.of(s, v.env, minted) & (refused | followed)
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
			return followed
		}
		switch statement := Judge(text); {
		case statement.Guard && statement.Repeats && step.Ignored:
			return repeated | followed
		case statement.Looks:
			return looked | followed
		case statement.Guard, statement.Named && !minted:
			return looked | refused | followed
		}
		return followed
	case Does:
		if step.Deed == catalog.Inserts && step.Named && !minted {
			return looked | refused | followed
		}
		return followed
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
		if all |= got; all == looked|repeated|refused|followed {
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
