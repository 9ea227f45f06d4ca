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
//   - goroutine-per-item: a loop over a list that grows with the data starts a goroutine for each item, by go, by an
//     errgroup or a group around one, or by a WaitGroup, and each calls another service or a database. A
//     thousand items are a thousand calls at the same moment. Reported at what starts the goroutine.
//   - pool-unlimited: a program that serves requests opens a pool of connections to a database server (sql.Open,
//     sqlx, gorm, ent), and nothing in the module calls SetMaxOpenConns: there is no limit by default. When
//     the database slows down, each request opens another connection, until the database refuses everyone.
//     Reported at the opening, or where the pool is tuned, if the opening is not seen.
//   - shared-client: one http.Client, whose transport has no MaxConnsPerHost, calls several hosts for requests.
//     Reported where the client is made.
//
// # What is not
//
// Loops over arrays, numbers, constant lists, variadic arguments, slices with an end, channels, settings, and what the
// program consists of (nodes, shards, providers, handlers), as names and types tell; over pages: of calls that
// are told how many items to return, or that ask for a limited number themselves.
//
// Loops that wait for their turn: by a channel of tokens, a semaphore, a limiter, SetLimit, or for each goroutine to
// end; workers that take items out of a channel. Groups that are given to the function, or made by one that is
// given a number. Goroutines that go on until they are told to stop, and those that call nobody.
//
// Pools of databases that are files; pgxpool, which has a limit by default; pools that the function which opens
// them closes, or that are opened for migrations and the like; drivers that are not known. In a module where any
// pool is limited no other is reported.
//
// Under go vet and golangci-lint, which see a package at a time, pools are only reported where package main opens
// them.
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
