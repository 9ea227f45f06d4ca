// Package noshutdown defines an analyzer that reports servers that a deploy cuts off.
//
// # Analyzer noshutdown
//
// noshutdown: report servers that drop their requests when a deploy stops them
//
// A deploy sends SIGTERM to every old process, and SIGKILL after a while: 30 seconds under Kubernetes,
// unless the pod says otherwise, 10 under Docker. A Go program that does nothing about SIGTERM ends at once,
// with the requests that it is answering: each of their clients sees a connection reset, at every deploy,
// every scale-down and every drained node. One that listens to it has that time to answer what it has
// begun: Shutdown closes the listener, and returns when the last request is answered.
//
// The rule looks at programs: a main package and all that it is linked from. What a package of the
// module does to stop a server counts for all servers of its kind in the program.
//
// # What is reported
//
//   - never: a server is started, and nothing in the program shuts down a server of its kind. Reported at
//     the start, once a package and kind; where others are started, they are related.
//   - unbounded: Shutdown is called with context.Background(). One request that hangs, or one client that
//     keeps a stream open, keeps it waiting until the orchestrator kills the process, and nothing that
//     stands after it is done. Reported at the call. A goroutine that calls it, and tells nobody when it is done, keeps
//     nothing waiting: the program ends with the requests in flight, whatever the context, and this is not reported.
//   - fatal: log.Fatal, or its like, is given what ListenAndServe returns. That is http.ErrServerClosed as
//     soon as Shutdown is called, so the process ends while Shutdown is still waiting for requests, and
//     deferred calls are skipped. Reported at the call that ends the process.
//   - interrupt-only: the program shuts its server down on SIGINT, which is Ctrl-C, and not on SIGTERM, which
//     is what orchestrators send. os.Kill is no help: no process sees it. Reported at the call of Notify.
//
// # What is not
//
// Libraries, which offer a server for others to start, tests, examples, and programs that stand in for others
// (mock-server), or of which the README, that of the
// module or one beside the program, says that they are for tests or an example; those of which the module's README says,
// beside their name, that they are a dummy, or simulate a service of others. A module that is merely called an example may
// well be run. Servers that are started if a flag says
// that the program is being developed. Servers for others than clients: metrics, profiles, probes, redirects, callbacks of a login, as their
// names, their ports or their routes say, a handler of metrics by whatever path. Programs that answer nothing but these, or have no
// route at all yet. Servers that only the machine itself can connect to. Toys: where
// the module has no Dockerfile, no manifest and listens to no signal, and the program has no more than two routes.
//
// What shuts down by itself: servers of go-zero, kratos and hertz, programs of Lambda and App Engine, and those
// that are restarted by tableflip, endless and their likes. A server that is passed to a library which is not known,
// or is held behind an interface by which it can be stopped, or whose listener is closed, is taken to be stopped.
// Close and gRPC's Stop count: whoever calls them has decided to drop what is in flight. A program that sleeps for seconds
// after its SIGTERM, and serves meanwhile, answers what it has begun.
//
// Under go vet and golangci-lint, which see a package and those that it imports, servers that a library of the module
// starts are silent, and so are programs with few routes that listen to no signal: whether
// there is a Dockerfile, they do not see.
//
// # Fixes
//
// Shutdown gets a context with a deadline (unbounded), http.ErrServerClosed is told from other errors (fatal), SIGTERM stands
// beside SIGINT (interrupt-only): these are safe.
//
// With -noshutdown.unsafe-fixes, or the command's -unsafe-fixes, in a module that requires resilint's runtime, or with
// -fixstyle=runtime, serve.Run runs the server (never), if main waits for it to end, it is the only one, and it is an
// http.Server, http.ListenAndServe or gin's Run. The program then goes on serving for some seconds after its SIGTERM. A
// server that has to be made has serve.Server's timeouts, which a handler that streams has to lift.
//
// # How to silence it
//
// The finding goes away with its cause. Where a server may be cut off, a comment says why, at the end
// of the finding's line or above it:
//
//	//resilint:ignore noshutdown/never its only client repeats what was cut off
//
// # Before and after
//
//	func main() {
//		http.HandleFunc("POST /orders", createOrder)
//		log.Fatal(http.ListenAndServe(":8080", nil))
//	}
//
//	func main() {
//		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
//		defer stop()
//		http.HandleFunc("POST /orders", createOrder)
//		srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: 10 * time.Second}
//		failed := make(chan error, 1)
//		go func() { failed <- srv.ListenAndServe() }()
//		select {
//		case err := <-failed:
//			log.Fatal(err)
//		case <-ctx.Done():
//		}
//		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
//		defer cancel()
//		if err := srv.Shutdown(ctx); err != nil {
//			log.Print(err)
//		}
//	}
//
// # Values
//
// The fix gives Shutdown 10 seconds. What is right is less than the time between SIGTERM and SIGKILL
// (terminationGracePeriodSeconds, 30 by default, less what a preStop hook takes), and more than the
// slowest request takes. A pod gets requests for some seconds after its SIGTERM, until every proxy has heard that it
// goes: a program that answers its readiness probe with an error and waits for 5 seconds before Shutdown
// drops none of them.
package noshutdown
