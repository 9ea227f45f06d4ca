//go:build go1.25

package health

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/resilint/resilint/runtime/resilience"
)

// Row 61 of the conformance table.
func TestConformance61(t *testing.T) {
	t.Run("a slow check is bounded", func(t *testing.T) { synctest.Test(t, slowIsBounded) })
	t.Run("checks run once under 100 concurrent probes", func(t *testing.T) { synctest.Test(t, singleFlight) })
}

// slowIsBounded has a check that does not even listen to its context.
func slowIsBounded(t *testing.T) {
	var calls, running atomic.Int64
	release := make(chan struct{})
	r := silent(Ready(
		with("other", nil),
		Check{Name: "stubborn", Run: func(context.Context) error {
			calls.Add(1)
			running.Add(1)
			defer running.Add(-1)
			<-release
			return nil
		}},
	))
	began := time.Now()
	ask := func(code int, status string, at time.Duration) {
		t.Helper()
		got, b := probe(t, r.Verbose())
		if got != code || b.Checks["stubborn"].Status != status || b.Checks["other"].Status != "ok" {
			t.Errorf("the answer is %d %v", got, b)
		}
		if elapsed := time.Since(began); elapsed != at {
			t.Errorf("it came at %v, want %v", elapsed, at)
		}
	}
	ask(503, "unavailable", DefaultTimeout+lastWord)
	for range 100 { // it is not started again, and not waited for again
		ask(503, "unavailable", DefaultTimeout+lastWord)
	}
	time.Sleep(time.Hour)
	ask(503, "unavailable", time.Hour+DefaultTimeout+lastWord)
	if calls.Load() != 1 || running.Load() != 1 {
		t.Errorf("it was called %d times, %d are running", calls.Load(), running.Load())
	}
	rep := r.Report(t.Context())
	if err := rep.Checks[1].Err; !errors.Is(err, context.DeadlineExceeded) || rep.Checks[1].Elapsed != time.Since(began) {
		t.Errorf("the result is %+v", rep.Checks[1])
	}

	close(release) // an hour late: what it says now is the answer to no question
	synctest.Wait()
	ask(503, "unavailable", time.Hour+DefaultTimeout+lastWord)
	time.Sleep(DefaultCache)
	ask(200, "ok", time.Hour+DefaultTimeout+lastWord+DefaultCache)
	if calls.Load() != 2 || running.Load() != 0 {
		t.Errorf("it was called %d times, %d are running", calls.Load(), running.Load())
	}
}

// singleFlight asks while the check runs, without any cache, and with it afterwards.
func singleFlight(t *testing.T) {
	for _, cache := range []time.Duration{0, -1} {
		var calls [2]atomic.Int64
		slow := func(n *atomic.Int64) func(context.Context) error {
			return func(context.Context) error {
				n.Add(1)
				time.Sleep(time.Second)
				return nil
			}
		}
		r := silent(Ready(
			Check{Name: "a", Cache: cache, Run: slow(&calls[0])},
			Check{Name: "b", Cache: cache, Run: slow(&calls[1])},
		))
		began := time.Now()
		var wg sync.WaitGroup
		for range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if code, b := probe(t, r); code != 200 || len(b.Checks) != 2 {
					t.Errorf("the answer is %d %v", code, b)
				}
			}()
		}
		wg.Wait()
		if calls[0].Load() != 1 || calls[1].Load() != 1 {
			t.Errorf("cache %v: a was called %d times, b %d times", cache, calls[0].Load(), calls[1].Load())
		}
		if d := time.Since(began); d != time.Second { // a and b at the same time
			t.Errorf("cache %v: it took %v", cache, d)
		}
	}
}

func TestAnswersAreCached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		var err error
		c := Check{Name: "a", Cache: 10 * time.Second, Run: func(context.Context) error {
			calls++
			time.Sleep(time.Second)
			return err
		}}
		r := silent(Ready(c))
		ask := func(code, want int, age time.Duration) {
			t.Helper()
			got, b := probe(t, r)
			if got != code || calls != want {
				t.Errorf("the answer is %d after %d calls, want %d after %d", got, calls, code, want)
			}
			if it := b.Checks["a"]; it.Age != milliseconds(age) || it.Elapsed != 1000 {
				t.Errorf("the answer is %+v, want it %v old", it, age)
			}
		}
		ask(200, 1, 0)
		err = errors.New("down")
		time.Sleep(10*time.Second - 1)
		ask(200, 1, 10*time.Second-1)
		time.Sleep(1)
		ask(503, 2, 0) // failures are cached, too
		err = nil
		time.Sleep(time.Second)
		ask(503, 2, time.Second)
		time.Sleep(9 * time.Second)
		ask(200, 3, 0)
	})
}

// The check's context ends in time, and one that listens to it says itself what is wrong.
func TestTimeoutOfTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waiting := errors.New("waiting for a connection")
		c := Check{Name: "a", Timeout: 3 * time.Second, Run: func(ctx context.Context) error {
			<-ctx.Done()
			return waiting
		}}
		began := time.Now()
		rep := silent(Ready(c)).Report(t.Context())
		if d := time.Since(began); d != 3*time.Second {
			t.Errorf("it took %v", d)
		}
		err := rep.Checks[0].Err
		var timeout *resilience.TimeoutError
		if !errors.As(err, &timeout) || timeout.Limit != 3*time.Second || !errors.Is(err, waiting) || rep.Status != StatusUnavailable {
			t.Errorf("the report is %+v", rep)
		}
		c.Run = func(ctx context.Context) error { <-ctx.Done(); return Degraded(waiting) }
		if rep := silent(Ready(c)).Report(t.Context()); rep.Status != StatusDegraded {
			t.Errorf("degraded by a timeout, the report is %+v", rep)
		}
		c.Run = func(ctx context.Context) error { <-ctx.Done(); return nil }
		if rep := silent(Ready(c)).Report(t.Context()); rep.Status != StatusUnavailable {
			t.Errorf("late, the report is %+v", rep)
		}
	})
}

// Others may wait for the same answer, so it does not depend on who asked first.
func TestProbeThatHangsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		r := silent(Ready(Check{Name: "a", Run: func(ctx context.Context) error {
			if ctx.Value(key{}) != "v" {
				t.Error("the context has lost its values")
			}
			time.Sleep(time.Second)
			return ctx.Err()
		}}))
		ctx, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "v"))
		reports := make(chan Report, 2)
		go func() { reports <- r.Report(ctx) }()
		synctest.Wait()
		go func() { reports <- r.Report(context.Background()) }()
		synctest.Wait()
		cancel()
		if rep := <-reports; rep.Status != StatusUnavailable || rep.Checks[0].Err != context.Canceled {
			t.Errorf("who hung up is told %+v", rep)
		}
		if rep := <-reports; rep.Status != StatusOK {
			t.Errorf("the other one is told %+v", rep)
		}
	})
}

func TestPanicIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(lines)
		r := Ready(
			Check{Name: "panics", Run: func(context.Context) error { panic("oh") }},
			Check{Name: "exits", Run: func(context.Context) error { runtime.Goexit(); return nil }},
		)
		r.Logger = slog.New(log)
		code, b := probe(t, r.Verbose())
		if code != 503 || b.Checks["panics"].Error != "panic: oh" || b.Checks["exits"].Error != errNoReturn.Error() {
			t.Errorf("the answer is %d %v", code, b)
		}
		synctest.Wait()
		if s := log.String(); !strings.Contains(s, "TestPanicIsAFailure") {
			t.Errorf("the log has no stack:\n%s", s)
		}
	})
}

// A probe that began before the drain must not say yes after it.
func TestDrainOvertakesAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := Ready(Check{Name: "a", Run: func(context.Context) error { time.Sleep(time.Second); return nil }})
		w := httptest.NewRecorder()
		done := make(chan struct{})
		go func() {
			defer close(done)
			r.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
		}()
		synctest.Wait()
		r.Drain()
		<-done
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("the answer is %d %s", w.Code, w.Body)
		}
	})
}

func TestChangesAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(lines)
		var err error
		var wait time.Duration
		r := Ready(Check{Name: "a", Cache: -1, Run: func(context.Context) error { time.Sleep(wait); return err }})
		r.Logger = slog.New(log)
		ask := func(e error, w time.Duration) {
			err, wait = e, w
			r.Report(t.Context())
			r.Report(t.Context())
			time.Sleep(w) // until it has ended
			synctest.Wait()
		}
		ask(nil, 0)
		ask(errors.New("down"), 0)
		ask(Degraded(errors.New("lags")), 0)
		ask(nil, 0)
		ask(nil, 5*time.Second)
		ask(nil, 0)
		want := `WARN health check fails check=a status=unavailable err=down
WARN health check fails check=a status=degraded err=lags
INFO health check passes again check=a status=ok
WARN health check fails check=a status=unavailable err=no answer within 2s: the check is still running
INFO health check passes again check=a status=ok`
		if s := log.String(); s != want {
			t.Errorf("the log is\n%s\nwant\n%s", s, want)
		}
	})
}
