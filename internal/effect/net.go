package effect

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"sync"

	"github.com/resilint/resilint/internal/regexp"

	"github.com/resilint/resilint/internal/catalog"
)

// A Net is the functions that can be seen together.
type Net struct {
	graphs  []*Graph
	all     map[string]*Func           // instead of graphs
	resolve func(method string) string // of an interface: the only one behind it, or ""
	whole   bool

	once    sync.Once
	callers map[string][]string // filled by Callers
}

// Own returns the functions of a package and of those that it imports.
func (r *Result) Own() *Net {
	return &Net{graphs: append([]*Graph{r.Graph}, r.imported...), resolve: func(string) string { return "" }}
}

// Join returns the functions of all packages of a module.
func Join(results []*Result) *Net {
	n := &Net{whole: true, all: map[string]*Func{}}
	behind := map[string]map[string]bool{}
	for _, r := range results {
		for i, name := range r.Names {
			n.all[name] = r.Funcs[i]
		}
		for _, pair := range r.Implements {
			if behind[pair.Interface] == nil {
				behind[pair.Interface] = map[string]bool{}
			}
			behind[pair.Interface][pair.Method] = true
		}
	}
	n.resolve = func(method string) string {
		if len(behind[method]) == 1 {
			for only := range behind[method] {
				return only
			}
		}
		return ""
	}
	return n
}

func (n *Net) find(name string) *Func {
	for _, graph := range n.graphs {
		if f := graph.find(name); f != nil {
			return f
		}
	}
	return n.all[name]
}

// Found is what a function comes to with all that it calls.
type Found struct {
	Deeds  []*Done
	Guards []*Done // steps that look, or make what is done repeatable
	Keys   []*Done
	Mints  []*Done // where it makes new ids
	Open   bool    // what is behind an interface is not known, because not all of the module is
}

// Done is a step, and how it is come to.
type Done struct {
	*Step
	In   string // the function that does it
	Func string // in its graph
	Path []Hop  // the calls that lead to it

	Deed    catalog.DeedKind
	Table   string
	URL     string
	Failing bool // it is done because something else has failed
	Unread  bool // it is done because a message could not be read
	Settled bool // a function on the way to it has acknowledged the message before
	Fact    bool // it, or a call on the way to it, hands on how something stands: see Step
	Returns bool // of a guard: see Step
	Task    bool // of a row: see Step

	start string // the function that is come from
	named bool   // of a row: the program gives it its id
	text  string // the statement that it is
	cover cover  // what protects it
}

// A Hop is a call on the way to a step.
type Hop struct {
	Name   string // of the function that is called
	Callee string // in its graph
	Pos    token.Pos
}

const (
	maxHops  = 9
	maxVisit = 3000
)

// Reach returns what a function comes to. Of its own steps, those that skip says do not count.
func (n *Net) Reach(name string, skip func(*Step) bool) *Found {
	w := &walk{n: n, found: &Found{}, seen: map[string]bool{}}
	w.visit(name, skip)
	w = &walk{n: n, found: &Found{}, seen: map[string]bool{}, covers: w.found.coverer(n)}
	w.visit(name, skip)
	w.settle()
	return w.found
}

// coverer returns what finds out what protects the deeds of a function, from what it comes to.
func (f *Found) coverer(n *Net) *coverer {
	c := &coverer{n: n, mints: map[string]bool{}, known: map[string]cover{}}
	for _, mint := range f.Mints {
		c.mints[mint.Func] = true
		if caller := mint.caller(); caller != "" {
			c.mints[caller] = true
		}
	}
	return c
}

// Follow returns what a step of a function comes to.
func (n *Net) Follow(in string, step *Step) *Found {
	w := &walk{n: n, found: &Found{}, seen: map[string]bool{}}
	f := n.find(in)
	if f == nil {
		return w.found
	}
	w.step(f, step, visit{name: in, start: in})
	for len(w.queue) > 0 {
		next := w.queue[0]
		w.queue = w.queue[1:]
		w.function(next, nil)
	}
	w.settle()
	return w.found
}

// caller returns the function that calls the one in which a step is done.
func (d *Done) caller() string {
	switch n := len(d.Path); n {
	case 0:
		return ""
	case 1:
		return d.start
	default:
		return d.Path[n-2].Callee
	}
}

// passes reports whether the way to a step leads through a function.
func (d *Done) passes(name string) bool {
	return name != "" && (name == d.start || slices.ContainsFunc(d.Path, func(h Hop) bool { return h.Callee == name }))
}

// beside reports whether a step is done in a function on the way to another one, or in one that such a
// function calls.
func (d *Done) beside(other *Done) bool {
	return other.passes(d.Func) || other.passes(d.caller())
}

// Guarded reports whether something keeps a deed from being done twice: something that looks, on each way to
// it that can be told, whether it has been done; or, where the deed is a change of a database, something that
// fails the second time, and with it the transaction.
func (d *Done) Guarded() bool { return d.cover.covers(d.Deed) }

// Keyed reports whether a function on the way to a deed, one that such a function calls, or one that is
// declared beside it gives its request a key; or, if subject is set, the id of what it is about, by which its
// receiver may know it again.
func (f *Found) Keyed(d *Done, subject bool) bool {
	return slices.ContainsFunc(f.Keys, func(key *Done) bool {
		return (subject || !key.Subject) && (key.beside(d) || PackageOf(key.Func) == PackageOf(d.Func))
	})
}

// PackageOf returns the path of the package of a function, by its name in a graph: "(*example.com/a/b.T).M".
func PackageOf(name string) string {
	name = strings.TrimLeft(name, "(*")
	slash := strings.LastIndexByte(name, '/') + 1
	path, _, _ := strings.Cut(name[slash:], ".")
	return name[:slash] + path
}

type walk struct {
	n      *Net
	found  *Found
	seen   map[string]bool
	queue  []visit
	covers *coverer // or nil
	marks  []mark
}

type visit struct {
	name    string
	start   string
	env     map[int]string
	path    []Hop
	failing bool // it is called because something has failed
	unread  bool // it is called because a message could not be read
	settled bool // the message has been acknowledged before
	fact    bool // it is given how something stands, to tell others
	cover   cover
}

// visit looks at functions breadth first: the shortest way to a step is the one that is told.
func (w *walk) visit(name string, skip func(*Step) bool) {
	w.function(visit{name: name, start: name}, skip)
	for len(w.queue) > 0 && len(w.seen) < maxVisit {
		next := w.queue[0]
		w.queue = w.queue[1:]
		w.function(next, nil)
	}
}

// function looks at the steps of a function: once for each that it is passed, and for each that protects it.
func (w *walk) function(v visit, skip func(*Step) bool) {
	key := fmt.Sprint(v.cover, v.unread, v.settled, v.fact, " ", visitKey(v.name, v.env))
	f := w.n.find(v.name)
	if f == nil || w.seen[key] || len(v.path) > maxHops {
		return
	}
	w.seen[key] = true
	var covers []cover
	if w.covers != nil {
		covers = w.covers.steps(f, v, skip)
	}
	for i, step := range f.Steps {
		if skip != nil && skip(step) {
			continue
		}
		at := v
		if covers != nil {
			at.cover = covers[i]
		}
		w.step(f, step, at)
	}
}

func (w *walk) step(f *Func, step *Step, v visit) {
	env := v.env
	done := &Done{Step: step, In: f.Name, Func: v.name, Path: v.path, Deed: step.Deed, Table: step.Table, named: step.Named, Failing: v.failing || step.Failing, Unread: v.unread || step.Unread, Settled: v.settled || step.Settled, Fact: v.fact || step.Fact, Returns: step.Returns, Task: step.Task, start: v.start, cover: v.cover}
	switch step.Kind {
	case Calls:
		callee := w.n.behind(step)
		if callee == "" {
			w.found.Open = w.found.Open || !w.n.whole
			return
		}
		name := step.Name
		if f := w.n.find(callee); f != nil {
			name = f.Name
		}
		w.queue = append(w.queue, visit{callee, v.start, step.inner(env), append(slices.Clone(v.path), Hop{name, callee, step.pos}), done.Failing, done.Unread, done.Settled, done.Fact, v.cover})
	case Guards:
		w.found.Guards = append(w.found.Guards, done)
	case Keys:
		w.found.Keys = append(w.found.Keys, done)
	case Mints:
		if !step.isGiven(v) {
			w.found.Mints = append(w.found.Mints, done)
		}
	case Runs:
		if text, ok := step.Text.in(env); ok && IsStatement(text) {
			statement := step.judge(text)
			done.Deed, done.Table, done.named, done.text = statement.Deed, statement.Table, statement.Named, text
			done.Task = done.Task || statement.Task
			if !step.Ignored {
				w.marks = append(w.marks, marks(text, done)...)
			}
			if statement.Guard {
				w.found.Guards = append(w.found.Guards, done)
			} else if done.Deed != 0 {
				w.found.Deeds = append(w.found.Deeds, done)
			}
		}
	case Does:
		if step.Deed == catalog.Posts {
			verb, _ := step.Text.in(env)
			done.URL, _ = step.URL.in(env)
			if !strings.EqualFold(verb, "POST") && !strings.EqualFold(verb, "PATCH") {
				return
			}
			if !done.creates() {
				return
			}
		}
		w.found.Deeds = append(w.found.Deeds, done)
	case Settles:
	}
}

// in returns a text, with what a caller has passed for it.
func (t Text) in(env map[int]string) (string, bool) {
	if t.Known {
		return t.Const, true
	}
	if t.Param == 0 {
		return "", false
	}
	text, ok := env[index(t.Param)]
	return text, ok
}

var (
	// creations are words in the names of functions and URLs that say that a POST makes or moves
	// something.
	creations = regexp.MustCompile(`(?i:creat|insert|pay([^l]|$)|charge|refund|transfer|purchas|reserv|invite|checkout|submit|enqueue|deposit|withdraw|signup|send(mail|email|sms|message|notification|alert|invoice|receipt))|Order|(^|[/_-])orders?([/_?-]|$)`)
	// questions are such that say that a POST asks.
	questions = regexp.MustCompile(`(?i)quer(y|ies)|search|graphql|token|oauth|auth|login|signin|verif|valid|check([^o]|$)|estimat|quote|calculat|predict|embed|complet|chat|generat|translat|analy|classif|list|lookup|fetch|find|get[A-Z_]|^get|status|rpc|scor|render|pars|convert|resolve|introspect|preview|\bping|health|sync`)
)

// repeatable are such that say that a POST can be repeated.
var repeatable = regexp.MustCompile(`(?i)or_?update|or_?create|or_?replace|or_?get|upsert|ensure|if_?not|if_?absent`)

// ownPath are URLs that name what is made: /orders/%s/insert.
var ownPath = regexp.MustCompile(`(?i)%[sdvq][^/]*/(insert|create|register|put|save)/?$`)

// turned are URLs that name what is there, and the state that it is to be in: /payments/%s/cancel.
var turned = regexp.MustCompile(`(?i)%[sdvq][^/]*/(cancel|void|close|stop|pause|resume|archive|(de)?activate|enable|disable)/?$`)

// creates reports whether a POST makes or moves something, as the names of the functions on the way to
// it say, and its URL.
func (d *Done) creates() bool {
	if ownPath.MatchString(d.URL) || turned.MatchString(d.URL) {
		return false // what it makes has its id from here, or is there already
	}
	words := []string{last(d.In), d.URL}
	for _, hop := range d.Path {
		words = append(words, last(hop.Name))
	}
	made := false
	for _, word := range words {
		if questions.MatchString(word) || repeatable.MatchString(word) {
			return false
		}
		made = made || creations.MatchString(word)
	}
	return made
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// settle drops what does no harm: rows that are given their id by who asks for them, messages that tell of a
// failure, or of how something stands, and what is done about a message that cannot be read, or has failed for good.
func (w *walk) settle() {
	w.found.Deeds = slices.DeleteFunc(w.found.Deeds, func(d *Done) bool {
		if d.Unread {
			return true
		}
		switch d.Deed {
		case catalog.Inserts:
			if d.through(buried) || w.moves(d) {
				return true
			}
			if d.named && !slices.ContainsFunc(w.found.Mints, func(mint *Done) bool { return mint.beside(d) }) {
				guard := *d
				guard.Returns = true
				w.found.Guards = append(w.found.Guards, &guard) // the second one fails
				return true
			}
		case catalog.Publishes:
			return d.Failing || d.Fact || d.through(aside)
		}
		return false
	})
}

// through reports whether the name of a function on the way to a step, or of the one that does it, matches.
func (d *Done) through(names *regexp.Regexp) bool {
	return names.MatchString(last(d.In)) || slices.ContainsFunc(d.Path, func(h Hop) bool { return names.MatchString(last(h.Name)) })
}

// buried are names of functions that keep a message which has failed for good.
var buried = regexp.MustCompile(`(?i)dlq|dead_?letter|poison|quarantine`)

// aside are names of functions that put a message somewhere else.
var aside = regexp.MustCompile(`(?i)dlq|dead_?letter|retry|requeue|redeliver|poison|park|reply|respond|heartbeat|metric|telemetry|audit|log[A-Z]`)
