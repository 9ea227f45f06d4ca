package compare

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/budget"
	"github.com/failsafe-go/failsafe-go/bulkhead"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
)

func failsafeGo() *library {
	return &library{
		name: "failsafe-go", module: "github.com/failsafe-go/failsafe-go",
		retry:   func(c retryConfig) runner { return failsafeRetry(failsafePolicy(c)) },
		budget:  true,
		breaker: func(c breakerConfig) *circuit { return failsafeBreaker(failsafeBreakerBuilder(c)) },
		rate:    true, callbacks: true,
		bulkhead: func(c bulkheadConfig) runner {
			return failsafeRunner(bulkhead.NewBuilder[any](uint(c.max)).WithMaxWaitTime(c.wait).Build())
		},
		timeout:  func(d time.Duration) runner { return failsafeRunner(timeout.New[any](d)) },
		timedOut: timeout.ErrExceeded,
		http: func(base http.RoundTripper, c httpConfig) http.RoundTripper {
			return failsafeHTTP(base, c, failsafeHTTPPolicy(c))
		},
		slots: true,
	}
}

func failsafeRunner(p failsafe.Policy[any]) runner {
	ex := failsafe.With(p)
	return func(ctx context.Context, f call) error {
		return ex.WithContext(ctx).RunWithExecution(func(e failsafe.Execution[any]) error { return f(e.Context()) })
	}
}

// failsafePolicy has the jitter of the documentation's example. None is the default.
func failsafePolicy(c retryConfig) retrypolicy.Builder[any] {
	b := retrypolicy.NewBuilder[any]().WithMaxAttempts(c.attempts).AbortOnErrors(errPermanent)
	if c.base > 0 {
		b = b.WithBackoff(c.base, c.cap).WithJitterFactor(.25)
	}
	if c.budget {
		b = b.WithBudget(budget.New())
	}
	return b
}

func failsafeRetry(b retrypolicy.Builder[any]) runner { return failsafeRunner(b.Build()) }

func failsafeBreakerBuilder(c breakerConfig) circuitbreaker.Builder[any] {
	b := circuitbreaker.NewBuilder[any]().WithDelay(c.openFor).WithSuccessThreshold(uint(c.probes)).
		HandleIf(func(_ any, err error) bool { return err != nil && !errors.Is(err, errIgnored) })
	if c.rate {
		b = b.WithFailureRateThreshold(.5, 20, 10*time.Second)
	} else {
		b = b.WithFailureThreshold(uint(c.failures))
	}
	if c.onChange != nil {
		b = b.OnStateChanged(func(e circuitbreaker.StateChangedEvent) { c.onChange(e.OldState.String(), e.NewState.String()) })
	}
	return b
}

func failsafeBreaker(builder circuitbreaker.Builder[any]) *circuit {
	b := builder.Build()
	return &circuit{do: failsafeRunner(b), state: func() string { return b.State().String() }}
}

func failsafeHTTPPolicy(c httpConfig) retrypolicy.Builder[*http.Response] {
	return failsafehttp.NewRetryPolicyBuilder().WithMaxAttempts(c.attempts).WithBackoff(c.base, c.cap)
}

func failsafeHTTP(base http.RoundTripper, c httpConfig, b retrypolicy.Builder[*http.Response]) http.RoundTripper {
	policies := []failsafe.Policy[*http.Response]{b.Build()}
	if c.slots > 0 {
		policies = append(policies, bulkhead.New[*http.Response](uint(c.slots)))
	}
	if c.timeout > 0 {
		policies = append(policies, timeout.New[*http.Response](c.timeout))
	}
	return failsafehttp.NewRoundTripper(base, policies...)
}
