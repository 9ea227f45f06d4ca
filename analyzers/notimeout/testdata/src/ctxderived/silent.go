package ctxderived

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sync/errgroup"
)

func Timed() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return fetch(ctx, "a")
}

func Deadlined(at time.Time) error {
	ctx, cancel := context.WithDeadlineCause(context.Background(), at, errors.New("late"))
	defer cancel()
	return fetch(ctx, "a")
}

func TimedThenValued() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return fetch(context.WithValue(ctx, key{}, 1), "a")
}

func TimedThenCancelled() error {
	ctx, stop := context.WithTimeoutCause(context.Background(), time.Second, errors.New("slow"))
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return fetch(ctx, "a")
}

func TimedThenGrouped(urls []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	for _, url := range urls {
		g.Go(func() error { return fetch(ctx, url) })
	}
	return g.Wait()
}

func InterruptedThenTimed() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return fetch(ctx, "a")
}

func DetachedThenTimed(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	return fetch(ctx, "a")
}

// Conditional is configured: whether it is set is for whoever configures it.
func Conditional(limit time.Duration) error {
	ctx := context.Background()
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	return fetch(ctx, "a")
}

func Watchdog() error {
	ctx, cancel := context.WithCancel(context.Background())
	timer := time.AfterFunc(time.Minute, cancel)
	defer timer.Stop()
	return fetch(ctx, "a")
}

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Second)
}

func FromLimited() error {
	ctx, cancel := limited()
	defer cancel()
	return fetch(ctx, "a")
}

type ops struct{ limit time.Duration }

func (o ops) begin(id string) (name string, ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithTimeout(context.WithValue(context.Background(), key{}, id), o.limit)
	return "op " + id, ctx, cancel
}

func FromMethod(o ops) error {
	name, ctx, cancel := o.begin("a")
	defer cancel()
	return fetch(ctx, name)
}

func FromLiteral() error {
	timed := func(parent context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(parent, time.Second)
	}
	ctx, cancel := timed(context.Background())
	defer cancel()
	return fetch(ctx, "a")
}

func through[T context.Context](ctx T) T { return ctx }

func FromGeneric() error {
	ctx, cancel := limited()
	defer cancel()
	return fetch(through(ctx), "a")
}

// Job carries a context that other packages make.
type Job struct{ ctx context.Context }

func NewJob(ctx context.Context) *Job { return &Job{ctx: ctx} }

func (j *Job) Run() error { return fetch(j.ctx, "a") }
