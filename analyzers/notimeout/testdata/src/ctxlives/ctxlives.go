// Package ctxlives passes contexts that live as long as the process, a server or a worker:
// whoever makes them has no business setting a deadline.
package ctxlives

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"time"

	"ctxpass/store"
	"golang.org/x/sync/errgroup"
)

func Goroutine(ctx context.Context, s *store.Store) { go s.Load(ctx, "a") }

func Literal(ctx context.Context, s *store.Store) {
	go func() { s.Load(ctx, "a") }()
}

func Grouped(ctx context.Context, s *store.Store) error {
	var g errgroup.Group
	g.Go(func() error { return s.Load(ctx, "a") })
	return g.Wait()
}

func Worker(ctx context.Context, s *store.Store, jobs <-chan string) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			s.Load(ctx, job)
		}
	}
}

func Channel(ctx context.Context, s *store.Store, jobs <-chan string) {
	for job := range jobs {
		if err := s.Load(ctx, job); err != nil {
			return
		}
	}
}

// Serve fetches once, then works: its context is the process's all the same.
func Serve(ctx context.Context, s *store.Store) error {
	if err := s.Load(ctx, "configuration"); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func Ticks(ctx context.Context, s *store.Store) error {
	s.Load(ctx, "first")
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			println("tick")
		}
	}
}

type Keeper struct {
	ctx context.Context
	s   *store.Store
}

func NewKeeper(ctx context.Context, s *store.Store) *Keeper {
	s.Load(ctx, "first")
	return &Keeper{ctx, s}
}

func (k *Keeper) Load() error { return k.s.Load(k.ctx, "a") }

func Handler(ctx context.Context, s *store.Store) {
	s.Load(ctx, "first")
	http.HandleFunc("/", func(http.ResponseWriter, *http.Request) { s.Load(ctx, "a") })
}

type runner interface{ Run(context.Context) error }

func Runs(ctx context.Context, s *store.Store, r runner) error {
	s.Load(ctx, "first")
	return r.Run(ctx)
}

// Job runs what it is given, for as long as that takes.
func Job(ctx context.Context, s *store.Store, job func(context.Context)) {
	s.Load(ctx, "started")
	job(ctx)
}

func Main(s *store.Store, r runner, jobs <-chan string) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	Goroutine(ctx, s)
	Literal(ctx, s)
	Grouped(ctx, s)
	Channel(ctx, s, jobs)
	Serve(ctx, s)
	Ticks(ctx, s)
	NewKeeper(ctx, s)
	Handler(ctx, s)
	Runs(ctx, s, r)
	Worker(ctx, s, jobs)
	Job(ctx, s, func(context.Context) {})
	through(ctx, s)
}

func through(ctx context.Context, s *store.Store) error { return Serve(ctx, s) }
