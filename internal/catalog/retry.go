package catalog

import (
	"go/types"
	"strconv"
	"time"

	"github.com/resilint/resilint/internal/regexp"
)

// How a retry library is described: Retriers are the calls that attempt something again, Knobs
// and Timetables what programs say with how often and how far apart. What a schedule leaves out
// is what the library does by default.

// A Retrier is a call that attempts a function again until it succeeds. A name may be listed more
// than once, for major versions whose signatures differ.
type Retrier struct {
	Name    string
	Func    Operand // the function that it attempts; none where the program does so itself, in a loop
	Policy  Operand // what says how often and how far apart
	Options Operand // what changes that, one after the other; the variadic last
	Context Operand // ends the attempts, and the wait between two
	// Policies are ones that all hold, of which those of another kind may end the attempts; the
	// variadic last.
	Policies Operand
	// Default is what it does where there is no Policy, and what Options change.
	Default Schedule
	Sets    []Tuning
}

// A Pacer is a method that says how long a loop of the program's own is to wait.
type Pacer struct {
	Name string
	Stop int64 // what it returns when its policy is at its end, if it ever is; 0 if not
}

// A Schedule is how often something is attempted, and how far apart.
type Schedule struct {
	Attempts int64         // the most there are, the first one included; 0 for no limit
	Elapsed  time.Duration // after which there are no more; 0 for no limit
	Growth   Growth
	Factor   float64       // by which an exponential delay grows; 0 is for 2
	Delay    time.Duration // the first one
	Ceiling  time.Duration // the longest one, where there is one
	Jitter   bool
	Context  bool // it obeys the context of what it attempts
}

// Growth says how a delay changes from one attempt to the next.
type Growth uint8

const (
	NoDelay Growth = iota
	ConstantDelay
	LinearDelay
	ExponentialDelay
	CustomDelay // the program says, by a function or a list
)

// A Knob is a function or method by which a program says how something is attempted again: it
// makes a policy, changes the one that it is given, or is an option of the one it is given to. One
// that does none of it (an option for a logger) is listed so that it is known to leave the policy
// alone.
type Knob struct {
	Name     string
	Makes    *Schedule // of a function that makes a policy; or that is one itself, as a value
	Base     Operand   // the policy that it changes, of a wrapper or a builder's method
	Options  Operand   // the variadic last: options of the policy that it makes
	Sums     Operand   // policies of which each delay is the sum; the variadic last
	Policies Operand   // as of a Retrier
	// Itself says that what it makes attempts its calls again without another's help.
	Itself bool
	Sets   []Tuning
}

// A Timetable is a struct whose fields say how something is attempted again.
type Timetable struct {
	Name   string
	Zero   Schedule // what its zero value means
	Itself bool     // as of a Knob
	Sets   []Tuning // by its fields
}

// A Tuning is one thing that a knob or a field says.
type Tuning struct {
	Aspect Aspect
	Value  Operand // of a call: what it is set to; without one, it is set
	Field  string  // of a timetable
	Growth Growth  // what [Delays] is set to
	// Never are the values that mean "no limit". In major versions before Since they do not.
	Never []int64
	Since int
	// Zero says that zero, and less, leaves the policy as it was; Negative, that a negative number
	// is taken for no limit by who reads it, and means no retry.
	Zero     bool
	Negative bool
}

// An Aspect is a part of a policy.
type Aspect uint8

const (
	Attempts Aspect = iota + 1 // how many, the first one included
	Retries                    // how many after the first one
	Forever                    // no number of them
	Elapsed                    // the time after which there are no more
	Until                      // the context that ends them
	Delay                      // the first one
	Ceiling                    // the longest one
	Factor                     // by which it grows
	Seconds                    // by which it grows, as a number of seconds
	Delays                     // how it grows
	Jitter                     // how random it is: not at all if zero
	Spacing                    // growth, jitter and delays, as another policy says
	Ending                     // something else may end the attempts
)

var (
	retriers   = map[string][]*Retrier{}
	knobs      = map[string]*Knob{}
	timetables = map[string]*Timetable{}
	pacers     = map[string]*Pacer{}
	stoppers   = map[string]bool{}
	retrying   = map[string]*Library{} // by the name of any of them
)

// indexRetries makes a library's ways to attempt again known.
func indexRetries(lib *Library) {
	for i := range lib.Retriers {
		retrier := &lib.Retriers[i]
		retriers[retrier.Name] = append(retriers[retrier.Name], retrier)
		retrying[retrier.Name] = lib
		known[packageOf(retrier.Name)] = true
	}
	for i := range lib.Knobs {
		knobs[lib.Knobs[i].Name] = &lib.Knobs[i]
		retrying[lib.Knobs[i].Name] = lib
		known[packageOf(lib.Knobs[i].Name)] = true
	}
	for i := range lib.Timetables {
		timetables[lib.Timetables[i].Name] = &lib.Timetables[i]
		retrying[lib.Timetables[i].Name] = lib
		known[packageOf(lib.Timetables[i].Name)] = true
	}
	for i := range lib.Pacers {
		pacers[lib.Pacers[i].Name] = &lib.Pacers[i]
		retrying[lib.Pacers[i].Name] = lib
		known[packageOf(lib.Pacers[i].Name)] = true
	}
	enlist(stoppers, lib.Stoppers)
}

// RetrierOf returns what is known of fn as a call that attempts a function again, or nil.
func RetrierOf(fn *types.Func) *Retrier {
	for _, retrier := range retriers[Name(fn)] {
		if retrier.fits(fn.Signature()) {
			return retrier
		}
	}
	return nil
}

// fits reports whether a function of that signature has the operands.
func (r *Retrier) fits(sig *types.Signature) bool {
	for _, op := range []Operand{r.Func, r.Policy, r.Options, r.Policies, r.Context} {
		if !op.in(sig) {
			return false
		}
	}
	if t := r.Func.typeIn(sig); t != nil {
		if _, ok := t.Underlying().(*types.Signature); !ok {
			return false
		}
	}
	if t := r.Context.typeIn(sig); t != nil && TypeName(t) != "context.Context" {
		return false
	}
	last := Arg0 + Operand(sig.Params().Len()) - 1
	return (r.Options == None || sig.Variadic() && r.Options == last) && (r.Policy == None || r.Policy != last || !sig.Variadic())
}

// typeIn returns the type that a function of that signature has for an argument, or nil.
func (op Operand) typeIn(sig *types.Signature) types.Type {
	if i := int(op) - int(Arg0); i >= 0 && i < sig.Params().Len() {
		return sig.Params().At(i).Type()
	}
	return nil
}

// KnobOf returns what fn says of how something is attempted again, or nil.
func KnobOf(fn *types.Func) *Knob { return knobs[Name(fn)] }

// TimetableOf returns what the fields of t, or of the type it points to, say of how something is
// attempted again, or nil.
func TimetableOf(t types.Type) *Timetable {
	if name := TypeName(t); name != "" {
		return timetables[name]
	}
	return nil
}

// PacerOf returns what is known of fn as a method that says how long to wait, or nil.
func PacerOf(fn *types.Func) *Pacer { return pacers[Name(fn)] }

// Stops reports whether what fn returns is an error that ends the attempts.
func Stops(fn *types.Func) bool { return stoppers[Name(fn)] }

// RetryLibrary returns the path of the library to which a retrier, knob or timetable of that name
// belongs, or "".
func RetryLibrary(name string) string {
	if lib := retrying[name]; lib != nil {
		return lib.Path
	}
	return ""
}

// Major returns the major version in an import path; 0 if there is none.
func Major(path string) int {
	m := majorNumber.FindStringSubmatch(path)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

var majorNumber = regexp.MustCompile(`[./]v([0-9]+)(?:/|$)`)

// neutral lists functions of a package, or methods of a type, that leave policies alone.
func neutral(prefix string, names ...string) []Knob {
	var list []Knob
	for _, name := range names {
		list = append(list, Knob{Name: prefix + "." + name})
	}
	return list
}
