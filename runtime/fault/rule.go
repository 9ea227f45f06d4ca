package fault

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"
)

// A Rule is a kind of fault, and when it strikes. It is a value: the methods return a changed
// copy, and the same Rule may be used at several places, each of which counts for itself.
//
// Conditions add up: First(10).Probability(0.5) strikes about five of the first ten. A condition
// that is given twice is the last one, except for When.
type Rule struct {
	kind kind
	name string // as it was written
	bad  error  // the first mistake that was made in writing it

	delay, jitter time.Duration // of latency; of slowBody: the interval
	bytes         int64         // of slowBody and cutBody
	err           error         // of failure
	code          int           // of status
	header        http.Header   // of status
	onAnswer      bool

	match       []Match
	probability float64
	times       int // 0: any number
	first       int // 0: all
	every       int // 0: each
}

func rule(k kind, format string, args ...any) Rule {
	return Rule{kind: k, name: fmt.Sprintf(format, args...), probability: 1}
}

// Latency delays each exchange by d, and something between 0 and jitter on top of it, each value
// as likely as the others.
func Latency(d, jitter time.Duration) Rule {
	r := rule(latency, "Latency(%v, %v)", d, jitter)
	r.delay, r.jitter = d, jitter
	return r.check(d >= 0 && jitter >= 0 && d <= math.MaxInt64-jitter, "negative, or too long")
}

// Error makes the call fail with err, as it is. A connection stays open, and the next thing that
// is sent or received on it begins another exchange. A [Proxy] has no error to return: see
// [Reset].
func Error(err error) Rule {
	r := rule(failure, "Error(%v)", err)
	r.err = err
	return r.check(err != nil, "no error")
}

// Refuse is a dependency that is not there: the connection is refused. To a [Transport] and a
// [Dialer] that is an *net.OpError of "dial" that is syscall.ECONNREFUSED. A [Proxy], which has
// accepted the connection before it can know, resets it at once.
//
// A Dialer and a Proxy ask this rule about each connection, and not about the exchanges on it. A
// [Conn] is connected already.
func Refuse() Rule { return rule(refuse, "Refuse()") }

// Reset breaks the connection, as the other side does if it crashes: the call fails with an
// *net.OpError that is syscall.ECONNRESET. A connection is closed, and fails in the same way
// from then on; where it is TCP, the other side gets a reset as well.
func Reset() Rule { return rule(reset, "Reset()") }

// Status answers a request with an HTTP status between 200 and 599, and an empty body. It is for
// a [Transport].
func Status(code int) Rule {
	r := rule(status, "Status(%d)", code)
	r.code = code
	return r.check(code >= 200 && code <= 599, "not the status of an answer")
}

// SlowBody hands out at most that many bytes of the answer at a time, each time after the
// interval. To a [Transport] the answer is the response's body, on a connection it is all that is
// received. With an interval longer than the test it is an answer that begins, and then hangs.
func SlowBody(bytes int, interval time.Duration) Rule {
	r := rule(slowBody, "SlowBody(%d, %v)", bytes, interval)
	r.bytes, r.delay = int64(bytes), interval
	return r.check(bytes > 0 && interval > 0, "not positive")
}

// CutBody breaks the answer off after that many bytes. The body of a response ends with
// io.ErrUnexpectedEOF. A connection is closed: who reads on gets io.EOF. An answer that is not
// longer than that is left alone, as far as its length is known.
func CutBody(bytes int) Rule {
	r := rule(cutBody, "CutBody(%d)", bytes)
	r.bytes = int64(bytes)
	return r.check(bytes >= 0, "negative")
}

// Hang is a dependency that never answers. A request to a [Transport] fails when its context
// ends, with the context's cause, as it does with http.Transport. On a connection, what is sent
// and received after that is lost, and who reads waits until its deadline, or until the connection
// is closed; a write succeeds, as it does while the system has room for it. What a [Proxy] lets
// hang is not lost: it goes on its way when [Proxy.Set] changes the rules, as after a network
// partition. Until then the connection to the target stays open, also if the client goes away.
//
// Where neither a context nor a deadline ends it, it ends with the test.
func Hang() Rule { return rule(hang, "Hang()") }

// OnAnswer lets the request through, and strikes its answer: what the dependency was asked to do
// is done, and the caller does not learn of it. On a connection it strikes when the answer
// arrives. Slow and cut bodies always are those of the answer.
func (r Rule) OnAnswer() Rule {
	r.onAnswer = true
	return r.check(r.kind != refuse, "no answer comes from a connection that is refused")
}

// Header adds a field to the header of a [Status], such as Retry-After.
func (r Rule) Header(key, value string) Rule {
	r.header = r.header.Clone()
	if r.header == nil {
		r.header = make(http.Header)
	}
	r.header.Add(key, value)
	return r.check(r.kind == status, "only a Status has a header")
}

// When restricts the rule to requests that match all of m. Others are not counted by First and
// Every. It is for a [Transport].
func (r Rule) When(m ...Match) Rule {
	r.match = slices.Concat(r.match, m)
	ok := !slices.ContainsFunc(m, func(m Match) bool { return m == nil })
	return r.check(ok, "a Match is nil")
}

// Probability makes the rule strike with probability p, which is between 0 and 1: never, and
// always.
func (r Rule) Probability(p float64) Rule {
	r.probability = p
	return r.check(p >= 0 && p <= 1, fmt.Sprintf("Probability(%v): not between 0 and 1", p))
}

// Times lets the rule strike n times, and then never again.
func (r Rule) Times(n int) Rule {
	r.times = n
	return r.check(n > 0, fmt.Sprintf("Times(%d): not positive", n))
}

// First restricts the rule to the first n exchanges that it is asked about.
func (r Rule) First(n int) Rule {
	r.first = n
	return r.check(n > 0, fmt.Sprintf("First(%d): not positive", n))
}

// Every restricts the rule to each n-th exchange that it is asked about: the n-th is the first.
// Every(n).Times(1) strikes the n-th alone.
func (r Rule) Every(n int) Rule {
	r.every = n
	return r.check(n > 0, fmt.Sprintf("Every(%d): not positive", n))
}

// String returns the kind of fault as it was written: "Status(503)".
func (r Rule) String() string { return r.name }

// check notes what is wrong with the rule, for whoever is given it: a method of a Rule cannot
// fail by itself.
func (r Rule) check(ok bool, problem string) Rule {
	if !ok && r.bad == nil {
		r.bad = errors.New(problem)
	}
	return r
}

// onBody reports whether the fault is one of the answer's bytes, and not of the call.
func (r Rule) onBody() bool { return r.kind == slowBody || r.kind == cutBody }

// strikesAnswer reports whether the request gets through.
func (r Rule) strikesAnswer() bool { return r.onAnswer || r.onBody() }

// ends reports whether the call is over with this fault.
func (r Rule) ends() bool {
	switch r.kind {
	case failure, refuse, reset, status, hang:
		return true
	}
	return false
}

// refusal says why the rule makes no sense at a level; nil if it does.
func (r Rule) refusal(at level) error {
	switch {
	case r.kind == 0:
		return errors.New("fault: a Rule is made by a function such as fault.Reset; this is the zero Rule")
	case r.bad != nil:
		return fmt.Errorf("fault: %v: %w", r, r.bad)
	case r.kind == status && at != onRequests:
		return fmt.Errorf("fault: %v is an answer of HTTP, which a %v does not know: use a Transport", r, at)
	case len(r.match) > 0 && at != onRequests:
		return fmt.Errorf("fault: %v: When is about requests, which a %v does not know: use a Transport", r, at)
	case r.kind == refuse && at == onConn:
		return fmt.Errorf("fault: %v: a Conn is connected already: use a Dialer", r)
	case r.kind == failure && at == onProxy:
		return fmt.Errorf("fault: %v: a Proxy cannot send an error over the network: use Reset", r)
	}
	return nil
}

// level is what faults are injected into.
type level uint8

const (
	onRequests level = iota
	onConn
	onDialer
	onProxy
)

func (l level) String() string { return [...]string{"Transport", "Conn", "Dialer", "Proxy"}[l] }
