package backoff

import (
	"context"
	"time"
)

type (
	Option     interface{ Ident() any }
	Controller interface {
		Done() <-chan struct{}
		Next() <-chan struct{}
	}
	Policy interface {
		Start(context.Context) Controller
	}
)

func Constant(options ...Option) Policy    { return nil }
func Exponential(options ...Option) Policy { return nil }
func Continue(c Controller) bool           { return false }

func WithMaxRetries(n int) Option            { return nil }
func WithInterval(d time.Duration) Option    { return nil }
func WithMinInterval(d time.Duration) Option { return nil }
func WithJitterFactor(f float64) Option      { return nil }
