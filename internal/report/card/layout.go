package card

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/score"
)

// The map has two layers, entry points and what they depend on, and no edge within one: what a library for graphs would
// add to a layout of that is the order within the layers, which a few rounds of barycentres find here. Those that there
// are in Go bring a WebAssembly build of Graphviz, or a JavaScript engine.

const (
	boxWidth, boxHeight = 250.0, 34.0
	rowHeight           = 48.0
	margin              = 12.0
	mapWidth            = 860.0
	maxLabel            = 32 // signs
)

// A drawing is a map with places.
type drawing struct {
	Width, Height float64
	Entries, Deps []box
	Edges         []curve
}

// A box is an entry point or a dependency.
type box struct {
	X, Y, W, H float64
	Label      string // cut to fit
	Full       string
	Note       string // its kind; "critical"
	Where      string
	Critical   bool
}

// A curve is an edge.
type curve struct {
	Path        string
	Class       string
	From, To    string
	Grade       score.Grade
	Protections string
	Missing     string
	Where       string
}

// lay gives the map its places.
func (c Card) lay() drawing {
	m := c.Report.Map
	entries := slices.DeleteFunc(slices.Clone(m.Entries), func(e *score.Entry) bool {
		return !slices.ContainsFunc(m.Edges, func(edge *score.Edge) bool { return edge.Entry == e })
	})
	deps := slices.DeleteFunc(slices.Clone(m.Dependencies), func(d *score.Depend) bool {
		return !slices.ContainsFunc(m.Edges, func(edge *score.Edge) bool { return edge.Dependency == d })
	})
	left, right := map[*score.Entry]float64{}, map[*score.Depend]float64{}
	for range 8 { // it settles in fewer
		place(entries, left)
		place(deps, right)
		order(deps, func(d *score.Depend) float64 {
			return mean(m.Edges, func(e *score.Edge) (float64, bool) { return left[e.Entry], e.Dependency == d })
		})
		place(deps, right)
		order(entries, func(entry *score.Entry) float64 {
			return mean(m.Edges, func(e *score.Edge) (float64, bool) { return right[e.Dependency], e.Entry == entry })
		})
	}
	place(entries, left)
	place(deps, right)
	d := drawing{Width: mapWidth, Height: 2*margin + rowHeight*float64(max(len(entries), len(deps)))}
	y := func(at float64) float64 { return margin + at*(d.Height-2*margin) - boxHeight/2 }
	for _, e := range entries {
		d.Entries = append(d.Entries, box{X: margin, Y: y(left[e]), W: boxWidth, H: boxHeight, Label: cut(e.Title), Full: e.Title, Note: e.Kind, Where: c.at(e.Pos)})
	}
	for _, dep := range deps {
		b := box{X: mapWidth - margin - boxWidth, Y: y(right[dep]), W: boxWidth, H: boxHeight, Label: cut(dep.Name), Full: dep.Name, Where: c.at(dep.Pos), Critical: dep.Critical}
		if dep.Critical {
			b.Note = "critical"
		}
		d.Deps = append(d.Deps, b)
	}
	for _, e := range m.Edges {
		x1, y1 := margin+boxWidth, y(left[e.Entry])+boxHeight/2
		x2, y2 := mapWidth-margin-boxWidth, y(right[e.Dependency])+boxHeight/2
		d.Edges = append(d.Edges, curve{
			Path:  fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", x1, y1, x1+140, y1, x2-140, y2, x2, y2),
			Class: string(e.Grade()), From: e.Entry.Title, To: e.Dependency.Name, Grade: e.Grade(),
			Protections: protections(e), Missing: strings.Join(lacks(e), ", "), Where: c.at(e.Call),
		})
	}
	return d
}

// place spreads a layer over the height, from 0 to 1.
func place[T comparable](layer []T, at map[T]float64) {
	for i, item := range layer {
		at[item] = (float64(i) + 0.5) / float64(len(layer))
	}
}

// order sorts a layer by the means of what its items are joined to.
func order[T any](layer []T, by func(T) float64) {
	slices.SortStableFunc(layer, func(x, y T) int { return cmp.Compare(by(x), by(y)) })
}

func mean(edges []*score.Edge, at func(*score.Edge) (float64, bool)) float64 {
	sum, n := 0.0, 0
	for _, e := range edges {
		if v, ok := at(e); ok {
			sum, n = sum+v, n+1
		}
	}
	return sum / float64(max(n, 1))
}

// lacks names what does not stand on an edge.
func lacks(e *score.Edge) []string {
	has := e.Protections()
	return slices.DeleteFunc([]string{"timeout", "retry", "breaker", "bulkhead", "idempotency", "fallback"}, func(p string) bool { return slices.Contains(has, p) })
}

// cut shortens a label to what fits, at its beginning: what tells names apart is their end.
func cut(label string) string {
	if runes := []rune(label); len(runes) > maxLabel {
		return "…" + string(runes[len(runes)-maxLabel+1:])
	}
	return label
}
