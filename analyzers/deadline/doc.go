// Package deadline defines an analyzer that reports timeouts that contradict each other.
//
// # Analyzer deadline
//
// deadline: report timeouts that contradict each other, and contexts that are left out
//
// A timeout is a promise to whoever waits. One inside another has to be the shorter of the two,
// or it is a number that never counts: the caller is gone, and what was to happen then (the error,
// the retry, the cached answer) does not. And a caller who has gone must be able to say so: work
// for nobody is what an overloaded service has least time for.
//
// This rule adds up what constants say, and finds the calls that do not listen to their caller.
//
// # What is reported
//
//   - inverted: a timeout is longer than the one around it. A context gets a deadline after the one
//     of its parent; a client has a longer timeout than every context it is used under; a handler
//     waits for a peer longer than the WriteTimeout of its server, or its http.TimeoutHandler,
//     gives it to answer. Reported at the inner one.
//   - retries-exceed: attempts, each with its timeout, and the delays between them take longer
//     together than the deadline around the loop, so that the last ones are cut off or never
//     happen. Reported at the loop, with the sum. Also a client with a Timeout whose transport
//     repeats requests: the timeout covers all tries, so that one that hangs is the last. Reported
//     at the Timeout.
//   - detached: context.Background, context.TODO, or http.NewRequest, which takes no context, for a
//     remote call in a function that has been given a context, or is an HTTP handler, whose request
//     has one. When the caller goes away, or its deadline passes, the call goes on. It may be made
//     by another function, in this package or another. Reported where the context is made.
//   - ignored: the context of a call has a deadline that its client does not heed, and that is over
//     before the client gives up by itself. go-redis waits for as long as ReadTimeout says, whatever
//     the context does, unless ContextTimeoutEnabled is set. Reported where its options are made, in
//     the package of the call.
//
// # What is not
//
// Numbers that are not constants, or of which there are several. A deadline that only some of the
// callers give. The phases of a connection (Dialer.Timeout, TLSHandshakeTimeout,
// ResponseHeaderTimeout) next to a client's Timeout: the longer of the two does no harm. A client
// that other packages may use, too, and handlers whose server is put together in another package,
// that set a write deadline of their own or take the connection over. Options of go-redis that come
// from elsewhere (ParseURL), and commands with a timeout of their own (BLPOP, XREAD).
//
// A context is left out for good reason in a goroutine, in a deferred call, and in functions that
// clean up, which their names tell (rollback, unlock, release, shutdown, flush, close, cancel and
// the like); after a look at whether the context is over; when what comes of the call is kept for
// others, in a field or a package-level variable; and where a comment at the place or on the function
// speaks of contexts or of cancellation. Or where the code says it: context.WithoutCancel(ctx) is the
// deliberate way, keeps the values of the context, and is never reported. Nor is a context that has
// got a deadline, context.WithTimeout(context.Background(), d), or a cancel function that is called
// for a reason: somebody has decided how long it may take. Nor one from a field or a package-level
// variable, and nor is what a function does whose context parameter is called _.
//
// Nor is a context that notimeout reports: without a deadline it lets a call hang for ever, and that
// is the finding. (A client without a timeout is another one, somewhere else: both are to be mended.)
// Test files, generated files and examples are left alone, as by every rule, and so is code that
// nothing in the module runs, where the whole of it is seen.
//
// # How to silence it
//
// For a call that must not end with its caller, context.WithoutCancel says so, best together with a
// deadline of its own:
//
//	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
//
// Otherwise a comment says why, at the end of the finding's line or above it:
//
//	//resilint:ignore deadline/inverted the admin's port has no WriteTimeout
//
// # Before and after
//
//	func (h *Orders) Show(w http.ResponseWriter, r *http.Request) {
//		album, err := h.catalog.Album(context.Background(), r.PathValue("sku"))
//
//	func (h *Orders) Show(w http.ResponseWriter, r *http.Request) {
//		album, err := h.catalog.Album(r.Context(), r.PathValue("sku"))
//
// # Values
//
// The rule has none of its own. Where two numbers contradict each other, the outer one is usually
// what somebody was promised: the attempts, the delays and the timeout of each are to fit into it.
package deadline
