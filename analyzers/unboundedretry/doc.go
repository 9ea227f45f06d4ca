// Package unboundedretry defines an analyzer that reports retries that can become a storm.
//
// # Analyzer unboundedretry
//
// unboundedretry: report retries that can become a storm
//
// A retry is a bet that the failure was an accident. Where it was not, because the server has more
// to do than it can, every attempt is more of what it suffers from: the retries keep it down after
// the cause has gone. What makes the difference is how many attempts there are, how far apart, and
// whether all callers make theirs at the same time.
//
// A retry is a loop in which a remote operation has failed (its error or its status was tested), the
// same operation with the same operands is attempted again, and success leaves the loop. It is found
// in the control flow: in a for of any form, a goto, a function that calls itself, a loop in a function
// literal; with the operation in a helper of the module, behind an interface that is given a context,
// or in a field. Or it is the call of a retry library, whose options are read. Names count where the
// code leaves something open, and then for silence (wait, lock, ping, conflict), with one exception: a
// function called retry or the like attempts what its package gives it.
//
// # What is reported
//
//   - no-cap: nothing ends it while the operation fails: no number of attempts, no time, no end of a
//     context; but for a daemon that reconnects (see below). Or a library is told to go on for ever, by a zero that means it, by a missing limit, or
//     by a number of retries that is one less than zero of an unsigned type. A server that is down for
//     an hour finds all of its callers waiting when it comes back, and their goroutines have piled up
//     until then.
//   - no-delay: the next attempt follows at once. All attempts fall into the moment in which the
//     server fails, and a caller multiplies its load by their number when it can take it least. Also a
//     worker's loop whose branch for failures goes back for the next round at once.
//   - constant-delay: the delay stays as it is, however long the operation has failed. Callers that
//     failed together come back together, again and again, with undiminished load. A constant with
//     jitter is fine where there are few attempts. Where the attempts have an end and nothing else is wrong, it is
//     reported as no-jitter is.
//   - no-jitter: the delay grows, but it is the same for all: they come back in waves. By itself it is reported
//     only where those who fail together are seen to be many: a loop starts them side by side, an entry point that
//     serves several at a time comes to it, or it is a library, whose callers decide; and where a retry library
//     has an option for it. A worker by itself is in step with nobody. Up to four attempts are left alone, if they are over within a quarter of a minute.
//   - overflow: the delay grows by a factor and has no ceiling, and there are enough attempts for it
//     to pass an hour. In the program's own arithmetic it is negative after 63 doublings at the latest, which is no
//     delay at all.
//   - ignores-context: time.Sleep between two attempts in a function that has been given a context, or
//     is an HTTP handler, whose request has one. A caller who has gone, or a shutdown, waits until
//     the sleep is over. Likewise a library that takes a context and is not given it.
//   - permanent-error: it repeats what the server has refused, as the loop's own test of the status
//     shows: 400, 401, 403, 405, 422. (408, 409, 425 and 429 may pass, and 404 is waited for.)
//   - body-reuse: the request is made once and sent several times, but its body can be read once.
//     The next attempt fails (ContentLength=5 with Body length 0), or sends no body and succeeds;
//     Client.Do does not call GetBody when a caller sends a request again. Reported where it is sent.
//   - requeue: a message whose handling fails is put back at once and for ever, with no delay, no limit
//     of deliveries and no dead letters: one that can never be handled keeps its consumer busy from
//     then on. Reported where it is put back.
//   - nested: what is retried retries by itself, in another function or package or as a client that
//     does. The attempts multiply, which is said: up to 3 × 4 = 12 attempts.
//
// A loop is one finding, under the worst of its codes in the order in which they matter (no-cap,
// no-delay, nested, permanent-error, overflow, constant-delay, no-jitter, ignores-context); the message
// says what else is wrong with it, and what to do. It stands at the header of the loop, at the label
// of a goto, at the call of a function that calls itself, at the call of a library or where its policy is made.
//
// # What is not
//
// What only looks like a retry. Loops that success does not leave, or only for as long as all is well
// (what watches over a server or a connection, and starts it again): accept loops, workers, consumers,
// tickers, bursts of requests (a branch for failures that spins is reported all the same). Loops that
// make another request each time: pages, items, a list of servers, of which the next takes over where
// one fails, or a case for each of several services. What handles a message or a request that has arrived, as
// the name of a function value or of its type says, or of an interface of the module or of its method (HandleEvent).
// Waiting for something to come about: a state, a port, a health check, a database that starts, a lock, one's turn to lead. A loop waits, even if it goes on after failures as well, where
// what it attempts makes its own error of an answer that has come ("not done", nothing found in a list);
// where it goes on for one text or error alone that says what is not so yet (as gRPC does by NotFound, AlreadyExists, FailedPrecondition and Aborted), because nobody listens yet, or
// for a 4xx other than 408, 425 and 429; where it waits before the very first attempt; where nobody looks at more of the answer than whether there is one, or only a log does and
// the server is the program's own; where it starts the program that it talks to. Contention:
// compare-and-swap, transactions that another one came between (40001, 1213, a conflict by any name, a
// function that looks at the database's code to say what is worth another attempt),
// something that is read, changed and written back, EINTR. What does not leave the process (to open a UDP socket, or a
// gRPC connection without WithBlock, sends nothing): nor what need
// not, as statements where the only SQL driver is SQLite's, and methods of an interface that a type beside
// it has with a map or a file of its own. A program that is run is none that is called: nor is a function value that the
// package makes, for its type or its field, of what runs one.
//
// Reconnecting is a retry that is meant to go on. Where a daemon gives itself back the connection that it has lost (in a
// round of a loop that waits for what happens, or in a goroutine after that), and where a loop keeps a session (one
// within it goes on with what was opened, and leads back when that is lost), nobody waits for it: it is no no-cap. Its
// delay has to grow to a ceiling, and to have jitter. The same goes for whatever opens a connection, unless many are seen to
// wait for it: what a daemon does may be spread over functions. And for what a goroutine of its own does, with a delay. A request that waits until somebody has reconnected, or
// whoever uses a library that does, waits for ever. Anybody else may go on as long as a context or a channel can end it, and its delay grows to a ceiling and has
// jitter.
//
// What is true and changes nothing. One attempt more is no storm (but for nested, where it multiplies).
// Five attempts at the same distance are no load to speak of if that is a second or more, and any number
// if it is half a minute: that is no constant-delay, and the latter no no-jitter. Four attempts whose delay
// grows are over before their callers have fallen into step, if that is within a quarter of a minute: no no-jitter either, where nothing else is wrong.
// Nor is either where a circuit breaker is asked in the same function, or whatever runs the function in its
// package goes through one, or through a retry budget: it decides how many reach a server that fails. Sleeps that are over within five seconds in all
// hold up no shutdown by themselves, whatever an attempt waits for in itself; nor do those of which nobody knows how long they
// last, because that is a setting without a default: who sets it may well say little. (Of a number of attempts that is one, four are taken to
// be made; where the package has a default for it, that counts.) What main, init or a command (cobra, urfave/cli, in any
// package, if nothing else calls it) runs once when the program starts has one caller, whom whoever started it
// sees: there, waiting for what the program needs is no fault if the attempts are not made at once. The way from
// main may go through other packages, which the standalone command sees of loops; go vet and golangci-lint report such a
// wait where other packages can call it. The same goes for migrations of a database's tables.
//
// What cannot be decided counts as right. In particular: a delay that a function value, an interface
// or another module computes; one that stays the same and is a parameter, a flag, or a field for which
// the package has no value of its own, since whoever sets it says how much load it is; a limiter; a number
// of attempts that somebody else counts; a predicate that says what is worth another attempt; a delay
// that the server has given (Retry-After). Operations that are behind an interface and take no context are
// unknown. Test files, packages, types and functions that serve tests (by what they import, where they
// lie, or what their comment says), generated files and examples are left alone, as by every rule.
//
// # How to silence it
//
// The finding goes away with its cause. Where a retry is right as it is, a comment says why, at the
// end of the finding's line or above it:
//
//	//resilint:ignore unboundedretry/constant-delay one caller, once a night
//
// # Before and after
//
//	for {
//		resp, err := client.Do(req)
//		if err == nil {
//			return resp, nil
//		}
//		time.Sleep(time.Second)
//	}
//
//	delay := 100 * time.Millisecond
//	for attempt := 1; ; attempt++ {
//		resp, err := client.Do(req)
//		if err == nil {
//			return resp, nil
//		}
//		if attempt == 3 {
//			return nil, fmt.Errorf("after %d attempts: %w", attempt, err)
//		}
//		select {
//		case <-time.After(rand.N(delay)): // math/rand/v2
//		case <-ctx.Done():
//			return nil, ctx.Err()
//		}
//		delay = min(2*delay, 5*time.Second)
//	}
//
// # What the fix does
//
// There are two styles, and -unboundedretry.fixstyle chooses. With the standard library (std): a
// select with ctx.Done() in place of time.Sleep, jitter on the delay, a ceiling for what doubles, a delay that
// doubles where it stayed as it was and only a context ends the attempts, req.Body from req.GetBody() before each
// attempt; in a policy of a retry library, its own option for jitter. With resilint's own runtime (runtime): the loop
// becomes retry.Do(ctx, retry.Policy{…}, …), which does all of it, and keeps a budget. A loop
// without a limit gets that package's own, three attempts: look whether that is what you want.
//
// A fix mends all that the finding names, or there is none. Numbers of attempts are not invented
// with the standard library, nor a place for the budget.
//
// # Values
//
// The rule has none of its own. These are a place to start.
//
// Three attempts are common, and what the AWS SDK makes; gRPC allows no more than five.
//
// The delay is any time up to a limit that doubles with each attempt and has a ceiling of seconds
// ("full jitter", what gRPC does). Without a ceiling, ten doublings of a second are 17 minutes,
// which nobody waits for.
//
// A cap bounds what one request can do; a budget bounds what all of them do together. Three
// attempts triple the load of a server that is down, at the time at which it can bear it least. A budget
// lets through retries worth 10 to 20 % of the requests that succeed, and none beyond: the load
// then grows by a fifth, not threefold. Envoy's retry_budget is 20 %; gRPC's retryThrottling and the AWS
// SDK's token bucket do the same; the package runtime/retry of this repository has one, too.
//
// Retry at one layer, the one that knows whether it makes sense, usually the one next to the server that
// fails. Three layers with four attempts each are 64 calls of the innermost one for a single
// click. The others pass the failure on.
//
// Retry what may succeed: connections that broke, 408, 425, 429, 5xx. A server that says when to
// come back (Retry-After, grpc-retry-pushback-ms) knows better than any formula.
package unboundedretry
