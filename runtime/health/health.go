// Package health answers the two questions that an orchestrator asks. Is the process alive, or
// is it to be restarted? That is [Live], which asks nobody else. May it get requests now? That is
// [Ready], which asks its checks: each at most once at a time, bounded in time, and cached, so
// that probes put no load on a dependency, and a dependency that hangs does not hang the probe.
//
//	ready := health.Ready(
//		health.Check{Name: "orders-db", Run: db.PingContext},
//		health.Breaker("billing", billing),
//	)
//	mux.Handle("GET /livez", health.Live())
//	mux.Handle("GET /readyz", ready)
//
// Check what this instance alone cannot do without, such as its connection to the database. What
// all instances share fails for all of them at once, and a readiness that fails everywhere leaves
// nobody to answer at all; so let such a check be Optional, as that of a circuit breaker is.
package health

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// Defaults of a [Check].
const (
	// DefaultTimeout is 2 s. The value is ours. Kubernetes waits 1 s for a probe unless told
	// otherwise: give the readinessProbe a timeoutSeconds above the longest timeout of a check.
	DefaultTimeout = 2 * time.Second
	// DefaultCache is 1 s: however many probes there are, a dependency is asked once a second.
	// The value is ours.
	DefaultCache = time.Second
)

// A Status is the state of the process, or of one check.
type Status uint8

const (
	// StatusOK: all is well.
	StatusOK Status = iota
	// StatusDegraded: something is missing, but requests can be answered.
	StatusDegraded
	// StatusUnavailable: no requests, please.
	StatusUnavailable
	// StatusDraining: no more requests; the process is about to end.
	StatusDraining
)

var statuses = [...]string{
	StatusOK: "ok", StatusDegraded: "degraded", StatusUnavailable: "unavailable",
	StatusDraining: "shutting down",
}

// String returns "ok", "degraded", "unavailable" or "shutting down".
func (s Status) String() string {
	if int(s) < len(statuses) {
		return statuses[s]
	}
	return "unknown"
}

// A Check is one question whose answer decides about readiness.
type Check struct {
	// Name says in answers and logs which check it is. It is shown to everybody who may ask,
	// so it should be "orders-db" rather than the database's address.
	Name string
	// Run returns nil if all is well. Its context ends after Timeout. It has the values of the
	// probe's context, but does not end with it, since others may wait for the same answer.
	// A panic is a failure.
	Run func(context.Context) error
	// Timeout is how long Run may take. After that the check has failed, whether Run returns or
	// not; as long as it does not return, it is not called again. 0 means [DefaultTimeout].
	Timeout time.Duration
	// Cache is for how long an answer is good, a failure as well, from the time when Run
	// returned. 0 means [DefaultCache]; negative means that each probe asks anew, or waits with
	// others for the answer that is on its way.
	Cache time.Duration
	// Optional means that a failure degrades: the process stays ready.
	Optional bool
}

// Degraded marks the error of a check that can go on with less: it degrades, and the process
// stays ready. Degraded(nil) is nil. For a check that never does more than that, set Optional.
func Degraded(err error) error {
	if err == nil {
		return nil
	}
	return &degraded{err}
}

type degraded struct{ err error }

func (d *degraded) Error() string { return d.err.Error() }
func (d *degraded) Unwrap() error { return d.err }

// Breaker returns a check of a circuit breaker: of package breaker, or any whose state has the
// name "closed" or "forced closed" when it lets calls through. In every other state it degrades
// and does not fail: the breaker is there so that the process can do without the dependency, and
// calls to it are what closes the breaker again. Nothing is called, so nothing is cached.
func Breaker[S fmt.Stringer](name string, b interface{ State() S }) Check {
	return Check{Name: name, Cache: -1, Optional: true, Run: func(context.Context) error {
		switch state := b.State().String(); state {
		case "closed", "forced closed":
			return nil
		default:
			return errors.New("circuit breaker " + state)
		}
	}}
}

// A Readiness says whether the process may get requests. As an http.Handler it answers 200, or
// 503 if it may not, with a JSON object:
//
//	{"status":"degraded","checks":{"billing":{"status":"degraded","elapsed_ms":0.01,"age_ms":0}}}
//
// "status" is that of the worst check. "elapsed_ms" is how long the check took, "age_ms" how
// long ago it ended. The text of errors is not shown, because it tends to contain addresses and
// sometimes passwords: it is logged, and shown by [Readiness.Verbose].
//
// The zero Readiness has no checks, and is ready until [Readiness.Drain].
type Readiness struct {
	// Logger is told when the status of a check changes. nil means slog.Default(). It must not
	// be set after the first probe.
	Logger *slog.Logger

	checks   []*check
	draining atomic.Bool
}

// Ready returns a Readiness with these checks. It panics if one of them has no name, no Run, or
// the name of another: that is a slip in the program, and is to be seen when it starts.
func Ready(checks ...Check) *Readiness {
	r := new(Readiness)
	names := make(map[string]bool)
	for _, c := range checks {
		switch {
		case c.Name == "":
			panic("health: a check has no name")
		case c.Run == nil:
			panic("health: the check " + c.Name + " has no Run")
		case names[c.Name]:
			panic("health: two checks have the name " + c.Name)
		}
		names[c.Name] = true
		if c.Timeout <= 0 {
			c.Timeout = DefaultTimeout
		}
		if c.Cache == 0 {
			c.Cache = DefaultCache
		}
		r.checks = append(r.checks, &check{Check: c})
	}
	return r
}

// Drain makes the process not ready, for ever: probes are answered 503 from now on, without any
// check. serve.Run calls it first of all when the process is told to stop.
func (r *Readiness) Drain() { r.draining.Store(true) }

// Draining reports whether Drain was called.
func (r *Readiness) Draining() bool { return r.draining.Load() }

// A Report is what a probe finds.
type Report struct {
	// Status is that of the worst check, or StatusDraining.
	Status Status
	// Checks are in the order in which they were given to Ready. Draining asks none.
	Checks []Result
}

// A Result is the answer of one check.
type Result struct {
	Name    string
	Status  Status
	Err     error         // why it is not StatusOK
	Elapsed time.Duration // that it took, or has taken so far
	Age     time.Duration // since it ended; 0 if it has not
}

// Report asks all checks at once, or takes their cached answers, and returns after the longest
// of their timeouts (and a tenth of a second) at the latest. A check that has not answered when
// ctx ends has failed, as far as this report goes, with the context's cause as its error.
func (r *Readiness) Report(ctx context.Context) Report {
	if r.Draining() {
		return Report{Status: StatusDraining}
	}
	runs := make([]*run, len(r.checks))
	for i, c := range r.checks {
		runs[i] = c.begin(ctx, r.logger())
	}
	rep := Report{Checks: make([]Result, len(r.checks))}
	for i, c := range r.checks {
		rep.Checks[i] = c.wait(ctx, runs[i], r.logger())
		rep.Status = max(rep.Status, rep.Checks[i].Status)
	}
	if r.Draining() { // since then: a yes would be late
		return Report{Status: StatusDraining}
	}
	return rep
}

func (r *Readiness) logger() *slog.Logger {
	if r.Logger != nil {
		return r.Logger
	}
	return slog.Default()
}

// ServeHTTP answers a probe.
func (r *Readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	write(w, r.Report(req.Context()), false)
}

// Verbose returns a handler that answers as r does, and also with the text of errors, as
// "error". It is for the eyes of operators: serve it where others cannot reach it.
func (r *Readiness) Verbose() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		write(w, r.Report(req.Context()), true)
	})
}

// Live returns a handler that always answers 200: that it answers is what shows that the process
// is alive. It checks no dependency, on purpose. Who fails a liveness probe is restarted, which
// mends no dependency; it would turn the outage of one into the restart of all its callers, over
// and over. For the same reason it answers 200 while the process drains.
func Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		write(w, Report{}, false)
	})
}
