// Package nobreaker defines an analyzer that reports dependencies that nothing gives up on.
//
// # Analyzer nobreaker
//
// nobreaker: report services that requests depend on with no circuit breaker in between
//
// A service that is down is answered at once: the connection is refused. A service that is slow is
// worse: each request that needs it waits for the whole timeout, and keeps a goroutine, a connection, and its
// own caller waiting. When all of them wait, this service is down as well, also for requests that need nothing from
// the slow one; and so is whoever calls it. A circuit breaker notices that calls fail, and fails the next ones at
// once, until a probe succeeds.
//
// The rule draws a picture of the program: the functions that serve requests, what they call, through method
// values, function literals and interfaces with one type behind them, across packages, and the clients by which
// they call other services in the end.
//
// # What is reported
//
//   - unprotected: a handler of HTTP requests, of RPCs or of messages comes to a call of another service, and
//     neither the client nor anything on the way is a circuit breaker. Reported once for each client, where
//     it is made, however many calls and handlers there are; clients of a package for the same address are one.
//     Where nothing is made (http.Get, http.DefaultClient), at the first call. The positions beside it are
//     the nearest handlers, and the calls that they come to. A client that is made for each call has to be made once
//     before anything is wrapped around it.
//   - per-call: a breaker is made and used in one function, which lets go of it when it returns. It starts anew
//     each time, and never opens. Reported where it is made.
//   - counts-caller: a breaker that counts every error as a failure of the dependency has calls go through it that
//     end when their caller gives up (context.Canceled), or that fail for any status but 200. A few callers who are
//     impatient, or send bad requests, open it for everyone. Reported where it is made, for gobreaker without
//     IsSuccessful and IsExcluded.
//
// # What is not
//
// Programs that serve nobody: commands, jobs, and libraries without a handler, or with one only in an example; programs that
// read what someone types, and start no server. Handlers of a program's own job queue. Messages that a single loop takes, one
// after the other: while it waits, only the next message does, which cannot be handled without the service, either; where a
// message that fails is put back at once, failing faster makes it worse. What such a loop's function does once, before the first
// message. Work that goes on in a goroutine for which the handler does not wait, that a timer runs, or that the handler puts into
// a channel, a list or a map, out of which someone else takes it. Calls with a constant timeout of half a second at most, whose
// function goes on without them where they fail. What fills a new installation from a file that the program names. What answers a probe, by its path or its name: an orchestrator has a timeout
// for it, and no client waits. What finds out how others are, as its name says (a health checker, a prober, a poller), also where
// someone asks for it: a breaker would answer instead.
//
// Databases, caches and brokers: they belong to the service. Clients whose addresses come from what the program
// works on: webhooks, proxies, probes, downloads, what a function is told to work on, what a request has stored in a field. Functions
// that make clients for several packages, which call several services by them, or whomever they are told to. Clients that no
// program of the module makes. Clients for when none is passed
// (if client == nil), where all callers pass one. The machine itself.
//
// What has a breaker, or may have one: a function on the way that calls a breaker's library (gobreaker,
// failsafe-go, hystrix-go, go-resiliency, go-zero, go-kit, sentinel and others), or a method of a type that is called
// a breaker, or that counts failures and keeps the time until which it gives up, or one that looks at that time; a transport or an interceptor
// that does so; a transport, an interceptor or a client from a library that is not known. Transports and
// interceptors that trace, log or sign are looked through.
//
// What cannot be followed: a client out of a map, an interface with several types behind it. Under go vet and
// golangci-lint, which see a package at a time, a client is only reported if the package that makes it sees
// the handlers, too.
//
// Whether a breaker is needed is for people to decide: a service mesh may have one, and a dependency without which
// there is nothing to answer anyway may fail as it likes. So these findings are notes.
//
// # Fixes
//
// With -nobreaker.unsafe-fixes, or the command's -unsafe-fixes, in a module that requires resilint's runtime, or with
// -fixstyle=runtime: a pointer to an http.Client goes through httpclient.Wrap where it is made, if it is the package's only client
// for the dependency, and is not made for each call. That is more than a breaker: retries of what may be repeated, a limit of calls at a time, and
// deadlines come with it.
//
// # How to silence it
//
// A project can name the dependencies that must have one, and those that need none, in .resilint.yml: by part of
// a host, of a setting that holds the address, of a service's name. With critical, no others are reported.
//
//	dependencies:
//	  critical: [payments, BillingURL]
//	  exempt: [sidecar]
//
// Or with a comment, at the end of the finding's line or above it, that says why:
//
//	//resilint:ignore nobreaker/unprotected the mesh has an outlier detection for it
//
// # Before and after
//
//	func NewClient(base string) *Client {
//		return &Client{base: base, hc: &http.Client{Timeout: 2 * time.Second}}
//	}
//
//	func NewClient(base string) *Client {
//		return &Client{base: base, hc: httpclient.Wrap(&http.Client{Timeout: 2 * time.Second}, "billing")}
//	}
//
// # Values
//
// One breaker for each dependency, which lives as long as the process. It opens on a share of failures among enough
// calls (half of 20 in 10 s), not on the first one; stays open for some seconds; then lets one call through.
// Timeouts and 5xx count. What the caller has done wrong (4xx), and what the caller has given up, does not. What is
// answered instead, from a cache or without the part that is missing, is decided by who calls.
package nobreaker
