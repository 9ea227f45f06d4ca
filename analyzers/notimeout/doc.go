// Package notimeout defines an analyzer that reports remote calls that can block for ever.
//
// # Analyzer notimeout
//
// notimeout: report remote calls that can block for ever
//
// A service that waits for a peer without a timeout is as available as that peer: when the
// peer hangs, so does every request that needs it, with its goroutine, its memory and its
// connection. Go's defaults are of no help. http.DefaultClient, a zero http.Client,
// net.Dial, a zero http.Server: all of them wait for ever.
//
// The question this rule asks of a call is not "does it take a context?" but "can it block
// for ever?". A call is bounded if anything bounds it: the client's Timeout, wherever it is
// set; a deadline of the request's context; a default of the library.
//
// # What is reported
//
//   - client: an HTTP client without a timeout sends a request whose context has no
//     deadline. Reported where the client is made, once, however many requests it sends;
//     for http.Get and the like, at the call.
//   - zero: the timeout is a constant ≤ 0, which means none; or one of hours that looks
//     like a slip of units (30000 * time.Second).
//   - partial: the transport bounds the wait for the response headers, nothing bounds the
//     body: a peer that stalls half-way blocks the reader for ever. Where nobody reads it, because
//     only status and headers count, nothing is reported, but for a transport that does not bound
//     the TLS handshake of an https URL either.
//   - context: a context without a deadline (context.Background, context.TODO, or one derived
//     from them by WithCancel, WithValue, NotifyContext, WithoutCancel) is passed to a function
//     that makes a remote call bounded by nothing but that parameter, itself or through others,
//     in this package or another. Reported at the argument.
//   - call: a call of a library (gRPC, SQL, other stores and brokers, SDKs of web services: see the
//     catalogue below) is made under a context without a deadline, or takes none, and nothing else
//     bounds it. Reported at the call. Of calls that take no context (db.Query), which come by the
//     dozen, a package's are one finding, at its Ping or else at the first. SQL counts in programs
//     that import the driver of a remote database, an SDK where its client is seen to be made with
//     an HTTP client that has no timeout.
//   - dial: net.Dial, tls.Dial, smtp.SendMail, a net.Dialer or websocket.Dialer without a
//     timeout, under a context that has no deadline.
//   - server: an http.Server with neither ReadHeaderTimeout nor ReadTimeout, or
//     http.ListenAndServe, which has no way to set them, or the likes of both in web frameworks
//     (gin's Run, echo's Start, fiber's Listen): clients that send their headers slowly hold a
//     connection each, for ever.
//
// # What is not
//
// Whatever cannot be decided. In particular: a timeout that is not a constant; one set
// anywhere in the package, on any path, through an option, an alias or a field; a client that a
// constructor puts into a struct, where a method of the struct replaces it by one of its own; one
// that stands in where a field is nil, which no struct of the package's making ever leaves so; one
// that an option of its constructor replaces, if all calls pass it; a client that comes from a
// function or an interface that is not known, or that is handed to one; a context that is a parameter (the caller who passes one without a deadline is the
// finding) or that comes with an incoming request; a context that lives on, because the
// function it is passed to starts a goroutine with it, works in a loop, waits for its end or
// keeps it in a field (run(ctx) in main); a deadline set under a condition;
// transports that set a deadline themselves; responses that are streams or watches; statements
// that change a schema or wait for a lock, which take as long as they take; databases in the
// process; tx.Commit and tx.Rollback, which take no context; libraries that give up by themselves
// (go-redis, kafka-go, …: listed below the catalogue); Unix sockets, connections to a listener
// of the program's own, and the gRPC calls by which a package talks to plugins, which are processes
// of the program's own (it mentions go-plugin's GRPCBroker or GRPCClient). Test files, packages that
// import testing, testify, dockertest or testcontainers, generated files, and whatever lies in or
// below a folder of the module that is called example, examples, _examples, demo, demos, sample or
// samples, or, as the tools of its developers are, devtool, devtools, hack, loadtest, loadtests,
// testtool or testtools.
//
// Nor is a server that no other machine can connect to: all addresses that it is given are
// constants of the loopback (localhost:6060), or it accepts from a connection that the program has
// already (a yamux session). Where an exported function is given the address, or the listener, the
// whole module says which: resilint sees it, go vet and golangci-lint are silent.
//
// Nor is what a function does that nothing in the module calls, and nobody else can: it is unexported,
// of an internal package, or of a program. Again it takes the whole module to see that.
//
// Nor is a server of which gosec finds the same (G112, G114) and was told to be quiet, by a
// //nolint:gosec or #nosec that gives a reason, or names the rule. That is somebody's decision, and
// asking twice for it helps nobody. It goes for the code server alone: on an HTTP client such a
// comment is about the URL. One that names no rule counts only where gosec would have nothing else
// to say: it may be about a tls.Config that it silences, too.
//
// # How to silence it
//
// Say how long the call may take: that is always possible. For a call that is meant to
// wait, a context with the deadline at which somebody should be told is the answer.
//
// Where that is not wanted, a comment says why, at the end of the finding's line or above it:
//
//	//resilint:ignore notimeout the batch has all night
//
// It may name a code instead of the rule (notimeout/client). The reason is not optional.
// Directives without one, and those that name an unknown rule, do nothing and are reported, as
// are those that suppress nothing; the latter not by go vet and golangci-lint, which do not see
// all findings. //nolint:resilint works, too, and for servers what silences gosec (see above).
//
// Programs that give http.DefaultClient a timeout in main may say so with
// -notimeout.default-client=bounded: no package below main can see it.
//
// # Before and after
//
//	func (c *Catalog) Price(sku string) (*http.Response, error) {
//		return http.Get(c.url + "/albums/" + sku) // hangs if the catalog does
//	}
//
//	var httpClient = &http.Client{Timeout: 30 * time.Second}
//
//	func (c *Catalog) Price(sku string) (*http.Response, error) {
//		return httpClient.Get(c.url + "/albums/" + sku)
//	}
//
// # What the fix does
//
// It sets the field that bounds the client, dialer or server where that is made; calls another function of the library
// (net.DialTimeout, http.NewRequestWithContext, db.PingContext); replaces http.DefaultClient by a client of the package;
// or gives the call a context: the one at hand, or else one with a timeout that ends when the function returns, and
// right after the call where that is in a loop.
//
// How long a download may take, or a function that makes several calls with the context it is passed, is not
// seen here: with -notimeout.unsafe-fixes, or the command's -unsafe-fixes, the client of the former gets 15
// minutes, and the latter what one call gets. There is no fix for a timeout written down as zero, for streams, and
// for a connection whose other end speaks first. Nor where the context would end too early: rows or a transaction
// of database/sql that the function returns, clients that may keep the context they are made with, calls under go
// and defer. Of a finding about all calls of a package that take no context, those in its file are fixed that can
// be; the next run reports the rest.
//
// # Values
//
// The values of the fixes are flags, and a place to start: 30 s for a client
// (-notimeout.timeout) is the median of what maintainers chose in the fixes this rule was
// measured on, 10 s for dialing (-notimeout.dial-timeout) and for a server's read of the
// headers (-notimeout.header-timeout) lie within what they chose. The right value follows
// from how long the caller can wait.
package notimeout
