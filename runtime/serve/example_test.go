package serve_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/resilint/resilint/runtime/health"
	"github.com/resilint/resilint/runtime/serve"
)

// The main function of a service. It exits with 1 only if something was lost.
func ExampleRun() {
	ready := health.Ready()
	mux := http.NewServeMux()
	mux.Handle("GET /livez", health.Live())
	mux.Handle("GET /readyz", ready)
	mux.HandleFunc("GET /orders", func(http.ResponseWriter, *http.Request) {})

	err := serve.Run(context.Background(), serve.Server(":8080", mux), serve.Options{
		Ready: ready,
		OnShutdown: []func(context.Context) error{
			func(context.Context) error { return nil /* db.Close() */ },
		},
	})
	if err != nil {
		slog.Error("orders", "err", err)
		os.Exit(1)
	}
}

// Two servers, and something else to do. What was opened first is closed last.
func ExampleAll() {
	api := serve.Server("127.0.0.1:0", http.NotFoundHandler())
	metrics := serve.Server("127.0.0.1:0", http.NotFoundHandler())
	ctx, cancel := context.WithCancel(context.Background())
	err := serve.All(ctx, serve.Options{
		DrainDelay: -1, // there is no load balancer in front of an example
		Workers: []func(context.Context) error{func(ctx context.Context) error {
			fmt.Println("consuming")
			cancel() // what a signal does otherwise
			<-ctx.Done()
			fmt.Println("consumer stopped")
			return nil
		}},
		OnShutdown: []func(context.Context) error{
			func(context.Context) error { fmt.Println("database closed"); return nil },
			func(context.Context) error { fmt.Println("traces flushed"); return nil },
		},
		Logger: slog.New(slog.DiscardHandler),
	}, api, metrics)
	fmt.Println(err)
	// Output:
	// consuming
	// consumer stopped
	// traces flushed
	// database closed
	// <nil>
}

// A test of a program's shutdown needs neither the process's signals nor a port that is known.
func ExampleOptions() {
	signals := make(chan os.Signal, 1)
	url := make(chan string, 1)
	go func() {
		resp, err := http.Get(<-url)
		fmt.Println(resp.Status, err)
		_ = resp.Body.Close()
		signals <- syscall.SIGTERM
	}()
	ready := health.Ready()
	err := serve.Run(context.Background(), serve.Server("", ready), serve.Options{
		Ready:      ready,
		DrainDelay: -1,
		Signals:    signals,
		Listen: func(context.Context, *http.Server) (net.Listener, error) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err == nil {
				url <- "http://" + l.Addr().String()
			}
			return l, err
		},
		Logger: slog.New(slog.DiscardHandler),
	})
	fmt.Println(err, ready.Draining())
	// Output:
	// 200 OK <nil>
	// <nil> true
}

// A handler that streams has no use for the server's WriteTimeout.
func ExampleServer() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		if err := rc.SetWriteDeadline(time.Time{}); err != nil {
			http.Error(w, "no streams here", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		for {
			select {
			case <-r.Context().Done():
				return
			case now := <-time.After(time.Second):
				fmt.Fprintf(w, "data: %v\n\n", now)
				_ = rc.Flush()
			}
		}
	})
	srv := serve.Server(":8080", mux)
	fmt.Println(srv.ReadHeaderTimeout, srv.ReadTimeout, srv.WriteTimeout, srv.IdleTimeout)
	// Output: 5s 30s 1m0s 2m0s
}
