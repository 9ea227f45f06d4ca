// Package nohealth defines an analyzer that reports programs of which an orchestrator cannot tell whether
// they work.
//
// # Analyzer nohealth
//
// nohealth: report servers without a health check, and liveness checks that depend on others
//
// An orchestrator asks two things. Is the process ready for requests? While it is not, it gets none. Is it
// alive? If it is not, it is killed and started anew. With nothing to ask, a process that
// has deadlocked, or has not loaded its data yet, gets requests as long as its port accepts connections.
// And a liveness check that asks a database answers for the database: when that is slow for half a minute, every
// instance is restarted, and all come back at once, with cold caches, to what was slow already.
//
// What it reports are notes: decisions for you to take. resilint prints them and exits 0; under go vet
// and golangci-lint the rule is off unless .resilint.yml, or the linter's settings, switch it on.
//
// # What is reported
//
//   - none: a program serves clients, and has no route, service or library by which it could say how it is.
//     Reported where its server starts, once a program.
//   - liveness-remote: the handler of a route that is there for liveness makes a remote call, itself or through
//     others. Reported where the route is registered.
//
// # What is not
//
// Anything that looks like an answer: a route with health, live, ready, heartbeat, ping, status or up in its
// path, a handler with such a name, gRPC's health service, libraries of health checks, a path of that kind
// in any string of the program, a probe of any sort in a manifest, a Dockerfile or a Compose file of the
// module: whoever wrote it has thought about it.
//
// A function with such a name that answers requests, a library's middleware too, an action named ping, checks of
// monit, Consul and load balancers are answers as well.
//
// Programs after which nobody looks who could ask: the module has no Dockerfile, no Compose file that builds it, no
// workload of Kubernetes, except for tests, or, where several of its programs serve, they do not mention this one. Programs
// that listen on localhost unless a flag says otherwise, and modules whose README says that they are for tests only, or programs
// of which it says that they stand in for a service of others.
//
// Workers that serve nothing but metrics, servers that only the machine itself can connect to, functions of Lambda
// and App Engine, libraries, tests, examples, and toys: where the module has no Dockerfile, no manifest and
// listens to no signal, and the program has no more than two routes.
//
// A route is there for liveness if its path says so (livez, live, liveness, alive), or if the livenessProbe of a manifest
// in the module asks for it, and it is not the root, which may be another program's. A path like /healthz may be either, and is left alone without such a manifest.
//
// Under go vet and golangci-lint only liveness-remote is reported, of paths that say it themselves: the module's
// other packages and files, which may answer, are not seen there.
//
// # How to silence it
//
// A comment says why, at the end of the finding's line or above it:
//
//	//resilint:ignore nohealth/none systemd restarts it when it ends, and nobody else looks
//
// # Before and after
//
//	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, r *http.Request) {
//		if err := db.PingContext(r.Context()); err != nil {
//			http.Error(w, err.Error(), http.StatusServiceUnavailable)
//		}
//	})
//
//	mux.HandleFunc("GET /livez", func(http.ResponseWriter, *http.Request) {}) // 200: it answers
//	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
//		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
//		defer cancel()
//		if err := db.PingContext(ctx); err != nil {
//			http.Error(w, "database", http.StatusServiceUnavailable)
//		}
//	})
//
// # Values
//
// The rule has none. Kubernetes asks every 10 seconds, waits for one second, and acts after three failures,
// unless the probe says otherwise. Even in readiness, a dependency that all instances share takes all
// of them out at once: ask for what this instance alone can lack.
package nohealth
