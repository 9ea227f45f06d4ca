package retry

import (
	"context"
	"time"
)

type (
	Backoff               interface{ Next() (time.Duration, bool) }
	BackoffFunc           func() (time.Duration, bool)
	RetryFunc             func(ctx context.Context) error
	RetryFuncValue[T any] func(ctx context.Context) (T, error)
)

func (b BackoffFunc) Next() (time.Duration, bool) { return b() }

func Do(ctx context.Context, b Backoff, f RetryFunc) error { return nil }
func DoValue[T any](ctx context.Context, b Backoff, f RetryFuncValue[T]) (v T, err error) {
	return v, nil
}
func Constant(ctx context.Context, t time.Duration, f RetryFunc) error    { return nil }
func Exponential(ctx context.Context, t time.Duration, f RetryFunc) error { return nil }
func Fibonacci(ctx context.Context, t time.Duration, f RetryFunc) error   { return nil }

func NewConstant(t time.Duration) Backoff    { return nil }
func NewExponential(t time.Duration) Backoff { return nil }
func NewFibonacci(t time.Duration) Backoff   { return nil }

func WithMaxRetries(max uint64, next Backoff) Backoff            { return nil }
func WithMaxDuration(d time.Duration, next Backoff) Backoff      { return nil }
func WithCappedDuration(cap time.Duration, next Backoff) Backoff { return nil }
func WithJitter(j time.Duration, next Backoff) Backoff           { return nil }
func WithJitterPercent(j uint64, next Backoff) Backoff           { return nil }
func WithFullJitter(next Backoff) Backoff                        { return nil }

func RetryableError(err error) error { return err }
