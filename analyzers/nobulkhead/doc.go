// Package nobulkhead defines an analyzer that reports what one dependency can take all of.
//
// # Analyzer nobulkhead
//
// nobulkhead: report goroutines, connections and clients that one dependency can take all of
//
// A ship has bulkheads so that one leak does not fill all of it. What a program has of connections, goroutines and
// memory is shared by all requests; where nothing limits how much one dependency may take, the one that is slow
// takes everything.
//
// # What is reported
//
//   - goroutine-per-item: a loop starts a goroutine for each item, by go, by an errgroup or a group around one, or by a
//     WaitGroup, and each calls another service. The list is as long as someone else makes it: it is the answer of a
//     service or a database that was not told how many to return, it is what a request holds, or it is
//     collected from one of these. A thousand items are a thousand calls at the same moment. Reported at what starts
//     the goroutine.
//   - pool-unlimited: a program that serves requests opens a pool of connections to a database server (sql.Open,
//     sqlx, gorm, ent), and nothing calls SetMaxOpenConns: there is no limit by default. When
//     the database slows down, each request opens another connection, until the database refuses everyone.
//     Reported at the opening, or where the pool is tuned, if the opening is not seen.
//   - shared-client: one http.Client, whose transport has no MaxConnsPerHost, calls several hosts for requests.
//     Reported where the client is made.
//
// # What is not
//
// Loops over arrays, numbers, constant lists, variadic arguments, slices with an end, channels, settings, and what the
// program consists of (nodes, shards, providers, handlers), as names and types tell; over pages: of calls that
// are told how many items to return, that ask for a limited number themselves, or whose answer says where its next page
// begins, which nobody looks at; over what lies between two whole numbers (slots, heights, days); over what a request holds, if its
// length is looked at, or its field's tag has a maximum. Lists of which nobody sees where they come from.
//
// Loops that wait for their turn: by a channel of tokens, a semaphore, a limiter, SetLimit, a lock, or for each goroutine
// to end; in the loop, in the goroutine, or in a function that either calls, in whatever package of the module. Workers that take
// items out of a channel. Groups that are given to the function, or made by one that is
// given a number. Goroutines that go on until they are told to stop, and those that call nobody.
//
// Goroutines that call databases or caches alone: their pool of connections is the limit, or pool-unlimited
// says that it is none. Goroutines that each call someone else, at an address that is the item, or a part of it.
//
// Pools of databases that are files; pgxpool, which has a limit by default; drivers that are not known. Pools that
// are opened for something beside requests: for migrations and the like, by a command that serves nobody, or by
// a function that closes them, or whose caller does, unless it starts the server; by one that keeps them to itself, or that
// closes them again before it serves; by a command of several that takes one message after the other, where others
// serve. Pools that a handler opens and closes for each request, itself or by a method
// of what has them. Pools of a program that serves nobody but a queue, one message after the other, and those
// that requests only use while they hold the same lock. Pools that no program of the module is seen to open: of
// libraries, and of functions that nobody calls. The pool that SetMaxOpenConns is called of, if that is seen; where it
// is not seen of which, no pool of the module is reported.
//
// Under go vet and golangci-lint, which see a package at a time, pools are only reported where package main opens
// them.
//
// # Fixes
//
// With -nobulkhead.unsafe-fixes, or the command's -unsafe-fixes. How many is right only who knows the other side can tell:
//
//   - goroutine-per-item: an errgroup that starts nothing else gets SetLimit(8) where it is made; goroutines of no
//     group that can have a limit wait for one of eight tokens, in a channel.
//   - pool-unlimited: the pool gets SetMaxOpenConns(25) once its error has been looked at, or where it is tuned.
//
// # How to silence it
//
// The finding goes away with its cause. Where the list is known to be short, a comment says why, at the end of the
// finding's line or above it:
//
//	//resilint:ignore nobulkhead/goroutine-per-item a rotation has at most ten members
//
// # Before and after
//
//	g, ctx := errgroup.WithContext(ctx)
//	for _, id := range ids {
//		g.Go(func() error { return fetch(ctx, id) })
//	}
//
//	g, ctx := errgroup.WithContext(ctx)
//	g.SetLimit(8)
//	for _, id := range ids {
//		g.Go(func() error { return fetch(ctx, id) })
//	}
//
// # Values
//
// Of goroutines as many as the other side serves at a time for one caller: 8 to 32, if nobody knows. Of connections to
// a database what it allows (max_connections), less some for people, divided by the number of instances of the
// service at its largest; and as many idle ones, so that they are not opened and closed all the time.
package nobulkhead
