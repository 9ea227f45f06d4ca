package remote

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
)

// A Net is who passes contexts to whom, and which of them alone bound a remote call.
type Net struct {
	leaves map[Param]Leaf
	lives  map[Param]bool
}

// Solve follows the links of evidence from the remote calls up. resolve returns the method
// that an interface's method runs, or "".
func Solve(evidence []*Evidence, resolve func(method string) string) *Net {
	n := &Net{leaves: map[Param]Leaf{}, lives: map[Param]bool{}}
	var exposed, living []Param
	back := map[Param][]Param{} // from callee to callers
	through := map[Param][]Param{}
	for _, e := range evidence {
		maps.Copy(n.leaves, e.Leaves)
		maps.Copy(n.lives, e.Lives)
		for from, tos := range e.Links {
			for _, to := range tos {
				back[to] = append(back[to], from)
				if method := resolve(to.Func); method != "" {
					to := Param{method, to.Index}
					through[to] = append(through[to], from)
				}
			}
		}
	}
	for p := range n.lives {
		living = append(living, p)
	}
	for len(living) > 0 {
		p := living[0]
		living = living[1:]
		for _, from := range back[p] {
			if !n.lives[from] {
				n.lives[from] = true
				living = append(living, from)
			}
		}
	}
	exposed = slices.SortedFunc(maps.Keys(n.leaves), compareParams)
	for len(exposed) > 0 {
		p := exposed[0]
		exposed = exposed[1:]
		if n.lives[p] {
			continue
		}
		callers := slices.Concat(back[p], through[p])
		slices.SortFunc(callers, compareParams)
		for _, from := range callers {
			leaf, known := n.leaves[from]
			if !known {
				leaf = n.leaves[p]
				exposed = append(exposed, from)
			}
			leaf.Once = false // it passes the context on
			n.leaves[from] = leaf
		}
	}
	return n
}

func compareParams(x, y Param) int {
	return cmp.Or(strings.Compare(x.Func, y.Func), cmp.Compare(x.Index, y.Index))
}

// Leaf returns the remote call that nothing but the context passed for p bounds.
func (n *Net) Leaf(p Param) (Leaf, bool) {
	leaf, ok := n.leaves[p]
	return leaf, ok && !n.lives[p]
}

// Lives reports whether the context passed for p lives on: in a goroutine, a worker, a field.
func (n *Net) Lives(p Param) bool { return n.lives[p] }

// hangs returns what passes make hang.
func (n *Net) hangs(passes []*Pass) []*Hang {
	return n.Hangs(passes, func(string) string { return "" })
}

// Hangs returns the calls that pass a context without a deadline to a function that has
// nothing else to bound its remote call by.
func (n *Net) Hangs(passes []*Pass, resolve func(method string) string) []*Hang {
	var hangs []*Hang
	for _, pass := range passes {
		leaf, ok := n.Leaf(pass.To)
		if method := resolve(pass.To.Func); !ok && method != "" {
			leaf, ok = n.Leaf(Param{method, pass.To.Index})
		}
		if ok {
			hangs = append(hangs, passed(pass, leaf))
		}
	}
	return hangs
}

func passed(pass *Pass, leaf Leaf) *Hang {
	return &Hang{
		API: catalog.CallNamed(leaf.API), At: pass.Call.Pos(), Func: pass.Call.Parent(),
		Bound: Nothing, Pass: pass, Leaf: leaf, Peer: leaf.Peer,
	}
}

// solve follows the contexts of the package, with what facts say of the functions of others.
func (f *finder) solve() *Net {
	abroad := newEvidence()
	for _, callee := range f.callees() {
		summary := f.summary(callee)
		if summary == nil {
			continue
		}
		for _, e := range summary.Exposes {
			if e.onlyContext() && catalog.CallNamed(e.API) != nil {
				abroad.Leaves[Param{callee.FullName(), e.Context}] = e.Leaf
			}
		}
		for _, i := range summary.Lives {
			abroad.Lives[Param{callee.FullName(), i}] = true
		}
	}
	return Solve([]*Evidence{abroad, f.evidence}, func(string) string { return "" })
}
