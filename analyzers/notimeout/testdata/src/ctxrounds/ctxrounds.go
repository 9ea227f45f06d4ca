// Package ctxrounds works in goroutines and loops under contexts that it makes itself, without a deadline: the calls inside have none either.
package ctxrounds

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

func poll(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Start starts everything.
func Start(jobs chan string, urls []string) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go refresh(ctx)
	go consume(ctx, jobs)
	go tick(context.Background())
	go inline(context.Background())
	notify(context.Background())
	_ = all(context.TODO(), urls)
	_ = fan(context.Background(), urls)
	relay(context.Background())
	patient(context.Background())

	w := worker{ctx: context.Background()}
	w.run()

	timed, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	bounded(timed, urls)
	mixed(timed, urls)
	mixed(context.Background(), urls)
}

func refresh(ctx context.Context) {
	for {
		poll(ctx, "http://rates.internal/") // want "has no deadline"
		time.Sleep(time.Minute)
	}
}

func consume(ctx context.Context, jobs <-chan string) {
	for {
		select {
		case <-ctx.Done():
			return
		case job := <-jobs:
			_ = poll(ctx, job) // want "has no deadline"
		}
	}
}

func tick(ctx context.Context) {
	for range time.Tick(time.Minute) {
		_ = poll(context.WithValue(ctx, key{}, time.Now()), "http://rates.internal/") // want "has no deadline"
	}
}

type key struct{}

// inline makes the request in the loop itself: that is the call.
func inline(ctx context.Context) {
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://rates.internal/", nil)
		if err != nil {
			return
		}
		http.DefaultClient.Do(req) // want "has no timeout"
	}
}

func notify(ctx context.Context) {
	go func() {
		_ = poll(ctx, "http://audit.internal/") // want "has no deadline"
	}()
}

func all(ctx context.Context, urls []string) error {
	for _, url := range urls {
		if err := poll(ctx, url); err != nil { // want "has no deadline"
			return err
		}
	}
	return nil
}

func fan(ctx context.Context, urls []string) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, url := range urls {
		g.Go(func() error {
			return poll(ctx, url) // want "has no deadline"
		})
	}
	return g.Wait()
}

// relay hands its context to one who starts a goroutine.
func relay(ctx context.Context) { started(ctx) }

func started(ctx context.Context) {
	go poll(ctx, "http://audit.internal/") // want "has no deadline"
}

type worker struct{ ctx context.Context }

func (w worker) run() {
	for {
		poll(w.ctx, "http://rates.internal/") // want "has no deadline"
	}
}

// patient gives each round a deadline: silent.
func patient(ctx context.Context) {
	for {
		round, cancel := context.WithTimeout(ctx, time.Second)
		_ = poll(round, "http://rates.internal/")
		cancel()
	}
}

// bounded has a deadline for all rounds: silent.
func bounded(ctx context.Context, urls []string) {
	for _, url := range urls {
		_ = poll(ctx, url)
	}
}

// mixed has it from one of its callers: silent.
func mixed(ctx context.Context, urls []string) {
	for _, url := range urls {
		_ = poll(ctx, url)
	}
}

// Open has callers elsewhere: silent.
func Open(ctx context.Context) {
	for {
		_ = poll(ctx, "http://rates.internal/")
	}
}

func Opened() { Open(context.Background()) }

// listed is called through a variable, by who knows whom: silent.
func listed(ctx context.Context) {
	for {
		_ = poll(ctx, "http://rates.internal/")
	}
}

var List = []func(context.Context){listed}

func Listed() { listed(context.Background()) }
