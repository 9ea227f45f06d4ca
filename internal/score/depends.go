package score

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/picture"
)

// A Depend is a client of the package by which requests come to another service.
type Depend struct {
	Name   string // of the service: its host, its setting, what its SDK calls it
	Key    string // the same for all clients of one service
	Pos    token.Position
	Ways   []*Way
	Opaque bool // it works through something that is not known

	Default, Unlimited bool // see picture.Client
	Critical, Exempt   bool // as the configuration has it
	Clients            int
}

// A Way is one from an entry point to a dependency.
type Way struct {
	Entry string // its name in the graph
	Title string
	Kind  picture.Kind
	At    token.Position   // of the entry
	Call  token.Position   // that it comes to
	Hops  []token.Position // the calls in between
	In    string           // the function that makes it
	Gives catalog.Protection
	Fixed bool // the program decides where the call goes
	// Goes says that a failure of the dependency is not one of the entry: somewhere on the way it is left, or answered
	// by something else.
	Goes bool
}

// depends notes the clients of the package by which requests come to other services.
func (s *sketcher) depends(own *picture.Result, effects *effect.Result) {
	alternatives := own.Alternatives()
	mine := map[string]bool{}
	for _, c := range own.Clients {
		mine[c.Key] = true
	}
	for _, dep := range s.module.Picture(own, effects).Dependencies {
		c := dep.Client
		if !mine[c.Key] || s.g.FileOf(c.Pos()) == nil || !s.counts(c.Pos()) {
			continue
		}
		d := &Depend{
			Name: nameOf(dep), Key: cmp.Or(strings.Join(dep.Labels, " "), c.Name, alternatives[c.Key], c.Key), Pos: s.at(c.Pos()),
			Opaque: c.Opaque, Default: c.Default, Unlimited: c.Unlimited, Clients: 1,
		}
		names := append(slices.Clone(dep.Labels), c.Name)
		d.Critical, d.Exempt = catalog.IsCritical(names), catalog.IsExempt(names)
		for _, e := range dep.Edges {
			d.Ways = append(d.Ways, s.way(e))
		}
		s.Depends = append(s.Depends, d)
	}
}

func (s *sketcher) way(e *picture.Edge) *Way {
	w := &Way{
		Entry: e.Entry.Name, Title: titleOf(e.Entry), Kind: e.Entry.Kind, In: e.Use.Title, Gives: e.Protection, Fixed: e.Fixed,
		Goes: e.Protection.Has(catalog.WithFallback),
	}
	if e.Entry.Pos().IsValid() {
		w.At = s.at(e.Entry.Pos())
	}
	if e.Use.Pos().IsValid() {
		w.Call = s.at(e.Use.Pos())
	}
	for _, hop := range e.Path {
		w.Hops = append(w.Hops, s.at(hop.Pos))
		w.Goes = w.Goes || s.goesOn(hop.Pos)
	}
	w.Goes = w.Goes || s.goesOn(e.Use.Pos())
	return w
}

// titleOf returns how people know an entry: a method with its package, since every package has a Handler.Create.
func titleOf(e *picture.Entry) string {
	pkg, _, ok := strings.Cut(strings.TrimLeft(short(e.Name), "(*"), ".")
	if !ok || !strings.HasPrefix(e.Name, "(") {
		return e.Title
	}
	return pkg + "." + e.Title
}

// nameOf returns how people know a dependency: by what it is called, or by where it is.
func nameOf(dep *picture.Dependency) string {
	name := dep.Client.Name
	if len(dep.Labels) > 0 {
		name = strings.Join(dep.Labels, ", ")
	}
	if name == "" && len(dep.Edges) > 0 {
		name = dep.Edges[0].Use.Title
	}
	return cmp.Or(name, dep.Client.In)
}

// Served returns the ways on which someone waits, to a place that the program decides about: those that count.
func (d *Depend) Served() []*Way {
	var ways []*Way
	for _, w := range d.Ways {
		if w.Fixed && w.Kind != picture.Job {
			ways = append(ways, w)
		}
	}
	return ways
}

// Has reports on how many of the ways that count a protection stands.
func (d *Depend) Has(p catalog.Protection) (with, all int) {
	for _, w := range d.Served() {
		if all++; w.Gives.Has(p) {
			with++
		}
	}
	return with, all
}
