package compare

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/resilint/resilint/runtime/breaker"
	"github.com/resilint/resilint/runtime/bulkhead"
	"github.com/resilint/resilint/runtime/httpclient"
	"github.com/resilint/resilint/runtime/resilience"
	"github.com/resilint/resilint/runtime/retry"
)

func resilint() *library {
	return &library{
		name: "resilint", module: "github.com/resilint/resilint/runtime",
		retry: resilintRetry, budget: true,
		breaker: resilintBreaker, rate: true, callbacks: true,
		bulkhead: func(c bulkheadConfig) runner {
			return bulkhead.New("catalog", bulkhead.Config{Max: c.max, Queue: c.queue, Wait: c.wait}).Do
		},
		timeout:  resilintTimeout,
		timedOut: errOwnTimeout,
		http:     resilintHTTP, slots: true,
	}
}

func resilintRetry(c retryConfig) runner {
	p := retry.Policy{MaxAttempts: c.attempts, Base: c.base, Cap: c.cap}
	if c.budget {
		p.Budget = retry.NewBudget(0, 0)
	}
	return func(ctx context.Context, f call) error {
		return retry.Do(ctx, p, func(ctx context.Context) error {
			err := f(ctx)
			if errors.Is(err, errPermanent) {
				return retry.Permanent(err)
			}
			return err
		})
	}
}

func resilintBreaker(c breakerConfig) *circuit {
	config := breaker.Config{
		MinCalls: c.failures, OpenFor: c.openFor, Probes: c.probes, Successes: c.probes,
		Classify: func(err error) resilience.Outcome {
			if errors.Is(err, errIgnored) {
				return resilience.Ignore
			}
			return resilience.OutcomeOf(err)
		},
	}
	if c.rate {
		config.MinCalls = 0 // the defaults are half of 20 in 10 s
	}
	if c.onChange != nil {
		config.Observer = resilience.ObserverFunc(func(_ context.Context, e resilience.Event) {
			if e.Kind == resilience.KindTransition {
				c.onChange(e.From, e.To)
			}
		})
	}
	b := breaker.New("catalog", config)
	return &circuit{
		do:    b.Do,
		state: func() string { return b.State().String() },
		retryIn: func(err error) time.Duration {
			var r *resilience.Rejected
			if errors.As(err, &r) {
				return r.RetryIn()
			}
			return 0
		},
	}
}

// errOwnTimeout stands for *resilience.TimeoutError, which is a type.
var errOwnTimeout = errors.New("a *resilience.TimeoutError")

func resilintTimeout(d time.Duration) runner {
	p := retry.Policy{MaxAttempts: 1, PerAttempt: d}
	return func(ctx context.Context, f call) error {
		err := retry.Do(ctx, p, f)
		var timeout *resilience.TimeoutError
		if errors.As(err, &timeout) {
			return errors.Join(errOwnTimeout, err)
		}
		return err
	}
}

func resilintHTTP(base http.RoundTripper, c httpConfig) http.RoundTripper {
	opts := []httpclient.Option{
		httpclient.WithTransport(base),
		httpclient.WithRetry(retry.Policy{MaxAttempts: c.attempts, Base: c.base, Cap: c.cap}),
		httpclient.WithAttempt(c.timeout),
		httpclient.WithOverall(4 * c.timeout),
	}
	if c.slots > 0 {
		opts = append(opts, httpclient.WithBulkhead(bulkhead.New("catalog", bulkhead.Config{Max: c.slots})))
	}
	return httpclient.New("catalog", opts...).Transport
}
