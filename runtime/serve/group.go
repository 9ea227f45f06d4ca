package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// hooksAtLeast is the time that hooks have after requests or workers have used up all of
	// theirs: enough to flush what would be lost.
	hooksAtLeast = 2 * time.Second
	// lastWord is how long a hook whose context has ended may take to return.
	lastWord = 100 * time.Millisecond
)

var (
	errDone   = errors.New("nothing left to do")
	errGoexit = errors.New("ended its goroutine")
)

// group is the state of one call of All.
type group struct {
	o       Options
	log     *slog.Logger
	servers []*server
	workers []*worker
	busy    atomic.Int64 // workers that have not returned

	stop context.CancelCauseFunc // begins the end

	mu   sync.Mutex
	errs []error
}

func (g *group) run(ctx context.Context, servers []*http.Server) error {
	stopping, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	forced, force := context.WithCancelCause(context.WithoutCancel(ctx))
	defer force(nil)
	g.stop = stop
	over := make(chan struct{})
	defer close(over)
	go g.watch(force, over)

	g.start(stopping, servers)
	<-stopping.Done()
	began := time.Now()
	g.drain(forced, context.Cause(stopping))
	g.shutdown(forced)

	err := g.err()
	attrs := []any{slog.Duration("elapsed", time.Since(began))}
	if err != nil {
		attrs = append(attrs, slog.String("err", err.Error()))
	}
	g.log.Info("stopped", attrs...)
	return err
}

// watch lets the first signal stop, and the second one force. Only signals are counted: where
// the caller's context ends with a signal, too, that is one and the same.
func (g *group) watch(force context.CancelCauseFunc, over <-chan struct{}) {
	for n := 1; ; n++ {
		select {
		case s, ok := <-g.o.Signals:
			if !ok {
				return
			}
			if n > 1 {
				g.log.Warn("shutdown forced by a second signal", slog.String("signal", s.String()))
				force(ErrForced)
				return
			}
			g.stop(fmt.Errorf("signal: %v", s))
		case <-over:
			return
		}
	}
}

// fail notes an error that All is to return. nil is none.
func (g *group) fail(err error) {
	if err == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.errs = append(g.errs, err)
}

// err returns what All is to return. What is left behind may fail even now.
func (g *group) err() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return errors.Join(g.errs...)
}

// start starts all servers and workers, or nothing.
func (g *group) start(ctx context.Context, servers []*http.Server) {
	if ctx.Err() != nil {
		return
	}
	var opened []*server
	for _, srv := range servers {
		s, err := g.listen(ctx, srv)
		if err != nil {
			for _, s := range opened {
				_ = s.l.Close()
			}
			if ctx.Err() == nil { // else it was interrupted
				g.fail(err)
				g.stop(err)
			}
			return
		}
		opened = append(opened, s)
	}
	g.servers = opened
	for _, s := range g.servers {
		s.prepare(ctx)
		g.log.Info("serving", slog.String("addr", s.l.Addr().String()))
		go g.serve(s)
	}
	g.busy.Store(int64(len(g.o.Workers)))
	for i, f := range g.o.Workers {
		w := &worker{name: fmt.Sprintf("worker %d", i+1), ended: make(chan struct{})}
		g.workers = append(g.workers, w)
		go g.work(ctx, w, f)
	}
	if len(g.servers)+len(g.workers) == 0 {
		g.stop(errDone)
	}
}

// serve serves until s ends, for which there should be no reason but that it was stopped.
func (g *group) serve(s *server) {
	err := s.serve()
	if !errors.Is(err, http.ErrServerClosed) {
		err = fmt.Errorf("server %s: %w", s.name, err)
		g.fail(err)
	}
	close(s.ended) // before the drain asks whether there is a server left
	g.stop(err)
}

type worker struct {
	name  string
	ended chan struct{}
}

func (g *group) work(ctx context.Context, w *worker, f func(context.Context) error) {
	err := errGoexit
	defer func() {
		// To be told that it is over is not a failure. Before it is, both of these are nil.
		told := errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))
		if err != nil && !told {
			err = fmt.Errorf("%s: %w", w.name, err)
			g.fail(err)
			g.stop(err)
		}
		if g.busy.Add(-1) == 0 && len(g.servers) == 0 {
			g.stop(errDone)
		}
		close(w.ended)
	}()
	err = f(ctx)
}

func (w *worker) wait(ctx context.Context) error {
	select {
	case <-w.ended:
		return nil
	case <-ctx.Done():
	}
	select {
	case <-w.ended:
		return nil
	default:
		return fmt.Errorf("%s: left behind, still running: %w", w.name, context.Cause(ctx))
	}
}

// drain says that no requests are wanted any more, and waits until that has gone round, if there
// is somebody to get some.
func (g *group) drain(forced context.Context, reason error) {
	if g.o.Ready != nil {
		g.o.Ready.Drain()
	}
	delay := g.o.DrainDelay
	if delay == 0 {
		delay = DefaultDrainDelay
	}
	serving := false
	for _, s := range g.servers {
		s.draining.Store(true)
		serving = serving || s.serving()
	}
	if !serving {
		delay = 0
	}
	delay = max(0, delay)
	g.log.Info("draining", slog.String("reason", reason.Error()), slog.Duration("delay", delay))
	t := time.NewTimer(delay)
	defer t.Stop()
	select {
	case <-t.C:
	case <-forced.Done():
	}
}

// shutdown ends servers and workers, and then calls the hooks.
func (g *group) shutdown(forced context.Context) {
	limit := g.o.ShutdownTimeout
	if limit <= 0 {
		limit = DefaultShutdownTimeout
	}
	began := time.Now()
	var handlers int64
	for _, s := range g.servers {
		handlers += s.handlers.Load()
	}
	g.log.Info("shutting down", slog.Duration("timeout", limit), slog.Int64("handlers", handlers))
	ctx, cancel := context.WithTimeout(forced, limit)
	defer cancel()
	var wg sync.WaitGroup
	for _, s := range g.servers {
		defer s.cut(nil) // for handlers that hijacked their connections
		wg.Add(1)
		go func() {
			defer wg.Done()
			g.fail(s.shutdown(ctx, began))
		}()
	}
	for _, w := range g.workers {
		g.fail(w.wait(ctx))
	}
	wg.Wait()

	left := max(limit-time.Since(began), hooksAtLeast)
	ctx, cancel = context.WithTimeout(forced, left)
	defer cancel()
	for i := len(g.o.OnShutdown) - 1; i >= 0; i-- {
		if err := hook(ctx, g.o.OnShutdown[i]); err != nil {
			g.fail(fmt.Errorf("shutdown hook %d: %w", i+1, err))
		}
	}
}

// hook calls f, and waits for it until ctx ends.
func hook(ctx context.Context, f func(context.Context) error) error {
	done := make(chan error, 1)
	go func() {
		err := errGoexit
		defer func() {
			if v := recover(); v != nil { // the other hooks are called all the same
				err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			}
			done <- err
		}()
		err = f(ctx)
	}()
	select {
	case err := <-done:
		return explained(ctx, err)
	case <-ctx.Done():
	}
	t := time.NewTimer(lastWord)
	defer t.Stop()
	select {
	case err := <-done:
		return explained(ctx, err)
	case <-t.C:
		return fmt.Errorf("left behind, still running: %w", context.Cause(ctx))
	}
}

// explained adds why ctx ended to an error that says no more than that it did.
func explained(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if err == nil || cause == nil || errors.Is(err, cause) || !errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("%w: %w", err, cause)
}
