package failsafe

import (
	"context"
	"time"
)

type (
	Policy[R any]    interface{ ToExecutor(R) any }
	DelayFunc[R any] func() time.Duration
	Executor[R any]  interface {
		WithContext(ctx context.Context) Executor[R]
		Run(f func() error) error
		Get(f func() (R, error)) (R, error)
	}
	DelayablePolicyBuilder[S any, R any] interface {
		WithDelay(d time.Duration) S
		WithDelayFunc(f DelayFunc[R]) S
	}
	FailurePolicyBuilder[S any, R any] interface {
		HandleErrors(errs ...error) S
	}
)

func With[R any](policies ...Policy[R]) Executor[R]                          { return nil }
func Run(f func() error, policies ...Policy[any]) error                      { return nil }
func Get[R any](f func() (R, error), policies ...Policy[R]) (v R, err error) { return v, nil }
