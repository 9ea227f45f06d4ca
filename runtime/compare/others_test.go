package compare

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/eapache/go-resiliency/breaker"
	"github.com/eapache/go-resiliency/deadline"
	"github.com/eapache/go-resiliency/retrier"
	"github.com/eapache/go-resiliency/semaphore"
	"github.com/hashicorp/go-retryablehttp"
	goretry "github.com/sethvargo/go-retry"
	"github.com/sony/gobreaker/v2"
)

func goBreaker() *library {
	return &library{
		name: "gobreaker", module: "github.com/sony/gobreaker/v2",
		breaker: func(c breakerConfig) *circuit { return goBreakerCircuit(goBreakerSettings(c)) },
		rate:    true, callbacks: true,
	}
}

func goBreakerSettings(c breakerConfig) gobreaker.Settings {
	s := gobreaker.Settings{
		MaxRequests: uint32(c.probes), Timeout: c.openFor,
		ReadyToTrip: func(n gobreaker.Counts) bool { return int(n.ConsecutiveFailures) >= c.failures },
		IsExcluded:  func(err error) bool { return errors.Is(err, errIgnored) },
	}
	if c.rate {
		s.Interval, s.BucketPeriod = 10*time.Second, time.Second
		s.ReadyToTrip = func(n gobreaker.Counts) bool { return n.Requests >= 20 && 2*n.TotalFailures >= n.Requests }
	}
	if c.onChange != nil {
		s.OnStateChange = func(_ string, from, to gobreaker.State) { c.onChange(from.String(), to.String()) }
	}
	return s
}

func goBreakerCircuit(s gobreaker.Settings) *circuit {
	b := gobreaker.NewCircuitBreaker[any](s)
	return &circuit{
		do: func(ctx context.Context, f call) error {
			_, err := b.Execute(func() (any, error) { return nil, f(ctx) })
			return err
		},
		state: func() string { return b.State().String() },
	}
}

func backoffGo() *library {
	return &library{
		name: "backoff", module: "github.com/cenkalti/backoff/v5",
		retry: func(c retryConfig) runner { return backoffRetry(c, backoff.DefaultRandomizationFactor) },
	}
}

func backoffRetry(c retryConfig, jitter float64) runner {
	return func(ctx context.Context, f call) error {
		waits := backoff.NewExponentialBackOff()
		waits.InitialInterval, waits.MaxInterval, waits.RandomizationFactor = c.base, c.cap, jitter
		_, err := backoff.Retry(ctx, func() (any, error) {
			err := f(ctx)
			if errors.Is(err, errPermanent) {
				return nil, backoff.Permanent(err)
			}
			return nil, err
		}, backoff.WithBackOff(waits), backoff.WithMaxTries(uint(c.attempts)), backoff.WithMaxElapsedTime(0))
		return err
	}
}

func retryableHTTP() *library {
	return &library{
		name: "retryablehttp", module: "github.com/hashicorp/go-retryablehttp",
		http: func(base http.RoundTripper, c httpConfig) http.RoundTripper {
			return retryableClient(base, c).StandardClient().Transport
		},
	}
}

func retryableClient(base http.RoundTripper, c httpConfig) *retryablehttp.Client {
	client := retryablehttp.NewClient()
	client.Logger = nil
	client.HTTPClient = &http.Client{Transport: base, Timeout: c.timeout}
	client.RetryMax, client.RetryWaitMin, client.RetryWaitMax = c.attempts-1, c.base, c.cap
	return client
}

func goResiliency() *library {
	return &library{
		name: "go-resiliency", module: "github.com/eapache/go-resiliency",
		retry: func(c retryConfig) runner { return resiliencyRetry(c, .25, retrier.BlacklistClassifier{errPermanent}) },
		breaker: func(c breakerConfig) *circuit {
			b := breaker.New(c.failures, c.probes, c.openFor)
			return &circuit{
				do: func(ctx context.Context, f call) error { return b.Run(func() error { return f(ctx) }) },
				state: func() string {
					return map[breaker.State]string{breaker.Closed: "closed", breaker.Open: "open", breaker.HalfOpen: "half-open"}[b.GetState()]
				},
			}
		},
		bulkhead: func(c bulkheadConfig) runner {
			s := semaphore.New(c.max, c.wait)
			return func(ctx context.Context, f call) error {
				if err := s.Acquire(); err != nil {
					return err
				}
				defer s.Release()
				return f(ctx)
			}
		},
		timeout:  resiliencyTimeout,
		timedOut: deadline.ErrTimedOut,
	}
}

func resiliencyRetry(c retryConfig, jitter float64, class retrier.Classifier) runner {
	r := retrier.New(retrier.LimitedExponentialBackoff(c.attempts-1, c.base, c.cap), class)
	r.SetJitter(jitter)
	return r.RunCtx
}

func resiliencyTimeout(d time.Duration) runner {
	limit := deadline.New(d)
	return func(ctx context.Context, f call) error {
		return limit.Run(func(stopped <-chan struct{}) error {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			go func() {
				select {
				case <-stopped:
					cancel()
				case <-ctx.Done():
				}
			}()
			return f(ctx)
		})
	}
}

func goRetry() *library {
	return &library{
		name: "go-retry", module: "github.com/sethvargo/go-retry",
		retry: func(c retryConfig) runner {
			return func(ctx context.Context, f call) error {
				waits := goretry.WithFullJitter(goretry.WithCappedDuration(c.cap, goretry.NewExponential(c.base)))
				return goretry.Do(ctx, goretry.WithMaxRetries(uint64(c.attempts-1), waits), func(ctx context.Context) error {
					err := f(ctx)
					if errors.Is(err, errPermanent) {
						return err
					}
					return goretry.RetryableError(err)
				})
			}
		},
	}
}
