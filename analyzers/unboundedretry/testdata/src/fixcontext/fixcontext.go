// Package fixcontext has retries whose sleep becomes a select that listens to the context at hand.
package fixcontext

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func send(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// pause is fine as it is: only who waits for it is not.
func pause(attempt int) time.Duration {
	return rand.N(min(3*time.Second<<min(attempt, 4), 20*time.Second) + 1)
}

// Error returns an error.
func Error(ctx context.Context, url string) error {
	var err error
	for attempt := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(pause(attempt)) // until the next one
	}
	return err
}

type point struct{ x, y int }

// Values returns an error beside others.
func Values[T any](ctx context.Context, url string) (*int, string, point, [2]int, T, bool, float64, error) {
	var none T
	var err error
	for attempt := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			break
		}
		time.Sleep(pause(attempt))
	}
	return nil, "", point{}, [2]int{}, none, true, 1, err
}

// Named has names for its results.
func Named(ctx context.Context, url string) (status http.Header, when time.Time, err error) {
	for attempt := 1; attempt < 4; attempt++ { // want "does not listen to ctx"
		err = send(url)
		if err == nil {
			return
		}
		time.Sleep(pause(attempt))
	}
	return
}

// Nothing returns nothing: the loop is all that it does.
func Nothing(ctx context.Context, url string) {
	for attempt := range 3 { // want "does not listen to ctx"
		if send(url) == nil {
			return
		}
		time.Sleep(pause(attempt))
	}
}

// Handler has a request that has a context.
func Handler(w http.ResponseWriter, r *http.Request) {
	var err error
	for attempt := range 3 { // want "does not listen to r"
		if err = send("http://catalog/" + r.URL.Path); err == nil {
			break
		}
		time.Sleep(pause(attempt))
	}
	if err != nil {
		http.Error(w, "catalog", http.StatusBadGateway)
	}
}

// Literal captures the context.
func Literal(ctx context.Context, url string, run func(func() error) error) error {
	return run(func() error {
		var err error
		for attempt := range 3 { // want "does not listen to ctx"
			if err = send(url); err == nil {
				return nil
			}
			time.Sleep(pause(attempt))
		}
		return err
	})
}

// Twice waits in two places.
func Twice(ctx context.Context, url string, down error) error {
	var err error
	for attempt := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			return nil
		}
		if err == down {
			time.Sleep(pause(attempt + 2))
			continue
		}
		time.Sleep(pause(attempt))
	}
	return err
}

// Endless ends with the context, and no sooner.
func Endless(ctx context.Context, url string) error {
	for attempt := 0; ; attempt++ { // want "nothing ends this retry"
		err := send(url)
		if err == nil {
			return nil
		}
		time.Sleep(pause(attempt))
	}
}

// Jump is no loop by name.
func Jump(ctx context.Context, url string) error {
	attempt := 0
again: // want "does not listen to ctx"
	err := send(url)
	if err != nil && attempt < 3 {
		attempt++
		time.Sleep(pause(attempt))
		goto again
	}
	return err
}

// Counted would not be done: no edit.
func Counted(ctx context.Context, url string, wg *sync.WaitGroup) error {
	var err error
	for attempt := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			break
		}
		time.Sleep(pause(attempt))
	}
	wg.Done()
	return err
}

// Goes on where it would have to return without a word: no edit.
func Goes(ctx context.Context, url string, then func()) {
	for attempt := range 3 { // want "does not listen to ctx"
		if send(url) == nil {
			break
		}
		time.Sleep(pause(attempt))
	}
	then()
}

// Each is about several: no edit.
func Each(ctx context.Context, urls []string) {
	for _, url := range urls {
		for attempt := range 3 { // want "does not listen to ctx"
			if send(url) == nil {
				break
			}
			time.Sleep(pause(attempt))
		}
	}
}

// Flag has no way to say that it was not done: no edit.
func Flag(ctx context.Context, url string) bool {
	for attempt := range 3 { // want "does not listen to ctx"
		if send(url) == nil {
			return true
		}
		time.Sleep(pause(attempt))
	}
	return false
}

// Shadowed has another ctx where it sleeps: no edit.
func Shadowed(ctx context.Context, url string) error {
	var err error
	for ctx := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			return nil
		}
		time.Sleep(pause(ctx))
	}
	return err
}

// rest is where Helped sleeps.
func rest(attempt int) { time.Sleep(pause(attempt)) }

// Helped sleeps elsewhere: no edit.
func Helped(ctx context.Context, url string) error {
	var err error
	for attempt := range 3 { // want "does not listen to ctx"
		if err = send(url); err == nil {
			return nil
		}
		rest(attempt)
	}
	return err
}
