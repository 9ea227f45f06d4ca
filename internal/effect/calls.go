package effect

import (
	"iter"
	"slices"
)

// Callers returns the functions that call one, or start it, sorted: as far as the net goes.
func (n *Net) Callers(name string) []string {
	n.once.Do(func() {
		n.callers = map[string][]string{}
		add := func(caller string, f *Func) {
			for _, step := range f.Steps {
				if step.Kind != Calls {
					continue
				}
				if callee := n.behind(step); callee != "" && callee != caller && !slices.Contains(n.callers[callee], caller) {
					n.callers[callee] = append(n.callers[callee], caller)
				}
			}
		}
		for caller, f := range n.all {
			add(caller, f)
		}
		for _, graph := range n.graphs {
			for i, f := range graph.Funcs {
				add(graph.Names[i], f)
			}
		}
		for _, callers := range n.callers {
			slices.Sort(callers)
		}
	})
	return n.callers[name]
}

// StartsMany reports whether somebody starts several runs of a function that go on beside each other: itself, or by
// functions that call it.
func (n *Net) StartsMany(name string) bool {
	seen := map[string]bool{}
	for work := []string{name}; len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		for _, caller := range n.Callers(work[0]) {
			for step, callee := range n.Calls(caller) {
				if callee == work[0] && step.Many {
					return true
				}
			}
			work = append(work, caller)
		}
	}
	return false
}

// Calls returns the steps of a function that call others, in the order of the source, and the functions that they call.
func (n *Net) Calls(name string) iter.Seq2[*Step, string] {
	return func(yield func(*Step, string) bool) {
		f := n.find(name)
		if f == nil {
			return
		}
		for _, step := range f.Steps {
			if step.Kind != Calls {
				continue
			}
			if callee := n.behind(step); callee != "" && !yield(step, callee) {
				return
			}
		}
	}
}

// Walk visits the functions that one comes to by calls that it waits for, itself first, the shortest way
// first: each once, or twice, if one way to it leads through a function that is special, and another does
// not. It goes no further from a function of which visit returns false. Of the first function's own calls, it leaves out
// those that skip says, which may be nil.
func (n *Net) Walk(name string, visit func(name string, path []Hop) bool, special func(name string) bool, skip func(*Step) bool) {
	type node struct {
		name    string
		special bool
	}
	type stop struct {
		node
		path []Hop
	}
	seen := map[node]bool{}
	for work := []stop{{node: node{name, special(name)}}}; len(work) > 0 && len(seen) < maxVisit; work = work[1:] {
		at := work[0]
		if seen[at.node] {
			continue
		}
		seen[at.node] = true
		if !visit(at.name, at.path) || len(at.path) > maxHops {
			continue
		}
		f := n.find(at.name)
		if f == nil {
			continue
		}
		for _, step := range f.Steps {
			if step.Kind != Calls || step.Apart || len(at.path) == 0 && skip != nil && skip(step) {
				continue
			}
			callee := n.behind(step)
			if callee == "" {
				continue
			}
			next := node{callee, at.special || special(callee)}
			if seen[next] {
				continue
			}
			title := step.Name
			if f := n.find(callee); f != nil {
				title = f.Name
			}
			work = append(work, stop{next, append(slices.Clone(at.path), Hop{title, callee, step.pos})})
		}
	}
}

// behind returns the function that a step calls, through interfaces with one type behind them, or "".
func (n *Net) behind(step *Step) string {
	callee := step.Callee
	if !step.Behind {
		return callee
	}
	for range 4 {
		if next := n.resolve(callee); next != "" {
			callee = next
		}
	}
	if callee == step.Callee {
		return ""
	}
	return callee
}
