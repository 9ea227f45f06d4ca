// Package ignorescontext sleeps although its caller has gone.
package ignorescontext

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

var errGaveUp = errors.New("gave up")

// Sleeps has a context.
func Sleeps(ctx context.Context, url string) error {
	delay := time.Second
	for range 5 { // want `time.Sleep between the attempts at get does not listen to ctx: a caller who has gone, or a shutdown, waits until it is over; wait in a select with ctx.Done\(\)`
		if err := get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}

func get(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Checks looks at it between sleeps.
func Checks(ctx context.Context, url string) error {
	delay := time.Second
	for ctx.Err() == nil { // want `does not listen to ctx`
		if err := get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		delay = min(2*delay, time.Minute)
	}
	return ctx.Err()
}

// Serve has the context of a request.
func Serve(w http.ResponseWriter, r *http.Request) {
	delay := time.Second
	for range 5 { // want `does not listen to r.Context\(\): .*; wait in a select with r.Context\(\).Done\(\)`
		if err := get(r.Context(), "http://catalog/albums"); err == nil {
			return
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	http.Error(w, errGaveUp.Error(), http.StatusBadGateway)
}

// Inside is a literal in a function that has one.
func Inside(ctx context.Context, url string) func() error {
	return func() error {
		delay := time.Second
		for range 5 { // want `does not listen to ctx`
			if err := get(ctx, url); err == nil {
				return nil
			}
			time.Sleep(rand.N(delay))
			delay *= 2
		}
		return errGaveUp
	}
}

// Listens waits for either.
func Listens(ctx context.Context, url string) error {
	delay := time.Second
	for range 5 {
		if err := get(ctx, url); err == nil {
			return nil
		}
		select {
		case <-time.After(rand.N(delay)):
		case <-ctx.Done():
			return ctx.Err()
		}
		delay *= 2
	}
	return errGaveUp
}

// Without has none.
func Without(url string) error {
	delay := time.Second
	for range 5 {
		if err := get(context.Background(), url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}

// Unnamed is given one that nobody wants.
func Unnamed(_ context.Context, url string) error {
	delay := time.Second
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}

// Paced sleeps between items, not between attempts.
func Paced(ctx context.Context, urls []string) error {
	for _, url := range urls {
		if err := get(ctx, url); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	return nil
}

// Behind sleeps in a goroutine of its own: whoever has ctx does not wait for it.
func Behind(ctx context.Context, url string) error {
	done := make(chan error, 1)
	go func() {
		var err error
		for attempt := range 3 {
			if err = get(context.WithoutCancel(ctx), url); err == nil {
				break
			}
			time.Sleep(time.Second<<attempt + rand.N(time.Second))
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
