package picture

import (
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
)

// A Picture is what can be seen of a program: of a package with those that it imports, or of a module.
type Picture struct {
	Entries      []*Entry
	Dependencies []*Dependency // by the key of their client
	// Limits says that somewhere a pool of connections to a database is limited: which one, it does not.
	Limits bool

	serving map[string]bool // packages that have entry points
	busy    map[string]bool // those with one that does several things at a time
	entries map[string]*Entry
	closers map[string]bool // functions that close pools

	commands map[string]bool // functions that commands run
}

// IsBusy reports whether a package has an entry point that may be called again before it has returned.
func (p *Picture) IsBusy(path string) bool { return p.busy[path] }

// IsEntry reports whether a function is an entry point.
func (p *Picture) IsEntry(name string) bool { return p.entries[name] != nil }

// ClosesPool reports whether a function closes a pool of connections to a database.
func (p *Picture) ClosesPool(name string) bool { return p.closers[name] }

// Serves reports whether a package, or one that it imports, has an entry point.
func (p *Picture) Serves(pkg *types.Package) bool {
	seen := map[*types.Package]bool{}
	for work := []*types.Package{pkg}; len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		if p.serving[work[0].Path()] {
			return true
		}
		work = append(work, work[0].Imports()...)
	}
	return false
}

// A Dependency is another service, as one client of the program calls it.
type Dependency struct {
	Client *Client
	Edges  []*Edge
	Labels []string // where it is, as far as is known: hosts, settings

	makers map[string]int // other packages that call the function which makes the client, and how often
}

// An Edge is a way from an entry point to a dependency.
type Edge struct {
	Entry *Entry
	Use   *Use
	Path  []effect.Hop // the calls in between
	// Protection is what stands on the way, with what the client brings.
	Protection catalog.Protection
	// Fixed says that the program, and not what it works on, decides where the call goes.
	Fixed bool
}

// IsShared reports whether others than the package that makes the client call several services by it, each its own, or
// whomever they are told to, or who knows whom, each by one that is made for it: it is no client for one dependency, but
// what such clients are made of.
func (d *Dependency) IsShared() bool {
	own := d.Client.Key[:strings.LastIndexByte(d.Client.Key, '/')]
	users := map[string]bool{}
	anyone := false
	for _, e := range d.Edges {
		user := effect.PackageOf(e.Use.In)
		if user == own {
			return false
		}
		users[user] = true
		anyone = anyone || !e.Fixed
	}
	if len(d.makers) > 1 && (len(d.Labels) != 1 || d.isTold()) {
		return true
	}
	return len(users) > 1 && (anyone || len(d.Labels) > 1)
}

// isTold reports whether the function that makes the client is told where its servers are by a configuration which it is
// passed, and somebody calls it more than once: each time with another one.
func (d *Dependency) isTold() bool {
	several := slices.ContainsFunc(slices.Collect(maps.Values(d.makers)), func(n int) bool { return n > 1 })
	return several && slices.ContainsFunc(d.Client.Base, func(r Root) bool { return r.Kind == Fixed && r.Param != Param{} })
}

// Unprotected returns the edges without a breaker, to an address that is fixed, from those that someone waits for: while
// the only one who takes messages waits, nothing but the next message does, which would have to wait anyway. What is brief, and
// done without where it fails, holds nobody up.
func (d *Dependency) Unprotected() []*Edge {
	var edges []*Edge
	for _, e := range d.Edges {
		if e.Fixed && e.Entry.Kind != Job && !e.Entry.Alone && !e.Use.Brief && !e.Protection.Has(catalog.WithBreaker) {
			edges = append(edges, e)
		}
	}
	return edges
}

// Own returns the picture of a package and those that it imports, over the graph of their calls.
func (r *Result) Own(net *effect.Net) *Picture {
	return draw(append([]*Sketch{r.Sketch}, r.imported...), net)
}

// Join returns the picture of a module.
func Join(results []*Result, net *effect.Net) *Picture {
	var sketches []*Sketch
	for _, r := range results {
		sketches = append(sketches, r.Sketch)
	}
	return draw(sketches, net)
}

// A drawing is the work on a picture.
type drawing struct {
	net     *effect.Net
	clients map[string]*Client
	flows   map[Ref][]Ref
	told    map[Param][]Root
	uses    map[string][]*Use
	shields map[string]catalog.Protection
	nils    map[Param]bool

	by   map[*Use][]*Client
	to   map[*Use][]Root
	deps map[string]*Dependency
}

func newDrawing(net *effect.Net) *drawing {
	return &drawing{
		net: net, clients: map[string]*Client{}, flows: map[Ref][]Ref{}, told: map[Param][]Root{}, uses: map[string][]*Use{},
		shields: map[string]catalog.Protection{}, nils: map[Param]bool{}, by: map[*Use][]*Client{}, to: map[*Use][]Root{}, deps: map[string]*Dependency{},
	}
}

func (d *drawing) add(s *Sketch) {
	for _, c := range s.Clients {
		d.clients[c.Key] = c
	}
	for _, f := range s.Flows {
		d.flows[f.To] = append(d.flows[f.To], f.From...)
	}
	for _, t := range s.Told {
		d.told[t.To] = append(d.told[t.To], t.Roots...)
	}
	for _, u := range s.Uses {
		d.uses[u.In] = append(d.uses[u.In], u)
	}
	for _, p := range s.Nils {
		d.nils[p] = true
	}
	for _, sh := range s.Shields {
		d.shields[sh.Func] = sh.Gives
	}
}

func draw(sketches []*Sketch, net *effect.Net) *Picture {
	d := newDrawing(net)
	entries := map[string]*Entry{}
	p := &Picture{serving: map[string]bool{}, busy: map[string]bool{}, closers: map[string]bool{}, entries: entries, commands: map[string]bool{}}
	for _, s := range sketches {
		d.add(s)
		p.Limits = p.Limits || s.Limits
		if len(s.Entries) > 0 {
			p.serving[s.Path] = true
			p.busy[s.Path] = slices.ContainsFunc(s.Entries, func(e *Entry) bool { return !e.Sequential })
		}
		for _, name := range s.Commands {
			p.commands[name] = true
		}
		for _, name := range s.Closers {
			p.closers[name] = true
		}
		for _, e := range s.Entries {
			if old := entries[e.Name]; old == nil || !old.pos.IsValid() {
				entries[e.Name] = e
			}
		}
	}
	for _, name := range sortedKeys(entries) {
		e := *entries[name] // a fact is for all who draw it
		e.Alone = e.Sequential && !net.StartsMany(name)
		entries[name] = &e
		p.Entries = append(p.Entries, &e)
	}
	if len(d.uses) > 0 {
		for _, e := range p.Entries {
			d.from(e)
		}
	}
	for _, key := range sortedKeys(d.deps) {
		dep := d.deps[key]
		slices.Sort(dep.Labels)
		dep.Labels = slices.Compact(dep.Labels)
		p.Dependencies = append(p.Dependencies, dep)
	}
	return p
}

// from follows the calls of an entry point, once for each set of protections without a breaker, so that a
// way around one is found.
func (d *drawing) from(e *Entry) {
	d.net.Walk(e.Name, func(name string, path []effect.Hop) bool {
		gives := d.shields[name]
		for _, hop := range path {
			gives |= d.shields[hop.Callee]
		}
		gives |= d.shields[e.Name]
		for _, use := range d.uses[name] {
			if use.Early && name == e.Name {
				continue
			}
			d.edges(e, use, path, gives)
		}
		return true
	}, func(name string) bool { return d.shields[name].Has(catalog.WithBreaker) }, func(step *effect.Step) bool { return slices.Contains(e.Before, step.Callee) })
}

func (d *drawing) edges(e *Entry, use *Use, path []effect.Hop, gives catalog.Protection) {
	if checks(use.In) || slices.ContainsFunc(path, func(hop effect.Hop) bool { return checks(hop.Callee) }) {
		return
	}
	if use.File && (seeds(use.In) || seeds(e.Name)) {
		return
	}
	clients, roots := d.clientsOf(use), d.rootsOf(use)
	for _, c := range clients {
		dep := d.deps[c.Key]
		if dep == nil {
			dep = &Dependency{Client: c, makers: map[string]int{}}
			for _, caller := range d.net.Callers(c.In) {
				for _, callee := range d.net.Calls(caller) {
					if path := effect.PackageOf(caller); callee == c.In && path != effect.PackageOf(c.In) {
						dep.makers[path]++
					}
				}
			}
			d.deps[c.Key] = dep
		}
		edge := &Edge{Entry: e, Use: use, Path: path, Protection: gives | c.Protection, Fixed: c.Kind != catalog.HTTPPeer}
		for _, root := range slices.Concat(roots, d.rootsFrom(c.Base)) {
			if root.Kind == Fixed {
				edge.Fixed = true
				dep.Labels = append(dep.Labels, root.Label)
			}
		}
		if slices.ContainsFunc(roots, func(r Root) bool { return r.Kind == Data }) {
			edge.Fixed = false
		}
		dep.Edges = append(dep.Edges, edge)
	}
}

// clientsOf returns the clients by which a call may be made; none if one of them is not known. Where there
// is another one, http.DefaultClient is there for when it is missing.
func (d *drawing) clientsOf(use *Use) []*Client {
	if clients, ok := d.by[use]; ok {
		return clients
	}
	found := map[string]*Client{}
	known := d.resolve(use.By, found, map[Ref]bool{})
	var clients []*Client
	made := false
	for _, key := range sortedKeys(found) {
		if d.unneeded(found[key]) {
			continue
		}
		clients = append(clients, found[key])
		made = made || !found[key].Default
	}
	if made {
		clients = slices.DeleteFunc(clients, func(c *Client) bool { return c.Default })
	}
	if !known {
		clients = nil
	}
	d.by[use] = clients
	return clients
}

// unneeded reports whether a client stands in for one that all callers pass.
func (d *drawing) unneeded(c *Client) bool {
	return c.Spare != Param{} && len(d.flows[Ref{Param: c.Spare}]) > 0 && !d.nils[c.Spare]
}

// resolve adds the clients that refs stand for, and reports whether all of them are known.
func (d *drawing) resolve(refs []Ref, found map[string]*Client, seen map[Ref]bool) bool {
	for _, ref := range refs {
		if seen[ref] {
			continue
		}
		seen[ref] = true
		switch {
		case ref == Ref{}:
			return false
		case ref.Client != "":
			c := d.clients[ref.Client]
			if c == nil {
				return false
			}
			found[c.Key] = c
		default:
			from := d.flows[ref]
			if len(from) == 0 || !d.resolve(from, found, seen) {
				return false
			}
		}
	}
	return len(refs) > 0
}

// rootsOf returns what the address of a call begins with, where its callers say so what they say.
func (d *drawing) rootsOf(use *Use) []Root {
	if roots, ok := d.to[use]; ok {
		return roots
	}
	d.to[use] = d.rootsFrom(use.To)
	return d.to[use]
}

func (d *drawing) rootsFrom(given []Root) []Root {
	var roots []Root
	seen := map[Param]bool{}
	for work := slices.Clone(given); len(work) > 0; work = work[1:] {
		root := work[0]
		if root.Kind != Given {
			roots = append(roots, root)
			continue
		}
		if seen[root.Param] {
			continue
		}
		seen[root.Param] = true
		if len(d.told[root.Param]) == 0 {
			roots = append(roots, Root{Kind: Unknown})
		}
		work = append(work, d.told[root.Param]...)
	}
	return roots
}

// Hosts returns the hosts that the package's own calls go to by a client, of those calls that go to one only:
// calls that go to one or another are settings of the same.
func (r *Result) Hosts(c *Client) []string {
	d := newDrawing(nil)
	d.add(r.Sketch)
	var hosts []string
	for _, u := range r.Uses {
		roots := d.rootsOf(u)
		if len(roots) == 1 && roots[0].Kind == Fixed && isHost(roots[0].Label) && slices.Contains(d.clientsOf(u), c) {
			hosts = append(hosts, roots[0].Label)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// isHost reports whether a label is a host, and not a setting.
func isHost(label string) bool {
	return strings.Contains(label, ".") && label == strings.ToLower(label) && !strings.HasSuffix(label, "url") && !strings.HasSuffix(label, "addr")
}

// Labels returns where the dependencies of the package are that its own clients call, as far as the package
// alone shows: whatever is seen of its importers, it is the same.
func (r *Result) Labels() map[string][]string {
	d := newDrawing(nil)
	d.add(r.Sketch)
	labels := map[string][]string{}
	for _, u := range r.Uses {
		for _, c := range d.clientsOf(u) {
			for _, root := range d.rootsOf(u) {
				if root.Kind == Fixed && root.Label != "" {
					labels[c.Key] = append(labels[c.Key], root.Label)
				}
			}
		}
	}
	for _, c := range r.Clients { // also those that others call by
		for _, root := range d.rootsFrom(c.Base) {
			if root.Kind == Fixed && root.Label != "" {
				labels[c.Key] = append(labels[c.Key], root.Label)
			}
		}
	}
	for key := range labels {
		slices.Sort(labels[key])
		labels[key] = slices.Compact(labels[key])
	}
	return labels
}

// PerCall reports whether a client of the package is made by the function that calls someone by it, each time, and goes
// nowhere else.
func (r *Result) PerCall(c *Client) bool {
	kept := slices.ContainsFunc(r.Flows, func(f Flow) bool { return slices.Contains(f.From, Ref{Client: c.Key}) })
	return !c.Default && !kept && c.In != "" && !strings.HasSuffix(c.In, ".main") && slices.ContainsFunc(r.Uses, func(u *Use) bool {
		return u.In == c.In && !u.Early && slices.Contains(u.By, Ref{Client: c.Key})
	})
}

// Alternatives returns, of the clients that the package makes, those that take each other's place: a function returns
// the one or the other, a variable holds it. Each is mapped to the first of them.
func (r *Result) Alternatives() map[string]string {
	first := map[string]string{}
	var find func(key string) string
	find = func(key string) string {
		if next := first[key]; next != "" && next != key {
			return find(next)
		}
		return key
	}
	for _, f := range r.Flows {
		if f.To.Param != (Param{}) {
			continue // of what it is given each time
		}
		one := ""
		for _, from := range f.From {
			switch {
			case from.Client == "":
			case one == "":
				one = find(from.Client)
			default:
				if other := find(from.Client); other != one {
					first[max(one, other)] = min(one, other)
					one = min(one, other)
				}
			}
		}
	}
	for key := range first {
		first[key] = find(key)
	}
	return first
}

// Crowds reports whether several run a function of that name in the graph at a time, as far as the picture shows:
// an entry point that may be called again before it has returned comes to it.
func (p *Picture) Crowds(net *effect.Net, name string) bool {
	seen := map[string]bool{}
	for work := []string{name}; len(work) > 0; work = work[1:] {
		if seen[work[0]] {
			continue
		}
		seen[work[0]] = true
		if e := p.entries[work[0]]; e != nil && e.Kind != Job && !e.Sequential {
			return true
		}
		work = append(work, net.Callers(work[0])...)
		if outer := effect.Declared(work[0]); outer != work[0] {
			work = append(work, outer)
		}
	}
	return false
}
