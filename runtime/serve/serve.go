// Package serve runs HTTP servers, and ends them so that a deploy drops no request: when the
// process is told to stop, it first says that it is not ready, goes on serving until that has
// gone round, then lets the requests in flight finish, and only then takes down what they use.
// All of it is bounded, so that it is over before the orchestrator loses its patience.
//
//	func main() {
//		…
//		err := serve.Run(context.Background(), serve.Server(":8080", mux), serve.Options{
//			Ready: ready, // the *health.Readiness that mux serves as /readyz
//			OnShutdown: []func(context.Context) error{
//				func(context.Context) error { return db.Close() },
//				tracing.Shutdown,
//			},
//		})
//		if err != nil {
//			slog.Error("orders", "err", err)
//			os.Exit(1)
//		}
//	}
package serve

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/resilint/resilint/runtime/health"
)

// Limits of a [Server].
const (
	// DefaultReadHeaderTimeout is 5 s for the request line and the headers: whoever is slower
	// wants to hold a connection (Slowloris). The value is ours.
	DefaultReadHeaderTimeout = 5 * time.Second
	// DefaultReadTimeout is 30 s for the whole request, its body included. The value is ours.
	DefaultReadTimeout = 30 * time.Second
	// DefaultWriteTimeout is 60 s from the end of the request's headers to the end of the
	// response, which is also the most that a handler can make use of. The value is ours: twice
	// the time that a request may take to arrive.
	DefaultWriteTimeout = 60 * time.Second
	// DefaultIdleTimeout is 120 s between two requests of a connection, as in Cloudflare's "So
	// you want to expose Go on the Internet". It must be longer than a proxy in front keeps its
	// connections, or else requests meet one that is just being closed, which the proxy answers
	// with 502: AWS's ALB keeps them for 60 s, but Google's for 600 s; set 620 s behind that.
	DefaultIdleTimeout = 120 * time.Second
	// DefaultMaxHeaderBytes is 1 MiB, which is http.DefaultMaxHeaderBytes.
	DefaultMaxHeaderBytes = 1 << 20
)

// Limits of a shutdown: with these it takes 27 s at most, which is less than the 30 s after which
// Kubernetes (terminationGracePeriodSeconds) kills.
const (
	// DefaultDrainDelay is 5 s. The value is ours. Kubernetes takes a pod out of its services
	// while it sends the SIGTERM, not before, and it takes seconds until every proxy and load
	// balancer knows.
	DefaultDrainDelay = 5 * time.Second
	// DefaultShutdownTimeout is 20 s. The value is ours: what the 30 s leave.
	DefaultShutdownTimeout = 20 * time.Second
)

// ErrForced is the reason for cutting something off, to errors.Is, if that was a second signal.
var ErrForced = errors.New("forced by a second signal")

// Server returns a server for addr ("host:port", or ":port") and h (nil means
// http.DefaultServeMux) on which no client can hold a connection for ever. Its limits are the
// Default constants of this package.
//
// Unset WriteTimeout where responses are meant to go on: server-sent events, streams, long
// downloads, and profiles of a minute or more from net/http/pprof, which refuses to make one that
// would outlast the timeout. That is better done for one handler than for the server:
//
//	http.NewResponseController(w).SetWriteDeadline(time.Time{})
//
// and likewise SetReadDeadline for long uploads. Connections that were hijacked, websockets
// among them, have no limit of the server's any more.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: DefaultReadHeaderTimeout,
		ReadTimeout:       DefaultReadTimeout,
		WriteTimeout:      DefaultWriteTimeout,
		IdleTimeout:       DefaultIdleTimeout,
		MaxHeaderBytes:    DefaultMaxHeaderBytes,
	}
}

// Options say how [Run] and [All] serve and stop. The zero Options are good ones, but for Ready,
// which they cannot know.
type Options struct {
	// Ready is what answers readiness probes. It says no from the moment on when the process
	// is told to stop. nil means that nobody is told.
	Ready *health.Readiness
	// DrainDelay is how long requests are still accepted after that. 0 means
	// [DefaultDrainDelay], a negative one none: for programs behind no load balancer, and tests.
	DrainDelay time.Duration
	// ShutdownTimeout is how long the requests in flight, the workers and then the hooks may
	// take together, after the drain. 0 and less mean [DefaultShutdownTimeout]. Where requests
	// or workers have used it up, the hooks get 2 s nevertheless.
	ShutdownTimeout time.Duration
	// OnShutdown are called when all requests are answered or cut off, and the workers have
	// returned or are left behind: the last one first, as with defer, and each after the one
	// before has returned. Their context ends with the time that is left; one that does not
	// return then is left behind, too. They are always called, also if a server failed, or none
	// could be started.
	OnShutdown []func(context.Context) error
	// Workers are what the process does besides answering requests, such as consuming a queue.
	// Each is called on a goroutine of its own when all servers listen. Its context ends at the
	// beginning of the drain; it should then finish what it has begun, and return. One that
	// returns an error before that stops everything, as a server that fails does; nil means
	// that it has nothing left to do. Its panic is not recovered, as on any goroutine.
	Workers []func(context.Context) error
	// Listen opens a server's listener. nil means a TCP listener on its Addr, where "" is
	// ":http", or ":https" with TLS. It must not do TLS itself if the server's TLSConfig does.
	Listen func(ctx context.Context, srv *http.Server) (net.Listener, error)
	// Signals is where the signals to stop come from. nil means the SIGTERM and SIGINT that the
	// process gets. It is for programs that are told in another way, and for tests in a
	// testing/synctest bubble, where package os/signal does not work. To close it is no signal.
	Signals <-chan os.Signal
	// Logger is told of the phases, at level INFO: "serving", "draining", "shutting down",
	// "stopped". nil means slog.Default().
	Logger *slog.Logger
}

// Run listens and serves, with TLS if srv.TLSConfig has certificates, until the process gets a
// SIGTERM or SIGINT, or ctx ends. Then
//
//  1. o.Ready turns to "shutting down", and the context of o.Workers ends;
//  2. for o.DrainDelay requests are accepted as before, while everybody in front hears of it.
//     Responses ask to close their connections, so that the next request goes elsewhere;
//  3. srv.Shutdown closes the listener, and waits for the requests in flight. Their contexts
//     have not ended so far. Those that are not answered in time are cut off: their contexts
//     and connections end;
//  4. o.OnShutdown are called.
//
// A second signal forces: it ends all waits, and connections are closed at once.
//
// Run returns nil if all this went well. Otherwise it is the errors of all that failed, joined:
// the server's, if it could not listen or serve; context.DeadlineExceeded, or [ErrForced], with
// what was cut off; those of workers and hooks. It never ends the process. If ctx has ended before,
// only the hooks are called.
//
// Shutdown knows nothing of hijacked connections, and Run does not wait for them. A websocket
// handler has to be told by what srv.RegisterOnShutdown was given, which is called in step 3; the
// contexts of such requests end when Run returns. To wait for them is work for a hook.
//
// Run wraps srv.Handler and srv.BaseContext, and leaves the rest of srv as it is: a server that
// has no timeouts gets none here, see [Server]. As after every Shutdown, srv cannot serve again.
// Contexts of requests have the values of ctx, but do not end with it, unless srv.BaseContext
// says otherwise.
func Run(ctx context.Context, srv *http.Server, o Options) error { return All(ctx, o, srv) }

// All is [Run] for any number of servers, such as one for the API and one for metrics, which
// start and stop together. None serves before all listen: if one of them cannot, All returns its
// error. If one fails later, or is shut down by somebody else, which is no error, the others are
// stopped as by a signal. Without servers, All ends when all workers have returned, too.
func All(ctx context.Context, o Options, servers ...*http.Server) error {
	if o.Signals == nil {
		signals := make(chan os.Signal, 2) // the second one may come while nobody reads the first
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
		defer signal.Stop(signals)
		o.Signals = signals
	}
	g := &group{o: o, log: o.Logger}
	if g.log == nil {
		g.log = slog.Default()
	}
	return g.run(ctx, servers)
}
