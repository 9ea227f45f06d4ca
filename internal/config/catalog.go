package config

import (
	"fmt"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/mod/module"

	"github.com/resilint/resilint/internal/catalog"
)

// A Library is what the user says of one package: an entry of the catalogue.
type Library struct {
	Path      Text      `key:"path,required" doc:"the import path of the package; a major version in it does not matter"`
	Calls     []Call    `key:"calls" doc:"functions and methods that leave the process"`
	Types     []Type    `key:"types" doc:"clients, dialers and servers: what bounds the calls made with them"`
	Makers    []Maker   `key:"makers" doc:"functions that return such a client"`
	Contexts  []Context `key:"contexts" doc:"functions that return a context, or a request, which has its deadline from another"`
	Bounded   []Text    `key:"bounded" doc:"calls that cannot hang, because something bounds them that resilint does not see: never a finding"`
	BoundedBy []Text    `key:"bounded-by" doc:"functions, of any package, that bound every query of this one wherever they are called: an interceptor with a timeout"`
}

// A Call is a function that leaves the process.
type Call struct {
	Name      Text    `key:"name,required" doc:"Func or Type.Method; of an embedded type's method, that type's"`
	Kind      Kind    `key:"kind,required" doc:"exchange: it sends a request and waits for the response; query: it asks a server through a connection that is open (RPC, SQL); dial: it connects; serve: it serves until it is shut down"`
	Client    Operand `key:"client" doc:"the client, dialer or server that may bound it: receiver, or the index of an argument"`
	Context   Operand `key:"context" doc:"the context.Context that bounds it"`
	Request   Operand `key:"request" doc:"the *http.Request whose context bounds it"`
	Timeout   Operand `key:"timeout" doc:"a time.Duration that bounds it"`
	Listener  Operand `key:"listener" doc:"of a server: the net.Listener that it accepts from, or the address where it listens"`
	Network   Operand `key:"network" doc:"of a dial: the network, such as tcp; unix is never waited for"`
	Address   Operand `key:"address" doc:"the URL or address of the peer, which messages name"`
	Handshake bool    `key:"handshake" doc:"of a dial: it also waits for the peer to speak, for which no operating system gives up"`
	Advice    string  `key:"advice" doc:"what to do about a finding, such as: use rpc.DialTimeout"`
}

// operands returns the parts of the call that are named, by the keys that name them.
func (call *Call) operands() []struct {
	key string
	Operand
} {
	return []struct {
		key string
		Operand
	}{
		{"client", call.Client}, {"context", call.Context}, {"request", call.Request}, {"timeout", call.Timeout},
		{"listener", call.Listener}, {"network", call.Network}, {"address", call.Address},
	}
}

// A Type is a client, dialer, server or transport.
type Type struct {
	Name    Text     `key:"name,required" doc:"the name of the type"`
	Bounds  []Text   `key:"bounds" doc:"fields each of which, set to something positive, bounds the whole call"`
	Phases  []Text   `key:"phases" doc:"fields that bound only the time until the response headers"`
	Inner   []Text   `key:"inner" doc:"fields whose value takes part in the call and may bound it, such as a transport"`
	Setters []Setter `key:"setters" doc:"methods that set a bound"`
	Chain   bool     `key:"chain" doc:"methods that return the type return their receiver: a builder"`
}

// A Setter is a method that sets a bound.
type Setter struct {
	Name     Text    `key:"name,required" doc:"the name of the method"`
	Argument Operand `key:"argument" doc:"the index of the argument that is the bound; 0 if left out"`
}

// A Maker is a function that returns a client.
type Maker struct {
	Name    Text    `key:"name,required" doc:"Func or Type.Method"`
	Type    Text    `key:"type" doc:"the type of its first result, if that has no bound yet: one of this package, or by its import path, such as net/http.Client"`
	Base    Operand `key:"base" doc:"the client or transport that the result works through, and that may bound it"`
	Context Operand `key:"context" doc:"the context that carries such a client"`
}

// A Context is a function that hands a context on.
type Context struct {
	Name     Text    `key:"name,required" doc:"Func or Type.Method"`
	Deadline Effect  `key:"deadline,required" doc:"what the result has: keeps: the deadline of from; drops: none; sets: one of its own"`
	From     Operand `key:"from" doc:"the context, or request, that it is made from"`
}

// An Operand is a part of a call.
type Operand catalog.Operand

// maxArgument is the index of the last argument that an operand can be.
const maxArgument = 15

func (o *Operand) set(text, tag string) string {
	if text == "receiver" {
		*o = Operand(catalog.Recv)
		return ""
	}
	i, err := strconv.Atoi(text)
	if tag != "!!int" || err != nil || i < 0 || i > maxArgument {
		return fmt.Sprintf("receiver, or an argument (0 to %d)", maxArgument)
	}
	*o = Operand(catalog.Arg0) + Operand(i)
	return ""
}

func (o *Operand) schema() object {
	return object{"oneOf": []object{
		{"const": "receiver"},
		{"type": "integer", "minimum": 0, "maximum": maxArgument},
	}}
}

// A Kind is what a call does when it leaves the process.
type Kind catalog.Kind

var kinds = []string{catalog.Exchange: "exchange", catalog.Dial: "dial", catalog.Serve: "serve", catalog.Query: "query"}

func (k *Kind) set(text, _ string) (want string) {
	i, want := choose(text, kinds)
	*k = Kind(i)
	return want
}

func (k *Kind) schema() object { return object{"enum": kinds[1:]} }

// An Effect is what a function does to a deadline.
type Effect catalog.Effect

var effects = []string{catalog.Keeps: "keeps", catalog.Drops: "drops", catalog.Sets: "sets"}

func (e *Effect) set(text, _ string) (want string) {
	i, want := choose(text, effects)
	*e = Effect(i)
	return want
}

func (e *Effect) schema() object { return object{"enum": effects[1:]} }

// choose returns the index of a word among those from 1 on, or says which there are.
func choose(text string, among []string) (i int, want string) {
	if i = slices.Index(among, text); i > 0 {
		return i, ""
	}
	last := len(among) - 1
	return 0, strings.Join(among[1:last], ", ") + " or " + among[last]
}

// libraries reports what is wrong with entries that are well formed.
func (d *decoder) libraries(libs []Library) {
	c := &checker{decoder: d, seen: map[string]place{}, types: map[string]bool{}}
	for i := range libs {
		lib := &libs[i]
		c.path(lib)
		for j := range lib.Types {
			t := &lib.Types[j]
			c.name(lib, t.Name, "a type", "type")
			c.types[lib.name(t.Name)] = true
			for _, fields := range [][]Text{t.Bounds, t.Phases, t.Inner} {
				c.identifiers(fields, "a field of "+t.Name.Value)
			}
			for _, setter := range t.Setters {
				c.identifiers([]Text{setter.Name}, "a method of "+t.Name.Value)
				if setter.Argument == Operand(catalog.Recv) {
					c.errorf(setter.Name.place, "%s sets its receiver to its receiver? want an argument", setter.Name.Value)
				}
			}
		}
	}
	for i := range libs {
		c.library(&libs[i])
	}
}

// A checker checks the entries of a file.
type checker struct {
	*decoder
	seen  map[string]place // names, with what they are names of
	types map[string]bool  // that the file describes
}

func (c *checker) path(lib *Library) {
	if err := module.CheckImportPath(lib.Path.Value); err != nil {
		c.errorf(lib.Path.place, "%q is not an import path, want one such as example.org/kit/rpc", lib.Path.Value)
	}
	for lib.Path.Value != catalog.Path(lib.Path.Value) {
		lib.Path.Value = catalog.Path(lib.Path.Value)
	}
}

func (c *checker) library(lib *Library) {
	for i := range lib.Calls {
		c.call(lib, &lib.Calls[i])
	}
	for _, name := range lib.Bounded {
		c.name(lib, name, "a function, or Type.Method", "call")
	}
	for i := range lib.Makers {
		c.maker(lib, &lib.Makers[i])
	}
	for _, ctx := range lib.Contexts {
		c.name(lib, ctx.Name, "a function, or Type.Method", "context")
		if ctx.Deadline == Effect(catalog.Keeps) && ctx.From == 0 {
			c.errorf(ctx.Name.place, "%s keeps the deadline of what? want from", ctx.Name.Value)
		}
		c.receiver(ctx.Name, "from", ctx.From)
	}
	for i := range lib.BoundedBy {
		by := &lib.BoundedBy[i]
		if !fullName.MatchString(by.Value) {
			c.errorf(by.place, "%q is no function with its import path, such as example.org/kit/rpc.WithTimeout", by.Value)
		}
		by.Value = majorInName.ReplaceAllString(by.Value, "$1$2")
	}
}

func (c *checker) call(lib *Library, call *Call) {
	c.name(lib, call.Name, "a function, or Type.Method", "call")
	for _, op := range call.operands() {
		c.receiver(call.Name, op.key, op.Operand)
	}
	typ, _, isMethod := strings.Cut(call.Name.Value, ".")
	if call.Client == Operand(catalog.Recv) && isMethod && !c.known(lib.Path.Value+"."+typ) {
		c.errorf(call.Name.place, "the client of %s is its receiver, but nothing says what bounds a %s: want it among types", call.Name.Value, typ)
	}
}

func (c *checker) maker(lib *Library, maker *Maker) {
	c.name(lib, maker.Name, "a function, or Type.Method", "maker")
	c.receiver(maker.Name, "base", maker.Base)
	c.receiver(maker.Name, "context", maker.Context)
	if maker.Type.Value == "" {
		if maker.Base == 0 {
			c.errorf(maker.Name.place, "%s makes what? want type, or base", maker.Name.Value)
		}
		return
	}
	if full := lib.typeName(maker.Type); !c.known(full) {
		c.errorf(maker.Type.place, "nothing says what bounds a %s: want it among types, or one that is built in, such as net/http.Client", full)
	}
}

// name checks the name of something of a library, which the file must not list twice: what is
// what it is, kind tells it from other things of that name.
func (c *checker) name(lib *Library, name Text, what, kind string) {
	parts := strings.Split(name.Value, ".")
	ok := len(parts) == 1 || len(parts) == 2 && kind != "type"
	for _, part := range parts {
		ok = ok && token.IsIdentifier(part)
	}
	if !ok {
		c.errorf(name.place, "%q is not %s of %s, by its name alone", name.Value, what, lib.Path.Value)
		return
	}
	full := kind + " " + lib.name(name)
	if first, twice := c.seen[full]; twice {
		c.errorf(name.place, "%s is listed twice, first in line %d", name.Value, first.line)
		return
	}
	c.seen[full] = name.place
}

func (c *checker) identifiers(names []Text, what string) {
	for _, name := range names {
		if !token.IsIdentifier(name.Value) {
			c.errorf(name.place, "%q is not the name of %s", name.Value, what)
		}
	}
}

// receiver reports an operand that a function without a receiver does not have.
func (c *checker) receiver(name Text, what string, op Operand) {
	if op == Operand(catalog.Recv) && !strings.Contains(name.Value, ".") {
		c.errorf(name.place, "%s is the receiver, but %s is no method: want Type.%s, or the index of an argument", what, name.Value, name.Value)
	}
}

func (c *checker) known(typ string) bool { return c.types[typ] || catalog.HasType(typ) }

var (
	fullName    = regexp.MustCompile(`^\S*\w\.\pL\w*(\.\pL\w*)?$`)
	majorInName = regexp.MustCompile(`/v[0-9]+([/.])|\.v[0-9]+(\.)`)
)

// name returns the name of something of the library in the catalogue.
func (lib *Library) name(name Text) string { return lib.Path.Value + "." + name.Value }

// typeName returns that of a type, which may be another library's.
func (lib *Library) typeName(name Text) string {
	if token.IsIdentifier(name.Value) {
		return lib.name(name)
	}
	return majorInName.ReplaceAllString(name.Value, "$1$2")
}

// library returns the entry as the catalogue has it.
func (lib *Library) library() *catalog.Library {
	out := &catalog.Library{Path: lib.Path.Value, Bounders: values(lib.BoundedBy)}
	for _, call := range lib.Calls {
		out.Calls = append(out.Calls, call.call(lib))
	}
	for _, t := range lib.Types {
		typ := catalog.Type{Name: lib.name(t.Name), Bounds: values(t.Bounds), Phases: values(t.Phases), Inner: values(t.Inner), Chain: t.Chain}
		for _, setter := range t.Setters {
			typ.Setters = append(typ.Setters, catalog.Setter{Name: setter.Name.Value, Value: max(catalog.Operand(setter.Argument), catalog.Arg0)})
		}
		out.Types = append(out.Types, typ)
	}
	for _, m := range lib.Makers {
		maker := catalog.Maker{Name: lib.name(m.Name), Base: catalog.Operand(m.Base), Context: catalog.Operand(m.Context)}
		if m.Type.Value != "" {
			maker.Type = lib.typeName(m.Type)
		}
		out.Makers = append(out.Makers, maker)
	}
	for _, ctx := range lib.Contexts {
		out.Hands = append(out.Hands, catalog.Handover{
			Name: lib.name(ctx.Name), Effect: catalog.Effect(ctx.Deadline), Parent: catalog.Operand(ctx.From),
		})
	}
	for _, name := range lib.Bounded {
		out.Bounded = append(out.Bounded, lib.name(name))
	}
	return out
}

func (call *Call) call(lib *Library) catalog.Call {
	out := catalog.Call{
		Name: lib.name(call.Name), Kind: catalog.Kind(call.Kind),
		Object: catalog.Operand(call.Client), Context: catalog.Operand(call.Context), Request: catalog.Operand(call.Request),
		Timeout: catalog.Operand(call.Timeout), Listener: catalog.Operand(call.Listener),
		Network: catalog.Operand(call.Network), Peer: catalog.Operand(call.Address),
		Handshake: call.Handshake, Advice: call.Advice,
	}
	switch {
	case out.Kind == catalog.Query && out.Context != catalog.None:
		out.Advice, out.Remedy = path.Base(lib.Path.Value)+" sets none", call.Advice
	case out.Advice != "" || out.Kind == catalog.Serve:
	case out.Context != catalog.None:
		out.Advice = "pass a context from context.WithTimeout"
	case out.Request != catalog.None:
		out.Advice = "give the request a context from context.WithTimeout"
	default:
		out.Advice = "make it with something that has a timeout"
	}
	return out
}

func values(texts []Text) []string {
	var values []string
	for _, text := range texts {
		values = append(values, text.Value)
	}
	return values
}
