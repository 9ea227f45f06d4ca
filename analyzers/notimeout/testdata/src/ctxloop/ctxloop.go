// Package ctxloop has workers whose contexts the package itself makes, without a deadline:
// what each round does has none either.
package ctxloop

import (
	"context"
	"net/http"
	"time"
)

func Start() {
	go run(context.Background())
	w := &worker{}
	go w.run(context.Background(), []string{"a"})
	loop(context.TODO())
}

func run(ctx context.Context) {
	for {
		poll(ctx) // want `ctx has no deadline`
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
		}
	}
}

func poll(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, "GET", "http://feed/", nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

type worker struct{}

func (w *worker) run(ctx context.Context, items []string) {
	for range items {
		poll(ctx) // want `ctx has no deadline`
	}
}

func loop(ctx context.Context) {
	for {
		round, cancel := context.WithTimeout(ctx, time.Second)
		poll(round)
		cancel()
	}
}

// Run's callers are not all known.
func Run(ctx context.Context) {
	for {
		poll(ctx)
	}
}

func Again() { Run(context.Background()) }
