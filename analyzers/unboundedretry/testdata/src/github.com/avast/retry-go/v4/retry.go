// Package retry stands in for github.com/avast/retry-go/v4.
package retry

import (
	"context"
	"time"
)

type Config struct{}

type Option func(*Config)

func Attempts(attempts uint) Option { return nil }

func Delay(delay time.Duration) Option { return nil }

func MaxDelay(maxDelay time.Duration) Option { return nil }

func Context(ctx context.Context) Option { return nil }

func Do(retryable func() error, opts ...Option) error { return retryable() }
