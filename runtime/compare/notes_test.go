package compare

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/eapache/go-resiliency/breaker"
	"github.com/eapache/go-resiliency/retrier"
	"github.com/eapache/go-resiliency/semaphore"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/budget"
	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/sony/gobreaker/v2"
)

// A note is what there is to say about cells of the table.
type note struct {
	lib  string
	rows []int
	text string
	// with is the library with an option by which it passes the rows. nil means that the note is
	// not about an option.
	with func() *library
}

// notes tell what can be configured, and what is meant to be as it is. Functions of one's own can
// do more; what they do is not the library's.
var notes = []note{
	{lib: "backoff", rows: []int{1}, text: "as documented: the operation is executed at least once"},
	{lib: "failsafe-go", rows: []int{6}, text: "passes without `WithJitterFactor`", with: func() *library {
		l := failsafeGo()
		l.retry = func(c retryConfig) runner { return failsafeRetry(failsafePolicy(c).WithJitterFactor(0)) }
		return l
	}},
	{lib: "backoff", rows: []int{6}, text: "passes with `RandomizationFactor` 0, without jitter", with: func() *library {
		l := backoffGo()
		l.retry = func(c retryConfig) runner { return backoffRetry(c, 0) }
		return l
	}},
	{lib: "go-resiliency", rows: []int{6}, text: "passes without `SetJitter`", with: func() *library {
		l := goResiliency()
		l.retry = func(c retryConfig) runner { return resiliencyRetry(c, 0, retrier.BlacklistClassifier{errPermanent}) }
		return l
	}},
	{lib: "go-retry", rows: []int{6, 7}, text: "with `WithFullJitter` around `WithCappedDuration`; nothing is the default"},
	{lib: "failsafe-go", rows: []int{11, 12, 13}, text: "passes with an `OnRetryScheduled` that reads and closes the body of `LastResult()`, and `ReturnLastFailure`", with: failsafeThatCloses},
	{lib: "failsafe-go", rows: []int{18}, text: "passes with `ReturnLastFailure`", with: func() *library {
		l := failsafeGo()
		l.http = func(base http.RoundTripper, c httpConfig) http.RoundTripper {
			return failsafeHTTP(base, c, failsafeHTTPPolicy(c).ReturnLastFailure())
		}
		return l
	}},
	{lib: "retryablehttp", rows: []int{18}, text: "passes with `ErrorHandler: PassthroughErrorHandler`", with: func() *library {
		l := retryableHTTP()
		l.http = func(base http.RoundTripper, c httpConfig) http.RoundTripper {
			client := retryableClient(base, c)
			client.ErrorHandler = retryablehttp.PassthroughErrorHandler
			return client.StandardClient().Transport
		}
		return l
	}},
	{lib: "retryablehttp", rows: []int{21}, text: "with the `Timeout` of its `HTTPClient`; none is the default"},
	{lib: "failsafe-go", rows: []int{25}, text: "passes with a budget of `WithMaxRate(.05)` and `WithMinConcurrency(0)`", with: func() *library {
		l := failsafeGo()
		l.retry = func(c retryConfig) runner {
			return failsafeRetry(failsafePolicy(c).WithBudget(budget.NewBuilder().WithMaxRate(.05).WithMinConcurrency(0).Build()))
		}
		return l
	}},
	{lib: "failsafe-go", rows: []int{27}, text: "passes with `AbortOnErrors(circuitbreaker.ErrOpen, bulkhead.ErrFull)`", with: func() *library {
		l := failsafeGo()
		l.retry = func(c retryConfig) runner {
			return failsafeRetry(failsafePolicy(c).AbortOnErrors(circuitbreaker.ErrOpen, bulkhead.ErrFull))
		}
		return l
	}},
	{lib: "go-resiliency", rows: []int{27}, text: "passes with `BlacklistClassifier{breaker.ErrBreakerOpen, semaphore.ErrNoTickets}`", with: func() *library {
		l := goResiliency()
		rejections := retrier.BlacklistClassifier{breaker.ErrBreakerOpen, semaphore.ErrNoTickets}
		l.retry = func(c retryConfig) runner { return resiliencyRetry(c, .25, rejections) }
		return l
	}},
	{lib: "failsafe-go", rows: []int{31}, text: "`RemainingDelay` of the breaker says it"},
	{lib: "failsafe-go", rows: []int{34}, text: "passes with a `WithDelayFunc` that keeps count", with: failsafeThatCounts},
	{lib: "gobreaker", rows: []int{35}, text: "with `IsExcluded`"},
	{lib: "failsafe-go", rows: []int{37, 38}, text: "passes with `TryAcquirePermit` and, in a deferred function, `RecordSuccess` or `RecordFailure`", with: failsafeByHand},
	{lib: "gobreaker", rows: []int{38}, text: "passes with `TwoStepCircuitBreaker` and a deferred call of `done`", with: goBreakerByHand},
	{lib: "failsafe-go", rows: []int{40}, text: "passes with a `HandleIf` without `context.Canceled`, which is a success then", with: func() *library {
		l := failsafeGo()
		l.breaker = func(c breakerConfig) *circuit {
			b := circuitbreaker.NewBuilder[any]().WithFailureThreshold(uint(c.failures)).WithDelay(c.openFor)
			return failsafeBreaker(b.HandleIf(func(_ any, err error) bool { return err != nil && !errors.Is(err, context.Canceled) }))
		}
		return l
	}},
	{lib: "gobreaker", rows: []int{40}, text: "passes with an `IsExcluded` for `context.Canceled`", with: func() *library {
		l := goBreaker()
		l.breaker = func(c breakerConfig) *circuit {
			s := goBreakerSettings(c)
			s.IsExcluded = func(err error) bool { return errors.Is(err, context.Canceled) }
			return goBreakerCircuit(s)
		}
		return l
	}},
	{lib: "failsafe-go", rows: []int{41}, text: "a callback that panics ends the process: the breaker unlocks a mutex that it has unlocked, which no `recover` stops"},
	{lib: "gobreaker", rows: []int{41}, text: "calls back under its lock: a callback that asks for `State` or `Counts` never returns, nor does any later call"},
	{lib: "failsafe-go", rows: []int{45}, text: "passes with `AcquirePermitWithMaxWait` and a deferred `ReleasePermit`", with: func() *library {
		l := failsafeGo()
		l.bulkhead = func(c bulkheadConfig) runner {
			b := bulkhead.New[any](uint(c.max))
			return func(ctx context.Context, f call) error {
				if err := b.AcquirePermitWithMaxWait(ctx, c.wait); err != nil {
					return err
				}
				defer b.ReleasePermit()
				return f(ctx)
			}
		}
		return l
	}},
	{lib: "go-resiliency", rows: []int{48}, text: "returns on time instead, where the others wait for a call that does not heed its context"},
}

// failsafeThatCloses closes the responses that nobody will see, as users of the library can.
func failsafeThatCloses() *library {
	l := failsafeGo()
	l.http = func(base http.RoundTripper, c httpConfig) http.RoundTripper {
		return failsafeHTTP(base, c, failsafeHTTPPolicy(c).OnRetryScheduled(closeLast).ReturnLastFailure())
	}
	return l
}

func closeLast(e failsafe.ExecutionScheduledEvent[*http.Response]) {
	if resp := e.LastResult(); resp != nil {
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}

// failsafeThatCounts doubles the time that a breaker is open with each probe that fails.
func failsafeThatCounts() *library {
	l := failsafeGo()
	l.breaker = func(c breakerConfig) *circuit {
		next := c.openFor
		b := failsafeBreakerBuilder(c).
			WithDelayFunc(func(failsafe.ExecutionAttempt[any]) (d time.Duration) {
				d, next = next, 2*next
				return d
			}).
			OnClose(func(circuitbreaker.StateChangedEvent) { next = c.openFor })
		return failsafeBreaker(b)
	}
	return l
}

// failsafeByHand is its breaker without an executor.
func failsafeByHand() *library {
	l := failsafeGo()
	l.breaker = func(c breakerConfig) *circuit {
		b := failsafeBreakerBuilder(c).Build()
		return &circuit{state: func() string { return b.State().String() }, do: func(ctx context.Context, f call) error {
			if !b.TryAcquirePermit() {
				return circuitbreaker.ErrOpen
			}
			err := errBoom // unless f returns
			defer func() {
				if err != nil {
					b.RecordFailure()
				} else {
					b.RecordSuccess()
				}
			}()
			err = f(ctx)
			return err
		}}
	}
	return l
}

// goBreakerByHand is its breaker in two steps.
func goBreakerByHand() *library {
	l := goBreaker()
	l.breaker = func(c breakerConfig) *circuit {
		b := gobreaker.NewTwoStepCircuitBreaker[any](goBreakerSettings(c))
		return &circuit{state: func() string { return b.State().String() }, do: func(ctx context.Context, f call) error {
			done, err := b.Allow()
			if err != nil {
				return err
			}
			err = errBoom // unless f returns
			defer func() { done(err) }()
			err = f(ctx)
			return err
		}}
	}
	return l
}
