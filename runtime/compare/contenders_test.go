package compare

import (
	"context"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	eabreaker "github.com/eapache/go-resiliency/breaker"
	"github.com/eapache/go-resiliency/retrier"
	easemaphore "github.com/eapache/go-resiliency/semaphore"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/budget"
	fsbulkhead "github.com/failsafe-go/failsafe-go/bulkhead"
	fsbreaker "github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	fsretry "github.com/failsafe-go/failsafe-go/retrypolicy"
	fstimeout "github.com/failsafe-go/failsafe-go/timeout"
	goretry "github.com/sethvargo/go-retry"
	"github.com/sony/gobreaker/v2"
	"golang.org/x/sync/semaphore"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/retry"
)

// A contender is something to be measured: the library itself, without the adapters of the
// table. In each group ours is the first.
type contender struct {
	name string
	f    func()
}

const slots = 1024 // more than there are goroutines: nobody waits

var bg = context.Background()

//go:noinline
func one() (int, error) { return 1, nil }

//go:noinline
func oneCtx(context.Context) (int, error) { return 1, nil }

func nilCtx(context.Context) error { return nil }
func boom() (int, error)           { return 0, errBoom }

// failsafeWaits is a retry policy of failsafe-go like the default of ours.
func failsafeWaits() fsretry.Builder[int] {
	return fsretry.NewBuilder[int]().WithBackoff(100*time.Millisecond, 10*time.Second).WithJitterFactor(.25)
}

func failsafeRate() fsbreaker.CircuitBreaker[int] {
	return fsbreaker.NewBuilder[int]().WithFailureRateThreshold(.5, 20, 10*time.Second).Build()
}

// goBreakerRate is a breaker of gobreaker like the default of ours.
func goBreakerRate[T any]() *gobreaker.CircuitBreaker[T] {
	return gobreaker.NewCircuitBreaker[T](goBreakerSettings(breakerConfig{rate: true}))
}

// floor is what anything costs.
func floor() []contender {
	start := time.Now()
	var mu sync.Mutex
	return []contender{
		{"a call", func() { _, _ = one() }},
		{"a call under a sync.Mutex", func() {
			mu.Lock()
			_, _ = one()
			mu.Unlock()
		}},
		{"time.Since", func() { _ = time.Since(start) }},
		{"context.WithTimeout and cancel", func() {
			_, cancel := context.WithTimeout(bg, time.Second)
			cancel()
		}},
	}
}

func retries() []contender {
	ours := retry.Policy{Budget: retry.NewBudget(0, 0)}
	plain := failsafe.With(failsafeWaits().Build())
	budgeted := failsafe.With(failsafeWaits().WithBudget(budget.New()).Build())
	resiliency := retrier.New(retrier.ExponentialBackoff(2, 100*time.Millisecond), nil)
	return []contender{
		{"resilint, with budget", func() { _, _ = retry.Value(bg, ours, oneCtx) }},
		{"failsafe-go", func() { _, _ = plain.WithContext(bg).Get(one) }},
		{"failsafe-go, with budget", func() { _, _ = budgeted.WithContext(bg).Get(one) }},
		{"backoff", func() { _, _ = backoff.Retry(bg, one, backoff.WithMaxTries(3)) }},
		{"go-resiliency", func() { _ = resiliency.RunCtx(bg, nilCtx) }},
		{"go-retry", func() {
			_ = goretry.Do(bg, goretry.WithMaxRetries(2, goretry.WithFullJitter(goretry.NewExponential(100*time.Millisecond))), nilCtx)
		}},
	}
}

func closedBreakers() []contender {
	ours := breaker.New("", breaker.Config{})
	rate := failsafe.With[int](failsafeRate())
	consecutive := failsafe.With[int](fsbreaker.NewBuilder[int]().WithFailureThreshold(5).Build())
	rolling := goBreakerRate[int]()
	counting := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{})
	resiliency := eabreaker.New(5, 1, time.Minute)
	return []contender{
		{"resilint", func() { _, _ = breaker.Value(bg, ours, oneCtx) }},
		{"failsafe-go, rate", func() { _, _ = rate.Get(one) }},
		{"failsafe-go, consecutive failures", func() { _, _ = consecutive.Get(one) }},
		{"gobreaker, rolling window", func() { _, _ = rolling.Execute(one) }},
		{"gobreaker, consecutive failures", func() { _, _ = counting.Execute(one) }},
		{"go-resiliency, which counts no successes", func() { _ = resiliency.Run(func() error { return nil }) }},
	}
}

func openBreakers() []contender {
	ours := breaker.New("", breaker.Config{OpenFor: time.Hour})
	for range breaker.DefaultMinCalls {
		_ = ours.Do(bg, func(context.Context) error { return errBoom })
	}
	safe := fsbreaker.NewBuilder[int]().WithDelay(time.Hour).Build()
	safe.Open()
	ex := failsafe.With[int](safe)
	sony := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{
		Timeout: time.Hour, ReadyToTrip: func(gobreaker.Counts) bool { return true },
	})
	_, _ = sony.Execute(boom)
	resiliency := eabreaker.New(1, 1, time.Hour)
	_ = resiliency.Run(func() error { return errBoom })
	return []contender{
		{"resilint", func() { _, _ = breaker.Value(bg, ours, oneCtx) }},
		{"failsafe-go", func() { _, _ = ex.Get(one) }},
		{"gobreaker", func() { _, _ = sony.Execute(one) }},
		{"go-resiliency", func() { _ = resiliency.Run(func() error { return nil }) }},
	}
}

func bulkheads() []contender {
	ours := bulkhead.New("", bulkhead.Config{Max: slots})
	safe := fsbulkhead.New[int](slots)
	ex := failsafe.With[int](safe)
	weighted := semaphore.NewWeighted(slots)
	resiliency := easemaphore.New(slots, time.Second)
	return []contender{
		{"resilint", func() { _, _ = bulkhead.Value(bg, ours, oneCtx) }},
		{"failsafe-go", func() { _, _ = ex.Get(one) }},
		{"failsafe-go, permits by hand", func() {
			if safe.TryAcquirePermit() {
				_, _ = one()
				safe.ReleasePermit()
			}
		}},
		{"go-resiliency", func() {
			if resiliency.Acquire() == nil {
				_, _ = one()
				resiliency.Release()
			}
		}},
		{"x/sync/semaphore", func() {
			if weighted.Acquire(bg, 1) == nil {
				_, _ = one()
				weighted.Release(1)
			}
		}},
	}
}

// stacks are retry, breaker, bulkhead and a timeout of 1 s for each attempt.
func stacks() []contender {
	policy := retry.Policy{Budget: retry.NewBudget(0, 0), PerAttempt: time.Second}
	guard, room := breaker.New("", breaker.Config{}), bulkhead.New("", bulkhead.Config{Max: slots})
	safe := failsafe.With[int](failsafeWaits().WithBudget(budget.New()).Build(), failsafeRate(),
		fsbulkhead.New[int](slots), fstimeout.New[int](time.Second))
	sony, weighted := goBreakerRate[int](), semaphore.NewWeighted(slots)
	again := retrier.New(retrier.ExponentialBackoff(2, 100*time.Millisecond), nil)
	circuit, tickets := eabreaker.New(5, 1, time.Minute), easemaphore.New(slots, time.Second)
	return []contender{
		{"resilint", func() {
			_, _ = retry.Value(bg, policy, func(ctx context.Context) (int, error) {
				return breaker.Value(ctx, guard, func(ctx context.Context) (int, error) {
					return bulkhead.Value(ctx, room, oneCtx)
				})
			})
		}},
		{"failsafe-go", func() { _, _ = safe.WithContext(bg).Get(one) }},
		{"backoff, gobreaker, x/sync/semaphore", func() {
			_, _ = backoff.Retry(bg, func() (int, error) {
				return sony.Execute(func() (int, error) {
					if err := weighted.Acquire(bg, 1); err != nil {
						return 0, err
					}
					defer weighted.Release(1)
					ctx, cancel := context.WithTimeout(bg, time.Second)
					defer cancel()
					return oneCtx(ctx)
				})
			}, backoff.WithMaxTries(3))
		}},
		{"go-resiliency, with context.WithTimeout", func() {
			_ = again.RunCtx(bg, func(ctx context.Context) error {
				return circuit.Run(func() error {
					if err := tickets.Acquire(); err != nil {
						return err
					}
					defer tickets.Release()
					ctx, cancel := context.WithTimeout(ctx, time.Second)
					defer cancel()
					return nilCtx(ctx)
				})
			})
		}},
	}
}

// gets are GET requests through clients whose transports newBase makes.
func gets(tb testing.TB, url string, newBase func() *http.Transport) []contender {
	failsafeStack := failsafehttp.NewRoundTripper(newBase(),
		failsafehttp.NewRetryPolicyBuilder().WithBackoff(100*time.Millisecond, 10*time.Second).WithBudget(budget.New()).Build(),
		fsbreaker.NewBuilder[*http.Response]().WithFailureRateThreshold(.5, 20, 10*time.Second).Build(),
		fsbulkhead.New[*http.Response](slots), fstimeout.New[*http.Response](time.Second))
	ours := httpclient.New("catalog", httpclient.WithTransport(newBase()),
		httpclient.WithBulkhead(bulkhead.New("catalog", bulkhead.Config{Max: slots})))
	again := httpConfig{retryConfig: retryConfig{attempts: 3, base: 100 * time.Millisecond, cap: 10 * time.Second}, timeout: time.Second}
	return []contender{
		{"resilint", getter(tb, ours, url)},
		{"failsafe-go", getter(tb, &http.Client{Transport: failsafeStack}, url)},
		{"retryablehttp, with a timeout", getter(tb, retryableClient(newBase(), again).StandardClient(), url)},
		{"bare client with a timeout", getter(tb, &http.Client{Transport: newBase(), Timeout: time.Second}, url)},
		{"bare client", getter(tb, &http.Client{Transport: newBase()}, url)},
	}
}

func getter(tb testing.TB, c *http.Client, url string) func() {
	return func() {
		req, err := http.NewRequestWithContext(bg, http.MethodGet, url, nil)
		if err != nil {
			tb.Error(err)
			return
		}
		resp, err := c.Do(req)
		if err != nil {
			tb.Error(err)
			return
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}
