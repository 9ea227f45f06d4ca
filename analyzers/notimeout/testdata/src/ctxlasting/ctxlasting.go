// Package ctxlasting passes contexts that last as long as the process, a server or a worker to functions that also make a request: no deadline is right for those, all silent.
package ctxlasting

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Server registers itself, then serves until it is told to stop.
type Server struct {
	http  http.Server
	peers []string
}

func (s *Server) Run(ctx context.Context) error {
	if err := fetch(ctx, "http://registry.internal/register"); err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		s.http.Close()
	}()
	s.http.ReadHeaderTimeout = time.Second
	return s.http.ListenAndServe()
}

// Listen passes its context on to every connection.
func (s *Server) Listen(ctx context.Context, l net.Listener) error {
	if err := fetch(ctx, "http://registry.internal/register"); err != nil {
		return err
	}
	srv := &http.Server{ReadHeaderTimeout: time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	return srv.Serve(l)
}

// Wait blocks until the process ends.
func (s *Server) Wait(ctx context.Context) {
	fetch(ctx, "http://registry.internal/hello")
	<-ctx.Done()
}

// OnStop acts when the process ends.
func (s *Server) OnStop(ctx context.Context) {
	fetch(ctx, "http://registry.internal/hello")
	context.AfterFunc(ctx, func() { s.http.Close() })
}

// Worker takes jobs, one after the other.
type Worker struct {
	ctx  context.Context
	jobs chan string
	wg   sync.WaitGroup
}

func NewWorker(ctx context.Context) *Worker {
	fetch(ctx, "http://queue.internal/hello")
	return &Worker{ctx: ctx, jobs: make(chan string)}
}

func (w *Worker) Attach(ctx context.Context) {
	w.ctx = ctx
	fetch(ctx, "http://queue.internal/attach")
}

func (w *Worker) Start(ctx context.Context) {
	fetch(ctx, "http://queue.internal/start")
	go w.Loop(ctx)
}

func (w *Worker) Group(ctx context.Context) {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		fetch(ctx, "http://queue.internal/one")
	}()
	w.wg.Wait()
}

func (w *Worker) Errgroup(ctx context.Context, urls []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, url := range urls {
		g.Go(func() error { return fetch(ctx, url) })
	}
	return g.Wait()
}

func (w *Worker) Loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-w.jobs:
			if err := fetch(ctx, job); err != nil {
				return
			}
		}
	}
}

func (w *Worker) Range(ctx context.Context) error {
	for job := range w.jobs {
		if err := fetch(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

func (w *Worker) Tick(ctx context.Context) {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for range ticker.C {
		fetch(ctx, "http://queue.internal/beat")
	}
}

func (w *Worker) Until(ctx context.Context) {
	for ctx.Err() == nil {
		fetch(ctx, "http://queue.internal/next")
		time.Sleep(time.Second)
	}
}

// All goes over items: how many there are, and how long that may take, is for its callers.
func (w *Worker) All(ctx context.Context, urls []string) error {
	for _, url := range urls {
		if err := fetch(ctx, url); err != nil {
			return err
		}
	}
	return nil
}

// Done polls until something has happened.
func (w *Worker) Done(ctx context.Context, url string) {
	for done := false; !done; {
		done = fetch(ctx, url) == nil && time.Now().Minute() == 0
		time.Sleep(time.Second)
	}
}

// Handle keeps its context for the requests that come in.
func Handle(ctx context.Context, mux *http.ServeMux) {
	fetch(ctx, "http://registry.internal/handle")
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) { fetch(ctx, "a") })
}

// Main has one context, for all of the process.
func Main(mux *http.ServeMux, l net.Listener) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	Handle(ctx, mux)
	w := NewWorker(ctx)
	w.Attach(ctx)
	w.Start(ctx)
	w.Group(ctx)
	w.Errgroup(ctx, nil)
	w.Range(ctx)
	go w.Loop(ctx)
	go w.Tick(ctx)
	go w.Until(ctx)
	w.All(ctx, nil)
	w.Done(ctx, "a")
	s := &Server{}
	s.OnStop(ctx)
	go s.Wait(ctx)
	go s.Listen(ctx, l)
	return serve(ctx, s)
}

// serve only hands it on.
func serve(ctx context.Context, s *Server) error { return s.Run(ctx) }
