package score

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/picture"
)

// A Map is what depends on what: entry points, dependencies, and edges between them.
type Map struct {
	Entries      []*Entry
	Dependencies []*Depend // one for each service, whatever the clients
	Edges        []*Edge

	critical bool // some are named critical
}

// An Entry is a function that serves requests or messages and depends on a service.
type Entry struct {
	Name, Title string
	Kind        string // "http", "rpc", "message", "job"
	Pos         token.Position
}

// An Edge says that an entry point depends on a service.
type Edge struct {
	Entry      *Entry
	Dependency *Depend
	Call       token.Position // one of those by which it does

	// What stands on all of its ways.
	Timeout, Retry, Breaker, Bulkhead, Fallback bool
	// Repeats says that what it does may be done twice, and is not safe to.
	Repeats bool
}

// A Grade says how well an edge is protected.
type Grade string

const (
	Good Grade = "protected"   // it is bounded and behind a breaker
	Fair Grade = "bounded"     // it is bounded
	Bad  Grade = "unprotected" // it can hang, or be done twice
)

// Grade returns how well the edge is protected.
func (e *Edge) Grade() Grade {
	switch {
	case !e.Timeout || e.Repeats:
		return Bad
	case e.Breaker:
		return Good
	}
	return Fair
}

// Protections returns what stands on the edge, by name.
func (e *Edge) Protections() []string {
	var names []string
	for _, p := range []struct {
		name string
		has  bool
	}{{"timeout", e.Timeout}, {"retry", e.Retry}, {"breaker", e.Breaker}, {"bulkhead", e.Bulkhead}, {"idempotency", !e.Repeats}, {"fallback", e.Fallback}} {
		if p.has {
			names = append(names, p.name)
		}
	}
	return names
}

var kinds = map[picture.Kind]string{picture.HTTP: "http", picture.RPC: "rpc", picture.Message: "message", picture.Job: "job"}

// draw makes the map. Clients by which one service is called are one dependency.
func (j *judge) draw() *Map {
	m := &Map{critical: catalog.NamesCritical()}
	byKey, entries, edges := map[string]*Depend{}, map[string]*Entry{}, map[[2]string]*Edge{}
	hung, retried := map[string]bool{}, map[string]bool{}
	for _, s := range j.in.Sketches {
		for _, pos := range s.Hung {
			hung[line(pos)] = true
		}
		for _, r := range s.Retries {
			for _, op := range r.Ops {
				retried[line(op)] = true
			}
		}
	}
	for _, s := range j.in.Sketches {
		for _, d := range s.Depends {
			if !j.asked(d.Pos) || d.Exempt {
				continue
			}
			one := byKey[d.Key]
			if one == nil {
				whole := *d
				whole.Ways = nil
				one = &whole
				byKey[d.Key] = one
				m.Dependencies = append(m.Dependencies, one)
			} else {
				one.Clients++
				one.Default = one.Default || d.Default
				one.Unlimited = one.Unlimited || d.Unlimited
			}
			one.Ways = append(one.Ways, d.Ways...)
			for _, w := range d.Ways {
				if !w.Fixed {
					continue
				}
				e := entries[w.Entry]
				if e == nil {
					e = &Entry{Name: w.Entry, Title: w.Title, Kind: kinds[w.Kind], Pos: w.At}
					entries[w.Entry] = e
					m.Entries = append(m.Entries, e)
				}
				edge := edges[[2]string{w.Entry, d.Key}]
				if edge == nil {
					edge = &Edge{Entry: e, Dependency: one, Call: w.Call, Timeout: true, Retry: true, Breaker: true, Bulkhead: true, Fallback: true}
					edges[[2]string{w.Entry, d.Key}] = edge
					m.Edges = append(m.Edges, edge)
				}
				edge.way(w, d, j, hung, retried)
			}
		}
	}
	slices.SortFunc(m.Entries, func(x, y *Entry) int { return strings.Compare(x.Name, y.Name) })
	slices.SortFunc(m.Dependencies, func(x, y *Depend) int { return cmp.Or(strings.Compare(x.Name, y.Name), comparePos(x.Pos, y.Pos)) })
	slices.SortFunc(m.Edges, func(x, y *Edge) int {
		return cmp.Or(strings.Compare(x.Entry.Name, y.Entry.Name), strings.Compare(x.Dependency.Name, y.Dependency.Name))
	})
	return m
}

// way takes from an edge what does not stand on one of its ways.
func (e *Edge) way(w *Way, d *Depend, j *judge, hung, retried map[string]bool) {
	hangs := hung[line(w.Call)] || j.tells(w.Call, "notimeout") || j.tells(d.Pos, "notimeout")
	again := w.Gives.Has(catalog.WithRetry) || retried[line(w.Call)]
	for _, hop := range w.Hops {
		hangs = hangs || hung[line(hop)]
		again = again || retried[line(hop)]
	}
	e.Timeout = e.Timeout && !hangs
	e.Retry = e.Retry && again
	e.Breaker = e.Breaker && w.Gives.Has(catalog.WithBreaker)
	e.Bulkhead = e.Bulkhead && (w.Gives.Has(catalog.WithBulkhead) || !d.Unlimited && !d.Default)
	e.Fallback = e.Fallback && w.Goes
	e.Repeats = e.Repeats || j.tells(w.Call, "nonidempotent") || w.At.IsValid() && j.tells(w.At, "nonidempotent")
}

// tells reports whether a finding of a rule is about what stands at pos.
func (j *judge) tells(pos token.Position, rule string) bool {
	return pos.IsValid() && slices.ContainsFunc(j.findings[line(pos)], rules(rule))
}

// all returns the dependencies that are known, and that someone waits for.
func (m *Map) all() []*Depend {
	return slices.DeleteFunc(slices.Clone(m.Dependencies), func(d *Depend) bool { return d.Opaque || len(d.Served()) == 0 })
}

// counted returns those of them that must be protected.
func (m *Map) counted() []*Depend {
	return slices.DeleteFunc(m.all(), func(d *Depend) bool { return m.critical && !d.Critical })
}
