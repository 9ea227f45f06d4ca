// Package roko is a stub of github.com/buildkite/roko.
package roko

import (
	"context"
	"time"
)

type (
	Retrier    struct{ n int }
	RetrierOpt func(*Retrier)
	Strategy   func(*Retrier) time.Duration
)

func NewRetrier(opts ...RetrierOpt) *Retrier { return nil }

func (r *Retrier) Do(f func(*Retrier) error) error                                 { return nil }
func (r *Retrier) DoWithContext(ctx context.Context, f func(*Retrier) error) error { return nil }
func (r *Retrier) Break()                                                          {}
func (r *Retrier) AttemptCount() int                                               { return 0 }
func (r *Retrier) SetNextInterval(time.Duration)                                   {}

func DoFunc[T any](ctx context.Context, r *Retrier, f func(*Retrier) (T, error)) (v T, err error) {
	return v, nil
}

func WithMaxAttempts(n int) RetrierOpt                              { return nil }
func WithStrategy(s Strategy, name string) RetrierOpt               { return nil }
func WithJitter() RetrierOpt                                        { return nil }
func WithJitterRange(min, max time.Duration) RetrierOpt             { return nil }
func WithSleepFunc(func(time.Duration)) RetrierOpt                  { return nil }
func TryForever() RetrierOpt                                        { return nil }
func Constant(d time.Duration) (Strategy, string)                   { return nil, "" }
func Exponential(base, adjustment time.Duration) (Strategy, string) { return nil, "" }
func ExponentialSubsecond(initial time.Duration) (Strategy, string) { return nil, "" }
