// Package behave_test runs loops as they were written, and as the rule's fixes leave them.
package behave_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	liftbreaks1 "example.org/behave/lift/breaks/after"
	liftbreaks0 "example.org/behave/lift/breaks/before"
	liftcontinues1 "example.org/behave/lift/continues/after"
	liftcontinues0 "example.org/behave/lift/continues/before"
	liftendless1 "example.org/behave/lift/endless/after"
	liftendless0 "example.org/behave/lift/endless/before"
	liftreturns1 "example.org/behave/lift/returns/after"
	liftreturns0 "example.org/behave/lift/returns/before"
	liftsteps1 "example.org/behave/lift/steps/after"
	liftsteps0 "example.org/behave/lift/steps/before"
	liftvalue1 "example.org/behave/lift/value/after"
	liftvalue0 "example.org/behave/lift/value/before"
	"example.org/behave/remote"
	stdbody1 "example.org/behave/std/body/after"
	stdbody0 "example.org/behave/std/body/before"
	stddoubles1 "example.org/behave/std/doubles/after"
	stddoubles0 "example.org/behave/std/doubles/before"
	stdgrows1 "example.org/behave/std/grows/after"
	stdgrows0 "example.org/behave/std/grows/before"
	stdselects1 "example.org/behave/std/selects/after"
	stdselects0 "example.org/behave/std/selects/before"
)

type run func(ctx context.Context, url string) (string, error)

// A version is a loop before or after its fix.
type version struct {
	run   run
	pause *time.Duration
}

type shape struct {
	name          string
	before, after version
	endless       bool // before
	lasts         bool // after, too: until the context ends
	listens       bool // before
	sends         bool // a body
}

var shapes = []shape{
	{name: "lift/breaks", before: version{liftbreaks0.Run, &liftbreaks0.Pause}, after: version{liftbreaks1.Run, &liftbreaks1.Pause}},
	{name: "lift/continues", before: version{liftcontinues0.Run, &liftcontinues0.Pause}, after: version{liftcontinues1.Run, &liftcontinues1.Pause}},
	{name: "lift/endless", before: version{liftendless0.Run, &liftendless0.Pause}, after: version{liftendless1.Run, &liftendless1.Pause}, endless: true},
	{name: "lift/returns", before: version{liftreturns0.Run, &liftreturns0.Pause}, after: version{liftreturns1.Run, &liftreturns1.Pause}},
	{name: "lift/steps", before: version{liftsteps0.Run, &liftsteps0.Pause}, after: version{liftsteps1.Run, &liftsteps1.Pause}, listens: true},
	{name: "lift/value", before: version{liftvalue0.Run, &liftvalue0.Pause}, after: version{liftvalue1.Run, &liftvalue1.Pause}},
	{name: "std/body", before: version{stdbody0.Run, &stdbody0.Pause}, after: version{stdbody1.Run, &stdbody1.Pause}, listens: true, sends: true},
	{name: "std/doubles", before: version{stddoubles0.Run, &stddoubles0.Pause}, after: version{stddoubles1.Run, &stddoubles1.Pause}, endless: true, lasts: true},
	{name: "std/grows", before: version{stdgrows0.Run, &stdgrows0.Pause}, after: version{stdgrows1.Run, &stdgrows1.Pause}},
	{name: "std/selects", before: version{stdselects0.Run, &stdselects0.Pause}, after: version{stdselects1.Run, &stdselects1.Pause}},
}

// long is far less than the minute that a loop would sleep, and far more than anything takes that does
// not.
const long = 5 * time.Second

// server answers with a status until it has failed that often, and then with "answer". It returns the
// number of requests it has got.
func server(t *testing.T, status, failures int, seen func()) (url string, requests *atomic.Int64) {
	t.Helper()
	requests = new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		n := requests.Add(1)
		if seen != nil {
			seen()
		}
		if n <= int64(failures) {
			w.Header().Set("Connection", "close") // on an old one, net/http itself may rewind the body
			w.WriteHeader(status)
			return
		}
		w.Header().Set("Got", string(body))
		_, _ = io.WriteString(w, "answer")
	}))
	t.Cleanup(s.Close)
	return s.URL, requests
}

func (v version) pausing(t *testing.T, d time.Duration) {
	before := *v.pause
	*v.pause = d
	t.Cleanup(func() { *v.pause = before })
}

func (s *shape) versions() map[string]version {
	return map[string]version{"before": s.before, "after": s.after}
}

// TestRecovers: a server that fails twice is asked three times, and its answer is the result.
func TestRecovers(t *testing.T) {
	for _, s := range shapes {
		for name, v := range s.versions() {
			if s.sends && name == "before" {
				continue // see TestBody
			}
			t.Run(s.name+"/"+name, func(t *testing.T) {
				url, requests := server(t, http.StatusServiceUnavailable, 2, nil)
				text, err := v.run(context.Background(), url)
				want := "answer"
				if s.sends {
					want = "order"
				}
				if text != want || err != nil || requests.Load() != 3 {
					t.Errorf("%q, %v after %d requests", text, err, requests.Load())
				}
			})
		}
	}
}

// TestGivesUp: a server that goes on failing is asked as often as before, and its error is the
// result.
func TestGivesUp(t *testing.T) {
	for _, s := range shapes {
		for name, v := range s.versions() {
			if (s.endless || s.sends) && name == "before" || s.lasts {
				continue
			}
			t.Run(s.name+"/"+name, func(t *testing.T) {
				url, requests := server(t, http.StatusServiceUnavailable, 1000, nil)
				began := time.Now()
				_, err := v.run(context.Background(), url)
				want := int64(5)
				if s.endless {
					want = 3
				}
				var status *remote.StatusError
				if !errors.As(err, &status) || status.Code != http.StatusServiceUnavailable || requests.Load() != want {
					t.Errorf("%v after %d requests", err, requests.Load())
				}
				if took := time.Since(began); took > long {
					t.Errorf("after %v", took)
				}
			})
		}
	}
}

// TestCancel: who goes while there is a wait need not see its end.
func TestCancel(t *testing.T) {
	for _, s := range shapes {
		for name, v := range s.versions() {
			if s.endless && name == "before" {
				continue // it never ends
			}
			t.Run(s.name+"/"+name, func(t *testing.T) {
				deaf := name == "before" && !s.listens
				pause := time.Minute
				if deaf {
					pause = 50 * time.Millisecond
				}
				v.pausing(t, pause)
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				url, _ := server(t, http.StatusServiceUnavailable, 1000, func() {
					time.AfterFunc(20*time.Millisecond, cancel) // mostly while it waits: it is all the same
				})
				began := time.Now()
				_, err := v.run(ctx, url)
				took := time.Since(began)
				if !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				switch {
				case deaf && took < 4*pause:
					t.Errorf("after %v: it was to show what the fix is good for", took)
				case took > long:
					t.Errorf("after %v", took)
				}
			})
		}
	}
}

// TestPermanent: what no other attempt can mend is returned at once, as it was before.
func TestPermanent(t *testing.T) {
	for name, v := range map[string]run{"before": liftsteps0.Run, "after": liftsteps1.Run} {
		t.Run(name, func(t *testing.T) {
			url, requests := server(t, http.StatusNotFound, 1000, nil)
			text, err := v(context.Background(), url)
			var status *remote.StatusError
			if text != "" || !errors.As(err, &status) || status.Code != http.StatusNotFound || err.Error() != status.Error() || requests.Load() != 1 {
				t.Errorf("%q, %v after %d requests", text, err, requests.Load())
			}
		})
	}
}

// TestMessage: what the function says of its failure stays.
func TestMessage(t *testing.T) {
	url, _ := server(t, http.StatusServiceUnavailable, 1000, nil)
	_, err := liftcontinues0.Run(context.Background(), url)
	if err == nil || err.Error() != "after 5 attempts: status 503" {
		t.Error(err)
	}
	_, err = liftcontinues1.Run(context.Background(), url)
	if err == nil || err.Error() != "after 5 attempts: status 503 (gave up after 5 attempts: no attempts left)" {
		t.Error(err)
	}
}

// TestBody: without the fix, only the first attempt sends what it is to send.
func TestBody(t *testing.T) {
	url, requests := server(t, http.StatusServiceUnavailable, 2, nil)
	if text, err := stdbody0.Run(context.Background(), url); text == "order" && err == nil {
		t.Errorf("%q after %d requests", text, requests.Load())
	}
	url, requests = server(t, http.StatusServiceUnavailable, 2, nil)
	if text, err := stdbody1.Run(context.Background(), url); text != "order" || err != nil {
		t.Errorf("%q, %v after %d requests", text, err, requests.Load())
	}
}

// TestDoubles: the fifth wait is eight times the first at least, half of sixteen times: the rest is jitter.
func TestDoubles(t *testing.T) {
	const pause = 20 * time.Millisecond
	version{pause: &stddoubles1.Pause}.pausing(t, pause)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var mu sync.Mutex
	var seen []time.Time
	url, _ := server(t, http.StatusServiceUnavailable, 5, func() {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, time.Now())
	})
	if text, err := stddoubles1.Run(ctx, url); text != "answer" || err != nil {
		t.Fatal(text, err)
	}
	mu.Lock()
	defer mu.Unlock()
	for i := range len(seen) - 1 {
		if waited, least := seen[i+1].Sub(seen[i]), pause<<i/2; waited < least {
			t.Errorf("wait %d is %v, less than %v", i+1, waited, least)
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d requests", len(seen))
	}
}
