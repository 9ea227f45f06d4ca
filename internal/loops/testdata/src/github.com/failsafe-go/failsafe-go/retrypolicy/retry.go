package retrypolicy

import (
	"time"

	"github.com/failsafe-go/failsafe-go"
)

type RetryPolicy[R any] interface{ failsafe.Policy[R] }

type Builder[R any] interface {
	failsafe.FailurePolicyBuilder[Builder[R], R]
	failsafe.DelayablePolicyBuilder[Builder[R], R]
	AbortIf(f func(R, error) bool) Builder[R]
	WithMaxAttempts(n int) Builder[R]
	WithMaxRetries(n int) Builder[R]
	WithMaxDuration(d time.Duration) Builder[R]
	WithBackoff(d, most time.Duration) Builder[R]
	WithBackoffFactor(d, most time.Duration, factor float64) Builder[R]
	WithRandomDelay(least, most time.Duration) Builder[R]
	WithJitter(d time.Duration) Builder[R]
	WithJitterFactor(f float64) Builder[R]
	Build() RetryPolicy[R]
}

func NewWithDefaults[R any]() RetryPolicy[R] { return nil }
func NewBuilder[R any]() Builder[R]          { return nil }
