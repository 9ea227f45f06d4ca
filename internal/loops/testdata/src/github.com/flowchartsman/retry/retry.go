package retry

import (
	"context"
	"time"
)

type Retrier struct{ maxTries int }

func NewRetrier(n int, first, most time.Duration) *Retrier { return nil }

func (r *Retrier) Run(f func() error) error                                            { return nil }
func (r *Retrier) RunContext(ctx context.Context, f func(context.Context) error) error { return nil }
