package retrier

import (
	"context"
	"time"
)

type (
	Classifier interface{ Classify(error) int }
	Retrier    struct{ n int }
)

func New(backoff []time.Duration, class Classifier) *Retrier { return nil }

func (r *Retrier) Run(f func() error) error                                        { return nil }
func (r *Retrier) RunCtx(ctx context.Context, f func(context.Context) error) error { return nil }
func (r *Retrier) SetJitter(j float64)                                             {}
func (r *Retrier) WithInfiniteRetry() *Retrier                                     { return r }

func ConstantBackoff(n int, d time.Duration) []time.Duration                 { return nil }
func ExponentialBackoff(n int, d time.Duration) []time.Duration              { return nil }
func LimitedExponentialBackoff(n int, d, most time.Duration) []time.Duration { return nil }
