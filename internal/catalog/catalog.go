// Package catalog says what APIs mean: which calls leave the process, what bounds
// them, what their values default to, and how contexts are handed on.
//
// It is data. A library is one file with one [Library] value; rules and evidence
// passes never name an API themselves. An API is found by the package path and type
// that declare it, never by the identifier in the source, so aliases, embedded
// clients, dot imports and variables named like packages need no special care. Major
// versions are left out of paths: "github.com/go-resty/resty" stands for its /v2 too.
package catalog

import (
	"time"

	"github.com/resilint/resilint/internal/regexp"
)

// A Library is what resilint knows of one package.
type Library struct {
	Path    string // import path without major version
	Version string // the release whose source or documentation the rows were read in
	Source  string // where in it, by its own names
	Default string // how long its calls wait if nothing is set
	Calls   []Call
	Types   []Type
	Makers  []Maker
	Hands   []Handover
	Globals []string // package-level clients and transports whose bounds are those of their zero value
	Exits   []string // functions that never return
	Talkers []string // functions that wait for the other end of a connection, their first argument, to speak
	Keepers []string // functions whose result lives as long as the context they are given
	Bounded []string // calls that cannot hang, whatever else is known of them
	Shapes  []Shape

	Limiters []Limiter
	Heedless []Heedless

	// Retriers, Knobs and Timetables are how it attempts again what has failed, Pacers what it
	// offers to loops that programs write, and Stoppers functions that mark an error as one that
	// ends the attempts. Retries says in words what it does if nothing is set.
	Retries    string
	Retriers   []Retrier
	Knobs      []Knob
	Timetables []Timetable
	Pacers     []Pacer
	Stoppers   []string

	// Settlers are methods that settle a message which has been delivered, and Limits what keeps
	// one from coming again for ever: fields and functions that say how often it may.
	Settlers []Settler
	Limits   []string
	// Consumers are the types that say how messages are delivered, where it is the client that
	// says so: what a package that makes none puts back may be limited elsewhere.
	Consumers []string

	// Listeners are functions that return a net.Listener, and Near the types of those that no
	// other machine can connect to: they accept from the machine itself, or what the peer of a
	// connection opens on it.
	Listeners []Listener
	Near      []string

	// Brokers are the types by which it connects a program with processes on the same machine. In a
	// package that has to do with one of them, the calls of the libraries Local go to such a process.
	Brokers []string
	Local   []string

	// Bounders are functions that, called anywhere in the module, may bound every call of
	// the library: an interceptor with a timeout. Invoker is the type of the parameter by
	// which such an interceptor of the module's own goes on with the call.
	Bounders []string
	Invoker  string
	// Settings are words that, in a string of the module, do the same: parameters of a DSN or
	// of a session. Fields are fields ("package.Type.Field") that do so if anything is stored
	// into them.
	Settings []string
	Fields   []string

	// Over is the library that it is a layer over: calls of which a package's are one finding
	// are so together with those of that one.
	Over string

	Families []Family
	// Where a library has Drivers or Equippers, its calls are known to hang only in a program
	// that shows what they work through: that imports one of the drivers, or calls one of the
	// functions with a client that nothing bounds.
	Drivers   []string // import paths
	Equippers []Equipper
}

// A Family is all exported methods and functions of a package that take a context first and
// return an error last: SDKs have hundreds of them.
type Family struct {
	Path string // import path; "" for the library's
	Deep bool   // also of the packages below
	// Functions says that functions belong to it as well, and not methods alone.
	Functions bool
	Except    []string // names
	Call      Call     // what they mean; its name is for messages and facts
	// Twin is what their twins without a context mean, where there are some: Post beside
	// PostContext.
	Twin *Call
}

// An Equipper is a function that makes a library's client, or an option of it.
type Equipper struct {
	Name   string
	Client Operand // the HTTP client or transport that it works through; without one, it brings an unbounded one
}

// A Shape tells methods of interfaces by their signature, where the names are the user's or
// a generator's.
type Shape struct {
	Method  string   // name; "" for any
	Params  []string // types; "" for any type, "any" for the empty interface, "...T" for the variadic last
	Results []string // types; "" for any pointer
	Call    string   // the catalogued call that such a method stands for
}

// An Operand names a part of a call.
type Operand uint8

// The operands of a call: its receiver and its arguments.
const (
	None Operand = iota
	Recv
	Arg0
	Arg1
	Arg2
	Arg3
)

// A Kind says what a call does when it leaves the process.
type Kind uint8

const (
	Exchange Kind = iota + 1 // sends a request and waits for the response
	Dial                     // opens a connection
	Serve                    // serves connections until shut down
	Query                    // asks a server through a connection that is open: RPC, SQL
)

// A Call is a function or method that leaves the process.
type Call struct {
	Name string // "net/http.Client.Do": package path, receiver type if any, name
	Kind Kind

	Object  Operand // the client, dialer or server whose fields bound the call
	Global  string  // the package-level variable that takes its place
	Request Operand // the *http.Request, whose context bounds the call
	Context Operand // the context.Context that bounds the call

	Options Operand // an optional object that may bound the call
	Timeout Operand // a duration that bounds the call

	Listener Operand // of a server: the net.Listener it accepts from, or the address it listens on
	Network  Operand // of a dial: "tcp", "unix", …
	Peer     Operand // a URL or address, to name the peer in messages

	Handshake bool // of a dial: it also waits for the peer to speak, which no operating system bounds
	// Advice says what to do where there is no object to set a field of; of a Query, who
	// else might bound it, or, where it takes no context, what to call instead.
	Advice string
	// Remedy says what to do of a Query whose context has no deadline, if that is something
	// else than to pass one that has.
	Remedy string
	// DSN is a string with settings of a connection, of which those that begin with one of Bounded
	// bound the call; what is not seen of it may have them.
	DSN     Operand
	Bounded []string
	// Stuck says what makes the call hang, where that is not "the server hangs": the client
	// notices servers that are gone.
	Stuck string
	// Waits are how the strings begin by which a call asks for something that takes as long as
	// it takes: a change of a schema, a lock. Ones that end in a parenthesis may stand anywhere.
	Waits []string
	// Once says that programs which make the call make many like it: a package's are one
	// finding.
	Once bool
}

// A Type is a client, dialer, server or transport whose fields bound the calls made
// with it. The zero value of each field means "no bound".
type Type struct {
	Name   string   // "net/http.Client"
	Bounds []string // each of these fields, set to a positive duration, bounds the whole call
	Phases []string // these bound only the time until the response headers
	// Handshake is the field that bounds the TLS handshake, which Phases do not.
	Handshake string
	Hooks     []string // functions called to connect; one that sets a deadline on its connection bounds the call
	Inner     []string // fields whose value takes part in the call and may bound it: a transport
	Setters   []Setter
	Address   string // of a server: the field with the address that it listens on, unless it is given a listener
	Handler   string // of a server: the field with what it serves
	Answer    string // of a server: the field that bounds how long its handlers have for their answer
	Knob      string // what a caller sets, where it is not a field of the type itself

	// Off are the constants that switch off what the fields bound by default, where that is
	// finite.
	Off []int64
	// Past says that a negative duration is a deadline that is over, not no deadline.
	Past bool
	// Chain says that methods which return the type return their receiver.
	Chain bool
}

// A Setter is a method that sets a bound.
type Setter struct {
	Name  string // method name
	Value Operand
}

// A Maker is a function that returns a client, dialer, server or transport.
type Maker struct {
	Name string
	Type string // the catalogued type of its first result
	// Context is the operand from which the client inherits its settings, when it
	// carries some (golang.org/x/oauth2 takes its base client from the context).
	Context Operand
	// Base is the operand that the result works through and whose bounds it has, besides
	// its own: a transport around a transport, a request of a client.
	Base Operand
}

// A Limiter is a function that wraps an HTTP handler and answers in its place after a while.
type Limiter struct {
	Name    string
	Handler Operand
	Timeout Operand
}

// A Heedless is a maker of clients whose calls, once they wait for an answer, go on when their
// context is over.
type Heedless struct {
	Maker   string
	Options Operand       // what it takes its settings from
	Heed    string        // the field that, if true, has the calls heed their context
	Wait    string        // the field that says how long they wait
	Default time.Duration // how long that is, at least, if it is not set
	// Queues are calls that wait for as long as they say themselves: for something to happen.
	Queues *regexp.Regexp
}

// A Listener is a function whose first result is a net.Listener.
type Listener struct {
	Name    string
	Network Operand // "tcp", "unix", …
	Address Operand // a host and port, or a path
	Base    Operand // the listener that it accepts from, in place of an address
}

// A Handover is a function whose first result carries a context: a derived context, or
// a request made with one.
type Handover struct {
	Name    string
	Effect  Effect
	Parent  Operand // the context or request the result takes its deadline from, or would but for Effect
	InPlace bool    // the function gives the deadline to its receiver, too

	// Of one that Sets: how long, or until when.
	Timeout  Operand
	Deadline Operand
}

// An Effect says what a function does to the deadline of the context it is given.
type Effect uint8

const (
	Keeps Effect = iota + 1 // the deadline of Parent, if it has one
	Drops                   // no deadline, whatever the parent has
	Sets                    // a deadline of its own
)
